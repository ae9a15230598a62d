"""Who asserts a figure: the innermost claim whose content, or else whose cue, holds it."""

from analysis.claims.spans import Places
from analysis.corpus import Span
from analysis.types import Claim


class Voices:
    """The claims of one article as voices over its text."""

    def __init__(self, claims: list[Claim]):
        self._claims = claims
        self._near = Places(claim.source + claim.cue + claim.content for claim in claims)
        self._depths = [_depth(claims, index) for index in range(len(claims))]

    def asserter(self, span: Span) -> int | None:
        """The index of the innermost claim whose content, or else whose cue ("raised to 35 | the number of dead"), holds the characters; or None."""
        holding = [
            (whole, self._depths[index], -sum(end - start for start, end in spans), index)
            for index, claim in self._claims_near(span)
            if not (claim.negated and claim.stance == "says")  # who declines to confirm a number gives none
            for whole, spans in ((True, claim.content), (False, claim.cue))
            if any(start <= span[0] and span[1] <= end for start, end in spans)
        ]
        return max(holding)[3] if holding else None

    def _claims_near(self, span: Span) -> list[tuple[int, Claim]]:
        return [(index, self._claims[index]) for index in self._near.near([span])]


def _depth(claims: list[Claim], index: int) -> int:
    depth, seen = 0, {index}
    while claims[index].parent is not None and claims[index].parent not in seen:
        index = claims[index].parent
        seen.add(index)
        depth += 1
    return depth
