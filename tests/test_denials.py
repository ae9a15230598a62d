"""Which claim a denial denies, and which only looks as if it were: rows in, yes or no out."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import show, tabulate
from analysis.compare import shown
from analysis.compare.build import compare
from analysis.compare.denials import base, denied_before, denied_within, denies, is_answer, is_denial, telling
from analysis.compare.propositions import contradiction, proposition
from analysis.compare.rows import Claim, SaidClaim, further
from analysis.compare.statements import SURE
from tests import denials, invented


def claim_of(**told):
    """A row of `claims`."""
    row = {"claim_id": "c1", "article_id": "one", "source_id": "mayor", "source": "the mayor", "cue": "said", "stance": "says",
           "negated": False, "parent_id": None, "confidence": 1.0, "source_spans": "[]", "cue_spans": "[]",
           "content_spans": "[[0, 9]]", "sentence_start": 0, "sentence_end": 0}
    return Claim(**{**row, **told})


def said(content, stance="says", source="the mayor", article_id="one"):
    """A claim as `denies` reads it."""
    claim = claim_of(claim_id=f"{source}: {content}", article_id=article_id, content=content, source=source, stance=stance)
    return further(claim, SaidClaim, event_id="one", outlet_id="", relays="[]", topic=frozenset(), vector=None,
                   proposition=proposition(content, stance, False, frozenset(), source))


FIRED = said("army guns had fired on the market", source="Tolva Watch")
DENIED = said("that its guns had fired on the market of Orvel", "denies", "army of Orland", "two")


@pytest.mark.parametrize(("denial", "claim", "expected"), [
    (DENIED, FIRED, True),
    (said("that its guns had fired on the market", "denies", "the bakers' guild", "two"), FIRED, False),  # another's guns
    (said("that its guns had fired on the mill", "denies", "army of Orland", "two"), FIRED, False),
    (said("that its guns had not fired on the market", "denies", "army of Orland", "two"), FIRED, False),  # it says that they fired
    (said("any role in the attack", "denies", "army of Orland", "two"), FIRED, False),
    (replace(DENIED, article_id="one", denied_claim=FIRED.claim_id), FIRED, True),
    (replace(DENIED, source="Tolva Watch"), FIRED, False),  # nobody denies themselves
    (said("selling grain from the reserve", "denies", "the ministry", "two"),
     said("the ministry sold grain from the reserve to traders"), True),
    (said("selling grain from the reserve", "denies", "the guild", "two"),
     said("the ministry sold grain from the reserve to traders"), False),
    (said("the gates were never locked", source="the owner", article_id="two"),
     said("the gates were locked when the fire began"), True),
    (said("the gates were locked and nobody had a key", source="the owner", article_id="two"), said("the gates were locked"), False),  # it is the key
    (said("no guards are at the mill", article_id="two"), said("guards burned carts at the mill", source="Tolva Watch"),
     False),  # where they burned them or not
    (said("the river treaty", "denies", "Orland", "two"), said("the river treaty and its costs"), False),  # a topic
    (said("that the crew was tired", "denies", "the company", "two"),
     said("the pump was broken for weeks and that the crew had stopped using it"), False),
    (said("that there had been any raid", "denies", "the ministry", "two"), said("the camp had been warned of a raid"), False),
    (said("the camp had received no warning", source="the ministry", article_id="two"),
     said("the camp had been warned of a raid"), True),
    (said("that the treaty is non-negotiable", source="Orland", article_id="two"),
     said("that the treaty is not negotiable"), False),
])
def test_a_denial_says_no_to_the_same_of_the_same(denial, claim, expected):
    assert denies(denial, claim) is expected and denies(claim, denial) is expected


@pytest.mark.parametrize(("cue", "content", "expected"), [
    ("has denied", "firing on the market", True), ("refuted", "it", True),
    ("rejected", "claims by the mayor that the gate was locked", True), ("dismissed", "as baseless the mayor's words", True),
    ("rejected", "an offer to open the gate", False), ("withdrew", "its guards from the gate", False),
    ("has withdrawn", "its report that 90 died", True),
    ("refused", "to open the gate", False), ("were reluctant", "to leave", False),
])
def test_who_turns_something_down_denies_nothing(cue, content, expected):
    assert is_denial(cue, content) is expected


@pytest.mark.parametrize(("content", "cue", "source", "named", "expected"), [
    ("a report by the guild that the gate was locked", "report", "the guild", "that the gate was locked", True),
    ("reports by the guild on the fire, saying the gate was locked", "reports", "the guild", "the gate was locked", False),
    ("words of the guild claiming that the gate was locked", "claiming", "the guild", "that the gate was locked", True),
    ("that the guild said the gate was locked", "said", "the guild", "the gate was locked", False),
    ("the guild's remarks about the gate", "remarks about", "the guild's", "the gate", False),
])
def test_a_denial_names_the_claim_that_it_denies(content, cue, source, named, expected):
    claim = claim_of(cue=cue, source=source, source_id="guild", content=named)
    found = denied_within(claim_of(content=content), [claim])
    assert found is (claim if expected else None)
    assert denied_within(claim_of(content=content, source_id="guild"), [claim]) is None  # its own words


def test_forms_of_a_word_are_one_and_words_of_what_is_said_tell_nothing():
    assert base("sold") == base("selling") and base("carried") == base("carrying") and base("Syrian") == base("Syria")
    assert telling("previous allegations of using gas") == (base("used"), "gas") == telling("it has not used gas")


def test_precision_on_the_invented_pairs_is_not_worse_than_was_measured():
    for sample, precision, recall in (("chosen on", 1, 0.7), ("fresh", 1, 0.66), ("later", 0.87, 0.87)):
        measured = denials.measure([pair for pair in invented.rows("denials.csv") if pair["sample"] == sample])
        assert measured[0] >= precision and measured[1] >= recall


def test_the_table_says_why_a_denial_stands_beside_a_claim_and_when_none_was_found():
    corpus = invented.read_articles()
    found = compare(corpus, tabulate.build(corpus, invented.extract_by_hand(corpus.articles)))
    names = dict(zip(found["sources"]["source_id"], found["sources"]["name"]))
    rows = {(names[row.source_id], names.get(row.denied_source_id, "")): row.how
            for row in found["denials"].itertuples() if pd.notna(row.source_id)}
    assert rows == {
        ("army of Orland", "Vellin Observatory"): "the words of the one stand in the other",
        ("army of Orland", "Ilka Dorn"): "the words of the one stand in the other",
        ("army of Orland", ""): "", ("Tolva Lines", "port office"): "the words of the one stand in the other",
        ("Northern Post", ""): "", ("Brask Chemicals", "chemical workers' union"): "the words of the one stand in the other",
    }
    assert "no such claim found" in shown.denials(found)._repr_html_()


def test_a_claim_that_somebody_else_answers_within_it_says_no_no():
    corpus = invented.read_articles()
    made = tabulate.build(corpus, invented.extract_by_hand(corpus.articles))
    claims = made["claims"]
    answered = claims["claim_id"] == "a7.c1"
    claims.loc[answered, "content"] = "army guns had fired on the market of Aldmere, which the army denies"
    answer = claims[answered].assign(claim_id="a7.c9", parent_id="a7.c1", cue="denies", content="the market", stance="denies",
                                     content_spans="[[0, 3]]")
    found = compare(corpus, {**made, "claims": pd.concat([claims, answer], ignore_index=True)})
    assert found["statement_claims"].set_index("claim_id")["side"]["a7.c1"] == "made"


@pytest.mark.parametrize(("content", "stance", "expected"), [
    ("that", "denies", True), ("it", "denies", True), ("the accusation", "denies", True),
    ("the guild's claims as baseless", "denies", False),
    ("the claims as baseless", "denies", True), ("That is a lie", "says", True), ("the claim false", "says", True),
    ("this was untrue", "says", True),
    ("That is a bridge", "says", False), ("that", "says", False), ("that the gate was locked", "denies", False),
])
def test_an_answer_says_nothing_but_that_it_is_not_so(content, stance, expected):
    assert is_answer(claim_of(content=content, stance=stance)) is expected


def spoken(content, at, stance="says", source="mayor"):
    """A claim of an article as `denied_before` reads it: a sentence of 40 characters, the claim at its start."""
    return claim_of(claim_id=content, content=content, stance=stance, source_id=source, cue_spans=f"[[{at}, {at + 1}]]",
                    content_spans=f"[[{at + 1}, {at + 39}]]", sentence_start=at, sentence_end=at + 40)


LOCKED, PAID = spoken("the gate was locked", 0), spoken("the guards had been paid", 41, source="union")


@pytest.mark.parametrize(("denial", "expected"), [
    (spoken("that", 82, "denies", "owner"), PAID), (spoken("that", 41, "denies", "owner"), LOCKED),
    (spoken("that", 82, "denies", "union"), LOCKED),
    (spoken("that", 400, "denies", "owner"), None),  # too far
    (spoken("That is a lie", 82, "says", "owner"), PAID),
    (replace(spoken("That is a lie", 82, "says", "owner"), sentence_end=160), None),  # "when asked about the key"
])
def test_an_answer_denies_the_nearest_claim_of_somebody_else(denial, expected):
    assert denied_before(denial, [LOCKED, PAID, denial]) is expected


def test_who_denies_that_any_was_denies_a_number_of_them():
    nine = proposition("nine soldiers had been captured", "says", False, frozenset({(9.0, "=", "")}))
    assert contradiction(proposition("that any soldier had been captured", "denies", False), nine) is None
    assert contradiction(proposition("soldiers had been captured", "says", False), nine) == "other numbers"


@pytest.fixture(scope="module")
def hand():
    corpus = invented.read_articles()
    return corpus, tabulate.build(corpus, invented.extract_by_hand(corpus.articles))


def compared(hand, changed):
    """The comparison of the invented corpus with the cells {claim_id: {column: value}} of its claims changed."""
    corpus, made = hand
    claims = made["claims"].copy()
    for claim_id, cells in changed.items():
        for column, value in cells.items():
            claims.loc[claims["claim_id"] == claim_id, column] = value
    return compare(corpus, {**made, "claims": claims})


def test_who_is_heard_only_in_unsure_claims_leaves_nothing_out(hand):
    assert SURE == show.UNSURE
    before = compared(hand, {})["matrix"]
    silent = before.loc[before["side"] == "left out", "source_id"].iloc[0]
    claims = hand[1]["claims"]
    after = compared(hand, {claim_id: {"confidence": 0.4} for claim_id in claims["claim_id"][claims["source_id"] == silent]})["matrix"]
    assert not ((after["source_id"] == silent) & (after["side"] == "left out")).any()
    assert set(after["side"]) == set(before["side"])


def test_what_two_sources_deny_is_named_by_what_it_would_be(hand):
    found = compared(hand, {"a4.c3": {"content": "no army guns had fired on the market"},
                            "a7.c1": {"content": "that army guns had fired on the market", "cue": "denied", "stance": "denies"}})
    claims = found["statement_claims"].set_index("claim_id")
    assert claims["statement_id"]["a4.c3"] == claims["statement_id"]["a7.c1"]
    assert list(claims["side"][["a4.c3", "a7.c1"]]) == ["denied", "denied"]
    statements = found["statements"].set_index("statement_id")["statement"]
    assert statements[claims["statement_id"]["a7.c1"]] == "army guns had fired on the market"


def test_what_is_no_statement_is_in_none(hand):
    found = compared(hand, {"a4.c3": {"content": "of the market square"},
                            "a7.c1": {"content": "how many guns had fired on the market"}})
    assert not {"a4.c3", "a7.c1"} & set(found["statement_claims"]["claim_id"])
