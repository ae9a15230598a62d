"""Runs that nobody watches: killed, failed, two at once, and what they tell."""

import contextlib
import ctypes
import functools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import traceback

import pytest

from analysis import cli, extract, manifests, workers
from analysis.report import build, dated_reports, make_report, publish, run
from tests.kills import Place, children, kill_at_every_step, kill_runs, lives, until
from tests.small_corpus import (
    extract_by_hand,
    one_notebook,
    one_planned,
    write_corpus,
    written_only,
)

RUN = run.run
HOLDER = """
import sys
from pathlib import Path
from analysis.report import publish
with publish.held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """A corpus over which a report is quickly made: no model, no kernel."""
    monkeypatch.setattr(extract, "extract", extract_by_hand)
    monkeypatch.setattr(run, "run", written_only)
    return write_corpus(tmp_path / "small")


@pytest.fixture(params=[False, True], ids=["replaced", "dated"])
def reports(request, corpus, tmp_path, tmp_path_factory, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("t")))  # where no other run's kernels listen
    return Place(corpus, tmp_path / "reports", request.param)


@pytest.mark.parametrize("exchange", [True, False], ids=["in one step", "in two"])
def test_runs_killed_at_random_leave_a_whole_report_and_the_next_run_cleans_up(reports, monkeypatch, exchange):
    if not exchange:
        monkeypatch.setattr(publish, "_exchanged", lambda one, other: False)
    assert [fault for fault in kill_runs(reports, runs=3) if exchange or "no report" not in fault] == []


def test_runs_killed_with_their_kernels_leave_a_whole_report(reports, tmp_path, monkeypatch):
    monkeypatch.setattr(run, "run", RUN)
    monkeypatch.setattr(manifests, "NOTEBOOKS", one_notebook(tmp_path / "notebooks"))
    monkeypatch.setattr(build, "plan", one_planned)
    assert kill_runs(reports, runs=3) == []


def test_a_run_killed_at_a_step_leaves_a_whole_report(reports):
    faults, killed = kill_at_every_step(reports, stride=3)
    assert faults == [] and killed > 4


def test_a_run_killed_between_two_renames_is_mended(corpus, tmp_path):
    out = tmp_path / "reports" / "small"
    page = make_report(corpus, out=out, quiet=True).page.read_bytes()
    out.rename(out.with_name(".small.old"))
    (out.parent / ".small.new").mkdir()
    publish.recover(out)
    assert (out / "index.html").read_bytes() == page and os.listdir(out.parent) == ["small"]


NOTEBOOK = """
import sys
from pathlib import Path
import nbformat
from analysis.report import run
folder = Path(sys.argv[1], ".small.new", "notebooks")
folder.mkdir(parents=True)
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(sys.argv[2])])
notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
run.write(notebook, folder / "odd.ipynb")
try:
    run.run(folder / "odd.ipynb", folder / "executed.ipynb", {})
except ValueError as error:
    sys.exit(str(error))
"""
ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of prctl(2), as systemd has it for a user's processes


@pytest.mark.parametrize("moment", ["as its kernel starts", "while a cell runs"])
def test_a_killed_run_leaves_no_kernel_and_the_next_run_removes_its_sockets(tmp_path, moment):
    reports = tmp_path / ("a folder with a long name " * 4) / "reports"
    adopt = functools.partial(ctypes.CDLL(None).prctl, ADOPT_ORPHANS)
    adopt(1)
    try:
        with subprocess.Popen([sys.executable, "-c", NOTEBOOK, reports, "open('begun', 'w').close(); import time; time.sleep(600)"]) as killed:
            kernel, = until(lambda: children(killed.pid))
            until(lambda: moment == "as its kernel starts" or (reports / ".small.new" / "notebooks" / "begun").exists())
            killed.kill()
        until(lambda: os.waitpid(kernel, os.WNOHANG)[0], seconds=5)
    finally:
        adopt(0)
    left = [path for folder in sockets(reports) for path in [folder, *folder.iterdir()]]
    assert max(len(str(path)) for path in left) < 108 and (moment == "as its kernel starts" or len(left) == 8)
    publish.recover(reports / "small")
    assert sockets(reports) == [] and os.listdir(reports) == []


def test_a_kernel_that_dies_is_told_in_one_line(tmp_path):
    dies = "import faulthandler, os, signal; faulthandler.enable(); os.kill(os.getpid(), signal.SIGSEGV)"
    done = subprocess.run([sys.executable, "-c", NOTEBOOK, tmp_path / "reports", dies], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "executed.ipynb, cell 1: DeadKernelError: Kernel died\n")


def test_what_a_dying_kernel_says_is_for_the_log(tmp_path):
    one_notebook(tmp_path / "notebooks",
                 "import faulthandler, os, signal; faulthandler.enable(); os.kill(os.getpid(), signal.SIGSEGV)")
    with pytest.raises(ValueError, match="DeadKernelError: Kernel died$") as fault:
        run.run(tmp_path / "notebooks" / "corpus.ipynb", tmp_path / "executed.ipynb", {})
    assert "The kernel said:\nFatal Python error: Segmentation fault" in "".join(traceback.format_exception(fault.value))


def test_kernels_listen_where_the_temporary_folder_has_a_long_path(tmp_path, monkeypatch):
    long = tmp_path / ("a folder of a long name" * 6)
    long.mkdir()
    assert len(str(long)) > 120
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    work = tmp_path / "report" / "notebooks"
    work.mkdir(parents=True)
    executed = run.run(one_notebook(tmp_path / "notebooks", "6 * 7") / "corpus.ipynb", work / "executed.ipynb", {})
    assert executed.cells[0].outputs[0].data["text/plain"] == "42" and os.listdir(long) == [] and publish.sockets_of(work.parent) == []
    monkeypatch.setattr(publish, "SHORT", [])
    with pytest.raises(ValueError, match="No temporary folder with a path of 55 characters or fewer can be written to; name one in TMPDIR"):
        run.run(tmp_path / "notebooks" / "corpus.ipynb", work / "executed.ipynb", {})


def sockets(reports):
    return publish.sockets_of(reports / ".small.new")


@contextlib.contextmanager
def holder(out):
    """Another process that holds the lock, until it is told to end."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        yield other
        other.kill()


def test_a_second_run_says_who_holds_the_lock(corpus, tmp_path, capsys):
    out = tmp_path / "small-report"
    with holder(out) as other:
        assert cli.main(["report", str(corpus), "--out", str(out), "--no-wait", "--quiet"]) == 1
        assert f"process {other.pid} on " in capsys.readouterr().err and not out.exists()


def test_a_second_run_waits_and_then_goes_on(corpus, tmp_path):
    out, told = tmp_path / "small-report", []
    with holder(out) as other:
        def end_it(sentence):
            told.append(sentence)
            threading.Timer(0.2, other.kill).start()
        page = make_report(corpus, out=out, quiet=True, tell=end_it).page
    assert page.is_file() and f"process {other.pid} on " in told[0] and not (tmp_path / ".small-report.lock").exists()


def test_a_lock_that_its_holder_removed_is_not_held(tmp_path):
    with publish.held(tmp_path / "x"), pytest.raises(ValueError, match="is making this report"):
        with publish.held(tmp_path / "x", wait=False):
            pass
    assert os.listdir(tmp_path) == []


def test_a_failed_run_is_one_line_and_calls_the_hook(corpus, tmp_path, monkeypatch, capsys):
    def fail(notebook, path, parameters):
        written_only(notebook, path, parameters)
        raise ValueError(f"{path.name}, cell 4: ZeroDivisionError: $(touch {tmp_path}/run)")
    monkeypatch.setattr(run, "run", fail)
    hook = f'echo "$ONRECORD_OUTCOME: $ONRECORD_MESSAGE" > {tmp_path}/told'
    out = tmp_path / "reports" / "small"
    assert cli.main(["report", str(corpus), "--out", str(out), "--hook", hook, "--quiet"]) == 1
    kept = tmp_path / "reports" / "small.failed"
    line = f"comparison.ipynb, cell 4: ZeroDivisionError: $(touch {tmp_path}/run); The notebook, as far as it came, and log.txt are in {kept}\n"
    assert capsys.readouterr().err == f"onrecord: {line}" and (tmp_path / "told").read_text() == f"failed: {line}"
    assert (kept / "notebooks" / "comparison.ipynb").is_file() and not (tmp_path / "run").exists() and not out.exists()


def test_a_good_run_calls_the_hook_and_a_failed_hook_is_told(corpus, tmp_path, capsys):
    arguments = ["report", str(corpus), "--out", str(tmp_path / "out"), "--quiet", "--hook"]
    assert cli.main([*arguments, f"echo $ONRECORD_OUTCOME > {tmp_path}/told"]) == 0
    assert (tmp_path / "told").read_text() == "made\n"
    assert cli.main([*arguments, f"echo $ONRECORD_OUTCOME > {tmp_path}/told"]) == 0
    assert (tmp_path / "told").read_text() == "unchanged\n"
    assert cli.main([*arguments, "exit 7"]) == 1
    assert "the hook ended with status 7" in capsys.readouterr().err and (tmp_path / "out" / "index.html").is_file()


def test_a_full_disk_fails_in_one_line_and_takes_room_for_its_log_alone(corpus, tmp_path, monkeypatch, capsys):
    def full(notebook, path, parameters):
        raise OSError(28, "No space left on device", str(path))
    monkeypatch.setattr(run, "run", full)
    out = tmp_path / "reports" / "small"
    assert cli.main(["report", str(corpus), "--out", str(out), "--quiet"]) == 1
    told = capsys.readouterr().err
    assert told == f"onrecord: {out.parent}/.small.new/notebooks/comparison.ipynb: No space left on device; log.txt is in {out}.failed\n"
    assert [path for path in everything(out.parent) if ".runs" not in path] == ["small.failed", "small.failed/log.txt"]


def everything(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def nested(depth):
    return nested(depth + 1)


def raises(error):
    raise error


CRASHES = {
    "a fault of the code": (lambda: {}["x"], "An error of On Record stopped it: KeyError: 'x' (test_unattended.py, line "),
    "no memory": (lambda: bytearray(1 << 62), "There was not enough memory; "),
    "a stack that overflows": (lambda: nested(0), "An error of On Record stopped it: RecursionError: "),
    "many lines": (lambda: raises(ValueError("one\n  two\r\nthree\x1b[31m\0")), "one two three\ufffd[31m\ufffd; "),
    "many characters": (lambda: raises(ValueError("x" * 10_000_000)), "xxx"),
    "half a character": (lambda: raises(TypeError("\udcff\ud800")),
                         "An error of On Record stopped it: TypeError: \ufffd\ufffd ("),
    "a full disk, no file named": (lambda: raises(OSError(28, "No space left on device")), "No space left on device; "),
}
PLACES = ("extract.extract", "manifests.describe", "build.plan", "tables.write", "page.render", "publish.flush",
          "dated_reports.settle")


@pytest.mark.parametrize(("name", "place"), [*((name, "run.run") for name in CRASHES),
                                             *(("a fault of the code", place) for place in PLACES)])
def test_whatever_goes_wrong_is_one_line_a_log_and_a_word_to_the_hook(corpus, tmp_path, monkeypatch, capfd, name, place):
    crash, words = CRASHES[name]
    module, _, function = place.partition(".")
    monkeypatch.setattr({**vars(build), "build": build, "publish": publish, "dated_reports": dated_reports}[module], function,
                        lambda *given: crash())
    monkeypatch.setattr(dated_reports, "next_report", lambda folder: folder / "small")
    hook = f"printf '%s\\n' \"$ONRECORD_OUTCOME: $ONRECORD_MESSAGE\" > {tmp_path}/told"
    kept = tmp_path / "reports" / "small.failed"
    assert cli.main(["report", str(corpus), "--dated", str(kept.parent), "--quiet", "--hook", hook]) == 1
    told = capfd.readouterr()
    assert told.out == "" and told.err.count("\n") == 1 and told.err.startswith(f"onrecord: {words}") and len(told.err) < 2500
    assert re.search(rf"; (The notebook, as far as it came, and log.txt are|log.txt is) in {kept}\n$", told.err)
    assert (tmp_path / "told").read_text() == "failed: " + told.err.removeprefix("onrecord: ")
    assert (kept / "log.txt").read_text().startswith("Traceback")
    assert sorted(os.listdir(kept.parent)) == ["latest.runs", *(["small"] if place == "dated_reports.settle" else []),
                                               "small.failed"]


def test_articles_that_go_during_a_run_are_told(corpus, tmp_path, monkeypatch, capsys):
    def lose(notebook, path, parameters):
        shutil.rmtree(corpus, ignore_errors=True)
        return written_only(notebook, path, parameters)
    monkeypatch.setattr(run, "run", lose)
    assert cli.main(["report", str(corpus), "--out", str(tmp_path / "out"), "--quiet"]) == 1
    assert "its articles were changed while they were read; run it again" in capsys.readouterr().err


def test_a_mistyped_folder_of_articles_leaves_nothing_behind(corpus, tmp_path, capsys):
    assert cli.main(["report", str(tmp_path / "smal"), "--out", str(tmp_path / "reports" / "out"), "--quiet"]) == 1
    assert capsys.readouterr().err == f"onrecord: {tmp_path}/smal: there is no such folder of articles.\n" and os.listdir(tmp_path) == ["small"]


def test_what_is_no_report_is_never_replaced(corpus, tmp_path, capsys):
    (corpus / "manifest.json").write_text("{}")
    (corpus / "tables").mkdir()
    (tmp_path / "file").write_text("kept")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "manifest.json").write_text("{}")
    (tmp_path / ".locked.lock").mkdir()
    before = everything(tmp_path)
    told = {"small": "would take the place of its articles", "file": "this is no report", "other": "this is no report",
            "locked": "Is a directory",
            "file/in": "Not a directory|File exists"}
    for name, words in told.items():
        assert cli.main(["report", str(corpus), "--out", str(tmp_path / name), "--quiet"]) == 1
        assert re.fullmatch(f"onrecord: .*({words}).*\n", capsys.readouterr().err), name
    assert everything(tmp_path) == before and (tmp_path / "file").read_text() == "kept"


def test_a_system_that_does_not_say_how_many_cores_a_process_may_use_has_some(corpus, tmp_path, monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert workers.cores() == os.cpu_count() and make_report(corpus, out=tmp_path / "out", quiet=True).page.is_file()


ENDED = """
import sys
from pathlib import Path
from analysis import cli, extract, manifests
from analysis.report import build
from tests.small_corpus import extract_by_hand, one_planned
extract.extract, build.plan, manifests.NOTEBOOKS = extract_by_hand, one_planned, Path(sys.argv[1])
sys.exit(cli.main(sys.argv[2:]))
"""
WAITS = "import os, time; print(os.getpid(), file=open(os.environ['BEGUN'], 'w')); time.sleep(float(os.environ['WAIT']))"


def test_a_run_or_a_check_that_is_ended_by_a_signal_leaves_nothing_behind(corpus, tmp_path):
    out, temporary, begun, told = tmp_path / "reports" / "small", tmp_path / "t", tmp_path / "begun", tmp_path / "told"
    temporary.mkdir()
    command = [sys.executable, "-c", ENDED, one_notebook(tmp_path / "notebooks", WAITS)]
    environment = {**os.environ, "PYTHONPATH": str(manifests.ROOT), "TMPDIR": str(temporary), "BEGUN": str(begun)}
    making = ["report", corpus, "--out", out, "--quiet", "--hook", f'echo "$ONRECORD_MESSAGE" > {told}']
    subprocess.run([*command, *making], env={**environment, "WAIT": "0"}, check=True)
    for arguments in ([*making, "--force"], ["verify", out, "--corpus", corpus, "--quiet"]):
        begun.unlink()
        with subprocess.Popen([*command, *arguments], env={**environment, "WAIT": "600"}, stderr=subprocess.PIPE, text=True) as running:
            kernel = int(until(lambda: begun.is_file() and begun.read_text()))
            running.terminate()
            assert running.stderr.read() == "onrecord: The run was ended by the signal SIGTERM.\n" and running.wait(60) == 143
        assert not lives(kernel) and os.listdir(temporary) == [] and sorted(os.listdir(out.parent)) == ["small", "small.runs"] and manifests.intact(out)
    assert told.read_text() == "The run was ended by the signal SIGTERM.\n"


@pytest.fixture
def ran(monkeypatch):
    """The names of the notebooks that are run."""
    names = []
    monkeypatch.setattr(run, "run", lambda notebook, path, values: names.append(path.stem)
                        or written_only(notebook, path, values))
    return names


def test_an_unchanged_run_does_nothing_and_says_so(corpus, tmp_path, ran, capsys):
    arguments = ["report", str(corpus), "--out", str(tmp_path / "out")]
    assert cli.main(arguments) == 0 and len(ran) == 7
    page = os.stat(tmp_path / "out" / "index.html")
    capsys.readouterr()
    assert cli.main(arguments) == 0 and len(ran) == 7
    assert os.stat(tmp_path / "out" / "index.html").st_ino == page.st_ino
    out, err = capsys.readouterr()
    assert err.startswith("onrecord: Nothing has changed") and out == f"{tmp_path}/out/index.html\n"
    assert cli.main([*arguments, "--force"]) == 0 and len(ran) == 14


@pytest.mark.parametrize("change", [
    lambda corpus, out: (corpus / "dam.txt").write_text((corpus / "dam.txt").read_text() + "\nNothing more."),
    lambda corpus, out: (corpus / "photo.png").unlink(),
    lambda corpus, out: (out / "index.html").write_text("half a page"),
    lambda corpus, out: (out / "manifest.json").write_text("{"),
    lambda corpus, out: (out / "tables" / "claims.csv").unlink(),
], ids=["an article", "a file left out", "a broken page", "a broken manifest", "a missing table"])
def test_a_changed_article_or_a_broken_report_is_made_anew(corpus, tmp_path, ran, change):
    out = tmp_path / "out"
    make_report(corpus, out=out, quiet=True)
    change(corpus, out)
    assert make_report(corpus, out=out, quiet=True).outcome == "made" and len(ran) == 14
    assert manifests.intact(out)


def test_one_changed_notebook_is_one_rendered(corpus, tmp_path, ran, monkeypatch):
    out, folder = tmp_path / "out", tmp_path / "notebooks"
    shutil.copytree(manifests.NOTEBOOKS, folder)
    monkeypatch.setattr(manifests, "NOTEBOOKS", folder)
    make_report(corpus, out=out, quiet=True)
    ran.clear()
    text = (folder / "figures.ipynb").read_text()
    (folder / "figures.ipynb").write_text(text.replace("Which numbers", "What numbers"))
    monkeypatch.setattr(extract, "extract", None)  # the articles are not read again
    make_report(corpus, out=out, quiet=True)
    assert ran == ["figures"] and "What numbers" in (out / "notebooks" / "figures.ipynb").read_text()
    partly = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    monkeypatch.setattr(extract, "extract", extract_by_hand)
    make_report(corpus, out=out, quiet=True, force=True)
    assert partly == {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_other_parameters_run_the_notebooks_they_are_of(corpus, tmp_path, ran):
    make_report(corpus, out=tmp_path / "out", quiet=True)
    ran.clear()
    make_report(corpus, out=tmp_path / "out", quiet=True, parameters={"source": ["ledger", "orrin-tass"]})
    assert ran == ["source-ledger"]
    assert sorted(path.stem for path in (tmp_path / "out" / "notebooks").glob("source-*")) == ["source-ledger", "source-orrin-tass"]
