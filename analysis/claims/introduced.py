"""Quotations without a cue that the sentence before them introduces: "The widow, Ada Penn, stood at the gate. "Nobody came.""'s are hers."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from analysis.claims.clauses import spans_of
from analysis.claims.quotes import PARAGRAPH, begun_in
from analysis.claims.spans import Attributions, shared, without
from analysis.corpus import Span
from analysis.types import Attribution
from analysis.words import lists

SURE = 0.6
ROLES = frozenset(word.lower() for words in lists("nouns")["roles"].values() for word in words)  # nouns for one person
# A quotation of whole sentences, closed or going on
WHOLE = re.compile(r"[\"“«]\s?[A-Z].*?(?:[.!?…][\"”»]?|[^\"”»])$", re.DOTALL)
CLOSED = re.compile(r"[\"”»]$")
ENDS = frozenset(".!?:")


def introduced(doc: Doc, text: str, regions: list[Span], claims: list[Attribution]) -> list[Attribution]:
    """Return `claims` with those of quotations that fill the rest of a paragraph in which nothing is said to be said, but
    whose sentence before them has a person for its subject, with the paragraphs over which the last of them goes on. What
    another claim held of such a quotation it loses."""
    placed, found, open_one, starts = Attributions(claims), [], None, [start for start, _ in regions]
    for paragraph in PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        begun = begun_in(regions, starts, start, end)
        if found and found[-1].content[-1] == open_one and (start, end) in begun:
            found[-1].content.append((start, end))
            open_one = None if CLOSED.search(text, start, end) else (start, end)
            continue
        quotations = [region for region in begun if start < region[0] and region[1] <= end]
        if not quotations or any(shared(claim.cue, [(start, end)]) for claim in placed.near([(start, end)])):
            continue
        if all(WHOLE.match(text[first:last]) for first, last in quotations) and _nothing_else(text, quotations, end):
            found += _claims(doc, start, quotations)
            open_one = None if CLOSED.search(text, *quotations[-1]) else quotations[-1]
    for claim in found:
        for other in placed.near(claim.content):
            other.content = without(other.content, claim.content)
    return [claim for claim in claims if claim.content] + found


def _nothing_else(text: str, quotations: list[Span], end: int) -> bool:
    """Whether the quotations end the paragraph, with nothing between them and a sentence's end before them."""
    gaps = [text[before[1] : after[0]] for before, after in zip(quotations, quotations[1:])] + [text[quotations[-1][1] : end]]
    at = quotations[0][0]
    while at and text[at - 1].isspace():
        at -= 1
    return not any(gap.strip() for gap in gaps) and text[at - 1 : at] in ENDS


def _claims(doc: Doc, start: int, quotations: list[Span]) -> Iterator[Attribution]:
    before = doc.char_span(start, quotations[0][0], alignment_mode="contract")
    root = list(before.sents)[-1].root if before is not None and len(before) else None
    speaker = _speaker(root) if root is not None and start <= root.idx < quotations[0][0] else None
    if speaker is not None:
        yield Attribution(spans_of(speaker.subtree), spans_of([root]), list(quotations), SURE, "parse: introduced")


def _speaker(root: Token) -> Token | None:
    """The person that a sentence is about: its subject, or whom "for" names before it ("For Ada Penn there is no doubt")."""
    subject = next((child for child in root.lefts if child.dep_ == "nsubj"), None)
    named = next((noun for child in root.lefts if child.lower_ == "for" for noun in child.children if noun.dep_ == "pobj"), None)
    return next((noun for noun in (subject, named) if noun is not None and _is_person(noun)), None)


def _is_person(noun: Token) -> bool:
    """A first and a last name, or a noun for a person."""
    named = noun.pos_ == "PROPN" and any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in noun.lefts)
    return named or noun.pos_ == "NOUN" and noun.lemma_.lower() in ROLES
