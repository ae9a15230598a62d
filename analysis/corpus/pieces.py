"""A text in the pieces of which each may be page furniture or not: its lines, and the sentences and credits that run on in a line."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from analysis.types import Span
from analysis.words.patterns import named

CUT, SHORT, CAPTION = named("pieces", "cut", "short", "caption")
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
