"""Pronouns: who "he", "she", "it", "they", "who" and "we" are, by agreement, recency and who spoke last."""

from bisect import bisect_left
from dataclasses import dataclass

from analysis.sources.entities import Entities
from analysis.sources.entity import BODIES, Entity
from analysis.sources.lexicon import Lexicon
from analysis.sources.mentions import Reading
from analysis.types import Mention

FURTHEST = 6  # sentences
SHORT = 15  # tokens; sentences shorter than this put less between a pronoun and what it stands for
CLEAR = 0.2  # how far the best candidate must be ahead of the next
HUNG = frozenset(("pobj", "poss", "compound", "nmod"))  # what hangs on another noun or a preposition
PERSONS = ("person", "unnamed")
KINDS = {
    "male": PERSONS,
    "female": PERSONS,
    "thing": ("state", "organisation", "outlet", "document"),
    "plural": ("unnamed", "organisation", "outlet", "state", "person"),
}
GENDER = {"male": "m", "female": "f"}


@dataclass
class Scene:
    """What is known where a pronoun stands: its token, who spoke last, who is quoted around it, and the quoted tokens."""

    at: int
    previous: Entity | None
    around: Entity | None
    in_quotation: bool
    quoted: set[int]
    heard: dict[int, int]


def candidates(word: str, scene: Scene, reading: Reading, entities: Entities) -> list[tuple[float, Entity]]:
    """Entities that agree with the pronoun `word` and stand before it, with their scores, best first."""
    kind = reading.lexicon.pronouns[word]
    found, sentence = [], reading.sentences[scene.at]
    first = min(bisect_left(reading.sentences, sentence - FURTHEST), scene.at - FURTHEST * SHORT)
    for entity in entities.all:
        if entity.kind in KINDS[kind] and _agrees(kind, entity, reading.lexicon):
            scores = [_score(mention, scene, reading) for mention in entity.between(first, scene.at)]
            scores = [score for score in scores if score is not None]
            if scores:
                found.append((max(scores) + _standing(kind, entity, scene), entity))
    return sorted(found, key=lambda pair: (-pair[0], pair[1].number))


def clear_winner(ranked: list[tuple[float, Entity]]) -> Entity | None:
    """The best candidate, or None where there is none or the second is as good."""
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < CLEAR):
        return None
    return ranked[0][1]


def _agrees(kind: str, entity: Entity, lexicon: Lexicon) -> bool:
    if kind == "plural":
        return entity.plural or entity.kind in (*BODIES, "state") or bool(entity.members)
    if kind == "thing":
        return not entity.members
    if entity.plural or entity.members or (entity.kind == "unnamed" and entity.noun not in lexicon.roles):
        return False
    return entity.gender in ("", GENDER[kind])


def _score(mention: Mention, scene: Scene, reading: Reading) -> float | None:
    sentences = reading.sentences[scene.at] - reading.sentences[mention.head]
    sentences = min(sentences, 1 + (scene.at - mention.head) // SHORT)
    if sentences > FURTHEST:
        return None
    paragraphs = min(2, reading.paragraphs[scene.at] - reading.paragraphs[mention.head])
    score = -0.8 * sentences - 0.3 * paragraphs + 0.0005 * (mention.head - scene.at)
    verb = reading.heads[mention.head]
    score += (1.3 if reading.heads[verb] == verb else 1.0) if mention.subject else 0.0
    score -= 0.6 if reading.deps[mention.head] in HUNG else 0.0
    score -= 0.8 if mention.indefinite and mention.head not in scene.heard else 0.0
    if mention.head in scene.quoted:
        score -= 1.5
    if mention.head in scene.heard:
        score += 1.0
    return score


def _standing(kind: str, entity: Entity, scene: Scene) -> float:
    """What speaks for an entity wherever it stands: it spoke last, it is spoken of often, its gender is known."""
    score = 1.0 if entity is scene.previous else 0.0
    score += 0.08 * min(6, len(entity.mentions))
    if entity is scene.around:
        score += -4.0 if scene.in_quotation else 1.5
    if kind in GENDER:
        score += 0.6 if entity.gender == GENDER[kind] else 0.0
        score += 0.3 if entity.kind == "person" else 0.0
    if kind == "plural":
        score += 1.0 if entity.plural or entity.members else -0.8 if entity.kind == "state" else 0.0
    return score
