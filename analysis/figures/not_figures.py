"""Numbers that are no figures: dates, years, clock times, phone and page numbers, addresses, names of models and squads."""

import re

from analysis.corpus import Span
from analysis.words.patterns import either_of

YEAR = re.compile(r"(?:1[1-9]|20|21)\d\d")
YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|to|of|after|before|during|through|throughout|between|the|and|early|late|mid|circa|fiscal|year|spring|summer|autumn|"
    r"fall|winter|end|season|election|class|around|for|last|next|this|or|than)\s?|(?:['’]s|s['’])\s|[-–(/]\s?)$",
    re.IGNORECASE,
)
CAPITAL_BEFORE = re.compile(r"(?:^|[\s(“\"‘'/-])(?:[A-Z][\w.’'&-]*|i[A-Z]\w+)(?:\s&\s?[A-Z])?[\s-]$")


def not_figure_spans(text: str) -> list[Span]:
    """The stretches of text whose numbers are no figures, in order; found by how they are written alone (words/not_figures.toml)."""
    return [match.span() for match in either_of("not_figures").finditer(text)]


def is_year(text: str, start: int, end: int, counts: bool) -> bool:
    """Whether a bare number is a year; `counts` says that the grammar makes it count a plural noun."""
    if not YEAR.fullmatch(text[start:end]):
        return False
    if counts and not 1900 <= int(text[start:end]) <= 2035:
        return False
    before = text[max(0, start - 20) : start]
    if YEAR_BEFORE.search(before):
        return not (counts and re.search(r"(?:than|the|of|to|for|and|or|around|between|from|by)\s$", before))
    return not counts


def is_name(text: str, start: int, end: int, counts: bool) -> bool:
    """Whether a number is the end or the beginning of a name: "Boeing 737", "S&P 500", "the Big Four", "Group of Seven"."""
    before = text[max(0, start - 25) : start]
    capital = CAPITAL_BEFORE.search(before)
    if text[start].isdigit():
        if re.match(r"\s?[-–]\s?\d|\sto\s\d", text[end : end + 5]):
            return False  # a score after the name of a team
        return bool(capital and not counts and not _opens_sentence(before, capital.start()))
    if not text[start].isupper():
        return False
    after = re.match(r"[\s-][A-Z][a-z]+", text[end : end + 20])
    in_name = re.search(r"\b[A-Z]\w+\s(?:of\s)?$", before) or (after and re.search(r"\bthe\s$", before))
    return bool(in_name) and not counts


def _opens_sentence(before: str, start: int) -> bool:
    return not before[: start + 1].strip() or before[: start + 1].rstrip()[-1:] in ".!?\n"
