"""Who asserts a figure: the innermost claim whose content, or else whose cue, holds it, also where the next sentence only goes
on counting."""

from bisect import bisect_right

from analysis.claims.spans import Places
from analysis.corpus import Span
from analysis.figures.grammar import Grammar
from analysis.types import Claim
from analysis.words.patterns import rows


class Voices:
    """The claims of one article as voices over its text."""

    def __init__(self, grammar: Grammar, claims: list[Claim]):
        self._text, self._claims = grammar.text, claims
        self._near = Places(claim.source + claim.cue + claim.content for claim in claims)
        self._depths = [_depth(claims, index) for index in range(len(claims))]
        self._sentences = [(sentence.start_char, sentence.end_char) for sentence in grammar.doc.sents] if claims else []

    def asserter(self, span: Span) -> int | None:
        """The index of the innermost claim the characters stand in, here or where the sentences before carry a voice on; or None."""
        found = self._innermost(span)
        return self._carried_on(span) if found is None and self._claims else found

    def _innermost(self, span: Span) -> int | None:
        """The claim whose content holds the figure, or else whose cue does ("raised to 35 | the number of dead")."""
        holding = [
            (whole, self._depths[index], -sum(end - start for start, end in spans), index)
            for index, claim in self._claims_near(span)
            if not (claim.negated and claim.stance == "says")  # who declines to confirm a number gives none
            for whole, spans in ((True, claim.content), (False, claim.cue))
            if any(start <= span[0] and span[1] <= end for start, end in spans)
        ]
        return max(holding)[3] if holding else None

    def _carried_on(self, span: Span) -> int | None:
        """The claim that closes the sentence before, while each sentence from there on only goes on counting (words/voices.toml)."""
        goes_on, another_voice = (row.pattern for row in rows("voices"))
        place = bisect_right(self._sentences, span[0], key=lambda sentence: sentence[0]) - 1
        while place > 0:
            start, end = self._sentences[place]
            sentence = self._text[start:end]
            if not goes_on.search(sentence) or another_voice.search(sentence):
                return None
            place -= 1
            closing = self._closing(self._sentences[place])
            if closing is not None:
                return closing
        return None

    def _closing(self, sentence: Span) -> int | None:
        """The claim whose content, cue or source ends the sentence, if its content has a part in it."""
        start, end = sentence
        while end > start and not self._text[end - 1].isalnum():
            end -= 1
        ending = [
            (any(first < end <= last + 1 for first, last in claim.content), self._depths[index], index)
            for index, claim in self._claims_near((start - 1, end))
            if any(first < end <= last + 1 for first, last in claim.content + claim.cue + claim.source)
            and any(first < end and last > start for first, last in claim.content)
        ]
        return max(ending)[2] if ending else None

    def _claims_near(self, span: Span) -> list[tuple[int, Claim]]:
        return [(index, self._claims[index]) for index in self._near.near([span])]


def _depth(claims: list[Claim], index: int) -> int:
    depth, seen = 0, {index}
    while claims[index].parent is not None and claims[index].parent not in seen:
        index = claims[index].parent
        seen.add(index)
        depth += 1
    return depth
