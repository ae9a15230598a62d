"""What is a figure, what it is worth, what it counts, and who asserts it; one invented sentence a row."""

import pytest

from analysis.claims import Claim
from analysis.corpus import article_from_text
from analysis.figures import find_figures, normalise


@pytest.fixture(scope="module")
def read(pipeline):
    def figures_of(text, claims=()):
        return find_figures(article_from_text("invented", text), pipeline(text), list(claims))

    return figures_of


def brief(figure):
    value = f"{figure.value:g}" if figure.value is not None else f"{figure.low:g}..{figure.high:g}"
    return f"{figure.comparator} {value} {figure.unit}".strip()


VALUES = [
    ("The council housed 14 000 people.", ["= 14000 people"]),
    ("The council housed 14,000 people.", ["= 14000 people"]),
    ("The fleet spent 1.234.567 euros.", ["= 1.23457e+06 euro"]),
    ("The dam holds 2.5 million litres.", ["= 2.5e+06 litre"]),
    ("The state owes 3 lakh crore rupees.", ["= 3e+12 Indian rupee"]),
    ("Two and a half million voters stayed away.", ["= 2.5e+06 voter"]),
    ("Nine hundred and six miners went home.", ["= 906 miner"]),
    ("Two-thirds of the voters stayed away.", ["= 0.666667"]),
    ("One in five voters is undecided.", ["= 0.2"]),
    ("Half of the crop is lost.", ["= 0.5"]),
    ("They walked half a mile.", ["= 0.5 mile"]),
    ("A film of 1.5mm covers the lens.", ["= 1.5 mm"]),
    ("The tower is 37m high.", ["= 37 m"]),
    ("The firm sold 37m bottles.", ["= 3.7e+07 bottle"]),
    ("The firm lost $37m.", ["= 3.7e+07 dollar"]),
    ("A six-member council rules the island.", ["= 6 member"]),
    ("Profits doubled in spring.", ["= 2 times"]),
    ("There was a threefold rise in thefts.", ["= 3 times"]),
    ("There were no casualties.", ["= 0 casualty"]),
    ("None of them were hurt.", ["= 0 people"]),
    ("There were no reports of casualties.", []),
    ("Dozens of homes burned.", ["vague 12..120 home"]),
    ("Several hundred goats drowned.", ["vague 300..900 goat"]),
    ("It was minus 12 degrees Celsius at noon.", ["= -12 °C"]),
    ("The rebels hold a dozen villages.", ["= 12 village"]),
]
COMPARATORS = [
    ("At least 28 people were killed and 112 injured.", [">= 28 people", "= 112 people"]),
    ("No more than 50 guests came.", ["<= 50 guest"]),
    ("No fewer than 50 guests came.", [">= 50 guest"]),
    ("Not more than 50 guests came.", ["<= 50 guest"]),
    ("Fewer than 50 guests came.", ["< 50 guest"]),
    ("Over 50 guests came.", ["> 50 guest"]),
    ("Up to 50 guests came.", ["<= 50 guest"]),
    ("As many as 50 guests came.", ["<= 50 guest"]),
    ("Nearly 50 guests came.", ["~ 50 guest"]),
    ("An estimated 50 guests came.", ["~ 50 guest"]),
    ("Some 50 guests came, and 20 left.", ["~ 50 guest", "= 20"]),
    ("About 50 boys and 20 girls came.", ["~ 50 boy", "= 20 girl"]),
    ("The cost did not exceed $5.", ["<= 5 dollar"]),
    ("Fifty guests or more came.", [">= 50 guest"]),
    ("More than 1,000 people and 50 dogs were saved.", ["> 1000 people", "= 50 dog"]),
    ("It fell over three days.", ["= 3 day"]),
    ("The strike lasted well over three days.", ["> 3 day"]),
]
PAIRS = [
    ("Between 20 and 30 people drowned.", ["range 20..30 people"]),
    ("The show is for 20-30 people.", ["range 20..30 people"]),
    ("Some 20 to 30 people drowned.", ["~ 20..30 people"]),
    ("It will cost $3-5 billion.", ["range 3e+09..5e+09 dollar"]),
    ("It will cost $200 to $4 million.", ["range 200..4e+06 dollar"]),
    ("Two or three wolves were seen.", ["range 2..3 wolf"]),
    ("Prices rose by 2 points to 5%.", ["= 2 point", "= 5 %"]),
    ("Lawmakers voted 217 to 213 against the bill.", ["= 217 vote", "= 213 vote"]),
    ("Lowtown beat Hightown 3-1.", ["= 3", "= 1"]),
    ("Rent went up 5, 10 and 15 percent.", ["= 5 %", "= 10 %", "= 15 %"]),
]
UNITS = [
    ("She netted a record 32 goals against the top three teams.", ["= 32 record goal", "= 3 top team"]),
    ("The Merrow index ended at 1,463 points, while the Ostrel index lost 1% to end at 1,334.", ["= 1463 point", "= 1 %", "= 1334 point"]),
    ("The line ordered two new 737 Max jets and three Arrow 777 planes.", ["= 2 new 737 Max jet", "= 3 Arrow 777 plane"]),
    ("The ship brought 5 tons of salt and 6 lbs of tea.", ["= 5 ton", "= 6 pound"]),
    ("The firm pays 9,000 crowns ($400) a month.", ["= 9000 crown per month", "= 400 dollar"]),
    ("She tested two viruses and bought another pen or two.", ["= 2 virus", "= 2 pen"]),
    ("The island is 7 miles (11 km) long.", ["= 7 mile", "= 11 km"]),
    ("He owes A$5 and US$6 and HK$7.", ["= 5 Australian dollar", "= 6 US dollar", "= 7 Hong Kong dollar"]),
    ("The farm covers 40 hectares.", ["= 40 hectare"]),
    ("Winds of 90 km/h tore the roof.", ["= 90 km/h"]),
    ("The bank cut rates by 25 basis points.", ["= 25 basis point"]),
    ("Support fell 3 percentage points.", ["= 3 percentage point"]),
    ("Oil cost $70 a barrel.", ["= 70 dollar per barrel"]),
    ("The plant makes 5 GWh a month.", ["= 5 gigawatt hour per month"]),
    ("The child, aged 63 months, was found.", ["= 63 month"]),
    ("The miner, aged 63, was found.", ["= 63 year of age"]),
    ("Joan Tew, 44, was found.", ["= 44 year of age"]),
    ("A 12-year-old boy was found.", ["= 12 year of age"]),
]
NOT_FIGURES = [
    "The club fell into the bottom three.",
    "It happened on 3 May 2011.",
    "It happened on May 3, 2011, at 10:30.",
    "The 1979 revolution changed the country.",
    "In 1999 elections were held.",
    "The shop opens at 9 a.m. and shuts at 5pm.",
    "Call 020 7946 0123 for tickets.",
    "He came 3rd and she came 21st.",
    "See page 14, section 3 and Article 51.",
    "They moved two S-300 launchers.".replace("two ", ""),
    "The airline flew a Boeing 737 there.",
    "She bought an iPhone 11 there.",
    "Ministers of the Group of Seven met.",
    "It is one of the oldest towns.",
    "The index known as the S&P 500 rose.",
    "The talks failed in the 1980s.",
    "Write to desk9@lamp.example or see www.lamp.example/2020/14.",
    "Resolution 1701 was broken.",
    "No one knows the one who came.",
    "The office is at 14 Harbour Street.",
    "The score of the opera was found in a third version.",
]


@pytest.mark.parametrize(("text", "expected"), VALUES + COMPARATORS + PAIRS + UNITS)
def test_figures_are_read(read, text, expected):
    assert [brief(figure) for figure in read(text)] == expected


@pytest.mark.parametrize("text", NOT_FIGURES)
def test_what_only_looks_like_a_figure_is_left_out(read, text):
    assert [text[slice(*figure.span)] for figure in read(text)] == []


def test_a_change_is_told_from_a_range(read):
    (change,) = read("Joblessness fell from 5% to 3% in spring.")
    assert (change.kind, change.low, change.high, change.unit) == ("change", 5, 3, "%")
    (between,) = read("The poor spend from 20 to 30 crowns on bread.")
    assert (between.kind, between.low, between.high) == ("money" if between.unit else "count", 20, 30)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Lowtown beat Hightown 3-1 before 900 fans.", ["score", "score", "count"]),
        ("Joan Tew, 44, ran 5 km in 20 minutes.", ["age", "distance", "duration"]),
        ("It weighs 5 kg, costs $5 and is 5 degrees warm.", ["weight", "money", "temperature"]),
    ],
)
def test_kinds(read, text, kinds):
    assert [figure.kind for figure in read(text)] == kinds


@pytest.mark.parametrize(
    ("text", "counted", "measure"),
    [
        ("The blast left 28 killed and 112 injured.", ["killed", "injured"], ["killed", "injured"]),
        ("Twelve people were killed.", ["people killed"], ["killed"]),
        ("The storm killed dozens of farmers.", ["killed farmers"], ["killed"]),
        ("Three gunmen killed 12 people.", ["gunmen", "killed people"], [None, "killed"]),
        ("More than 40 Ruvian missile strikes hit the port.", ["Ruvian missile strikes"], ["strikes"]),
        ("Blast kills 16 in Dalvane.", ["kills"], ["killed"]),
        ("Some 3,000 villagers were displaced.", ["villagers displaced"], ["displaced"]),
    ],
)
def test_what_is_counted(read, text, counted, measure):
    figures = read(text)
    assert [figure.measure for figure in figures] == measure
    for figure, words in zip(figures, counted):
        assert set(words.split()) <= set(figure.counted.split()) | set(figure.unit.split()) | {"gunmen"}
        assert figure.counted.split() == [word for span in figure.counted_spans for word in text[slice(*span)].split()]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The line has 8 miles (13 km) of new track.", ["new track", "new track"]),
        ("The bag held four fillets (2 kg).", ["bag fillets", "fillets"]),
        ("The court seized dried fruit priced at under $10 a kilo.", ["dried fruit"]),
        ("The council settled claims, ranging from $200 to $400.", ["claims"]),
        ("The villa in Merrow is worth up to $3m.", ["villa"]),
        ("Sales rose by 5% and wages by 3%.", ["Sales", "wages"]),
        ("On Friday: Ostrel +0.2% Merrow +0.3%.", ["Ostrel", "Merrow"]),
        ("The charge was 2.5 volts and the current across it was 5 amps.", ["charge", "current"]),
        ("At noon 14 first-team players.", [""]),
    ],
)
def test_what_a_number_is_of(read, text, counted):
    assert [figure.counted for figure in read(text)] == counted


@pytest.mark.parametrize(
    "text",
    [
        "At least 28 people were killed, including nine children.",
        "The raid killed 28 people, nine of them children.",
        "The raid killed 28 people, among them nine children.",
        "The raid killed 28 people, of whom nine were children.",
        "The raid killed 28 people. Of the dead, nine were children.",
    ],
)
def test_a_part_points_to_its_whole_and_takes_its_measure(read, text):
    whole, part = read(text)
    assert (part.value, part.part_of, part.measure) == (9, 0, "killed")
    assert whole.part_of is None


def test_some_of_the_dead_are_no_part_of_the_injured(read):
    dead, injured, some = read("The quake killed 19 people and injured nearly 200. Sixteen of those who died were in Tarn.")
    assert (dead.measure, injured.measure, some.measure, some.part_of) == ("killed", "injured", "killed", 0)
    assert [figure.part_of for figure in read("The blast injured 40 people. Two of the dead were nurses.")] == [None, None]


def test_millions_of_a_currency_are_no_metres(read):
    assert [brief(figure) for figure in read("The gap lies between 18m and 22m marks.")] == ["range 1.8e+07..2.2e+07 mark"]
    assert [brief(figure) for figure in read("The mill put the hole at 41m crowns, up from 34m.")] == ["= 4.1e+07 crown", "= 3.4e+07 crown"]
    assert [brief(figure) for figure in read("The town paid 41m crowns for a pool and 34m track.")] == ["= 4.1e+07 crown", "= 34 m"]
    assert [brief(figure) for figure in read("The wall is 34m-high.")] == ["= 34 m"]


TOLLS = [
    ("Landslide toll climbs to 16", [("people", "killed")]),
    ("Mine Toll Rises to 16", [("people", "killed")]),
    ("Avalanche toll lowered to 17 after a recount", [("people", "killed")]),
    ("Officials put the death toll at no fewer than 40.", [("people", "killed")]),
    ("The confirmed toll now stands at 212.", [("people", "killed")]),
    ("The death toll rose by five to 21.", [("", None), ("people", "killed")]),
    ("The clinic put the number of people injured at 40.", [("people", "injured")]),
    ("The guild puts the number of dead at nine.", [("people", "killed")]),
    ("The number of people known to have drowned has climbed to 16.", [("people", "killed")]),
    ("The count of the injured stands at 31.", [("people", "injured")]),
    ("The number of arrests rose to 60.", [("people", "arrested")]),
    ("The guild raised to 35 the number of miners killed.", [("miner", "killed")]),
    ("A man died, taking the number of people killed to ten.", [("people", "killed")]),
    ("The palace put the army's dead at 27.", [("soldier", "killed")]),
    ("The civilian death toll reached 300.", [("civilian", "killed")]),
    ("Police put the turnout at 38,000.", [("people", "taking part")]),
    ("She estimated the crowd at between 900 and 1,200.", [("people", "taking part")]),
    ("The bridge toll was raised to 5 crowns.", [("crown", None)]),
    ("The number of the hall is 14.", [("", None)]),
]
HAPPENINGS = [
    ("Police reported 96 arrests and 12 injuries.", [("people", "arrested"), ("people", "injured")]),
    ("There were 27 deaths and three fatalities.", [("people", "killed"), ("people", "killed")]),
    ("The storm left three dead and five missing.", [("people", "killed"), ("people", "missing")]),
    ("Divers recovered 11 bodies.", [("body", "killed")]),
    ("Two bodies regulate the trade.", [("body", None)]),
]
CROWDS = [
    ("Some 200 men took part in the hunt.", [("man", "taking part")]),
    ("Police said 12,000 people joined the march.", [("people", "taking part")]),
    ("A crowd of 5,000 gathered in the square.", [("people", "taking part")]),
    ("Thousands march in Velmar", [("people", "taking part")]),
    ("Two protesters told reporters of the night.", [("protester", None)]),
    ("Three clerks carried flags.", [("clerk", None)]),
    ("Around 450 people had been on the ferry.", [("people", "aboard")]),
    ("The list showed that 31 passengers had been aboard.", [("passenger", "aboard")]),
    ("Nine hostages were freed.", [("hostage", "released")]),
    ("The rebels captured nine.", [("people", "captured")]),
    ("Five people were still in critical condition.", [("people", "critically injured")]),
    ("Twenty people were taken to hospital.", [("people", "hospitalised")]),
    ("Some 300 teachers walked out.", [("teacher", "on strike")]),
    ("The mill will lay off 30 clerks and cut 40 jobs.", [("clerk", "laid off"), ("job", "jobs cut")]),
    ("The flood left 3,000 people homeless.", [("people", "homeless")]),
]
THINGS = [
    ("Two bridges were washed away and 30 homes burned down.", [("bridge", "destroyed"), ("home", "destroyed")]),
    ("Some 40 barns were unfit to live in.", [("barn", "destroyed")]),
    ("Seven shops were looted and four cars set on fire.", [("shop", "looted"), ("car", "burned")]),
    ("Some 4,000 homes were without electricity.", [("home", "without power")]),
    ("The shop sold 40 shirts.", [("shirt", None)]),
]
SUMS = [
    ("The storm caused damage of 85 million marks to homes.", [("mark", "damage")]),
    ("He put the damage to shops at 3 million velms; the guild has said 6 million velms.", [("velm", "damage"), ("velm", "damage")]),
    ("They set up a fund of 5 million talers for widows.", [("taler", "aid")]),
    ("Its debts stood at $40 million.", [("dollar", "debt")]),
    ("The court fined the mill 40,000 euros.", [("euro", "fine")]),
    ("The widow will receive 50,000 dinars.", [("dinar", None)]),
    ("She scored 85 marks.", [("mark", None)]),
    ("The plan will cost 3 million jobs.", [("job", "jobs cut")]),
]
SOME_OF = [
    ("Among those killed were four teachers.", [("teacher", "killed")]),
    ("The injured include four teachers.", [("teacher", "injured")]),
    ("Four teachers were among those hurt.", [("teacher", "injured")]),
    ("Four teachers were among the guests.", [("teacher", None)]),
    ("The clinic said 12 of the 40 wounded had died.", [("people", "killed"), ("people", "injured")]),
    ("Ten of the missing were pupils.", [("pupil", "missing")]),
    ("Nineteen of the 52 were later released.", [("people", "released"), ("", None)]),
    ("The blast injured 40, eight critically.", [("people", "injured"), ("people", "injured")]),
    ("The flood hit Tarn. Help came late.\n\nSix of the dead were nurses.", [("nurse", "killed")]),
    ("Six of those killed were police officers.", [("police officer", "killed")]),
    ("Six of those who died were in Tarn.", [("people", "killed")]),
    ("Six of the wounded were being treated in her clinic.", [("people", "injured")]),
    ("The clinic counted 21 bodies, six of them those of children.", [("body", "killed"), ("child", "killed")]),
    ("Police held 40 people. Six of those held have since been released.", [("people", None), ("people", "released")]),
    ("She said 40 people were hurt. Six of the injured are in critical condition.", [("people", "injured"), ("people", "critically injured")]),
    ("Six of the nurses were late.", [("nurse", None)]),
]
WHO_DID_WHAT = [
    ("The wind felled 40 trees and nine people were hurt.", [("tree", None), ("people", "injured")]),
    ("Divers found 31 bodies and 40 people are still missing.", [("body", "killed"), ("people", "missing")]),
    ("Doctors reported 340 cases of cholera and 12 deaths.", [("case", "infected"), ("people", "killed")]),
    ("The judge heard 340 cases.", [("case", None)]),
    ("About 4,000 homes lost power.", [("home", "without power")]),
    ("The bureau has seen 42 homes lost.", [("home", "destroyed")]),
    ("Police took 14 people into custody.", [("people", "arrested")]),
    ("Eight people suffered serious injuries.", [("people", "injured")]),
    ("The plan puts 1,200 jobs at risk.", [("job", "jobs at risk")]),
    ("The number killed rose to 14.", [("people", "killed")]),
    ("Some 900 villagers fled their homes.", [("villager", "displaced")]),
    ("About 900 people have left the town.", [("people", "displaced")]),
    ("About 900 people have left the hall.", [("people", None)]),
    ("Three gunmen left 12 people dead.", [("gunman", None), ("people", "killed")]),
    ("He said 29 people had died and 4,000 had lost their homes.", [("people", "killed"), ("people", "homeless")]),
    ("Between 12 and 15 people were unaccounted for.", [("people", "missing")]),
    ("The brigade led 180 people out.", [("people", None)]),
    ("It said 180 people had been led out of the mill.", [("people", "displaced")]),
    ("The clinic treated 52 marchers for injuries.", [("marcher", "injured")]),
    ("Some 600 nurses joined the walkout.", [("nurse", "on strike")]),
    ("The mill said 420 had failed to report for their shifts.", [("people", "on strike")]),
    ("Some 600 nurses joined the choir.", [("nurse", None)]),
    ("Twelve people are still in custody and seven have been charged.", [("people", "in custody"), ("people", "charged")]),
    ("Two held after blaze at mill", [("people", "arrested")]),
    ("Five held a vigil at the gate.", [("", None)]),
    ("The hall held 400 people.", [("people", None)]),
    ("Police arrest four after raid", [("people", "arrested")]),
    ("Rebels kill 5 injure 50 in Dorn", [("people", "killed"), ("people", "injured")]),
    ("Police plan to arrest four.", [("", None)]),
    ("The guild said 8,000 marched in Vell.", [("people", "taking part")]),
    ("The firm says 90 jobs would go.", [("job", "jobs cut")]),
    ("Twelve barges were waiting off the lock.", [("barge", "waiting")]),
    ("Twelve men were waiting at the gate.", [("man", None)]),
    ("The dead now number 26.", [("people", "killed")]),
    ("The motorway toll rose to 12.", [("", None)]),
    ("The crash killed nine people. The road toll rose to 12.", [("people", "killed"), ("people", "killed")]),
]
MORE_SUMS = [
    ("The relief fund lost 9m crowns.", [("crown", "loss")]),
    ("The town will give 10,000 marks to each family.", [("mark", "compensation")]),
    ("The family of each dead miner would receive 50,000 dinars.", [("dinar", "compensation")]),
    ("The loss is large. The guild reckons that it lies between 18m and 22m marks.", [("mark", None)]),
    ("He put the loss at 9m marks. The guild reckons that it lies between 18m and 22m marks.", [("mark", "loss"), ("mark", "loss")]),
    ("Town finds 34m-crown hole in its books", [("crown", "deficit")]),
    ("The mill raised its estimate of the hole to 41m crowns, from 34m.", [("crown", "deficit"), ("crown", "deficit")]),
    ("At least 50 million crowns was missing from the books.", [("crown", "deficit")]),
    ("The mill reported a shortfall of 5m crowns.", [("crown", "deficit")]),
    ("The damage lies between 18m and 22m marks.", [("mark", "damage")]),
    ("The shares fell, wiping 1.2bn crowns off its value.", [("crown", "loss")]),
    ("Banks agreed to a credit line of 20m crowns.", [("crown", "loan")]),
    ("Banks agreed to a line of credit of 20m crowns.", [("crown", "loan")]),
    ("The state will spend 9m marks on rebuilding in the valley.", [("mark", "aid")]),
    ("The state will spend 9m marks on horses.", [("mark", None)]),
    ("Each clerk will receive a single payment of 700 crowns.", [("crown", "compensation")]),
    ("The town will pay 700 crowns to every family there.", [("crown", "compensation")]),
    ("The town will pay 700 crowns to its clerk.", [("crown", None)]),
    ("The wall is 34m long and the ditch runs on from 20m.", [("m", None), ("m", None)]),
]
TAKEN_OVER = [
    ("The town has a fleet of 30 ships, a staff of 60.", [("ship", None), ("", None)]),
    ("Some 300 homes were destroyed and 1,200 damaged.", [("home", "destroyed"), ("home", "damaged")]),
    ("The quake destroyed 300 homes and damaged 1,200.", [("home", "destroyed"), ("home", "damaged")]),
    ("Around 30 flights were cancelled and 12 delayed.", [("flight", "cancelled"), ("flight", "delayed")]),
    ("The shop sold 40 shirts and returned 12.", [("shirt", None), ("", None)]),
    ("The raid killed two soldiers and wounded 40.", [("soldier", "killed"), ("people", "injured")]),
    ("The guild lowered its count of people killed to 19 from 23.", [("people", "killed"), ("people", "killed")]),
    ("The mayor cut the death toll to 19, from 23, on Monday.", [("people", "killed"), ("people", "killed")]),
    ("Twelve barges were waiting, up from nine on Monday. The broker counted 14.", [("barge", "waiting")] * 3),
    ("The army put the crowd at 800. The police had spoken of 700, the union of 6,000.", [("people", "taking part")] * 3),
    ("The merger will cost 300 jobs, says the union; the bank speaks of 120.", [("job", "jobs cut")] * 2),
    ("Nine men were killed, the guild of 60 said.", [("man", "killed"), ("", None)]),
    ("The raid killed nine miners and wounded four.", [("miner", "killed"), ("miner", "injured")]),
    ("The raid killed nine miners and wounded four others.", [("miner", "killed"), ("people", "injured")]),
    ("Nine miners were killed and police arrested 12.", [("miner", "killed"), ("people", "arrested")]),
    ("The mayor said 46 shops had been damaged. The guild gave the same number, 46.", [("shop", "damaged"), ("shop", "damaged")]),
    ("The mayor said 46 shops had been damaged. The guild gave a figure of 60.", [("shop", "damaged"), ("shop", "damaged")]),
    ("The mayor said 46 shops had been damaged. The guild gave the same number, 60.", [("shop", "damaged"), ("", None)]),
]


@pytest.mark.parametrize(("text", "expected"), TOLLS + HAPPENINGS + CROWDS + THINGS + SUMS + MORE_SUMS + SOME_OF + WHO_DID_WHAT + TAKEN_OVER)
def test_unit_and_measure(read, text, expected):
    assert [(figure.unit, figure.measure) for figure in read(text)] == expected


def test_only_sums_are_money(read):
    assert [[figure.kind for figure in read(text)] for text, _ in SUMS] == [["money"], ["money"] * 2, *[["money"]] * 4, ["count"], ["count"]]


def test_a_share_given_anew_is_of_what_the_share_before_is_of(read):
    told, again = read("The guild said 62 percent of bakers had closed, while the mayor put the figure at 35 percent.")
    assert (told.counted, again.counted) == ("bakers", "bakers")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid killed 30 people. Three of the dead were children.", ("child", "killed")),
        ("Police arrested 96 people. Four of them are minors.", ("minor", "arrested")),
        ("Some 200 men took part in the raid and 40 of them were killed.", ("man", "killed")),
        ("Of the 71 people arrested on Friday, 58 have been released.", ("people", "released")),
        ("The crash injured 67 people, twelve of them in critical condition.", ("people", "critically injured")),
    ],
)
def test_a_part_has_its_own_group_where_the_text_names_one(read, text, expected):
    _, part = read(text)
    assert ((part.unit, part.measure), part.part_of) == (expected, 0)


@pytest.mark.parametrize(
    ("text", "background"),
    [
        ("The raid killed 12 people.", None),
        ("The 2013 attack killed hundreds of people.", "The 2013 attack"),
        ("A flood in 1998 drowned 300 people.", "in 1998"),
        ("Two years ago a fire killed 30 people.", "Two years ago"),
        ("The raid killed 12 people; last year a raid killed 90.", "last year"),
        ("More than 900 people have died since the war began in 2011.", None),
    ],
)
def test_a_figure_of_another_time_says_so(read, text, background):
    assert read(text)[-1].background == background


def claim(text, source, content, parent=None):
    spans = [[(text.index(words), text.index(words) + len(words))] if words else [] for words in (source, "said", content)]
    return Claim(*spans, "indirect", "says", False, parent, "by hand", 1.0)


def test_the_innermost_claim_asserts(read):
    text = "Lamp News said the colonel said 40 tanks were lost. The road is 9 km long."
    claims = [claim(text, "Lamp News", "the colonel said 40 tanks were lost"), claim(text, "the colonel", "40 tanks were lost", 0)]
    assert [figure.claim for figure in read(text, claims)] == [1, None]


def test_a_figure_in_the_cue_is_the_claim_s(read):
    text = "The ministry raised to 35 the number of miners killed."
    told = Claim([(0, 12)], [(13, 25)], [(26, 54)], "indirect", "says", False, None, "", 1.0)
    assert [figure.claim for figure in read(text, [told])] == [0]


def test_two_sources_of_one_sentence_keep_their_own_numbers(read):
    text = "The ministry said 28 people died; the army put the toll at 17."
    claims = [claim(text, "The ministry", "28 people died"), claim(text, "the army", "17")]
    assert [figure.claim for figure in read(text, claims)] == [0, 1]


@pytest.mark.parametrize(
    ("after", "claims"),
    [
        ("Another 12 were missing.", [0, 0]),
        ("Of the dead, 12 were children.", [0, 0]),
        ("Twelve of them were children.", [0, 0]),
        ("The victims included 12 children.", [0, 0]),
        ("The town lies 12 km from the sea.", [0, None]),
        ("In the town, 12 shops stayed shut.", [0, None]),
        ("Another 12 were missing, the mayor said.", [0, None]),
    ],
)
def test_only_a_sentence_that_goes_on_counting_keeps_the_voice(read, after, claims):
    text = f"The doctor said 30 people had died. {after}"
    assert [figure.claim for figure in read(text, [claim(text, "The doctor", "30 people had died")])] == claims


@pytest.mark.parametrize(
    ("after", "claims"),
    [
        ("He put the number of missing at 700.", [0, 0]),
        ("He expects a wait of 9 days.", [0, 0]),
        ("Ostrey estimated their number at 700.", [0, 0]),
        ("He put 700 sandbags on the dam.", [0, None]),
        ("He lost 9 boats in the storm.", [0, None]),
        ("Vell estimated their number at 700.", [0, None]),
        ("He expects a wait of 9 days, the mayor said.", [0, None]),
    ],
)
def test_a_speaker_who_gives_another_number_asserts_it_though_no_claim_was_found(read, after, claims):
    text = f"Captain Ostrey said 30 people had died. {after}"
    assert [figure.claim for figure in read(text, [claim(text, "Captain Ostrey", "30 people had died")])] == claims


@pytest.mark.parametrize(
    ("after", "claims"),
    [
        (" in 3 days", [0, 0]),
        (", compared with 80 in May", [0, 0]),
        ("; by nightfall 80 people had fled the town", [0, None]),
    ],
)
def test_a_claim_that_breaks_off_takes_the_end_of_its_clause(read, after, claims):
    text = f"The army said it fired 60 shells{after}."
    assert [figure.claim for figure in read(text, [claim(text, "The army", "it fired 60 shells")])] == claims


@pytest.mark.parametrize(
    ("text", "content", "claims"),
    [
        ("Rockets killed 30 people and a fire spread through 9 shops, the mayor said.", "a fire spread through 9 shops", [0, 0]),
        ("The mayor said rockets killed 30 people after 9 days of calm.", "rockets killed 30 people", [0, 0]),
        ("The mayor said rockets killed 30 people while the army put the toll at 9.", "rockets killed 30 people", [0, None]),
        ("Rockets killed 30 people before the mayor said a fire had spread.", "a fire had spread", [None]),
    ],
)
def test_a_clause_that_depends_on_the_cue_is_the_claim_s_wherever_its_content_ends(read, text, content, claims):
    source = "the mayor" if "the mayor" in text else "The mayor"
    assert [figure.claim for figure in read(text, [claim(text, source, content)])] == claims


def test_units_are_brought_to_a_common_one_where_there_is_one():
    assert normalise(7, "mile", "distance") == (pytest.approx(11.265, abs=0.001), "kilometer")
    assert normalise(2, "week", "duration") == (14, "day")
    assert normalise(5, "US dollar", "money") == (5, "US dollar")
    assert normalise(5, "rushing yard", "distance") == (5, "rushing yard")


def test_figures_of_hostile_text_slice(read):
    text = "\ud800 ５ men, =7 cats,\x00 <script>3 dogs</script> \U0001f600 9 birds and 1\u200b2 fish"
    for figure in read(article_from_text("x", text).reading):
        assert 0 <= figure.span[0] < figure.span[1] <= len(text)
