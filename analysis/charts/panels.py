"""Dots and ranges on one scale a panel; an open end is an arrow, a vague word a ring."""

import matplotlib
from matplotlib.figure import Figure as Drawing

from analysis import show
from analysis.charts.chart import BAR, WIDTH, as_svg, commonest, shortened, styled

MOST_LINES = 10
LOG_FROM = 50  # a largest value this many times the smallest is drawn on a logarithmic scale
ABOVE = {"textcoords": "offset points", "ha": "center", "fontsize": 9}


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
