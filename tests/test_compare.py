"""The invented corpus: rows in, rows out, against what was written down by hand."""

import json

import pandas as pd
import pytest

from analysis import tables
from analysis.compare.build import compare
from analysis.compare.columns import TABLES
from analysis.compare.withdraw import withdraw
from tests import invented


@pytest.fixture(scope="module")
def compared():
    corpus = invented.read_articles()
    return compare(corpus, tables.build(corpus, invented.extract_by_hand(corpus.articles)))


def test_events_are_named_by_what_their_headlines_share(compared):
    events, members = compared["events"], compared["event_articles"]
    found = [{"name": row.name, "place": row.place, "first": row.first, "last": row.last,
              "articles": " ".join(members["article_id"][members["event_id"] == row.event_id])} for row in events.itertuples(index=False)]
    assert found == invented.rows("expected/events.csv")


def test_near_copies_are_found_with_and_without_the_credit(compared):
    found = [{"article_id": row.article_id, "copy_of": row.copy_of} for row in compared["copies"].itertuples()]
    assert found == invented.rows("expected/copies.csv")
    articles = compared["articles"].set_index("article_id")["duplicate_of"]
    assert articles.dropna().to_dict() == {row["article_id"]: row["copy_of"] for row in found}


def test_the_comparisons_are_those_written_by_hand(compared):
    found = {row.what: {"what": row.what, "verdict": row.verdict, "low": _cell(row.low), "high": _cell(row.high), "origins": str(row.origins),
                        "outlets": str(row.outlets), "readings": row.sentence.removeprefix(f"{row.what}: ").removesuffix(".")}
             for row in compared["comparisons"].itertuples()}
    expected = {row["what"]: row for row in invented.rows("expected/comparisons.csv")}
    assert found == expected


def test_what_is_no_figure_of_the_event_is_set_aside_and_says_why(compared):
    figures = compared["figures"].set_index("figure_id")
    found = [{"article_id": figures["article_id"][row.figure_id], "text": figures["text"][row.figure_id], "why": row.why}
             for row in compared["set_aside"].itertuples()]
    assert sorted(map(str, found)) == sorted(map(str, invented.rows("expected/set_aside.csv")))
    assert set(compared["set_aside"]["figure_id"]).isdisjoint(compared["compared"]["figure_id"])


def test_a_falling_toll_falls(compared):
    what = dict(zip(compared["comparisons"]["comparison_id"], compared["comparisons"]["what"]))
    found = [{"what": what[row.comparison_id], "origin": row.origin, "as_of": row.as_of, "reading": row.reading,
              "outlets": "; ".join(json.loads(row.outlets)), "falls": str(row.falls)} for row in compared["series"].itertuples()]
    assert [row for row in found if row["origin"] == "coast guard"] == invented.rows("expected/series.csv")


def test_the_claim_matrix_is_the_one_written_by_hand(compared):
    statements = dict(zip(compared["statements"]["statement_id"], compared["statements"]["statement"]))
    found = {(statements[row.statement_id], row.source): row.side for row in compared["matrix"].itertuples()}
    assert found == {(row["statement"], row["source"]): row["side"] for row in invented.rows("expected/matrix.csv")}


@pytest.mark.parametrize("withdrawn", dict.fromkeys(row["withdrawn"] for row in invented.rows("expected/withdrawn.csv")))
def test_what_falls_when_a_source_or_outlet_is_withdrawn(compared, withdrawn):
    found = {row.what: (row.before, "" if pd.isna(row.after) else row.after, row.effect) for row in withdraw(compared, [withdrawn]).itertuples()}
    expected = {row["what"]: (row["before"], row["after"], row["effect"])
                for row in invented.rows("expected/withdrawn.csv") if row["withdrawn"] == withdrawn}
    assert found == expected


def test_a_name_nobody_has_cannot_be_withdrawn(compared):
    with pytest.raises(ValueError, match="'Nobody'"):
        withdraw(compared, ["Nobody"])


def _cell(value):
    return "" if value != value else f"{value:.0f}"


def test_the_tables_are_the_same_when_they_are_read_again(compared, tmp_path):
    tables.write(compared, tmp_path, TABLES)
    again = tables.read(tmp_path, TABLES)
    assert list(again) == list(TABLES)
    for name, columns in TABLES.items():
        assert {column: str(dtype) for column, dtype in compared[name].dtypes.items()} == columns
        pd.testing.assert_frame_equal(again[name], compared[name])
        pd.testing.assert_frame_equal(tables.read_csv(tmp_path / f"{name}.csv", TABLES), compared[name])
