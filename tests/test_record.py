"""The front door: a folder or a report in one call, with all an analyst asks for in the row."""

import gc

import pandas as pd
import pytest

from analysis import codebook, extract, load, manifests, opening, show, tables, tabulate
from analysis.compare import columns
from analysis.compare.build import compare
from analysis.record import Record
from tests.pages import Page
from tests.small_corpus import extract_by_hand


@pytest.fixture(scope="module")
def record(small):
    return Record(compare(small, tabulate.build(small, extract_by_hand(small.articles))), lambda *ids: map("./{}#{}".format, *ids))


def test_a_row_has_what_an_analyst_asks_for(record):
    claim = record.claims.set_index("claim_id").loc["dam.c5"]
    assert (claim["source_name"], claim["source_kind"], claim["stance"], claim["claimed_by"], claim["hands"]) == (
        "Velmora", "state", "warns", ["Velmora", "The Ledger", "the outlet (not named)"], 3)
    assert claim["sentence"].startswith("Velmora Says Dam Is Safe") and [end - start for start, end in claim["content_spans"]] == [len("more than 1,000 people would drown")]
    figure = record.figures.set_index("figure_id").loc["dam.f1"]
    assert (figure["reading"], figure["source_name"], figure["standing"], figure["own_voice"]) == ("> 40 million litre", "Orrin Tass", "whole", False)
    assert (claim["link"], figure["link"]) == ("./dam#dam.c5", "./dam#dam.f1")


def test_dates_are_dates_lists_are_lists_and_kinds_are_categories(record):
    assert {str(record.claims[name].dtype) for name in ("kind", "stance", "source_kind", "outlet")} == {"category"}
    assert str(record.claims["day"].dtype) == str(record.figures["as_of"].dtype) == "datetime64[s]"
    assert all(isinstance(names, list) for names in record.sources["aliases"])
    assert record["claims"]["content_spans"].dtype == "str"  # the plain table is as reports have it


def test_making_frames_leaves_the_search_for_rubbish_as_it_was(small):
    made = Record(compare(small, tabulate.build(small, extract_by_hand(small.articles))), lambda *ids: map("./{}#{}".format, *ids))
    gc.disable()
    try:
        assert len(made.claims) and not gc.isenabled()
    finally:
        gc.enable()
    assert len(made.figures) and gc.isenabled() and gc.get_freeze_count() == 0


def test_every_column_of_every_table_has_a_meaning(record):
    assert set(record) == {*tables.TABLES, *columns.TABLES}
    for name in record:
        assert codebook.table(name) and not [row.column for row in record.help(name).itertuples() if not row.meaning], name
    with pytest.raises(ValueError, match="There is no table 'claim'; did you mean 'claims'"):
        record.help("claim")
    with pytest.raises(AttributeError, match="There is no table 'numbers'; there are articles, claims"):
        record.numbers
    assert {"claims", "figures", "about"} <= set(dir(record)) and repr(record).startswith("On record: 3 articles, 7 claims, 6 figures")


@pytest.mark.parametrize("name", ["orrin-tass", "Orrin Tass", "orrin", "TASS"])
def test_one_source_by_whatever_name(record, name):
    about = record.about(name)
    assert about.claims["claim_id"].to_list() == ["dam.c2", "dam.c3"] and about.figures["figure_id"].to_list() == ["dam.f1"]
    assert about.sources["name"].to_list() == ["Orrin Tass"] and about.articles.equals(record.articles)


def test_a_name_that_nobody_or_several_have_is_told(record):
    with pytest.raises(ValueError, match="No source is called 'Orin Tass'; did you mean 'Orrin Tass'?"):
        record.about("Orin Tass")
    with pytest.raises(ValueError, match="[0-9] sources are called 'r'; say which: "):
        record.about("r")
    with pytest.raises(ValueError, match=r"No event is called 'flood'; .events lists them"):
        record.event("flood")


def test_one_event(record):
    name = record.events["name"][0]
    one = record.event(name)
    assert set(one.claims["event"]) == {name} and 0 < len(one.claims) < len(record.claims) and len(one.events) == 1


def test_two_sources_side_by_side(record):
    told = record.compare("Velmora", "Orrin Tass")
    assert list(told) == ["event", "what", "Velmora", "Orrin Tass"]
    assert told["Velmora"].notna().any() and told["Orrin Tass"].notna().any() and (told["Velmora"].isna() | told["Orrin Tass"].isna()).any()
    with pytest.raises(ValueError, match="No source is called 'Quorl'"):
        record.compare("Velmora", "Quorl")


def test_sentences_are_marked_and_run_nothing(record):
    claim = record.claims.set_index("claim_id").loc["dam.c1"]
    assert "<u>Velmora</u> <i>Says</i> <mark>Dam Is Safe</mark>" in show(claim).html and repr(show(claim)).startswith("Velmora Says Dam Is Safe")
    assert "<b>Dozens</b>" in show(record.figures).html
    for rows in (record.claims, record.figures, record.comparisons, record.claims.head(0)):
        page = Page(show(rows).html)
        assert (page.runs, page.asks) == ([], [])
    with pytest.raises(ValueError, match="These rows have no column 'sentence'"):
        show(record.sources)
    assert "1000 of 1200 rows" in show(pd.concat([record.claims] * 200).head(1200)).html


@pytest.mark.parametrize("link, is_link", [("javascript:alert(1)", False), ("data:text/html,x", False), ("https://x.test/a", True), ("../index.html#a", True)])
def test_a_link_leads_to_a_page_or_nowhere(record, link, is_link):
    assert ("href" in show(record.claims.head(1).assign(link=link)).html) == is_link


def test_links_of_a_report_lead_to_its_rows(report, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    record = load(report)
    for frame in (record.claims, record.figures, record.articles):
        for link in frame["link"]:
            path, _, anchor = link.partition("#")
            page = (tmp_path / path).resolve()
            assert page.parent == report / "articles" and (not anchor or f'id="{anchor}"' in page.read_text(encoding="utf-8"))


@pytest.fixture
def reads(monkeypatch):
    seen = []

    def read(articles, *told, **how):
        seen.append(how)
        return extract_by_hand(articles, *told)
    monkeypatch.setattr(extract, "extract", read)
    return seen


def test_a_folder_is_read_once_and_anew_where_it_changed_or_what_was_kept_broke(small, tmp_path, reads, monkeypatch):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "dam.txt").write_bytes((small.folder / "dam.txt").read_bytes())
    first = load(corpus, store=tmp_path / "store")
    assert len(reads) == 1 and reads[0]["store"].root == tmp_path / "store"
    monkeypatch.chdir(tmp_path)
    again = load("corpus", store=tmp_path / "store")
    assert len(reads) == 1
    for name in first:
        pd.testing.assert_frame_equal(again[name], first[name])
        pd.testing.assert_frame_equal(*(getattr(each, name).drop(columns="link", errors="ignore") for each in (again, first)))
    assert set(again.claims["link"]) == {"./corpus/dam.txt"} and isinstance(again.claims["claimed_by"][0], list)
    for path in (tmp_path / "store" / "tables").rglob("claims.parquet"):
        path.write_bytes(path.read_bytes()[:-1])
    assert load("corpus", store=tmp_path / "store").claims.equals(load("corpus", store=tmp_path / "store").claims) and len(reads) == 2
    for number in range(4):
        (corpus / "more.txt").write_text(f"Nothing happened {number} times.\n")
        assert len(load(corpus, store=tmp_path / "store").articles) == 2
    assert len(reads) == 6 and len(list((tmp_path / "store" / "tables").glob("*/*"))) == opening.KEPT
    assert len(load(corpus, store="").articles) == 2 and reads[-1] == {}


def test_what_is_no_folder_is_told():
    with pytest.raises(ValueError, match="nowhere: there is no such folder of articles"):
        load("nowhere")
    assert not manifests.is_report("nowhere")
