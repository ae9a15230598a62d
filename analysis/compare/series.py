"""A figure over time: each origin's own line, by the day its numbers are as of. Falls are flagged, never smoothed."""

from collections import defaultdict

import pandas as pd

from analysis.compare.columns import listed, table
from analysis.compare.rows import ComparedFigure, read


def series(compared: pd.DataFrame) -> pd.DataFrame:
    """The table `series`: a row for each reading of an origin on a day, from the dated rows of `compared`.

    Only lines with readings on two days or more. `falls` is true where a reading lies wholly below all that this origin
    gave on its last day before; `note` says by how much, and where one day has several readings.
    """
    lines: dict[tuple[str, str], dict[str, list[ComparedFigure]]] = defaultdict(lambda: defaultdict(list))
    for row in read(compared[compared["as_of"].notna()], ComparedFigure):
        lines[row.comparison_id, row.origin_id][row.as_of].append(row)
    return table("series", [row for days in lines.values() if len(days) > 1 for row in _line(days)])


def _line(days: dict[str, list[ComparedFigure]]) -> list[dict]:
    """The rows of one origin, by day."""
    found, before = [], []
    for day in sorted(days):
        here = _readings(days[day])
        found += [_row(group, before, len(here)) for group in here]
        before = [group[0] for group in here]
    return found


def _row(group: list[ComparedFigure], before: list[ComparedFigure], readings: int) -> dict:
    """A row for a reading, after those of the day before."""
    first = group[0]
    falls = bool(before) and first.ends[1] < min(other.ends[0] for other in before)
    fall = f"falls from {' or '.join(other.reading for other in before)}" if falls else ""
    note = "; ".join(filter(None, [fall, f"one of {readings} readings of the day" if readings > 1 else ""]))
    return {**vars(first), "outlets": listed(sorted({row.outlet for row in group})), "falls": falls, "note": note}


def _readings(rows: list[ComparedFigure]) -> list[list[ComparedFigure]]:
    """The rows by the different readings of a day, the smallest first."""
    by_interval: dict[tuple, list[ComparedFigure]] = defaultdict(list)
    for row in rows:
        by_interval[row.ends].append(row)
    return [group for _, group in sorted(by_interval.items())]
