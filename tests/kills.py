"""Make reports that are killed, at random moments or at every step, and look at what their readers see."""

import itertools
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from analysis import manifests
from analysis.report import (
    dated_reports,
    make_dated_report,
    make_report,
    publish,
)
from tests.pages import Page

FORK = multiprocessing.get_context("fork")  # a run that need not import everything anew
# The last: two folders change places
STEPS = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "shutil.rmtree", "ctypes.dlsym")
RUN, KERNELS, BOTH = "a run", "its kernels", "both"
KEEP = 2
GONE = FileNotFoundError, ProcessLookupError


class Place(NamedTuple):
    """A folder of articles and, in a folder with nothing else in it, the report on them: one that is replaced, or dated ones."""

    corpus: Path
    folder: Path
    is_dated: bool = False

    @property
    def report(self):
        """Where readers look."""
        return self.folder / (dated_reports.LATEST if self.is_dated else "report")

    def make(self):
        if self.is_dated:
            make_dated_report(self.corpus, self.folder, keep=KEEP, quiet=True)
        else:
            make_report(self.corpus, self.report, quiet=True)


def kill_runs(place, runs, seed=0):
    """Kill `runs` runs at random moments, each over other articles than the report before; after each, let one run to its end.

    Killed is the run, or its kernels, of which it then fails, or both; a run that ends before its moment does not count.

    Returns:
        list of str: everything that was not as it should be.
    """
    chance, faults, states, killed, number, takes = random.Random(seed), [], _states(place), 0, 0, 0.5
    while killed < runs:
        def kill(run):
            time.sleep(chance.uniform(0, takes))
            _kill(run.pid, chance.choice((RUN, KERNELS, BOTH)))
        code, takes, found = _killed(place, states, number % 2, kill)
        killed, number = killed + (code != 0), number + 1
        faults += [f"run {number}, {fault}" for fault in found]
    return faults


def kill_at_every_step(place, stride=1):
    """Kill a run before the first change it makes among the reports, another before the second, and so on to the last.

    Args:
        stride: 3 leaves out two of three.

    Returns:
        list of str, as `kill_runs`, and how many were killed.
    """
    faults, states = [], _states(place)
    for number in itertools.count():
        code, _, found = _killed(place, states, number % 2, lambda run: None, number * stride)
        faults += [f"step {number * stride}, {fault}" for fault in found]
        if code == 0:
            return faults, number


def _killed(place, states, version, kill, step=None):
    """Begin a run over a version of the articles, kill it, look, let the next run end, and look again.

    Returns:
        The exit code of the run that was killed, the seconds that the next one took, and a list of what was not as it should be.
    """
    _write(place.corpus, version)
    with _Reader(place.report, states) as reader:
        run = _begun(place, step)
        kill(run)
        run.join()
    faults = reader.faults
    if not manifests.intact(place.report) or _seen(place.report) not in states:
        faults.append("killed: no whole report was left")
    if place.is_dated and (missing := [link for link in _links(place.folder) if not (place.folder / link).is_file()]):
        faults.append(f"killed: the index leads nowhere: {missing}")
    seen, takes = _to_its_end(place, version)
    if states.get(seen) != version:
        faults.append("the next run did not make its report")
    return run.exitcode, takes, [*faults, *_left(place)]


def _left(place):
    """What the next run, which ended well, should not have left, or should have."""
    reports = dated_reports.dated(place.folder) if place.is_dated else [place.report]
    told = {path: json.loads((publish.changes_of(path) / publish.TOLD).read_text())["new"]
            for path in reports if publish.changes_of(path).exists()}
    known = {*(path.name for path in reports), *(publish.changes_of(path).name for path in told),
             *(("index.html", dated_reports.LATEST) * place.is_dated)}
    if odd := set(os.listdir(place.folder)) ^ known:
        yield f"the next run left, or lacks, {odd}"
    if odd := [name for name in os.listdir(tempfile.gettempdir()) if name.startswith("onrecord-")]:
        yield f"the next run left the sockets {odd}"
    if odd := [path.name for path, new in told.items() if new != manifests.identity(path)]:
        yield f"what is told of {odd} is of other reports"
    if place.is_dated and (len(reports) > KEEP or os.readlink(place.report) != reports[0].name
                           or len(_links(place.folder)) != len(reports) + len(told)):
        yield f"{os.listdir(place.folder)}, latest is {os.readlink(place.report)}, listed are {_links(place.folder)}"


def _links(folder):
    return Page((folder / "index.html").read_text(encoding="utf-8")).links


def _write(corpus, version):
    (corpus / "state.txt").write_text(f"Nothing happened on day {version}.\n")


def _states(place):
    """Let a run end over each version of the articles: dict of a report's manifest to the version. The last is 1."""
    return {_to_its_end(place, version)[0]: version for version in (0, 1)}


def _to_its_end(place, version):
    """Let a run end over a version of the articles: the manifest of its report (None: it failed), and the seconds it took."""
    _write(place.corpus, version)
    began = time.monotonic()
    run = _begun(place)
    run.join()
    return _seen(place.report) if run.exitcode == 0 else None, time.monotonic() - began


def _begun(place, step=None):
    run = FORK.Process(target=_run, args=(place, step))
    run.start()
    return run


def _run(place, step):
    if step is not None:
        sys.addaudithook(_Killer(str(place.folder), step))
    try:
        place.make()
    except ValueError:  # one of its kernels was killed
        sys.exit(1)


class _Killer:
    """Kills this process before its change number `step` among the reports."""

    def __init__(self, folder, step):
        self.folder, self.left = folder, step

    def __call__(self, event, arguments):
        if event in STEPS and any(str(argument).startswith((self.folder, "renameat2")) for argument in arguments):
            if not self.left:
                os.kill(os.getpid(), signal.SIGKILL)
            self.left -= 1


def _kill(run, whom):
    """Kill as the system does that has no memory left; no kernel stays where the run is killed."""
    kernels = children(run)
    for pid in [*(kernels if whom != RUN else ()), *((run,) if whom != KERNELS or not kernels else ())]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    until(lambda: not any(map(lives, kernels)), seconds=10)


def lives(pid):
    with suppress(*GONE):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def children(pid):
    """The ids of the processes that a process has started."""
    with suppress(*GONE):
        return [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]
    return []


def until(found, seconds=60):
    """What `found` returns, as soon as that is something."""
    ends = time.monotonic() + seconds
    while not (answer := found()):
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.01)
    return answer


def _seen(report):
    return (report / manifests.MANIFEST).read_bytes()


class _Reader(threading.Thread):
    """Reads the manifest over and over, and keeps in `faults` what is neither of the two reports'."""

    def __init__(self, report, states):
        super().__init__()
        self.report, self.states, self.faults, self.done = report, states, [], threading.Event()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.join()

    def run(self):
        while not self.done.wait(0.0005):
            try:
                fault = None if _seen(self.report) in self.states else "a reader saw another report"
            except OSError as error:
                fault = f"a reader saw no report ({error})"
            if fault:
                self.faults.append(fault)
