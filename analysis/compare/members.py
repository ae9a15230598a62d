"""Which figures measure the same thing: each with its event, group, place, origin and date, or why it is set aside."""

import json
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from statistics import median

import pandas as pd

from analysis.compare import incidents, scope
from analysis.compare.columns import failure, listed, table
from analysis.compare.dates import as_of, days_named
from analysis.compare.intervals import WORDS, bounds, interval, number
from analysis.compare.origins import OWN_VOICE, Origins, originated
from analysis.compare.rows import (
    Claim, ComparedFigure, CountedFigure, Dated, Event, Figure, GroupedFigure, LocatedFigure, OriginatedFigure, further, read,
)
from analysis.sources.registry import slug
from analysis.words import WEEKDAYS

RETRACTS = re.compile(r"\b(?:withdr[ae]w|retract|correct|t[ao]ken? back|took back|walk(?:ed|s)? back)", re.IGNORECASE)
ASIDE = re.compile(r", (?:where|which|who|when)\b[^,]*$")
OF_SUMS = ("promises", "expects")  # what is promised or reckoned is a sum as any other
NOT_FACTS = ("warns", "expects", "demands", "promises")
SHARED = 0.5  # of the words of the shorter of two phrases, for them to be of the same thing


def members(figures: pd.DataFrame, articles: list[Dated], events: dict[str, Event], origins: Origins) -> dict[str, pd.DataFrame]:
    """The figures of each event sorted into comparisons: the tables `compared` and `set_aside`.

    `figures` is the table, `events` gives the event of each article by its id. Every figure is in one of the two tables, but those of which
    their article does not tell what they count. Where an event cannot be compared, all of its figures are set aside with the reason.
    """
    by_event: dict[str, list[CountedFigure]] = defaultdict(list)
    for row in _counted(read(figures, Figure), articles, origins):
        by_event[events[row.article_id].event_id].append(row)
    kept: list[ComparedFigure] = []
    left: list[dict] = []
    for rows in by_event.values():
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


def _of_event(rows: list[CountedFigure], event: Event, origins: Origins) -> tuple[list[ComparedFigure], list[CountedFigure]]:
    """The figures of an event that are compared, and those that are set aside."""
    country = incidents.country_of(rows)
    located = incidents.located(rows, event, country)
    located = [row if row.why else _unless_denied(row, origins) for row in located]
    located = incidents.doubted(located, event, country)
    if event.articles > 1:
        located = [replace(row, why=row.why or row.doubt) for row in located]
    located = _without_parts(_without_retracted(located, origins))
    grouped = [further(row, GroupedFigure, group=scope.group(row, country)) for row in located]
    grouped = scope.one_group(_with_main(_in_scale(_without_summands(grouped))))
    kept, aside = _sorted_out([row for row in grouped if not row.why], event, origins)
    order = {row.figure_id: place for place, row in enumerate(rows)}
    return kept, sorted([*(row for row in grouped if row.why), *aside], key=lambda row: order[row.figure_id])


def _told_apart(rows: list[ComparedFigure], events: dict[str, Event]) -> list[ComparedFigure]:
    """The rows with the event's day, else its name, and at last a number, in the `what` of comparisons that are called the same."""
    for added in (lambda row: events[row.event_id].first or events[row.event_id].name, lambda row: f"no. {row.number}"):
        called: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            called[row.what].add(row.comparison_id)
        rows = [replace(row, what=f"{row.what}, {added(row)}") if len(called[row.what]) > 1 else row for row in rows]
    return rows


def _counted(figures: list[Figure], articles: list[Dated], origins: Origins) -> list[CountedFigure]:
    """The figures with what their article tells of each."""
    article_of = {article.article_id: article for article in articles}
    by_article: dict[str, list[Figure]] = defaultdict(list)
    for row in figures:
        by_article[row.article_id].append(row)
    return [row for article_id, here in by_article.items() for row in _counted_in(article_of[article_id], here, origins)]


def _counted_in(article: Dated, figures: list[Figure], origins: Origins) -> Iterable[CountedFigure]:
    starts, text, before = [row.start for row in figures], article.text, None
    outlet_id, outlet = origins.outlets[article.article_id]
    for row in figures:
        said = scope.said(row, json.loads(origins.claims[row.claim_id].content_spans) if row.claim_id else [])
        clause = scope.clause(text, row, said, figures[bisect_left(starts, said[0]) : bisect_left(starts, said[1])])
        words, sentence = text[slice(*clause)], text[row.sentence_start : row.sentence_end]
        day, day_from = as_of(words, article.day, article.day_from)
        yield further(
            row, CountedFigure, article=article, outlet_id=outlet_id, outlet=article.outlet or outlet, said=said, clause=clause,
            opens=scope.opens(text, row), why=scope.set_aside(text, row, clause, before), weekday=scope.day(text, clause),
            days=days_named(words, article.day) or days_named(sentence, article.day), as_of=day, as_of_from=day_from,
            words=scope.words_of(f"{text[clause[0] : row.start]} {text[row.end : clause[1]]} {row.unit}"), quote=" ".join(sentence.split()))
        before = row


def _unless_denied(row: LocatedFigure, origins: Origins) -> LocatedFigure:
    """The row, with the reason where what its claims say is not somebody's word that it is so."""
    if fighting := re.search(rf"\b{scope.FIGHTING}$", row.source, re.IGNORECASE):
        return replace(row, why=f"a total over a longer time: the {fighting[0]}")
    for claim in origins.outward(row.claim_id):
        name = origins.names.get(claim.source_id, "somebody")
        if claim.stance == "denies" and not claim.negated and not _beside(row, claim):
            return replace(row, why=f"denied by {name}", denying=claim)
        if claim.negated:
            return replace(row, why=f"{name} does not say so ({claim.cue})")
        if claim.stance in NOT_FACTS and not (row.kind == "money" and claim.stance in OF_SUMS):
            return replace(row, why=f"not told as a fact: {name} {claim.stance} it")
    return row


def _beside(row: LocatedFigure, claim: Claim) -> bool:
    """Whether a figure stands in a clause that what is denied only takes for granted ("at the station, where a blast killed nine")."""
    said = min(start for start, _ in json.loads(claim.content_spans))
    return said < row.start and ASIDE.search(row.article.text, said, row.start) is not None


def _without_retracted(rows: list[LocatedFigure], origins: Origins) -> list[LocatedFigure]:
    """The rows, those set aside that a source has said before and now takes back."""
    for taking in [row for row in rows if row.denying and RETRACTS.search(row.denying.cue)]:
        source_id, taken = taking.denying.source_id, (taking.number, taking.measure, taking.kind)
        why = f"retracted by {origins.names.get(source_id, 'somebody')} in {taking.article_id}"
        rows = [replace(row, why=why) if not row.why and (row.number, row.measure, row.kind) == taken
                and source_id in (row.outlet_id, *origins.chain(row.claim_id)[:1]) else row for row in rows]
    return rows


def _without_parts(rows: list[LocatedFigure]) -> list[LocatedFigure]:
    """The rows, a part with the measure of its whole; one of nobody in particular is set aside."""
    now = {row.figure_id: row for row in rows}
    for row in rows:
        whole = now.get(row.part_of)
        if whole is None or row.why:
            continue
        if row.measure is None and row.kind == "count":
            row = replace(row, measure=whole.measure)
        if scope.group(row) == scope.group(whole) and row.measure == whole.measure:
            row = replace(row, why=f"a part of {whole.text} ({whole.figure_id})")
        elif whole.why:
            row = replace(row, why=f"a part of what is set aside: {whole.why}")
        now[row.figure_id] = row
    return list(now.values())


def _without_summands(rows: list[GroupedFigure]) -> list[GroupedFigure]:
    """The rows, those counts of an article set aside that follow each other and add up to another count in it: they are its parts."""
    by_measure: dict[tuple, list[GroupedFigure]] = defaultdict(list)
    known = {row.figure_id for row in rows}
    for row in rows:
        if row.kind == "count" and row.measure is not None and row.value is not None and row.part_of not in known:
            by_measure[row.article_id, row.measure].append(row)
    why: dict[str, str] = {}
    for counts in by_measure.values():
        wholes = {row.value: row for row in reversed(counts) if not row.why}
        for some in (counts[start : start + size] for size in (2, 3) for start in range(len(counts) - size + 1)):
            whole = wholes.get(sum(row.value for row in some))
            if whole and _make_up(some, whole):
                told = f"a part: {' and '.join(row.text for row in some)} add up to {whole.text} ({whole.figure_id})"
                why |= {row.figure_id: why.get(row.figure_id, told) for row in some}
    return [replace(row, why=row.why or why.get(row.figure_id)) for row in rows]


def _make_up(some: list[GroupedFigure], whole: GroupedFigure) -> bool:
    """Whether counts that add up to another may be its parts: of the same group, or of people; not the same number told again."""
    told_again = len({row.value for row in some}) < len({row.sentence_start for row in some})
    if len({row.source_id for row in (*some, whole)} - {whole.outlet_id}) > 1:
        return False  # another's count is no sum of theirs
    others = {row.group for row in some} - {whole.group}
    return min(row.value for row in some) > 1 and not told_again and (others <= {"people"} or whole.group == "people")


def _in_scale(rows: list[GroupedFigure]) -> list[GroupedFigure]:
    """The rows, a figure set aside that is a hundred times what the event's other articles tell of the measure."""
    by_measure: dict[str, list[GroupedFigure]] = defaultdict(list)
    for row in rows:
        if row.measure is not None and row.kind == "count" and not row.why:
            by_measure[row.measure].append(row)
    larger = {row.figure_id for alike in by_measure.values() for row in _out_of_scale(alike)}
    why = f"out of scale: over {scope.OUT_OF_SCALE} times the event's other figures, so of something larger"
    return [replace(row, why=why) if row.figure_id in larger else row for row in rows]


def _out_of_scale(rows: list[GroupedFigure]) -> list[GroupedFigure]:
    usual = (min if len(rows) < 3 else median)(max(row.number) for row in rows)
    return [row for row in rows if min(row.number) > scope.OUT_OF_SCALE * max(1, usual)]


def _with_main(rows: list[GroupedFigure]) -> list[GroupedFigure]:
    """The rows with `main` and `beside_part`.

    What an article opens with, the first count of its measure and group, is of the event, wherever it says that was. Of
    civilians and of people in general, only what comes first; what of the one follows on more of the other is a part.
    """
    first: dict[tuple, tuple] = {}
    before: dict[tuple, str] = {}
    found = []
    for row in rows:
        told_before = before.get((row.sentence_start, row.article_id, row.measure), "")
        before[row.sentence_start, row.article_id, row.measure] = row.why or ""
        leads = row.kind == "count" and row.measure is not None and not (row.why or row.doubt) and row.opens
        key = row.article_id, row.measure, "" if row.group in ("people", "civilian") else row.group
        number_of, group = first.setdefault(key, (row.number, row.group)) if leads else first.get(key, ((), ""))
        why = row.why
        if not why and group and group != row.group and max(row.number) < max(number_of):
            why = f"a part, or another count in one article, beside {' to '.join(map(number, number_of))} {scope.plural(group)}"
        found.append(replace(row, main=leads and (row.number, row.group) == (number_of, group), beside_part=told_before.startswith(scope.PARTS), why=why))
    return found


def _sorted_out(rows: list[GroupedFigure], event: Event, origins: Origins) -> tuple[list[ComparedFigure], list[OriginatedFigure]]:
    """The rows of an event that tell what they count, by what that is, each with the id of its comparison; and those set aside."""
    order = {row.figure_id: place for place, row in enumerate(rows)}
    groups = [sorted(group, key=lambda row: order[row.figure_id]) for alike in _of_one_measure(rows) for group in _joined(alike)]
    kept: list[ComparedFigure] = []
    aside: list[OriginatedFigure] = []
    taken: set[str] = set()
    for group in sorted(groups, key=lambda group: order[group[0].figure_id]):
        judged = _of_one_thing(originated(group, origins))
        aside += [row for row in judged if row.why]
        if here := [row for row in judged if not row.why]:
            kept += _compared(here, event, taken, origins)
    return kept, aside


def _of_one_thing(rows: list[OriginatedFigure]) -> list[OriginatedFigure]:
    """The rows of a group, with the reason where one is not to be compared with the others."""
    rows = _main_counts(rows)
    if len({row.origin_id for row in rows if not row.why}) > 1:
        rows = [replace(row, why=row.why or row.doubt) for row in rows]
    if len({row.origin_id for row in rows}) == 1 and not any(row.measure is not None for row in rows):
        rows = [replace(row, why=row.why or "only one origin tells it, and no plain measure is told") for row in rows]
    return rows


def _of_one_measure(rows: list[GroupedFigure]) -> Iterable[list[GroupedFigure]]:
    """The rows by kind and measure: none of one kind or measure is the same as one of another."""
    found: dict[tuple, list[GroupedFigure]] = defaultdict(list)
    for row in rows:
        found[row.kind, row.measure].append(row)
    return found.values()


def _joined(rows: list[GroupedFigure]) -> list[list[GroupedFigure]]:
    """The rows grouped by what they count."""
    groups: list[list[GroupedFigure]] = []
    for row in rows:
        fits = [any(_same(member, row) for member in group) for group in groups]
        if any(fits):
            joined = [member for group, fit in zip(groups, fits) if fit for member in group] + [row]
            groups = [group for group, fit in zip(groups, fits) if not fit] + [joined]
        elif _told(row):
            groups.append([row])
    return groups


def _main_counts(rows: list[OriginatedFigure]) -> list[OriginatedFigure]:
    """The rows: of each article what it counts first, the number of its headline or else the first, and what is set against
    it; the others with the reason.

    These count something else, mostly a part. Set against it is another source's number, where both are credited, or it is more
    or the first is vague, or where the sentence refers back to what the article opened with; but not one that follows a
    part, against which it may be set.
    """
    main_of: dict[str, OriginatedFigure] = {}
    for row in rows:
        main = main_of.setdefault(row.article_id, row)
        if not _in_title(main) and _in_title(row):
            main_of[row.article_id] = row
    return [row if row.number == main.number or _rivals(row, main) else
            replace(row, why=f"another count in one article, beside {main.text} ({main.figure_id})")
            for row in rows for main in [main_of[row.article_id]]]


def _in_title(row: OriginatedFigure) -> bool:
    return row.text.lower() in row.article.title.lower().split()


def _rivals(row: OriginatedFigure, main: OriginatedFigure) -> bool:
    """Whether a count is set against the one that its article tells first."""
    no_part = main.origin_how != OWN_VOICE or main.comparator == "vague" or max(row.number) > max(main.number)
    both = no_part and row.origin_how != OWN_VOICE
    return row.origin_id != main.origin_id and not row.beside_part and (both or scope.refers_back(row.article.text, row))


def _told(row: GroupedFigure) -> bool:
    """Whether the text tells enough of what a figure counts to compare it."""
    return row.measure is not None or bool(row.unit and len(row.words) > 1 if row.kind == "count" else row.counted)


def _same(one: GroupedFigure, other: GroupedFigure) -> bool:
    """Whether two figures of an event, of one kind and measure, count the same: one unit or group, and place, or else the same words."""
    if not incidents.one_incident(one, other) or not scope.same_group(one.group, other.group, one.measure):
        return False
    if one.measure is not None:
        return True
    if one.kind == "count":
        shared, least = one.words & other.words, min(len(one.words), len(other.words))
        return len(shared) > 1 and len(shared) >= SHARED * least
    words = scope.words_of(one.counted), scope.words_of(other.counted)
    larger, smaller = sorted((max(one.number), max(other.number)), reverse=True)
    if larger > scope.OUT_OF_SCALE * max(1, smaller):
        return False  # a bank has many sums
    least = 1 if one.number == other.number or words[0] == words[1] else 2
    return len(words[0] & words[1]) >= max(least, SHARED * min(map(len, words)))


def _compared(rows: list[OriginatedFigure], event: Event, taken: set[str], origins: Origins) -> list[ComparedFigure]:
    """The rows of one comparison, under an id that no other has `taken`."""
    naming = next((row for row in rows if not row.in_headline), rows[0])
    label, number_of = f"{event.event_id}.{slug(scope.label(naming))}", 1
    comparison_id = label
    while comparison_id in taken:
        number_of += 1
        comparison_id = f"{label}-{number_of}"
    taken.add(comparison_id)
    return [_compared_row(row, event, origins, comparison_id=comparison_id, what=_what(naming, event), number=number_of) for row in rows]


def _what(row: OriginatedFigure, event: Event) -> str:
    """"Killed at Aldmere", "Damage in Brask"; the event's name where no place is known."""
    where = f" {event.place}" if event.place else f" ({event.name})"
    if row.place.startswith(WEEKDAYS):
        where += f", {row.place}"
    elif row.place:
        where = f" {row.place}" if row.place[0].islower() else f" in {row.place}"
    return scope.label(row) + where


def _compared_row(row: OriginatedFigure, event: Event, origins: Origins, **of_comparison) -> ComparedFigure:
    low, high = bounds(interval(row))
    why = [f"same event ({event.name})", f"same measure ({row.measure})" if row.measure is not None else "the same words about it",
           f"same group ({row.group})" if row.kind == "count" else f"same unit ({row.unit})",
           f"same place ({row.place})" if row.place else "the event's own place", "no background, addition or longer total"]
    same = ("figure_id", "article_id", "event_id", "outlet_id", "outlet", "origin_id", "origin", "origin_how", "measure", "comparator",
            "as_of", "as_of_from", "quote")
    return ComparedFigure(
        **{name: getattr(row, name) for name in same}, **of_comparison, low=low, high=high, relays=listed(row.relays),
        own_voice=not row.chain, copy=row.article_id in origins.copies, reading=reading(row), why="; ".join(why))


def reading(row: Figure) -> str:
    """A figure in words: "at least 100", "dozens", "4 million crowns"; what is counted is left to the heading."""
    if row.comparator in ("range", "vague") or row.value is None:
        return row.text.lower() if row.comparator == "vague" else f"{number(row.low)} to {number(row.high)}"
    amount = WORDS.get(row.comparator, "") + number(row.value)
    if row.kind == "count" or not row.unit:
        return amount
    return amount + (row.unit if row.unit == "%" else f" {row.unit if row.value == 1 else scope.plural(row.unit)}")
