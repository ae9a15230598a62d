"""Charts of a corpus: its claims, its figures, its words."""

import math

import matplotlib
import pandas
from matplotlib.figure import Figure as Drawing

from analysis import show
from analysis.charts.chart import BAR, MOST_BARS, WIDTH, Chart, as_svg, commonest, shortened, styled, draw_panels

MOST_PANELS = 6

# Paul Tol's "muted" scheme, told apart by colour-blind readers too: https://personal.sron.nl/~pault/
STANCES = {
    "says": "#88CCEE", "denies": "#CC6677", "admits": "#DDCC77", "accuses": "#882255", "warns": "#AA4499",
    "promises": "#117733", "demands": "#332288", "believes": "#44AA99", "expects": "#999933",
}
KINDS = {"direct": "#332288", "mixed": "#44AA99", "indirect": "#88CCEE"}
OTHER = "#BBBBBB"


def claims_by_source(tables, by="stance"):
    """Bars of claims by source, stacked by how they speak; the sources with most claims, the rest in the table.

    Args:
        tables: dict of DataFrame, as `analysis.tables` builds them.
        by: "stance" or "kind", the column of `claims` to stack by.
    """
    claims = tables["claims"]
    if claims.empty:
        return Chart("", "", "No article quotes or reports anybody: there are no claims to draw.", claims)
    counts = _claim_counts(claims, show.source_names(tables), by)
    colours = {"stance": STANCES, "kind": KINDS}[by]
    drawn = counts.head(MOST_BARS)
    svg = _bars(drawn, [column for column in counts.columns[1:-1]], colours, "claims")
    alt = f"Bar chart of claims by source, stacked by {by}. {_told(counts)}."
    return Chart(svg, alt, f"Claims by source, by {by}{_beyond(counts, 'sources')}", counts)


def stances(tables, source_id):
    """One bar for one source: its claims by stance."""
    claims = tables["claims"][tables["claims"]["source_id"] == source_id]
    name = show.legible(show.source_names(tables)[source_id])
    if claims.empty:
        return Chart("", "", f"{name} is not quoted: there is no claim to draw.", claims)
    counts = _claim_counts(claims, {source_id: name}, "stance")
    stances_found = list(counts.columns[1:-1])
    told = show.listing((f"{stance} {counts[stance].iloc[0]}" for stance in stances_found), most=10)
    data = pandas.DataFrame({"Stance": stances_found, "Claims": [int(counts[stance].iloc[0]) for stance in stances_found]})
    svg = _bars(counts, stances_found, STANCES, "claims")
    return Chart(svg, f"Bar of the claims of {name} by stance: {told}.", f"How {name} speaks", data)


def words_by_article(tables):
    """Bars of words by article, the longest first."""
    articles = tables["articles"]
    if articles.empty:
        return Chart("", "", "No article was read: there is nothing to draw.", articles)
    titles = articles["title"].fillna("").where(articles["title"].fillna("") != "", articles["article_id"])
    data = pandas.DataFrame({"Article": titles.map(show.legible), "Words": articles["words"]})
    data = data.sort_values("Words", ascending=False, kind="stable").reset_index(drop=True)
    svg = _bars(data.head(MOST_BARS), ["Words"], {"Words": BAR}, "")
    return Chart(svg, f"Bar chart of words by article. {_told(data)}.", f"Words by article{_beyond(data, 'articles')}", data)


def figures_by_source(tables, rows=None):
    """Figures as dots and ranges, one panel for each unit; an open end ("more than") is an arrow.

    Args:
        tables: dict of DataFrame, as `analysis.tables` builds them.
        rows: the rows of `figures` to draw, all unless given.
    """
    data = _drawable(tables, tables["figures"] if rows is None else rows)
    if data.empty:
        return Chart("", "", "There is no number to draw.", data)
    units = commonest(data["Unit"])
    by_unit = [(unit, data[data["Unit"] == unit]) for unit in units[:MOST_PANELS]]
    told = show.listing(data["Source"] + ": " + data["Number"] + " " + data["Unit"], most=12)
    alt = f"Dots and ranges of figures by source, one panel for each unit. {told}."
    left = len(units) - len(by_unit)
    rest = f"; {show.count(left, 'more unit')} in the table" if left else ""
    drawn = draw_panels(by_unit, alone=data["Source"].nunique() == 1)
    caption = f"Figures by source and unit{rest}. An arrow is an open end."
    return Chart(drawn, alt, caption, data.drop(columns=["low", "high", "open"]))


def _claim_counts(claims, names, by):
    """One row a source: its name, one column for each value of `by`, their sum; most claims first."""
    counted = claims.assign(Source=claims["source_id"].fillna("").map(names).map(show.legible))
    counts = pandas.crosstab(counted["Source"], counted[by])
    known = list({"stance": STANCES, "kind": KINDS}[by])
    order = sorted(counts.columns, key=lambda value: (known.index(value) if value in known else len(known), value))
    counts = counts[order].assign(All=counts.sum(axis=1)).sort_values("All", ascending=False, kind="stable")
    counts.columns.name = None
    return counts.reset_index()


def _told(counts):
    """What the bars say in words: each label with its last column."""
    return show.listing((f"{row[0]} {row[-1]:,}" for row in counts.itertuples(index=False, name=None)), most=12)


def _beyond(data, noun):
    return f": the {MOST_BARS} with most, of {len(data):,} {noun} in the table" if len(data) > MOST_BARS else ""


def _bars(data, parts, colours, noun):
    """Horizontal bars: the first column of `data` labels them, the columns `parts` are stacked."""
    drawing = Drawing(figsize=(WIDTH, 1.0 + 0.32 * len(data) + (0.3 if len(parts) > 1 else 0)), layout="constrained")
    with styled():
        axes = drawing.subplots()
        left = [0] * len(data)
        for part in parts:
            axes.barh(range(len(data)), data[part], left=left, height=0.68, label=part, color=colours.get(part, OTHER))
            left = [start + width for start, width in zip(left, data[part])]
        for position, total in enumerate(left):
            axes.annotate(f"{total:,}", (total, position), xytext=(5, 0), textcoords="offset points", va="center")
        axes.set_yticks(range(len(data)), [shortened(label, 30) for label in data.iloc[:, 0]])
        axes.set_ylim(len(data) - 0.5, -0.5)
        axes.set_xlim(0, max(max(left), 1) * 1.08)
        axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(6, integer=True))
        axes.set_xlabel(noun if len(parts) > 1 else ": ".join(filter(None, [noun, parts[0]])))
        if len(parts) > 1:
            drawing.legend(loc="outside upper right", ncols=5, frameon=False, fontsize=9, handlelength=1)
        return as_svg(drawing)


def _drawable(tables, rows):
    """The figures that have a finite number: who, its words, reading and unit, the drawn ends and which are open."""
    names = show.source_names(tables)
    ends = [_ends(row) for row in rows.itertuples()]
    data = pandas.DataFrame({
        "Source": rows["source_id"].fillna("").map(names).map(show.legible).to_list(),
        "Number": show.figure_words(rows, counted=False),
        "Of what": [show.legible(words) for words in rows["counted"]],
        "Unit": [show.legible(row.unit) or show.legible(row.kind) for row in rows.itertuples()],
        "low": [low for low, _, _ in ends], "high": [high for _, high, _ in ends], "open": [open_end for _, _, open_end in ends],
    })
    return data[[math.isfinite(low) and math.isfinite(high) for low, high in zip(data["low"], data["high"])]]


def _ends(row):
    """Where a figure starts and ends on its scale, and its open end: "", "low" or "high"."""
    low, high = (row.value if pandas.isna(end) else end for end in (row.low, row.high))
    missing = "high" if pandas.isna(high) else "low" if pandas.isna(low) else ""
    low, high = (high, high) if pandas.isna(low) else (low, low) if pandas.isna(high) else (low, high)
    return low, high, {">": "high", ">=": "high", "<": "low", "<=": "low"}.get(row.comparator, missing)
