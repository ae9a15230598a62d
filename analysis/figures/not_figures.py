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
COUNTS_AFTER = re.compile(r"(?:than|the|of|to|for|and|or|[Aa]round|between|from|by)\s$")
INSIDE = re.compile(r"[\w,]\s$")  # before a capital that opens no sentence, quotation, list or title
WORD = re.compile(r"[^\W\d_]+")
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
        return not (counts and COUNTS_AFTER.search(before))
    return not counts


def is_name(text: str, start: int, end: int, counts: bool) -> bool:
    """Whether a number is the end or the beginning of a name: "Boeing 737", "S&P 500", "the Big Four", "Group of Seven"."""
    before = text[max(0, start - 25) : start]
    capital = CAPITAL_BEFORE.search(before)
    if text[start].isdigit():
        if re.match(r"\s?[-–]\s?\d|\sto\s\d", text[end : end + 5]):
            return False  # a score after the name of a team
        return bool(capital and not counts and not _opens_sentence(before, capital.start()))
    return text[start].isupper() and _in_sentence(text, start)


def _in_sentence(text: str, start: int) -> bool:
    """Whether a capital stands in a sentence that small letters go on in, as that of a name does ("the Big Five clubs"), and no title's."""
    before = text[max(0, start - 60) : start].rpartition("\n")[2]
    around = WORD.findall(before + text[start : start + 40].partition("\n")[0])
    return bool(INSIDE.search(before)) and any(len(word) > 4 and word[0].islower() for word in around)


def _opens_sentence(before: str, start: int) -> bool:
    return not before[: start + 1].strip() or before[: start + 1].rstrip()[-1:] in ".!?\n"
