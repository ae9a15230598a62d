"""The command: what it writes, what it says, and how it exits."""

import io
import json
import os
import re
import subprocess
import sys
import types

import pytest

from analysis import __version__, cli, progress, reader
from analysis.report import Report

GOOD = json.dumps({"id": "one", "text": "The mayor of Oldbridge said 12 boats burned."})


def rows(text):
    return [json.loads(line) for line in text.splitlines()]


def test_extract_writes_a_line_for_every_good_line_and_tells_of_the_bad(tmp_path, capsys):
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join(["\ufeff" + GOOD, '{"id": "two"', "", '{"id": "three", "text": ""}']), encoding="utf-8")
    assert cli.main(["extract", str(source), "--quiet"]) == 1
    out, err = capsys.readouterr()
    assert [row["id"] for row in rows(out)] == ["one", "three"]
    assert set(rows(out)[0]) == {"id", "claims", "figures", "removed"}
    assert err.count("\n") == 1 and "articles.jsonl, line 2: it is not JSON" in err


@pytest.mark.parametrize("raised", [ZeroDivisionError("by zero\nof all"), RecursionError("too deep"), MemoryError()])
@pytest.mark.parametrize("step", ["find_claims", "find_figures", "resolve", "_source_ids", "sentences"])
def test_whatever_is_raised_at_a_line_the_others_are_written(tmp_path, monkeypatch, capsys, raised, step):
    whole = getattr(reader, step)

    def failing(given, *rest):
        if "Quill" in getattr(given, "text", getattr(getattr(given, "article", None), "text", "")):
            raise raised
        return whole(given, *rest)
    monkeypatch.setattr(reader, step, failing)
    source = tmp_path / "articles.jsonl"
    texts = {"one": "Boats burned.", "two": "Quill burned.", "three": "Crews slept."}
    source.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()))
    assert cli.main(["extract", str(source), "--quiet"]) == 1
    out, err = capsys.readouterr()
    assert [row["id"] for row in rows(out)] == ["one", "three"]
    told = ": ".join(filter(None, [type(raised).__name__, " ".join(str(raised).split())]))
    assert err == f"onrecord: {source}, line 2: reading it failed ({told}).\n"


def test_extract_reads_whatever_stands_in_a_text(tmp_path, capsys):
    texts = ["The mayor said " + "9" * 5_000 + " people died.", "9" * 400 + " 1/2 boats burned.", "9" * 400,
             "It cost $1 to 1.234.567 million, or 0 and a half million.",
             "(" * 5_000, "\ud800\x00" * 50, "“" * 3_000, "a\r\n" * 999, "The mayor said 12 boats burned."]
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join(json.dumps({"id": number, "text": text}) for number, text in enumerate(texts)))
    assert cli.main(["extract", str(source), "--quiet"]) == 0
    out, err = capsys.readouterr()
    assert [row["id"] for row in rows(out)] == [str(number) for number in range(len(texts))] and err == ""
    assert not re.search("Infinity|NaN", out)
    assert [figure["value"] for figure in rows(out)[-1]["figures"]] == [12]


def test_extract_reads_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(GOOD.encode())))
    assert cli.main(["extract", "-", "--quiet"]) == 0
    assert [row["id"] for row in rows(capsys.readouterr().out)] == ["one"]


def interrupted(*row, **how):
    raise KeyboardInterrupt


def test_a_file_to_write_is_there_only_when_complete(tmp_path, monkeypatch):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(GOOD)
    target.write_text("the last good one")
    monkeypatch.setattr(json, "dumps", interrupted)
    assert cli.main(["extract", str(source), "-o", str(target), "--quiet"]) == 130
    assert target.read_text() == "the last good one"
    monkeypatch.undo()
    assert cli.main(["extract", str(source), "-o", str(target), "--quiet"]) == 0
    assert [row["id"] for row in rows(target.read_text())] == ["one"]
    assert sorted(os.listdir(tmp_path)) == ["in.jsonl", "out.jsonl"]


@pytest.mark.parametrize("arguments, message", [
    (["extract", "nowhere.jsonl"], "onrecord: nowhere.jsonl: No such file or directory."),
    (["extract", "."], "onrecord: .: Is a directory."),
])
def test_what_is_not_there_is_one_sentence(arguments, message, capsys):
    assert cli.main(arguments) == 1
    assert capsys.readouterr().err == message + "\n"


def report_that(monkeypatch, make_report):
    monkeypatch.setattr("analysis.report.make_report", make_report)


def test_report_prints_where_the_page_is(monkeypatch, capsys, tmp_path):
    given = {}
    report_that(monkeypatch, lambda corpus, out, **rest: given.update(corpus=corpus, out=out)
                or Report(tmp_path / "index.html", "made"))
    assert cli.main(["report", "here", "--out", "there"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'index.html'}\n"
    assert (str(given["corpus"]), str(given["out"])) == ("here", "there")


@pytest.mark.parametrize("outcome, told", [("made", "The report is made."), ("unchanged", "Nothing has changed")])
def test_report_says_what_was_done_and_where_to_look(monkeypatch, capsys, outcome, told):
    report_that(monkeypatch, lambda *args, **named: Report("index.html", outcome))
    assert cli.main(["report"]) == 0 and cli.main(["report", "--quiet"]) == 0
    out, err = capsys.readouterr()
    assert err.count("\n") == 1 and told in err and err.endswith("Open this page in a browser:\n") and out == "index.html\n" * 2


def test_report_reads_the_seeds_where_no_corpus_is_named(monkeypatch):
    given = []
    report_that(monkeypatch, lambda corpus, out, **rest: given.append(corpus) or Report("index.html", "made"))
    cli.main(["report"])
    assert sorted(path.suffix for path in given[0].iterdir()) == [".txt"]


@pytest.mark.parametrize("error, message", [
    (ValueError("corpus/\x1b[31mred: no such folder."), "onrecord: corpus/\ufffd[31mred: no such folder.\n"),
    (PermissionError(13, "Permission denied", "reports/x"), "onrecord: reports/x: Permission denied.\n"),
])
def test_a_failed_report_is_one_harmless_sentence(monkeypatch, capsys, error, message):
    def fail(*args, **named):
        raise error
    report_that(monkeypatch, fail)
    assert cli.main(["report", "x", "--quiet"]) == 1
    assert capsys.readouterr().err == message


@pytest.mark.parametrize("arguments, status",
                         [([], 2), (["report", "--nonsense"], 2), (["--version"], 0), (["extract", "--help"], 0)])
def test_usage(arguments, status, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code == status
    if arguments == ["--version"]:
        assert capsys.readouterr().out == f"onrecord {__version__}\n"


def test_a_reader_that_stops_early_is_no_error(tmp_path):
    source = tmp_path / "articles.jsonl"
    source.write_text((GOOD + "\n") * 2000)
    command = [sys.executable, "-m", "analysis.cli", "extract", "--quiet", str(source)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 141


def test_progress_is_a_line_for_every_tenth_where_no_terminal_is(capsys):
    with progress.shown() as step:
        for done in range(1, 41):
            step(done, 40, "articles")
        step(100, None, "lines")
    lines = capsys.readouterr().err.splitlines()
    assert (len(lines), lines[0], lines[9:]) == (11, "articles: 4 of 40", ["articles: 40 of 40", "lines: 100"])


def test_progress_is_a_bar_at_a_terminal_and_nothing_when_quiet(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with progress.shown() as step:
        step(1, 2, "articles")
        step(2, 2, "articles")
    assert "articles: 100%" in capsys.readouterr().err
    with progress.shown(quiet=True) as step:
        step(1, 1, "articles")
    assert capsys.readouterr().err == ""


def test_evaluate_prints_the_measures_and_writes_them_for_the_report(tmp_path, capsys):
    claim = {"id": "c1", "source": [[0, 22]], "cue": [[23, 27]], "content": [[28, 43]], "kind": "indirect", "stance": "says",
             "parent": None}
    gold, quality = tmp_path / "small.jsonl", tmp_path / "quality.json"
    gold.write_text(json.dumps({"id": "one", "text": "The mayor of Oldbridge said 12 boats burned.", "claims": [claim]}))
    assert cli.main(["evaluate", str(gold), "--quality", str(quality), "--quiet"]) == 0
    assert "claims: content and source, F1" in capsys.readouterr().out
    assert json.loads(quality.read_text())[0]["caption"] == "small.jsonl"


def test_evaluate_tells_of_a_text_that_it_could_not_read(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(reader, "find_figures", interrupted_by_nothing)
    gold = tmp_path / "small.jsonl"
    gold.write_text(json.dumps({"id": "one", "text": "12 boats burned.",
                                "figures": [{"value": 12, "comparator": "=", "span": [0, 2]}]}))
    assert cli.main(["evaluate", str(gold), "--quiet"]) == 1
    assert capsys.readouterr().err == f"onrecord: {gold}, 'one': reading it failed (KeyError: 'nothing').\n"


def interrupted_by_nothing(article, doc, claims):
    raise KeyError("nothing")


def test_evaluate_names_the_line_that_is_no_gold(tmp_path, capsys):
    gold = tmp_path / "broken.jsonl"
    gold.write_text('{"id": 1}')
    assert cli.main(["evaluate", str(gold), "--quiet"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "broken.jsonl, line 1" in err
