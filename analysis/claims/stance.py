"""Stance: whether a cue says, denies, admits, accuses, warns, promises, demands, believes or expects, by the lexicon of cues."""

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from analysis.corpus import Span
from analysis.types import STANCES
from analysis.words import lists

LONGEST_GAP = 5
PLACE_BEFORE = 4
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
    judging: frozenset[str]
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
        judging=frozenset(table["judging"]["verbs"]),
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


def stance(doc: Doc, cue_spans: list[Span], content_spans: list[Span]) -> tuple[str, bool]:
    """Read the stance of one claim off its cue, and whether the cue is negated.

    `cue_spans` and `content_spans` are character offsets, half-open, into the text `doc` was made of; the content
    decides only where the cue leaves it open ("asked | to leave", "declined | to comment"). Returns one of
    `analysis.types.STANCES`, `says` where nothing tells otherwise, and the negation: "denied" is ("denies",
    False), "did not deny" ("denies", True), "did not say" ("says", True). Needs tags and lemmas, no parse.
    """
    cues = load_cues()
    tokens = tokens_of(doc, cue_spans)
    if not tokens:
        return "says", False
    lemmas = [_lemma(token) for token in tokens]
    content = [_lemma(token) for token in tokens_of(doc, content_spans)[:3]]
    found, place = _predicate(tokens, lemmas, cues)
    refused = [at for at, lemma in enumerate(lemmas) if lemma in cues.negation.verbs]
    if refused and (place is None or refused[-1] <= place):
        found, negated = _refusal(found, place, refused[-1], content, cues)
    else:
        negated = False
        if content[:1] == ["to"] or lemmas[-1] == "to":
            found = cues.infinitive.get(lemmas[place or 0], found)
    if place is not None and lemmas[place] in cues.negation.believes:
        negated = not negated
    return found, negated != _negated(doc, tokens, lemmas, place, cues)


def tokens_of(doc: Doc, spans: list[Span]) -> list[Token]:
    tokens = []
    for start, end in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        tokens += [token for token in span or () if not token.is_space]
    return tokens


def _lemma(token: Token) -> str:
    # The lemmatizer takes "hoped" for a form of "to hop", and keeps a headline's capitals.
    lemma = token.lemma_.lower().replace("’", "'")
    return "hope" if lemma == "hop" else lemma


def _predicate(tokens: list[Token], lemmas: list[str], cues: Cues) -> tuple[str, int | None]:
    """The stance of the first phrase or word that is more than a light verb, and its place among the tokens."""
    phrases = {}
    for phrase, of_phrase in cues.phrases:
        at = _find(lemmas, phrase) if phrase[0] in lemmas else None
        if at is not None:
            phrases.setdefault(at, of_phrase)
    light = None
    for at, (token, lemma) in enumerate(zip(tokens, lemmas)):
        if at in phrases:
            return phrases[at], at
        if lemma in cues.negation.verbs:
            continue
        of_word = _of_word(token, lemma, cues)
        if of_word and lemma not in cues.light:
            return of_word, at
        if of_word and light is None:
            light = of_word, at
    return light or ("says", None)


def _of_word(token: Token, lemma: str, cues: Cues) -> str | None:
    verb, noun = cues.verbs.get(lemma) or cues.attitudes.get(lemma), cues.nouns.get(lemma)
    if token.pos_ == "ADV":
        return noun or cues.nouns.get(token.lower_)
    if token.pos_ in ("NOUN", "PROPN", "ADJ"):
        return noun or cues.nouns.get(token.lower_) or verb
    # A participle's adjective keeps its own form in the lexicon: "is concerned", "are convinced".
    return verb or noun or cues.nouns.get(token.lower_)


def _find(lemmas: list[str], phrase: Phrase) -> int | None:
    """Where `phrase` begins among `lemmas`, or None; a gap takes up to LONGEST_GAP words."""
    for start in range(len(lemmas)):
        if _matches(lemmas, start, phrase):
            return start
    return None


def _matches(lemmas: list[str], at: int, phrase: Phrase) -> bool:
    if not phrase:
        return True
    if phrase[0] == GAP:
        return any(_matches(lemmas, at + gap, phrase[1:]) for gap in range(1, LONGEST_GAP + 1))
    return at < len(lemmas) and lemmas[at] == phrase[0] and _matches(lemmas, at + 1, phrase[1:])


def _refusal(found: str, place: int | None, at: int, content: list[str], cues: Cues) -> tuple[str, bool]:
    """"refused to rule out" negates what follows; "declined | to comment" the saying; "refused | to sign" denies."""
    if place is not None and place > at:
        return found, True
    first = [lemma for lemma in content if lemma != "to"][:1]
    if first and first[0] in cues.negation.speaking:
        return "says", True
    if first and first[0] in cues.verbs:
        return cues.verbs[first[0]], True
    return "denies", False


def _negated(doc: Doc, tokens: list[Token], lemmas: list[str], place: int | None, cues: Cues) -> bool:
    """Is there a "not" before the predicate, in the cue or among the auxiliaries just before it?"""
    before = _auxiliaries_before(doc, tokens[0].i)
    words = [_lemma(token) for token in before] + lemmas[: len(lemmas) if place is None else place]
    if tokens[0].i > 0 and not before:
        words = [token.lower_ for token in doc[tokens[0].i - 1 : tokens[0].i] if token.lower_ == "no"] + words
    around = words + lemmas[place or 0 : (place or 0) + 2]
    if any(_find(around, phrase) is not None for phrase in cues.negation.not_really):
        return False
    count = sum(word in cues.negation.words for word in words)
    count += any(_find(words, phrase) is not None for phrase in cues.negation.phrases) and count == 0
    return count % 2 == 1


def _auxiliaries_before(doc: Doc, start: int) -> list[Token]:
    first = start
    while first > max(0, start - PLACE_BEFORE):
        token = doc[first - 1]
        if token.pos_ not in ("AUX", "PART", "ADV") or token.is_sent_end:
            break
        first -= 1
    return list(doc[first:start])
