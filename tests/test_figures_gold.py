"""Figures of invented reports, marked by hand, against what is found with the claims marked there."""

import re

import pytest

from analysis.corpus import article_from_text
from analysis.figures import find_figures
from tests.gold_figures import COMPILED, as_claims, compiled, read_gold

LEAST = {"value and comparator": 0.95, "asserter": 0.90, "the outlet's own voice": 0.90}


@pytest.fixture(scope="module")
def found(pipeline):
    """Pairs of a gold record and the figures found in its text."""
    records = read_gold()
    docs = pipeline.pipe(record["text"] for record in records)
    return [(record, find_figures(article_from_text(record["id"], record["text"]), doc, as_claims(record)))
            for record, doc in zip(records, docs)]


def same_value(gold, figure):
    if gold["value"] is None:
        return (figure.low, figure.high) == (gold["low"], gold["high"])
    return figure.value is not None and abs(figure.value - gold["value"]) <= 1e-5 * abs(gold["value"])


def matched(record, figures):
    """Each gold figure of a record with the figure found at its place and of its value, or None."""
    for gold in record["figures"]:
        start, end = gold["span"]
        yield gold, next((f for f in figures if f.span[0] < end and start < f.span[1] and same_value(gold, f)), None)


def asserted_elsewhere(record, gold):
    start, end = sorted([gold["source"][0][0], gold["span"][0]])
    return re.search(r"[.!?]\W|\n", record["text"][start:end]) is not None


def test_the_gold_is_large_and_half_of_its_asserters_stand_in_another_sentence():
    records = read_gold()
    asserted = [(record, gold) for record in records for gold in record["figures"] if gold["claim"]]
    assert len(records) >= 25
    assert sum(len(record["figures"]) for record in records) >= 150
    assert sum(asserted_elsewhere(*pair) for pair in asserted) >= len(asserted) / 2
    assert COMPILED.read_text(encoding="utf-8") == compiled(), "run python -m tests.gold_figures"


def test_values_comparators_and_asserters_are_right_often_enough(found):
    right = dict.fromkeys(LEAST, 0)
    total = dict.fromkeys(LEAST, 0)
    for record, figures in found:
        numbers = [claim["id"] for claim in record["claims"]]
        total["value and comparator"] += (len(record["figures"]) + len(figures)) / 2
        for gold, figure in matched(record, figures):
            right["value and comparator"] += figure is not None and figure.comparator == gold["comparator"]
            whose = "asserter" if gold["claim"] else "the outlet's own voice"
            total[whose] += 1
            right[whose] += figure is not None and gold["claim"] == (None if figure.claim is None else numbers[figure.claim])
    for what, least in LEAST.items():
        assert right[what] / total[what] >= least, what


def test_spans_slice_and_no_figure_is_there_twice(found):
    for record, figures in found:
        ends = 0
        for figure in figures:
            assert ends <= figure.span[0] < figure.span[1] <= len(record["text"])
            ends = figure.span[1]
            assert figure.counted.split() == [w for s, e in figure.counted_spans for w in record["text"][s:e].split()]
