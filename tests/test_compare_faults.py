"""A comparison goes on: with what is missing of some articles only, and without what cannot be compared."""

import re
from pathlib import Path

import pandas as pd
import pytest

from analysis import story, tables, tabulate
from analysis.compare import columns, quantities, scope, shown, statements
from analysis.compare.build import compare
from analysis.compare.withdraw import withdraw
from analysis.corpus import Corpus, article_from_text
from analysis.extract import extract

TOLD = [
    "Blast in Orvel kills {0}\n\nThe mayor of Orvel said on Sunday that {0} people were killed in a blast at the market.",
    "Orvel blast kills {0}\n\nPolice said {0} people were killed in the blast at the market in Orvel. The mayor denied that the market was closed.",
    "Blast in Orvel\n\nDozens of people were killed in the blast in Orvel. Tolva Radio said that the market was closed.",
]
FACTS = ("outlet", "published", "event")


def corpus_of(articles):
    """A corpus of (text, facts) pairs."""
    read = tuple(article_from_text(f"a{number}", text, path=f"a{number}.txt", **facts)
                 for number, (text, facts) in enumerate(articles))
    return Corpus("made-up", Path("nowhere"), read, ())


def compared(articles):
    corpus = corpus_of(articles)
    found = compare(corpus, tabulate.build(corpus, extract(corpus.articles)))
    tables.check(found, corpus)
    return found


def cells(found):
    """Every text of the comparison's tables, and of what a report shows of them."""
    texts = {str(cell) for name in columns.TABLES for column in found[name] for cell in found[name][column].dropna()}
    told = story.Told(found)
    made = [getattr(shown, name)(found).html for name in ("comparisons", "copies", "denials")]
    pages = [story.event.page(told, row.event_id) for row in told.rows("events")]
    return [*texts, *made, *pages, story.front.cards(told), story.listing.articles(told).html]


@pytest.mark.parametrize("known", [(True, False, False), (False, True, True)])
@pytest.mark.parametrize("fact", FACTS)
def test_what_only_some_articles_tell_is_missing_and_never_a_word(fact, known):
    facts = {"outlet": "Post", "published": "2031-05-05", "event": "the blast"}
    told = [{**facts, fact: facts[fact] if has else None} for has in known]
    found = compared([(text.format(12 + number), each) for number, (text, each) in enumerate(zip(TOLD, told))])
    assert not [text for text in cells(found) if {"nan", "None", "NaT", "NA"} & set(re.findall(r"\w+", text))]
    assert found["compared"]["as_of"].isna().any() == (fact == "published" and not all(known))


def test_a_day_that_only_one_article_knows_sets_no_counts_apart():
    told = [("Blast in Orvel kills 12\n\nThe mayor said 12 people were killed in Orvel on Sunday.",
             {"published": "2031-05-05", "event": "blast"}),
            ("Blast in Orvel kills 14\n\nPolice said 14 people were killed in Orvel.", {"event": "blast"})]
    for articles in (told, told[::-1]):
        found = compared(articles)
        assert found["comparisons"][["what", "verdict"]].to_numpy().tolist() == [["Killed in Orvel", "disagree"]]
        assert set(found["compared"]["as_of"].fillna("unknown")) == {"2031-05-05", "unknown"}


def test_comparisons_called_the_same_are_told_apart_by_name_where_no_day_is_known():
    raid = "Raid kills {0} in Orvel\n\nA raid killed {0} people in Orvel, the {1} said."
    found = compared([(raid.format(12, "mayor"), {"event": "first raid"}),
                      (raid.format(30, "governor"), {"event": "second raid"})])
    assert sorted(found["comparisons"]["what"]) == ["Killed in Orvel, first raid", "Killed in Orvel, second raid"]


def test_rows_give_none_for_what_is_missing():
    table = pd.DataFrame({"text": pd.Series(["nan", None], dtype="str"), "number": [1.5, None], "whole": [1, 2],
                          "sure": [True, False]})
    assert tables.rows(table) == [{"text": "nan", "number": 1.5, "whole": 1, "sure": True},
                                  {"text": None, "number": None, "whole": 2, "sure": False}]
    assert tables.rows(table.head(0)) == []


@pytest.fixture
def three():
    return [(text.format(12 + number), {"outlet": f"Paper {number}", "event": "the blast"}) for number, text in enumerate(TOLD)]


def test_an_article_that_cannot_be_compared_is_left_out_with_its_reason(three, monkeypatch):
    clause = scope.clause

    def failing(text, *told):
        if "Police said" in text:
            raise KeyError("a fault\nof this article")
        return clause(text, *told)

    monkeypatch.setattr(scope, "clause", failing)
    found = compared(three)
    assert found["left_out"].to_numpy().tolist() == [["a1.txt", "read, but not compared: KeyError: 'a fault\\nof this article'"]]
    assert set(found["event_articles"]["article_id"]) == {"a0", "a2"} == set(found["compared"]["article_id"])
    assert set(found["articles"]["article_id"]) == {"a0", "a1", "a2"} and "a1" in set(found["claims"]["article_id"])


def test_without_the_article_left_out_the_comparison_is_that_of_the_others(three, monkeypatch):
    expected = compared([three[0], three[2]])
    clause = scope.clause
    monkeypatch.setattr(scope, "clause", lambda text, *told: 1 / 0 if "Police said" in text else clause(text, *told))
    found = compared(three)
    assert found["comparisons"]["sentence"].to_list() == expected["comparisons"]["sentence"].to_list()


def test_an_event_whose_figures_cannot_be_compared_is_set_aside_and_others_are_compared(three, monkeypatch):
    grouped = quantities.grouped

    def failing(rows):
        if len({row.article_id for row in rows}) > 2:
            raise IndexError("together they fail")
        return grouped(rows)

    monkeypatch.setattr(quantities, "grouped", failing)
    found = compared([*three, *((text, {**facts, "event": "another"}) for text, facts in three[:2])])
    failed = found["set_aside"][found["set_aside"]["event_id"] == "the-blast"]
    assert set(failed["why"]) == {"the figures of this event could not be compared: IndexError: together they fail"}
    assert set(found["compared"]["event_id"]) == {"another"} and found["left_out"].empty


def test_an_event_whose_claims_cannot_be_compared_is_told_and_its_figures_are_compared(three, monkeypatch):
    monkeypatch.setattr(statements, "_groups", lambda rows, by_hand: 1 / 0)
    found = compared(three)
    assert set(found["left_out"]["reason"]) == {"read, but the claims of its event could not be compared: ZeroDivisionError: division by zero"}
    assert set(found["left_out"]["path"]) == {"a0.txt", "a1.txt", "a2.txt"} and not found["compared"].empty and found["statements"].empty


def test_what_fails_with_every_article_is_raised(three, monkeypatch):
    monkeypatch.setattr(scope, "clause", lambda *told: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        compared(three)


def test_what_no_article_is_to_blame_for_is_raised(three, monkeypatch):
    monkeypatch.setattr(scope, "clause", lambda *told: (_ for _ in ()).throw(MemoryError()))
    with pytest.raises(MemoryError):
        compared(three)


def test_sources_can_be_left_out_of_a_comparison_without_days(three):
    assert withdraw(compared(three), ["Police"])["effect"].to_list()
