"""A text in the pieces of which each may be page furniture or not: its lines, and the sentences and credits that run on in a line."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from analysis.types import Span

OPENS = r"(?=[\"“‘(\[]*[A-Z0-9@*])"
CREDIT = r"(?=\((?:Photo|Image|Picture|Getty|AP\b|Reuters|AFP|File|FILE|Credit)[^()]{0,80}\))"
CUT = re.compile(rf"(?<=[.!?…])[\"”’)\]]*\s+{OPENS}|(?<!\s)\s+{CREDIT}|(?<=\))\s+(?=[\"“(]?[A-Z])")
SHORT = re.compile(  # what a full stop behind it does not end a sentence after
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Rev|Prof|Jr|Sr|vs|No|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Inc|Co|Corp|Ltd)|\b[A-Z])\.$")
CAPTION = re.compile(  # a line of a picture, whole: it ends in whose that is
    r".{0,500}(?:\([^()]{0,80}(?:Getty|AFP|Reuters|REUTERS|AP|EPA|PA|Shutterstock|Images|Photo|Press|via)\b[^()]{0,40}\)"
    r"|(?:Photograph|Credit|Photo|Image|Picture): [^.]{1,80})\.?")
CLOSING = "\"”’)]"


class Piece(NamedTuple):
    """A piece: characters `start` to `end`, which of how many of its line it is, from 0, and the characters of that line."""

    start: int
    end: int
    number: int
    of: int
    line: int


def pieces(text: str, lines: Iterable[Span]) -> Iterator[Piece]:
    """The pieces of some lines of a text, in order, without the white space around them."""
    for start, end in lines:
        spans = [(start, end)] if CAPTION.fullmatch(text, start, end) else list(_cut(text, start, end))
        yield from (Piece(*span, number, len(spans), end - start) for number, span in enumerate(spans))


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for found in CUT.finditer(text, start, end):
        closed = found.start() + len(found[0]) - len(found[0].lstrip(CLOSING))
        if closed > at and not SHORT.search(text[max(at, found.start() - 8):found.start()]):
            yield at, closed
            at = found.end()
    yield at, end
