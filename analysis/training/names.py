"""Who the sources of a labelled article mean: what the scorer of mentions is taught."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy
from spacy.tokens import Doc

from analysis.corpus import Article, Span
from analysis.evaluate.rows import same_name
from analysis.sources import meant
from analysis.sources.entity import Entity
from analysis.sources.mentions import Reading
from analysis.sources.resolver import Resolver
from analysis.types import Claim, Mention


@dataclass
class Question:
    """One source, or figure that asks who tells it: its span, its pronoun's class, the spans of the mentions that it may mean with
    their features, and which are right.

    `right` [m] is all False where nobody of them is meant.
    """

    span: Span
    kind: int
    mentions: numpy.ndarray
    embedded: numpy.ndarray
    others: numpy.ndarray
    right: numpy.ndarray


def questions(row: dict, article: Article, doc: Doc) -> list[Question]:
    """The sources of a row's claims whose names are labelled, each asked after those before it are known; and the figures."""
    claims = _claims(row)
    if not claims:
        return []
    resolver = Resolver(article, Reading(doc, article.title), claims)
    found, previous = [], None
    truth = [_right(row, claim, resolver.entities.all) for claim in row["claims"]]
    order = sorted((number for number, claim in enumerate(row["claims"]) if resolver.tokens[number] and "source_name" in claim),
                   key=lambda number: resolver.tokens[number][0])
    for number in order:
        parent = claims[number].parent
        asked = resolver.asked(number, previous, _chief(truth[parent]) if parent is not None else None)
        found.append(_question(resolver, asked, truth[number]))
        chief = _chief(truth[number])
        if chief and asked.kind in ("male", "female"):
            chief.gender = chief.gender or asked.kind[0]
        previous = chief if parent is None else previous
    return found + list(_of_figures(row, resolver, truth))


def _of_figures(row: dict, resolver: Resolver, truth: list[list[Mention]]) -> Iterator[Question]:
    """The figures, each asked who tells it: nobody where the outlet does. Of those inside a claim, which tells as much, only a tenth."""
    inside = [span for claim in row["claims"] for span in claim["content"]]
    spoke = {resolver.tokens[number][0]: _chief(truth[number]) for number, claim in enumerate(resolver.claims)
             if resolver.tokens[number] and claim.parent is None}
    for place, figure in enumerate(row["figures"]):
        held = any(start <= figure["span"][0] < end for start, end in inside)
        asked = resolver.asked_of(tuple(figure["span"]), spoke)
        if asked and (not held or place % 10 == 0):
            yield _question(resolver, asked, _right(row, figure, resolver.entities.all))


def _question(resolver: Resolver, asked: meant.Asked, right: list[Mention]) -> Question:
    mentions, embedded, others = meant.candidates(asked, resolver.setting)
    spans = [resolver.reading.span(mention) for mention in mentions]
    known = {id(mention) for mention in right}
    return Question(resolver.reading.span(asked), meant.PRONOUNS.index(asked.kind), numpy.array(spans, dtype=int).reshape(-1, 2),
                    embedded, others, numpy.array([id(mention) in known for mention in mentions], dtype=bool))


def _claims(row: dict) -> list[Claim]:
    places = {claim["id"]: number for number, claim in enumerate(row["claims"])}
    return [Claim(*([tuple(span) for span in claim[role]] for role in ("source", "cue", "content")), "indirect", "says", False,
                  places.get(claim.get("parent")), "gold", 1.0) for claim in row["claims"]]


def _right(row: dict, claim: dict, entities: list[Entity]) -> list[Mention]:
    """The mentions of whoever a gold claim's source is."""
    if claim.get("source_id") is None:
        return []
    source = row["sources"][claim["source_id"]]
    names = [source["name"], *source["aliases"]]
    whose = [entity for entity in entities if not entity.members and any(same_name(name, entity.name) for name in names)]
    return [mention for entity in whose for mention in entity.mentions]


def _chief(mentions: list[Mention]) -> Entity | None:
    """The entity that most of the mentions are of."""
    entities = [mention.entity for mention in mentions]
    return max(dict.fromkeys(entities), key=entities.count, default=None)
