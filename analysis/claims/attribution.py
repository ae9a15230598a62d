"""An attribution on its way to a claim."""

from dataclasses import dataclass

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
