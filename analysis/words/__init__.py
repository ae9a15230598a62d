"""The word lists, each once, as data: the TOML and CSV files beside this module, and what reads them.

To add a word, add it to its list; nothing else needs an edit. Each file says what its lists are for. A word that
stands in several lists stands in one CSV, whose column `kinds` says which.
"""

import csv
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
PIECE = re.compile(r"\w+")  # of words: "twenty-one" counts for two
LETTERS = re.compile(r"[^\W\d_]+")  # of words, without digits
SPELT = re.compile(rf"{LETTERS.pattern}(?:['’-]{LETTERS.pattern})*")  # a word without digits
WORD = re.compile(r"\w+(?:['’-]\w+)*")  # what a word of a text is


@cache
def lists(name: str) -> dict:
    """The lists of <name>.toml, read once a process; not to be altered. Raises ValueError where the file is no TOML."""
    path = FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: this is no TOML ({error}); mend that line.") from error


def words_of(name: str, *place: str) -> frozenset[str]:
    """The words of one list of <name>.toml: words_of("nouns", "roles", "male")."""
    found = lists(name)
    for key in place:
        found = found[key]
    return frozenset(found)


@cache
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """The rows of <name>.csv, below the lines that begin with "#". Raises ValueError for a row that has nothing in the first
    column."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = list(file)
    told = sum(line.startswith("#") for line in lines)
    rows = tuple(csv.DictReader(lines[told:]))
    for number, row in enumerate(rows, start=told + 2):
        column = next(iter(row))
        if not row[column]:
            raise ValueError(f"{name}.csv, row {number}: it needs a {column}.")
    return rows


def of_kind(name: str, *kinds: str) -> tuple[str, ...]:
    """The words of <name>.csv that are of one of the kinds, in its order; `kinds` of a row are separated by semicolons."""
    return tuple(row["word"] for row in rows_of(name) if not set(kinds).isdisjoint(row["kinds"].split(";")))


def either(words: Iterable[str]) -> str:
    """A regular expression for any of the words as they are written, the longest first."""
    return "|".join(sorted(map(re.escape, dict.fromkeys(words)), key=lambda word: (-len(word), word)))


def plural(noun: str) -> str:
    """The plural of an English noun, by rule; the last word of several decides."""
    head, _, last = noun.rpartition(" ")
    if last in (irregular := lists("nouns")["plural_of"]):
        last = irregular[last]
    elif last.endswith(("s", "x", "ch", "sh")):
        last += "es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = last[:-1] + "ies"
    elif last:
        last += "s"
    return f"{head} {last}".strip()


WEEKDAYS = tuple(lists("calendar")["weekdays"])
MONTHS = tuple(lists("calendar")["month_names"])
SHORT_MONTHS = tuple(lists("calendar")["short"])
PLURAL_NOUNS = words_of("nouns", "plurals", "bodies") | words_of("nouns", "plurals", "others")  # though they may not end in s
# Before a number: "at least "
COMPARED = {sign: f"{words[0]} " for sign, words in lists("comparators")["signs"].items()}


def number(value: float) -> str:
    """A number as people write it: "58", "1,000", "4 million"."""
    for size, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if size <= abs(value) < 1e15:
            return f"{value / size:,.6g}{word}"
    return f"{value:,.10g}"
