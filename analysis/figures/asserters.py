"""Who asserts a figure: the innermost claim whose content holds it or breaks off just before it, also where the next sentence goes on."""

import re
from bisect import bisect_right

from spacy.tokens import Token

from analysis.claims import Claim
from analysis.claims.spans import Places
from analysis.corpus import Span
from analysis.figures.grammar import SUBJECTS, Grammar

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
# Verbs whose object or clause is a number as the subject gives it; "put" does so only with "at".
GIVES_NUMBERS = {"put", "estimate", "reckon", "count", "tally", "forecast", "predict", "project", "expect", "plan", "intend", "hope", "promise", "pledge",
                 "vow", "demand", "seek", "want", "say", "claim", "report", "speak", "warn", "cite"}  # fmt: skip
STANDS_FOR_SPEAKER = {"he", "she", "it", "they"}
DEEPEST = 12  # steps from a figure up to the verb its clause depends on
COMPARES = {"compared", "down", "up", "against", "versus"}
ENDS_CLAIM = {"VERB", "AUX", "PUNCT", "CCONJ", "SCONJ", "PRON"}  # parts of speech that may begin another clause


class Voices:
    """The claims of one article as voices over its text."""

    def __init__(self, grammar: Grammar, claims: list[Claim]):
        self._grammar = grammar
        self._text = grammar.text
        self._claims = claims
        self._near = Places(claim.source + claim.cue + claim.content for claim in claims)
        self._depths = [_depth(claims, index) for index in range(len(claims))]
        self._sentences = [(sentence.start_char, sentence.end_char) for sentence in grammar.doc.sents] if claims else []
        self._starts = [start for start, _ in self._sentences]

    def asserter(self, span: Span) -> int | None:
        """The index of the innermost claim the characters stand in, here or by words or a sentence that carry its voice on."""
        if not self._claims:
            return None
        for find in (self._innermost, self._depending, self._broken_off, self._given_again, self._carried):
            found = find(span)
            if found is not None:
                return found
        return None

    def _claims_near(self, span: Span) -> list[tuple[int, Claim]]:
        return [(index, self._claims[index]) for index in self._near.near([span])]

    def _innermost(self, span: Span) -> int | None:
        """The claim whose content holds the figure, or else whose cue does ("raised to 35 | the number of dead")."""
        holding = [
            (whole, self._depths[index], -sum(end - start for start, end in spans), index)
            for index, claim in self._claims_near(span)
            for whole, spans in ((True, claim.content), (False, claim.cue))
            if any(start <= span[0] and span[1] <= end for start, end in spans)
        ]
        return max(holding)[3] if holding else None

    def _depending(self, span: Span) -> int | None:
        """The claim on whose cue the figure's clause depends, though the content found is another part of the sentence."""
        token = self._grammar.at(span[1] - 1)
        for _ in range(DEEPEST):
            cues = [token.head] if token.dep_ == "ccomp" else []
            cues += [child for child in token.rights if child.dep_ == "parataxis" and child.idx >= span[1]]
            for cue in cues:
                if (index := self._cued_by(cue)) is not None:
                    return index
            if token.head is token or token.lemma_ in GIVES_NUMBERS or self._cued_by(token) is not None:
                return None  # a clause of its own, which gives somebody else's number
            token = token.head
        return None

    def _cued_by(self, verb: Token) -> int | None:
        cued = [index for index, claim in self._claims_near((verb.idx, verb.idx + 1)) if claim.source and any(start <= verb.idx < end for start, end in claim.cue)]
        return max(cued, key=lambda index: self._depths[index], default=None)

    def _broken_off(self, span: Span) -> int | None:
        """The claim whose content ends before a preposition ("300 mm of rain | in two days") or a comparison that leads to the figure."""
        sentence, _ = self._grammar.sentence_at(span[0])
        endings = [
            (end, self._depths[index], index) for index, claim in self._claims_near((sentence, span[0])) for _, end in claim.content if sentence < end <= span[0]
        ]
        if not endings:
            return None
        end, _, index = max(endings)
        return index if _goes_on(self._words(end, span[0])) else None

    def _words(self, start: int, end: int) -> list[Token]:
        first, last = self._grammar.at(start), self._grammar.at(end - 1)
        return [token for token in self._grammar.doc[first.i : last.i + 1] if start <= token.idx < end and not token.is_space]

    def _given_again(self, span: Span) -> int | None:
        """The last claim of a speaker who gives the figure in a clause that was found to be no claim: "He put their losses at 700"."""
        place = bisect_right(self._starts, span[0]) - 1
        sentence = self._sentences[place]
        verb = self._verb_that_gives(sentence, span[0])
        subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None) if verb is not None else None
        if subject is None:
            return None
        if subject.lower_ in STANDS_FOR_SPEAKER:
            return self._closing(self._sentences[place - 1]) if place else None
        last = reversed(range(len(self._claims)))
        return next((index for index in last if self._ends_in(self._claims[index].source, subject, sentence[0])), None)

    def _verb_that_gives(self, sentence: Span, before: int) -> Token | None:
        """The sentence's main verb, where it gives numbers, stands before the figure, and nobody else speaks in the sentence."""
        words = self._grammar.doc.char_span(*sentence)
        verb = words.root if words is not None else None
        if verb is None or verb.lemma_ not in GIVES_NUMBERS or verb.idx > before or any(child.dep_ == "neg" for child in verb.lefts):
            return None
        if verb.lemma_ == "put" and " at " not in self._text[verb.idx : before]:
            return None
        others = (found for found in ANOTHER_VOICE.finditer(self._text, *sentence) if found.start() != verb.idx)
        return None if any(others) else verb

    def _ends_in(self, source: list[Span], subject: Token, before: int) -> bool:
        """Whether a source of an earlier sentence ends in the subject's noun ("the army of Velmark" does not end in "army")."""
        return bool(source) and source[-1][1] <= before and self._text[source[-1][0] : source[-1][1]].lower().split()[-1:] == [subject.lower_]

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
            for index, claim in self._claims_near((start - 1, end))
            if any(s < end <= e + 1 for s, e in claim.content + claim.cue + claim.source)
            and any(s < end and e > start for s, e in claim.content)
        ]
        if not ending:
            return None
        content_last = [i for i in ending if any(s < end <= e + 1 for s, e in self._claims[i].content)] or ending
        return max(content_last, key=lambda index: (self._depths[index], index))


def _goes_on(words: list[Token]) -> bool:
    """Whether words right after a claim belong to its clause: a preposition or a comparison, and no other clause after it."""
    if words and words[0].text == "," and len(words) > 1:
        words = words[1:] if words[1].lower_ in COMPARES else words
    if not words:
        return False
    compares = words[0].lower_ in COMPARES
    return (compares or words[0].pos_ == "ADP") and not any(word.pos_ in ENDS_CLAIM for word in words[compares:])


def _depth(claims: list[Claim], index: int) -> int:
    depth, seen = 0, {index}
    while claims[index].parent is not None and claims[index].parent not in seen:
        index = claims[index].parent
        seen.add(index)
        depth += 1
    return depth
