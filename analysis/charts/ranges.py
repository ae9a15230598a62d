"""A chart of ranges: what each origin says of one thing, as a dot, a bar, or an arrow where its end is open."""

import json
from types import SimpleNamespace

import pandas
from markupsafe import Markup

from analysis import show
from analysis.charts.chart import APART, FAINT, LARGEST, SURE, Chart, Scale, axis, grid, lane, percent, scale_of, words

HEIGHT, MIDDLE = 38, 19
MOST_LANES = 10
TURNED = 55  # percent; a label beyond it stands before its mark


def ranges(finding: str, origins: list[SimpleNamespace], apart: bool) -> Chart:
    """What each origin says of one thing.

    Args:
        finding: what the chart shows, in words.
        origins: rows of the table `origins` of one comparison.
        apart: whether they surely cannot all be right; the one farthest from the first is drawn in the colour of that.

    Returns:
        Chart; nothing is drawn of fewer than two origins with a finite number.
    """
    rows = [row for row in origins if _drawable(row)][:MOST_LANES]
    data = pandas.DataFrame({
        "Who": [show.legible(row.origin) for row in origins], "Says": [show.legible(row.reading) for row in origins],
        "As of": [show.legible(row.as_of) for row in origins],
        "Outlets": [show.listing(map(show.legible, json.loads(row.outlets))) for row in origins],
    })
    if len(rows) < 2:
        return Chart(Markup(""), finding, "", data)
    ends = [end for row in rows for end in _ends(row)]
    place, ticks = scale_of(min(ends), max(ends))
    last = max(rows, key=lambda row: _ends(row)[0])
    lanes = [lane(row.origin, _carried(row), grid(ticks) + _mark(row, place, _colour(row, apart and row is last)), HEIGHT)
             for row in rows]
    told = show.listing([f"{row.origin} {row.reading}" for row in origins], most=10)
    return Chart(Markup("").join([*lanes, axis(ticks)]), finding, f"{finding}. {told}.", data)


def _drawable(row: SimpleNamespace) -> bool:
    """Whether it has a number, and none that no scale could hold."""
    ends = [end for end in (row.low, row.high) if end is not None]
    return bool(ends) and all(abs(end) < LARGEST for end in ends)


def _ends(row: SimpleNamespace) -> tuple[float, float]:
    """Where its mark begins and ends; an open end adds nothing."""
    low, high = row.low if row.low is not None else row.high, row.high if row.high is not None else row.low
    return _printed(row, low), _printed(row, high)


def _printed(row: SimpleNamespace, end: float) -> float:
    """The number as it is printed: "more than 30" is drawn from 30."""
    return end + {">": -1, "<": 1}.get(row.comparator, 0) * float(end).is_integer()


def _carried(row: SimpleNamespace) -> str:
    outlets = json.loads(row.outlets)
    return f"in {len(outlets)} outlets" if len(outlets) > 1 else "its own count" if outlets == [row.origin] else f"in {outlets[0]}" if outlets else ""


def _colour(row: SimpleNamespace, apart: bool) -> tuple[str, str]:
    return ("apart", APART) if apart else ("vague", FAINT) if row.comparator == "vague" else ("sure", SURE)


def _mark(row: SimpleNamespace, place: Scale, colour: tuple[str, str]) -> Markup:
    kind, paint = colour
    low, high = map(place, _ends(row))
    drawn = Markup("")
    if low < high:
        drawn += _bar(kind, paint, low, high)
    if row.high is None:
        drawn += _bar(kind, paint, low, 100) + _arrow(kind, paint, 100, "-8,-5 0,0 -8,5")
    if row.low is None:
        drawn += _bar(kind, paint, 0, high) + _arrow(kind, paint, 0, "8,-5 0,0 8,5")
    for at in dict.fromkeys([low, high]):
        drawn += Markup('<circle class="{}" cx="{}%" cy="{}" r="6" fill="{}"/>').format(kind, percent(at), MIDDLE, paint)
    before = row.high is None and low > 25 or low > TURNED
    at = low if before or row.high is None else high
    y = MIDDLE + 5 if before or row.high is not None else MIDDLE - 8
    return drawn + words(at, y, row.reading, kind, paint, "before" if before else "after")


def _bar(kind: str, paint: str, low: float, high: float) -> Markup:
    return Markup('<line class="{}" x1="{}%" x2="{}%" y1="{}" y2="{}" stroke="{}" stroke-width="5" stroke-opacity=".5"/>').format(
        kind, percent(low), percent(high), MIDDLE, MIDDLE, paint)


def _arrow(kind: str, paint: str, at: float, points: str) -> Markup:
    head = Markup('<svg x="{}%" y="{}" overflow="visible"><polygon class="{}" points="{}" fill="{}"/></svg>')
    return head.format(percent(at), MIDDLE, kind, points, paint)
