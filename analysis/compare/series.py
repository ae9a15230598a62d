"""A figure over time: each origin's own line, by the day its numbers are as of. Falls are flagged, never smoothed."""

from collections import defaultdict

import pandas as pd

from analysis.compare.columns import listed, table
from analysis.compare.intervals import between
from analysis.tables import rows as rows_of


def series(compared: pd.DataFrame) -> pd.DataFrame:
    """The table `series`: a row for each reading of an origin on a day, from the dated rows of `compared`.

    Only lines with readings on two days or more. `falls` is true where a reading lies wholly below all that this origin
    gave on its last day before; `note` says by how much, and where one day has several readings.
    """
    lines: dict[tuple[str, str], dict[str, list[dict]]] = defaultdict(lambda: defaultdict(list))
    for row in rows_of(compared[compared["as_of"].notna()]):
        lines[row["comparison_id"], row["origin_id"]][row["as_of"]].append(row)
    found = []
    for days in lines.values():
        before: list[dict] = []
        for day in sorted(days) if len(days) > 1 else ():
            here = _readings(days[day])
            for row in here:
                low = min((between(other)[0] for other in before), default=None)
                row["falls"] = low is not None and between(row)[1] < low
                fall = f"falls from {' or '.join(other['reading'] for other in before)}" if row["falls"] else ""
                row["note"] = "; ".join(filter(None, [fall, f"one of {len(here)} readings of the day" if len(here) > 1 else ""]))
            found += here
            before = here
    return table("series", found)


def _readings(rows: list[dict]) -> list[dict]:
    """One row for each different reading of a day, the smallest first, with the outlets that carry it."""
    by_interval: dict[tuple, list[dict]] = defaultdict(list)
    for row in rows:
        by_interval[between(row)].append(row)
    return [{**group[0], "outlets": listed(sorted({row["outlet"] for row in group}))} for _, group in sorted(by_interval.items())]
