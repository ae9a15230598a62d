"""Score figures: their values and comparators, and who asserts them."""

import math
from collections import Counter
from collections.abc import Callable

from analysis.evaluate.claims import Scored, same_name, same_source
from analysis.evaluate.overlap import Words

Same = Callable[[dict, dict], bool]
# "more than" and "at least" are seldom told apart by those who label, nor are a range and its two ends.
COMPARED = {">=": ">", "<=": "<", "range": "="}


def same_value(gold: dict, predicted: dict) -> bool:
    """Whether two figures of one place in the text have the same value, or the same low and high end."""
    if not _same_place(gold, predicted) or _is_range(gold) != _is_range(predicted):
        return False
    if _is_range(gold):
        ends = [sorted((figure["low"], figure["high"])) for figure in (gold, predicted)]
        return all(_near(one, other) for one, other in zip(*ends))
    return _near(gold.get("value"), predicted.get("value"))


def same_comparator(gold: dict, predicted: dict) -> bool:
    """Whether two figures have the same value and say the same of it (more than, about, ...)."""
    compared = [COMPARED.get(figure.get("comparator") or "=", figure.get("comparator") or "=") for figure in (gold, predicted)]
    return same_value(gold, predicted) and compared[0] == compared[1]


def _same_place(gold: dict, predicted: dict) -> bool:
    if not gold.get("span") or not predicted.get("span"):
        return True
    return gold["span"][0] < predicted["span"][1] and predicted["span"][0] < gold["span"][1]


def _is_range(figure: dict) -> bool:
    return figure.get("low") is not None and figure.get("high") is not None


def _near(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-8)


def paired(gold: list[dict], predicted: list[dict], same: Same) -> list[tuple[int, int]]:
    """Return pairs of gold and predicted places that are the same, one to one, in the order of gold."""
    pairs, free = [], list(range(len(predicted)))
    for place, figure in enumerate(gold):
        other = next((other for other in free if same(figure, predicted[other])), None)
        if other is not None:
            free.remove(other)
            pairs.append((place, other))
    return pairs


def count_figures(words: Words, gold: list[dict], predicted: list[dict]) -> Counter:
    """Count what the measures of figures are made of, for one text."""
    pairs = paired(gold, predicted, same_value)
    counts = Counter({"gold figures": len(gold), "predicted figures": len(predicted), "values": len(pairs)})
    counts["comparators"] = len(paired(gold, predicted, same_comparator))
    for place, other in pairs:
        if "source" in gold[place]:
            counts.update(_count_asserter(words, gold[place], predicted[other]))
    return counts


def _count_asserter(words: Words, gold: dict, predicted: dict) -> Counter:
    sides = [_asserter(words, figure) for figure in (gold, predicted)]
    right = same_source(*sides)
    if not gold["source"]:
        return Counter({"own voice": 1, "own voice right": right})
    if gold.get("source_name") and predicted.get("source"):  # the same source, named in another place
        right = right or same_name(gold["source_name"], predicted.get("source_name"))
    return Counter({"asserted": 1, "asserter right": right})


def _asserter(words: Words, figure: dict) -> Scored:
    source = words.of(figure.get("source") or [])
    return Scored(figure, source, frozenset(), words.head(source))
