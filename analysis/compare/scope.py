"""What the words around a figure tell: which belong to it, what it counts, and what may make it none of the event's own."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from spacy.lang.en.stop_words import STOP_WORDS

from analysis.compare.rows import Figure
from analysis.corpus import Span
from analysis.types import BETWEEN_PIECES
from analysis.words import SPELT, lists, of_kind, patterns, plural, words_of as listed

ANYBODY = listed("comparing", "people", "anybody").union(of_kind("measures", "anybody"))
OF_PEOPLE, SAID_BY = of_kind("measures", "of people"), lists("comparing")["said_by"]
NUMBER = "#"
OPENING = 80  # words: what an article is about stands in them
AGAINST = {"longer": "a total over a longer time", "part": "a part", "earlier": "an earlier count, no longer told",
           "addition": "an addition to a count", "unsure": "not said to have happened"}  # what the rows of words/against.toml mean
BACKGROUND = "background"
DOUBTS = (BACKGROUND, *AGAINST.values())  # how all that `against` tells begins
BEGINS, ENDS = patterns.pattern("clauses", "begins"), patterns.pattern("clauses", "ends")


def said(figure: Figure, pieces: Iterable[Span]) -> Span:
    """Where the sentence of a figure stands, without the words for who says it; `pieces` are its claim's content."""
    start, end = figure.sentence_start, figure.sentence_end
    for first, last in pieces:
        if first <= figure.start < last:
            start, end = max(start, first), min(end, last)
    return start, end


def clause(text: str, figure: Figure, said: Span, others: Iterable[Figure]) -> Span:
    """Where the words stand that belong to a figure: in what is `said`, to a comma, and to the next of the article's figures."""
    start, end = said
    for other in others:
        if start <= other.start < figure.start:
            start = max(start, other.end)
        elif figure.end <= other.start < end:
            end = other.start
    for cut in BEGINS.finditer(text, start, figure.start):
        start = cut.end()
    cut = ENDS.search(text, figure.end, end)
    return start, cut.start() if cut else end


def against(text: str, figure: Figure, span: Span, before: Figure | None) -> str | None:
    """What may make a figure none of the event's own, in words; None where nothing does. `before` is the figure before it."""
    if figure.background is not None:
        return f"{BACKGROUND}: {figure.background}"
    words = " ".join(f"{text[span[0] : figure.start]}{NUMBER}{text[figure.end : span[1]]}".split())
    counts_else = before and before.sentence_start == figure.sentence_start and before.measure != figure.measure  # "9 killed and another 30 hurt"
    for row in patterns.rows("against"):
        if (found := row.pattern.search(words)) and not (row.name == "addition" and counts_else):
            return f"{AGAINST[row.name]}: {found[0].replace(NUMBER, figure.text)}"
    return None


def opening(text: str) -> str:
    """The headline and the first words of an article, in which stands what it is about."""
    return re.match(rf"\s*(?:\S+\s*){{0,{OPENING}}}", text)[0]


def opens(text: str, figure: Figure) -> bool:
    """Whether a figure stands in its article's headline or opening."""
    return figure.start <= _end_of_opening(text)


@lru_cache(maxsize=64)
def _end_of_opening(text: str) -> int:
    """Where the last word of an article's opening begins; of a shorter text, its end."""
    last = next(islice(re.finditer(r"\S+", text), OPENING - 1, None), None)
    return last.start() if last else len(text)


def group(figure: Figure) -> str:
    """Who or what is counted, in the singular: "people", "child", "Velmoran soldier"; what people are called in general is "people"."""
    unit = figure.unit.lower()
    plain = "people" if figure.measure in OF_PEOPLE and unit in ANYBODY else unit
    named = re.search(rf"\b([A-ZÀ-Þ][\w’'-]+)\s(?={re.escape(plural(unit))}\b|{re.escape(unit)}\b)", figure.counted, re.IGNORECASE) if unit else None
    return f"{named[1]} {plain}" if named and named[1][0].isupper() else plain


def words_of(text: str) -> frozenset[str]:
    """The telling words of a phrase, in lower case and the singular, more or less."""
    found = (word.lower() for word in SPELT.findall(text))
    return frozenset(word.removesuffix("s") for word in found if word not in STOP_WORDS and len(word) > 2)


def label(figure: Figure) -> str:
    """What a figure tells, as one would head a column: "Killed", "Children killed", "Damage", "Age of the driver"."""
    measure, who = figure.measure, group(figure)
    counted = figure.counted.rpartition(BETWEEN_PIECES)[2] if figure.kind == "age" else figure.counted.replace(BETWEEN_PIECES, " ")
    if measure is not None:
        said_twice = plural(who).endswith(measure) or who in SAID_BY.get(measure, ())  # "missile strikes" are strikes
        whole = figure.kind == "money" or who in ("people", "") or measure.startswith(plural(who))  # "jobs cut" tells of jobs
        named = measure if whole else plural(who) if said_twice else f"{plural(who)} {measure}"
    elif figure.kind == "count":
        named = plural(who) or counted or "number"
    elif figure.kind == "age":
        named = f"age of {counted}" if counted else "age"
    else:
        named = counted or figure.kind
    return named[:1].upper() + named[1:]
