"""Comparators: the words that say a number is a floor, a ceiling, or near; each bound to the one number it stands at."""

import re

from analysis.words import lists
from analysis.words.patterns import either_of, pattern

SIGN_OF = {word: sign for sign, words in lists("comparators")["signs"].items() for word in words}
NEGATED = {">": "<=", "<": ">=", ">=": "<", "<=": "<"}
SIGN_AFTER = {"floor": ">=", "ceiling": "<=", "near": "~"}
BEFORE = pattern("comparators", "before")
AFTER = either_of("comparators", *SIGN_AFTER)
DURING = pattern("comparators", "during")


def comparator_of(text: str, start: int, end: int, kind: str) -> str:
    """The comparator of the number text[start:end] ("=" if none), negations turned round; reads 60 characters either way.

    `start` counts any currency sign in, `end` any unit; only words that touch the number are its own.
    """
    before = text[max(0, start - 60) : start]
    found = BEFORE.search(before)
    if found and not (kind == "duration" and DURING.search(before)):
        return _outermost(before, found)
    after = AFTER.match(text[end : end + 60])
    if after:
        return SIGN_AFTER[after.lastgroup]
    return "="


def _outermost(before: str, found: re.Match) -> str:
    """The sign of the found words, or of a firmer one just before them ("at least some 20" is at least)."""
    sign = SIGN_OF[re.sub(r"\s+", " ", found["word"].lower())]
    if found["negation"] and sign in NEGATED:
        return NEGATED[sign]
    if sign == "~":
        outer = BEFORE.search(before[: found.start()])
        if outer:
            return _outermost(before, outer)
    return sign
