"""Say in words where two files of a report begin to differ."""

import json
import re
from html import unescape

import pandas

from analysis import show, tables
from analysis.compare import columns
from analysis.report import run

DECLARED = {**tables.TABLES, **columns.TABLES}
PICTURE = re.compile("(base64,)[A-Za-z0-9+/=]+")
# What stands before a place within a chart; in a notebook's JSON a quotation mark has a stroke before it.
CHART = re.compile(r'<img alt=\\?"([^"\\]*)[^>]*base64,[A-Za-z0-9+/=]*\Z')
AROUND = 30  # characters shown on either side of a difference


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
            return between_tables(path.stem, read(path, DECLARED), read(other, DECLARED)) or ": its rows are right, its bytes are not"
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
    """The words around the first place where two texts differ, its number or word whole unless it is long; of a chart, which it is."""
    shorter = min(len(ours), len(theirs))
    begin = at = next((place for place in range(shorter) if ours[place] != theirs[place]), shorter)
    if drawn := CHART.search(ours[:begin], ours.rfind("<img alt=", 0, begin)):
        return f": the drawing of the chart {unescape(drawn[1]).partition('. ')[0]!r} is another"
    while at > max(begin - AROUND, 0) and re.match(r"[\w.,]", ours[at - 1]):
        at -= 1
    around = slice(max(at - AROUND, 0), begin + AROUND)
    says, should_say = (PICTURE.sub(r"\1…", text[around]) for text in (ours, theirs))
    return f": it says {says!r}, not {should_say!r}"
