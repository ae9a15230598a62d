"""What every chart is: SVG with its alt text and the table behind it, the same bytes on every day and machine; and dots and
ranges on one scale a panel, where an open end is an arrow and a vague word a ring."""

import base64
import io
import re
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
MOST_BEHIND = 100  # rows of the table behind a chart
TAG, DECIMALS = re.compile("<[^>]*>"), re.compile(r"(\d\.\d\d)\d+")
INK, FAINT, BAR = "#1f2328", "#8a8f98", "#3b6ea5"

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
MOST_LINES = 10
LOG_FROM = 50  # a largest value this many times the smallest is drawn on a logarithmic scale
ABOVE = {"textcoords": "offset points", "ha": "center", "fontsize": 9}


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
        """The table behind the chart, folded where it is much longer than the chart; of a very long one the first rows."""
        caption = "The numbers behind this chart"
        if len(self.data) > MOST_BEHIND:
            caption += f": {MOST_BEHIND} of {len(self.data):,}; all can be made from the table files"
        behind = Markup(show.table(self.data.head(MOST_BEHIND), caption, kind="numbers").html)
        if len(self.data) <= MOST_BARS:
            return behind
        told = show.count(len(self.data), "row")
        return Markup("<details><summary>The numbers behind this chart, {}</summary>{}</details>").format(told, behind)

    def __repr__(self):
        return self.alt if self.svg else self.caption


def commonest(values):
    """The values of a column, the commonest first, equals in the order of the alphabet."""
    return list(values.value_counts().sort_index(kind="stable").sort_values(ascending=False, kind="stable").index)


def shortened(label, most):
    label = " ".join(show.legible(label).split())
    return label if len(label) <= most else label[: most - 1] + "…"


@contextmanager
def styled():
    """Our style over the library's own defaults, so that nobody's matplotlibrc changes a byte."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(STYLE)
        yield


def as_svg(drawing):
    file = io.StringIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # the reader's fonts have what the measuring font lacks
        FigureCanvasSVG(drawing).print_svg(file, metadata={"Date": None, "Creator": None})
    # A hundredth of a point is seen by nobody, and its digits are most of the file.
    return TAG.sub(lambda tag: DECIMALS.sub(r"\1", tag[0]), file.getvalue())


def draw_panels(panels, alone):
    """One panel above the other, as SVG.

    Args:
        panels: list of (title, frame with Source, Number, Of what, low, high, open, and maybe vague).
        alone: whether all are of one source, which the labels need not name.
    """
    lines = [_lines(rows, alone) for _, rows in panels]
    heights = [0.6 + len(names) * (1 if len(rows) <= MOST_LINES else 0.7) for (_, rows), (names, _) in zip(panels, lines)]
    drawing = Drawing(figsize=(WIDTH, 0.4 * len(panels) + 0.44 * sum(heights)), layout="constrained")
    with styled():
        grid = drawing.subplots(len(panels), 1, squeeze=False, height_ratios=heights)
        for axes, (unit, rows), (names, positions) in zip(grid[:, 0], panels, lines):
            _panel(axes, rows[[position is not None for position in positions]], [p for p in positions if p is not None])
            axes.set_yticks(range(len(names)), [shortened(name, 30) for name in names])
            axes.set_ylim(len(names) - 0.6, -0.8)
            axes.set_title(shortened(unit, 60), loc="left", fontsize=10, fontweight="bold")
        return as_svg(drawing)


def _lines(rows, alone):
    """Labels of a panel's lines, and each row's line: one a figure where they are few, else one a source.

    `alone`: the chart is of one source, which its labels need not name.
    """
    if len(rows) <= MOST_LINES:
        return (rows["Of what"] if alone else rows["Source"]).to_list(), list(range(len(rows)))
    names = commonest(rows["Source"])[:MOST_LINES]
    return names, [names.index(source) if source in names else None for source in rows["Source"]]


def _panel(axes, rows, positions):
    marks = rows.assign(line=positions)
    scale(axes, min(marks["low"]), max(marks["high"]))
    if len(marks) > MOST_LINES:
        _crowd(axes, marks.drop_duplicates(["line", "low", "high", "open"]))
        return
    for mark in marks.itertuples():
        _mark(axes, mark)


def scale(axes, small, large):
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
    axes.plot(ends, lines, "o", color="white" if mark.open or getattr(mark, "vague", False) else BAR, markeredgecolor=BAR, markersize=7)
    axes.annotate(shortened(mark.Number, 40), (mark.high, mark.line), xytext=(0, 7), **ABOVE)
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
