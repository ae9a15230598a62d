"""Rules that are patterns: each a row of data, with words in which it finds something and words in which it must not."""

import re
from functools import cache
from typing import NamedTuple

from analysis.words import MONTH, either, lists, of_kind

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
    known to all. A piece may also be a list of words that stands elsewhere: `{ list = ["vague", "amounts"] }` in vague.toml,
    `{ kinds = ["measures", "the"] }` those of that kind in measures.csv; a blank in one of its words is any white space. With
    `never_before = true` none of them may stand right before.
    `any_case = true` at the top of a file, or in a row, lets capitals not matter. Raises ValueError, naming file and row,
    for a pattern that is none.
    """
    table = lists(file)
    pieces = {"MONTH": MONTH, **{name: _joined(piece) for name, piece in table.get("pieces", {}).items()}}
    return tuple(
        Row(row["name"], _compiled(file, row, pieces, table.get("any_case", False)), tuple(row["finds"]), tuple(row["passes"]))
        for row in table["row"]
    )


def pattern(file: str, name: str) -> re.Pattern:
    """The pattern of one row."""
    return next(row.pattern for row in rows(file) if row.name == name)


def named(file: str, *names: str) -> tuple[re.Pattern, ...]:
    """The patterns of some rows."""
    return tuple(pattern(file, name) for name in names)


@cache
def either_of(file: str, *names: str) -> re.Pattern:
    """One pattern for some rows of a file, all unless named, the first that fits at a place; the name of its group is the
    row's."""
    return re.compile("|".join(f"(?P<{row.name}>{row.pattern.pattern})" for row in rows(file) if not names or row.name in names))


def _compiled(file: str, row: dict, pieces: dict[str, str], any_case: bool) -> re.Pattern:
    written = _joined(row["pattern"])
    while PIECE.search(written):
        written = PIECE.sub(lambda found: pieces[found[1]], written)
    try:
        return re.compile(f"(?i:{written})" if row.get("any_case", any_case) else written)
    except re.error as error:
        raise ValueError(f"{file}.toml: the pattern of {row['name']!r} is none ({error}); mend it.") from error


def _joined(pattern: str | list[str] | dict) -> str:
    if isinstance(pattern, str):
        return pattern
    if isinstance(pattern, list):
        return "|".join(pattern)
    words = _words(pattern)
    return "".join(rf"(?<!\b{word}\s)" for word in words) if pattern.get("never_before") else either(words).replace(r"\ ", r"\s+")


def _words(place: dict) -> list[str]:
    """The words of a list that stands elsewhere."""
    if "kinds" in place:
        return list(of_kind(*place["kinds"]))
    found = lists(place["list"][0])
    for key in place["list"][1:]:
        found = found[key]
    return list(found)
