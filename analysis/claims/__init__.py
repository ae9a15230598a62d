"""Claims: what an article says that somebody said, thought or announced."""

from dataclasses import dataclass

from analysis.corpus import Span


@dataclass
class Claim:
    """One attribution: who (`source`), by which words (`cue`), what (`content`); spans of the article's raw text.

    `source` is empty where the text names none ("is expected to"). `parent` is the index, in the article's list of
    claims, of the claim this one stands inside. `found_by` and `confidence` (0 to 1) say why the row is there.
    """

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    kind: str
    stance: str
    negated: bool
    parent: int | None
    found_by: str
    confidence: float


def find_claims(article, doc):
    return []
