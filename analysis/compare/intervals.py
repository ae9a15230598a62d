"""Intervals: what a figure says about the true number, and whether two can both hold."""

import math
from typing import Protocol

from analysis.words import number

ABOUT = 0.1  # "about 40" is read as within a tenth of 40
Interval = tuple[float, float]  # closed; infinite where the end is open


class Reading(Protocol):
    """What of a figure tells which numbers it allows (see `analysis.compare.rows.Figure`)."""

    kind: str
    value: float | None
    low: float | None
    high: float | None
    comparator: str


def interval(figure: Reading) -> Interval:
    """The numbers a figure allows. Of whole things "more than 30" is 31 or more; of others it is read as 30 or more."""
    value, comparator = figure.value, figure.comparator
    if comparator in ("range", "vague") or value is None:
        return between(figure.low, figure.high)
    whole = figure.kind == "count" and float(value).is_integer()
    return {
        ">": (value + whole, math.inf), ">=": (value, math.inf), "<": (-math.inf, value - whole), "<=": (-math.inf, value),
        "~": (value - abs(value) * ABOUT, value + abs(value) * ABOUT),
    }.get(comparator, (value, value))


def between(low: float | None, high: float | None) -> Interval:
    """The interval of two cells, of which an open end is missing."""
    return (-math.inf if low is None else low, math.inf if high is None else high)


def common(intervals: list[Interval]) -> Interval | None:
    """The numbers that all of the intervals allow; None where there is none."""
    low, high = max(low for low, _ in intervals), min(high for _, high in intervals)
    return (low, high) if low <= high else None


def hull(intervals: list[Interval]) -> Interval:
    """From the lowest to the highest number that any of the intervals allows."""
    return min(low for low, _ in intervals), max(high for _, high in intervals)


def gap(intervals: list[Interval]) -> float:
    """How far the lowest figure falls short of the highest, as a share of the highest: 0 where some number fits all."""
    low, high = min(high for _, high in intervals), max(low for low, _ in intervals)
    return 0.0 if high <= low else round((high - low) / abs(high), 3) if high else 1.0


def bounds(ends: Interval | None) -> tuple[float | None, float | None]:
    """An interval as two cells of a table: an open end is missing."""
    return tuple(end if math.isfinite(end) else None for end in ends) if ends else (None, None)


def in_words(ends: Interval) -> str:
    """"58", "12 to 15", "58 or more", "up to 20"."""
    low, high = ends
    if low == high:
        return number(low)
    if math.isinf(high):
        return f"{number(low)} or more" if math.isfinite(low) else "any number"
    return f"up to {number(high)}" if math.isinf(low) else f"{number(low)} to {number(high)}"
