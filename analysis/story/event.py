"""What an event's page tells: what was counted and by whom, each reading with its sentence, denials, what is left out and why."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from analysis import addresses, charts, show
from analysis.story.finding import comparisons_of, finding, is_apart, named, plain, subject
from analysis.story.told import LONG, UP, Row, Told, filled, short
from analysis.suggestions import suggestion

MOST_QUANTITIES, MOST_READINGS, MOST_GROWN, MOST_ALONE, MOST_STATEMENTS = 6, 10, 3, 12, 10
MOST_LEFT_OUT, MOST_ARTICLES, MOST_SPEAKERS, MOST_DENIALS = 12, 20, 10, 8
OPEN = 3  # quantities whose readings are not folded
AROUND = 260  # characters of a sentence that are shown, around its number


def found(told: Told, event_id: str) -> str:
    """The id of an event that is asked for, or, of "", of the one that says most; ValueError where there is none."""
    known = [row.event_id for row in told.rows("events")]
    if event_id in known or not event_id and known:
        return event_id or min(known, key=lambda each: weight(told, each))
    raise ValueError(f"The corpus has no event {event_id!r}{near(event_id, known)}")


def near(name: str, known: list[str]) -> str:
    """The rest of a sentence that says that nothing is called so, with what is called nearly so."""
    return suggestion(name, known, f"; it has {show.listing(known)}." if known else "; it has none.")


def weight(told: Told, event_id: str) -> tuple:
    """What events are ordered by: those whose sources surely disagree first, then by how many sources, outlets and articles tell one thing."""
    event, rows = told.one("events", "event_id", event_id), told.of("comparisons", "event_id", event_id)
    return (-sum(map(is_apart, rows)), -sum(row.origins > 1 for row in rows), -event.outlets, -event.articles,
            -len(rows), event_id)


def facts(told: Told, event_id: str) -> Markup:
    """When and where an event was, and how much is told of it, in a line."""
    event = told.one("events", "event_id", event_id)
    outlets = {row.outlet for row in told.articles(event_id)} - {None}
    amount = show.count(event.articles, "article") + (f" of {show.count(len(outlets), 'outlet')}" if outlets else "")
    return Markup('<p class="facts">{}</p>').format(" · ".join(filter(None, [show.days(event.first, event.last), _where(event.place), amount])))


def _where(place: str) -> str:
    """"in Port Merrow" as "Port Merrow"."""
    return show.legible(place).partition(" ")[2]


def quantities(told: Told, event_id: str) -> Markup:
    """What several sources tell: its range by origin, how it grew, and each reading with its sentence."""
    several = [row for row in comparisons_of(told, event_id) if row.origins > 1]
    rest = several[MOST_QUANTITIES:]
    words = Markup('<p class="more">{} of which several sources tell: {} All are in <a href="../tables/comparisons.csv">comparisons.csv</a>.</p>')
    more = words.format(
        show.count(len(rest), "more number"), " ".join(f"{finding(told, row)}." for row in rest[:MOST_QUANTITIES])) if rest else Markup("")
    return Markup("").join(_quantity(told, row, place < OPEN) for place, row in enumerate(several[:MOST_QUANTITIES])) + more


def _quantity(told: Told, comparison: Row, unfolded: bool) -> Markup:
    heading = Markup('<h2 id="{}">{}</h2>').format(show.anchor("of", comparison.comparison_id), subject(told, comparison))
    rows = readings(told, comparison)
    told_rows = rows if unfolded else Markup("<details><summary>{}, each with its sentence</summary>{}</details>").format(
        show.count(len(grouped(told, comparison)), "reading"), rows)
    return heading + drawn(told, comparison, "range") + drawn(told, comparison, "growth") + told_rows


def drawn(told: Told, comparison: Row, kind: str) -> Markup:
    """A chart of a comparison ("range" or "growth") below a heading that says of what; nothing where nothing is to be drawn."""
    chart = chart_of(told, comparison, kind)
    if not chart.drawing:
        return Markup("")
    title = chart.finding.removeprefix(f"{subject(told, comparison)}: ")
    return Markup(replace(chart, finding=title[:1].upper() + title[1:], alone=_alone(comparison, kind)).html)


def chart_of(told: Told, comparison: Row, kind: str) -> charts.Chart:
    """A chart of a comparison, which is drawn once for its event's page and its own."""
    return told.drawn(comparison.comparison_id, kind, lambda: CHARTS[kind](told, comparison))


def _alone(comparison: Row, kind: str) -> str:
    return UP + addresses.chart(comparison.comparison_id, kind)


def charts_of(told: Told, event_id: str) -> Iterator[tuple[str, charts.Chart]]:
    """Each chart that an event's page shows, and its own page's address."""
    rows = comparisons_of(told, event_id)
    several, single = [row for row in rows if row.origins > 1], [row for row in rows if row.origins == 1]
    found = [(row, kind, chart_of(told, row, kind)) for row in several[:MOST_QUANTITIES] for kind in CHARTS]
    found += [(row, "growth", chart_of(told, row, "growth")) for row in single]
    yield from ((addresses.chart(row.comparison_id, kind), chart) for row, kind, chart in found if chart.drawing)


def range_of(told: Told, comparison: Row) -> charts.Chart:
    """The chart of a comparison: what each origin says."""
    return charts.ranges(finding(told, comparison), told.of("origins", "comparison_id", comparison.comparison_id),
                         is_apart(comparison))


def growth_of(told: Told, comparison: Row) -> charts.Chart:
    """The chart of a comparison over time."""
    series = told.of("series", "comparison_id", comparison.comparison_id)
    origins = list(dict.fromkeys(row.origin for row in series))
    own = [row for row in series if row.origin == origins[0]]
    told_of = f"{subject(told, comparison)}: {named(own[0])} went from {own[0].reading} to {own[-1].reading}" if own else ""
    return charts.growth(told_of, series)


def grouped(told: Told, comparison: Row) -> list[list[Row]]:
    """The rows of `compared` of each reading of each origin, those of the first day first."""
    found = defaultdict(list)
    for row in told.of("compared", "comparison_id", comparison.comparison_id):
        found[row.origin_id, row.reading].append(row)
    return sorted(found.values(), key=lambda group: (min(row.as_of or "~" for row in group), group[0].low or 0))


def readings(told: Told, comparison: Row) -> Markup:
    """Each reading of each origin: who, in which outlets, when, and the sentence."""
    groups = grouped(told, comparison)
    columns = {
        "Reading": [Markup("<b>{}</b>").format(show.legible(group[0].reading)) for group in groups],
        "Who says so": [told.source_link(group[0].origin_id, named(group[0])) for group in groups],
        "In": [_outlets(group) for group in groups],
        "When": [_when(group) for group in groups],
        "The sentence": [sentence(told, group[0]) for group in groups],
    }
    return table(columns, "Readings", "compared", MOST_READINGS)


def _outlets(rows: list[Row]) -> str:
    return show.listing(dict.fromkeys(plain(row.outlet) for row in rows), most=4)


def _when(rows: list[Row]) -> str:
    days = sorted({row.as_of for row in rows if row.as_of})
    return show.days(days[0], days[-1]) if days else show.UNKNOWN


def sentence(told: Told, row: Row) -> Markup:
    """The sentence of a row of `compared`, its number marked and leading to its place in the article."""
    figure = told.one("figures", "figure_id", row.figure_id)
    at = figure.start - figure.sentence_start
    if row.quote[at : at + len(figure.text)] != figure.text:
        at = row.quote.find(figure.text)
    if at < 0:
        return told.row_link(row.figure_id, short(row.quote))
    before, after = _clipped(row.quote[:at], row.quote[at + len(figure.text) :])
    return Markup('{}<mark>{}</mark>{}').format(show.legible(before), told.row_link(row.figure_id, show.legible(figure.text)),
                                                show.legible(after))


def _clipped(before: str, after: str) -> tuple[str, str]:
    """What stands around a number, cut between words where it is long."""
    if len(before) > AROUND // 2:
        before = "… " + before[-AROUND // 2 :].partition(" ")[2]
    if len(after) > AROUND // 2:
        after = after[: AROUND // 2].rpartition(" ")[0] + " …"
    return before, after


def alone(told: Told, event_id: str) -> Markup:
    """What one source alone tells, and how that grew."""
    rows = [row for row in comparisons_of(told, event_id) if row.origins == 1]
    origins = [told.one("origins", "comparison_id", row.comparison_id) for row in rows]
    figures = [told.of("compared", "comparison_id", row.comparison_id) for row in rows]
    columns = {
        "What": [subject(told, row) for row in rows],
        "Number": [Markup("<b>{}</b>").format(show.legible(origin.reading)) for origin in origins],
        "Who says so": [told.source_link(origin.origin_id, named(origin)) for origin in origins],
        "In": [_outlets(group) for group in figures],
        "When": [_when(group) for group in figures],
        "The sentence": [sentence(told, carrying(group, origin)) for group, origin in zip(figures, origins)],
    }
    grown = [(row, chart) for row in rows if (chart := chart_of(told, row, "growth")).drawing][:MOST_GROWN]
    return section("From one source only", table(columns, "", "comparisons", MOST_ALONE)) + Markup("").join(
        Markup(replace(chart, alone=_alone(row, "growth")).html) for row, chart in grown)


def carrying(group: list[Row], origin: Row) -> Row:
    """The row that an origin's reading is quoted from."""
    first = json.loads(origin.figures)[0]
    return next((row for row in group if row.figure_id == first), group[0])


def denials(told: Told, event_id: str) -> Markup:
    """Each denial beside what it denies."""
    lines = [Markup("<li>{} says: {}<br>{} denies it: {}</li>").format(
        told.source_link(row.denied_source_id), said(told, told.claim(row.denied_claim_id)),
        told.source_link(row.source_id), said(told, told.claim(row.claim_id))) for row in told.denials.get(event_id, [])]
    return section("Denied", pairs(lines))


def pairs(lines: list[Markup]) -> Markup:
    """Claims beside their denials, as a list; of those that read the same the first."""
    first = {line.striptags(): line for line in lines}
    return Markup('<ul class="pairs">{}</ul>').format(Markup("").join(list(first.values())[:MOST_DENIALS])) if lines else Markup("")


def said(told: Told, claim: Row, most: int = LONG) -> Markup:
    """What a claim says, leading to its place in the article."""
    return told.row_link(claim.claim_id, short(claim.content, most).removeprefix("that "))


def one_origin(told: Told, event_id: str) -> Markup:
    """Numbers that many outlets print and all have from one source."""
    lines = []
    for row in comparisons_of(told, event_id):
        for origin in told.of("origins", "comparison_id", row.comparison_id):
            outlets = json.loads(origin.outlets)
            if len(outlets) > 2:
                lines.append(Markup("<li>{}: {} outlets print {}, and all have it from {}.</li>").format(
                    subject(told, row), len(outlets), show.legible(origin.reading),
                    told.source_link(origin.origin_id, named(origin))))
    return section("One origin, many outlets",
                   Markup("<ul>{}</ul>").format(Markup("").join(lines[:MOST_QUANTITIES])) if lines else Markup(""))


def statements(told: Told, event_id: str) -> Markup:
    """What several sources speak of: who says it, who denies it, who is heard and leaves it out."""
    rows = [row for row in told.of("statements", "event_id", event_id)
            if told.of("matrix", "statement_id", row.statement_id) and row.sources > 1]
    sides = [told.of("matrix", "statement_id", row.statement_id) for row in rows]
    columns = {
        "What is said": [short(row.statement) for row in rows],
        "Said by": [_on_side(side, "made") for side in sides],
        "Denied by": [_on_side(side, "denied") for side in sides],
        "Left out by": [_on_side(side, "left out") for side in sides],
    }
    return section("Who says it, who leaves it out", table(filled(columns), "", "statements", MOST_STATEMENTS))


def _on_side(rows: list[Row], side: str) -> str:
    return show.listing([show.legible(row.source) for row in rows if side in row.side.split(" and ")], most=4)


def left_out(told: Told, event_id: str) -> Markup:
    """The numbers that are set against nothing, and why."""
    rows = told.of("set_aside", "event_id", event_id)
    figures = [told.one("figures", "figure_id", row.figure_id) for row in rows]
    columns = {
        "Number": [told.row_link(figure.figure_id, short(show.words_of(figure, counted=False))) for figure in figures],
        "Of what": [told.counted(figure) for figure in figures],
        "Left out because": [show.legible(row.why) for row in rows],
        "In": [told.outlet(figure.article_id) or told.title(figure.article_id) for figure in figures],
    }
    inside = table(columns, "", "set_aside", MOST_LEFT_OUT)
    if not inside:
        return inside
    return Markup('<details class="left-out"><summary>{} left out, and why</summary>{}</details>').format(show.count(len(rows), "number"), inside)


def articles(told: Told, event_id: str) -> Markup:
    """The articles of an event, in the order of their days."""
    rows = told.articles(event_id)
    columns = {
        "Article": [told.article_link(row.article_id) for row in rows],
        "Outlet": [show.legible(row.outlet) for row in rows],
        "Day": [show.day(row.published) if row.published else "" for row in rows],
        "Same text as": [told.article_link(row.duplicate_of) if row.duplicate_of else "" for row in rows],
    }
    return section("The articles", table(filled(columns, "Article"), "", "event_articles", MOST_ARTICLES))


def speakers(told: Told, event_id: str) -> list[tuple[str, list[Row]]]:
    """Who is heard in an event: source ids with their claims, those with most first."""
    found = defaultdict(list)
    for row in told.of("event_articles", "event_id", event_id):
        for claim in told.of("claims", "article_id", row.article_id):
            if claim.source_id:
                found[claim.source_id].append(claim)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


def heard(told: Told, event_id: str) -> Markup:
    """Who is heard in an event, how often, and in what words first."""
    rows = speakers(told, event_id)
    columns = {
        "Source": [told.source_link(source_id) for source_id, _ in rows],
        "Who": [show.kind_of(told.one("sources", "source_id", source_id)) for source_id, _ in rows],
        "Claims": [len(claims) for _, claims in rows],
        "One of them": [said(told, max(claims, key=lambda claim: claim.confidence)) for _, claims in rows],
    }
    return section("Who is heard", table(columns, "", "claims", MOST_SPEAKERS))


def page(told: Told, event_id: str) -> Markup:
    """All that an event's page tells below its heading; parts of which there is nothing are left out."""
    return Markup("").join(part(told, event_id) for part in PARTS)


def section(title: str, inside: Markup) -> Markup:
    return Markup("<section><h2>{}</h2>{}</section>").format(title, inside) if inside else Markup("")


def table(columns: dict[str, list], caption: str, name: str, most: int, groups: list[Markup] | None = None) -> Markup:
    """A table of the first rows, under the headings of their groups, which says where the rest is; nothing where there are none."""
    length = len(next(iter(columns.values()), []))
    if not length:
        return Markup("")
    rest = Markup('{} of {:,}; all are in <a href="../tables/{}.csv">{}.csv</a>').format(most, length, name, name) if length > most else caption
    return Markup(show.table({heading: cells[:most] for heading, cells in columns.items()}, rest, groups).html)


CHARTS = {"range": range_of, "growth": growth_of}
PARTS = (quantities, alone, denials, one_origin, statements, heard, left_out, articles)
