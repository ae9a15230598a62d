"""How often rows found the way a row was found are right: a logistic regression, taught on real articles that the tagger did not learn.

Right means for a claim that half of its content is right and its source's name; for a figure its value, comparator, what it counts
and who asserts it. `python -m analysis.training.confidence GOLD...` makes the weights, and prints how well they hold by folds.
"""

import json
import math
from dataclasses import replace
from functools import cache
from pathlib import Path

from analysis.types import Asserter, Claim, Extraction, Figure

WEIGHTS = Path(__file__).parent / "claims" / "model" / "confidence.json"
MEASURED = ("money", "percent", "duration", "age")


def with_sure_claims(found: Extraction) -> Extraction:
    """The extraction with the confidence of its claims set anew (0 to 1): before, it was the tagger's own."""
    return replace(found, claims=[replace(claim, confidence=_chance("claims", of_claim(found, index))) for index, claim in enumerate(found.claims)])


def with_sure_figures(found: Extraction) -> Extraction:
    """The extraction with the confidence of its figures set anew (0 to 1): before, it was the figure head's own; its claims have theirs."""
    return replace(found, figures=[replace(figure, confidence=_chance("figures", of_figure(found, figure))) for figure in found.figures])


def of_claim(found: Extraction, index: int) -> dict[str, float]:
    """What of a claim tells how sure its row is; `claim.confidence` is still the tagger's own."""
    claim, asserter = found.claims[index], found.asserters[index]
    words = sum(found.article.text[start:end].count(" ") + 1 for start, end in claim.content)
    return {
        "one": 1.0, "tagger": _odds(claim.confidence), "inner": float(claim.parent is not None), "inner, tagger": _odds(claim.confidence) * (claim.parent is not None),
        "read off the parse": float(not claim.found_by.startswith("tagger")), "says": float(claim.stance == "says"), "direct": float(claim.kind == "direct"),
        "mixed": float(claim.kind == "mixed"), "words": math.log(words + 1) / 3, "pieces": float(len(claim.content) > 2)} | _of_source(claim, asserter)


def _of_source(claim: Claim, asserter: Asserter | None) -> dict[str, float]:
    pronoun = asserter is not None and asserter.naming != claim.source
    return {"no source": float(asserter is None), "nobody meant": float(asserter is not None and not asserter.name), "pronoun": float(pronoun),
            "person": float(asserter is not None and asserter.kind == "person"), "unnamed": float(asserter is not None and asserter.kind == "unnamed")}


def of_figure(found: Extraction, figure: Figure) -> dict[str, float]:
    """What of a figure tells how sure its row is; the claims have their confidence already, `figure.confidence` is the head's own."""
    asserting = found.asserting(figure)
    claim = 0.0 if asserting is None else _odds(found.claims[asserting].confidence)
    return {
        "one": 1.0, "head": _odds(figure.confidence), "claimed": float(asserting is not None), "claim": claim, "inner": float(asserting is not None and
        found.claims[asserting].parent is not None), "no unit": float(not figure.unit), "vague": float(figure.comparator == "vague"), "range": float(figure.low is not None),
        "compared": float(figure.comparator not in ("=", "vague", "range")), "measured": float(figure.kind in MEASURED), "background": float(bool(figure.background))}


def _odds(chance: float) -> float:
    """The logarithm of the odds of a chance, between -5 and 5."""
    chance = min(max(chance, 0.0067), 0.9933)
    return math.log(chance / (1 - chance))


def _chance(table: str, features: dict[str, float]) -> float:
    weights = _weights()[table]
    return round(1 / (1 + math.exp(-sum(weights[name] * value for name, value in features.items()))), 3)


@cache
def _weights() -> dict[str, dict[str, float]]:
    return json.loads(WEIGHTS.read_text(encoding="utf-8"))
