"""Addresses that last: where each article, event, source, claim and figure stands in a report, by what it says and not by its number."""

import hashlib
import re
from collections import Counter

import pandas

from analysis.tables import IDS

PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
CODE = 8  # characters; of 100,000 rows of one article two share a code in one report of a hundred, and then bear a number
# What a row says and where it belongs. A row added above it changes its number and its offsets, and not these.
SAID = {"claims": ("article_id", "source", "cue", "content"), "figures": ("article_id", "text", "counted", "source")}
BEGINNING = {"claims": "c", "figures": "f"}


def code(*parts: object) -> str:
    """Eight letters and digits that stand for some texts; missing is as empty."""
    told = "\0".join("" if part is None or part is pandas.NA or part != part else str(part) for part in parts)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:CODE]


def file_name(row_id: str) -> str:
    """The name of the page of an article, event or source, without its ending: its id where that is plain, else words of it and a code."""
    if PLAIN.fullmatch(row_id):
        return row_id
    words = re.sub(r"[^a-z0-9]+", "-", row_id.lower()).strip("-")[:48].strip("-")
    return "-".join(filter(None, [words, code(row_id)]))


def article(article_id: str) -> str:
    """An article's page, from the report's folder."""
    return f"articles/{file_name(article_id)}.html"


def event(event_id: str) -> str:
    """An event's page, from the report's folder."""
    return f"events/{file_name(event_id)}.html"


def source(source_id: str) -> str:
    """A source's page, from the report's folder."""
    return f"sources/{file_name(source_id)}.html"


def chart(comparison_id: str, kind: str) -> str:
    """The page of one chart of a comparison ("range" or "growth") alone, from the report's folder."""
    return f"embed/{file_name(f'{comparison_id}.{kind}')}.html"


def feed(page: str) -> str:
    """The feed of what changes in a page: "events/dam.xml" of "events/dam.html"."""
    return page.removesuffix(".html") + ".xml"


def places(tables: dict[str, pandas.DataFrame]) -> dict[str, str]:
    """The place of each claim and figure in its article's page: id to "c-" or "f-" and a code.

    Rows that say the same are told apart by their order. Takes about 0.1 s for 10,000 rows.
    """
    found: dict[str, str] = {}
    for name, columns in SAID.items():
        rows, seen = tables[name], Counter()
        for row_id, *said in zip(rows[IDS[name]], *(rows[column] for column in columns)):
            place = f"{BEGINNING[name]}-{code(*said)}"
            seen[place] += 1
            found[row_id] = place if seen[place] == 1 else f"{place}-{seen[place]}"
    return found


def hrefs(tables: dict[str, pandas.DataFrame]) -> dict[str, str]:
    """Where each claim and figure stands, from the report's folder: id to "articles/dam.html#c-1f2e3d4c"."""
    pages = {article_id: article(article_id) for article_id in tables["articles"]["article_id"]}
    return {row_id: f"{pages[row_id.rpartition('.')[0]]}#{place}" for row_id, place in places(tables).items()}
