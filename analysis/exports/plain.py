"""The tables as JSON Lines: NAME.jsonl, an object a row, lists as lists, what is missing as null."""

import json
from pathlib import Path

import pandas as pd

from analysis.corpus import Corpus
from analysis.tables import rows

LISTS = ("aliases", "source_spans", "cue_spans", "content_spans", "counted_spans", "relays", "other_readings", "quotes")
LISTS_OF = {"origins": ("outlets", "figures"), "series": ("outlets",)}  # elsewhere these are counts


def write(tables: dict[str, pd.DataFrame], corpus: Corpus, folder: Path) -> None:
    """Write every table."""
    for name, table in tables.items():
        lists = (*LISTS, *LISTS_OF.get(name, ()))
        lines = ({column: json.loads(cell) if column in lists else cell for column, cell in row.items()} for row in rows(table))
        write_lines(lines, folder / f"{name}.jsonl")


def write_lines(objects, path: Path) -> None:
    """Write an object a line."""
    with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        for each in objects:
            file.write(json.dumps(each, ensure_ascii=False, allow_nan=False) + "\n")
