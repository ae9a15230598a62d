"""What figures count and what that means: parts, tolls, sums, and numbers that lean on another; one invented sentence a row."""

import pytest

from analysis.corpus import article_from_text
from analysis.figures import find_figures
from tests.test_figures import brief


@pytest.fixture(scope="module")
def read(pipeline):
    def figures_of(text):
        return find_figures(article_from_text("invented", text), pipeline(text), [])

    return figures_of


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


def test_nobody_is_a_part_of_some(read):
    figures = read("The toll rose to 31 after eight of the wounded died. Seven children are among the dead.")
    assert [(figure.value, figure.measure, figure.part_of) for figure in figures] == [(31, "killed", None), (8, "killed", None), (7, "killed", 0)]


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
    ("Police held 40 people. Six of those held have since been released.", [("people", "arrested"), ("people", "released")]),
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


MORE_WORDINGS = [
    ("The general put the army's losses at 112 soldiers.", [("soldier", "killed")]),
    ("Monitor Puts Dorn Dead at 210", [("people", "killed")]),
    ("The centre counted 93 dead rebels.", [("rebel", "killed")]),
    ("The ministry said nine villages had been retaken.", [("village", "captured")]),
    ("Some 40 rebels surrendered, the army said.", [("rebel", "captured")]),
    ("The general has 5,000 soldiers under his command.", [("soldier", None)]),
    ("Twenty pilgrims were crushed to death in the stampede.", [("pilgrim", "killed")]),
    ("A further 30 were being treated for burns.", [("people", "injured")]),
    ("Rescuers brought 16 trapped miners out of the Hask mine alive.", [("miner", "rescued")]),
    ("Rescuers bring 16 men out of mine alive", [("man", "rescued")]),
    ("Nine people were pulled from the rubble alive.", [("people", "rescued")]),
    ("Twelve climbers were winched to safety.", [("climber", "rescued")]),
    ("In Dorn cholera spreads. The health ministry put the number of cases at 187.", [("case", "infected")]),
    ("In Dorn cholera spreads. The health ministry put the number of cholera cases at 640.", [("case", "infected")]),
    ("In Dorn cholera spreads. The number of people ill with cholera in Ambry rose to 420.", [("people", "infected")]),
    ("The judge decided 420 cases last year.", [("case", None)]),
    ("In Dorn cholera spreads. More than 300 people have fallen ill with cholera.", [("people", "infected")]),
    ("Some 800 patients have been discharged from hospital.", [("patient", "recovered")]),
    ("Some 300 people have been quarantined.", [("people", "quarantined")]),
    ("Soldiers have sealed six wells.", [("well", "closed")]),
    ("All 64 branches of the bank stayed shut.", [("branch", "closed")]),
    ("Some 85,000 people have deposits at the bank.", [("people", "depositors")]),
    ("Customers withdrew 300 million talers in a week.", [("taler", "withdrawals")]),
    ("The bank held 4 billion talers in deposits.", [("taler", "deposits")]),
    ("The government put up a guarantee of 3 billion talers.", [("taler", "guarantee")]),
    ("The bank raised its estimate of the money missing from Lisle to 1.6 billion talers.", [("taler", "deficit")]),
    ("Creditors have filed claims of 40 million talers.", [("taler", "claims")]),
    ("Thieves made off with 3 million talers.", [("taler", "stolen")]),
    ("The hail tore the roofs off 80 houses.", [("house", "damaged")]),
    ("The storm knocked out power to 80,000 customers.", [("customer", "without power")]),
    ("Some 80,000 customers were in the dark.", [("customer", "without power")]),
    ("The rebels knocked out seven tanks.", [("tank", "destroyed")]),
    ("The town has 40,000 people.", [("people", None)]),
    ("The firm built 80 houses.", [("house", None)]),
    ("Nine villagers were gunned down.", [("villager", "killed")]),
    ("The flood's death count rose to 14.", [("people", "killed")]),
    ("Fatalities now total 14.", [("people", "killed")]),
    ("Sixty people needed hospital treatment.", [("people", "hospitalised")]),
    ("Sixty people were placed under arrest.", [("people", "arrested")]),
    ("Fourteen men were found guilty.", [("man", "convicted")]),
    ("As many as 30,000 people poured into the streets.", [("people", "taking part")]),
    ("The merger will result in the loss of 300 jobs.", [("job", "jobs cut")]),
    ("Fever in Ostra. Doctors put the tally of measles cases at 420.", [("case", "infected")]),
    ("The hospital has 90 beds.", [("bed", None)]),
    ("Three hundred houses lost their roofs.", [("house", "damaged")]),
    ("Rioters broke into 14 shops.", [("shop", "looted")]),
    ("The state will pump 700 million crowns into the bank.", [("crown", "rescue")]),
    ("The state will guarantee 700 million crowns of deposits.", [("crown", "guarantee")]),
    ("Creditors are claiming 7 million crowns.", [("crown", "claims")]),
    ("Robbers got away with 7 million crowns.", [("crown", "stolen")]),
    ("Crews fought 14 fires.", [("fire", None)]),
    ("The school teaches 400 children.", [("child", None)]),
    ("The street has 14 shops.", [("shop", None)]),
    ("The hotel can take 90 guests.", [("guest", None)]),
]


@pytest.mark.parametrize(("text", "expected"), TOLLS + HAPPENINGS + CROWDS + THINGS + SUMS + MORE_SUMS + SOME_OF + WHO_DID_WHAT + TAKEN_OVER + MORE_WORDINGS)
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


def test_each_verb_decides_for_its_own_number(read):
    assert [row.measure for row in read("Four people died while over 50 were injured in the attack.")] == ["killed", "injured"]
