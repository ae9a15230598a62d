"""Make reports that are killed at random moments, and look at what their readers see."""

import multiprocessing
import os
import random
import threading
import time
from pathlib import Path

from analysis import origin
from analysis.report import make_report

FORK = multiprocessing.get_context("fork")  # a run that need not import everything anew


def kill_runs(corpus, out, runs, seed=0):
    """Kill `runs` runs, each over other articles than the report before; after each, let one run to its end.

    Args:
        corpus: Path of a folder of articles; one of them is written to.
        out: Path of the report.

    Returns:
        list of str: everything that was not as it should be.
    """
    chance, faults = random.Random(seed), []
    states = {_state(corpus, out, version): version for version in (0, 1)}
    began = time.perf_counter()
    _state(corpus, out, 0)
    takes = time.perf_counter() - began
    for number in range(1, runs + 1):
        _write(corpus, number % 2)
        with _Reader(out, states) as reader:
            run = FORK.Process(target=make_report, args=(corpus, out), kwargs={"quiet": True})
            run.start()
            time.sleep(chance.uniform(0, 1.1 * takes))
            run.kill()
            run.join()
        faults += [f"run {number}: {fault}" for fault in reader.faults]
        if _seen(out) not in states or origin.read(out)["outputs"] != origin.outputs(out):
            faults.append(f"run {number}: no whole report was left")
        if states.get(_state(corpus, out, number % 2)) != number % 2:
            faults.append(f"run {number}: the next run did not make its report")
        if left := sorted(set(os.listdir(out.parent)) - {out.name, f"{out.name}.changes"}):
            faults.append(f"run {number}: the next run left {left}")
    return faults


def children(pid):
    """The ids of the processes that a process has started."""
    return [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]


def until(found, seconds=60):
    """What `found` returns, as soon as that is something."""
    ends = time.monotonic() + seconds
    while not (answer := found()):
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.01)
    return answer


def _write(corpus, version):
    (corpus / "state.txt").write_text(f"Nothing happened on day {version}.\n")


def _state(corpus, out, version):
    _write(corpus, version)
    run = FORK.Process(target=make_report, args=(corpus, out), kwargs={"quiet": True})
    run.start()
    run.join()
    return _seen(out) if run.exitcode == 0 else None


def _seen(out):
    return (out / "manifest.json").read_bytes()


class _Reader(threading.Thread):
    """Reads the manifest over and over, and keeps in `faults` what is neither of the two reports'."""

    def __init__(self, out, states):
        super().__init__()
        self.out, self.states, self.faults, self.done = out, states, [], threading.Event()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.join()

    def run(self):
        while not self.done.wait(0.0005):
            try:
                fault = None if _seen(self.out) in self.states else "a reader saw another report"
            except OSError as error:
                fault = f"a reader saw no report ({error})"
            if fault:
                self.faults.append(fault)
