"""Which figures read the same quantity: each with its event, origin and date, or why it is set aside."""

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

import numpy
import pandas as pd

from analysis.compare import forest, scope
from analysis.compare.columns import listed, table
from analysis.compare.dates import as_of
from analysis.compare.intervals import bounds, interval
from analysis.compare.linkage import linked
from analysis.compare.origins import Origins, originated
from analysis.compare.pairs import pairs_of
from analysis.compare.rows import Claim, ComparedFigure, CountedFigure, Dated, Event, Figure, OriginatedFigure, further, read
from analysis.corpus import failure
from analysis.ids import slug, untaken
from analysis.words import COMPARED, number, plural
from analysis.words.patterns import pattern

BESIDE = tuple(scope.AGAINST[name] for name in ("earlier", "addition", "longer"))  # not set against counts of the event itself
EARLIER = scope.AGAINST["earlier"]
SAME = 0.5  # how sure it must be on average that two groups of figures read one quantity, for them to be one
RETRACTS = pattern("denying", "retracting")
OF_SUMS = ("promises", "expects")  # what is promised or reckoned is a sum as any other
NOT_FACTS = ("warns", "expects", "demands", "promises")


def quantities(figures: pd.DataFrame, articles: list[Dated], events: dict[str, Event], origins: Origins) -> dict[str, pd.DataFrame]:
    """The figures of each event sorted into comparisons: the tables `compared` and `set_aside`.

    `figures` is the table, `events` gives the event of each article by its id. Every figure is in one of the two tables.
    Where an event cannot be compared, all of its figures are set aside with the reason.
    """
    kept: list[ComparedFigure] = []
    left: list[dict] = []
    for rows in counted(figures, articles, events, origins).values():
        event = events[rows[0].article_id]
        try:
            compared, aside = _of_event(rows, event, origins)
        except MemoryError:  # no event's fault
            raise
        except Exception as error:
            if event.articles == 1:  # then it is the article's, which is left out
                raise
            compared, aside = [], [replace(row, why=f"the figures of this event could not be compared: {failure(error)}") for row in rows]
        kept += compared
        left += [{"figure_id": row.figure_id, "event_id": event.event_id, "why": row.why} for row in aside]
    called = _told_apart(kept, {event.event_id: event for event in events.values()})
    return {"compared": table("compared", map(vars, called)), "set_aside": table("set_aside", left)}


def counted(figures: pd.DataFrame, articles: list[Dated], events: dict[str, Event], origins: Origins) -> dict[str, list[CountedFigure]]:
    """The figures of each event, by its id, with what their article tells of each; `why` where that is enough to set one aside."""
    article_of = {article.article_id: article for article in articles}
    by_article: dict[str, list[Figure]] = defaultdict(list)
    for row in read(figures, Figure):
        by_article[row.article_id].append(row)
    by_event: dict[str, list[CountedFigure]] = defaultdict(list)
    for article_id, here in by_article.items():
        by_event[events[article_id].event_id] += _counted_in(article_of[article_id], here, origins)
    return {event_id: _without_retracted([_unless_denied(row, origins) for row in _with_measures(rows)], origins)
            for event_id, rows in by_event.items()}


def _with_measures(rows: list[CountedFigure]) -> list[CountedFigure]:
    """The rows, a part with the measure of its whole."""
    measures = {row.figure_id: row.measure for row in rows}
    return [replace(row, measure=measures[row.part_of]) if row.kind == "count" and row.measure is None and row.part_of in measures else row
            for row in rows]


def _of_event(rows: list[CountedFigure], event: Event, origins: Origins) -> tuple[list[ComparedFigure], list[CountedFigure]]:
    """The figures of an event that are compared, and those that are set aside."""
    kept: list[ComparedFigure] = []
    aside, taken = [row for row in rows if row.why], set()
    for group, sure in grouped([row for row in rows if not row.why]):
        beside = [_why_beside(row, group) for row in group]
        aside += [replace(row, why=why) for row, why in zip(group, beside) if why]
        group, sure = ([each for each, why in zip(some, beside) if not why] for some in (group, sure))
        if not group:
            continue
        if why := _why_alone(found := originated(group, origins)):
            aside += [replace(row, why=row.against or why) for row in group]
        else:
            kept += _compared(found, sure, event, taken, origins)
    order = {row.figure_id: place for place, row in enumerate(rows)}
    return kept, sorted(aside, key=lambda row: order[row.figure_id])


def _why_beside(row: CountedFigure, group: list[CountedFigure]) -> str | None:
    """Why a figure is not set against others of its quantity: it is a part of one of them, a count that is no longer told, or, where
    most of them are none, an addition or a total over a longer time."""
    whole = next((other for other in group if other.figure_id == row.part_of), None)
    if whole:
        return f"a part of {whole.text} ({whole.figure_id})"
    if not row.against or not row.against.startswith(BESIDE):
        return None
    return row.against if row.against.startswith(EARLIER) or not _doubt(group) else None


def _doubt(rows: list[CountedFigure]) -> str | None:
    """What words speak against most of a group, as those of the first of them say it; None where they do not."""
    doubted = [row.against for row in rows if row.against]
    return doubted[0] if 2 * len(doubted) > len(rows) else None


def grouped(rows: list[CountedFigure]) -> list[tuple[list[CountedFigure], list[float]]]:
    """The figures of an event by the quantity that they read, with how sure it is of each that it reads the same as the others."""
    if not rows:
        return []
    one, other, features, names = pairs_of(rows)
    told = dict(zip(names, features.T))
    of_other_days = (told["same measure"] == 1) & (told["same number"] == 0) & (told["day named"] == 0)  # tolls: better no comparison
    sure = numpy.where(of_other_days, 0.0, forest.load().sure(features))
    groups = linked(zip(one.tolist(), other.tolist(), sure.tolist()), len(rows), SAME)
    of = numpy.zeros(len(rows), int)
    for place, group in enumerate(groups):
        of[group] = place
    near: list[list[tuple[bool, float]]] = [[] for _ in rows]
    for first, second, score in zip(*(values[of[one] == of[other]].tolist() for values in (one, other, sure))):
        unlike = rows[first].number != rows[second].number
        near[first].append((unlike, score))
        near[second].append((unlike, score))
    return [([rows[place] for place in group], [_sureness(near[place]) for place in group]) for group in groups]


def _sureness(scores: list[tuple[bool, float]]) -> float:
    """How sure it is on average that a figure reads what those of its group do that give another number, or else what all do."""
    found = [score for unlike, score in scores if unlike] or [score for _, score in scores]
    return round(sum(found) / len(found), 3) if found else 1.0


def _why_alone(rows: list[OriginatedFigure]) -> str | None:
    """Why a group is no comparison: one article alone tells it, where words speak against most of it, or of one origin and of no
    plain measure of the event."""
    if len({row.article_id for row in rows}) > 1:
        return None
    if doubt := _doubt(rows):
        return doubt
    plain = len({row.origin_id for row in rows}) > 1 or any(row.measure is not None and not row.against for row in rows)
    return None if plain else "only one origin tells it, and no plain measure is told"


def _told_apart(rows: list[ComparedFigure], events: dict[str, Event]) -> list[ComparedFigure]:
    """The rows with the event's day, else its name, in the `what` of comparisons of several events that are called the same, and a
    number in those of one event, from the second on."""
    of_events, of_comparisons = defaultdict(set), defaultdict(set)
    for row in rows:
        of_events[row.what].add(row.event_id)
    rows = [replace(row, what=f"{row.what}, {events[row.event_id].first or events[row.event_id].name}") if len(of_events[row.what]) > 1 else row
            for row in rows]
    for row in rows:
        of_comparisons[row.what].add((row.number, row.comparison_id))
    places = {(what, comparison_id): place for what, found in of_comparisons.items() for place, (_, comparison_id) in enumerate(sorted(found), 1)}
    def called(row: ComparedFigure) -> str:
        place = places[row.what, row.comparison_id]
        return row.what if place == 1 else f"{row.what} ({place})"
    return [replace(row, what=called(row)) for row in rows]


def _counted_in(article: Dated, figures: list[Figure], origins: Origins) -> Iterable[CountedFigure]:
    starts, text, before = [row.start for row in figures], article.text, None
    outlet_id, outlet = origins.outlets[article.article_id]
    for row in figures:
        said = scope.said(row, json.loads(origins.claims[row.claim_id].content_spans) if row.claim_id else [])
        clause = scope.clause(text, row, said, figures[bisect_left(starts, said[0]) : bisect_left(starts, said[1])])
        day, day_from = as_of(text[slice(*clause)], article.day, article.day_from)
        yield further(
            row, CountedFigure, article=article, outlet_id=outlet_id, outlet=article.outlet or outlet, clause=clause, opens=scope.opens(text, row),
            against=scope.against(text, row, clause, before), as_of=day, as_of_from=day_from,
            words=scope.words_of(f"{text[clause[0] : row.start]} {text[row.end : clause[1]]} {row.unit}"),
            quote=" ".join(text[row.sentence_start : row.sentence_end].split()), why="a change, not a count" if row.kind == "change" else None)
        before = row


def _unless_denied(row: CountedFigure, origins: Origins) -> CountedFigure:
    """The row, with the reason where what its claims say is not somebody's word that it is so."""
    for claim in origins.outward(row.claim_id):
        name = origins.names.get(claim.source_id, "somebody")
        if claim.stance == "denies" and not claim.negated:
            return replace(row, why=f"denied by {name}", denying=claim)
        if claim.negated:
            return replace(row, why=f"{name} does not say so ({claim.cue})")
        if claim.stance in NOT_FACTS and not (row.kind == "money" and claim.stance in OF_SUMS):
            return replace(row, why=f"not told as a fact: {name} {claim.stance} it")
    return row


def _without_retracted(rows: list[CountedFigure], origins: Origins) -> list[CountedFigure]:
    """The rows, those set aside that a source has said before and now takes back."""
    for taking in [row for row in rows if row.denying and RETRACTS.search(row.denying.cue)]:
        source_id, taken = taking.denying.source_id, (taking.number, taking.measure, taking.kind)
        why = f"retracted by {origins.names.get(source_id, 'somebody')} in {taking.article_id}"
        rows = [replace(row, why=why) if not row.why and (row.number, row.measure, row.kind) == taken
                and source_id in (row.outlet_id, *origins.chain(row.claim_id)[:1]) else row for row in rows]
    return rows


def _compared(rows: list[OriginatedFigure], sure: list[float], event: Event, taken: set[str], origins: Origins) -> list[ComparedFigure]:
    """The rows of one comparison, under an id that no other has `taken`."""
    name = _label(rows)
    comparison_id, number_of = untaken(f"{event.event_id}.{slug(name)}", taken)
    where = f" {event.place}" if event.place else f" ({event.name})"
    if doubt := _doubt(rows):  # "Killed (a total over a longer time)" is no toll of the event
        where = f" ({doubt.partition(':')[0]})"
    what = name + where
    return [_compared_row(row, origins, comparison_id=comparison_id, event_id=event.event_id, what=what, number=number_of, sure=how_sure)
            for row, how_sure in zip(rows, sure)]


def _label(rows: list[OriginatedFigure]) -> str:
    """What most of the rows outside headlines call it; of names as frequent the first."""
    names = [scope.label(row) for row in rows if not row.in_headline] or [scope.label(row) for row in rows]
    return Counter(names).most_common(1)[0][0]


def _compared_row(row: OriginatedFigure, origins: Origins, **of_comparison) -> ComparedFigure:
    low, high = bounds(interval(row))
    same = ("figure_id", "article_id", "outlet_id", "outlet", "origin_id", "origin", "origin_how", "measure", "comparator",
            "as_of", "as_of_from", "quote")
    return ComparedFigure(
        **{name: getattr(row, name) for name in same}, **of_comparison, low=low, high=high, relays=listed(row.relays),
        own_voice=not row.chain and (row.origin_id in origins.own_voices or not origins.in_headline(row)),
        copy=row.article_id in origins.copies, reading=reading(row))


def reading(row: Figure) -> str:
    """A figure in words: "at least 100", "dozens", "4 million crowns"; what is counted is left to the heading."""
    if row.comparator in ("range", "vague") or row.value is None:
        return row.text.lower() if row.comparator == "vague" else f"{number(row.low)} to {number(row.high)}"
    amount = COMPARED.get(row.comparator, "") + number(row.value)
    if row.kind in ("count", "age") or not row.unit:
        return amount
    return amount + (row.unit if row.unit == "%" else f" {row.unit if row.value == 1 else plural(row.unit)}")
