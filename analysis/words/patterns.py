"""Rules that are patterns: each a row of data, with words in which it finds something and words in which it must not."""

import re
from functools import cache
from typing import NamedTuple

from analysis.words import either, lists, of_kind, plural, words_of

# "{WAR}" stands for the piece of that name, "{calendar.MONTH}" for that of calendar.toml; a count of repeats, "{1,2}", has no letters
PIECE = re.compile(r"\{(?:([a-z_]+)\.)?([A-Z_]+)\}")


class Row(NamedTuple):
    """One row of a file of patterns: `finds` and `passes` are its examples and counterexamples."""

    name: str
    pattern: re.Pattern
    finds: tuple[str, ...]
    passes: tuple[str, ...]


@cache
def rows(file: str) -> tuple[Row, ...]:
    """The rows of <file>.toml in their order, compiled once a process.

    `pattern` is a regular expression or a list of alternatives. `[pieces]` names parts that several rows share, those of other
    files too. A piece may also be a list of words that stands elsewhere: `{ list = ["vague", "amounts"] }` in vague.toml,
    `{ kinds = ["measures", "the"] }` those of that kind in measures.csv; a blank in one of its words is any white space. With
    `never_before = true` none of them may stand right before; with `stem = true` their last "e" is left out, with
    `plural = true` they stand in the plural too.
    `any_case = true` at the top of a file, or in a row, lets capitals not matter. Raises ValueError, naming file and row,
    for a pattern that is none.
    """
    any_case = lists(file).get("any_case", False)
    return tuple(Row(row["name"], _compiled(file, row, any_case), tuple(row["finds"]), tuple(row["passes"])) for row in lists(file)["row"])


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


def _compiled(file: str, row: dict, any_case: bool) -> re.Pattern:
    try:
        written = _written(file, row["pattern"])
        return re.compile(f"(?i:{written})" if row.get("any_case", any_case) else written)
    except (re.error, KeyError) as error:
        raise ValueError(f"{file}.toml: the pattern of {row['name']!r} is none ({error}); mend it.") from error


def _written(file: str, pattern: str | list[str] | dict) -> str:
    """A pattern with its pieces in their places."""
    if isinstance(pattern, dict):
        return _of_words(pattern)
    joined = pattern if isinstance(pattern, str) else "|".join(pattern)
    return PIECE.sub(lambda found: _written(found[1] or file, lists(found[1] or file)["pieces"][found[2]]), joined)


def _of_words(place: dict) -> str:
    """A pattern for the words of a list that stands elsewhere."""
    words = sorted(of_kind(*place["kinds"]) if "kinds" in place else words_of(*place["list"]))
    if "never_before" in place:
        return "".join(rf"(?<!\b{word}\s)" for word in words)
    words = [word.removesuffix("e") for word in words] if "stem" in place else words + [plural(word) for word in words if "plural" in place]
    return either(words).replace(r"\ ", r"\s+")
