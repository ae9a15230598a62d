"""Charts as SVG, each with its alt text and the table behind it; the same bytes on every day and machine."""

import base64
import io
import math
import warnings
from contextlib import contextmanager
from dataclasses import dataclass

import matplotlib
import pandas
from markupsafe import Markup
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Drawing

from analysis import show

WIDTH = 5.2  # inches; still legible at a phone's width
MOST_BARS = 25
MOST_PANELS = 6
MOST_LINES = 10
LOG_FROM = 50  # a largest value this many times the smallest is drawn on a logarithmic scale
INK, FAINT, BAR = "#1f2328", "#8a8f98", "#3b6ea5"

# Paul Tol's "muted" scheme, told apart by colour-blind readers too: https://personal.sron.nl/~pault/
STANCES = {
    "says": "#88CCEE", "denies": "#CC6677", "admits": "#DDCC77", "accuses": "#882255", "warns": "#AA4499",
    "promises": "#117733", "demands": "#332288", "believes": "#44AA99", "expects": "#999933",
}
KINDS = {"direct": "#332288", "mixed": "#44AA99", "indirect": "#88CCEE"}
OTHER = "#BBBBBB"
ABOVE = {"textcoords": "offset points", "ha": "center", "fontsize": 9}

STYLE = {
    "svg.hashsalt": "onrecord",
    "svg.fonttype": "none",  # text stays text: every script shows, in the reader's fonts
    "text.parse_math": False,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10.5,
    "text.color": INK, "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK,
    "axes.edgecolor": FAINT,
    "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False,
    "ytick.major.size": 0,
}


@dataclass(frozen=True)
class Chart:
    """A chart: `svg` (empty where there is nothing to draw), `alt`, `caption`, and `data`, the table behind it."""

    svg: str
    alt: str
    caption: str
    data: pandas.DataFrame

    def _repr_html_(self):
        if not self.svg:
            return show.text(self.caption).html
        image = base64.b64encode(self.svg.encode()).decode()
        return str(Markup(
            '<div class="beside" style="display:flex;flex-wrap:wrap;gap:1.5rem;align-items:flex-start">'
            '<figure style="margin:0;flex:2 1 22rem"><img alt="{}" style="max-width:100%" src="data:image/svg+xml;base64,{}">'
            '<figcaption>{}</figcaption></figure><div style="flex:1 1 16rem">{}</div></div>'
        ).format(self.alt, image, self.caption, self._behind()))

    def _behind(self):
        """The table behind the chart, folded where it is much longer than the chart."""
        behind = Markup(show.table(self.data, "The numbers behind this chart", kind="numbers").html)
        if len(self.data) <= MOST_BARS:
            return behind
        told = show.count(len(self.data), "row")
        return Markup("<details><summary>The numbers behind this chart, {}</summary>{}</details>").format(told, behind)

    def __repr__(self):
        return self.alt if self.svg else self.caption


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
    units = _commonest(data["Unit"])
    panels = [(unit, data[data["Unit"] == unit]) for unit in units[:MOST_PANELS]]
    told = show.listing(data["Source"] + ": " + data["Number"] + " " + data["Unit"], most=12)
    alt = f"Dots and ranges of figures by source, one panel for each unit. {told}."
    left = len(units) - len(panels)
    rest = f"; {show.count(left, 'more unit')} in the table" if left else ""
    svg = _panels(panels, alone=data["Source"].nunique() == 1)
    caption = f"Figures by source and unit{rest}. An arrow is an open end."
    return Chart(svg, alt, caption, data.drop(columns=["low", "high", "open"]))


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
    with _style():
        axes = drawing.subplots()
        left = [0] * len(data)
        for part in parts:
            axes.barh(range(len(data)), data[part], left=left, height=0.68, label=part, color=colours.get(part, OTHER))
            left = [start + width for start, width in zip(left, data[part])]
        for position, total in enumerate(left):
            axes.annotate(f"{total:,}", (total, position), xytext=(5, 0), textcoords="offset points", va="center")
        axes.set_yticks(range(len(data)), [_short(label, 30) for label in data.iloc[:, 0]])
        axes.set_ylim(len(data) - 0.5, -0.5)
        axes.set_xlim(0, max(max(left), 1) * 1.08)
        axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(6, integer=True))
        axes.set_xlabel(noun if len(parts) > 1 else ": ".join(filter(None, [noun, parts[0]])))
        if len(parts) > 1:
            drawing.legend(loc="outside upper right", ncols=5, frameon=False, fontsize=9, handlelength=1)
        return _svg(drawing)


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


def _panels(panels, alone):
    lines = [_lines(rows, alone) for _, rows in panels]
    heights = [0.6 + len(names) * (1 if len(rows) <= MOST_LINES else 0.7) for (_, rows), (names, _) in zip(panels, lines)]
    drawing = Drawing(figsize=(WIDTH, 0.4 * len(panels) + 0.44 * sum(heights)), layout="constrained")
    with _style():
        grid = drawing.subplots(len(panels), 1, squeeze=False, height_ratios=heights)
        for axes, (unit, rows), (names, positions) in zip(grid[:, 0], panels, lines):
            _panel(axes, rows[[position is not None for position in positions]], [p for p in positions if p is not None])
            axes.set_yticks(range(len(names)), [_short(name, 30) for name in names])
            axes.set_ylim(len(names) - 0.6, -0.8)
            axes.set_title(_short(unit, 60), loc="left", fontsize=10, fontweight="bold")
        return _svg(drawing)


def _lines(rows, alone):
    """Labels of a panel's lines, and each row's line: one a figure where they are few, else one a source.

    `alone`: the chart is of one source, which its labels need not name.
    """
    if len(rows) <= MOST_LINES:
        return (rows["Of what"] if alone else rows["Source"]).to_list(), list(range(len(rows)))
    names = _commonest(rows["Source"])[:MOST_LINES]
    return names, [names.index(source) if source in names else None for source in rows["Source"]]


def _commonest(values):
    """The values of a column, the commonest first, equals in the order of the alphabet."""
    return list(values.value_counts().sort_index(kind="stable").sort_values(ascending=False, kind="stable").index)


def _panel(axes, rows, positions):
    marks = rows.assign(line=positions)
    _scale(axes, min(marks["low"]), max(marks["high"]))
    if len(marks) > MOST_LINES:
        _crowd(axes, marks.drop_duplicates(["line", "low", "high", "open"]))
        return
    for mark in marks.itertuples():
        _mark(axes, mark)


def _scale(axes, small, large):
    logarithmic = small > 0 and large / small >= LOG_FROM
    if logarithmic:
        axes.set_xscale("log")
        axes.set_xlim(small / 3, large * 4)
    else:
        axes.set_xlim(min(0, small * 1.2), max(large * 1.3, 1))
        axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(4))
    axes.xaxis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda value, _: show.number(value)))
    axes.xaxis.set_minor_formatter(matplotlib.ticker.NullFormatter())
    axes.grid(axis="y", color="#e6e6e6", linewidth=0.8)
    axes.set_axisbelow(True)


def _mark(axes, mark):
    """A dot, or two joined ends, and its number; an arrow where the figure is open."""
    ends, lines = [mark.low, mark.high], [mark.line, mark.line]
    axes.plot(ends, lines, "-", color=BAR, linewidth=2.5, solid_capstyle="round")
    axes.plot(ends, lines, "o", color="white" if mark.open else BAR, markeredgecolor=BAR, markersize=7)
    axes.annotate(_short(mark.Number, 40), (mark.high, mark.line), xytext=(0, 7), **ABOVE)
    if mark.open:
        start, way = (mark.high, 34) if mark.open == "high" else (mark.low, -34)
        axes.annotate("", (start, mark.line), xytext=(way, 0), textcoords="offset points",
                      arrowprops={"arrowstyle": "<|-", "color": BAR, "linewidth": 2, "shrinkA": 0, "shrinkB": 5})


def _crowd(axes, marks):
    """Many at once: dots and ranges, an arrowhead for an open one; drawn by kind of mark, which takes no time."""
    ranges = marks[marks["low"] < marks["high"]]
    axes.hlines(ranges["line"], ranges["low"], ranges["high"], color=BAR, linewidth=1.5)
    for open_end, shape in (("", "o"), ("high", ">"), ("low", "<")):
        some = marks[marks["open"] == open_end]
        axes.plot([*some["low"], *some["high"]], [*some["line"], *some["line"]], shape, color=BAR, markersize=5, alpha=0.6, linestyle="")


def _short(label, most):
    label = " ".join(show.legible(label).split())
    return label if len(label) <= most else label[: most - 1] + "…"


@contextmanager
def _style():
    """Our style over the library's own defaults, so that nobody's matplotlibrc changes a byte."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(STYLE)
        yield


def _svg(drawing):
    file = io.StringIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # the reader's fonts have what the measuring font lacks
        FigureCanvasSVG(drawing).print_svg(file, metadata={"Date": None, "Creator": None})
    return file.getvalue()
