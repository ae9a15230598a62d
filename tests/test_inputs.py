"""Reports on folders in which something is odd: reports among the articles, articles that cannot be read, names that cannot be written."""

import json
import os
import shutil
from urllib.parse import unquote

import pytest

from analysis import cli, extract, load, manifests, report, tables
from analysis.corpus import files, read_corpus
from analysis.report import UNCHANGED, build, make_dated_report, make_report, run
from analysis.report.verify import verify
from tests.small_corpus import extract_by_hand, write_corpus, written_only


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """A corpus over which a report is quickly made: no model, no kernel."""
    monkeypatch.setattr(extract, "extract", extract_by_hand)
    monkeypatch.setattr(run, "run", written_only)
    return write_corpus(tmp_path / "small")


def listed(folder):
    return [path.relative_to(folder).as_posix() for path in files(folder)]


def test_a_report_among_its_articles_is_none_of_them(corpus, monkeypatch):
    before = listed(corpus)
    make_report(corpus, out=corpus / "reports" / "first", quiet=True)
    assert listed(corpus) == before
    assert make_report(corpus, out=corpus / "reports" / "first", quiet=True).outcome == UNCHANGED
    (corpus / "day.txt").write_text("Nothing happened.")
    make_report(corpus, out=corpus / "reports" / "first", quiet=True)
    monkeypatch.setattr(build, "_run_all", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_report(corpus, out=corpus / "reports" / "first", quiet=True, force=True)
    assert {path.name for path in (corpus / "reports").iterdir()} >= {"first", "first.changes", "first.failed"}
    assert listed(corpus) == ["dam.txt", "day.txt", *before[1:]]
    assert list(manifests.describe(corpus, {})["inputs"]) == listed(corpus)


@pytest.mark.parametrize("place", ["nights", "."])
def test_dated_reports_among_the_articles_are_none_of_them(corpus, place):
    before = listed(corpus)
    make_dated_report(corpus, corpus / place, quiet=True)
    assert (corpus / place / "latest").is_symlink() and listed(corpus) == before
    assert make_dated_report(corpus, corpus / place, quiet=True).outcome == UNCHANGED


def test_folders_that_only_look_like_reports_are_read(corpus):
    for name in ("week.changes/a.txt", "week.failed/a.txt", "manifest/manifest.json", "latest/index.html"):
        (corpus / name).parent.mkdir()
        (corpus / name).write_text("Nothing happened.")
    assert {"week.changes/a.txt", "week.failed/a.txt", "manifest/manifest.json", "latest/index.html"} < set(listed(corpus))


def test_an_article_that_cannot_be_read_is_told_of_in_the_report_and_the_others_stand(corpus, monkeypatch):
    def some(articles, progress=None, failed=None):
        for found in extract_by_hand(articles, progress):
            if found.article.article_id == "dam":
                failed(found.article, "reading it failed (MemoryError)")
            else:
                yield found
    monkeypatch.setattr(extract, "extract", some)
    (corpus / "copy.txt").write_text((corpus / "dam.txt").read_text())
    for _ in ("made", "made of the tables of the one before"):
        page = make_report(corpus, out=corpus / "report", quiet=True).page
        monkeypatch.setattr(manifests, "unchanged", lambda before, described: False)
        found = tables.read(page.parent / "tables")
        assert found["articles"]["article_id"].to_list() == ["copy", "hostile", "bro ken/1"]
        assert dict(zip(found["left_out"]["path"], found["left_out"]["reason"]))["dam.txt"] == "reading it failed (MemoryError)"
        assert sorted(path.stem for path in (page.parent / "articles").iterdir())[1:] == ["copy", "hostile"]


def test_names_that_are_not_utf8_stop_no_report(corpus, tmp_path):
    (corpus / os.fsdecode(b"bad\xff.txt")).write_text("Nothing happened.")
    (corpus / "ids.jsonl").write_text("\n".join(json.dumps({"id": name, "text": "Nothing."})
                                                for name in ("s\ud800ur", "../../up", "<b>")))
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    corpus.rename(folder)
    out = make_report(folder, out=tmp_path / "reports" / "odd", quiet=True).page.parent
    found = tables.read(out / "tables")
    assert {"bad\\xff.txt", "ids.jsonl"} <= set(found["left_out"]["path"]) and {"../../up", "<b>"} <= set(found["articles"]["article_id"])
    assert manifests.describe(folder, {})["inputs"] == manifests.read(out)["inputs"] and manifests.read(out)["corpus"] == "…/caf?"
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == ["odd"]
    assert make_report(folder, out=out, quiet=True).outcome == UNCHANGED
    assert len(read_corpus(folder).articles) == 5


def packed(corpus):
    """The corpus as a .zip beside it."""
    shutil.make_archive(str(corpus), "zip", corpus)
    return corpus.with_suffix(".zip")


@pytest.mark.parametrize("place, paths", [
    (packed, ["small.zip/dam.txt", "small.zip/hostile.txt", "small.zip/more.jsonl"]),
    (lambda corpus: corpus / "dam.txt", ["dam.txt"]),
    (lambda corpus: corpus / "*.txt", ["dam.txt", "hostile.txt"]),
], ids=["archive", "file", "glob"])
def test_a_report_is_made_of_an_archive_a_file_or_what_a_glob_fits(corpus, tmp_path, place, paths):
    where, out = place(corpus), tmp_path / "report"
    (where.parent / "aliases.csv").write_text("name,alias,kind\nMinister of Works,Orrin Tass,person\n")
    assert make_report(where, out=out, quiet=True).outcome == "made"
    found = tables.read(out / "tables")
    assert sorted(found["articles"]["path"]) == paths and "Minister of Works" in set(found["sources"]["name"])
    assert make_report(where, out=out, quiet=True).outcome == UNCHANGED and verify(out, where).status == 0
    assert "aliases.csv" in manifests.read(out)["inputs"]
    loaded = load(where, store="", quiet=True)
    assert sorted(loaded["articles"]["path"]) == paths
    assert set(map(unquote, loaded.claims["link"])) <= {f"./{os.path.relpath(where.parent / path)}" for path in paths}


def test_where_no_report_can_be_made_one_sentence_says_so_and_what_to_do(corpus, tmp_path, monkeypatch, capsys):
    for where, told in {
        "s3://quill/articles": "a report is made of files on this machine; fetch the articles with: onrecord read s3://quill/articles -o articles.jsonl",
        str(corpus / "*.txt"): "a report on the files that a pattern fits has no place of its own; say with --out where it is to lie.",
        str(corpus / "*.pdf"): "there is no such folder of articles.",
        str(corpus / "photo.png"): "it holds no article that can be read: photo.png: its type",
    }.items():
        monkeypatch.setattr(report, "REPORTS", tmp_path / "reports")
        assert cli.main(["report", where, "--quiet", "--store", ""]) == 1
        assert f"onrecord: {where}: {told}" in capsys.readouterr().err
