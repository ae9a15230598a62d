"""What the tables and their columns mean: the one place where that is said."""

import tomllib
from functools import cache
from pathlib import Path

from analysis.suggestions import suggestion


@cache
def _book() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def names() -> list[str]:
    """The names of all tables."""
    return list(_book()["tables"])


def table(name: str) -> str:
    """What a row of a table is. Raises ValueError where there is no such table."""
    tables = _book()["tables"]
    if name not in tables:
        raise ValueError(f"There is no table {name!r}{suggestion(name, tables, '; there are ' + ', '.join(tables) + '.')}")
    return tables[name]


def column(name: str, of: str) -> str:
    """What a column of the table `of` means; "" where nothing is said of it."""
    book = _book()
    return book.get(of, {}).get(name) or book["common"].get(name, "")
