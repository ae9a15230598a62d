"""What is known of an article from several sides: which side is believed, and what is said of the others."""

import re
from collections.abc import Mapping

from analysis.corpus.languages import primary

# Who may tell, from the most believed to the least, and why.
FILE, BESIDE, PAGE, NAME = "the file", "metadata.csv", "the page itself", "the file's name"
LONGEST = 80  # characters of a value that is told


def settled(told: list[tuple[str, Mapping[str, str]]]) -> tuple[dict[str, str], str]:
    """The facts, each from the first side that tells it, and in words what other sides told otherwise ("" where they agree).

    `told` are the sides in the order in which they are believed: what a database or the user's own table says of an article,
    then metadata.csv, then what a page or a program says of itself, of which much is wrong, then the file's name.
    """
    facts: dict[str, str] = {}
    winners: dict[str, str] = {}
    differing = []
    for side, given in told:
        for name, value in given.items():
            if name not in facts:
                facts[name], winners[name] = value, side
            elif _bare(name, value) != _bare(name, facts[name]):
                differing.append(f"{name}: {_short(facts[name])} by {winners[name]}, which goes before {side} ({_short(value)})")
    return facts, "; ".join(differing)


def _bare(name: str, value: str) -> str:
    """A value as it is compared: a day without its time, a language without its country, words without case and signs."""
    if name == "published":
        return value[:10]
    if name == "language":
        return primary(value) or value.lower()
    if name == "url":
        return re.sub(r"^https?://(?:www\.)?|/$", "", value)
    return " ".join(re.findall(r"\w+", value.lower()))


def _short(value: str) -> str:
    return repr(value if len(value) <= LONGEST else value[:LONGEST] + "…")
