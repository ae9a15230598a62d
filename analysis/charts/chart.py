"""What every chart is: SVG with its alt text and the table behind it; the same bytes on every day and machine."""

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
