"""A chart of a figure over time: a lane for each origin, all on the same days and the same scale."""

from datetime import date
from types import SimpleNamespace

import pandas
from markupsafe import Markup

from analysis import show
from analysis.charts.chart import APART, LARGEST, SURE, Chart, axis, grid, lane, percent, words

HEIGHT, TOP, BOTTOM = 64, 26, 54
FIRST, LAST = 8, 90  # percent
MOST_LANES, MOST_DAYS = 6, 6


def growth(finding: str, series: list[SimpleNamespace]) -> Chart:
    """Each origin's figure from day to day; a fall is in the colour of what is apart.

    Args:
        finding: what the chart shows, in words.
        series: rows of the table `series` of one comparison.

    Returns:
        Chart; nothing is drawn where no origin's figure changes from day to day.
    """
    data = pandas.DataFrame({
        "Who": [show.legible(row.origin) for row in series], "As of": [row.as_of for row in series],
        "Says": [show.legible(row.reading) for row in series], "Note": [show.legible(row.note) for row in series],
    })
    lines = _lines(series)
    days = sorted({day for line in lines.values() for day in line})
    if not any(len({value for value, _ in line.values()}) > 1 for line in lines.values()):
        return Chart(Markup(""), finding, "", data)
    across = _across(days)
    values = [value for line in lines.values() for value, _ in line.values()]
    ticks = [(across(day), show.day(day, year=False)) for day in days[:: -(-len(days) // MOST_DAYS)]]
    lanes = [lane(origin, "", grid(ticks) + _line(line, across, min(values), max(values)), HEIGHT)
             for origin, line in lines.items()]
    told = "; ".join(f"{origin}: {show.listing([f'{row.reading} on {show.day(day)}' for day, (_, row) in line.items()], most=8)}"
                     for origin, line in lines.items())
    return Chart(Markup("").join([*lanes, axis(ticks)]), finding, f"{finding}. {told}.", data)


def _lines(series: list[SimpleNamespace]) -> dict[str, dict]:
    """Of each origin its value and row of each day, of those with most days first; a number that no scale could hold is left out."""
    lines = {}
    for row in series:
        value = row.low if row.low is not None else row.high
        if value is not None and abs(value) < LARGEST:
            lines.setdefault(row.origin, {})[row.as_of] = (value, row)
    return dict(sorted(lines.items(), key=lambda line: -len(line[1]))[:MOST_LANES])


def _brief(row: SimpleNamespace) -> str:
    """A reading as short as it can be told: "14+" for "at least 14"."""
    if row.high is None:
        return f"{show.number(row.low)}+" if row.comparator != ">" else row.reading.replace("more than ", "> ")
    return row.reading.replace("about ", "~").replace("at most ", "≤ ").replace("less than ", "< ")


def _across(days: list[str]):
    first, last = (date.fromisoformat(day).toordinal() for day in (days[0], days[-1]))
    return lambda day: FIRST + (LAST - FIRST) * (date.fromisoformat(day).toordinal() - first) / (last - first or 1)


def _line(line: dict, across, low: float, high: float) -> Markup:
    """The readings of one origin: dots with their numbers, and lines between them."""
    heights = {day: BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low or 1) for day, (value, _) in line.items()}
    drawn, days = Markup(""), list(line)
    for before, after in zip(days, days[1:]):
        drawn += Markup('<line class="sure" x1="{}%" y1="{:.1f}" x2="{}%" y2="{:.1f}" stroke="{}" stroke-width="2.5"/>').format(
            percent(across(before)), heights[before], percent(across(after)), heights[after], SURE)
    for day, (_, row) in line.items():
        kind, paint = ("apart", APART) if row.falls else ("sure", SURE)
        drawn += Markup('<circle class="{}" cx="{}%" cy="{:.1f}" r="5" fill="{}"/>').format(kind, percent(across(day)), heights[day], paint)
        drawn += words(across(day), round(heights[day] - 10, 1), _brief(row), kind, paint, "middle")
    return drawn
