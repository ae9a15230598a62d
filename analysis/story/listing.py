"""Tables that a reader searches, filters and sorts: all claims, figures, sources, articles and events.

Their first rows stand in the page for everybody; all rows lie in it packed, and the page's script puts them in the table.
"""

import base64
import gzip
import json
from collections import Counter
from typing import NamedTuple

from markupsafe import Markup

from analysis import addresses, show
from analysis.story.dictionary import files
from analysis.story.finding import chief
from analysis.story.told import UP, Row, Told, headline, reading, short

FIRST = 40  # rows that stand in the page itself
MOST = 300_000  # letters that are packed in one page
LONG = 160  # characters of a cell


class Link(NamedTuple):
    """A cell that leads somewhere: a place from the report's folder, and its words."""

    path: str
    words: str


Cell = str | int | Link


class Listing(NamedTuple):
    """A table's name in the report, its headings, its rows, and the headings by whose values it can be filtered."""

    name: str
    headings: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    facets: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """The first rows as a table, which says how many there are."""
        shown = self.rows[:FIRST]
        if not shown:
            return ""
        columns = {heading: [_cell(row[at]) for row in shown] for at, heading in enumerate(self.headings)}
        rest = f": the first {FIRST} of {len(self.rows):,}" if len(self.rows) > FIRST else ""
        caption = Markup('{}{} · {} · <a href="../data.html#{}">what the columns mean</a>').format(
            show.count(len(self.rows), self.name[:-1]), rest, files(self.name), self.name)
        return show.table(columns, caption).html

    def parts(self) -> list["Listing"]:
        """The listing in as many of nearly the same length as it takes for each to be packed in one page."""
        size = -(-len(self.rows) // -(-len(self.packed) // MOST)) or 1
        return [self._replace(rows=self.rows[start : start + size]) for start in range(0, max(1, len(self.rows)), size)]

    @property
    def packed(self) -> str:
        """All rows as JSON, by column and compressed, in letters that no page could take for its own: the same for the same rows."""
        columns = [_packed(column) for column in zip(*self.rows)]
        told = json.dumps({"headings": self.headings, "facets": self.facets, "columns": columns}, ensure_ascii=False,
                          separators=(",", ":"))
        return base64.b64encode(gzip.compress(told.encode(), 9, mtime=0)).decode()

    def _repr_html_(self) -> str:
        return self.html or f"<p>There are no {self.name}.</p>"

    def __repr__(self) -> str:
        return show.count(len(self.rows), self.name[:-1])


def _packed(column: tuple[Cell, ...]) -> dict[str, list]:
    """A column's words, and where they lead where they lead anywhere."""
    packed = {"words": [cell.words if isinstance(cell, Link) else cell for cell in column]}
    if any(isinstance(cell, Link) for cell in column):
        packed["paths"] = [cell.path if isinstance(cell, Link) else "" for cell in column]
    return packed


def _cell(cell: Cell) -> Markup | str | int:
    return Markup('<a href="{}{}">{}</a>').format(UP, cell.path, cell.words) if isinstance(cell, Link) else cell


def claims(told: Told, rows: list[Row] | None = None, own: bool = False) -> Listing:
    """Claims: all unless `rows` are given, those of whom most are first; `own`: of one source, which no row names again."""
    rows = by_weight(told) if rows is None else rows
    cells = [_claim(told, row, own) for row in rows]
    headings = ("Who", "Says what", "How", "Reported by", "Outlet", "Day", "Sure")
    return Listing("claims", headings[own:], cells, ("How", "Outlet"))


def _claim(told: Told, row: Row, own: bool) -> tuple[Cell, ...]:
    article = told.one("articles", "article_id", row.article_id)
    told_by = show.legible(told.names[told.claim(row.parent_id).source_id]) if row.parent_id else ""
    cells = (
        _source(told, row.source_id), Link(told.hrefs[row.claim_id], short(row.content, LONG)),
        ("not: " if row.negated else "") + row.stance, told_by,
        show.legible(article.outlet) or told.title(row.article_id), (article.published or "")[:10],
        f"{row.confidence:.0%}" + (", unsure" if row.confidence < show.UNSURE else ""),
    )
    return cells[own:]


def by_weight(told: Told) -> list[Row]:
    """All claims, those of the source with most first, then in the order of the articles."""
    sizes = Counter(row.source_id for row in told.rows("claims"))
    return sorted(told.rows("claims"), key=lambda row: (row.source_id is None, -sizes[row.source_id], row.source_id or ""))


def figures(told: Told) -> Listing:
    """All figures, those of the source with most first."""
    sizes = Counter(row.source_id for row in told.rows("figures"))
    rows = sorted(told.rows("figures"), key=lambda row: (-sizes[row.source_id], row.source_id))
    headings = ("Whose", "Number", "Of what", "Reads as", "Kind", "Outlet", "Day", "Of another time")
    return Listing("figures", headings, [_figure(told, row) for row in rows], ("Kind", "Outlet"))


def _figure(told: Told, row: Row) -> tuple[Cell, ...]:
    article = told.one("articles", "article_id", row.article_id)
    return (
        _source(told, row.source_id), Link(told.hrefs[row.figure_id], short(show.words_of(row, counted=False), LONG)),
        told.counted(row), reading(row), row.kind,
        show.legible(article.outlet) or told.title(row.article_id), (article.published or "")[:10], show.legible(row.background),
    )


def sources(told: Told) -> Listing:
    """All sources, those with most to say first."""
    cells = [(_source(told, row.source_id), short(show.kind_of(row)), row.claims, row.figures, row.articles,
              told.speaks(row.source_id, most=4))
             for row in told.sources]
    return Listing("sources", ("Source", "Who it is", "Claims", "Figures", "Articles", "How it speaks"), cells)


def articles(told: Told) -> Listing:
    """All articles, in their order."""
    cells = [(
        Link(addresses.article(row.article_id), told.title(row.article_id)), show.legible(row.outlet) or show.UNKNOWN,
        (row.published or "")[:10] or show.UNKNOWN, row.words, _event(told, told.event_of.get(row.article_id)),
        told.title(row.duplicate_of) if row.duplicate_of else "",
    ) for row in told.rows("articles")]
    return Listing("articles", ("Article", "Outlet", "Day", "Words", "Event", "Same text as"), cells, ("Outlet",))


def events(told: Told, ranked: list[str]) -> Listing:
    """All events, in an order that is given."""
    rows = [told.one("events", "event_id", event_id) for event_id in ranked]
    cells = [(_event(told, row.event_id), (row.first or "")[:10] or show.UNKNOWN, show.legible(row.place).partition(" ")[2],
              row.articles, row.outlets, chief(told, row.event_id)) for row in rows]
    return Listing("events", ("Event", "Day", "Place", "Articles", "Outlets", "Its chief number"), cells)


def _event(told: Told, event_id: str | None) -> Cell:
    return Link(addresses.event(event_id), headline(told, event_id)) if event_id else ""


def _source(told: Told, source_id: str | None) -> Cell:
    name = show.legible(told.names[source_id])
    return Link(addresses.source(source_id), name) if source_id else name
