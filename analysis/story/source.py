"""What a source's page tells: its numbers, what it said over time, who relays it, what it denies and who denies it."""

import json

from markupsafe import Markup

from analysis import charts, show
from analysis.story import listing
from analysis.story.event import near, pairs, said, section, table
from analysis.story.told import Row, Told, short

MOST_NUMBERS = 25


def found(told: Told, source_id: str) -> str:
    """The id of a source that is asked for, or, of "", of the one with most to say; ValueError where there is none."""
    known = [row.source_id for row in told.sources]
    if source_id in known or not source_id and known:
        return source_id or known[0]
    raise ValueError(f"The corpus has no source {source_id!r}{near(source_id, known)}")


def heard(told: Told) -> charts.Chart:
    """Who is heard most, and how each speaks."""
    rows = sorted((row for row in told.rows("sources") if row.claims), key=lambda row: (-row.claims, row.source_id))
    finding = f"{show.legible(rows[0].name)} is heard most, in {rows[0].claims:,} of {show.count(len(told.rows('claims')), 'claim')}" if rows else ""
    return charts.bars(finding, [row.name for row in rows], [row.claims for row in rows],
                       [told.speaks(row.source_id) for row in rows], "Claims")


def givers(told: Told) -> charts.Chart:
    """Who gives most numbers."""
    rows = sorted((row for row in told.rows("sources") if row.figures), key=lambda row: (-row.figures, row.source_id))
    finding = f"{show.legible(rows[0].name)} gives most numbers, {rows[0].figures:,} of {len(told.rows('figures')):,}" if rows else ""
    return charts.bars(finding, [row.name for row in rows], [row.figures for row in rows],
                       [show.kind_of(row) for row in rows], "Figures")


def facts(told: Told, source_id: str) -> Markup:
    """Who a source is, and how much it says, in a line; other names it goes by; its grade."""
    row = told.one("sources", "source_id", source_id)
    parts = [show.kind_of(row), show.count(row.claims, "claim"), show.count(row.figures, "number"),
             f"in {show.count(row.articles, 'article')}"]
    aliases = [show.legible(alias) for alias in json.loads(row.aliases)]
    also = Markup('<p class="facts">Also called {}</p>').format(show.listing(aliases, most=8)) if aliases else Markup("")
    return Markup('<p class="facts">{}</p>').format(" · ".join(filter(None, parts))) + also + grade(told, source_id)


def grade(told: Told, source_id: str) -> Markup:
    """An analyst's own grade for a source, with its scale and what it means there."""
    row = told.one("grades", "source_id", source_id)
    if row is None:
        return Markup("")
    by = " ".join(filter(None, [row.who and f"by {row.who}", row.when and f"on {show.day(row.when)}"]))
    words = f"Graded {row.grade} {by}".strip() + f": {row.meaning} (scale: {row.scale}; an analyst's grade, not On Record's)"
    return Markup('<p class="facts">{}</p>').format(show.legible(words))


def numbers(told: Told, source_id: str) -> Markup:
    """The numbers a source gives, by event."""
    rows = told.of("figures", "source_id", source_id)
    first: dict[str | None, int] = {}
    for row in sorted(rows, key=lambda row: _day(told, row)):
        first.setdefault(told.event_of.get(row.article_id), len(first))
    rows = sorted(rows, key=lambda row: (
        first[told.event_of.get(row.article_id)], row.background is not None, _day(told, row), row.article_id, row.start))
    columns = {
        "Number": [told.row_link(row.figure_id, short(show.words_of(row, counted=False))) for row in rows],
        "Of what": [told.counted(row) for row in rows],
        "In": [told.outlet(row.article_id) or told.title(row.article_id) for row in rows],
        "Day": [show.day(_day(told, row)) for row in rows],
    }
    events = [told.event_link(told.event_of[row.article_id]) if row.article_id in told.event_of else Markup("Of no event")
              for row in rows]
    return section("Its numbers", table(columns, "", "figures", MOST_NUMBERS, events))


def _day(told: Told, row: Row) -> str:
    return told.one("articles", "article_id", row.article_id).published or ""


def relayed(told: Told, source_id: str) -> charts.Chart:
    """Who reports what a source says."""
    rows = sorted(told.of("citations", "cited_id", source_id), key=lambda row: (-row.claims, row.citing))
    finding = f"{show.legible(rows[0].citing)} reports it most, in {show.count(rows[0].claims, 'claim')}" if rows else ""
    names, amounts = [show.legible(row.citing) for row in rows], [row.claims for row in rows]
    return charts.bars(finding, names, amounts, [f"in {show.count(row.articles, 'article')}" for row in rows], "Claims")


def relays(told: Told, source_id: str) -> Markup:
    """Who reports what a source says, as a chart where they are two or more."""
    rows = told.of("citations", "cited_id", source_id)
    return section("Who reports it", Markup(relayed(told, source_id).html)) if len(rows) > 1 else Markup("")


def denials(told: Told, source_id: str) -> Markup:
    """What a source denies, and who denies what it says."""
    own, against = told.of("denials", "source_id", source_id), told.of("denials", "denied_source_id", source_id)
    lines = [Markup("<li>It denies: {}{}</li>").format(said(told, told.claim(row.claim_id)), _answered(told, row)) for row in own]
    lines += [Markup("<li>{} denies: {}<br>It had said: {}</li>").format(
        told.source_link(row.source_id), said(told, told.claim(row.claim_id)), said(told, told.claim(row.denied_claim_id)))
        for row in against]
    return section("Denied", pairs(lines))


def _answered(told: Told, row: Row) -> Markup:
    if not row.denied_claim_id:
        return Markup("")
    return Markup("<br>{} had said: {}").format(told.source_link(row.denied_source_id),
                                                said(told, told.claim(row.denied_claim_id)))


def claims(told: Told, source_id: str) -> listing.Listing:
    """What a source says, in the order of the days."""
    rows = sorted(told.of("claims", "source_id", source_id), key=lambda row: (_day(told, row), row.article_id))
    return listing.claims(told, rows, own=True)


def page(told: Told, source_id: str) -> Markup:
    """All that a source's page tells below its heading, but for its claims; parts of which there is nothing are left out."""
    return numbers(told, source_id) + denials(told, source_id) + relays(told, source_id)
