"""Build a report in an empty folder: read a corpus, write its tables, run the notebooks over them, and render the page."""

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from analysis import addresses, extract, manifests, story, tables, tabulate
from analysis import corpus as corpora
from analysis.compare.build import compare
from analysis.compare.citations import write_graphml
from analysis.report import page, parameters, run
from analysis.store import told
from analysis.workers import cores


def build(work, corpus_folder, manifest, step, before=None, reading=None, running=None):
    """Build a report.

    Args:
        work: Path of an empty folder.
        corpus_folder: Path of the articles.
        manifest: dict, as `analysis.manifests.describe` gives it; its names and parameters are those of the report.
        step: called with (done, total, what) as the work goes on.
        before: Path of an intact report, of which tables and executed notebooks are taken where they would be the same.
        reading: dict of `jobs` and `store`, as for `analysis.extract.extract`; all cores and no store unless given.
        running: dict of `timeout`, `retries` and `tell`, as for `analysis.report.make_report`.

    Raises ValueError where the corpus or a parameter's value is faulty or a notebook fails.
    """
    old = manifests.read(before) if before else None
    corpus = replace(corpora.read_corpus(corpus_folder), name=manifest["corpus"].rpartition("/")[2])
    found = manifests.read_tables(before / "tables") if manifests.same_tables(old, manifest) else _tables(corpus, step, reading or {})
    read = set(found["articles"]["article_id"])
    corpus = replace(corpus, articles=tuple(article for article in corpus.articles if tables.shown(article.article_id) in read))
    _write_tables(found, work / "tables")
    planned = plan(found, manifest["corpus"], manifest["given"])
    folder = work / "notebooks"
    folder.mkdir()
    for name in manifests.same_notebooks(old, manifest, planned):
        shutil.copyfile(before / "notebooks" / f"{name}.ipynb", folder / f"{name}.ipynb")
    manifest = {**manifest, "parameters": planned}
    manifests.write(manifest, work)  # the notebooks look for it before they take the tables
    executed = _run_all(planned, folder, step, running or {})
    for path, html in page.render(corpus, found, executed, manifest):
        (work / path).parent.mkdir(exist_ok=True)
        (work / path).write_text(html, encoding="utf-8", newline="\n")
    manifests.write({**manifest, "outputs": manifests.outputs(work)}, work)


def plan(found, corpus_name, given):
    """Which notebooks to run, in the page's order.

    Args:
        found: dict of DataFrame, the tables.
        corpus_name: str, what the notebooks call the corpus.
        given: dict of parameter name to value.

    Returns:
        dict of executed notebook's name to its parameters; that of one event is "event-<event_id>", of one source
        "source-<source_id>": those asked for, or the one that says most.
    """
    every, told = {"corpus": corpus_name, "tables_folder": "../tables", **given}, story.Told(found)
    planned = {"comparison": every, "claims": every, "figures": every, "corpus": every, "explore": every}
    for name, part in (("event", story.event), ("source", story.source)):
        if len(found[f"{name}s"]) or name in given:
            planned |= {f"{name}-{addresses.file_name(row_id)}": {**every, name: row_id}
                        for row_id in _asked(told, part, given.get(name, ""))}
    return {name: _declared_only(name, values) for name, values in planned.items()}


def _asked(told, part, asked):
    """The ids of the events or sources that are asked for."""
    return [part.found(told, row_id) for row_id in dict.fromkeys(asked if isinstance(asked, list) else [asked])]


def _declared_only(name, values):
    known = parameters.declared(manifests.notebook(name))
    return {parameter: value for parameter, value in values.items() if parameter in known}


def _tables(corpus, step, reading):
    def progress(done, total):
        step(done, total, "articles", *filter(None, [told(reading.get("store"))]))
    corpus, extractions = extract.extract_corpus(corpus, progress, **reading)
    found = compare(corpus, tabulate.build(corpus, extractions))
    tables.check(found, corpus)
    return found


def _write_tables(found, folder):
    tables.write(found, folder, manifests.declared())
    write_graphml(found["citations"], folder / "citations.graphml")


def _run_all(planned, folder, step, running):
    """Run the notebooks that are not there yet, as many at once as there are cores; return all, in the order planned."""
    executed = {}
    with ThreadPoolExecutor(cores()) as pool:
        begun = {name: pool.submit(_run, name, folder / f"{name}.ipynb", values, **running) for name, values in planned.items()}
        try:
            for done, (name, notebook) in enumerate(begun.items(), 1):
                executed[name] = notebook.result()
                step(done, len(planned), "notebooks")
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            while not all(notebook.done() for notebook in begun.values()):
                run.kill_kernels()  # over and over: one may be about to start
                time.sleep(0.05)
            raise
    return executed


def _run(name, path, values, timeout=None, retries=0, tell=print):
    """Run a notebook, and again while it fails, or take the one that is there."""
    if path.is_file():
        return run.notebook_of(path)
    limited = {"timeout": timeout} if timeout else {}
    for again in range(1, retries + 1):
        try:
            return run.run(manifests.notebook(name), path, values, **limited)
        except ValueError as error:
            tell(f"{error}; it is run again ({again} of {retries}).")
    return run.run(manifests.notebook(name), path, values, **limited)
