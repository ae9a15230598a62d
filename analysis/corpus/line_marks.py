"""What can be seen of a line of a page, or of a sentence of a line, by which furniture is told from an article: numbers from 0 to 1, by name."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from analysis.corpus.pieces import Piece
from analysis.words.patterns import rows

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")
PATTERNS = {row.name: row.pattern for row in rows("line_marks")}
# Without one of these nothing is furniture, however it looks: a short paragraph has none. A headline may have a weak one.
SIGNS = frozenset(("clock", "handle", "address", "bar", "rights", "agency", "picture", "counter", "ago", "asking", "byline",
                   "desk", "updated", "bracketed", "file", "seen", "shows", "dashes", "repeated", "credit", "wants",
                   "number first", "agency first"))
WEAK = frozenset(("seen", "shows", "repeated", "clock", "asking", "picture"))
# Signs that say more
JOINED = ("agency", "picture", "asking", "seen", "shows", "bracketed", "counter", "handle", "rights", "byline")
WITH = ("ends", "past", "says", "whole line", "quote")  # with or without these
FEWEST, MOST = 4, 5_000  # pieces of a page: of fewer nothing is known, and more is no page
WRAPPED = 100  # characters: a text without a longer line has its paragraphs broken into lines
LONGEST = 500  # characters of what may be furniture
SEEN = 2_000  # characters of a piece that are looked at
PLACES = 4  # pieces from the beginning, and from the end, that are told apart
NEIGHBOURS = (-2, -1, 1, 2)


class Marks:
    """The marks of the pieces of a text, each found out when it is first asked for."""

    def __init__(self, text: str, pieces: Sequence[Piece]) -> None:
        self._pieces, self._written = pieces, [text[piece.start:piece.end] for piece in pieces]
        self._count = Counter(self._written)
        self._alone: dict[int, dict[str, float]] = {}

    def of(self, at: int) -> dict[str, float]:
        """The marks of a piece, those of the pieces around it among them (as "-1 bar")."""
        around = [(place, self._own(at + place) if 0 <= at + place < len(self._written) else {}) for place in NEIGHBOURS]
        return self._own(at) | {f"{place:+} {name}": value
                                for place, found in around for name, value in found.items() if name[:5] != "place"}

    def in_question(self) -> list[int]:
        """Which pieces may be furniture at all; none of a text of a few, or of one whose paragraphs are broken into lines."""
        if not FEWEST <= len(self._written) <= MOST or max(piece.line for piece in self._pieces) <= WRAPPED:
            return []
        return [at for at, written in enumerate(self._written) if len(written) <= LONGEST and self._is_signed(at, written)]

    def _is_signed(self, at: int, written: str) -> bool:
        signs = SIGNS - WEAK if at == 0 and not ENDS.search(written[-8:]) else SIGNS
        return self._count[written] > 1 and "repeated" in signs or any(PATTERNS[name].search(written)
                                                                       for name in signs if name in PATTERNS)

    def _own(self, at: int) -> dict[str, float]:
        if at not in self._alone:
            written = self._written[at]
            self._alone[at] = _marks_of(written, at, len(self._written), self._count[written] > 1, self._pieces[at])
        return self._alone[at]


def _marks_of(written: str, at: int, pieces: int, repeated: bool, piece: Piece) -> dict[str, float]:
    seen = written[:SEEN]
    words = WORD.findall(seen)
    long = [word for word in words if len(word) > 3]
    found = {
        "length": min(math.log1p(len(written)), 7) / 7,
        **{f"under {most} words": len(words) < most for most in (5, 10, 20)},
        "title case": sum(word[0].isupper() for word in long) / max(1, len(long)),
        "capitals": sum(word.isupper() and len(word) > 1 for word in words) / max(1, len(words)),
        "ends": ENDS.search(written[-8:]) is not None, "ends in colon": written.endswith(":"),
        "begins small": written[:1].islower(),
        "digits": sum(map(str.isdigit, written)) / len(written),
        "sentences": min(len(re.findall(r"[.!?][\"”’)]* [A-Z“\"]", seen)), 4) / 4,
        "repeated": repeated, "place": at / pieces, "whole line": piece.of == 1,
        "first in line": piece.number == 0 and piece.of > 1,
        **{f"place {place}": at == place for place in range(PLACES)},
        **{f"place -{place}": pieces - 1 - at == place for place in range(PLACES)},
        **{name: pattern.search(seen) is not None for name, pattern in PATTERNS.items()},
    }
    found |= {f"{sign} {'and' if found[other] else 'without'} {other}": True for sign in JOINED if found[sign] for other in WITH}
    return {name: float(value) for name, value in found.items() if value}
