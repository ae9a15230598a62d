"""Articles in a table of text: a row each, with a row of names on top."""

import csv
import io
from collections.abc import Iterator

from analysis.corpus.formats.columns import article_of, columns_of
from analysis.corpus.found import File, Found, Unread

SEPARATORS = ",;\t|"
LONGEST_CELL = 1 << 30  # characters: whether a text is too long is told of its article alone


def read_table(file: File) -> Iterator[Found | Unread]:
    """An article a row of a CSV or TSV file; rows are counted as a spreadsheet counts them."""
    text, encoding = file.decoded
    if not text.strip():
        raise ValueError("it holds no text")
    rows = csv.reader(io.StringIO(text.replace("\0", "\ufffd"), newline=""), delimiter=_separator(text))
    names = [name.strip() for name in _next(rows, 1)]
    columns = columns_of(names, file.columns)
    number = 1
    while True:
        number += 1
        try:
            cells = _next(rows, number)
        except StopIteration:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names):]):
            fault = f"it has {len(cells)} cells for the {len(names)} columns; put quotation marks around a cell that holds a separator"
            yield Unread(fault, number, "row")
            continue
        yield article_of(dict(zip(names, cells)), columns, number, "row", encoding)


def _next(rows: Iterator[list[str]], number: int) -> list[str]:
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        return next(rows)
    except csv.Error as error:
        raise ValueError(f"row {number} is not CSV ({error}), so the rows from there on are left out; save the file as CSV in UTF-8") from error
    finally:
        csv.field_size_limit(before)


def _separator(text: str) -> str:
    """The sign that stands most often in the row of names."""
    names = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    return max(SEPARATORS, key=names.count)
