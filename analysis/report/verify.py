"""Check that a report is what its manifest says, and what these articles give when it is made again; where two files begin to differ, in words."""

import json
import re
import tempfile
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import pandas

from analysis import corpus as corpora
from analysis import manifests, show, tables
from analysis.report import build, parameters, run

SAME, ALTERED, OTHER_ARTICLES, UNFAITHFUL, OTHER_VERSIONS, MADE_DIFFERENTLY = 0, 3, 4, 5, 6, 7
MISSING, ADDED, OTHER = "missing", "added", "other"
AROUND = 30  # characters shown on either side of a difference


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
        named = manifests.corpus_of(manifest)  # by which the notebooks look for articles too
        folder = Path(corpus_folder or named)
        path, how = _difference(manifest["outputs"], manifests.outputs(report))
        if path is None and not corpora.is_there(folder):
            raise ValueError(f"{folder}: there is no such folder of articles; say with --corpus where they are.")
        here = manifests.describe(folder, manifest["given"], manifest["corpus"])
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
                         f"{len(manifest['parameters'])} notebooks run again; to be cited as {manifests.fingerprint(manifest)}.")


def _manifest(report):
    try:
        manifest = manifests.read(report)
    except ValueError as error:
        raise Differs(ALTERED, str(error)) from error
    name = manifests.fault(manifest)
    if name is not None:
        raise Differs(ALTERED, f"{manifests.MANIFEST}: {name!r} is not as On Record writes it.")
    return manifest


def _difference(named, found):
    """The first path that two dicts of path to sha256 do not have in common, and how: MISSING, ADDED or OTHER; else None, None."""
    for path in sorted({*named, *found}, key=_tables_first):
        if named.get(path) != found.get(path):
            return path, MISSING if path not in found else ADDED if path not in named else OTHER
    return None, None


def _tables_first(path):
    """What others are made from comes before them: tables, notebooks, pages, and last those of the whole."""
    return "/" not in path, not path.startswith("tables/"), not path.startswith("notebooks/"), path


def _where(path, how, report, folder, manifest, here, step):
    """What differs within an altered file, where the report can be made again to tell; else nothing."""
    if how is not OTHER:
        return {MISSING: ": it is gone", ADDED: ": it was added"}[how]
    found = manifests.outputs(report)[path]
    if not manifests.DIGEST.fullmatch(found):
        return f": it is {found}"
    if any(manifest[name] != here[name] for name in ("inputs", *manifests.MADE_BY)):
        return ""
    with _remade(folder, here, step) as work:
        return between_files(report / path, work / path)


def _check_articles(manifest, here):
    path, how = _difference(manifest["inputs"], here["inputs"])
    if path is not None:
        told = {MISSING: "is no longer among the articles", ADDED: "is among the articles, and the report was made without it",
                OTHER: "is not the file of articles that the report was made from"}
        raise Differs(OTHER_ARTICLES, f"{path} {told[how]}.")


def _check_rows(report, folder):
    """The report's tables, each row of which quotes its article, and each CSV and JSON of which has the rows of its Parquet."""
    corpus = corpora.read_corpus(folder)
    try:
        found = manifests.read_tables(report / "tables")
        tables.check(found, corpus)
        for name, table in found.items():
            if differs := between_tables(name, tables.read_csv(report / "tables" / f"{name}.csv", manifests.declared()), table):
                raise ValueError(f"tables/{name}.csv{differs}, as its Parquet file has it.")
            _check_objects(report / "tables" / f"{name}.json", tables.objects(name, table))
    except (ValueError, TypeError, RecursionError) as error:
        raise Differs(UNFAITHFUL, str(error)) from error
    return found


def _check_objects(path, rows):
    """ValueError where a JSON file has other rows than its table."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        found = found if isinstance(found, list) else []
    except (ValueError, RecursionError) as error:
        raise ValueError(f"tables/{path.name}: it is no JSON ({error}).") from error
    differing = (number for number, (is_now, should_be) in enumerate(zip_longest(found, rows), 1) if is_now != should_be)
    for number in differing:
        raise ValueError(f"tables/{path.name}, row {number}: it is not as its Parquet file has it.")


def _check_versions(manifest, here):
    for name in manifests.MADE_BY:
        if manifest[name] == here[name]:
            continue
        made, now = manifest[name], here[name]
        if isinstance(now, dict):
            part = next(part for part in [*now, *made] if made.get(part) != now.get(part))
            name, made, now = f"{name}, {part}", made.get(part, "none"), now.get(part, "none")
        raise Differs(OTHER_VERSIONS, f"The report was made by other {name}: {made}; here: {now}.")


def _check_remade(report, folder, manifest, here, step):
    with _remade(folder, here, step) as work:
        again = manifests.read(work)
        path, how = _difference(again["outputs"], manifest["outputs"])
        if how is OTHER:
            raise Differs(MADE_DIFFERENTLY, f"{path}{between_files(report / path, work / path)}.")
        if path is not None:
            told = {MISSING: "is missing from the report", ADDED: "is not among what these articles give"}
            raise Differs(MADE_DIFFERENTLY, f"{path} {told[how]}.")
        if manifests.identity(report) != manifests.identity(work):
            differs = between_files(report / manifests.MANIFEST, work / manifests.MANIFEST)
            raise Differs(MADE_DIFFERENTLY, f"{manifests.MANIFEST}{differs}.")


@contextmanager
def _remade(folder, here, step):
    """A folder with the report made again in it."""
    with tempfile.TemporaryDirectory(prefix="onrecord-") as work:
        try:
            parameters.check(here["given"], manifests.notebooks())
            build.build(Path(work), folder, here, step)
        except ValueError as error:
            raise Differs(MADE_DIFFERENTLY, f"The report cannot be made again: {error}") from error
        yield Path(work)


def between_files(path, other):
    """The first difference between a file and the one it should be.

    Args:
        path: Path of a report's file.
        other: Path of the same file as it should be.

    Returns:
        str that goes on from the file's name: ", row dam.f1: value is 41.0, not 40.0".
    """
    try:
        if path.suffix in (".csv", ".parquet"):
            read = tables.read_csv if path.suffix == ".csv" else tables.read_parquet
            ours, theirs = (read(file, manifests.declared()) for file in (path, other))
            return between_tables(path.stem, ours, theirs) or ": its rows are right, its bytes are not"
        if path.suffix == ".ipynb":
            return between_notebooks(run.notebook_of(path), run.notebook_of(other)) or ": its cells are right, its bytes are not"
        return between_texts(*(file.read_bytes().decode("utf-8") for file in (path, other)))
    except Exception as error:  # of whatever a hostile file does to its reader
        return f": it cannot be read ({error})"


def between_tables(name, ours, theirs):
    """The first row and column in which a table is not the other one; "" where all are the same."""
    left, right = _by_id(name, ours), _by_id(name, theirs)
    for row_id in [*left, *right]:
        if row_id not in right:
            return f", row {row_id}: there should be none"
        if row_id not in left:
            return f", row {row_id}: it is missing"
        for column in ours.columns:
            is_now, should_be = getattr(left[row_id], column), getattr(right[row_id], column)
            if not (pandas.isna(is_now) and pandas.isna(should_be)) and (pandas.isna(is_now) or pandas.isna(should_be) or is_now != should_be):
                return f", row {row_id}: {column} is {is_now!r}, not {should_be!r}"
    return "" if len(ours) == len(theirs) and list(left) == list(right) else ": its rows stand twice or in another order"


def _by_id(name, table):
    ids = table[tables.IDS[name]] if name in tables.IDS else range(1, len(table) + 1)
    return dict(zip(ids, table.itertuples()))


def between_notebooks(ours, theirs):
    """The first cell in which an executed notebook is not the other one; "" where none is."""
    for left, right in zip(ours.cells, theirs.cells):
        if left != right:
            texts = (json.dumps(cell, ensure_ascii=False, sort_keys=True) for cell in (left, right))
            return f", cell {show.legible(left.id)}{between_texts(*texts)}"
    return "" if len(ours.cells) == len(theirs.cells) else f": it has {len(ours.cells)} cells, not {len(theirs.cells)}"


def between_texts(ours, theirs):
    """The words around the first place where two texts differ, its number or word whole unless it is long."""
    shorter = min(len(ours), len(theirs))
    begin = at = next((place for place in range(shorter) if ours[place] != theirs[place]), shorter)
    while at > max(begin - AROUND, 0) and re.match(r"[\w.,]", ours[at - 1]):
        at -= 1
    around = slice(max(at - AROUND, 0), begin + AROUND)
    return f": it says {ours[around]!r}, not {theirs[around]!r}"
