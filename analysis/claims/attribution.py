"""An attribution on its way to a claim."""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.claims.spans import Places
from analysis.corpus import Span


@dataclass(eq=False)
class Attribution:
    """Who, by which words, what: spans of a text, with what found it and how sure that is (0 to 1).

    `inside` is the attribution it stands inside, where words say so ("citing"); else its place in the text tells, or, where
    that fails, `found_in`, the one whose content it was found in.
    """

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    confidence: float
    found_by: str = "tagger"
    inside: "Attribution | None" = None
    found_in: "Attribution | None" = None


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
