"""Which incident a figure is of: where and when that was, and what may be another."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from analysis.compare import scope
from analysis.compare.places import only_country, places, same_place
from analysis.compare.rows import CountedFigure, Dated, Event, GroupedFigure, LocatedFigure, further
from analysis.sources.lexicon import load_lexicon


def country_of(rows: list[CountedFigure]) -> str:
    """The country that the openings of the figures' articles name, "" where they name none or several."""
    return only_country(scope.opening(article.text) for article in _articles(rows))


def located(rows: list[CountedFigure], event: Event, country: str) -> list[LocatedFigure]:
    """The rows with what each is limited to, and the places its article opens with.

    What needs not be told of an event's own figures are its place and country, what half of its articles open with, and the
    day most of them name. A headline leaves out where and when, as do the first words of a page: it is where the same number below is.
    """
    openings = {article.article_id: scope.opening(article.text) for article in _articles(rows)}
    named = {article_id: frozenset(place.name for place in places(text)) - set(load_lexicon().names) for article_id, text in openings.items()}
    times = Counter(name for names in named.values() for name in names)
    shared = {name for name, of in times.items() if of > 1 and of * 2 >= len(named)}
    days = Counter(row.weekday for row in rows if row.weekday).most_common(1)
    own = {event.at, country, *shared, *(day for day, _ in days)} - {""}
    found = [further(row, LocatedFigure, event_id=event.event_id, place=scope.place(row, own), opened_at=named[row.article_id]) for row in rows]
    told = {(row.article_id, row.number, row.measure): row for row in found if row.days or not row.in_headline}
    again = [told.get((row.article_id, row.number, row.measure), row) if row.in_headline or not (row.days or row.place) else row for row in found]
    return [replace(row, place=other.place, days=other.days) for row, other in zip(found, again)]


def _articles(rows: list[CountedFigure]) -> Iterable[Dated]:
    return {row.article_id: row.article for row in rows}.values()


def doubted(rows: list[LocatedFigure], event: Event, country: str) -> list[LocatedFigure]:
    """The rows, with `doubt` of what may be about another incident: what words begin another, and, below the opening, what
    follows on the name of another place and says neither where it was nor what of.

    What is in doubt is set aside, but for an article alone on its event: there it is, where nothing is against it.
    """
    own, told, found = {event.at, country} - {""}, {}, []
    named_in = {article.article_id: places(article.text) for article in _articles(rows)}
    for row in rows:
        first = told.setdefault((row.article_id, row.measure), row.number) == row.number
        other = scope.other_incident(row, first)
        doubt = f"another incident or time: {other}" if other else _elsewhere(row, named_in[row.article_id], own)
        found.append(replace(row, doubt=doubt))
    return found


def _elsewhere(row: LocatedFigure, named: list, own: set[str]) -> str | None:
    """Why a figure may be of another place than its event's: the place that its article names last before it."""
    if row.why or row.place or row.opens or scope.refers_back(row.article.text, row):
        return None
    last = [place.name for place in named[: bisect_right(named, row.sentence_end, key=lambda place: place.end)][-1:]]
    if any(not same_place(name, known) for name in last for known in own) and not {*last} & row.opened_at:
        return f"not told to be of this event: the place named last is {last[0]}"
    return None


def one_incident(one: GroupedFigure, other: GroupedFigure) -> bool:
    """Whether two figures are limited to the same place, and tell of no different days.

    Of main counts it is enough that their articles do not open with different places, where not both are limited to one.
    """
    if one.days and other.days and not one.days & other.days:
        return False
    if any(each.days and rest.article.day and min(each.days) > rest.article.day for each, rest in ((one, other), (other, one))):
        return False  # nobody tells of what is yet to come
    names = all(row.place[:1].isupper() or not row.place for row in (one, other))  # not "across the country", "in recent days"
    if one.place and other.place or not (one.main and other.main and names) or one.article_id == other.article_id:
        return one.place == other.place or names and bool(one.place and other.place) and same_place(one.place, other.place)
    return (one.place == other.place or not one.opened_at or not other.opened_at
            or any(same_place(name, also) for name in one.opened_at for also in other.opened_at))
