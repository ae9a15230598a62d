"""Rules that are patterns: each a row of data, with words in which it finds something and words in which it must not."""

import re
from functools import cache
from typing import NamedTuple

from analysis.words import MONTH, lists

PIECE = re.compile(r"\{([A-Z_]+)\}")  # "{MONTH}" stands for the piece of that name; a count of repeats, "{1,2}", has no letters


class Row(NamedTuple):
    """One row of a file of patterns: `finds` and `passes` are its examples and counterexamples."""

    name: str
    pattern: re.Pattern
    finds: tuple[str, ...]
    passes: tuple[str, ...]


@cache
def rows(file: str) -> tuple[Row, ...]:
    """The rows of <file>.toml in their order, compiled once a process.

    `pattern` is a regular expression or a list of alternatives. `[pieces]` names parts that several rows share; MONTH is
    known to all. `any_case = true` at the top of a file lets capitals not matter. Raises ValueError, naming file and
    row, for a pattern that is none.
    """
    table = lists(file)
    pieces = {"MONTH": MONTH, **{name: _joined(piece) for name, piece in table.get("pieces", {}).items()}}
    return tuple(Row(row["name"], _compiled(file, row, pieces, table.get("any_case", False)), tuple(row["finds"]), tuple(row["passes"]))
                 for row in table["row"])


@cache
def either_of(file: str) -> re.Pattern:
    """One pattern for all rows of a file, the first that fits at a place; the name of its group is the row's. Compiled once."""
    flags = re.IGNORECASE if lists(file).get("any_case") else 0
    return re.compile("|".join(f"(?P<{row.name}>{row.pattern.pattern})" for row in rows(file)), flags)


def _compiled(file: str, row: dict, pieces: dict[str, str], any_case: bool) -> re.Pattern:
    written = _joined(row["pattern"])
    while PIECE.search(written):
        written = PIECE.sub(lambda found: pieces[found[1]], written)
    try:
        return re.compile(written, re.IGNORECASE if any_case else 0)
    except re.error as error:
        raise ValueError(f"{file}.toml: the pattern of {row['name']!r} is none ({error}); mend it.") from error


def _joined(pattern: str | list[str]) -> str:
    return pattern if isinstance(pattern, str) else "|".join(pattern)
