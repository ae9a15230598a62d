"""What was found, for other programs: each form a small module."""

from collections.abc import Callable
from pathlib import Path

from analysis.corpus import Corpus
from analysis.exports import annotations, brat, datapackage, gold, networks, plain, shareable

WRITERS: dict[str, Callable[..., None]] = {
    "datapackage": datapackage.write,
    "jsonl": plain.write,
    "annotations": annotations.write,
    "brat": brat.export,
    "networks": networks.write,
    "shareable": shareable.write,
    "gold": gold.write,
}


def export(form: str, tables: dict, corpus: Corpus, folder: str | Path, bom: bool = False) -> Path:
    """Write the tables of a corpus in a form of WRITERS into a folder that is new or empty; return the folder.

    `bom` puts a byte order mark before each CSV file of a data package, by which Excel knows UTF-8. Raises ValueError where there is no
    such form, where it is not a data package that is to have the mark, or where something lies in the folder.
    """
    folder = Path(folder)
    if form not in WRITERS:
        raise ValueError(f"There is no form {form!r}; there are {', '.join(WRITERS)}.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(f"{folder}: something lies there, which is never replaced; choose a new folder with --out.")
    if bom and form != "datapackage":
        raise ValueError(f"The byte order mark is for the CSV files of datapackage, not for {form}; leave --bom out.")
    folder.mkdir(parents=True, exist_ok=True)
    WRITERS[form](tables, corpus, folder, **{"bom": True} if bom else {})
    return folder
