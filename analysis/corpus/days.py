"""Days as newspapers, databases and feeds write them, in ISO 8601, no more exact than they are told."""

import re
import warnings
from collections.abc import Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from analysis.corpus.found import DAYS
from analysis.words import MONTHS, SHORT_MONTHS, either

MONTH_NAMES = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
MONTH = rf"(?P<month>{either([*MONTHS, *SHORT_MONTHS])})\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:1[5-9]|2\d)\d\d)"
WRITTEN = [re.compile(rf"\b{MONTH}\s+{DAY},?\s+{YEAR}\b", re.I), re.compile(rf"\b{DAY}\.?\s+{MONTH},?\s+{YEAR}\b", re.I)]
COMPACT = re.compile(r"((?:1[5-9]|2\d)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?")
SLASHED = re.compile(r"((?:1[5-9]|2\d)\d\d)[/.](\d{1,2})[/.](\d{1,2})")
TIME = re.compile(r"\b(\d{1,2}):(\d\d)(?::(\d\d))?\s*([AP])?\.?M?\.?(?:\s*(?P<zone>GMT|UTC|Z|[+-]\d\d:?\d\d))?(?![\d:])", re.I)
FOREIGN = re.compile(r"(?=.*[^\W\d_]{3})(?=.*\b(?:1[5-9]|2\d)\d\d\b)(?=.*\b\d{1,2}\b).{6,40}")
LONGEST = 200  # characters
YEARS = range(1500, 3000)  # "0001-01-01" is how some programs write that a day is not known


def iso(words: str | None) -> str | None:
    """A day, or a day and time, as 2024-03-01 or 2024-03-01T06:00:00+01:00; None where the words tell none for certain.

    "01/02/2024" tells none: it is a day of January or of February. The time zone is kept where it is told, and none is made up.
    """
    words = " ".join((words or "")[:LONGEST].split())
    for read in (_iso, _compact, _slashed, _mail, _written, _foreign):
        try:
            if words and (found := read(words)):
                return found
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


def is_day(told: str) -> bool:
    """Whether a date, or a date and time, begins with a day as 2024-03-01."""
    try:
        return date.fromisoformat(told[:10]).year in YEARS
    except ValueError:
        return False


def no_days(facts: Mapping[str, str]) -> list[str]:
    """The names of the facts that should be days and are none."""
    return [name for name in DAYS if name in facts and not is_day(facts[name])]


def no_day(name: str, told: str) -> str:
    """Why a date is left out."""
    return f"{name} {told[:60]!r} is no day, so it is left out; write it as 2024-03-01"


def as_days(facts: dict[str, str]) -> dict[str, str]:
    """Facts whose days are in ISO 8601, or as they were where they are none."""
    return facts | {name: iso(facts[name]) or facts[name] for name in DAYS if name in facts}


def _iso(words: str) -> str | None:
    day = date.fromisoformat(words[:10])
    rest = words[10:].replace(" ", "", 1) if words[10:11] == " " else words[10:].removeprefix("T")
    if words[4:5] != "-" or not rest:
        return day.isoformat() if words[4:5] == "-" else None
    datetime.fromisoformat(f"{day}T{rest.replace(' ', '')}")
    return f"{day}T{rest.replace(' ', '')}"


def _compact(words: str) -> str | None:
    found = COMPACT.fullmatch(words)
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    told = date(int(year), int(month), int(day)).isoformat()
    return told if hour is None else datetime.fromisoformat(f"{told}T{hour}:{minute}:{second or '00'}{zone or ''}").isoformat()


def _slashed(words: str) -> str | None:
    found = SLASHED.match(words)
    return found and date(*map(int, found.groups())).isoformat()


def _mail(words: str) -> str | None:
    """As feeds and mails have it: "Fri, 01 Mar 2024 06:00:00 +0100"."""
    return parsedate_to_datetime(words).isoformat() if re.search(r"\d\d:\d\d.*\d{4}|\d{4}.*\d\d:\d\d", words) else None


def _written(words: str) -> str | None:
    found = next(filter(None, (pattern.search(words) for pattern in WRITTEN)), None)
    if not found:
        return None
    told = date(int(found["year"]), MONTH_NAMES[found["month"][:3].lower()], int(found["day"])).isoformat()
    return told + _time(words[found.end():])


def _time(words: str) -> str:
    """"T09:20+00:00" for "Monday 9:20 AM GMT"; "" where no time is told."""
    found = TIME.search(words)
    if not found:
        return ""
    hour, half, zone = int(found[1]), (found[4] or "").upper(), (found["zone"] or "").upper()
    hour = hour % 12 + 12 * (half == "P") if half else hour
    told = f"T{hour:02}:{found[2]}{':' + found[3] if found[3] else ''}{'+00:00' if zone in ('GMT', 'UTC', 'Z') else zone}"
    datetime.fromisoformat(f"2000-01-01{told}")
    return told


def _foreign(words: str) -> str | None:
    """A day with a month in another language."""
    if any(pattern.search(words) for pattern in WRITTEN) or not FOREIGN.fullmatch(words):
        return None
    import dateparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dateparser.parse(words, settings={"STRICT_PARSING": True, "PARSERS": ["absolute-time"]})
    return found and found.date().isoformat()
