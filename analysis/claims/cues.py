"""The lexicon of cues: words that report saying, thinking and wanting, by stance."""

from dataclasses import dataclass
from functools import cache

from analysis.words import lists

STANCES = ("says", "denies", "admits", "accuses", "warns", "promises", "demands", "believes", "expects")
GAP = "…"
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Negation:
    """What turns a cue round; all lemmas, lower case. See the comments in cues.toml."""

    words: frozenset[str]
    phrases: tuple[Phrase, ...]
    verbs: frozenset[str]
    believes: frozenset[str]
    not_really: tuple[Phrase, ...]
    speaking: frozenset[str]


@dataclass(frozen=True)
class Cues:
    """Lemma (lower case) to stance, by part of speech; phrases are tuples of lemmas, the longest first.

    `infinitive` holds the stance of verbs that change it before "to" ("asked" says, "asked them to leave" demands).
    """

    verbs: dict[str, str]
    attitudes: dict[str, str]
    nouns: dict[str, str]
    phrases: tuple[tuple[Phrase, str], ...]
    infinitive: dict[str, str]
    light: frozenset[str]
    speakers: frozenset[str]
    reasons: frozenset[str]
    abstract: tuple[str, ...]
    negation: Negation


def _by_stance(table: dict, part: str) -> dict[str, str]:
    found = {}
    for stance in STANCES:
        for word in table.get(stance, {}).get(part, []):
            if word in found:
                raise ValueError(f"cues.toml: {part} gives {word!r} both as {found[word]} and as {stance}; keep one.")
            found[word] = stance
    return found


def _phrases(rows: list[str]) -> tuple[Phrase, ...]:
    return tuple(sorted((tuple(row.split()) for row in rows), key=lambda row: (-len(row), row)))


@cache
def load_cues() -> Cues:
    """The lexicon of cues.toml, read once, about 5 ms. Raises ValueError where a list gives a word two stances."""
    table = lists("cues")
    stance_of = _by_stance(table, "phrases")
    negation = table["negation"]
    return Cues(
        verbs=_by_stance(table, "verbs"),
        attitudes=_by_stance(table, "attitudes"),
        nouns=_by_stance(table, "nouns"),
        phrases=tuple((row, stance_of[" ".join(row)]) for row in _phrases(list(stance_of))),
        infinitive={verb: stance for stance, verbs in table["infinitive"].items() for verb in verbs},
        light=frozenset(table["light"]["verbs"]),
        speakers=frozenset(table["speakers"]["nouns"]),
        reasons=frozenset(table["reasons"]["nouns"]),
        abstract=tuple(table["reasons"]["endings"]),
        negation=Negation(
            words=frozenset(negation["words"]),
            phrases=_phrases(negation["phrases"]),
            verbs=frozenset(negation["verbs"]),
            believes=frozenset(negation["believes"]),
            not_really=_phrases(negation["not_really"]),
            speaking=frozenset(negation["speaking"]),
        ),
    )
