"""What is a figure, what it is worth, what it counts, and who asserts it; one invented sentence a row."""

import pytest

from analysis.corpus import article_from_text
from analysis.figures import find_figures, normalise
from analysis.types import Claim


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
    ("No one was hurt and no one died.", ["= 0 people", "= 0 people"]),
    ("No-one has drowned since spring.", ["= 0 people"]),
    ("The wall is two point three five metres thick.", ["= 2.35 m"]),
    ("The bridge cost one point four billion crowns.", ["= 1.4e+09 crown"]),
    ("They sailed three and three-quarter miles.", ["= 3.75 mile"]),
    ("A million and a half voters stayed away.", ["= 1.5e+06 voter"]),
    ("A quarter of a million voters stayed away.", ["= 250000 voter"]),
    ("The fund shows a negative $6 million.", ["= -6e+06 dollar"]),
    ("Around 2000 goats drowned.", ["~ 2000 goat"]),
    ("At least 1998 goats drowned.", [">= 1998 goat"]),
    ("The 200-plus guests left.", [">= 200 guest"]),
    ("The raid killed between 16 and 19 miners.", ["range 16..19 miner"]),
    ("Between one and four miners were killed.", ["range 1..4 miner"]),
    ("One to three miners were hurt, and the one to leave was lucky.", ["range 1..3 miner"]),
    ("Three miners died in Orsten, nine in Lendal and 12 in Merrow.", ["= 3 miner", "= 9 miner", "= 12 miner"]),
    ("The dam holds 12      million litres.", ["= 1.2e+07 litre"]),
    ("They waited 40      days.", ["= 40 day"]),
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
    ("Some 50 guests came, and 20 left.", ["~ 50 guest", "= 20 guest"]),
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
    ("Lawmakers voted 217 to 213 against the bill.", ["= 217", "= 213"]),
    ("Lowtown beat Hightown 3-1.", []),  # scores of games are no figures
]
UNITS = [
    ("She netted a record 32 goals against the top three teams.", ["= 32 record goal", "= 3 top team"]),
    ("The ship brought 5 tons of salt and 6 lbs of tea.", ["= 5 ton", "= 6 pound"]),
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
    ("The radio works at 7Ghz and weighs 3KG.", ["= 7 gigahertz", "= 3 kg"]),
    ("The port owes N6.5 billion, R2,400 and Sh900.",
     ["= 6.5e+09 Nigerian naira", "= 2400 South African rand", "= 900 shilling"]),
    ("The fare is KSh 80, 60₦ or 40 Ghanaian cedis.", ["= 80 Kenyan shilling", "= 60 Nigerian naira", "= 40 Ghanaian cedi"]),
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
    "The Seven Lamps choir sang with the Big Four clubs.",
    "Ministers of the Group of 66 met.",
    "A thirty-something baker came, and not one of them spoke.",
    "The permit runs until 20/2031.",
    "The N95 mask and the R2 road are old.",
]


@pytest.mark.parametrize(("text", "expected"), VALUES + COMPARATORS + PAIRS + UNITS)
def test_figures_are_read(read, text, expected):
    assert [brief(figure) for figure in read(text)] == expected


@pytest.mark.parametrize("text", NOT_FIGURES)
def test_what_only_looks_like_a_figure_is_left_out(read, text):
    assert [text[slice(*figure.span)] for figure in read(text)] == []


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("Joblessness fell from 5% to 3% in spring.", [("= 5 %", "from 5% to 3%"), ("= 3 %", None)]),
        ("The number of drowned miners rose from 40 to at least 60.", [("= 40", "from 40 to at least 60"), (">= 60", None)]),
        ("The firm raised its output from 2 to 3 million barrels.",
         [("= 2e+06 barrel", "from 2 to 3 million barrels"), ("= 3e+06 barrel", None)]),
        ("The tally climbed by 12 to 57.", [("= 12", None), ("= 57", None)]),
        ("The poor spend from 20 to 30 crowns on bread.", [("range 20..30 crown", None)]),
    ],
)
def test_a_change_is_two_readings_of_one_thing_the_first_of_an_earlier_time(read, text, readings):
    figures = read(text)
    assert [(brief(figure), figure.background) for figure in figures] == readings
    assert len({(figure.unit, figure.counted, figure.kind) for figure in figures}) == 1


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Lowtown beat Hightown 3-1 before 900 fans.", ["count"]),
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
        ("The villa in Merrow is worth up to $3m.", ["villa"]),
        ("On Friday: Ostrel +0.2% Merrow +0.3%.", ["Ostrel", "Merrow"]),
        ("At noon 14 first-team players.", [""]),
    ],
)
def test_what_a_number_is_of(read, text, counted):
    assert [figure.counted for figure in read(text)] == counted


@pytest.mark.parametrize(
    ("text", "background"),
    [
        ("The raid killed 12 people.", None),
        ("The 2013 attack killed hundreds of people.", "The 2013 attack"),
        ("A flood in 1998 drowned 300 people.", "in 1998"),
        ("Two years ago a fire killed 30 people.", "Two years ago"),
        ("The raid killed 12 people; last year a raid killed 90.", "last year"),
    ],
)
def test_a_figure_of_another_time_says_so(read, text, background):
    assert read(text)[-1].background == background


def claim(text, source, content, parent=None):
    spans = [[(text.index(words), text.index(words) + len(words))] if words else [] for words in (source, "said", content)]
    return Claim(*spans, "indirect", "says", False, parent, "by hand", 1.0)


def test_the_innermost_claim_asserts(read):
    text = "Lamp News said the colonel said 40 tanks were lost. The road is 9 km long."
    claims = [claim(text, "Lamp News", "the colonel said 40 tanks were lost"),
              claim(text, "the colonel", "40 tanks were lost", 0)]
    assert [figure.claim for figure in read(text, claims)] == [1, None]


def test_a_figure_in_the_cue_is_the_claim_s(read):
    text = "The ministry raised to 35 the number of miners killed."
    told = Claim([(0, 12)], [(13, 25)], [(26, 54)], "indirect", "says", False, None, "", 1.0)
    assert [figure.claim for figure in read(text, [told])] == [0]


def test_two_sources_of_one_sentence_keep_their_own_numbers(read):
    text = "The ministry said 28 people died; the army put the toll at 17."
    claims = [claim(text, "The ministry", "28 people died"), claim(text, "the army", "17")]
    assert [figure.claim for figure in read(text, claims)] == [0, 1]


def test_who_declines_to_confirm_a_number_does_not_give_it(read):
    text = "The ministry refused to confirm that 28 people had died."
    refused = Claim([(0, 12)], [(13, 20)], [(21, len(text) - 1)], "indirect", "says", True, None, "", 1.0)
    assert [figure.claim for figure in read(text, [refused])] == [None]


def test_units_are_brought_to_a_common_one_where_there_is_one():
    assert normalise(7, "mile", "distance") == (pytest.approx(11.265, abs=0.001), "kilometer")
    assert normalise(2, "week", "duration") == (14, "day")
    assert normalise(5, "US dollar", "money") == (5, "US dollar")
    assert normalise(5, "rushing yard", "distance") == (5, "rushing yard")


def test_figures_of_hostile_text_slice(read):
    text = "\ud800 ５ men, =7 cats,\x00 <script>3 dogs</script> \U0001f600 9 birds and 1\u200b2 fish"
    for figure in read(article_from_text("x", text).reading):
        assert 0 <= figure.span[0] < figure.span[1] <= len(text)


def test_a_text_gives_the_same_figures_whatever_was_read_before(read):
    text = "Police arrested 15 people and 12 were hurt."
    alone = [brief(figure) for figure in read(text)]
    assert read("Lowtown beat Hightown 3-1.") == []
    assert [brief(figure) for figure in read(text)] == alone == ["= 15 people", "= 12 people"]
