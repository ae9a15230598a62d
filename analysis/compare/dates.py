"""The day a figure or an article is of, where the text or the metadata tells it; never guessed."""

import re
from datetime import date, timedelta

from analysis.corpus.days import YEARS
from analysis.words import MONTHS, WEEKDAYS
from analysis.words.patterns import named

UP_TO, YESTERDAY, WEEKDAY, SAID_ON, DEED, DATELINE = named("days", "up_to", "yesterday", "weekday", "said_on", "deed", "date")
SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")
FORMS = ("", "_first", "_last", "_digits", "_sure", "_over")
HEAD = 60  # words, in which an article bears its own date


def article_day(text: str, published: str | None) -> tuple[str | None, str | None]:
    """The day an article is of (ISO), and where that is from: "dateline", "published"; two None where it is not known.

    `published` is what the metadata tell; a date that the article itself bears in its opening comes first.
    """
    for told in DATELINE.finditer(" ".join(text.split(maxsplit=HEAD)[:HEAD])):
        if not told["led"] and (found := _told(told, None)):
            return found.isoformat(), "dateline"
    day = _day(published)
    return (day.isoformat(), "published") if day else (None, None)


def as_of(words: str, day: str | None, day_from: str | None) -> tuple[str | None, str | None]:
    """The day of a figure (ISO), and where that is from: "text", or what `day_from` tells; two None where it is not known.

    `words` are the figure's clause, `day` is its article's. "by Tuesday" is the last Tuesday up to that day; a day
    without a year is of that year; without one, neither is known.
    """
    told = UP_TO.search(words)
    if told and (found := _told(told, _day(day))):
        return found.isoformat(), "text"
    return day, day_from


def days_named(words: str, day: str | None) -> frozenset[str]:
    """The days (ISO) that "Friday", "yesterday" or "today" in a text mean: the last such up to `day`, its article's; none without it.

    A day on which something was only said ("police said on Friday") is none of them.
    """
    here = _day(day)
    if not here:
        return frozenset()
    found = {_last(name, here) for name in WEEKDAY.findall(SAID_ON.sub(" ", words))}
    found |= {here - timedelta(word.lower() == "yesterday") for word in YESTERDAY.findall(words)}
    return frozenset(each.isoformat() for each in found)


def days_of_deeds(words: str, day: str | None) -> frozenset[str]:
    """The days that `days_named` finds in sentences that tell of an attack, an accident or the like."""
    return frozenset().union(*(days_named(sentence, day) for sentence in SENTENCE_END.split(words) if DEED.search(sentence)))


def _told(told: re.Match, day: date | None) -> date | None:
    """The date that a match names, completed from `day`; None where that cannot be done, or where there is no such day."""
    named = told.groupdict()
    if named.get("weekday"):
        return _last(named["weekday"], day) if day else None
    year, month, number = (next(filter(None, (named.get(f"{part}{form}") for form in FORMS)), None)
                           for part in ("year", "month", "day"))
    try:
        found = date(int(year or day.year), int(month) if month.isdigit() else _month(month), int(number))
    except (AttributeError, ValueError):
        return None
    return found if found.year in YEARS else None


def _last(weekday: str, day: date) -> date:
    return day - timedelta((day.weekday() - WEEKDAYS.index(weekday)) % 7)


def _month(name: str) -> int:
    return next(place for place, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except (TypeError, ValueError):
        return None
