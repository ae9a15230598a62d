"""Lists of spans: a content may be broken in two by its cue."""

from collections import defaultdict
from collections.abc import Iterable

from analysis.corpus import Span
from analysis.types import Attribution

STRIDE = 512  # characters


class Places:
    """Which of many lists of spans may touch a stretch of text, found without looking at them all."""

    def __init__(self, many: Iterable[list[Span]] = ()):
        self._strides: dict[int, set[int]] = defaultdict(set)
        for number, spans in enumerate(many):
            self.add(number, spans)

    def add(self, number: int, spans: list[Span]) -> None:
        """Put spans under a number, beside those that are there already."""
        for start, end in spans:
            for stride in range(start // STRIDE, end // STRIDE + 1):
                self._strides[stride].add(number)

    def near(self, spans: Iterable[Span]) -> list[int]:
        """The numbers, in order, under which spans stand that touch these, and some under which others near them do."""
        strides = {stride for start, end in spans for stride in range(start // STRIDE, end // STRIDE + 1)}
        return sorted(set().union(*(self._strides[stride] for stride in strides if stride in self._strides)))


class Attributions(list):
    """Attributions in order, which also tells those that stand near some spans, without looking at them all."""

    def __init__(self, items: Iterable[Attribution] = ()):
        super().__init__()
        self._places, self._numbers = Places(), {}
        for item in items:
            self.append(item)

    def append(self, item: Attribution) -> None:
        """Add an attribution at the end."""
        self._numbers[id(item)] = len(self)
        super().append(item)
        self.moved(item)

    def moved(self, item: Attribution) -> None:
        """Take note of where the spans of an attribution are now, if it is one of these."""
        if id(item) in self._numbers:
            self._places.add(self._numbers[id(item)], item.source + item.cue + item.content)

    def near(self, spans: list[Span]) -> list[Attribution]:
        """Those that may have characters in common with the spans, in order."""
        return [self[number] for number in self._places.near(spans)]


def size(spans: list[Span]) -> int:
    """Return how many characters the spans hold."""
    return sum(end - start for start, end in spans)


def shared(one: list[Span], other: list[Span]) -> int:
    """Return how many characters two lists of spans have in common."""
    if len(one) == len(other) == 1:  # as most are, and most stand apart
        return max(0, min(one[0][1], other[0][1]) - max(one[0][0], other[0][0]))
    return sum(max(0, min(end, last) - max(start, first)) for start, end in one for first, last in other)


def holds(outer: list[Span], inner: list[Span], share: float) -> bool:
    """Return whether at least `share` of the characters of `inner` lie in `outer`; nothing holds an empty list."""
    return bool(inner) and shared(outer, inner) >= share * size(inner)


def without(spans: list[Span], cut: list[Span]) -> list[Span]:
    """Return `spans` without the characters of `cut`."""
    for first, last in cut:
        spans = [piece for start, end in spans for piece in ((start, min(end, first)), (max(start, last), end))
                 if piece[0] < piece[1]]
    return spans


def within(spans: list[Span], outer: list[Span]) -> list[Span]:
    """Return what `spans` and `outer` have in common."""
    return sorted((max(start, first), min(end, last)) for start, end in spans for first, last in outer
                  if max(start, first) < min(end, last))


def trimmed(text: str, spans: list[Span], away: str = "") -> list[Span]:
    """Return the spans without blanks, and the characters of `away`, at their ends; empty ones are left out."""
    found = []
    for start, end in spans:
        while start < end and (text[start].isspace() or text[start] in away):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in away):
            end -= 1
        if start < end:
            found.append((start, end))
    return found
