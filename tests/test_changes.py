"""What changed: exactly the rows of the articles that are new, gone or altered, in a page, a table and words."""

import hashlib
import json
import math
import re
import shutil

import pandas
import pytest

from analysis import cli, extract, tables
from analysis.compare.build import compare
from analysis.report import changes, make_report, publish, run
from tests.pages import Page
from tests.small_corpus import DAM, extract_by_hand, write_corpus, written_only

# The claims and figures that stand in the article of the dam, and the sources that have no other.
CLAIMS, FIGURES, SOURCES = 5, 4, ["ledger", "orrin-tass", "velmora"]
OUTLET = [["sources", "outlet-unknown"]]  # it has two figures more


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    monkeypatch.setattr(extract, "extract", extract_by_hand)
    monkeypatch.setattr(run, "run", written_only)
    return write_corpus(tmp_path / "small")


@pytest.fixture
def listed(corpus, tmp_path):
    """Make a report, change the corpus, make it again: return the rows of changes.csv."""
    def make(change, begin=lambda corpus: None):
        begin(corpus)
        make_report(corpus, out=tmp_path / "report", quiet=True)
        shutil.copytree(tmp_path / "report", tmp_path / "before")
        change(corpus)
        make_report(corpus, out=tmp_path / "report", quiet=True)
        return pandas.read_csv(tmp_path / "report.changes" / "changes.csv", dtype="str", keep_default_na=False)
    return make


def tally(rows):
    return rows.groupby(["table", "change"]).size().to_dict()


def add(corpus):
    (corpus / "dam.txt").write_text(DAM)


def remove(corpus):
    (corpus / "dam.txt").unlink()


def alter(corpus):
    (corpus / "dam.txt").write_text(DAM.replace("Velmora Says", "  Velmora Says"))


def test_an_added_article_lists_exactly_its_rows(listed):
    rows = listed(add, begin=remove)
    new = rows[rows["change"] == "new"]
    assert tally(new) == {("articles", "new"): 1, ("claims", "new"): CLAIMS, ("figures", "new"): FIGURES, ("sources", "new"): 3}
    assert rows.loc[rows["change"] != "new", ["table", "row_id"]].values.tolist() == OUTLET
    assert set(new["article_id"]) == {"dam", ""} and set(new["before"]) == {""}
    assert rows["row_id"][(rows["table"] == "sources") & (rows["change"] == "new")].to_list() == SOURCES


def test_a_removed_article_lists_exactly_its_rows(listed):
    rows = listed(remove)
    gone = rows[rows["change"] == "gone"]
    assert tally(gone) == {("articles", "gone"): 1, ("claims", "gone"): CLAIMS, ("figures", "gone"): FIGURES,
                           ("sources", "gone"): 3}
    assert set(gone["article_id"]) == {"dam", ""} and set(gone["after"]) == {""}


def test_an_altered_article_whose_rows_only_moved_is_the_only_row(listed):
    rows = listed(alter)
    assert rows[["table", "change", "row_id"]].values.tolist() == [["articles", "altered", "dam"]]
    assert "sha256" in rows["what"][0]


def test_an_article_added_to_a_file_of_many_is_the_only_one_that_is_new(listed):
    def add_line(corpus):
        with (corpus / "more.jsonl").open("a") as file:
            file.write(json.dumps({"id": "quiet", "text": "Nothing happened."}) + "\n")
    rows = listed(add_line)
    assert rows[["table", "change", "row_id", "after"]].values.tolist() == [["articles", "new", "quiet", "quiet"]]


BOATS = "Boats burn at Oldbridge\n\nThe mayor of Oldbridge said 12 boats burned. Nobody was hurt, the fire brigade said.\n"
MILL = "Mill loses workers\n\nIna Brandt, the owner of the mill, said 40 workers had left. She denied that wages were late.\n"
OF_MILL = [["articles", "mill"], ["claims", "mill.c1"], ["claims", "mill.c2"], ["figures", "mill.f1"], ["sources", "ina-brandt"]]


@pytest.mark.parametrize(("before", "after", "expected"), [
    ({"boats": BOATS}, {"boats": BOATS, "mill": MILL}, [[table, "new", row_id, ""] for table, row_id in OF_MILL]),
    ({"boats": BOATS, "mill": MILL}, {"boats": BOATS}, [[table, "gone", row_id, ""] for table, row_id in OF_MILL]),
    ({"boats": BOATS, "mill": MILL}, {"boats": BOATS.replace("12", "14"), "mill": MILL}, [
        ["articles", "altered", "boats", "sha256"], ["claims", "altered", "boats.c1", "content"],
        ["figures", "altered", "boats.f1", "text, value"],
        ["ranges", "altered", "boats-burn-at-oldbridge.boats-burned", "range"]]),
], ids=["added", "removed", "altered"])
def test_an_article_as_it_is_read_lists_exactly_its_rows_in_the_table_and_the_page(tmp_path, monkeypatch, before, after, expected):
    monkeypatch.setattr(run, "run", written_only)
    corpus = tmp_path / "news"
    for articles in (before, after):
        shutil.rmtree(corpus, ignore_errors=True)
        corpus.mkdir()
        for name, text in articles.items():
            (corpus / f"{name}.txt").write_text(text)
        make_report(corpus, out=tmp_path / "report", quiet=True)
    rows = pandas.read_csv(tmp_path / "report.changes" / "changes.csv", dtype="str", keep_default_na=False)
    assert rows[["table", "change", "row_id", "what"]].values.tolist() == expected
    page = (tmp_path / "report.changes" / "index.html").read_text(encoding="utf-8")
    assert re.findall('<td data-label="Row">(.*?)</td>', page) == [row_id for _, _, row_id, _ in expected]


def rows_said(folder):
    return changes.counts(pandas.read_csv(folder / "changes.csv", dtype="str", keep_default_na=False))


def test_the_page_names_both_reports_and_is_inert(listed, tmp_path):
    listed(remove)
    folder = tmp_path / "report.changes"
    html = (folder / "index.html").read_text(encoding="utf-8")
    hashes = [hashlib.sha256((tmp_path / name / "manifest.json").read_bytes()).hexdigest() for name in ("before", "report")]
    assert json.loads((folder / "reports.json").read_text()) == {"old": hashes[0], "new": hashes[1], "changes": rows_said(folder)}
    page = Page(html)
    assert (page.runs, page.asks) == ([], []) and all(digest in html for digest in hashes) and "Articles: 1 gone" in html


def test_an_unchanged_or_forced_run_leaves_what_changed_last(listed, corpus, tmp_path):
    listed(remove)
    before = (tmp_path / "report.changes" / "index.html").read_bytes()
    make_report(corpus, out=tmp_path / "report", quiet=True)
    make_report(corpus, out=tmp_path / "report", quiet=True, force=True)
    assert (tmp_path / "report.changes" / "index.html").read_bytes() == before


def test_a_run_killed_before_it_told_what_changed_is_made_up_for_by_the_next(corpus, tmp_path, monkeypatch):
    make_report(corpus, out=tmp_path / "report", quiet=True)
    remove(corpus)
    with monkeypatch.context() as killed:
        killed.setattr(publish, "put_changes", lambda out: None)
        make_report(corpus, out=tmp_path / "report", quiet=True)
    assert not (tmp_path / "report.changes").exists()
    assert make_report(corpus, out=tmp_path / "report", quiet=True).outcome == "unchanged"
    assert "Articles: 1 gone" in (tmp_path / "report.changes" / "index.html").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report", "report.changes", "small"]


def test_what_changed_is_not_kept_beside_another_report(listed, corpus, tmp_path):
    listed(remove)
    (tmp_path / "report" / "index.html").write_text("broken, so that there is nothing to compare with")
    add(corpus)
    make_report(corpus, out=tmp_path / "report", quiet=True)
    assert not (tmp_path / "report.changes").exists()


def test_a_report_of_an_earlier_version_is_compared_by_what_it_has(corpus, tmp_path):
    make_report(corpus, out=tmp_path / "report", quiet=True)
    shutil.copytree(tmp_path / "report", tmp_path / "before")
    folder = tmp_path / "before" / "tables"
    figures = pandas.read_parquet(folder / "figures.parquet")
    figures.drop(columns="counted").to_parquet(folder / "figures.parquet")
    (folder / "compared.parquet").unlink()
    found, _ = changes.read_reports(tmp_path / "before", tmp_path / "report")
    rows = changes.between(*found)
    counted = int((figures["counted"].fillna("") != "").sum())
    assert tally(rows) == {("figures", "altered"): counted} and set(rows["what"]) == {"counted"} and counted


def test_the_command_says_it_in_words(listed, tmp_path, capsys):
    listed(remove)
    assert cli.main(["diff", str(tmp_path / "before"), str(tmp_path / "report")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.match(r"What changed: articles: 1 gone; claims: 5 gone; figures: 4 gone; sources: .*3 gone", lines[0])
    assert "- articles dam: Velmora Says Dam Is Safe" in lines
    assert "- figures dam.f1: dam at Quill … more than 40 million (> 40 million litre), Orrin Tass" in lines


def small_tables(found, name, **columns):
    """The tables of the small corpus with the first row of one of them changed."""
    table = found[name].copy()
    for column, value in columns.items():
        table[column] = [value, *table[column].to_list()[1:]]
    return {**found, name: table.astype(found[name].dtypes)}


@pytest.fixture(scope="module")
def found(small, found):
    """The tables of the small corpus with those of its comparison."""
    return compare(small, found)


def test_a_number_that_moved_is_one_altered_row(found):
    rows = changes.between(found, small_tables(found, "figures", value=5e7, text="50 million"))
    assert rows[["table", "change", "row_id", "what"]].values.tolist() == [["figures", "altered", "dam.f1", "text, value"]]


def test_a_range_that_moved_is_told_in_words(found):
    row = {"comparison_id": "flood.drowned", "verdict": "agree", "low": 12.0, "high": 15.0}
    old = {**found, "comparisons": pandas.DataFrame([row, {**row, "comparison_id": "flood.missing"}])}
    new = {**found, "comparisons": pandas.DataFrame([{**row, "high": math.nan, "verdict": "disagree"},
                                                     {**row, "comparison_id": "flood.hurt"}])}
    rows = changes.between(old, new)
    assert rows.values.tolist() == [["ranges", "altered", "flood.drowned", "", "range, verdict", "12 to 15, agree",
                                     "12 or more, disagree"]]


def test_another_stance_is_one_altered_row(found):
    rows = changes.between(found, small_tables(found, "claims", stance="denies"))
    assert rows[["table", "change", "what"]].values.tolist() == [["claims", "altered", "stance"]]
    assert rows["after"][0].endswith("(denies)")


def test_the_same_tables_have_no_changes(found):
    assert changes.between(found, found).empty and list(changes.sentences(changes.between(found, found))) == ["What changed: nothing."]
    assert set(changes.SAID) <= set(tables.TABLES)
