"""How often rows found the way a row was found are right: logistic regressions, taught on real articles that the tagger did not learn.

A claim is right where half of its content is; a name where it is the source's; a figure where its value, comparator, what it counts and
who asserts it are. `python -m analysis.training.confidence GOLD...` makes the weights, and prints how well they hold by folds.
"""

import json
import math
from dataclasses import replace
from functools import cache
from pathlib import Path

from analysis.types import Asserter, Claim, Extraction, Figure

WEIGHTS = Path(__file__).parent / "claims" / "model" / "confidence.json"
LEAST = 0.35  # a claim is kept from this confidence on; by folds the F1 of whole rows hardly differs between .3 and .5
MEASURED = ("money", "percent", "duration", "age")


def sure_claims(claims: list[Claim]) -> list[Claim]:
    """The claims that are sure enough, in their order, with their confidence set anew: before, it was the tagger's own.

    A claim inside one that is left out stands inside the next one around. What words of handing on show ("citing") is always kept.
    """
    chances = [chance("claims", of_claim(claim)) for claim in claims]
    rules = {index for index, claim in enumerate(claims) if claim.found_by.startswith("rule")}
    handed_on = rules | {claims[index].parent for index in rules} | {index for index, claim in enumerate(claims)
                                                                     if claim.parent in rules}
    kept = {index: place for place, index in enumerate(index for index, likely in enumerate(chances)
                                                       if likely >= LEAST or index in handed_on)}
    def parent(index: int) -> int | None:
        around = claims[index].parent
        while around is not None and around not in kept:
            around = claims[around].parent
        return None if around is None else kept[around]
    return [replace(claims[index], parent=parent(index), confidence=round(chances[index], 3)) for index in kept]


def with_confidence(found: Extraction) -> Extraction:
    """The extraction with the confidence of its rows: a claim's own times that of its source's name, a figure's with that of its claim."""
    claims = [replace(claim, confidence=round(claim.confidence * chance("names", of_name(claim, asserter)), 3))
              for claim, asserter in zip(found.claims, found.asserters)]
    found = replace(found, claims=claims)
    return replace(found, figures=[replace(figure, confidence=round(chance("figures", of_figure(found, figure)), 3))
                                   for figure in found.figures])


def of_claim(claim: Claim) -> dict[str, float]:
    """What tells how sure a claim is; its confidence is still the tagger's own."""
    inner, odds = float(claim.parent is not None), _odds(claim.confidence)
    return {
        "one": 1.0,
        "tagger": odds,
        "inner": inner,
        "inner, tagger": odds * inner,
        "verb and clause": float(claim.found_by == "parse: verb and clause"),
        "read off": float(not claim.found_by.startswith(("tagger", "parse: verb"))),
        "says": float(claim.stance == "says"),
        "direct": float(claim.kind == "direct"),
        "mixed": float(claim.kind == "mixed"),
        "length": math.log(sum(end - start for start, end in claim.content) + 1) / 5,
        "pieces": float(len(claim.content) > 2),
        "no source": float(not claim.source),
    }


def of_name(claim: Claim, asserter: Asserter | None) -> dict[str, float]:
    """What tells how sure the name of a claim's source is."""
    kinds = {kind: float(asserter is not None and asserter.kind == kind) for kind in ("person", "unnamed", "document")}
    return {"one": 1.0, "claim": _odds(claim.confidence), "inner": float(claim.parent is not None),
            "no source": float(asserter is None),
            "nobody meant": float(asserter is not None and not asserter.name),
            "pronoun": float(asserter is not None and asserter.naming != claim.source)} | kinds


def of_figure(found: Extraction, figure: Figure) -> dict[str, float]:
    """What tells how sure a figure's row is; the claims have their confidence already, the figure still the figure head's."""
    asserting = found.asserting(figure)
    claim = None if asserting is None else found.claims[asserting]
    return {"one": 1.0, "head": _odds(figure.confidence), "claimed": float(claim is not None),
            "claim": _odds(claim.confidence) if claim else 0.0,
            "inner": float(claim is not None and claim.parent is not None), "beside": float(_beside(found, figure)),
            "no unit": float(not figure.unit),
            "vague": float(figure.comparator == "vague"), "range": float(figure.low is not None),
            "compared": float(figure.comparator not in ("=", "vague", "range")), "measured": float(figure.kind in MEASURED),
            "background": float(bool(figure.background))}


def _beside(found: Extraction, figure: Figure) -> bool:
    """Whether a claim's source goes on telling a figure that stands outside of it."""
    if figure.claim is None:
        return False
    claim = found.claims[figure.claim]
    return not any(start <= figure.span[0] < end for start, end in claim.source + claim.cue + claim.content)


def chance(what: str, features: dict[str, float]) -> float:
    """The probability that the weights called `what` give."""
    known = weights()[what]
    return 1 / (1 + math.exp(-sum(known[name] * value for name, value in features.items())))


def _odds(chance: float) -> float:
    """The logarithm of the odds of a chance, between -5 and 5."""
    chance = min(max(chance, 0.0067), 0.9933)
    return math.log(chance / (1 - chance))


@cache
def weights() -> dict[str, dict[str, float]]:
    return json.loads(WEIGHTS.read_text(encoding="utf-8"))
