"""The day a figure is as of, where the text or the metadata tells it; never guessed."""

import re
from datetime import date, timedelta

from analysis.compare.places import MONTHS, WEEKDAYS

UP_TO = re.compile(
    rf"\b(?:as of|by|until|up to|as at)\s(?:late |early |midday |noon |the end of )?(?:(?P<weekday>{'|'.join(WEEKDAYS)})"
    rf"|(?P<day>\d{{1,2}})\s(?P<month>{'|'.join(MONTHS)})(?:,?\s(?P<year>\d{{4}}))?"
    rf"|(?P<month_first>{'|'.join(MONTHS)})\s(?P<day_last>\d{{1,2}})(?:,?\s(?P<year_last>\d{{4}}))?)\b"
)


def as_of(words: str, published: str | None) -> tuple[str | None, str | None]:
    """The day of a figure (ISO), and where that is from: "text", "published"; two None where it is not known.

    `words` are the figure's clause, `published` its article's date. "by Tuesday" is the last Tuesday up to the day of
    publication; a day without a year is of the year of publication; without one, neither is known.
    """
    day = _day(published)
    told = UP_TO.search(words)
    if told and (found := _told(told, day)):
        return found.isoformat(), "text"
    return (day.isoformat(), "published") if day else (None, None)


def _told(told: re.Match, day: date | None) -> date | None:
    if told["weekday"]:
        return day - timedelta((day.weekday() - WEEKDAYS.index(told["weekday"])) % 7) if day else None
    year = told["year"] or told["year_last"] or (day and day.year)
    try:
        return date(int(year), MONTHS.index(told["month"] or told["month_first"]) + 1, int(told["day"] or told["day_last"]))
    except (TypeError, ValueError):  # no year is known, or there is no such day
        return None


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except (TypeError, ValueError):
        return None
