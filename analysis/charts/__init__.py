"""Charts as SVG, each with its alt text and the table behind it."""

from analysis.charts.chart import Chart
from analysis.charts.comparison import claim_matrix, figures_by_origin, timeline, who_cites_whom
from analysis.charts.sources import claims_by_source, figures_by_source, stances, words_by_article

__all__ = [
    "Chart", "claim_matrix", "claims_by_source", "figures_by_origin", "figures_by_source", "stances", "timeline", "who_cites_whom",
    "words_by_article",
]
