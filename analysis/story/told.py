"""The tables as a story needs them: the rows of each event, source and article at hand, and where each row stands."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cached_property
from types import SimpleNamespace

import pandas
from markupsafe import Markup

from analysis import addresses, show, tables
from analysis.charts import Chart
from analysis.words import plural

UP = "../"  # from a page in a folder of the report, and from an executed notebook, to the report's folder
LONG = 220  # characters of a cell
Row = SimpleNamespace


class Told:
    """The tables that `analysis.load` gives, by what their rows are about. A missing cell is None in every row."""

    def __init__(self, found: dict[str, pandas.DataFrame]):
        self.tables = found
        self._read: dict[str, list[Row]] = {}
        self._drawn: dict[tuple[str, str], Chart] = {}
        self._grouped: dict[tuple[str, str], dict[str, list[Row]]] = {}
        self.names = {**{row.source_id: row.name for row in self.rows("sources")}, None: show.NOBODY}

    def rows(self, name: str) -> list[Row]:
        """All rows of a table."""
        if name not in self._read:
            self._read[name] = [Row(**row) for row in tables.rows(self.tables[name])]
        return self._read[name]

    def of(self, name: str, column: str, value: str | None) -> list[Row]:
        """The rows of a table that have a value in a column."""
        if (name, column) not in self._grouped:
            groups = defaultdict(list)
            for row in self.rows(name):
                groups[getattr(row, column)].append(row)
            self._grouped[name, column] = groups
        return self._grouped[name, column].get(value, [])

    def one(self, name: str, column: str, value: str | None) -> Row | None:
        """The first such row; None where there is none."""
        return next(iter(self.of(name, column, value)), None)

    def drawn(self, comparison_id: str, kind: str, draw: Callable[[], Chart]) -> Chart:
        """A chart of a comparison; `draw` draws it where nobody has asked for it before."""
        if (comparison_id, kind) not in self._drawn:
            self._drawn[comparison_id, kind] = draw()
        return self._drawn[comparison_id, kind]

    @cached_property
    def hrefs(self) -> dict[str, str]:
        """Where each claim and figure stands, from the report's folder."""
        return addresses.hrefs(self.tables)

    @cached_property
    def event_of(self) -> dict[str, str]:
        """The event of each article."""
        return {row.article_id: row.event_id for row in self.rows("event_articles")}

    @cached_property
    def headlines(self) -> dict[str, str]:
        """What each event is called."""
        return {row.event_id: _headline(self, row) for row in self.rows("events")}

    @cached_property
    def sources(self) -> list[Row]:
        """All sources, those with most to say first."""
        return sorted(self.rows("sources"), key=lambda row: (-row.claims - row.figures, row.source_id))

    def speaks(self, source_id: str, most: int = 9) -> str:
        """How a source speaks: "says 12, denies 2"."""
        counts = Counter(row.stance for row in self.of("claims", "source_id", source_id))
        return show.listing([f"{stance} {times}" for stance, times in sorted(counts.items(), key=lambda item: (-item[1], item[0]))], most)

    @cached_property
    def denials(self) -> dict[str, list[Row]]:
        """The denials of each event that have something to deny."""
        found = defaultdict(list)
        for row in self.rows("denials"):
            if row.denied_claim_id:
                found[self.event_of.get(self.claim(row.claim_id).article_id)].append(row)
        return found

    def claim(self, claim_id: str | None) -> Row | None:
        """A claim by its id; None where there is none."""
        return self.one("claims", "claim_id", claim_id)

    def articles(self, event_id: str) -> list[Row]:
        """The articles of an event, those of the first day first, undated ones last."""
        found = [self.one("articles", "article_id", row.article_id) for row in self.of("event_articles", "event_id", event_id)]
        return sorted(found, key=lambda row: row.published or "~")

    def title(self, article_id: str) -> str:
        """An article's headline, or its id."""
        row = self.one("articles", "article_id", article_id)
        return short(row.title) or short(article_id)

    def outlet(self, article_id: str) -> str:
        return show.legible(self.one("articles", "article_id", article_id).outlet)

    def article_link(self, article_id: str) -> Markup:
        return link(addresses.article(article_id), self.title(article_id))

    def row_link(self, row_id: str, words: str | Markup) -> Markup:
        """Words that lead to a claim or a figure in its article's text."""
        return link(self.hrefs[row_id], words)

    def source_link(self, source_id: str | None, name: str | None = None) -> Markup | str:
        """A source's name, that leads to its page where it has one."""
        words = show.legible(name or self.names.get(source_id, source_id))
        if source_id is None or source_id not in self.names:
            return words
        return Markup('<a class="by" href="{}{}">{}</a>').format(UP, addresses.source(source_id), words)

    def counted(self, figure: Row) -> str:
        """What a figure is of: the quantity it is compared as, else its plain measure, else the words in the text."""
        compared = self.one("compared", "figure_id", figure.figure_id)
        return short((compared.what if compared else None) or figure.measure or figure.counted or figure.unit, 80)

    def event_link(self, event_id: str, words: str | None = None) -> Markup:
        return link(addresses.event(event_id), words or headline(self, event_id))


def filled(columns: dict[str, list], *kept: str) -> dict[str, list]:
    """The columns in which some cell says something, and those that are kept anyhow."""
    return {heading: cells for heading, cells in columns.items() if heading in kept or any(cells)}


def link(path: str, words: str | Markup) -> Markup:
    """Words that lead to a place in the report."""
    return Markup('<a href="{}{}">{}</a>').format(UP, path, words)


def headline(told: Told, event_id: str) -> str:
    """What an event is called: as it was given, or by the headline of the article that is most like its others, of equals the shortest."""
    return told.headlines[event_id]


def _headline(told: Told, event: Row) -> str:
    event_id = event.event_id
    if event.how == "given":
        return short(event.name)
    members = {row.article_id: row.similarity or 0 for row in told.of("event_articles", "event_id", event_id)}
    named = [row for row in told.articles(event_id) if short(row.title)]
    if not named:
        return short(event.name) or short(event_id)
    best = max(named, key=lambda row: (round(members[row.article_id], 2), row.title != row.title.upper(), -len(row.title)))
    return short(best.title)


def reading(figure: Row) -> str:
    """How a figure is read, its unit as people write it: "9 minutes", "2 to 3 days", "300 million crowns per year", "5 km"."""
    noun, per, time = show.legible(figure.unit).partition(" per ")
    if figure.value != 1 and re.fullmatch(r"(?:[\w-]+ )*[a-z-]*[aeiou][a-z-]+", noun):
        noun = plural(noun)
    return show.reading(Row(**{**vars(figure), "unit": f"{noun}{per}{time}"}))


def short(text: str, most: int = LONG) -> str:
    """A text on one line, cut between words where it is long."""
    text = " ".join(show.legible(text).split())
    return text if len(text) <= most else (text[:most].rpartition(" ")[0] or text[:most]) + " …"
