"""What changed, as entries of Atom feeds: times are the articles' days and ids addresses that last, so that the same articles give the same."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from analysis import addresses, show
from analysis.story.event import grouped
from analysis.story.finding import chief, comparisons_of, named, subject
from analysis.story.told import Row, Told, headline, short

MOST = 100  # entries of a feed, the newest
AUTHORITY = "tag:onrecord.invalid,2026:"  # what ids begin with; a report does not know where it is published
UNDATED = "1970-01-01T00:00:00Z"


class Entry(NamedTuple):
    """Something new: its address from the report's folder, the time, a title, and a sentence."""

    path: str
    updated: str
    title: str
    summary: str


def of_all(told: Told) -> list[Entry]:
    """An entry for each event, of the last day that something was told of it."""
    return _newest(Entry(addresses.event(row.event_id), _time(row.last), headline(told, row.event_id), _summary(told, row))
                   for row in told.rows("events"))


def _summary(told: Told, event: Row) -> str:
    return ". ".join(filter(None, [chief(told, event.event_id), show.count(event.articles, "article")])) + "."


def of_event(told: Told, event_id: str) -> list[Entry]:
    """An entry for each reading of an event's numbers, each denial, and each article."""
    return _newest([*_readings(told, event_id), *_denials(told, event_id),
                    *(_article(told, row) for row in told.articles(event_id))])


def _readings(told: Told, event_id: str) -> Iterator[Entry]:
    for comparison in comparisons_of(told, event_id):
        for group in grouped(told, comparison):
            first, days = group[0], [row.as_of for row in group if row.as_of]
            title = f"{subject(told, comparison)}: {show.legible(first.reading)}, by {named(first)}"
            yield Entry(told.hrefs[first.figure_id], _time(min(days, default=None)), title, short(first.quote))


def _denials(told: Told, event_id: str) -> Iterator[Entry]:
    for row in told.denials.get(event_id, []):
        claim = told.claim(row.claim_id)
        title = f"{show.legible(told.names[row.source_id])} denies what {show.legible(told.names[row.denied_source_id])} says"
        yield _of_claim(told, claim, title)


def _article(told: Told, row: Row) -> Entry:
    outlet = show.legible(row.outlet)
    summary = f"A new article of {outlet}." if outlet else "A new article."
    return Entry(addresses.article(row.article_id), _time(row.published), told.title(row.article_id), summary)


def of_source(told: Told, source_id: str) -> list[Entry]:
    """An entry for each claim of a source."""
    name = show.legible(told.names[source_id])
    return _newest(_of_claim(told, claim, f"{name}, “{short(claim.cue, 40)}”")
                   for claim in told.of("claims", "source_id", source_id))


def _of_claim(told: Told, claim: Row, title: str) -> Entry:
    return Entry(told.hrefs[claim.claim_id], _time(told.one("articles", "article_id", claim.article_id).published), title,
                 short(claim.content))


def is_followed(told: Told, source_id: str) -> bool:
    """Whether a source has a feed: one that is heard in a single article is one of its own, and brings nothing new."""
    return told.one("sources", "source_id", source_id).articles > 1


def id_of(corpus_name: str, path: str) -> str:
    """The id of a feed or an entry: the same for as long as its address is."""
    return f"{AUTHORITY}{quote(show.legible(corpus_name), safe='')}/{path}"


def _newest(entries) -> list[Entry]:
    first = {entry.path: entry for entry in entries}
    return sorted(sorted(first.values()), key=lambda entry: entry.updated, reverse=True)[:MOST]


def _time(day: str | None) -> str:
    """A day as Atom has times; what is no day is the first of all."""
    try:
        return f"{date.fromisoformat((day or '')[:10]).isoformat()}T00:00:00Z"
    except ValueError:
        return UNDATED
