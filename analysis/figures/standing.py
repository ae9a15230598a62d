"""Standing: which figure counts a part of what another counts ("28 killed, including nine children"), and which tells of
another event or time than the news, with the words that say so."""

import re

from analysis.types import Figure
from analysis.words import MONTHS, either

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
PAST_EVENT = (
    r"(?:attacks?|war|wars|invasion|crisis|revolution|earthquake|quake|election|elections|bombings?|massacre|uprising|conflict|disaster|tsunami|hurricane|"
    r"cyclone|typhoon|floods?|flooding|eruption|crash|riots?|protests?|coup|outbreak|pandemic|epidemic|season|campaign|strike|strikes|operation|offensive|"
    r"siege|blast|explosion|fire|fires|wildfires?|census|vote|referendum|poll|final|tournament|games|world\scup|famine|genocide|recession|budget|deal|agreement|raid)"
)
BACKGROUND = re.compile(
    rf"(?P<event>\b(?i:the|a|an|its|their|his|her|that)\s(?:[\w-]+\s){{0,3}}?(?:(?:1[5-9]|20)\d\d(?:[-–/]\d{{2,4}})?)\s(?:[\w-]+\s){{0,3}}?{PAST_EVENT}\b)"
    rf"|(?P<era>\b(?:in|during|throughout|over)\s(?:the\s)?(?:early\s|late\s|mid-)?(?:1[5-9]|20)\d0s\b)"
    rf"|(?P<year>\b(?:[Ii]n|[Ss]ince|[Bb]y|[Dd]uring|[Ff]rom|[Bb]etween|[Uu]ntil|[Bb]efore|[Aa]fter)\s(?:the\s(?:year|end\sof|start\sof|beginning\sof)\s)?"
    rf"(?:(?:{either(MONTHS)})\s(?:\d{{1,2}},?\s)?)?(?:1[5-9]|20)\d\d(?:\s(?:and|to)\s(?:1[5-9]|20)\d\d)?\b(?![%,]\d))"
    r"|(?P<last>\b(?:[Ll]ast|[Tt]he\sprevious|[Tt]he\spreceding|[Tt]he\sprior)\s(?:year|season|decade|century|quarter|month|census|election|war|time|edition|summer|winter|spring|autumn)\b)"
    r"|(?P<ago>\b(?:[Aa]n?|\d+|[A-Za-z][a-z]*(?:-[a-z]+)?)\s(?:years?|decades?|months?|centuries|century)\s(?:ago|earlier|before|previously)\b)"
    rf"|(?P<of>\b{PAST_EVENT}\sof\s(?:(?:1[5-9]|20)\d\d)\b|\bfor\s(?:(?:1[5-9]|20)\d\d)\b)"
    rf"|(?P<named>\b[Dd]uring\sthe\s(?:[\w-]+\s){{0,4}}(?:war|revolution|civil\swar|occupation|cold\swar|intifada|uprising)\b)",
)
REACH = 200  # characters looked at either way of a number


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


def background_of(text: str, start: int, end: int, sentence: tuple[int, int], published_year: int | None) -> str | None:
    """The words near the figure in its sentence that set it in another time or event, or None where it is news.

    A year is another time unless it is that of publication.
    """
    for found in BACKGROUND.finditer(text, max(sentence[0], start - REACH), min(sentence[1], end + REACH)):
        if found.start() <= start < found.end() or start <= found.start() < end:
            continue
        if found.lastgroup == "named" and found.end() <= start and "," not in text[found.end() : start]:
            continue
        years = re.findall(r"\b(?:1[5-9]|20)\d\d\b", found[0])
        if years and published_year is not None and all(int(year) >= published_year for year in years):
            continue
        return found[0]
    return None
