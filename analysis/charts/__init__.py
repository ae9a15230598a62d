"""Charts, each with its finding as its title, its alt text and the table behind it."""

from analysis.charts.bars import bars
from analysis.charts.chart import Chart
from analysis.charts.growth import growth
from analysis.charts.plotted import plotted
from analysis.charts.ranges import ranges

__all__ = ["Chart", "bars", "growth", "plotted", "ranges"]
