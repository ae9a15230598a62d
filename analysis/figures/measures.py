"""Measures: the plain name of what a number tells ("killed", "aboard", "damage"), by the words at the noun it counts."""

from collections.abc import Iterable
from functools import cache
from itertools import islice

from spacy.tokens import Token

from analysis.figures.grammar import next_in_sentence
from analysis.words import of_kind, rows_of, words_of

PEOPLE = words_of("counting", "people")
PEOPLE_ENDINGS = tuple(sorted(words_of("nouns", "people", "endings")))
PARTICIPLES = frozenset(of_kind("measures", "alone"))
STATES = frozenset(of_kind("measures", "alone", "state"))
AMOUNTS = frozenset(word.removesuffix("s") for word in words_of("vague", "amounts"))
OF_SUBJECTS, NO_MEASURE = words_of("counting", "of_subjects"), words_of("counting", "no_measure")
PASSIVE, ENDS_PHRASE = words_of("counting", "passive"), words_of("counting", "phrase_ends") | words_of("clauses", "joins")
# Parts of speech that no phrase needs, but where it names the word
SKIPPED = {"DET", "ADV", "PRON", "NUM", "AUX", "PART", "PUNCT"}
REACH = 10  # tokens


@cache
def measures() -> dict[str, dict[str, str]]:
    """For "people", "things" and "money", the plain name of each deciding lemma and phrase (words/measures.csv)."""
    return {name: {row["word"]: row[name] for row in rows_of("measures") if row[name]} for name in ("people", "things", "money")}


@cache
def _phrases(table: str) -> tuple[str, ...]:
    """The entries of a table that are more than one word, the longest first."""
    return tuple(sorted((entry for entry in measures()[table] if " " in entry), key=len, reverse=True))


@cache
def _phrase_words() -> frozenset[str]:
    return frozenset(word for table in measures() for phrase in _phrases(table) for word in phrase.split())


def measure_of(words: list[str], table: str) -> str | None:
    """The plain name for what the words decide, the first deciding word first."""
    names = measures()[table]
    return next((names[word] for word in words if word in names), None)


def is_people(noun: Token) -> bool:
    """Whether a noun names people, by a short list of what reports count."""
    return noun.lemma_.lower() in PEOPLE or noun.lower_ in PEOPLE or noun.lemma_.lower().endswith(PEOPLE_ENDINGS)


def deciding(head: Token) -> tuple[str | None, Token | None]:
    """The measure of what a noun counts, and the word that decides it where that stands apart from the noun."""
    verb = deciding_verb(head)
    decides = verb is not None and measure_of([verb.lower_, verb.lemma_.lower()], "people")  # "four died while 50 were injured"
    verb = state_of(head) or verb and not decides and state_of(verb) or verb
    people = is_people(head)
    if verb is not None and verb.lower_ == "held" and (not people or head.dep_ in ("dobj", "obj")):
        verb = None  # "four games held", "the hall held 400 people"
    tables = ("people",) if people else ("things", "people")
    for table in tables:
        if (after := _participle_after(head)) is not None and (name := measure_of([after.lower_, after.lemma_.lower()], table)):
            return name, after
    if verb is not None:
        words = [verb.lower_, verb.lemma_.lower()]
        for table in tables:
            if name := measure_of(words, table):
                return name, verb
    for table in tables:
        if name := _phrase_at(head, verb, table):
            return name, None
    words = [token.lemma_.lower()
             for token in head.lefts if token.dep_ in ("amod", "compound") and token.lower_ not in NO_MEASURE]
    for table in tables:
        if name := measure_of([head.lemma_.lower(), *words], table):
            return name, None
    return None, None


def deciding_verb(head: Token) -> Token | None:
    """The verb a noun is subject or object of, or the participle that follows it ("people killed", "were injured")."""
    for child in head.rights:
        if child.dep_ in ("acl", "relcl") and child.i - head.i <= 3 and not _acts_on_others(child, head):
            return child
    token = head
    while token.dep_ == "pobj" and token.head.lower_ == "of" and (token.head.head.like_num
                                                                  or token.head.head.lemma_.lower() in AMOUNTS):
        token = token.head.head
    if token.dep_ == "pobj" and token.head.lower_ == "between" and token.head.head.pos_ == "VERB":
        return token.head.head  # "killed between 14 and 21 civilians"
    for _ in range(3):
        if token.dep_ in ("nsubjpass", "nsubj", "dobj", "obj"):
            return None if token.dep_ == "nsubj" and _acts_on_others(token.head, token) else token.head
        if token.dep_ not in ("conj", "appos"):
            return None
        token = token.head
    return None


def _participle_after(head: Token) -> Token | None:
    """The participle right after a noun that the parser gave to another verb: "felled 40 trees and nine people were hurt"."""
    token = next_in_sentence(head)
    if token is not None and token.lower_ in PARTICIPLES and (token.pos_ == "ADJ" or token.text[0].isupper()):
        return token  # "Nine Miners Dead"
    passive = False
    while token is not None and (token.pos_ == "AUX" or token.pos_ == "ADV"):
        passive, token = passive or token.lower_ in PASSIVE, next_in_sentence(token)
    return token if passive and token is not None and (token.tag_ in ("VBN", "JJ", "VBD") or token.lower_ in PARTICIPLES) else None


def _acts_on_others(verb: Token, noun: Token) -> bool:
    """Whether a verb has an object other than the noun: "three gunmen killed 12" tells nothing of the gunmen, but "nine
    families fled the town" does."""
    return verb.lemma_ not in OF_SUBJECTS and any(child.dep_ in ("dobj", "obj") and child.i != noun.i for child in verb.rights)


def state_of(word: Token) -> Token | None:
    """The state that a verb or a noun brings: "were missing", "was reported dead", "children among the dead"."""
    for child in word.rights:
        if child.dep_ in ("acomp", "oprd", "attr", "xcomp", "advmod", "advcl", "amod") and child.lower_ in STATES:
            return child
        if child.lower_ == "among":
            return next((noun for noun in child.rights if noun.lower_ in PARTICIPLES), None)
    return None


def _phrase_at(head: Token, verb: Token | None, table: str) -> str | None:
    """The measure of the first phrase after a noun ("were washed away"), or of one that ends in it ("laid off 40 workers", "job cuts")."""
    governor = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else head  # "the bodies of nine miners"
    first = max(min(head.left_edge.i, governor.i, verb.i if verb is not None else head.i), head.i - REACH)
    leading = [token for token in head.doc[first : head.i + 1] if token.pos_ not in ("ADJ", "PROPN")]
    says_it = any(head.lemma_.lower() in names for names in measures().values())  # "340 cases of cholera and 12 deaths"
    return phrase_in([head, *_following(head)], table) or (None if says_it else phrase_in(leading, table))


def _following(token: Token) -> list[Token]:
    """The tokens after a token to the end of its clause."""
    found: list[Token] = []
    while (token := next_in_sentence(token)) is not None and len(found) < REACH and token.lower_ not in ENDS_PHRASE and not token.like_num:
        found.append(token)
    return found


def phrase_in(tokens: list[Token], table: str) -> str | None:
    """The measure of the phrase that stands first among tokens, the longest there, those skipped that belong to no phrase;
    None if there is none."""
    said = _lemmas(tokens)
    places = [(said.find(f" {phrase} "), -len(phrase), phrase) for phrase in _phrases(table) if f" {phrase} " in said]
    return measures()[table][min(places)[-1]] if places else None


def _lemmas(tokens: Iterable[Token]) -> str:
    """The lemmas of the words of which phrases are made, between spaces."""
    words = (token for token in tokens if token.pos_ not in SKIPPED or token.pos_ != "AUX" and token.lower_ in _phrase_words())
    return f" {' '.join(token.lemma_.lower() for token in words)} "


def noun_measure(nouns: list[Token], table: str) -> str | None:
    """What a number is told to be of by nouns, the nearest first: damage, a fine, "the death toll", "the number of arrests"."""
    for noun in nouns:
        modifiers = [token.lemma_.lower() for token in noun.lefts if token.dep_ in ("amod", "compound")]
        of = [
            form
            for child in noun.rights
            if child.dep_ == "prep"
            for token in child.children
            for form in (token.lower_, token.lemma_.lower())
        ]
        if name := measure_of([*modifiers, *of, noun.lemma_.lower()], table):
            return name
    return None


def verb_measure(sum_itself: Token) -> str | None:
    """What the verb makes of the sum it takes: "cost 3 million", "was fined 3 million"."""
    verb = next((token for token in islice(sum_itself.ancestors, 4) if token.pos_ in ("VERB", "AUX")), None)
    return measure_of([verb.lemma_.lower(), verb.lower_.removesuffix("d")], "money") if verb is not None else None
