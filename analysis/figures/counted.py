"""What is counted: the noun a number counts, the words that decide what it means, and a plain name for the commonest."""

import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Token

from analysis.corpus import Span
from analysis.figures.ranges import Mention
from analysis.figures.units import PER, named_unit

BEFORE_NOUN = {"ADJ", "NOUN", "PROPN", "VERB", "NUM", "ADV", "PUNCT", "CCONJ", "PART", "X", "SYM"}
SAYS_NOTHING = {"more", "other", "others", "additional", "further", "extra", "another", "such", "so", "-", "–", "the", "of", "these", "those", "a", "an"}
NAMES = {"PROPN"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
OBJECTS = {"dobj", "attr", "pobj", "nsubj", "nsubjpass", "conj", "appos", "npadvmod", "oprd", "obj", "dative", "ROOT", "nmod", "compound", "quantmod", "nummod", "amod", "dep"}
PEOPLE = {"people", "person", "man", "woman", "child", "civilian", "soldier"}


@dataclass
class Counted:
    """The singular noun a number counts (`unit`; "" for a measurement), the spans of the words that say what it is of, its measure."""

    unit: str = ""
    spans: list[Span] = field(default_factory=list)
    measure: str | None = None
    head: int | None = None


class Grammar:
    """A parsed article with a way from characters to tokens; building it costs one pass over the tokens."""

    def __init__(self, doc: Doc):
        self.doc = doc
        self._starts = [token.idx for token in doc]

    def at(self, offset: int) -> Token | None:
        """The token that holds the character `offset`, or the last before it."""
        index = bisect_right(self._starts, offset) - 1
        return self.doc[index] if index >= 0 else None

    def sentence_at(self, offset: int) -> Span:
        """The span of the sentence that holds the character `offset`."""
        token = self.at(offset)
        sentence = token.sent if token is not None else self.doc[:]
        return sentence.start_char, sentence.end_char


@cache
def measures() -> dict[str, dict[str, str]]:
    """For "people" and "things", the plain name of each deciding lemma."""
    with open(Path(__file__).with_name("measures.toml"), "rb") as file:
        tables = tomllib.load(file)
    return {table: {lemma: name for name, lemmas in names.items() for lemma in reversed(lemmas)} for table, names in tables.items()}


def counting_head(grammar: Grammar, start: int, end: int) -> Token | None:
    """The noun that the number text[start:end] counts, by the grammar and else by the words that follow; None if none."""
    last = grammar.at(end - 1)
    if last is None:
        return None
    head = _partitive(last) or _by_grammar(last, start) or _by_order(last)
    return head


def _partitive(last: Token) -> Token | None:
    """ "dozens of people", "nine of them", "two-thirds of voters"."""
    of = _next(last)
    if of is None or of.lower_ != "of":
        return None
    for child in of.children:
        if child.dep_ == "pobj" and child.pos_ in ("NOUN", "PROPN"):
            return child
    return None


def _by_grammar(last: Token, start: int) -> Token | None:
    token = last
    for _ in range(3):
        if token.dep_ not in ("nummod", "quantmod", "compound", "amod", "det", "nmod", "npadvmod"):
            break
        head = token.head
        if head.i > last.i and head.pos_ in ("NOUN", "PROPN") and head.text[:1].isalpha() and head.i - last.i <= 7 and _only_premodifiers(last, head):
            return _end_of_compound(head)
        token = head
    return None


def _only_premodifiers(last: Token, head: Token) -> bool:
    doc = last.doc
    return all(doc[i].pos_ in BEFORE_NOUN and doc[i].text not in ",;:()" or doc[i + 1].pos_ in ("ADJ", "NUM") for i in range(last.i + 1, head.i))


def _end_of_compound(head: Token) -> Token:
    while head.dep_ == "compound" and head.head.i > head.i and head.head.i - head.i <= 2:
        head = head.head
    return head


def _by_order(last: Token) -> Token | None:
    """The first noun after the number with nothing but adjectives between."""
    token, seen = _next(last), 0
    while token is not None and seen < 6:
        if token.pos_ in ("NOUN", "PROPN") and token.text[:1].isalpha():
            following = _next(token)
            if following is None or following.pos_ not in ("NOUN", "PROPN") or following.is_sent_start or following.dep_ in SUBJECTS:
                return token
        elif not (token.pos_ == "ADJ" or token.text == "-" or token.tag_ in ("VBN", "VBG", "JJ") and token.dep_ == "amod"):
            return None
        token, seen = _next(token), seen + 1
    return None


def _next(token: Token) -> Token | None:
    following = token.i + 1
    if following >= len(token.doc) or token.doc[following].is_sent_start:
        return None
    return token.doc[following]


def unit_noun(grammar: Grammar, head: Token, end: int) -> str:
    """The noun counted, in the singular and with its modifiers, less those of nationality: "missile strike"."""
    first = head.i
    while first > grammar.at(end - 1).i + 1:
        token = grammar.doc[first - 1]
        if token.lower_ in SAYS_NOTHING and token.text != "-" or token.pos_ in ("NUM", "DET") or token.is_punct and token.text not in "-/":
            break
        if token.tag_ == "JJ" and token.text[:1].isupper() and token.i + 1 == first or token.pos_ in ("CCONJ", "ADV") and token.i == grammar.at(end - 1).i + 1:
            break
        first -= 1
    before = grammar.doc.text[grammar.doc[first].idx : head.idx].lstrip(" -") if first < head.i else ""
    per = PER.match(grammar.doc.text[head.idx + len(head) : head.idx + len(head) + 30])
    return before + singular(head) + (f" per {per['per'].lower()}" if per else "")


def singular(token: Token) -> str:
    """The noun in the singular; "people" stays."""
    if token.lower_ == "people":
        return "people"
    word = token.lemma_ if token.tag_ in ("NNS", "NNPS") or token.lower_.endswith("s") and token.pos_ == "NOUN" else token.text
    return word if token.pos_ == "PROPN" else word.lower()


def noun_phrase(head: Token, without: Span | None = None) -> Span:
    """The span of a noun with the modifiers that stand right before it, its number, article and comparator left out."""
    first = head
    for child in sorted(head.lefts, key=lambda child: -child.i):
        if child.dep_ in ("amod", "compound", "poss", "nmod") and child.right_edge.i == first.i - 1 or child.dep_ in ("punct", "case"):
            edge = child.left_edge
            if any(token.like_num or token.pos_ == "DET" or token.dep_ == "nummod" for token in child.doc[edge.i : first.i]):
                if child.dep_ == "poss" and not any(token.like_num for token in child.doc[edge.i : first.i]):
                    edge = child.doc[edge.i + (edge.pos_ == "DET")]
                else:
                    break
            first = edge
        elif child.dep_ in ("nummod", "det", "quantmod"):
            break
    if first.text in "-–,\"“" and first.i < head.i:
        first = first.doc[first.i + 1]
    start = first.idx
    if without and without[0] < head.idx:
        start = max(start, without[1]) if without[1] <= head.idx else head.idx
    start += _leading_space(head.doc, start, head.idx)
    return start, head.idx + len(head)


def _leading_space(doc: Doc, start: int, stop: int) -> int:
    if start >= stop:
        return 0
    piece = doc.text[start:stop]
    return len(piece) - len(piece.lstrip(" \u00a0-–"))


def of_phrase(head: Token) -> Span | None:
    """The noun phrase that an "of" right after the noun brings ("members of parliament")."""
    of = _next(head)
    if of is None or of.lower_ not in ("of", "among", "from") or of.head.i != head.i:
        return None
    for child in of.children:
        if child.dep_ == "pobj" and child.pos_ in ("NOUN", "PROPN") and child.i - of.i <= 6:
            return noun_phrase(child)
    return None


def subject_of(verb: Token) -> Token | None:
    """The subject a verb has, or shares with the verb it is joined to; the noun a relative or participle clause stands at."""
    for _ in range(5):
        for child in verb.lefts:
            if child.dep_ in SUBJECTS:
                if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
                    return verb.head
                return child
        for child in verb.rights:
            if child.dep_ in SUBJECTS:
                return child
        if verb.dep_ in ("acl", "relcl"):
            return verb.head if verb.head.pos_ in ("NOUN", "PROPN") else None
        if verb.dep_ in ("ROOT", "parataxis") or verb.head is verb:
            return None
        verb = verb.head
        if verb.dep_ == "prep":
            verb = verb.head
    return None


def deciding_verb(head: Token) -> Token | None:
    """The verb a noun is subject or object of, or the participle that follows it ("people killed", "were injured")."""
    for child in head.rights:
        if child.dep_ in ("acl", "relcl") and child.i - head.i <= 3:
            return child
    token = head
    for _ in range(3):
        if token.dep_ in ("nsubjpass", "nsubj", "dobj", "obj"):
            return token.head
        if token.dep_ not in ("conj", "appos"):
            return None
        token = token.head
    return None


def measure_of(lemmas: list[str], is_people: bool) -> str | None:
    """The plain name for what the words decide, the first deciding word first."""
    tables = measures()
    for lemma in lemmas:
        name = tables["people"].get(lemma) if is_people else tables["things"].get(lemma)
        if name:
            return name
    return None


def holders(token: Token) -> list[Token]:
    """The nouns a measurement is of, nearest first: what it modifies, what it is said of, the subject of its verb."""
    found: list[Token] = []
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "for", "from", "on", "to") and child.i - token.i <= 3:
            found += [grand for grand in child.children if grand.dep_ == "pobj" and grand.pos_ in ("NOUN", "PROPN")][:1]
            break
    for _ in range(8):
        if token.dep_ == "ROOT" or token.head is token:
            break
        token, below = token.head, token
        if token.pos_ in ("NOUN", "PROPN") and below.dep_ != "conj":
            found.append(token)
        elif token.pos_ in ("VERB", "AUX"):
            subject = subject_of(token)
            if subject is not None and subject is not below:
                found.append(subject)
            break
    if not found and token.pos_ in ("VERB", "AUX"):
        subject = subject_of(token)
        if subject is not None:
            found.append(subject)
    return [noun for noun in found if noun.pos_ in ("NOUN", "PROPN")]


PARTICIPLES = {"killed", "dead", "injured", "wounded", "missing", "hurt", "arrested", "detained", "displaced", "homeless", "hospitalised", "hospitalized",
               "trapped", "evacuated", "rescued", "infected", "kidnapped", "abducted", "jailed", "slain"}  # fmt: skip


def count_of(grammar: Grammar, mention: Mention) -> Counted:
    """What a mention counts or measures."""
    if mention.form == "zero" or mention.kind in ("count", "share", "score") and not mention.unit:
        return _count(grammar, mention)
    return _measurement(grammar, mention)


def _count(grammar: Grammar, mention: Mention) -> Counted:
    head = counting_head(grammar, mention.number_start, mention.number_end)
    bare = _bare_people(grammar, mention)
    if bare is not None and (head is None or bare.i < head.i):
        unit = "" if mention.kind == "share" else "people"
        return Counted(unit, [(bare.idx, bare.idx + len(bare))], measure_of([bare.lemma_.lower(), bare.lower_], True))
    if head is None or mention.kind == "score":
        return _measurement(grammar, mention)
    unit = "" if mention.kind == "share" else unit_noun(grammar, head, mention.number_end)
    measured = named_unit(head.lemma_.lower()) if mention.kind == "count" else None
    if measured and measured[0] in ("duration", "distance", "money", "percent"):
        mention.kind, mention.unit = measured
        return _measurement(grammar, mention)
    spans = [noun_phrase(head, (mention.start, mention.end))]
    of = of_phrase(head)
    if of:
        spans.append(of)
    verb = deciding_verb(head)
    words = [head.lemma_.lower()] + [token.lemma_.lower() for token in head.lefts if token.dep_ in ("amod", "compound")]
    if verb is not None:
        words.insert(0, verb.lemma_.lower())
    people = is_people(head)
    measure = measure_of(words, people) or measure_of(words[1:] if verb is not None else words, True)
    if verb is not None and measure and measure_of(words[:1], people) == measure:
        spans.append((verb.idx, verb.idx + len(verb)))
    return Counted(unit, sorted(spans), measure, head.i)


def is_people(noun: Token) -> bool:
    """Whether a noun names people, by a short list of what reports count."""
    return noun.lemma_.lower() in PEOPLE or noun.lower_ in PEOPLE or noun.lemma_.lower().endswith(("man", "woman", "er", "or", "ist", "ian", "ee", "ant"))


def _bare_people(grammar: Grammar, mention: Mention) -> Token | None:
    """The participle that stands for people where the noun is left out: "28 killed", "five were injured"."""
    token = _next(grammar.at(mention.number_end - 1))
    for _ in range(4):
        if token is None:
            return None
        if token.lower_ in PARTICIPLES:
            return token
        if token.lower_ not in ("were", "was", "are", "is", "have", "has", "had", "been", "people", "others", "more", "other", "reported", "reportedly", "confirmed", "of", "them", "still"):
            return None
        if token.lower_ == "people":
            return None
        token = _next(token)
    return None


def _measurement(grammar: Grammar, mention: Mention) -> Counted:
    token = grammar.at(mention.end - 1)
    if token is None:
        return Counted()
    spans = []
    for noun in holders(token):
        span = noun_phrase(noun, (mention.start, mention.end))
        for each in (span, of_phrase(noun)):
            if each and not any(each[0] < end and start < each[1] for start, end in spans + [(mention.start, mention.end)]):
                spans.append(each)
    nouns = [noun.lemma_.lower() for noun in holders(token)]
    return Counted("", sorted(spans), measure_of(nouns, True) if mention.kind == "count" else None)
