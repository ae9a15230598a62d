"""Background: numbers about another event or time than the news, with the words that say which."""

import re

from analysis.words import MONTHS, either

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
