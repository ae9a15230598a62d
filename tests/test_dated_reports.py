"""Dated reports: the newest is `latest`, the index tells what changed, and old ones go."""

import os
import re

import pytest

from analysis import cli, extract, manifests
from analysis.report import dated_reports, make_dated_report, run
from tests.pages import Page
from tests.small_corpus import extract_by_hand, write_corpus, written_only


@pytest.fixture
def night(tmp_path, monkeypatch):
    """Make one night's report, an hour after the one before it, over articles that say so."""
    monkeypatch.setattr(extract, "extract", extract_by_hand)
    monkeypatch.setattr(run, "run", written_only)
    corpus = write_corpus(tmp_path / "small")

    def make(hour, text=None, name=None, **options):
        (corpus / "day.txt").write_text(text or f"Nothing happened at {hour}.")
        monkeypatch.setattr(dated_reports, "next_report", name or (lambda folder: folder / f"2031-05-06T{hour:02}-00-00Z"))
        return make_dated_report(corpus, tmp_path / "nights", quiet=True, **options)
    return make


def names(folder):
    return sorted(os.listdir(folder))


def test_each_changed_night_is_a_report_and_latest_is_the_newest(night, tmp_path):
    assert [night(hour).page.parent.name for hour in (1, 2)] == ["2031-05-06T01-00-00Z", "2031-05-06T02-00-00Z"]
    folder = tmp_path / "nights"
    assert names(folder) == ["2031-05-06T01-00-00Z", "2031-05-06T02-00-00Z", "2031-05-06T02-00-00Z.changes",
                             "index.html", "latest"]
    assert os.readlink(folder / "latest") == "2031-05-06T02-00-00Z" and manifests.intact(folder / "latest")


def test_the_index_lists_the_newest_first_with_what_changed(night, tmp_path):
    for hour in (1, 2, 3):
        night(hour)
    html = (tmp_path / "nights" / "index.html").read_text()
    page = Page(html)
    assert page.links == ["2031-05-06T03-00-00Z/index.html", "2031-05-06T03-00-00Z.changes/index.html",
                          "2031-05-06T02-00-00Z/index.html",
                          "2031-05-06T02-00-00Z.changes/index.html", "2031-05-06T01-00-00Z/index.html"]
    assert all((tmp_path / "nights" / link).is_file() for link in page.links) and (page.runs, page.asks) == ([], [])
    assert re.search("articles: 1 altered.*articles: 1 altered.*the first", html, re.DOTALL)


def test_the_index_leads_to_how_each_run_ended(night, tmp_path):
    night(1)
    assert "latest.runs" not in (tmp_path / "nights" / "index.html").read_text()
    night(2, is_told=True)
    page = Page((tmp_path / "nights" / "index.html").read_text())
    assert page.links[-1] == "latest.runs/history.html" and "made" in (tmp_path / "nights" / page.links[-1]).read_text()


def test_an_unchanged_night_adds_nothing(night, tmp_path):
    night(1, "Nothing happened.")
    before = names(tmp_path / "nights")
    made = night(2, "Nothing happened.")
    assert made == (tmp_path / "nights" / "2031-05-06T01-00-00Z" / "index.html", "unchanged") and names(tmp_path / "nights") == before


def test_only_the_newest_are_kept(night, tmp_path):
    for hour in (1, 2, 3, 4):
        night(hour, keep=2)
    assert [report.name for report in dated_reports.dated(tmp_path / "nights")] == ["2031-05-06T04-00-00Z", "2031-05-06T03-00-00Z"]
    assert len(names(tmp_path / "nights")) == 6
    with pytest.raises(ValueError, match="At least 1 report is to be kept, not 0"):
        night(5, keep=0)


def test_a_killed_night_is_cleared_and_a_link_it_did_not_set_is_mended(night, tmp_path):
    folder = tmp_path / "nights"
    night(1)
    night(2)
    (folder / "latest").unlink()
    (folder / ".2031-05-06T03-00-00Z.new").mkdir()
    (folder / "2031-05-06T03-00-00Z.failed").mkdir()
    night(3)
    assert [name for name in names(folder) if name.endswith((".new", ".failed"))] == []
    assert os.readlink(folder / "latest") == "2031-05-06T03-00-00Z"


def test_a_name_is_the_time_in_utc(tmp_path):
    assert dated_reports._is_dated(dated_reports.next_report(tmp_path).name) and not dated_reports._is_dated("latest")
    assert not dated_reports._is_dated("2031-5-6T1-0-0Z")


def test_a_report_made_with_the_clock_set_back_is_the_newest_and_is_kept(night, tmp_path):
    after = dated_reports.next_report
    night(1)
    for second in (1, 2):
        made = night(0, f"Something happened, {second}.", keep=1, name=after)
        assert made.page.parent.name == f"2031-05-06T01-00-0{second}Z" and made.outcome == "made" and manifests.intact(made.page.parent)
        assert [report.name for report in dated_reports.dated(tmp_path / "nights")] == [made.page.parent.name]
        assert os.readlink(tmp_path / "nights" / "latest") == made.page.parent.name


def test_two_reports_of_one_second_are_two(night, tmp_path, monkeypatch):
    after = dated_reports.next_report
    assert [night(1, text, name=after).page.parent.parent.name for text in ("one", "two")] == ["nights", "nights"]
    assert len(dated_reports.dated(tmp_path / "nights")) == 2


def test_a_folder_called_latest_is_told_before_anything_is_made(night, tmp_path):
    (tmp_path / "nights" / "latest").mkdir(parents=True)
    with pytest.raises(ValueError, match="latest: this is no link to the newest report, so it is not replaced; move it away"):
        night(1)
    assert os.listdir(tmp_path / "nights") == ["latest"]


@pytest.mark.parametrize("words", ["{", "[]", "[" * 100_000, '{"changes": null}', "\0"])
def test_what_changed_that_cannot_be_read_is_not_told(night, tmp_path, words):
    night(1)
    night(2)
    (tmp_path / "nights" / "2031-05-06T02-00-00Z.changes" / "reports.json").write_text(words)
    night(3)
    assert len(dated_reports.dated(tmp_path / "nights")) == 3 and (tmp_path / "nights" / "index.html").is_file()


def test_the_command(night, tmp_path, capsys):
    night(1)
    arguments = ["report", str(tmp_path / "small"), "--dated", str(tmp_path / "nights"), "--keep", "3", "--quiet"]
    assert cli.main(arguments) == 0
    assert capsys.readouterr().out == f"{tmp_path}/nights/2031-05-06T01-00-00Z/index.html\n"
