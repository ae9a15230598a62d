"""Make a report: read a corpus, write its tables, run the notebooks over them, and render one page for all of it."""

from pathlib import Path

from analysis import corpus as corpora
from analysis import extract, origin, show, tables
from analysis.progress import shown
from analysis.report import page, publish, run

REPORTS = origin.ROOT / "reports"
ONCE = ("claims", "figures", "corpus")
ENOUGH = 3  # a source with this many claims and figures has a dossier
MOST_DOSSIERS = 20
RULE = f"Here is each source with at least {ENOUGH} claims and figures, up to the {MOST_DOSSIERS} with most."


def make_report(corpus_folder, out=None, progress=None, quiet=False, parameters=None):
    """Make the report on a folder of articles.

    Args:
        corpus_folder: str or Path.
        out: str or Path of the report's folder; `reports/<corpus name>` in the project unless given. What lies there
            is replaced when the new report is complete, and stays as it was when making it fails.
        progress: called with (done, total, what) as the work goes on, as `analysis.progress.shown` yields it.
        quiet: where no `progress` is given, show none, instead of a bar or lines.
        parameters: dict of name to value, for the notebooks that declare the name; `source` limits the dossiers to one.

    Returns:
        Path of the report's index.html.

    Raises ValueError, one sentence that names the file or parameter and the mend. Costs about a second for each 5,000
    words and two seconds for each notebook.
    """
    given = dict(parameters or {})
    run.check_parameters(given, [_notebook(name) for name in (*ONCE, "source")])
    corpus = corpora.read_corpus(corpus_folder)
    out = Path(out).resolve() if out else REPORTS / corpus.name
    with publish.built_beside(out) as work, shown(quiet) as show_step:
        step = progress or show_step
        found = _tables(corpus, work, step)
        planned = plan(found, origin.recorded(corpus.folder), given)
        manifest = {**origin.describe(corpus.folder, given), "parameters": planned}
        origin.write(manifest, work)
        executed = _run_all(planned, work / "notebooks", step)
        html = page.render(corpus, found, executed, manifest, RULE)
        (work / "index.html").write_text(html, encoding="utf-8", newline="\n")
        origin.write({**manifest, "outputs": origin.outputs(work)}, work)
    return out / "index.html"


def plan(found, corpus_name, given):
    """Which notebooks to run, in the page's order.

    Args:
        found: dict of DataFrame, the tables.
        corpus_name: str, what the notebooks call the corpus.
        given: dict of parameter name to value.

    Returns:
        dict of executed notebook's name to its parameters; a dossier's name is "source-<source_id>".
    """
    every = {"corpus": corpus_name, "tables_folder": "../tables", **given}
    planned = {"claims": every, "figures": every}
    planned |= {f"source-{source_id}": {**every, "source": source_id} for source_id in dossiers(found, given.get("source"))}
    planned["corpus"] = every
    return {name: _declared_only(name, values) for name, values in planned.items()}


def dossiers(found, source=None):
    """The source_ids with enough to say: three claims and figures or more, the twenty with most; or the one asked for."""
    if source is not None:
        return [show.source(found, source).source_id]
    rows = show.by_weight(found["sources"])
    return rows["source_id"][rows["claims"] + rows["figures"] >= ENOUGH].head(MOST_DOSSIERS).to_list()


def _declared_only(name, values):
    known = run.declared(_notebook(name))
    return {parameter: value for parameter, value in values.items() if parameter in known}


def _notebook(name):
    return origin.NOTEBOOKS / f"{'source' if name.startswith('source-') else name}.ipynb"


def _tables(corpus, work, step):
    extractions = extract.extract(corpus.articles, lambda done, total: step(done, total, "articles"))
    found = tables.build(corpus, extractions)
    tables.check(found, corpus)
    tables.write(found, work / "tables")
    return found


def _run_all(planned, folder, step):
    folder.mkdir()
    executed = {}
    for done, (name, parameters) in enumerate(planned.items(), 1):
        executed[name] = run.run(_notebook(name), folder, parameters)
        run.write(executed[name], folder / f"{name}.ipynb")
        step(done, len(planned), "notebooks")
    return executed

