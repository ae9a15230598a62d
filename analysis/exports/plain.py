"""The tables as JSON Lines: NAME.jsonl, an object a row, lists as lists, what is missing as null."""

import json
from pathlib import Path

import pandas as pd

from analysis.corpus import Corpus
from analysis.tables import objects


def write(tables: dict[str, pd.DataFrame], corpus: Corpus, folder: Path) -> None:
    """Write every table."""
    for name, table in tables.items():
        write_lines(objects(name, table), folder / f"{name}.jsonl")


def write_lines(objects, path: Path) -> None:
    """Write an object a line."""
    with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        for each in objects:
            file.write(json.dumps(each, ensure_ascii=False, allow_nan=False) + "\n")
