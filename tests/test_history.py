"""How runs ended, told beside the report; notebooks that take too long, and that are run again."""

import json
import os

import pytest

from analysis import cli, extract, manifests
from analysis.report import build, history, run
from tests.pages import Page
from tests.small_corpus import extract_by_hand, one_notebook, one_planned, write_corpus, written_only


@pytest.fixture
def make(tmp_path, monkeypatch):
    """Make a report by the command, over a corpus that needs no model: its exit status."""
    monkeypatch.setattr(extract, "extract", extract_by_hand)
    monkeypatch.setattr(build, "plan", one_planned)
    corpus = write_corpus(tmp_path / "small")
    return lambda *more: cli.main(["report", str(corpus), "--out", str(tmp_path / "out"), "--quiet", *more])


def told(folder):
    return [json.loads(line) for line in (folder / history.RUNS).read_text().splitlines()]


def test_each_run_is_a_line_and_no_part_of_the_report(make, tmp_path, monkeypatch):
    monkeypatch.setattr(run, "run", written_only)
    assert make() == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir() if path.is_file()}
    assert make() == 0 and make("--force") == 0
    monkeypatch.setattr(run, "run", lambda *given: 1 / 0)
    assert make("--force") == 1
    runs = told(tmp_path / "out.runs")
    assert [(each["outcome"], each.get("articles"), each.get("why")) for each in runs] == [
        ("made", 3, None), ("unchanged", 3, None), ("made", 3, None), ("failed", None, "division by zero")]
    assert {each["code"] for each in runs} == {manifests.code_hash()} and len({each["corpus"] for each in runs}) == 1
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir() if path.is_file()}
    html = (tmp_path / "out.runs" / history.PAGE).read_text()
    assert html.index("failed: division by zero") < html.index("unchanged") and (Page(html).runs, Page(html).asks) == ([], [])


def test_a_killed_run_has_no_end_and_what_is_hostile_is_text(tmp_path):
    folder = tmp_path / "out.runs"
    folder.mkdir()
    (folder / history.RUNS).write_text('{"begun": "2031-05-06T00:00:00Z"}\nhalf a li\n[1]\n' + "[" * 100_000 + "\n")
    with pytest.raises(ValueError), history.kept(folder):
        assert history.RUNNING in (folder / history.PAGE).read_text()
        raise ValueError("<script>alert(1)</script>\ud800\x1b[31m" + "x" * 10_000)
    html = (folder / history.PAGE).read_text()
    assert html.count(history.KILLED) == 1 and "&lt;script&gt;" in html and Page(html).runs == [] and len(html) < 20_000
    assert [each.get("outcome") for each in told(folder)] == [None, "failed"]


def test_the_history_is_bounded_and_never_stops_a_run(tmp_path):
    folder = tmp_path / "out.runs"
    folder.mkdir()
    (folder / history.RUNS).write_text(json.dumps({"begun": "2031-05-06T00:00:00Z", "outcome": "made", "ended": "x"}) + "\n" + '{"begun": "later"}\n' * 1000)
    with history.kept(folder):
        pass
    assert len(told(folder)) == history.KEPT
    (tmp_path / "file").write_text("kept")
    with history.kept(tmp_path / "file" / "runs") as each:
        each["outcome"] = "made"
    assert (tmp_path / "file").read_text() == "kept" and sorted(os.listdir(tmp_path)) == ["file", "out.runs"]


def test_a_cell_that_takes_too_long_is_told_in_the_sentence_and_to_the_hook(make, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(manifests, "NOTEBOOKS", one_notebook(tmp_path / "notebooks", "import time; time.sleep(600)"))
    hook = f'echo "$ONRECORD_OUTCOME: $ONRECORD_MESSAGE" > {tmp_path}/hooked'
    assert make("--timeout", "1", "--hook", hook) == 1
    words = "corpus.ipynb, cell 1: it took longer than 1 s; give it more with --timeout"
    assert capsys.readouterr().err.startswith(f"onrecord: {words}; ") and (tmp_path / "hooked").read_text().startswith(f"failed: {words}; ")
    assert told(tmp_path / "out.runs")[0]["why"] == words


def test_a_notebook_that_fails_is_run_again_and_that_is_told(make, tmp_path, monkeypatch, capsys):
    begun = []

    def fails_twice(*given):
        begun.append(given)
        if len(begun) % 3:
            raise ValueError("corpus.ipynb, cell 1: OSError: the network is gone")
        return written_only(*given)
    monkeypatch.setattr(run, "run", fails_twice)
    assert make("--retries", "2") == 0 and len(begun) == 3
    line = "onrecord: corpus.ipynb, cell 1: OSError: the network is gone; it is run again ({} of 2).\n"
    assert capsys.readouterr().err == line.format(1) + line.format(2)
    assert make("--force", "--retries", "1") == 1 and make("--force") == 0
