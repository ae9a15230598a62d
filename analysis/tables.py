"""The tidy tables: declare, check, write, read. `analysis.tabulate` builds them."""

import csv
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from analysis.corpus import Corpus, Span
from analysis.types import BETWEEN_PIECES

TEXT, WHOLE, NUMBER, YES_NO = "str", "int64", "float64", "bool"
Declared = dict[str, dict[str, str]]  # the columns of each table, and their dtypes
TABLES: Declared = {
    "articles": {
        "article_id": TEXT, "path": TEXT, "sha256": TEXT, "title": TEXT, "outlet": TEXT, "published": TEXT, "url": TEXT,
        "language": TEXT, "event": TEXT, "words": WHOLE, "duplicate_of": TEXT, "author": TEXT, "encoding": TEXT,
        "differing": TEXT,
        "archive_url": TEXT, "captured": TEXT,
    },
    "claims": {
        "claim_id": TEXT, "article_id": TEXT, "kind": TEXT, "source_id": TEXT, "source": TEXT, "cue": TEXT, "content": TEXT,
        "basis": TEXT, "stance": TEXT, "negated": YES_NO, "parent_id": TEXT, "found_by": TEXT, "confidence": NUMBER,
        "source_spans": TEXT, "cue_spans": TEXT, "content_spans": TEXT, "basis_spans": TEXT, "sentence_start": WHOLE, "sentence_end": WHOLE,
        "sentence": TEXT,
    },
    "figures": {
        "figure_id": TEXT, "article_id": TEXT, "claim_id": TEXT, "source_id": TEXT, "source": TEXT, "text": TEXT,
        "kind": TEXT, "value": NUMBER, "low": NUMBER, "high": NUMBER, "comparator": TEXT, "unit": TEXT, "counted": TEXT,
        "measure": TEXT, "part_of": TEXT, "background": TEXT, "confidence": NUMBER, "start": WHOLE, "end": WHOLE,
        "counted_spans": TEXT,
        "sentence_start": WHOLE, "sentence_end": WHOLE, "sentence": TEXT,
    },
    "sources": {
        "source_id": TEXT, "name": TEXT, "kind": TEXT, "aliases": TEXT, "description": TEXT,
        "articles": WHOLE, "claims": WHOLE, "figures": WHOLE,
    },
    "removed": {"article_id": TEXT, "rule": TEXT, "start": WHOLE, "end": WHOLE, "text": TEXT},
    "left_out": {"path": TEXT, "reason": TEXT},
    "corrections": {
        "place": TEXT, "row": TEXT, "quote": TEXT, "sentence": TEXT, "what": TEXT, "value": TEXT, "before": TEXT,
        "after": TEXT, "who": TEXT,
        "when": TEXT, "why": TEXT, "state": TEXT, "spans": TEXT,
    },
    "grades": {"source_id": TEXT, "source": TEXT, "grade": TEXT, "scale": TEXT, "meaning": TEXT, "who": TEXT, "when": TEXT},
}
# Text that may be missing (NA); other text is "" where there is none.
MAY_BE_MISSING = {"title", "outlet", "published", "url", "language", "event", "duplicate_of", "author", "encoding", "differing",
                  "archive_url", "captured", "source_id", "parent_id", "claim_id", "measure", "part_of",
                  "background", "first", "last", "as_of", "as_of_from", "denied_claim_id", "denied_source_id"}
IDS = {"articles": "article_id", "claims": "claim_id", "figures": "figure_id", "sources": "source_id"}
REFERENCES = (
    ("articles", "duplicate_of", "articles"), ("claims", "article_id", "articles"), ("claims", "source_id", "sources"),
    ("claims", "parent_id", "claims"), ("figures", "article_id", "articles"), ("figures", "claim_id", "claims"),
    ("figures", "source_id", "sources"), ("figures", "part_of", "figures"), ("removed", "article_id", "articles"),
    ("grades", "source_id", "sources"),
)
PARTS = ("source", "cue", "content", "basis")  # of a claim, each with its spans
SENTENCE = "sentence_start, sentence_end"
LONGEST_SENTENCE = 1_000  # characters of it in a row; a line without an end stands in each of its rows
# Columns of JSON lists
LISTS = ("aliases", "source_spans", "cue_spans", "content_spans", "basis_spans", "counted_spans", "relays", "other_readings", "quotes")
LISTS_OF = {"origins": ("outlets", "figures"), "series": ("outlets",)}  # elsewhere these are counts
END_OF_LINE = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
HALF_CHARACTER = re.compile("[\ud800-\udfff]")
FORMULA = re.compile(r"'*[=+\-@\t\r]")  # what a spreadsheet would run, or looks like one that was kept from running
# What a spreadsheet would take for a number, a day or a time
NO_TEXT = re.compile(r"[\d.,:/ +-]*\d[\d.,:/ +-]*(?:[eE][+-]?\d+)?")


def check(tables: dict[str, pd.DataFrame], corpus: Corpus) -> None:
    """Raise ValueError, naming table, row and fault, unless the tables are whole and every row quotes its article.

    Columns and dtypes are as declared, ids are there and unique, references hold, and all offsets slice to what the
    row quotes. Takes about a second for 20,000 rows.
    """
    for name, columns in TABLES.items():
        found = {column: str(dtype) for column, dtype in tables[name].dtypes.items()}
        if found != columns:
            wrong = next(column for column in [*columns, *found] if found.get(column) != columns.get(column))
            raise ValueError(f"Table {name}: column {wrong} is {found.get(wrong, 'missing')}, not {columns.get(wrong, 'one of its')}.")
    for name, column in IDS.items():
        ids = tables[name][column]
        for row in ids.index[ids.isna() | ids.duplicated()][:1]:
            raise ValueError(f"Table {name}, row {row + 1}: {column} {ids[row]!r} is missing or stands there twice.")
    for name, column, other in REFERENCES:
        dangling = tables[name].loc[tables[name][column].notna() & ~tables[name][column].isin(tables[other][IDS[other]])]
        for row in dangling.itertuples():
            raise ValueError(f"{_row(name, row)}: {column} {getattr(row, column)!r} is not in table {other}.")
    _check_quotes(tables, {shown(article.article_id): shown(article.text) for article in corpus.articles})


def write(tables: dict[str, pd.DataFrame], folder: str | Path, declared: Declared = TABLES) -> None:
    """Write every table that is declared as NAME.csv (UTF-8), NAME.parquet and NAME.json, the same bytes for the same rows.

    In the CSV a text that a spreadsheet would run as a formula has an apostrophe before it. The JSON is a list of objects, one a line.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in declared:
        table = tables[name]
        table.to_parquet(folder / f"{name}.parquet", index=False)
        write_csv(table, folder / f"{name}.csv")
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in objects(name, table))
        (folder / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8", newline="\n")


def write_csv(table: pd.DataFrame, path: Path, bom: bool = False) -> None:
    """Write a table as CSV in which a text that a spreadsheet would run has an apostrophe before it; with a byte order mark, by which Excel
    knows UTF-8, where that is asked for, and then an apostrophe before ids that it would take for numbers or days too."""
    texts = [column for column, dtype in table.dtypes.items() if dtype == TEXT]
    safe = table.assign(**{column: table[column].map(guarded, na_action="ignore") for column in texts})
    ids = [column for column in texts if column.endswith("_id")] if bom else []
    safe = safe.assign(**{column: safe[column].map(_as_text, na_action="ignore") for column in ids})
    # Text is always quoted: pandas leaves a carriage return bare, and readers end the row there.
    safe.to_csv(path, index=False, lineterminator="\n", encoding="utf-8-sig" if bom else "utf-8", quoting=csv.QUOTE_NONNUMERIC)


def read(folder: str | Path, declared: Declared = TABLES) -> dict[str, pd.DataFrame]:
    """The declared tables in a folder, from their Parquet files; ValueError where one is missing or is no such table."""
    return {name: read_parquet(Path(folder) / f"{name}.parquet", declared) for name in declared}


def read_parquet(path: str | Path, declared: Declared = TABLES) -> pd.DataFrame:
    """One table from its NAME.parquet; ValueError where it is missing or is no such table."""
    return _read(Path(path), declared, lambda columns: read_frame(path)[list(columns)].astype(columns))


def read_frame(path: str | Path) -> pd.DataFrame:
    """What a Parquet file holds. ValueError where it is no regular file: reading a pipe waits for whoever writes to it."""
    _check_regular(Path(path))
    return pd.read_parquet(path)


def _check_regular(path: Path) -> None:
    if path.exists() and not path.is_file():
        raise ValueError("it is no regular file")


def _read(path: Path, declared: Declared, reader: Callable[[dict[str, str]], pd.DataFrame]) -> pd.DataFrame:
    """What a reader makes of the columns of a table's file."""
    try:
        return reader(declared[path.stem])
    except Exception as error:  # of whatever a file that is no such table, or a hostile one, does to its reader
        raise ValueError(f"{path}: it cannot be read as the table {path.stem} ({error}).") from error


def read_csv(path: str | Path, declared: Declared = TABLES) -> pd.DataFrame:
    """One table from its CSV, NAME.csv, equal to the one that was written; an apostrophe before a formula is taken off.

    ValueError where it is missing or is no such table.
    """
    return _read(Path(path), declared, lambda columns: _from_csv(Path(path), columns))


def _from_csv(path: Path, columns: dict[str, str]) -> pd.DataFrame:
    _check_regular(path)
    table = pd.read_csv(path, dtype=columns, keep_default_na=False, encoding="utf-8",
                        na_values={column: [""] for column in columns if column in MAY_BE_MISSING or columns[column] == NUMBER})
    if list(table.columns) != list(columns):
        raise ValueError(f"its columns are {', '.join(table.columns)}, not {', '.join(columns)}")
    texts = [column for column, dtype in columns.items() if dtype == TEXT]
    return table.assign(**{column: table[column].map(unguarded, na_action="ignore").astype(TEXT) for column in texts})


def rows(table: pd.DataFrame) -> list[dict]:
    """The rows of a table as dicts; whatever is missing, a text or a number, is None.

    The one way from a table to single values: a frame itself gives missing text as the number NaN, which is true, has no
    order, and reads "nan" in a sentence.
    """
    return table.astype(object).where(table.notna(), None).to_dict("records")


def objects(name: str, table: pd.DataFrame) -> list[dict]:
    """The rows of a table as dicts in which lists are lists; whatever is missing is None."""
    lists = {*LISTS, *LISTS_OF.get(name, ())}
    return [{column: json.loads(cell) if column in lists else cell for column, cell in row.items()} for row in rows(table)]


def add(table: pd.DataFrame, added: list[dict]) -> pd.DataFrame:
    """A table with more rows at its end."""
    return pd.concat([table, pd.DataFrame(added, columns=table.columns).astype(table.dtypes)], ignore_index=True) if added else table


def quote(text: str, spans: Iterable[Span]) -> str:
    """The pieces of `text` at `spans`, joined by an ellipsis."""
    return BETWEEN_PIECES.join(shown(text[start:end]) for start, end in spans)


def sentence(text: str, start: int, end: int) -> str:
    """The sentence of a row, or as much of it as a cell holds, on one line; character for character, so that offsets stay."""
    return END_OF_LINE.sub(" ", quote(text, [(start, min(end, start + LONGEST_SENTENCE))]))


def frame(name: str, rows: list[dict]) -> pd.DataFrame:
    """Rows as one of TABLES, with its columns and dtypes."""
    columns = TABLES[name]
    table = pd.DataFrame([{column: shown(row[column]) for column in columns} for row in rows], columns=list(columns))
    return table.astype(columns)


def _check_quotes(tables: dict[str, pd.DataFrame], texts: dict[str, str]) -> None:
    for name in ("claims", "figures", "removed"):
        for row in tables[name].itertuples():
            for column, spans, quoted in _quotes(name, row):
                text = texts.get(row.article_id)
                if text is None:
                    raise ValueError(f"{_row(name, row)}: article_id {row.article_id!r} is that of no article that can be read.")
                inside = all(0 <= start < end <= len(text) for start, end in spans)
                if not inside or quoted != (sentence(text, *spans[0]) if column == SENTENCE else quote(text, spans)):
                    raise ValueError(f"{_row(name, row)}: {column} {json.dumps(spans)} does not slice to {quoted!r} "
                                     f"in article {row.article_id}.")


def _quotes(name: str, row) -> list[tuple[str, list[Span], str]]:
    """Each column of offsets in a row, its spans, and what they quote."""
    if name == "removed":
        return [("start, end", [(row.start, row.end)], row.text)]
    whole = (SENTENCE, [(row.sentence_start, row.sentence_end)], row.sentence)
    if name == "figures":
        return [
            ("start, end", [(row.start, row.end)], row.text),
            ("counted_spans", _spans(name, row, "counted_spans"), row.counted),
            whole,
        ]
    return [(f"{part}_spans", _spans(name, row, f"{part}_spans"), getattr(row, part)) for part in PARTS] + [whole]


def _spans(name: str, row, column: str) -> list[Span]:
    try:
        spans = json.loads(getattr(row, column))
        if isinstance(spans, list) and all(isinstance(span, list) and [type(place) for place in span] == [int, int]
                                           for span in spans):
            return spans
    except (ValueError, TypeError, RecursionError):
        pass
    raise ValueError(f"{_row(name, row)}: {column} is no list of [start, end].")


def _row(name: str, row) -> str:
    return f"Table {name}, row {getattr(row, IDS[name]) if name in IDS else row.Index + 1}"


def shown(value):
    """A text with halves of characters, which no file can hold, as U+FFFD; whatever else as it is."""
    return HALF_CHARACTER.sub("\ufffd", value) if isinstance(value, str) else value


def guarded(text: str) -> str:
    """A text as a cell of a CSV: with an apostrophe before it where a spreadsheet would run it."""
    return "'" + text if FORMULA.match(text) else text


def _as_text(row_id: str) -> str:
    return "'" + row_id if NO_TEXT.fullmatch(row_id) else row_id


def unguarded(text: str) -> str:
    """The text that such a cell stands for."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text
