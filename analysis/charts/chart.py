"""What every chart is: lanes one below the other, each with its name beside it (above it on a phone), drawn in the page itself.

The horizontal places are shares of the width there is, so that text stays as large as the text around it at any width; the
colours are the page's, light or dark, and stand in the drawing too for where no page has set them, as in a notebook.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas
from markupsafe import Markup

from analysis import show

FAINT, LINE, SURE, APART = "#6b6b66", "#dddcd6", "#0b5566", "#b3311f"
FIRST, LAST = 2, 98  # percent of the width between which a scale lies
MOST_BEHIND = 100  # rows of the table behind a chart
LOG_FROM = 50  # a largest value this many times the smallest is drawn on a logarithmic scale
TICKS = 3  # or a few more
LARGEST = 1e18  # a number beyond it is left to the tables
Scale = Callable[[float], float]  # a value to its place, in percent of the width


@dataclass(frozen=True)
class Chart:
    """A chart: `drawing` (empty where there is nothing to draw), `finding`, its title, `alt`, and `data`, the table behind it; `alone`, where it
    stands by itself, "" where it does nowhere."""

    drawing: Markup
    finding: str
    alt: str
    data: pandas.DataFrame
    alone: str = ""

    @property
    def html(self) -> str:
        """The chart as HTML; "" where there is nothing to draw."""
        if not self.drawing:
            return ""
        parts = Markup('<figure class="chart"><figcaption>{}</figcaption><div class="lanes" role="img" aria-label="{}">{}</div>'
                       '<div class="under">{}{}</div></figure>')
        return str(parts.format(show.legible(self.finding), show.legible(self.alt), self.drawing, self._behind(), self._alone()))

    def _behind(self) -> Markup:
        """The table behind the chart, folded; of a very long one the first rows."""
        rows = self.data.head(MOST_BEHIND)
        told = "The same as a table" + (f", {len(rows)} rows of {len(self.data):,}" if len(rows) < len(self.data) else "")
        return Markup("<details><summary>{}</summary>{}</details>").format(told, Markup(show.table(rows, kind="numbers").html))

    def _alone(self) -> Markup:
        return Markup('<a href="{}">The chart alone, to embed</a>').format(self.alone) if self.alone else Markup("")

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.alt if self.drawing else ""


def lane(name: str, note: str, drawing: Markup, height: int) -> Markup:
    """A lane: its name and a smaller note, and what is drawn in it."""
    told = Markup("{}<small>{}</small>").format(show.legible(name), Markup(" {}").format(show.legible(note)) if note else "")
    row = Markup('<div class="lane"><div class="who">{}</div><svg width="100%" height="{}" font-size="14">{}</svg></div>')
    return row.format(told, height, drawing)


def axis(ticks: Iterable[tuple[float, str]]) -> Markup:
    """The lane below all others, that names the places of the ticks (percent, words)."""
    drawn = Markup("").join(
        Markup('<text class="tick" x="{}%" y="13" text-anchor="{}" fill="{}" font-size="12">{}</text>').format(
            percent(at), "start" if at < 4 else "end" if at > 96 else "middle", FAINT, words) for at, words in ticks)
    return Markup('<div class="lane axis"><div class="who"></div><svg width="100%" height="18">{}</svg></div>').format(drawn)


def grid(ticks: Iterable[tuple[float, str]]) -> Markup:
    """A light line at each tick, through a lane's whole height."""
    line = Markup('<line class="grid" x1="{0}%" x2="{0}%" y1="0" y2="100%" stroke="{1}"/>')
    return Markup("").join(line.format(percent(at), LINE) for at, _ in ticks)


def words(at: float, y: float, text: str, kind: str, colour: str, side: str) -> Markup:
    """A label at a place: "after" it, "before" it, or in the "middle" above it."""
    shift, anchor = {"after": (10, "start"), "before": (-10, "end"), "middle": (0, "middle")}[side]
    return Markup('<text class="{}" x="{}%" y="{}" dx="{}" text-anchor="{}" fill="{}" font-weight="600">{}</text>').format(
        kind, percent(at), y, shift, anchor, colour, show.legible(text))


def percent(at: float) -> str:
    """A place as the drawing has it; a hundredth of a percent is seen by nobody."""
    return f"{at:.2f}".rstrip("0").rstrip(".")


def scale_of(low: float, high: float) -> tuple[Scale, list[tuple[float, str]]]:
    """A scale on which all from `low` to `high` lies between two places, and its ticks (place, words); of one far apart by powers of ten."""
    if low > 0 and high / low >= LOG_FROM:
        values = [10.0**power for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]
        values = values[:: max(1, len(values) // TICKS)]
        ends = math.log10(min(values[0], low)), math.log10(max(values[-1], high))
        place = lambda value: FIRST + (LAST - FIRST) * (math.log10(value) - ends[0]) / (ends[1] - ends[0])  # noqa: E731
    else:
        values = _round_values(low, high)
        ends = values[0], values[-1]
        place = lambda value: FIRST + (LAST - FIRST) * (value - ends[0]) / (ends[1] - ends[0])  # noqa: E731
    return place, [(place(value), show.number(value)) for value in values]


def _round_values(low: float, high: float) -> list[float]:
    """Some round numbers with `low` and `high` between the first and the last."""
    spread = high - low or abs(high) or 1.0
    rough = spread / TICKS
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough)
    begin, end = math.floor(low / step), math.ceil(high / step)
    begin -= low == high and low > 0 or begin * step == low and low > 0
    end += begin == end or end * step == high
    return [round(step * times, 10) for times in range(begin, end + 1)]
