"""Make a report on a folder of articles, complete or not at all."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

from analysis import manifests
from analysis.corpus import is_address, is_there
from analysis.progress import shown
from analysis.report import dated_reports, history, publish
from analysis.report.parameters import check

REPORTS = manifests.ROOT / "reports"
MADE, UNCHANGED = "made", "unchanged"


class Report(NamedTuple):
    """`page` is the Path of a report's index.html, `outcome` is MADE or UNCHANGED."""

    page: Path
    outcome: str


class How(NamedTuple):
    """How a report is made.

    progress: called with (done, total, what) as the work goes on, as `analysis.progress.shown` yields it.
    quiet: where no `progress` is given, show none, instead of a bar or lines.
    parameters: dict of name to value, for the notebooks that declare the name; `source` (a name or a list) says whose
        dossiers to make.
    force: make it anew even where it would come out the same.
    wait: whether to wait for another run that is making the same report, or to fail.
    tell: called with a sentence that says which run is waited for.
    reading: dict of `jobs` and `store`, as for `analysis.extract.extract`; all cores and no store unless given.
    running: dict of `timeout` (seconds that a cell of a notebook may take) and `retries` (how often a notebook that fails is run
        again, of which `tell` is told); without end, and never, unless given.
    is_told: whether this run is a line of the history beside the report (see `analysis.report.history`).
    """

    progress: Callable | None = None
    quiet: bool = False
    parameters: dict | None = None
    force: bool = False
    wait: bool = True
    tell: Callable = print
    reading: dict | None = None
    running: dict | None = None
    is_told: bool = False


def make_report(corpus_folder, out=None, **how):
    """Make the report on a folder of articles.

    Args:
        corpus_folder: str or Path of a folder, a file (an archive, a table), or a glob.
        out: str or Path of the report's folder; `reports/<corpus name>` in the project unless given, as it must be for a glob. What lies there
            is replaced when the new report is complete, and stays as it was when making it fails.
        how: any of the fields of `How`, by name.

    Returns:
        Report. Where articles, parameters, code, lock and versions are those of the report that is there, and its files
        are whole, nothing is done; where only a notebook or its parameters are others, only that notebook is run.
        What changed from the report before is then in `<out>.changes`.

    Raises ValueError or OSError, one sentence that names the file, parameter, or notebook and cell, and the mend; whatever
    else goes wrong is raised as it is. The traceback is then in `<out>.failed`, beside the notebooks. Costs about a
    second for each 5,000 words and a second for each notebook; less than half a second where nothing is done.
    """
    folder, how = _articles(corpus_folder), How(**how)
    out = Path(out).resolve() if out else _place_for(folder)
    check(how.parameters or {}, manifests.notebooks())
    with publish.held(out, how.wait, how.tell):
        publish.recover(out)
        with _run(folder, out, out, how) as run:
            outcome = _make(folder, out, out, how, run)
        shutil.rmtree(publish.failed(out), ignore_errors=True)
    return Report(out / "index.html", outcome)


def make_dated_report(corpus_folder, folder, keep=None, **how):
    """Make a report under the time of its making, beside earlier ones; arguments and errors are those of `make_report`.

    Args:
        folder: str or Path of the dated reports; `latest` in it is a link to the newest, and index.html lists them.
        keep: int, how many of the newest to keep; None keeps all.

    Returns:
        Report; where nothing has changed since the newest, that one.
    """
    if keep is not None and keep < 1:
        raise ValueError(f"At least 1 report is to be kept, not {keep}.")
    articles, folder, how = _articles(corpus_folder), Path(folder).resolve(), How(**how)
    check(how.parameters or {}, manifests.notebooks())
    latest = folder / dated_reports.LATEST
    with publish.held(latest, how.wait, how.tell):
        dated_reports.clear(folder)
        newest = next(iter(dated_reports.dated(folder)), None)
        out = dated_reports.next_report(folder)
        with _run(articles, out, latest, how) as run:
            outcome = _make(articles, out, newest or out, how, run)
            dated_reports.settle(folder, keep)
    return Report((newest if outcome == UNCHANGED else out) / "index.html", outcome)


@contextmanager
def _run(articles, out, at, how):
    """What is told of a run that makes a report at `out`, a dict, in the history beside `at` or to nobody; why it fails is kept."""
    publish.check(out, articles)
    with history.kept(history.folder_of(at)) if how.is_told else nullcontext({}) as run, publish.failure_kept(out):
        yield run


def _articles(where):
    """The place of the articles, as a Path; ValueError or OSError where it cannot be read, so that a mistyped name leaves nothing behind."""
    if is_address(where):
        raise ValueError(f"{where}: a report is made of files on this machine; fetch the articles with: onrecord read {where} -o articles.jsonl")
    where = Path(where)
    if not is_there(where):
        raise ValueError(f"{where}: there is no such folder of articles.")
    if where.is_dir():
        os.scandir(where).close()
    return where


def _place_for(where):
    """Where the report on a folder or file of articles lies if nothing else is said."""
    if not where.exists():
        raise ValueError(f"{where}: a report on the files that a pattern fits has no place of its own; say with --out where it is to lie.")
    return REPORTS / (where.resolve().name or "corpus")


def _make(folder, out, last, how, run):
    """Make a report at `out` where it would be other than the one at `last`; return the outcome, and tell `run` of it."""
    given = dict(how.parameters or {})
    described, before = manifests.describe(folder, given), manifests.intact(last)
    run |= {"code": described["code"], "corpus": hashlib.sha256(json.dumps(described["inputs"]).encode()).hexdigest()}
    if not how.force and manifests.unchanged(before, described):
        run |= {"outcome": UNCHANGED, "articles": _count(last)}
        return UNCHANGED
    try:
        with publish.built_beside(out) as work, shown(how.quiet) as show_step:
            from analysis.report import build, changes  # they load pandas, spaCy and the notebook machinery: seconds

            build.build(work, folder, described, how.progress or show_step,
                        last if before and not how.force else None, how.reading,
                        {**(how.running or {}), "tell": how.tell})
            if not is_there(folder) or manifests.describe(folder, given)["inputs"] != described["inputs"]:
                raise ValueError(f"{folder}: its articles were changed while they were read; run it again.")
            if before and before != manifests.read(work):
                told = publish.beside(publish.changes_of(out), "new")
                changes.write(last, work, told)
                publish.flush(told)
    finally:
        publish.put_changes(out)
    run |= {"outcome": MADE, "articles": _count(out)}
    return MADE


def _count(report):
    """How many articles a report is on: each has its page."""
    return sum(1 for _ in (report / "articles").glob("*.html"))
