"""What was read once is not read again, whatever is done to the store and to those who fill it."""

import os
from dataclasses import replace

import pytest

from analysis import cli, extract, manifests, reader, store
from analysis.corpus import article_from_text
from analysis.lines import from_line, to_line
from analysis.report import build
from analysis.types import Extraction
from tests.small_corpus import extract_by_hand, one_notebook, one_planned
from tests.store_kills import begun, contents, filled, kill_fills

TEXTS = ["Boats Burn\n\nThe mayor of Oldbridge said 12 boats burned. “None of them is mine,” she said.",
         "Police in Quill denied a report by The Ledger that more than 1,000 people had fled.", "Nothing happened. \ud800\x00"]


def articles(**facts):
    return [article_from_text(f"a{number}", text, **facts) for number, text in enumerate(TEXTS)]


@pytest.fixture(scope="module")
def read_once():
    return [to_line(reader.read(article)) for article in articles()]


@pytest.fixture
def reads(monkeypatch, read_once):
    """The ids of the articles that are read, by a stand-in for the models."""
    seen, known = [], dict(zip(TEXTS, read_once))
    monkeypatch.setattr(reader, "read", lambda article: seen.append(article.article_id)
                        or from_line(article, known[article.text]))
    return seen


def lines(kept, given):
    return [to_line(found) for found in extract.extract(given, store=kept, jobs=1)]


def test_what_was_found_is_the_same_after_it_was_a_line(read_once):
    for article, line in zip(articles(), read_once):
        found = reader.read(article)
        again = from_line(article, line)
        assert (again.claims[:1], again.figures, again.asserters, again.sentences) == (found.claims[:1], found.figures, found.asserters, found.sentences)
        assert "\n" not in line and line.isascii() and to_line(again) == line


def test_an_article_is_read_once(tmp_path, reads, read_once):
    assert lines(store.Store(tmp_path), articles()) == read_once and len(reads) == 3
    again = store.Store(tmp_path)
    assert lines(again, [*articles(), article_from_text("new", TEXTS[0], path="moved.txt")]) == [*read_once, read_once[0]]
    assert len(reads) == 3 and store.told(again) == "4 from the store"


def test_what_is_left_out_of_a_known_article_is_not_looked_for_again(tmp_path, reads, read_once, monkeypatch):
    page = f"{TEXTS[0]}\n\nADVERTISEMENT\n\nNobody slept."
    monkeypatch.setattr(reader, "read", lambda article: Extraction(article, [], [], [], [(0, 10)] if article.reading else []))
    first, = extract.extract([article_from_text("a", page)], store=store.Store(tmp_path), jobs=1)
    monkeypatch.setattr("analysis.corpus.reading.furniture", lambda text: 1 / 0)
    named_anew = replace(article_from_text("b", page), duplicate_of="a")
    again, = extract.extract([named_anew], store=store.Store(tmp_path), jobs=1)
    assert [page[removal.start : removal.end] for removal in named_anew.removed] == ["ADVERTISEMENT"]
    assert (again.article.reading, again.article.title, named_anew.removed) == (first.article.reading, first.article.title, first.article.removed)


def test_an_article_of_which_something_else_is_known_is_read_anew(tmp_path, reads):
    lines(store.Store(tmp_path), articles())
    lines(store.Store(tmp_path), articles(published="2024-03-01"))
    assert len(reads) == 6


def test_other_code_reads_anew_and_what_nobody_asks_for_is_deleted(tmp_path, reads, monkeypatch):
    lines(store.Store(tmp_path), articles())
    old = store.Store(tmp_path).folder
    monkeypatch.setattr(store, "version", lambda: "another" * 9)
    lines(store.Store(tmp_path), articles())
    assert len(reads) == 6 and old.is_dir()
    os.utime(old, (0, 0))
    (tmp_path / "new" / "999999999.0").write_text("half a fi")
    store.Store(tmp_path)
    assert not old.exists() and not list((tmp_path / "new").iterdir())


@pytest.mark.parametrize("broken", [b"", b"\x00" * 500, b"{}", None], ids=["empty", "zeros", "no line", "cut"])
def test_a_file_that_is_not_whole_is_read_anew(tmp_path, reads, read_once, broken):
    lines(store.Store(tmp_path), articles())
    whole = contents(tmp_path)
    for path in tmp_path.rglob("*/*/*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-7] if broken is None else broken)
    assert lines(store.Store(tmp_path), articles()) == read_once and len(reads) == 6
    assert contents(tmp_path) == whole


def test_a_file_in_the_place_of_a_folder_costs_the_store_and_not_the_run(tmp_path, reads, read_once):
    kept = store.Store(tmp_path)
    kept.folder.rmdir()
    kept.folder.write_text("")
    assert lines(kept, articles()) == read_once


def test_an_article_that_fails_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "read", lambda article: 1 / 0)
    failed = []
    assert list(extract.extract(articles(), failed=lambda *told: failed.append(told), store=store.Store(tmp_path))) == []
    assert len(failed) == 3 and contents(tmp_path) == {}


def test_the_store_lies_where_the_user_wants_it_and_never_among_the_articles(tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_STORE", str(tmp_path / "set"))
    assert store.opened().root == tmp_path / "set" and store.opened(tmp_path / "asked").root == tmp_path / "asked" and store.opened("") is None
    monkeypatch.delenv("ONRECORD_STORE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert store.opened().root == tmp_path / "cache" / "onrecord"
    with pytest.raises(ValueError, match="would lie among the articles; choose another folder with --store"):
        store.opened(tmp_path / "corpus" / "store", tmp_path / "corpus")
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="cannot be made there .*; choose another folder with --store"):
        store.opened(tmp_path / "file")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert store.opened() is None


def test_a_report_is_the_same_with_and_without_the_store(tmp_path, small, monkeypatch, capsys):
    monkeypatch.setattr(build, "plan", one_planned)
    monkeypatch.setattr(manifests, "NOTEBOOKS", one_notebook(tmp_path / "notebooks"))
    by_hand = {found.article.text: found for found in extract_by_hand(small.articles)}
    monkeypatch.setattr(reader, "read", lambda article: by_hand[article.text])
    list(extract.extract(small.articles, store=store.Store(tmp_path / "kept")))
    for name, asked in {"without": "", "with": str(tmp_path / "kept")}.items():
        assert cli.main(["report", str(small.folder), "--out", str(tmp_path / name / "report"), "--store", asked]) == 0
    assert capsys.readouterr().err.count("articles: 3 of 3, 3 from the store\n") == 1
    assert contents(tmp_path / "without" / "report") == contents(tmp_path / "with" / "report")


def test_killed_at_any_moment_or_run_side_by_side_the_store_ends_the_same(tmp_path):
    assert kill_fills(tmp_path, 10) == []
    whole = contents(tmp_path / "undisturbed")
    runs = [begun(tmp_path / "two at once") for _ in range(2)]
    for run in runs:
        run.join()
    assert contents(tmp_path / "two at once") == whole and len(whole) == 100 and filled(tmp_path / "two at once") == 100
