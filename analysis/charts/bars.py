"""A chart of bars: how much of something each has, the longest first, its number beside its end."""

import pandas
from markupsafe import Markup

from analysis import show
from analysis.charts.chart import SURE, Chart, lane, percent, words

HEIGHT, MOST_BARS = 26, 15
ROOM = 84  # percent of the width that the longest bar takes; its number stands behind it


def bars(finding: str, names: list[str], amounts: list[int], notes: list[str], of_what: str) -> Chart:
    """Bars with their numbers.

    Args:
        finding: what the chart shows, in words.
        names, amounts, notes: one for each bar, the longest first; those beyond the first 15 are in the table alone.
        of_what: the heading of the amounts in the table, "Claims".
    """
    data = pandas.DataFrame({"Who": list(map(show.legible, names)), of_what: amounts, "Of them": list(map(show.legible, notes))})
    if not any(amounts):
        return Chart(Markup(""), finding, "", data)
    most = max(amounts)
    lanes = [lane(name, note, _bar(amount, ROOM * amount / most), HEIGHT)
             for name, amount, note in list(zip(names, amounts, notes))[:MOST_BARS]]
    told = show.listing([f"{name} {amount:,}" for name, amount in zip(names, amounts)], most=12)
    return Chart(Markup("").join(lanes), finding, f"{finding}. {told}.", data)


def _bar(amount: int, width: float) -> Markup:
    drawn = Markup('<rect class="sure" x="0" y="5" width="{}%" height="16" fill="{}"/>').format(percent(width), SURE)
    return drawn + words(width, 18, f"{amount:,}", "sure", SURE, "after")
