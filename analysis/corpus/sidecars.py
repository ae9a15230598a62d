"""What a corpus may have beside its articles: what is known of them, which claims are one statement, and how they are to be read."""

import csv
import io
import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from analysis.corpus.days import iso, no_day, no_days
from analysis.corpus.found import DAYS, FACTS
from analysis.types import LeftOut

METADATA_FILE, STATEMENTS_FILE, SETTINGS_FILE = "metadata.csv", "statements.csv", "corpus.toml"
BY_HAND = re.compile(r"(corrections[^/]*|aliases|grades)\.csv")  # see analysis.corrections and analysis.grades
METADATA = tuple(name for name in FACTS if name != "author")
STATEMENT = ("claim_id", "statement")
COLUMNS = ("id", "text", *FACTS)  # that corpus.toml may name
PLACE = re.compile(r"\{(\w+)\}")
SEPARATORS = ",;\t"  # a comma, or what spreadsheets write in its place


class Told(NamedTuple):
    """What a row of metadata.csv tells of a path, by column; nothing stands for what it leaves empty."""

    row: int
    facts: dict[str, str]


class Statement(NamedTuple):
    """What a row of statements.csv says of a claim: the statement that it makes, "" where it stands alone."""

    row: int
    claim_id: str
    statement: str


@dataclass(frozen=True)
class Settings:
    """The columns of the corpus's tables by what they hold, and the pattern of its file names ("{outlet}_{published}_{title}")."""

    columns: dict[str, str] = field(default_factory=dict)
    file_names: str | None = None

    @cached_property
    def _pattern(self) -> re.Pattern | None:
        if not self.file_names:
            return None
        parts = PLACE.split(self.file_names)
        written = "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
        return re.compile(rf"(?:.*/)?{written}(?:\.\w+)*" if "/" not in self.file_names else rf"{written}(?:\.\w+)*")

    def told_by_name(self, name: str) -> dict[str, str]:
        """The facts that a file's name tells; {} where it is not written so."""
        found = self._pattern.fullmatch(name) if self._pattern else None
        facts = {fact: " ".join(told.replace("_", " ").split()) for fact, told in found.groupdict().items()} if found else {}
        return facts | {name: iso(found[name]) or found[name] for name in DAYS if name in facts}


def read_metadata(folder: Path) -> tuple[dict[str, Told], list[LeftOut]]:
    """What metadata.csv tells of each path, and what of it is left out; nothing where there is no such file.

    Of two rows for one path the first is kept. Raises ValueError, naming file, row and mend, where the file is no table
    of those columns.
    """
    told: dict[str, Told] = {}
    left_out = []
    for row, cells in read_rows(Path(folder) / METADATA_FILE, ("path", *METADATA), "path"):
        path = cells.pop("path")
        facts = {name: value for name, value in cells.items() if value}
        if path in told:
            left_out.append(LeftOut(METADATA_FILE, f"row {row}: row {told[path].row} tells of {path!r} too, and is kept; delete one of them"))
            continue
        for name in no_days(facts):
            left_out.append(LeftOut(METADATA_FILE, f"row {row}: {no_day(name, facts.pop(name))}"))
        told[path] = Told(row, facts)
    return told, left_out


def read_statements(folder: Path) -> tuple[tuple[Statement, ...], list[LeftOut]]:
    """The rows of statements.csv, and which are left out; nothing where there is no such file. Errors are as for metadata.csv."""
    told: dict[str, Statement] = {}
    left_out = []
    for row, cells in read_rows(Path(folder) / STATEMENTS_FILE, STATEMENT, *STATEMENT):
        first = told.setdefault(cells["claim_id"], Statement(row, **cells))
        if first.row != row:
            left_out.append(LeftOut(STATEMENTS_FILE, f"row {row}: row {first.row} tells of {first.claim_id!r} too, and is kept; delete one of them"))
    return tuple(told.values()), left_out


def read_settings(folder: Path) -> Settings:
    """The settings in a folder's corpus.toml; none where there is no such file.

    Raises ValueError, naming the file, the row where there is one, and the mend.
    """
    path = Path(folder) / SETTINGS_FILE
    if path.is_symlink() or not path.is_file():
        return Settings()
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path}: it is not TOML ({error}); mend it, or delete it.") from error
    columns, pattern = told.pop("columns", {}), told.pop("file_names", None)
    if told:
        raise ValueError(f"{path}: {next(iter(told))!r} is none of its settings; they are [columns] and file_names.")
    if not isinstance(columns, dict) or any(name not in COLUMNS or not isinstance(column, str)
                                            for name, column in columns.items()):
        raise ValueError(f'{path}: [columns] names for some of {", ".join(COLUMNS)} a column, as text = "Body"; mend it.')
    if pattern is not None and (not isinstance(pattern, str) or not _names_facts(pattern)):
        raise ValueError(f'{path}: file_names holds some of {", ".join(FACTS)}, each once in braces, as "{{outlet}}_{{published}}"; mend it.')
    return Settings(columns, pattern)


def _names_facts(pattern: str) -> bool:
    named = PLACE.findall(pattern)
    return bool(named) and set(named) <= set(FACTS) and len(set(named)) == len(named)


def read_rows(path: Path, columns: tuple[str, ...], *needed: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV, each with its number as a spreadsheet counts; none where there is no such file, or a link to one.

    UTF-8, with a byte order mark or without; separated by commas, semicolons or tabs. `columns` are those that it may
    have, `needed` those that it must; the first of these is filled in each row. White space around a cell is taken off,
    and rows without any cell filled are passed over. Raises ValueError naming file, row and mend.
    """
    if path.is_symlink() or not path.is_file():
        return []
    table = list(_cells(path, needed[0]))
    names = [name.strip() for name in table[0]] if table else []
    if fault := _fault_of_columns(names, columns, needed):
        raise ValueError(f"{path}: row 1 {fault}; it must name columns of {','.join(columns)}, and {' and '.join(needed)} among them.")
    rows = []
    for row, cells in enumerate(table[1:], 2):
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            continue
        if len(cells) != len(names):
            raise ValueError(f"{path}: row {row} has {len(cells)} cells for the {len(names)} columns {','.join(names)}; give it one for each.")
        rows.append((row, {name: cell for name, cell in zip(names, cells) if name}))
        if not rows[-1][1][needed[0]]:
            raise ValueError(f"{path}: row {row} has no {needed[0]}; give it one, or delete the row.")
    return rows


def _fault_of_columns(names: list[str], columns: tuple[str, ...], needed: tuple[str, ...]) -> str | None:
    named = [name for name in names if name]
    unknown = next((name for name in named if name not in columns), None)
    if unknown is not None:
        return f"names {unknown[:60]!r}"
    if missing := next((name for name in needed if name not in named), None):
        return f"lacks {missing!r}"
    return "names a column twice" if len(set(named)) < len(named) else None


def _cells(path: Path, first: str):
    """The cells of each row; `first` is a column by which the separator is known."""
    text = _decoded(path)
    heading = re.split(r"[\r\n]", text, maxsplit=1)[0]
    separator = next((sign for sign in SEPARATORS if first in [name.strip(' "') for name in heading.split(sign)]), ",")
    row = 0
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            yield cells
    except csv.Error as error:
        raise ValueError(f"{path}: row {row + 1} is not CSV ({error}); save the file as CSV in UTF-8.") from error


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ValueError(f"{path}: it cannot be read ({error.strerror}); make it readable, or delete it.") from error
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        wrong = f"byte {error.start} is {data[error.start]:#04x}"
        raise ValueError(f"{path}: row {row} is not UTF-8 ({wrong}); save the file as CSV in UTF-8.") from error
