"""Check that a report is what its manifest says, and what these articles give when it is made again."""

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from analysis import corpus as corpora
from analysis import origin, tables
from analysis.report import build, differences, parameters

SAME, ALTERED, OTHER_ARTICLES, UNFAITHFUL, OTHER_VERSIONS, MADE_DIFFERENTLY = 0, 3, 4, 5, 6, 7
MISSING, ADDED, OTHER = "missing", "added", "other"


class Verdict(NamedTuple):
    """`status` is the command's exit status, `words` a sentence that names the first thing that differs."""

    status: int
    words: str


class Differs(ValueError):
    """Something is not as it should be: (status, sentence)."""


def verify(report, corpus_folder=None, step=lambda done, total, what: None):
    """Check a report against its manifest, its articles, and itself made again.

    Args:
        report: str or Path of the report's folder.
        corpus_folder: str or Path of the articles; where the manifest says, in the project's folder, unless given.
        step: called with (done, total, what) as the work goes on.

    Returns:
        Verdict; its status is SAME, ALTERED (a file is not the one the manifest names), OTHER_ARTICLES, UNFAITHFUL (a
        row does not quote its article), OTHER_VERSIONS (of a library, the code, the model) or MADE_DIFFERENTLY, the
        first of these that is so.

    Raises ValueError where there is no report, or no folder of articles, or where the manifest names one that is not in
    the project's folder. Costs as much as making the report.
    """
    report = Path(report)
    if not report.is_dir():
        raise ValueError(f"{report}: there is no such report.")
    try:
        manifest = _manifest(report)
        named = origin.corpus_of(manifest)  # by which the notebooks look for articles too
        folder = Path(corpus_folder or named)
        path, how = _difference(manifest["outputs"], origin.outputs(report))
        if path is None and not folder.is_dir():
            raise ValueError(f"{folder}: there is no such folder of articles; say with --corpus where they are.")
        here = origin.describe(folder, manifest["given"], manifest["corpus"])
        if path is not None:
            raise Differs(ALTERED, f"{path} is not the file that the manifest names{_where(path, how, report, folder, manifest, here, step)}.")
        _check_articles(manifest, here)
        found = _check_rows(report, folder)
        _check_versions(manifest, here)
        _check_remade(report, folder, manifest, here, step)
    except Differs as fault:
        return Verdict(*fault.args)
    rows = sum(len(table) for table in found.values())
    return Verdict(SAME, f"The same: {len(manifest['outputs'])} files, {rows:,} rows over {len(manifest['inputs']):,} files of articles, "
                         f"{len(manifest['parameters'])} notebooks run again.")


def _manifest(report):
    try:
        manifest = origin.read(report)
    except ValueError as error:
        raise Differs(ALTERED, str(error)) from error
    name = origin.fault(manifest)
    if name is not None:
        raise Differs(ALTERED, f"{origin.MANIFEST}: {name!r} is not as On Record writes it.")
    return manifest


def _difference(named, found):
    """The first path that two dicts of path to sha256 do not have in common, and how: MISSING, ADDED or OTHER; else None, None."""
    for path in sorted({*named, *found}, key=_tables_first):
        if named.get(path) != found.get(path):
            return path, MISSING if path not in found else ADDED if path not in named else OTHER
    return None, None


def _tables_first(path):
    return "/" not in path, not path.startswith("tables/"), path


def _where(path, how, report, folder, manifest, here, step):
    """What differs within an altered file, where the report can be made again to tell; else nothing."""
    if how is not OTHER:
        return {MISSING: ": it is gone", ADDED: ": it was added"}[how]
    found = origin.outputs(report)[path]
    if not origin.DIGEST.fullmatch(found):
        return f": it is {found}"
    if any(manifest[name] != here[name] for name in ("inputs", *origin.MADE_BY)):
        return ""
    with _remade(folder, here, step) as work:
        return differences.between_files(report / path, work / path)


def _check_articles(manifest, here):
    path, how = _difference(manifest["inputs"], here["inputs"])
    if path is not None:
        told = {
            MISSING: "is no longer among the articles",
            ADDED: "is among the articles, and the report was made without it",
            OTHER: "is not the file of articles that the report was made from",
        }
        raise Differs(OTHER_ARTICLES, f"{path} {told[how]}.")


def _check_rows(report, folder):
    """The report's tables, each row of which quotes its article, and each CSV of which has the rows of its Parquet."""
    corpus = corpora.read_corpus(folder)
    try:
        found = origin.read_tables(report / "tables")
        tables.check(found, corpus)
        for name, table in found.items():
            if differs := differences.between_tables(name, tables.read_csv(report / "tables" / f"{name}.csv", differences.DECLARED), table):
                raise ValueError(f"tables/{name}.csv{differs}, as its Parquet file has it.")
    except (ValueError, TypeError) as error:
        raise Differs(UNFAITHFUL, str(error)) from error
    return found


def _check_versions(manifest, here):
    for name in origin.MADE_BY:
        if manifest[name] == here[name]:
            continue
        made, now = manifest[name], here[name]
        if isinstance(now, dict):
            part = next(part for part in [*now, *made] if made.get(part) != now.get(part))
            name, made, now = f"{name}, {part}", made.get(part, "none"), now.get(part, "none")
        raise Differs(OTHER_VERSIONS, f"The report was made by other {name}: {made}; here: {now}.")


def _check_remade(report, folder, manifest, here, step):
    with _remade(folder, here, step) as work:
        again = origin.read(work)
        path, how = _difference(again["outputs"], manifest["outputs"])
        if how is OTHER:
            raise Differs(MADE_DIFFERENTLY, f"{path}{differences.between_files(report / path, work / path)}.")
        if path is not None:
            told = {MISSING: "is missing from the report", ADDED: "is not among what these articles give"}
            raise Differs(MADE_DIFFERENTLY, f"{path} {told[how]}.")
        if origin.identity(report) != origin.identity(work):
            differs = differences.between_files(report / origin.MANIFEST, work / origin.MANIFEST)
            raise Differs(MADE_DIFFERENTLY, f"{origin.MANIFEST}{differs}.")


@contextmanager
def _remade(folder, here, step):
    """A folder with the report made again in it."""
    with tempfile.TemporaryDirectory(prefix="onrecord-") as work:
        try:
            parameters.check(here["given"], origin.notebooks())
            build.build(Path(work), folder, here, step)
        except ValueError as error:
            raise Differs(MADE_DIFFERENTLY, f"The report cannot be made again: {error}") from error
        yield Path(work)
