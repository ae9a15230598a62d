"""How a source can know, or where it said it, where the text says so: "told reporters", "in a statement", "who saw the blast", "citing"."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, product, takewhile

from spacy.tokens import Doc, Token

from analysis.claims.spans import shared
from analysis.claims.stance import tokens_of
from analysis.corpus import Span
from analysis.types import Claim
from analysis.words import lists, of_kind, words_of

WHERE = frozenset(pair for row in lists("basis")["where"] for pair in product(row["prepositions"], row["nouns"]))
PREPOSITIONS = frozenset(preposition for preposition, _ in WHERE)
OUTLETS = words_of("basis", "hearers", "names").union(*([name, *others] for name, others in lists("nouns")["outlet_names"].items()))
OUTLET_NOUNS, NAME_WORDS = words_of("nouns", "outlets", "nouns"), words_of("nouns", "outlets", "name_words")
PRESS, PUBLIC = words_of("basis", "hearers", "press") | OUTLET_NOUNS, words_of("basis", "hearers", "public")
SPEAKING, SEEING = words_of("basis", "speaking", "verbs"), words_of("basis", "seeing", "verbs")
KNOWING = lists("basis")["knowing"]
TELLING = frozenset(of_kind("verbs", "hearing"))
CLAUSES = {"acl", "advcl", "ccomp", "mark", "relcl"}
Phrase = tuple[Token, Token]  # its first word, or a preposition, and its noun
ENDING = frozenset(",;:()[]\"“”–—")  # a phrase goes no further
LONGEST_NAME = 6  # words of an outlet's name, before its last


def with_basis(doc: Doc, claims: list[Claim]) -> list[Claim]:
    """The claims with the words, in order, that tell how their sources can know, or where they said it; none where the text does not say.

    Five milliseconds for forty claims.
    """
    cited = {claim.parent: [*claim.cue, *claim.source] for claim in claims if claim.found_by == "rule: citing" and _asserts(claims, claim.parent)}
    contents = [span for claim in claims for span in claim.content]
    phrases = sorted(((word, noun) for word in doc if (noun := _where(word))), key=_hangs_on)
    text = doc.text  # joined anew at each look
    return [replace(claim, basis=_joined(text, [*_said(doc, claim, phrases, contents), *_seen(doc, claim), *cited.get(number, [])]))
            for number, claim in enumerate(claims)]


def _asserts(claims: list[Claim], number: int | None) -> bool:
    """Whether a claim says that something is so; what is cited for a demand is a reason."""
    return number is not None and claims[number].stance != "demands" and not claims[number].negated


def _where(word: Token) -> Token | None:
    """The noun of a phrase that tells where or by what something is said, by its preposition."""
    nouns = word.children if word.dep_ == "prep" and word.lower_ in PREPOSITIONS else ()
    return next((noun for noun in nouns if noun.dep_ == "pobj" and (word.lower_, noun.lemma_.lower()) in WHERE), None)


def _hangs_on(phrase: Phrase) -> int:
    return phrase[0].head.idx


def _hung(phrases: list[Phrase], spans: list[Span]) -> Iterator[Phrase]:
    """The phrases, sorted by what they hang on, that hang on words of the spans."""
    for start, end in spans:
        yield from phrases[bisect_left(phrases, start, key=_hangs_on) : bisect_left(phrases, end, key=_hangs_on)]


def _said(doc: Doc, claim: Claim, phrases: list[Phrase], contents: list[Span]) -> Iterator[Span]:
    """Whom it is told, and where or by what, as words of saying, "speaking ..." beside them, and the source have it."""
    cue = [word for word in tokens_of(doc, claim.cue) if word.lower_ != "according"]
    beside = [child for word in cue for child in word.children]
    speaking = [word for word in beside if word.tag_ == "VBG" and word.lemma_.lower() in SPEAKING]
    for word in (*cue, *speaking, *(word for word in beside if word.tag_ == "RB")):
        for first, noun in (*_told(word), *_hung(phrases, [_place(word)])):
            yield from [_place(word)] if word in speaking or noun is first else []
            yield _phrase(first, noun, claim.content)
    named = [span.root for span in (doc.char_span(*span, alignment_mode="expand") for span in claim.source) if span]
    named += [child for noun in named for child in noun.children if child.dep_ == "acl"]
    outside = [*map(_place, named), *(claim.content if claim.parent is None else [])]
    for first, noun in _hung(phrases, outside):  # "said the port would close, in a letter to its tenants"
        if not shared([(first.idx, noun.idx)], contents):
            yield _phrase(first, noun, claim.content)


def _place(word: Token) -> Span:
    return word.idx, word.idx + len(word)


def _told(word: Token) -> Iterator[Phrase]:
    """Whom a word of saying has for its hearers, an outlet or those who are told in public: where their words begin, and their noun."""
    tells = word.lemma_.lower() in TELLING
    for child in word.children:
        if tells and child.dep_ in ("dobj", "dative") and (child.lemma_.lower() in PUBLIC or _is_press(child)):
            yield child, child
        if child.lower_ == "to":
            yield from ((child, noun) for noun in child.children if noun.dep_ == "pobj" and _is_press(noun))


def _is_press(noun: Token) -> bool:
    words = noun.doc[max(noun.left_edge.i, noun.i - LONGEST_NAME) : noun.i + 1]
    names = {words[at:].text for at in range(len(words))} | {word.text for word in words}
    return noun.lemma_.lower() in PRESS or not OUTLETS.isdisjoint(names) or noun.pos_ == "PROPN" and any(
        word.lower_ in NAME_WORDS if word.pos_ == "PROPN" else word.lemma_.lower() in OUTLET_NOUNS for word in words)


def _seen(doc: Doc, claim: Claim) -> Iterator[Span]:
    """"who saw the blast", "familiar with the talks", of a source."""
    for words in (tokens_of(doc, [span]) for span in claim.source):
        for at, (word, after) in enumerate(pairwise(words)):
            saw = word.dep_ == "relcl" and word.lemma_.lower() in SEEING and any(child.lower_ == "who" for child in word.lefts)
            if saw or KNOWING.get(word.lower_) == after.lower_:
                *_, last = takewhile(lambda behind: ENDING.isdisjoint(behind.text), words[at:])
                yield max(words[0].idx, word.left_edge.idx), last.idx + len(last)


def _phrase(first: Token, noun: Token, content: list[Span]) -> Span:
    """From where the words of a preposition or a noun begin to the last that is of it, before any clause, comma or the content."""
    begins, words = {start for start, _ in content}, [word for word in first.subtree if word.i > noun.i]
    ends = (word.left_edge.i for word in words
            if word.dep_ in CLAUSES or word.idx in begins or word.is_space or not ENDING.isdisjoint(word.text))
    last = first.doc[max(noun.i, min(ends, default=words[-1].i + 1 if words else 0) - 1)]
    return first.left_edge.idx, last.idx + len(last)


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """The spans in order, those that only a blank parts as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and not text[found[-1][1] : start].strip(" "):
            start, end = found[-1][0], max(end, found.pop()[1])
        found.append((start, end))
    return found
