"""How each run for a report ended: a line each in runs.jsonl and a row each in history.html, beside the report and none of its files."""

import json
from contextlib import contextmanager, suppress
from datetime import datetime, timezone

from analysis import whole_file
from analysis.report import publish

RUNS, PAGE = "runs.jsonl", "history.html"
KEPT, LONGEST = 200, 500  # runs; characters of why one failed
KILLED, RUNNING = "killed: it has no end", "running, or killed"


def folder_of(out):
    """Path of the folder beside a report that tells of its runs."""
    return out.with_name(f"{out.name}.runs")


@contextmanager
def kept(folder):
    """Tell in a folder of a run that begins here and ends with the block; only the holder of the report's lock may come here.

    Args:
        folder: Path; it is made where it is missing.

    Yields:
        dict, to be filled with `outcome`, `articles` (how many), `code` and `corpus` (their sha256).

    A run that raises is told as failed, with why; one that is killed has no end. Nothing that goes wrong here stops a run.
    """
    run = {"begun": _now()}
    before = _runs(folder)[1 - KEPT:]
    _write(folder, [*before, run], RUNNING)
    try:
        yield run
    except BaseException as error:
        run |= {"outcome": "failed", "why": _line(str(error) or type(error).__name__)}
        raise
    finally:
        _write(folder, [*before, run | {"ended": _now()}])


def _now():
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _line(words):
    """Words on one line, of which nothing can steer a terminal or cannot be written."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in " ".join(words[:LONGEST].split()))


def _runs(folder):
    """The runs that were told of, the first first; a line that is none is passed over."""
    runs = []
    with suppress(OSError):
        for line in (folder / RUNS).read_text(encoding="utf-8", errors="replace").split("\n"):
            with suppress(ValueError, RecursionError):
                runs += [run for run in [json.loads(line)] if isinstance(run, dict) and isinstance(run.get("begun"), str)]
    return runs


def _write(folder, runs, last=KILLED):
    """Write the runs and their page; `last` is said of the last run where it has no end."""
    with suppress(Exception):
        folder.mkdir(parents=True, exist_ok=True)
        whole_file.write(folder / RUNS, "".join(json.dumps(run) + "\n" for run in runs))
        ends = [KILLED] * (len(runs) - 1) + [last]
        rows = [{**run, "outcome": run.get("outcome", "") if run.get("ended") else end} for run, end in zip(runs, ends)]
        whole_file.write(folder / PAGE, publish.rendered("history.html.j2", name=folder.name.removesuffix(".runs"),
                                                         runs=rows[::-1]))
