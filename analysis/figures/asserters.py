"""Who asserts a figure: the innermost claim whose content holds it, also where the next sentence only goes on counting."""

import re
from bisect import bisect_right

from spacy.tokens import Doc

from analysis.claims import Claim
from analysis.corpus import Span

# Only words that cannot be understood without the count before them carry a voice on over a full stop.
CARRIES_ON = re.compile(
    r"\s*[“\"]?(?:(?:Another|A\sfurther|An\sadditional|A\stotal\sof)\s|(?:The\s)?(?:others?|rest|remainder|remaining)\b"
    r"|(?:Of|Among|Amongst|Out\sof)\s(?:them|these|those|the\s(?:dead|wounded|injured|victims|killed|missing|arrested|detained|detainees|casualties|total|survivors|deceased)|the\s[\d,]+)\b"
    r"|(?:Among|Including)\s(?:them|these|those)\b|(?:They|These|Those|The\s(?:dead|victims|wounded|injured|casualties|total|toll|figure|number|count|tally))\s(?:include[sd]?|comprise[sd]?|also\sinclude[sd]?)\b"
    r"|[\w-]+(?:\s[\w-]+)?\s(?:of\s(?:them|these|those|the\s(?:dead|wounded|injured|victims|casualties))|(?:more|others))\b"
    r"|(?:Some|About|Around|At\sleast|Nearly|More\sthan|Almost|Over|Up\sto)\s[\w,-]+\s(?:of\s(?:them|these|those|the\s(?:dead|wounded|injured|victims))|more|others)\b)",
    re.IGNORECASE,
)
ANOTHER_VOICE = re.compile(
    r"\b(?:said|says|say|according\sto|reported|told|announced|claimed|estimated|put|stated|added|confirmed|denied|warned|insisted)\b", re.IGNORECASE
)


class Voices:
    """The claims of one article as voices over its text; answers in time linear in the article's claims."""

    def __init__(self, text: str, doc: Doc, claims: list[Claim]):
        self._text = text
        self._claims = claims
        self._depths = [_depth(claims, index) for index in range(len(claims))]
        self._sentences = [(sentence.start_char, sentence.end_char) for sentence in doc.sents] if claims else []
        self._starts = [start for start, _ in self._sentences]

    def asserter(self, span: Span) -> int | None:
        """The index of the innermost claim the characters stand in, here or by a sentence that carries its voice on."""
        if not self._claims:
            return None
        found = self._innermost(span)
        return found if found is not None else self._carried(span)

    def _innermost(self, span: Span) -> int | None:
        holding = [
            (self._depths[index], -sum(end - start for start, end in claim.content), index)
            for index, claim in enumerate(self._claims)
            if any(start <= span[0] and span[1] <= end for start, end in claim.content)
        ]
        return max(holding)[2] if holding else None

    def _carried(self, span: Span) -> int | None:
        """The claim that closes the sentence before, while each sentence from there on only goes on counting."""
        place = bisect_right(self._starts, span[0]) - 1
        while place > 0:
            start, end = self._sentences[place]
            sentence = self._text[start:end]
            if not CARRIES_ON.match(sentence) or ANOTHER_VOICE.search(sentence):
                return None
            place -= 1
            closing = self._closing(self._sentences[place])
            if closing is not None:
                return closing
        return None

    def _closing(self, sentence: Span) -> int | None:
        """The claim whose content, cue or source ends the sentence, if its content holds the sentence's last figures."""
        start, end = sentence
        while end > start and not self._text[end - 1].isalnum():
            end -= 1
        ending = [
            index
            for index, claim in enumerate(self._claims)
            if any(s < end <= e + 1 for s, e in claim.content + claim.cue + claim.source)
            and any(s < end and e > start for s, e in claim.content)
        ]
        if not ending:
            return None
        content_last = [i for i in ending if any(s < end <= e + 1 for s, e in self._claims[i].content)] or ending
        return max(content_last, key=lambda index: (self._depths[index], index))


def _depth(claims: list[Claim], index: int) -> int:
    depth, seen = 0, {index}
    while claims[index].parent is not None and claims[index].parent not in seen:
        index = claims[index].parent
        seen.add(index)
        depth += 1
    return depth
