"""What can be seen of a line of a page by which furniture is told from an article's paragraphs: numbers from 0 to 1, by name."""

import math
import re
from collections import Counter
from collections.abc import Sequence

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")
PATTERNS = {name: re.compile(pattern) for name, pattern in {
    "date": r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2},? \d{4}",
    "clock": r"\b\d{1,2}[:.]\d\d ?(?:[ap]\.?m\b|AM\b|PM\b|GMT|[EBC]ST|ET\b|UTC)",
    "handle": r"@\w|#\w",
    "address": r"https?:|www\.|\w\.(?:com|org|co\.uk|net)\b",
    "bar": r"[|»›•·]",
    "rights": r"©|\(c\)|[Cc]opyright|[Rr]ights [Rr]eserved",
    "slash": r"\w/\w",
    "agency": r"\b(?:Getty|AFP|REUTERS|Reuters|AP|EPA|PA|Shutterstock|Bloomberg|Xinhua|Anadolu|ANI|PTI|UPI|TASS)\b",
    "picture": r"(?i)\b(?:photos?|photographs?|images?|pictures?|videos?|credit|courtesy|caption|gallery|slideshow)\b",
    "counter": r"\b\d+ (?:of|/) ?\d+\b|\b\d+ (?:shares|comments|views|photos|images|minutes? read)\b",
    "ago": r"\b(?:hours?|minutes?|mins?|days?) ago\b",
    "asking": r"(?i)\b(?:read more|read also|read the full|see also|also read|click|subscribe|sign up|newsletter"
              r"|follow (?:us|@)|share this|tweet|whatsapp|facebook|instagram|advertisement|cookies?|log ?in"
              r"|inbox|comments?|related|recommended|most read|hide|toggle|enlarge|skip|download|watch|listen)\b",
    "byline": r"^(?:By|Written by|Reported by|Reporting by|Editing by|Story by)\b",
    "desk": r"\((?:Reporting|Writing|Editing|Additional)\b|\bcontributed to (?:this|the) (?:report|story)\b|\b(?:Press|staff) writers?\b",
    "updated": r"(?i)^(?:updated|published|posted|last updated|first published|update:|correction)",
    "bracketed": r"^[(\[].*[)\]]$",
    "file": r"^(?:FILE\b|File (?:photo|image|picture))",
    "quote": r"[\"“”]",
    "seen": r"\b(?:is|are) (?:seen|pictured|shown)\b|\((?:left|right|cent(?:re|er)|[CLR])\)|, (?:left|right|cent(?:re|er)),",
    "shows": r"\b(?:speaks|attends|poses|walks|stands|holds|looks|waves|sits|arrives|gestures|listens|pose|gather|celebrates?|smiles|cheers?"
             r"|greets|watches)\b",
    "asks": r"\?$",
    "dashes": r"^[-–—*#=_. ]+$|^[-*] .* [-*]$",
    "says": r"\b(?:said|says|told|added|according to)\b",
    "past": r"\b(?:was|were|had|did)\b|\w{3}ed\b",
}.items()}
# Without one of these no line is furniture, however it looks: a short paragraph has none. A headline may have a weak one.
SIGNS = frozenset(("clock", "handle", "address", "bar", "rights", "agency", "picture", "counter", "ago", "asking", "byline", "desk",
                   "updated", "bracketed", "file", "seen", "shows", "dashes", "repeated"))
WEAK = frozenset(("seen", "shows", "repeated", "clock", "asking", "picture"))
FEWEST, MOST = 4, 3_000  # lines of a page: of fewer nothing is known, and more is no page
WRAPPED = 100  # characters: a text without a longer line has its paragraphs broken into lines
LONGEST = 500  # characters of a line that may be furniture
PLACES = 4  # lines from the beginning, and from the end, that are told apart
NEIGHBOURS = (-2, -1, 1, 2)


def marks(lines: Sequence[str]) -> list[dict[str, float]]:
    """The marks of each line of a text, those of the lines around it among them (as "-1 bar")."""
    count = Counter(lines)
    alone = [_marks_of(line, at, len(lines), count[line] > 1) for at, line in enumerate(lines)]
    return [{**own, **_around(alone, at)} for at, own in enumerate(alone)]


def in_question(lines: Sequence[str], seen: Sequence[dict[str, float]]) -> list[bool]:
    """Which lines may be furniture at all; none of a text of a few lines, or of one whose paragraphs are broken into lines."""
    if not FEWEST <= len(lines) <= MOST or max(map(len, lines)) <= WRAPPED:
        return [False] * len(lines)
    return [len(line) <= LONGEST and not (SIGNS - WEAK if at == 0 and "ends" not in found else SIGNS).isdisjoint(found)
            for at, (line, found) in enumerate(zip(lines, seen))]


def _around(alone: list[dict[str, float]], at: int) -> dict[str, float]:
    around = [(place, alone[at + place] if 0 <= at + place < len(alone) else {}) for place in NEIGHBOURS]
    return {f"{place:+} {name}": value for place, found in around for name, value in found.items() if not name.startswith("place")}


def _marks_of(line: str, at: int, lines: int, repeated: bool) -> dict[str, float]:
    words = WORD.findall(line[:2_000])
    long = [word for word in words if len(word) > 3]
    found = {
        "length": min(math.log1p(len(line)), 7) / 7,
        **{f"under {most} words": len(words) < most for most in (5, 10, 20)},
        "title case": sum(word[0].isupper() for word in long) / max(1, len(long)),
        "capitals": sum(word.isupper() and len(word) > 1 for word in words) / max(1, len(words)),
        "ends": ENDS.search(line[-8:]) is not None, "ends in colon": line.endswith(":"), "begins small": line[:1].islower(),
        "digits": sum(map(str.isdigit, line)) / len(line),
        "sentences": min(len(re.findall(r"[.!?][\"”’)]* [A-Z“\"]", line[:2_000])), 4) / 4,
        "repeated": repeated, "place": at / lines,
        **{f"place {place}": at == place for place in range(PLACES)}, **{f"place -{place}": lines - 1 - at == place for place in range(PLACES)},
        **{name: pattern.search(line[:2_000]) is not None for name, pattern in PATTERNS.items()},
    }
    return {name: float(value) for name, value in found.items() if value}
