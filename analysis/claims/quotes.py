"""Quotation marks: which stretches of a text stand between them, whatever their style; and quotations that go on: paragraphs
of quotation that the tagger gave to nobody belong to the speaker before."""

import re
from bisect import bisect_left, bisect_right

from analysis.claims.spans import Attributions, shared, size
from analysis.corpus import Span
from analysis.types import Attribution
from analysis.words import PIECE

# One character for one, so that offsets stay: every double mark reads as ", every single one as '.
PLAIN = str.maketrans({
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "＂": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'",
})
DOUBLES = ("''", "``")
DOUBLED = re.compile("''")
PARAGRAPH = re.compile(r"[^\n]+")
MARK = re.compile("[\"']")
LONGEST_SINGLE = 400  # characters; a longer stretch between single marks is two apostrophes
WHOLLY = 0.9  # share of a paragraph between quotation marks, for a paragraph that is a quotation
FREE = 0.2  # share of it that may lie in a claim already
UNSURE = 0.7  # what is left of the confidence of a speaker who is not named again
GOES_ON = ", going on over paragraphs"


def plain(text: str) -> str:
    """Return `text` with straight quotation marks, character for character ('' and `` become a mark and a space)."""
    return DOUBLED.sub('" ', text.translate(PLAIN))


def quoted(text: str) -> list[Span]:
    """Return the stretches of `text` inside quotation marks, marks included, in order and apart from each other.

    A double mark left open runs to the end of its paragraph, as a quotation carried on in the next one does; an open
    single mark is an apostrophe. Cost: one pass.
    """
    straight = plain(text)
    found = []
    for paragraph in PARAGRAPH.finditer(straight):
        found += _quoted_in(paragraph.group(), text[paragraph.start():paragraph.end()], paragraph.start())
    return found


def closed(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans, a mark of two characters ('') at an end not cut in half."""
    return [(start, end + (text[end - 1:end + 1] in DOUBLES)) for start, end in spans]


def kind(text: str, content: list[Span], regions: list[Span]) -> str:
    """Return whether a content is direct (nine words in ten between quotation marks), indirect (none) or mixed.

    `regions` are the quoted stretches of the text. The bound is that of PolNeAR's authors (Newell et al., 2018).
    """
    words = [(start + word.start(), start + word.end()) for start, end in content for word in PIECE.finditer(text[start:end])]
    starts = [start for start, _ in regions]
    inside = 0
    for start, _ in words:
        at = bisect_right(starts, start) - 1
        inside += at >= 0 and start < regions[at][1]
    return "direct" if words and inside >= 0.9 * len(words) else "mixed" if inside else "indirect"


def _quoted_in(straight: str, original: str, offset: int) -> list[Span]:
    found, double, single = [], None, None
    for mark in MARK.finditer(straight):
        place = mark.start()
        if mark.group() == '"':
            if double is None and not (original[place] in "”»" and _closes(straight, place)):
                double, single = place, None
            elif double is not None and original[place] not in "“„«" and not _only_opens(straight, place):
                doubled = original[place:place + 2] in DOUBLES
                found.append((offset + double, offset + place + 1 + doubled))
                double = None
        elif double is None:
            if single is not None and _closes(straight, place) and place - single > 3:
                if place - single < LONGEST_SINGLE:
                    found.append((offset + single, offset + place + 1))
                single = None
            elif _only_opens(straight, place) and original[place] in "'‘`‛":
                single = place
    if double is not None:
        found.append((offset + double, offset + len(straight)))
    return found


def _only_opens(text: str, place: int) -> bool:
    """Whether the mark stands before a word and after none: blank or bracket before it, a character after it
    (a digit after a single mark is a year cut short)."""
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    return (
        (before.isspace() or before in "([—–-:")
        and not after.isspace()
        and after not in ",.;)"
        and not (text[place] == "'" and after.isdigit())
    )


def _closes(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    return not before.isspace() and not after.isalnum()


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
        inside = begun_in(regions, starts, start, end)
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


def begun_in(regions: list[Span], starts: list[int], start: int, end: int) -> list[Span]:
    """The quoted stretches that begin inside a paragraph; none crosses a paragraph's end."""
    return regions[bisect_left(starts, start):bisect_left(starts, end)]
