"""Who a source means: a learned scorer over the article's mentions.

The tagger's network gives every word two vectors, one as something that asks who is meant and one as something that can be
meant. A small network scores each mention for a source from both, from their product, and from what is known of the pair;
"nobody" has a score of its own. See claims/model/MODEL_CARD.md for what it was trained on.
"""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

import numpy

from analysis.claims import tagger
from analysis.sources.entity import Entity
from analysis.sources.mentions import Reading
from analysis.sources.pronouns import HUNG
from analysis.types import SOURCE_KINDS, Mention

WEIGHTS = Path(tagger.MODEL).with_name("meant.npz")
KINDS = ("", *SOURCE_KINDS)
GENDERS = ("", "m", "f")
# Of a source; "number" is a figure, which asks who tells it
PRONOUNS = ("none", "male", "female", "thing", "plural", "speaker", "relative", "other", "number")
# What the weights were taught with, and so not the lists of pronouns.csv, to which words may be added.
TAUGHT = (("they", "their", "them", "those"), ("it", "its"), ("who", "which", "that"))
SPEAKERS = ("i", "we", "me", "us", "my", "our")
OTHERS = 30  # features that are not embedded
FURTHEST = 25  # sentences either way that a mention is looked for
# Of the embedded features: pronoun, kind, gender, and the distances in words, sentences, paragraphs.
SIZES = (len(PRONOUNS), len(KINDS), len(GENDERS), 16, 12, 6)


@dataclass
class Asked:
    """One source that asks who is meant: its tokens, the pronoun it is and of which kind, and where it stands.

    `own` are the mentions of its own words; `previous` and `around` who spoke last and whose claim it stands in; `content` the
    first and last token of its claim's content.
    """

    start: int
    end: int
    text: str
    pronoun: str = ""
    kind: str = "none"
    own: list[Mention] = field(default_factory=list)
    inside: bool = False
    quoted: bool = False
    content: tuple[int, int] | None = None
    previous: Entity | None = None
    around: Entity | None = None


@dataclass
class Setting:
    """What of an article bears on every source: its entities and mentions, which of them are sources, and the quoted and claimed tokens."""

    reading: Reading
    entities: list[Entity]
    sources: set[Entity]
    source_heads: set[int]
    quoted: set[int]
    claimed: set[int]


def candidates(asked: Asked, setting: Setting) -> tuple[list[Mention], numpy.ndarray, numpy.ndarray]:
    """The mentions that may be meant; for each the embedded features [m, 6] (int) and the others [m, 30] (0 or 1)."""
    reading = setting.reading
    sentence, paragraph = reading.sentences[asked.start], reading.paragraphs[asked.start]
    last = {entity: entity.last_before(asked.start) for entity in setting.entities}
    kind, words = PRONOUNS.index(asked.kind), _words(asked.text)
    always = [asked.pronoun in group for group in TAUGHT]
    speaker = asked.pronoun in SPEAKERS
    found, embedded, others = [], [], []
    for entity in setting.entities:
        if entity.members:
            continue
        of_entity = [KINDS.index(entity.kind), GENDERS.index(entity.gender)]
        name, count = _words(entity.name), len(entity.mentions)
        for mention in entity.mentions:
            sentences = sentence - reading.sentences[mention.head]
            if abs(sentences) > FURTHEST and entity is not asked.previous and entity is not asked.around:
                continue
            of_mention = _words(mention.text)
            found.append(mention)
            embedded.append([kind, *of_entity, _bucket(asked.start - mention.head, 16), _bucket(sentences, 12),
                             _bucket(paragraph - reading.paragraphs[mention.head], 6)])
            others.append([
                asked.start <= mention.head < asked.end, mention in asked.own,
                asked.content is not None and asked.content[0] <= mention.head <= asked.content[1], entity.plural,
                mention.subject,
                mention.definite, mention.indefinite, bool(mention.name), mention.head in setting.quoted,
                mention.head in setting.claimed,
                mention.in_headline, reading.deps[mention.head] in HUNG, entity is asked.previous,
                entity is asked.around, asked.inside,
                asked.quoted, bool(words & of_mention), bool(words & name), bool(of_mention) and of_mention <= words,
                count == 1, count > 3,
                count > 7, entity in setting.sources, last[entity] is mention, not kind and not asked.own, *always,
                mention.head in setting.source_heads, speaker])
    return found, numpy.array(embedded, dtype=numpy.int64).reshape(-1, len(SIZES)), numpy.array(others, dtype=numpy.float32).reshape(-1, OTHERS)


def chances(asked: Asked, setting: Setting, vectors: tagger.Reading) -> dict[Entity | None, float]:
    """How likely each entity is meant; under None, that it is nobody of them. They sum to 1."""
    weights = _weights()
    found, embedded, others = candidates(asked, setting)
    ask = vectors.means(vectors.asking, [setting.reading.span(asked)])
    hidden = numpy.tanh(ask @ weights["nobody.0.weight"].T + weights["nobody.0.bias"])
    scores = [hidden @ weights["nobody.2.weight"][0] + weights["nobody.2.bias"] + weights["nopron.weight"][PRONOUNS.index(asked.kind)]]
    if found:
        keys = vectors.means(vectors.asked, [setting.reading.span(mention) for mention in found])
        asks = numpy.broadcast_to(ask, keys.shape)
        known = [weights[f"embed.{number}.weight"][embedded[:, number]] for number in range(len(SIZES))]
        pair = numpy.concatenate([asks, keys, asks * keys, *known, others], axis=1)
        scores.append(_gelu(pair @ weights["first.weight"].T + weights["first.bias"]) @ weights["last.weight"][0] + weights["last.bias"])
    scores = numpy.concatenate(scores)
    powers = numpy.exp(scores - scores.max())
    powers /= powers.sum()
    total: dict[Entity | None, float] = {None: float(powers[0])}
    for mention, power in zip(found, powers[1:]):
        total[mention.entity] = total.get(mention.entity, 0.0) + float(power)
    return total


@cache
def _weights() -> dict[str, numpy.ndarray]:
    with numpy.load(WEIGHTS, allow_pickle=False) as stored:
        return {name: stored[name].astype(numpy.float32) for name in stored.files}


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """The longer words of a text; of one article the same few texts are asked for again and again."""
    return frozenset(word for word in re.findall(r"\w+", text.lower()) if len(word) > 2)


def _bucket(distance: int, buckets: int) -> int:
    """The power of two of a distance, forwards in the second half of `buckets`."""
    size = min(buckets // 2 - 1, (abs(distance) + 1).bit_length() - 1)
    return size if distance >= 0 else buckets // 2 + size


def _gelu(x: numpy.ndarray) -> numpy.ndarray:
    return 0.5 * x * (1 + _erf(x / numpy.float32(2 ** 0.5)))


def _erf(x: numpy.ndarray) -> numpy.ndarray:
    """The error function to 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26)."""
    t = 1 / (1 + 0.3275911 * numpy.abs(x))
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return numpy.sign(x) * (1 - series * numpy.exp(-x * x))
