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
SINCE = re.compile(r"\bsince\b[^,.;]*$", re.IGNORECASE)
REACH = 200  # characters looked at either way of a number
CLAUSE_BREAK = re.compile(r"[;:]|,\s(?:but|and|while|whereas|compared|against|up|down|versus|from)\b|\.(?:\s|$)|\n|\s[–—]\s")


def background_of(text: str, start: int, end: int, sentence: tuple[int, int], published_year: int | None) -> str | None:
    """The words of the figure's clause that set it in another time or event, or None where it is news.

    A clause runs between semicolons, dashes and commas before a conjunction. A year is another time unless it is that
    of publication.
    """
    sentence = max(sentence[0], start - REACH), min(sentence[1], end + REACH)
    clause_start = sentence[0]
    for cut in CLAUSE_BREAK.finditer(text, sentence[0], start):
        clause_start = cut.end() if cut[0][:1] != "," else cut.start() + 1
    cut = CLAUSE_BREAK.search(text, end, sentence[1])
    clause_end = cut.start() if cut else sentence[1]
    for found in BACKGROUND.finditer(text, clause_start, clause_end):
        if found.start() <= start < found.end() or start <= found.start() < end:
            continue
        if SINCE.search(text, max(sentence[0], found.start() - 60), found.start()):
            continue  # "since the war began in 2011" says from when the number counts, not that it is past
        if found.lastgroup == "named" and found.end() <= start and "," not in text[found.end() : start]:
            continue
        years = re.findall(r"\b(?:1[5-9]|20)\d\d\b", found[0])
        if years and published_year is not None and all(int(year) >= published_year for year in years):
            continue
        return found[0]
    return None
