"""One article in; claims, figures and who asserts them out."""

import math

from spacy.tokens import Doc

from analysis.claims import find_claims
from analysis.confidence import with_confidence
from analysis.corpus import Article, Span
from analysis.figures import find_figures
from analysis.language import parse
from analysis.sources import register, resolve
from analysis.types import BETWEEN_PIECES, Claim, Extraction, Figure


def read(article: Article) -> Extraction:
    """What is found in one article, by this process. What goes wrong is raised as it is."""
    doc = parse(article)
    found = with_confidence(told(article, doc, find_claims(article, doc)))
    found.put_in_text()
    _check(found)
    return found


def told(article: Article, doc: Doc, claims: list[Claim]) -> Extraction:
    """The extraction that has these claims: whose they are, and the figures with who tells them. Confidence is not set yet."""
    asserters, figures = resolve(article, doc, claims, find_figures(article, doc, claims))
    return Extraction(article, claims, figures, asserters, sentences(doc))


def _check(found: Extraction) -> None:
    """Raise where what was found cannot be written: a span that is no stretch of the text, a number that JSON has not."""
    quoting = [claim.source + claim.cue + claim.content + claim.basis for claim in found.claims]
    quoting += [[figure.span, *figure.counted_spans] for figure in found.figures]
    for spans in quoting:
        whole = all(0 <= start < end <= len(found.article.text) for start, end in [*spans, found.sentence(spans)])
        if not whole:
            raise ValueError(f"a row of it would quote {spans}, no stretch of its text")
    numbers = [end for figure in found.figures for end in (figure.value, figure.low, figure.high) if end is not None]
    if not all(map(math.isfinite, numbers)):
        raise ValueError("a figure of it is no number")
    _source_ids(found)  # every asserter can be named


def to_json(extraction: Extraction) -> dict:
    """One line of `onrecord extract`: id, claims, figures and removed, every span as [start, end] into the text.

    `source_id` is the one that the tables of this article alone would have: the same for the same source within the
    article. `source_id` is null where a claim names no source, and `source_name` where there is no name to give: an
    unresolved "he", or the outlet's own voice. `counted` is a list of words; `basis` is words, null where the text does not say.
    """
    article_id = extraction.article.article_id
    return {
        "id": article_id,
        "claims": [_claim_json(extraction, index, source_id) for index, source_id in enumerate(_source_ids(extraction))],
        "figures": [_figure_json(extraction, index) for index in range(len(extraction.figures))],
        "removed": [[removal.start, removal.end, removal.rule] for removal in extraction.article.removed],
    }


def _source_ids(extraction: Extraction) -> list[str | None]:
    """The source_id of each claim; whatever `register` raises where an asserter cannot be named."""
    article_id = extraction.article.article_id
    return register([(article_id, extraction.asserters)]).claims[article_id]


def _claim_json(extraction: Extraction, index: int, source_id: str | None) -> dict:
    claim, asserter = extraction.claims[index], extraction.asserters[index]
    return {
        "id": extraction.claim_id(index),
        "source": _pairs(claim.source), "cue": _pairs(claim.cue), "content": _pairs(claim.content),
        "kind": claim.kind, "stance": claim.stance, "parent": extraction.claim_id(claim.parent),
        "source_id": source_id, "source_name": asserter.name or None if asserter else None, "confidence": claim.confidence,
        "basis": BETWEEN_PIECES.join(extraction.article.text[start:end] for start, end in claim.basis) or None,
    }


def _figure_json(extraction: Extraction, index: int) -> dict:
    figure = extraction.figures[index]
    asserting = extraction.asserting(figure)
    return {
        "id": extraction.figure_id(index), "span": list(figure.span),
        "value": figure.value, "low": figure.low, "high": figure.high, "comparator": figure.comparator,
        "kind": figure.kind, "unit": figure.unit, "counted": figure.counted.split(),
        "measure": figure.measure, "standing": standing(figure),
        "claim": extraction.claim_id(figure.claim), "source": _pairs(extraction.naming(asserting)),
        "source_name": None if asserting is None else extraction.asserters[asserting].name or None,
        "confidence": figure.confidence,
    }


def standing(figure: Figure) -> str:
    """How a figure stands to the news: background (another time or event), part (of another figure) or whole."""
    return "background" if figure.background else "part" if figure.part_of is not None else "whole"


def sentences(doc: Doc) -> list[Span]:
    worded = ([token for token in sentence if not token.is_space] for sentence in doc.sents)
    return [(words[0].idx, words[-1].idx + len(words[-1])) for words in worded if words]


def _pairs(spans: list[Span]) -> list[list[int]]:
    return [[start, end] for start, end in spans]
