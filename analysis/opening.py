"""Open a folder of articles or a report for a notebook, as fast as what was read before allows."""

import hashlib
import json
import os
import shutil
import tempfile
import time
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

import pandas as pd

from analysis import addresses, frames, manifests
from analysis.corpus import folder_of, is_there, read_corpus
from analysis.record import Record
from analysis.store import Store, opened, told
from analysis.tables import read_frame, read_parquet

KEPT = 3  # tables of one folder, as it was
SOON = 3.0  # seconds after which progress is shown


def load(corpus: str | Path, tables_folder: str | Path = "", store: str | Path | None = None, quiet: bool = False) -> Record:
    """What a folder of articles, or a report, says.

    Args:
        corpus: the folder, file or glob of articles, or the folder of a report: absolute, from where the notebook stands, or from
            the project's own folder.
        tables_folder: tables that may stand in for reading the articles anew, from the notebook's folder; they are taken only
            if the manifest beside them names the same articles, code and versions. "" reads anew.
        store: where what was read is kept; in the user's cache unless given, nowhere where it is "".
        quiet: show no progress.

    Raises ValueError where the folder is missing and there are no tables to stand in. Reading anew takes about a second for each
    5,000 words and core, and some seconds for the models; what the store has, a second.
    """
    folder = place_of(corpus)
    if manifests.is_report(folder):
        return _report(folder)
    if tables_folder and (not is_there(folder) or manifests.made_from(Path(tables_folder).parent, folder)):
        return _report(Path(tables_folder).parent)
    return _articles(folder, store, quiet)


def place_of(corpus: str | Path) -> Path:
    """The folder, file or glob of a name: from where we stand, else from the project's folder."""
    given = Path(corpus).expanduser()
    return given if is_there(given) else manifests.ROOT / given


def _report(report: Path) -> Record:
    """The tables of a report."""
    tables, beginning = Tables(report / "tables"), f"{_here(report)}/"
    places = cache(lambda: addresses.hrefs(tables))

    def links(articles: Sequence[str], rows: Sequence[str]) -> Iterator[str]:
        return (beginning + (addresses.article(article) if row == article else places()[row]) for article, row in zip(articles, rows))

    return Record(tables, links)


def _articles(folder: Path, store: str | Path | None, quiet: bool) -> Record:
    """The tables of a folder of articles, from the store or made and kept there."""
    kept = opened(store, folder)
    made = _made(kept, folder)
    if made is not None and _whole(made):
        return Record(Tables(made), _places_of(Tables(made), folder), joined=partial(_joined, made))
    tables = _read(folder, kept, quiet)
    if made is not None:
        _keep(tables, made)
    return Record(tables, _places_of(tables, folder))


def _joined(made: Path, name: str) -> pd.DataFrame:
    """A table of the store as `_keep` put it there."""
    return read_frame(made / f"{name}.parquet")


def _here(path: Path) -> str:
    """A link to a file or folder, from where the notebook stands."""
    return "./" + urllib.parse.quote(os.path.relpath(path))


def _places_of(tables: Mapping[str, pd.DataFrame], folder: Path) -> frames.Links:
    """Tells where articles can be read: at their addresses, else in their files."""
    beginning = _here(folder_of(folder)).removesuffix("/.") + "/"

    @cache
    def places() -> dict[str, str]:
        articles = tables["articles"][["article_id", "path", "url"]].to_numpy(object)
        return {article_id: beginning + urllib.parse.quote(path) if pd.isna(url) else url for article_id, path, url in articles}

    return lambda articles, rows: map(places().__getitem__, articles)


def _read(folder: Path, store: Store | None, quiet: bool) -> dict[str, pd.DataFrame]:
    """Read the articles of a folder: all tables."""
    from analysis import progress, tabulate  # these load spaCy, scipy and tqdm, which a notebook over ready tables never needs
    from analysis.compare.build import compare
    from analysis.extract import extract_corpus

    began = time.monotonic()
    with progress.shown(quiet) as step:

        def soon(done: int, total: int | None) -> None:
            if time.monotonic() - began > SOON:
                step(done, total, "articles", told(store))

        read, found = extract_corpus(read_corpus(folder), soon, **({"store": store} if store else {}))
    return compare(read, tabulate.build(read, found))


class Tables(Mapping):
    """The tables of a folder, each read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._declared, self._read = folder, manifests.declared(), {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._read:
            if name not in self._declared:
                raise KeyError(name)
            self._read[name] = read_parquet(self._folder / f"{name}.parquet", self._declared)
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._declared  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._declared)

    def __len__(self) -> int:
        return len(self._declared)


def _made(store, folder: Path) -> Path | None:
    """Where the tables of a folder as it is lie in the store; None where there is none."""
    if store is None or not is_there(folder):
        return None
    place = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    state = json.dumps(manifests.state(folder), sort_keys=True)
    return store.root / "tables" / place / hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _keep(tables: Mapping[str, pd.DataFrame], made: Path) -> None:
    """Put tables into the store, with what the others tell of their rows, whole or not at all; of one folder only the newest are kept."""
    with suppress(OSError):
        made.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=made.parent.parent, prefix="new-") as part:
            new = Path(part) / made.name
            new.mkdir()
            for name in tables:
                frames.joined(name, tables).to_parquet(new / f"{name}.parquet", index=False, compression="lz4")  # the quickest to read
            manifests.write({"outputs": manifests.outputs(new)}, new)
            shutil.rmtree(made, ignore_errors=True)
            new.rename(made)
        for old in sorted(made.parent.iterdir(), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)


def _whole(made: Path) -> bool:
    """Whether tables lie there whole, as they were written."""
    try:
        return manifests.read(made)["outputs"] == manifests.outputs(made)
    except (ValueError, KeyError):
        return False
