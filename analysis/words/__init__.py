"""The word lists, each once, as data: the TOML and CSV files beside this module, and what reads them.

To add a word, add it to its list; nothing else needs an edit. Each file says what its lists are for.
"""

import csv
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def lists(name: str) -> dict:
    """The lists of <name>.toml, read once a process; not to be altered. Raises ValueError where the file is no TOML."""
    path = FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: this is no TOML ({error}); mend that line.") from error


@cache
def countries() -> tuple[dict[str, str], ...]:
    """The rows of countries.csv; ValueError for a row that names no country."""
    with (FOLDER / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = tuple(csv.DictReader(file))
    for number, row in enumerate(rows, start=2):
        if not row["name"]:
            raise ValueError(f"countries.csv, row {number}: a country needs a name.")
    return rows


def either(words: Iterable[str]) -> str:
    """A regular expression for any of the words as they are written, the longest first."""
    return "|".join(sorted(map(re.escape, dict.fromkeys(words)), key=lambda word: (-len(word), word)))


WEEKDAYS = tuple(lists("calendar")["weekdays"])
MONTHS = tuple(lists("calendar")["months"])
SHORT_MONTHS = (*(month[:3] for month in MONTHS), *lists("calendar")["short"])
MONTH = rf"(?:{either((*MONTHS, *SHORT_MONTHS))})\b\.?"  # a pattern for a month, in full or short
