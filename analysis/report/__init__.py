"""Make a report on a folder of articles, complete or not at all."""

import shutil
from pathlib import Path
from typing import NamedTuple

from analysis import origin
from analysis.progress import shown
from analysis.report import lock, publish, reuse
from analysis.report.parameters import check

REPORTS = origin.ROOT / "reports"


class Report(NamedTuple):
    """`page` is the Path of a report's index.html, `outcome` is "made" or "unchanged"."""

    page: Path
    outcome: str


def make_report(corpus_folder, out=None, progress=None, quiet=False, parameters=None, force=False, wait=True, tell=print):
    """Make the report on a folder of articles.

    Args:
        corpus_folder: str or Path.
        out: str or Path of the report's folder; `reports/<corpus name>` in the project unless given. What lies there
            is replaced when the new report is complete, and stays as it was when making it fails.
        progress: called with (done, total, what) as the work goes on, as `analysis.progress.shown` yields it.
        quiet: where no `progress` is given, show none, instead of a bar or lines.
        parameters: dict of name to value, for the notebooks that declare the name; `source` (a name or a list) says whose
            dossiers to make.
        force: make it anew even where it would come out the same.
        wait: whether to wait for another run that is making the same report, or to fail.
        tell: called with a sentence that says which run is waited for.

    Returns:
        Report. Where articles, parameters, code, lock and versions are those of the report that is there, and its files
        are whole, nothing is done; where only a notebook or its parameters are others, only that notebook is run.

    Raises ValueError, one sentence that names the file, parameter, or notebook and cell, and the mend. Costs about a
    second for each 5,000 words and a second for each notebook; less than half a second where nothing is done.
    """
    folder, given = Path(corpus_folder), dict(parameters or {})
    check(given, origin.notebooks())
    out = Path(out).resolve() if out else REPORTS / (folder.resolve().name or "corpus")
    with lock.held(out, wait, tell):
        for place in (out, changes_of(out)):
            publish.recover(place)
        described, before = origin.describe(folder, given), reuse.intact(out)
        if not force and reuse.unchanged(before, described):
            return Report(out / "index.html", "unchanged")
        with publish.built_beside(out) as work, shown(quiet) as show_step:
            from analysis.report import build  # loads pandas, spaCy and the notebook machinery: seconds

            build.build(work, folder, described, progress or show_step, out if before and not force else None)
            if origin.describe(folder, given)["inputs"] != described["inputs"]:
                raise ValueError(f"{folder}: its articles were changed while they were read; run it again.")
            if before and before != origin.read(work):
                _write_changes(out, work)
    return Report(out / "index.html", "made")


def changes_of(out):
    """Path of the folder beside a report that says what changed from the report before."""
    return out.with_name(f"{out.name}.changes")


def _write_changes(out, work):
    """Put what changed in place before the report itself: killed between the two, the next run writes the same again."""
    from analysis.report import changes

    place = changes_of(out)
    changes.write(out, work, publish.beside(place, "new"))
    publish.replace(place, publish.beside(place, "new"))
    shutil.rmtree(publish.beside(place, "new"), ignore_errors=True)
