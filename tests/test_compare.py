"""The invented corpus: rows in, rows out, against what was written down by hand, as people read it and as the machine does."""

import json

import pandas as pd
import pytest

from analysis import tables, tabulate
from analysis.compare.build import compare
from analysis.compare.columns import TABLES
from analysis.compare.statements import SURE
from analysis.compare.withdraw import withdraw
from analysis.extract import extract
from tests import invented


@pytest.fixture(scope="module", params=[invented.extract_by_hand, extract], ids=["by hand", "by machine"])
def compared(request):
    return read(request.param)


def read(extractions):
    corpus = invented.read_articles()
    return compare(corpus, tabulate.build(corpus, extractions(corpus.articles)))


def set_aside(compared):
    figures = compared["figures"].set_index("figure_id")
    return [{"article_id": figures["article_id"][row.figure_id], "text": figures["text"][row.figure_id], "why": row.why}
            for row in compared["set_aside"].itertuples()]


def test_events_are_named_by_what_their_headlines_share(compared):
    events, members = compared["events"], compared["event_articles"]
    found = [{"name": row.name, "place": row.place, "first": row.first, "last": row.last,
              "articles": " ".join(members["article_id"][members["event_id"] == row.event_id])}
              for row in events.itertuples(index=False)]
    assert found == invented.rows("expected/events.csv")


def test_near_copies_are_found_with_and_without_the_credit(compared):
    found = [{"article_id": row.article_id, "copy_of": row.copy_of} for row in compared["copies"].itertuples()]
    assert found == invented.rows("expected/copies.csv")
    articles = compared["articles"].set_index("article_id")["duplicate_of"]
    assert articles.dropna().to_dict() == {row["article_id"]: row["copy_of"] for row in found}


def test_the_comparisons_are_those_written_by_hand(compared):
    found = {row.what: {"what": row.what, "verdict": row.verdict, "low": _cell(row.low), "high": _cell(row.high),
                        "origins": str(row.origins),
                        "outlets": str(row.outlets), "readings": row.sentence.removeprefix(f"{row.what}: ").removesuffix(".")}
             for row in compared["comparisons"].itertuples()}
    expected = {row["what"]: row for row in invented.rows("expected/comparisons.csv")}
    for row in found.values():  # how sure a disagreement must be is measured on real articles
        row["verdict"] = row["verdict"].replace("may differ", "disagree")
    assert {what: row for what, row in found.items() if what in expected or row["origins"] != "1"} == expected


def test_what_is_no_figure_of_the_event_is_set_aside(compared):
    found = {(row["article_id"], row["text"]) for row in set_aside(compared)}
    assert {(row["article_id"], row["text"]) for row in invented.rows("expected/set_aside.csv")} <= found
    assert set(compared["set_aside"]["figure_id"]).isdisjoint(compared["compared"]["figure_id"])


def test_what_is_set_aside_says_why():
    assert sorted(map(str, set_aside(read(invented.extract_by_hand)))) == sorted(map(str, invented.rows("expected/set_aside.csv")))


def test_a_falling_toll_falls(compared):
    what = dict(zip(compared["comparisons"]["comparison_id"], compared["comparisons"]["what"]))
    found = [{"what": what[row.comparison_id], "origin": row.origin, "as_of": row.as_of, "reading": row.reading,
              "outlets": "; ".join(json.loads(row.outlets)), "falls": str(row.falls)} for row in compared["series"].itertuples()]
    assert [row for row in found if row["origin"] == "coast guard"] == invented.rows("expected/series.csv")


def test_the_claim_matrix_is_the_one_written_by_hand(compared):
    statements = dict(zip(compared["statements"]["statement_id"], compared["statements"]["statement"]))
    found = {(statements[row.statement_id], row.source): row.side for row in compared["matrix"].itertuples()}
    surest = compared["claims"].groupby("source")["confidence"].max()
    unsure = set(surest[surest < SURE].index)  # is not said to have left out anything
    assert found == {(row["statement"], row["source"]): row["side"] for row in invented.rows("expected/matrix.csv")
                     if row["side"] != "left out" or row["source"] not in unsure}


@pytest.mark.parametrize("withdrawn", dict.fromkeys(row["withdrawn"] for row in invented.rows("expected/withdrawn.csv")))
def test_what_falls_when_a_source_or_outlet_is_withdrawn(compared, withdrawn):
    found = {row.what: (row.before, "" if pd.isna(row.after) else row.after, row.effect)
             for row in withdraw(compared, [withdrawn]).itertuples()}
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
