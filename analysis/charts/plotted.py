"""A frame's numbers as pandas and matplotlib draw them, for whoever explores in a notebook: the same bytes for the same numbers."""

import base64
import io
import logging

import pandas
from markupsafe import Markup

from analysis import show
from analysis.charts.chart import SURE, Chart

WIDTH, HEIGHT, LANE = 7.5, 0.8, 0.3  # inches: of the picture, of it without bars, and of a bar
ALIKE = {"svg.fonttype": "none", "svg.hashsalt": "onrecord", "font.family": "DejaVu Sans", "text.parse_math": False}


def plotted(numbers: pandas.Series | pandas.DataFrame, finding: str) -> Chart:
    """Bars of a series, or stacked bars of a frame's columns, the first row at the top.

    Args:
        numbers: at most a few dozen rows; their index names the bars.
        finding: what the chart shows, in words.

    Returns:
        Chart; nothing is drawn where there are no rows. Costs about a second the first time, for loading matplotlib.
    """
    data = numbers.rename_axis("what").reset_index()
    if not len(numbers):
        return Chart(Markup(""), finding, "", data)
    picture = base64.b64encode(_svg(numbers.set_axis(map(show.legible, numbers.index)))).decode()
    alt = f"{finding}. {show.listing([' '.join(map(show.legible, row)) for row in data.itertuples(index=False)], most=12)}."
    return Chart(Markup('<img alt="{}" src="data:image/svg+xml;base64,{}">').format(show.legible(finding), picture),
                 finding, alt, data)


def _svg(numbers: pandas.Series | pandas.DataFrame) -> bytes:
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells how it makes its cache, on another day than others
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(ALIKE)
        figure = Figure(figsize=(WIDTH, HEIGHT + LANE * len(numbers)))
        axes = figure.subplots()
        numbers[::-1].plot.barh(ax=axes, stacked=True, xlabel="", ylabel="", **({"color": SURE} if numbers.ndim == 1 else {}))
        axes.spines[["top", "right", "left"]].set_visible(False)
        drawn = io.BytesIO()
        figure.savefig(drawn, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    return drawn.getvalue()
