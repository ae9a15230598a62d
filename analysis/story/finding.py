"""What the readings of one thing amount to, in a sentence a chart can bear as its title."""

from analysis import show
from analysis.compare.intervals import between, in_words
from analysis.story.told import Row, Told
from analysis.types import UNKNOWN_OUTLET
from analysis.words import PLURAL_NOUNS

SEVERAL_SAY = 2  # so many are named with what they say; of more the lowest and the highest


def is_apart(comparison: Row) -> bool:
    """Whether its sources surely cannot all be right."""
    return comparison.verdict == "disagree"


def comparisons_of(told: Told, event_id: str) -> list[Row]:
    """An event's comparisons: surely apart first, then of several origins, then of a plain measure, then with most origins, outlets and figures."""
    def order(row: Row) -> tuple:
        return -is_apart(row), row.origins == 1, not _is_plain(told, row), -row.origins, -row.outlets, -row.figures, row.what
    return sorted(told.of("comparisons", "event_id", event_id), key=order)


def _is_plain(told: Told, comparison: Row) -> bool:
    """Whether most of its figures are of a plain measure, as killed or injured, rather than of whatever was counted."""
    rows = told.of("compared", "comparison_id", comparison.comparison_id)
    return 2 * sum(row.measure is not None for row in rows) > len(rows)


def subject(told: Told, comparison: Row) -> str:
    """What is counted, without the event's own place: "Killed"."""
    place = told.one("events", "event_id", comparison.event_id).place
    words = show.legible(comparison.what)
    return words.removesuffix(f" {place}") if place else words


def finding(told: Told, comparison: Row) -> str:
    """What a comparison comes to: "Killed: Health Ministry says 22, St Brannoc Hospital 33"."""
    return f"{subject(told, comparison)}: {_amount(told, comparison)}"


def chief(told: Told, event_id: str) -> str:
    """What the first comparison of an event comes to; "" where it has none."""
    return next((finding(told, row) for row in comparisons_of(told, event_id)), "")


def _amount(told: Told, comparison: Row) -> str:
    origins = told.of("origins", "comparison_id", comparison.comparison_id)
    first, last = origins[0], origins[-1]
    if len(origins) == 1:
        return f"{first.reading}, by {named(first)} alone"
    if comparison.verdict == "agree":
        return f"{show.count(len(origins), 'source')} say {first.reading}"
    if is_apart(comparison) and len(origins) <= SEVERAL_SAY:
        return f"{named(first)} {_says(first.origin)} {first.reading}, {named(last)} {last.reading}"
    if is_apart(comparison):
        return f"from {first.reading} ({named(first)}) to {last.reading} ({named(last)})"
    return f"{in_words(between(comparison.low, comparison.high))}, {NOT_APART[comparison.verdict]}"


def _says(name: str) -> str:
    """"police say", "the ministry says"; a name in capitals is one body, as "Medics Without Borders"."""
    word = name.split()[-1] if name.split() else ""
    return "say" if word in PLURAL_NOUNS or word.islower() and word.endswith("s") and not word.endswith("ss") else "says"


NOT_APART = {
    "overlap": "and all may be right", "apart": "told of different days or with a vague word",
    "may differ": "and it is not sure that sources count the same",
}


def named(origin: Row) -> str:
    """Who an origin is."""
    return plain(origin.origin)


def plain(name: str) -> str:
    """The name of an origin or an outlet; an outlet that nobody names is "the article"."""
    return show.legible(name).replace(UNKNOWN_OUTLET[1], "the article")
