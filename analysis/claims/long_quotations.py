"""Quotations that go on: paragraphs of quotation that the tagger gave to nobody belong to the speaker before."""

from bisect import bisect_left

from analysis.claims.quotes import PARAGRAPH
from analysis.claims.spans import Attributions, shared, size
from analysis.corpus import Span
from analysis.types import Attribution

WHOLLY = 0.9  # share of a paragraph between quotation marks, for a paragraph that is a quotation
FREE = 0.2  # share of it that may lie in a claim already
UNSURE = 0.7  # what is left of the confidence of a speaker who is not named again
GOES_ON = ", going on over paragraphs"


def carried_on(text: str, regions: list[Span], claims: list[Attribution]) -> list[Attribution]:
    """Return `claims`, the contents of some of them longer by the paragraphs they go on for.

    A paragraph goes on with the claim before it where it is a quotation from end to end, in nobody's content yet, and
    the paragraph before ends in a quotation of that claim, or with a colon. `regions` are the quoted stretches.
    """
    starts = [start for start, _ in regions]
    placed, before = Attributions(claims), None
    for paragraph in PARAGRAPH.finditer(text):
        if not paragraph.group().strip():
            continue
        start, end = paragraph.span()
        inside = _overlapping(regions, starts, start, end)
        within = [claim for claim in placed.near([(start, end)]) if shared(claim.content + claim.cue, [(start, end)])]
        free = sum(shared(claim.content, [(start, end)]) for claim in within) <= FREE * (end - start)
        if before is not None and free and sum(last - first for first, last in inside) >= WHOLLY * len(paragraph.group().strip()):
            before.content = [*before.content, (start, end)]
            before.confidence *= UNSURE
            before.found_by = f"{before.found_by.removesuffix(GOES_ON)}{GOES_ON}"
            continue
        before = _last_speaker(text, within, inside, start, end)
    return claims


def _last_speaker(text: str, within: list[Attribution], inside: list[Span], start: int, end: int) -> Attribution | None:
    """The claim of a paragraph that a quotation in the next one would go on with."""
    if not within:
        return None
    if text[start:end].rstrip().endswith(":"):
        return max(within, key=lambda claim: max(last for _, last in claim.cue))
    speaking = [claim for claim in within if shared(claim.content, inside) * 2 > size(claim.content)]
    if inside and inside[-1][1] >= end - 80:
        return max(speaking, key=lambda claim: max(last for _, last in claim.content), default=None)
    return None


def _overlapping(regions: list[Span], starts: list[int], start: int, end: int) -> list[Span]:
    """The quoted stretches that begin inside a paragraph; none crosses a paragraph's end."""
    return regions[bisect_left(starts, start):bisect_left(starts, end)]
