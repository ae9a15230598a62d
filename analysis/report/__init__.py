"""Make a report on a folder of articles, complete or not at all."""

from pathlib import Path

from analysis import origin
from analysis.progress import shown
from analysis.report import lock, publish
from analysis.report.parameters import check

REPORTS = origin.ROOT / "reports"


def make_report(corpus_folder, out=None, progress=None, quiet=False, parameters=None, wait=True, tell=print):
    """Make the report on a folder of articles.

    Args:
        corpus_folder: str or Path.
        out: str or Path of the report's folder; `reports/<corpus name>` in the project unless given. What lies there
            is replaced when the new report is complete, and stays as it was when making it fails.
        progress: called with (done, total, what) as the work goes on, as `analysis.progress.shown` yields it.
        quiet: where no `progress` is given, show none, instead of a bar or lines.
        parameters: dict of name to value, for the notebooks that declare the name; `source` (a name or a list) says whose
            dossiers to make.
        wait: whether to wait for another run that is making the same report, or to fail.
        tell: called with a sentence that says which run is waited for.

    Returns:
        Path of the report's index.html.

    Raises ValueError, one sentence that names the file, parameter, or notebook and cell, and the mend. Costs about a
    second for each 5,000 words and two seconds for each notebook.
    """
    from analysis.report import build  # loads pandas, spaCy and the notebook machinery: seconds

    folder, given = Path(corpus_folder), dict(parameters or {})
    check(given, origin.notebooks())
    out = Path(out).resolve() if out else REPORTS / (folder.resolve().name or "corpus")
    with lock.held(out, wait, tell), publish.built_beside(out) as work, shown(quiet) as show_step:
        described = origin.describe(folder, given)
        build.build(work, folder, described, progress or show_step)
        if origin.describe(folder, given)["inputs"] != described["inputs"]:
            raise ValueError(f"{folder}: its articles were changed while they were read; run it again.")
    return out / "index.html"
