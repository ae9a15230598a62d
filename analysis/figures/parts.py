"""Parts: which figure counts a part of what another figure counts ("28 killed, including nine children")."""

import re
from typing import TYPE_CHECKING


if TYPE_CHECKING:
    from analysis.figures import Figure

PART_LINK = re.compile(
    r"\b(?:including|include[sd]?|among\s(?:them|whom|the\s(?:dead|wounded|injured|victims|killed|missing|arrested|casualties|detained|detainees))|"
    r"(?:most|many|some)\sof\s(?:them|whom)|of\sthe\s(?:dead|wounded|injured|victims|killed|missing|arrested|casualties|detained|detainees|[\d,]+)|of\s(?:whom|which|them|these|those)|comprising|made\sup\sof|consisting\sof),?(?:\s(?:at\sleast|about|some|were|was|also|over|"
    r"more\sthan|nearly|up\sto|an\sestimated))*\s?$",
    re.IGNORECASE,
)
PART_AFTER = re.compile(
    r"\s(?:\w+\s)?(?:of\s(?:whom|them|which|these|those|the\s(?:dead|wounded|injured|victims|killed|missing|casualties|detainees))"
    r"|(?:critically|seriously|severely|gravely)(?=[.,;]|$)"
    r"|(?:\w+\s){0,3}among\s(?:them|the\s(?:dead|wounded|injured|victims|killed|missing|casualties|detainees)))\b",
    re.IGNORECASE,
)
AND_MORE = re.compile(r"[\w\s'’,-]{0,60}?(?:,|\sand)\s(?:at\sleast\s|about\s|some\s)?$", re.IGNORECASE)


def link_parts(text: str, figures: list["Figure"]) -> None:
    """Set `part_of` of every count or share that the text puts inside the count before it."""
    for index, figure in enumerate(figures):
        if figure.kind in ("count", "share", "percent"):
            figure.part_of = _whole_of(text, figures, index)
            if figure.part_of is not None and figure.measure is None:
                figure.measure = figures[figure.part_of].measure
            if figure.part_of is not None and figure.kind == "count" and not figure.unit:
                figure.unit = figures[figure.part_of].unit


def _whole_of(text: str, figures: list["Figure"], index: int) -> int | None:
    figure = figures[index]
    before = text[max(0, figure.span[0] - 60) : figure.span[0]]
    after = text[figure.span[1] : figure.span[1] + 40]
    if PART_LINK.search(before) or PART_AFTER.match(after):
        return _previous_whole(text, figures, index)
    if index and figures[index - 1].part_of is not None:
        between = text[figures[index - 1].span[1] : figure.span[0]]
        if (figure.measure is None or figure.measure == figures[index - 1].measure) and "\n" not in between and "." not in between and AND_MORE.fullmatch(between):
            return figures[index - 1].part_of
    return None


def _previous_whole(text: str, figures: list["Figure"], index: int) -> int | None:
    """The nearest count before, in this sentence or the one before, that is large enough and no part itself."""
    figure = figures[index]
    for place in range(index - 1, max(-1, index - 7), -1):
        whole = figures[place]
        if figure.span[0] - whole.span[1] > 250:
            return None
        if whole.kind == "count" and whole.part_of is None and _largest(whole) >= (_largest(figure) if figure.kind == "count" else 0):
            return place
    return None


def _largest(figure: "Figure") -> float:
    return figure.high if figure.high is not None else figure.value or 0.0
