"""Figures: the numbers of an article, what each counts, and who asserts it."""

from dataclasses import dataclass, field

from analysis.corpus import Span


@dataclass
class Figure:
    """One number about the world; `span` is its place in the article's raw text.

    `value` is None for a range, `low` and `high` are None for a single value. `claim` is the index, in the article's
    list of claims, of the innermost claim the number stands in; None is the outlet's own voice.
    """

    span: Span
    value: float | None
    low: float | None
    high: float | None
    comparator: str
    kind: str
    unit: str
    counted: str
    counted_spans: list[Span] = field(default_factory=list)
    measure: str | None = None
    part_of: int | None = None
    background: str | None = None
    claim: int | None = None


def find_figures(article, doc, claims):
    return []
