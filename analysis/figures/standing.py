"""Standing: which figure counts a part of what another counts ("28 killed, including nine children"), and which tells of
another event or time than the news, with the words that say so."""

import re

from analysis.types import Figure
from analysis.words.patterns import either_of, named

PART_BEFORE, PART_AFTER, AND_MORE = named("standing", "part_before", "part_after", "and_more")
BACKGROUND = either_of("standing", "event", "era", "year", "last", "ago", "of", "named")
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
REACH = 200  # characters looked at either way of a number


def link_parts(text: str, figures: list[Figure]) -> None:
    """Set `part_of` of every count or share that the text puts inside the count before it."""
    for index, figure in enumerate(figures):
        if figure.kind in ("count", "share", "percent"):
            figure.part_of = _whole_of(text, figures, index)
            if figure.part_of is not None and figure.measure is None:
                figure.measure = figures[figure.part_of].measure
            if figure.part_of is not None and figure.kind == "count" and not figure.unit:
                figure.unit = figures[figure.part_of].unit


def _whole_of(text: str, figures: list[Figure], index: int) -> int | None:
    figure = figures[index]
    before = text[max(0, figure.span[0] - 60) : figure.span[0]]
    after = text[figure.span[1] : figure.span[1] + 40]
    if PART_BEFORE.search(before) or PART_AFTER.match(after):
        return _previous_whole(figures, index)
    if index and figures[index - 1].part_of is not None:
        between = text[figures[index - 1].span[1] : figure.span[0]]
        if (
            (figure.measure is None or figure.measure == figures[index - 1].measure)
            and "\n" not in between
            and "." not in between
            and AND_MORE.fullmatch(between)
        ):
            return figures[index - 1].part_of
    return None


def _previous_whole(figures: list[Figure], index: int) -> int | None:
    """The nearest count before, in this sentence or the one before, that is large enough and no part itself."""
    figure = figures[index]
    for place in range(index - 1, max(-1, index - 7), -1):
        whole = figures[place]
        if figure.span[0] - whole.span[1] > 250:
            return None
        if whole.kind == "count" and whole.part_of is None and _largest(whole) >= (_largest(figure) if figure.kind == "count" else 0):
            return place
    return None


def _largest(figure: Figure) -> float:
    return figure.high if figure.high is not None else figure.value or 0.0


def background_of(text: str, start: int, end: int, sentence: tuple[int, int], published_year: int | None) -> str | None:
    """The words near the figure in its sentence that set it in another time or event, or None where it is news.

    A year is another time unless it is that of publication.
    """
    for found in BACKGROUND.finditer(text, max(sentence[0], start - REACH), min(sentence[1], end + REACH)):
        if found.start() <= start < found.end() or start <= found.start() < end:
            continue
        if found.lastgroup == "named" and found.end() <= start and "," not in text[found.end() : start]:
            continue
        years = YEAR.findall(found[0])
        if years and published_year is not None and all(int(year) >= published_year for year in years):
            continue
        return found[0]
    return None
