"""The rules of the comparison one by one: intervals, days, scopes, propositions, groups by hand, and hostile names."""

import math
import random
from dataclasses import replace
from pathlib import Path
from itertools import combinations, count
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from analysis import tabulate
from analysis.compare import events
from analysis.compare.build import compare
from analysis.compare.citations import write_graphml
from analysis.compare.columns import table
from analysis.compare.comparisons import verdict
from analysis.compare.copies import near_copies, overlap, sharing
from analysis.compare.dates import article_day, as_of, days_named, days_of_deeds
from analysis.compare.events import event_name, group_events
from analysis.compare.intervals import between, common, gap, in_words, interval
from analysis.compare.origins import outlet_name
from analysis.compare.places import main_place
from analysis.compare.propositions import contradiction, proposition
from analysis.compare.rows import Dated
from analysis.corpus import Corpus, Statement, article_from_text, read_corpus
from analysis.extract import extract
from tests import invented


def figure(value, comparator="=", low=None, high=None, kind="count"):
    return SimpleNamespace(value=value, comparator=comparator, low=low, high=high, kind=kind)


@pytest.mark.parametrize(("row", "expected", "words"), [
    (figure(58), (58, 58), "58"),
    (figure(58, ">="), (58, math.inf), "58 or more"),
    (figure(30, ">"), (31, math.inf), "31 or more"),
    (figure(2.5, ">", kind="distance"), (2.5, math.inf), "2.5 or more"),
    (figure(20, "<"), (-math.inf, 19), "up to 19"),
    (figure(40, "~"), (36, 44), "36 to 44"),
    (figure(None, "vague", 12, 120), (12, 120), "12 to 120"),
    (figure(None, "range", 2e6, 3e6, "money"), (2e6, 3e6), "2 million to 3 million"),
])
def test_what_a_figure_allows(row, expected, words):
    assert interval(row) == expected and in_words(expected) == words


names = count(1)


def origin(low, high=None, before=(), **told):
    ends, number = between(low, low if high is None else high), next(names)
    row = {"comparator": "=", "measure": "killed", "as_of": "2031-05-03", "own_voice": False, "sure": 1.0,
           "origin": f"Source {number}", **told}
    carrying = [SimpleNamespace(article_id=told.get("article", str(number)), ends=ends)]
    return SimpleNamespace(**row, ends=ends, ever={ends, *before}, carrying=carrying, rows=carrying)


@pytest.mark.parametrize(("origins", "expected", "apart"), [
    ([origin(58)], "one origin", 0),
    ([origin(58), origin(58)], "agree", 0),
    ([origin(58), origin(50, math.inf)], "overlap", 0),
    ([origin(58), origin(100, math.inf)], "disagree", 0.42),
    ([origin(12, 20), origin(15, 30), origin(18, 19)], "overlap", 0),
    ([origin(0), origin(7)], "disagree", 1.0),
    ([origin(58), origin(100, math.inf, sure=0.5)], "may differ", 0.42),  # of one thing, perhaps
    ([origin(58), origin(64, sure=0.5), origin(90)], "disagree", 0.356),
    ([origin(40), origin(58, as_of="2031-05-04")], "apart", 0),  # the toll grew
    ([origin(58), origin(40, as_of="2031-05-04")], "may differ", 0.31),  # it cannot have shrunk, but each day may have its own
    ([origin(40, measure="missing"), origin(58, measure="missing", as_of="2031-05-04")], "disagree", 0.31),
    ([origin(30, origin="TV"), origin(32, origin="Velmoran state television")], "may differ", 0.062),  # of one body, perhaps
    ([origin(30, origin="Velmoran army"), origin(32, origin="Velmoran state television")], "disagree", 0.062),
    ([origin(30, own_voice=True, article="a"), origin(21, article="a")], "may differ", 0.3),  # a part, perhaps
    ([origin(30, article="a"), origin(21, article="a")], "disagree", 0.3),  # a text with two sources
    ([origin(40), origin(58, as_of=None)], "disagree", 0.31),
    ([origin(19), origin(20, math.inf, comparator=">")], "apart", 0),
    ([origin(12, 120, comparator="vague"), origin(126)], "apart", 0),
    ([origin(43, own_voice=True), origin(58, before=[(43, 43)])], "apart", 0),  # it prints what the other said before
])
def test_whether_figures_can_all_be_right(origins, expected, apart):
    assert verdict(origins) == (expected, apart)


def test_what_all_intervals_allow():
    assert common([(12, 20), (15, 30), (18, 19)]) == (18, 19) and common([(58, 58), (100, math.inf)]) is None
    assert gap([(58, 58), (100, math.inf)]) == 0.42


@pytest.mark.parametrize(("words", "published", "expected"), [
    ("58 people had died as of 3 May 2031", None, ("2031-05-03", "text")),
    ("58 people had died by 3 May", "2031-05-04", ("2031-05-03", "text")),
    ("58 people had died by Tuesday", "2031-05-08T09:00", ("2031-05-06", "text")),
    ("58 people had died by 3 May", None, (None, None)),
    ("58 people had died by Tuesday", None, (None, None)),
    ("58 people died", "2031-05-04", ("2031-05-04", "published")),
    ("58 people died", "last week", (None, None)),
])
def test_a_day_is_told_or_not_known(words, published, expected):
    assert as_of(words, *article_day("Shells hit Aldmere", published)) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Shells Hit Aldmere\n\nWire Monday 5 May 2031 Shells hit the market.", ("2031-05-05", "dateline")),
    ("Posted on May 5, 2031 by a reporter", ("2031-05-05", "dateline")),
    ("Last updated at Sep 52031 Shells hit", ("2031-09-05", "dateline")),
    ("05.06.2031 Shells hit", ("2031-06-05", "dateline")), ("13-06-2031 Shells hit", ("2031-06-13", "dateline")),
    ("06/13/2031 Shells hit", ("2031-06-13", "dateline")),
    ("05-06-2031 Shells hit", ("2031-01-01", "published")), ("30 February 2031 Shells hit", ("2031-01-01", "published")),
    ("The war that began on 5 May 2029 goes on.", ("2031-01-01", "published")),
    ("word " * 70 + "5 May 2030", ("2031-01-01", "published")),
])
def test_an_article_bears_its_own_date(text, expected):
    assert article_day(text, "2031-01-01") == expected


def test_days_named_in_a_text_are_the_last_before_its_own():
    assert days_named("Friday's raid, not yesterday's", "2031-05-07") == {"2031-05-02", "2031-05-06"}
    assert days_named("on Friday", None) == frozenset()


@pytest.mark.parametrize(("one", "other", "against"), [
    (("the army shelled the port", "says"), ("the army had shelled the port", "denies"), None),
    (("12 people died", "says"), ("15 people died", "says"), "other numbers"),
    (("the army shelled the port", "says"), ("rebels shelled the port", "says"), "each names somebody the other does not"),
    (("the union blamed the company", "says"), ("the company blamed the union", "says"),
     "who does it to whom is the other way round"),
    (("the port be closed", "demands"), ("the port is closed", "says"), "one is a demand, promise or refusal"),
])
def test_rules_keep_claims_apart(one, other, against):
    numbers = [frozenset((word,) for word in text.split() if word.isdigit()) for text, _ in (one, other)]
    first, second = (proposition(text, stance, False, found) for (text, stance), found in zip((one, other), numbers))
    assert contradiction(first, second) == against


@pytest.mark.parametrize(("content", "stance", "negated", "positive"), [
    ("the gate was locked", "says", False, True), ("the gate was locked", "denies", False, False),
    ("the gate was not locked", "says", False, False), ("the gate was not locked", "denies", False, True),
    ("the gate will hold", "believes", True, False), ("the gate is non-negotiable", "says", False, False),
    ("the report on the gate is baseless", "says", False, False),
    ("as baseless the report that the gate was locked", "denies", False, False),
    ("it was built to defend, not to attack", "says", False, True), ("the alarm failed", "says", False, False),
])
def test_which_side_a_claim_is_on(content, stance, negated, positive):
    assert proposition(content, stance, negated).positive is positive


def test_who_says_nothing_either_way_is_on_no_side():
    assert proposition("whether the gate was locked", "says", True) is None
    assert proposition("that the gate was locked", "denies", True) is None and proposition("having locked the gate", "admits", True) is None


def test_an_event_is_named_by_the_headline_that_says_what_most_do():
    headlines = ["Two Saved", "Orvel Mine Collapses", "Miners Die as Orvel Mine Collapses at Dawn",
                 "Thirty Trapped in Orvel Mine"]
    assert event_name(headlines) == "Orvel Mine Collapses"
    assert event_name(["A Lone Headline"]) == "A Lone Headline" and event_name([]) == "" and event_name(["Fire", "Rain"]) == "Fire"
    assert event_name(["Fire " + "upon the hill " * 10]).endswith("hill…")


@pytest.mark.parametrize(("told", "name"), [
    ("www.reuters.com", "Reuters"), ("https://www.orvelpost.example/", "orvelpost.example"),
    ("St. Brannoc Post", "St. Brannoc Post"), ("Post", "Post"), (None, None),
])
def test_an_outlet_has_a_name(told, name):
    assert outlet_name(told) == name


def test_the_place_of_an_event_is_no_adjective():
    assert main_place(["Sirens rang in Velmorian valley towns.", "Rain fell in the centre of Orvel."], []) == ("Orvel", "in Orvel")


@pytest.mark.parametrize(("text", "others", "place"), [
    ("Mr Dorran spoke in Orvel. Reporters shouted at Dorran. Dorran left.", {"Dorran"}, "in Orvel"),
    ("Votes fell in Jane Dorran's party. Jane Dorran left Orvel.", set(), ""),
    ("Confidence in Lorvik fell. Lorvik said so. Lorvik left. Lorvik came. Lorvik wept.", set(), ""),
    ("Many are at Risk in Orvel, and the risk grows.", set(), "in Orvel"),
    ("A raid killed nine in Islamic State lands near Orvel.", set(), "near Orvel"),
    ("A raid killed nine in Orvel on Monday.", set(), "in Orvel"),
])
def test_the_place_of_an_event_is_no_person_no_body_and_no_plain_word(text, others, place):
    assert main_place([text], [], frozenset(others))[1] == place


def test_a_place_that_few_articles_name_is_not_the_events():
    assert main_place(["Rain fell in Orvel.", *["Rain fell."] * 5], []) == ("", "")
    assert main_place(["Rain fell in Orvel.", *["Rain fell."] * 5], ["Rain in Orvel"]) == ("Orvel", "in Orvel")


def test_days_of_deeds_are_none_on_which_something_was_only_said():
    assert days_of_deeds("Two died in Monday's raid, police said on Tuesday.", "2031-05-08") == {"2031-05-05"}
    assert days_of_deeds("The ministry on Wednesday raised the toll of the crash.", "2031-05-08") == frozenset()
    assert days_of_deeds("The trial opened on Monday. A bomb fell on Tuesday.", "2031-05-08") == {"2031-05-06"}


BRIDGE = [
    ("Post", "2031-10-06", "Bridge collapses at Orsall, six feared dead",
     "At least six people were feared dead after the road bridge over the Tarn at Orsall collapsed"
     " on Monday, throwing a bus and several cars into the river, police said. Divers had found two bodies by nightfall."),
    ("Radio", "2031-10-07", "Orsall bridge toll rises to eight",
     "Eight people are now known to have died in the collapse of the Orsall bridge, police said on"
     " Tuesday. Rescue crews lifted the bus out of the Tarn overnight. Its driver is in hospital."),
    ("Agency", "2031-10-08", "Engineers warned of cracks, says union",
     "Engineers had warned of cracks in the road bridge at Orsall two years before it fell, a union"
     " said on Wednesday. The roads ministry denied that it had been told of any danger. Eight people died."),
    ("Post", "2031-10-09", "Minister promises inquiry into bridge collapse",
     "The roads minister, Halla Venn, on Thursday promised an inquiry into Monday's bridge"
     " collapse. \"The families in Orsall will have the truth,\" she said. The opposition called on her to resign."),
    ("Star", "2031-10-10", "Orsall buries the dead of the bridge",
     "Thousands followed the coffins through Orsall on Friday as the town buried the victims of the"
     " bridge collapse. Two of the eight were schoolchildren on the bus."),
]
MALVEK = [
    ("Post", "2031-03-03", "Air raid kills nine in Malvek",
     "An air raid killed nine civilians in the rebel-held town of Malvek on Monday, a monitoring group said."
     " Jets dropped four bombs on a street near the market, wounding 20 others, it said."),
    ("Radio", "2031-03-03", "Nine civilians die as jets bomb Malvek",
     "Warplanes bombed a street near the market in Malvek on Monday and killed nine civilians,"
     " according to a monitoring group. Doctors in the town said 20 people had been wounded."),
]
HADRIN_NEXT_DAY = [
    ("Post", "2031-03-04", "Air raid kills twelve in Hadrin",
     "An air raid killed twelve civilians in the rebel-held town of Hadrin on Tuesday, a monitoring group"
     " said. Jets dropped bombs on a bakery, wounding 30 others, it said."),
    ("Radio", "2031-03-04", "Twelve killed at bakery in Hadrin",
     "Warplanes bombed a bakery in Hadrin on Tuesday and killed twelve civilians, according to a"
     " monitoring group. Doctors in the town said 30 people had been wounded."),
]
MALVEK_TWO_DAYS_LATER = [
    ("Post", "2031-03-05", "Bombs kill four at Malvek school",
     "Four teachers were killed when bombs fell on a school in the town of Malvek on Wednesday, a"
     " monitoring group said. The classrooms had been empty since the autumn, it said."),
    ("Radio", "2031-03-05", "Four teachers killed in raid on school in Malvek",
     "Warplanes hit a school in Malvek on Wednesday and killed four teachers, according to"
     " a monitoring group. The rebels who hold the town vowed to avenge them."),
]
UNRELATED = [
    ("Post", "2031-05-12", "Sawmill burns down in Tolm",
     "A fire destroyed the sawmill at Tolm on Monday and put 80 people out of work, the fire brigade said. Nobody was"
     " hurt. The owner put the damage at four million crowns."),
    ("Radio", "2031-05-12", "Parliament passes fishing law",
     "Parliament passed a law on Monday that halves the catch of herring in northern waters. The fishing"
     " minister said 200 boats would be laid up. Skippers called the law a disaster."),
    ("Agency", "2031-05-13", "Bank of Velm cuts its rate",
     "The central bank of Velm cut its main rate to 3 percent on Tuesday, the third cut this year. The governor"
     " said prices had stopped rising. Economists had expected no change."),
]


@pytest.mark.parametrize(("articles", "sizes"), [
    (BRIDGE, [5]), (MALVEK + HADRIN_NEXT_DAY, [2, 2]), (MALVEK + MALVEK_TWO_DAYS_LATER, [2, 2]), (UNRELATED, [1, 1, 1]),
    (MALVEK, [2]),
    (BRIDGE + MALVEK + HADRIN_NEXT_DAY + UNRELATED, [5, 2, 2, 1, 1, 1]),
    ([(outlet, None, *told) for outlet, _, *told in BRIDGE], [5]),
])
def test_what_follows_an_event_is_of_it_and_another_raid_is_not(articles, sizes):
    rows = [(f"{number:02}", *row) for number, row in enumerate(articles)]
    grouped = group_events([Dated(article_id=row[0], outlet=row[1], day=row[2], title=row[3], text=f"{row[3]}\n\n{row[4]}")
                            for row in rows])
    assert grouped["events"]["articles"].to_list() == sizes
    assert grouped["event_articles"]["event_id"].drop_duplicates().to_list() == grouped["events"]["event_id"].to_list()
    assert grouped["event_articles"]["event_id"].value_counts(sort=False).to_list() == sizes  # and they stand one after the other


@pytest.mark.parametrize("at_once", [1, 3])
def test_events_are_the_same_however_many_articles_are_looked_at_at_once(monkeypatch, at_once):
    told = BRIDGE + MALVEK + HADRIN_NEXT_DAY + UNRELATED
    articles = [Dated(article_id=f"{number:02}", outlet=outlet, day=day, title=title, text=f"{title}\n\n{text}")
                for number, (outlet, day, title, text) in enumerate(told)]
    whole = group_events(articles)
    monkeypatch.setattr(events, "AT_ONCE", at_once)
    for name, rows in group_events(articles).items():
        assert rows.equals(whole[name])


def test_an_event_may_hold_articles_that_are_alike_only_through_others():
    between = "The ferry Odra sank off Pell. The harbour pilot Arn Vell was blamed by the port authority."
    ends = ["The ferry Odra sank off Pell at dawn.", "The harbour pilot Arn Vell was blamed by the port authority."]
    articles = [Dated(article_id=str(number), day="2031-05-03", text=text) for number, text in enumerate([ends[0], between, ends[1]])]
    assert group_events([articles[0], articles[2]])["events"]["articles"].to_list() == [1, 1]
    assert group_events(articles)["events"]["articles"].to_list() == [3]


@pytest.mark.parametrize("least", [0.3, 0.5, 0.9, 1])
def test_no_pair_that_shares_enough_is_passed_over(least):
    chance = random.Random(7)
    shingled = {str(number): frozenset((str(int(chance.expovariate(0.1))),) for _ in range(chance.randrange(25))) for number in range(120)}
    enough = {frozenset((one, other)) for one, other in combinations(shingled, 2) if overlap(shingled[one], shingled[other]) >= least}
    assert len(enough) > 20 and enough <= {frozenset(pair) for pair in sharing(shingled, least)}


def test_a_copy_is_a_copy_whatever_stands_around_it_and_an_outlets_standing_words_are_none():
    text = " ".join(f"word{n}" for n in range(80))
    standing = " ".join(f"menu{n}" for n in range(60))
    rows = [("a", "One", "2031-01-02"), ("b", "Two", "2031-01-01"), ("c", "Three", "2031-02-01"), ("d", "Three", "2031-03-01"),
            ("e", "Three", "2031-04-01")]
    texts = {"a": text, "b": f"By a reporter. {text} Call us.",
             **{key: " ".join(f"{key}{n}" for n in range(20)) + f" {standing}" for key in "cde"}}
    found = near_copies([Dated(article_id=key, outlet=outlet, day=day, text=texts[key]) for key, outlet, day in rows])
    assert found[["article_id", "copy_of", "nearest"]].to_numpy().tolist() == [["a", "b", "b"]]
    texts |= {"d": texts["c"], "e": texts["c"] + " now"}
    again = near_copies([Dated(article_id=key, outlet=outlet, day=day, text=texts[key]) for key, outlet, day in rows])
    assert again["copy_of"].to_list() == ["b", "c", "c"]  # however often an outlet prints it


def test_a_brief_is_a_copy_of_the_long_text_that_it_is_cut_from():
    words = [f"word{number}" for number in range(400)]
    articles = [Dated(article_id=key, outlet=key, day="2031-01-01", text=" ".join(part)) for key, part in
                {"long": words, "brief": words[40:52], "other": ["else", *words[200:204], "else"]}.items()]
    assert near_copies(articles)[["article_id", "copy_of", "shared"]].to_numpy().tolist() == [["brief", "long", 1.0]]


def origins_of(*texts):
    """The origins of the figures of articles of one event, as {article number, the figure's text: origin}."""
    articles = tuple(article_from_text(f"a{number}", text, event="one", outlet=f"Paper {number}")
                     for number, text in enumerate(texts))
    corpus = Corpus("made-up", Path("."), articles, ())
    found = compare(corpus, tabulate.build(corpus, extract(articles)))
    rows = found["compared"].merge(found["figures"][["figure_id", "text"]], on="figure_id", suffixes=("", "_of"))
    return {(row.article_id, row.text): row.origin for row in rows.itertuples()}


@pytest.mark.parametrize(("text", "figure", "expected"), [
    ("Rebels say 60 soldiers killed in Orlec\n\nThe Hill Front said on Sunday 60 soldiers were killed at Orlec.", "60",
     "Hill Front"),
    ("Sixty soldiers killed in Orlec\n\nIt happened on Sunday. The Hill Front said 60 soldiers were killed at Orlec.", "Sixty",
     "Hill Front"),
    ("Rebels say 60 soldiers killed in Orlec\n\nThe Hill Front said 45 soldiers were killed at Orlec.", "60", "Rebels"),  # another number
    ("Sixty soldiers killed in Orlec\n\nThe Hill Front denied that 60 soldiers were killed at Orlec.", "Sixty", "Paper 0"),
])
def test_a_headlines_number_is_of_whom_the_article_credits(text, figure, expected):
    assert origins_of(text)["a0", figure] == expected


@pytest.mark.parametrize(("sentence", "expected"), [
    ("An inspection found 352 houses destroyed in Orlec, the Housing Office said.", "Housing Office"),
    ("The Housing Office said records showed 352 houses were destroyed in Orlec.", "Housing Office"),
    ("The Housing Office said its own engineers had found 352 houses destroyed in Orlec.", "Housing Office"),
    ("The Housing Office said a report by the Audit Board showed that 352 houses were destroyed in Orlec.", "Audit Board"),
])
def test_a_paper_or_ones_own_people_are_no_origin_beside_who_tells_of_them(sentence, expected):
    assert origins_of(f"Fire at Orlec\n\n{sentence}")["a0", "352"] == expected


def test_unions_and_ministries_of_other_names_are_other_origins():
    found = origins_of("Strike in Orlec\n\nThe Federation of Orlec Workers said 900 people were arrested in Orlec. "
                       "The nurses' union said 62 people were arrested in Orlec.")
    assert found["a0", "900"] == "Federation of Orlec Workers" and found.get(("a0", "62"), "nurses' union") == "nurses' union"


def test_a_hand_groups_articles_and_statements(tmp_path):
    (tmp_path / "one.txt").write_text("Port Shut\n\nThe mayor said the port of Hale was shut on Monday.\n")
    (tmp_path / "two.txt").write_text("Rain\n\nThe union said nobody had shut the port of Hale.\n")
    (tmp_path / "metadata.csv").write_text("path,event\none.txt,Hale\ntwo.txt,Hale\n")
    (tmp_path / "statements.csv").write_text("claim_id,statement\none.c1,The port is shut\n")
    corpus = read_corpus(tmp_path)
    assert [article.event for article in corpus.articles] == ["Hale", "Hale"] and not corpus.left_out
    assert [row[1:] for row in corpus.statements] == [("one.c1", "The port is shut")]


def test_statements_by_hand_overrule_the_machine():
    corpus = invented.read_articles()
    statements = [Statement(2, "a4.c3", "Guns fired"), Statement(3, "a7.c1", "Guns fired"), Statement(4, "a8.c1", ""),
                  Statement(5, "a8.c99", "")]
    by_hand = replace(corpus, statements=tuple(statements))
    found = compare(by_hand, tabulate.build(by_hand, invented.extract_by_hand(corpus.articles)))
    claims = found["statement_claims"].set_index("claim_id")
    assert claims["statement_id"]["a4.c3"] == claims["statement_id"]["a7.c1"] and claims["how"]["a4.c3"] == "by hand"
    assert (claims["statement_id"] == claims["statement_id"]["a8.c1"]).sum() == 1
    assert "Guns fired" in set(found["statements"]["statement"])
    assert found["left_out"]["reason"].to_list() == ["row 5: 'a8.c99' is none of the corpus's claims; take it from claims.csv"]


def test_graphml_is_wellformed_whatever_the_names(tmp_path):
    hostile = '<script>"&\x07 '
    row = {"citing_id": "a&b", "citing": hostile, "citing_layer": "outlet", "cited_id": "c", "cited": "C",
           "cited_layer": "origin",
           "claims": 3, "articles": 2}
    write_graphml(table("citations", [row]), tmp_path / "who.graphml")
    root = ElementTree.parse(tmp_path / "who.graphml").getroot()
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    assert [node.get("id") for node in root.iterfind(".//g:node", space)] == ["a&b", "c"]
    assert [data.text for data in root.iterfind(".//g:edge/g:data", space)] == ["3", "2"]


def test_a_hostile_corpus_and_one_without_figures_are_compared(small, found):
    again = compare(small, found)
    assert not (again["comparisons"]["verdict"] == "disagree").any()
    nothing = Corpus("nothing", small.folder, (article_from_text("x", "Nothing happened."),), ())
    empty = compare(nothing, tabulate.build(nothing, []))
    assert len(empty["events"]) == 1 and empty["comparisons"].empty
