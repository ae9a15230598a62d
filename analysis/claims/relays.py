"""Who relays whom where the parse says it in so many words: "citing X", "quoted X as saying"."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from analysis.claims.cues import load_cues
from analysis.corpus import Span

RELAYS = {"cite", "quote"}
AUXILIARIES = {"aux", "auxpass", "neg"}
NOT_WORDS = ".,;:!?-—–"


@dataclass
class Relay:
    """One step of a chain that the parse shows, as spans of the text: `relayer` (by `relayer_cue`) hands on what
    `source` (by `cue`) says. Either pair is empty, and `content` is, where other claims of the sentence hold it.
    """

    rule: str
    sentence: Span
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    relayer: list[Span]
    relayer_cue: list[Span]


def relays_in(doc: Doc) -> Iterator[Relay]:
    """Yield the relays of `doc` in text order."""
    for verb in doc:
        if verb.lemma_.lower() in RELAYS and verb.pos_ == "VERB":
            saying = _saying(verb)
            if saying is not None:
                yield from _as_saying(verb, saying)
            elif verb.tag_ == "VBG" or verb.dep_ == "relcl" and any(child.tag_ in ("WDT", "WP") for child in verb.children):
                yield from _citing(verb)


def _citing(verb: Token) -> Iterator[Relay]:
    """"A reported S, citing B", "A, quoting B, put the dead at nine", "S, according to A, which cites B": B's claim
    stands inside A's."""
    # Of two objects the second is the subject, which the parse took for one: "Quoting a report, the daily said S".
    source = next((child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i), None)
    if source is not None and _speaks(source, verb):
        host = _reporting(verb, {word.i for word in source.subtree}) or (verb.head if verb.dep_ == "advcl" else None)
        after = next((child for child in verb.children if child.dep_ == "prep" and child.left_edge.i == source.right_edge.i + 1), None)
        whole = [*source.subtree, *(after.subtree if after is not None else ())]  # "an aide to the premier"
        yield Relay("rule: citing", _sentence(verb), spans_of(whole), spans_of([verb]), [], [],
                    spans_of([host] if host is not None else []))


def _as_saying(verb: Token, saying: Token) -> Iterator[Relay]:
    """"B quoted A as saying S" and "A was quoted (by B) as saying S": S is A's, and inside B's where B is named."""
    quoted = next((child for child in reversed(list(verb.children)) if child.dep_ in ("dobj", "nsubjpass")), None)
    if quoted is None:
        return
    by = _by(verb) + _by(saying)
    away = {word.i for relayer in by for word in relayer.head.subtree}
    content = next((child for holder in (saying, verb) for child in holder.children if child.dep_ == "ccomp"), None)
    content = spans_of([word for word in content.subtree if word.i not in away] if content is not None else [])
    cue = [saying.head, saying]
    passive = quoted.dep_ != "dobj"
    if passive:
        cue += [verb] + [child for child in verb.children if child.dep_ in AUXILIARIES]
    else:
        by = [child for child in verb.children if child.dep_ == "nsubj"]
    relayer, relayer_cue = [], []
    if by:
        relayer = spans_of(by[0].subtree)
        relayer_cue = spans_of([verb, by[0].head] if passive else [verb])
    yield Relay("rule: quoted as saying", _sentence(verb), spans_of(quoted.subtree), spans_of(cue), content, relayer, relayer_cue)


def _reporting(verb: Token, cited: set[int]) -> Token | None:
    """The verb of saying, outside the words cited, that a verb stands before and hangs on ("B, citing C, had said"); else
    the sentence's nearest with a subject."""
    verbs = load_cues().verbs
    near = [word for word in verb.sent if word.pos_ == "VERB" and word.lemma_.lower() in verbs and word.i not in cited]
    if verb.head in near and verb.i < verb.head.i and not any(child.dep_ == "nsubj" and child.i > verb.i for child in verb.head.lefts):
        return verb.head
    near = [word for word in near if any(child.dep_ == "nsubj" for child in word.children)]
    return min(near, key=lambda word: abs(word.i - verb.i), default=None)


def _by(verb: Token) -> list[Token]:
    """The nouns after the verb's "by"."""
    return [noun for by in verb.children if by.lower_ == "by" for noun in by.children if noun.dep_ == "pobj"]


def _saying(verb: Token) -> Token | None:
    cues = load_cues()
    return next((child for as_ in verb.children if as_.lower_ == "as" for child in as_.children if child.tag_ == "VBG"
                 and (child.lemma_.lower() in cues.verbs or child.lemma_.lower() in cues.attitudes)), None)


def _speaks(noun: Token, verb: Token) -> bool:
    """Whether a noun can be a source: a name or a word for people, bodies and documents. Reasons are cited too, but
    nobody quotes a reason."""
    lemma = noun.lemma_.lower()
    cues = load_cues()
    return noun.pos_ == "PROPN" or noun.pos_ == "NOUN" and (
        verb.lemma_.lower() == "quote" or lemma in cues.speakers or lemma not in cues.reasons and not lemma.endswith(cues.abstract))


def _sentence(token: Token) -> Span:
    return token.sent.start_char, token.sent.end_char


def spans_of(tokens: Iterable[Token]) -> list[Span]:
    """Return the stretches of text that the tokens cover, without punctuation or blanks at their ends."""
    runs: list[list[Token]] = []
    for token in sorted(tokens, key=lambda token: token.i):
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    found = []
    for run in runs:
        worded = [token for token in run if token.text.strip(NOT_WORDS).strip()]
        if worded:
            found.append((worded[0].idx, worded[-1].idx + len(worded[-1])))
    return found
