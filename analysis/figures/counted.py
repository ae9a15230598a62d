"""What is counted: the noun a number counts, the words that decide what it means, and a plain name for the commonest."""

import re

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from analysis.corpus import Span
from analysis.figures.grammar import (
    SUBJECTS,
    Grammar,
    counting_head,
    next_in_sentence,
    noun_after,
    noun_phrase,
    of_phrase,
    singular,
    subject_of,
    unit_noun,
)
from analysis.figures.measures import PARTICIPLES, deciding, is_people, measure_of, noun_measure, verb_measure
from analysis.figures.units import named_unit
from analysis.types import Amount, Counted
from analysis.words import of_kind, words_of
from analysis.words.patterns import named

OF_MEASUREMENTS, OF_COUNTS, DATING = (words_of("counting", name) for name in ("of_measurements", "of_counts", "dating"))
REPORTING, TAKES_TIME, HEADLINE_VERBS = (words_of("counting", name) for name in ("reporting", "takes_time", "headline_verbs"))
BEFORE_PARTICIPLE = words_of("counting", "before_participle")
PER_PERSON = frozenset(of_kind("measures", "each"))  # as many people as there are of them
GOES_ON = re.compile(r"[^.;:!?\n]{0,60}(?:,|\sand)\s")
HARM_BEFORE, NOUN_LEFT_OUT = named("counting", "harm_before", "noun_left_out")
REACH = 60  # tokens looked at either way of a number


def _surroundings(token: Token) -> Tokens:
    """The tokens of the sentence around a token, no more than REACH either way: a text without full stops costs no more."""
    first = last = token.i
    while first > 0 and token.i - first < REACH and not token.doc[first].is_sent_start:
        first -= 1
    while last + 1 < len(token.doc) and last - token.i < REACH and not token.doc[last + 1].is_sent_start:
        last += 1
    return token.doc[first : last + 1]


def holders(token: Token, prepositions: frozenset[str] = OF_MEASUREMENTS) -> list[Token]:
    """The nouns a measurement is of, nearest first: what it modifies, what it is said of, the subject of its verb."""
    found: list[Token] = []
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in prepositions and child.i - token.i <= 3:
            found += [grand for grand in child.children if grand.dep_ == "pobj" and grand.pos_ in ("NOUN", "PROPN")][:1]
            break
    for _ in range(8):
        if token.dep_ == "ROOT" or token.head is token:
            break
        token, below = token.head, token
        if below.dep_ == "prep" and below.lower_ not in prepositions and prepositions is OF_COUNTS:
            break  # "a shooting at two shops" is no count of shootings
        if token.pos_ in ("NOUN", "PROPN") and below.dep_ != "conj":
            found.append(token)
        elif token.pos_ in ("VERB", "AUX"):
            found += _sides_of(token, below)
            break
    if not found and token.pos_ in ("VERB", "AUX"):
        subject = subject_of(token)
        if subject is not None:
            found.append(subject)
    return [noun for noun in found if _can_be_measured(noun)]


def _sides_of(verb: Token, below: Token) -> list[Token]:
    """The object and the subject of a verb, less the phrase the number itself stands in."""
    sides = [child for child in verb.rights if child.dep_ in ("dobj", "obj") and child is not below and child.i < below.i]
    subject = subject_of(verb)
    if subject is not None and subject is not below and verb.lemma_ not in REPORTING:
        sides.append(subject)
    return sides


def _can_be_measured(noun: Token) -> bool:
    """Whether a token is a noun and no unit of measurement itself."""
    if not noun.text[:1].isalpha() or noun.is_stop or noun.i and noun.lower_ == "cent" and noun.nbor(-1).lower_ == "per":
        return False
    stands_for_noun = noun.dep_ in SUBJECTS and noun.pos_ in ("ADJ", "X", "VERB", "ADV", "INTJ") or (
        noun.i and noun.nbor(-1).lower_ == "the" and noun.lower_ in PARTICIPLES)  # "put the dead at nine"
    if noun.pos_ not in ("NOUN", "PROPN") and not stands_for_noun:
        return False
    is_unit = named_unit(noun.lemma_.lower()) or named_unit(noun.text)
    return not is_unit or not (noun.i and (noun.nbor(-1).like_num or noun.nbor(-1).pos_ in ("NUM", "SYM")))


def nearest_noun(token: Token, start: int) -> Token | None:
    """The last noun before the number with neither verb nor comma between; else the last subject; else, in a fragment, any noun."""
    sentence = _surroundings(token)
    for i in range(token.i - 1, sentence.start - 1, -1):
        before = token.doc[i]
        if before.idx < start and _can_be_measured(before):
            return before
        if before.pos_ in ("VERB", "AUX", "PUNCT", "SCONJ"):
            break
    for i in range(token.i - 1, sentence.start - 1, -1):
        if token.doc[i].dep_ in SUBJECTS and _can_be_measured(token.doc[i]):
            return token.doc[i]
    if any(word.pos_ in ("VERB", "AUX") for word in sentence):
        return None
    return next((word for word in sentence if _can_be_measured(word)), None)


def count_of(grammar: Grammar, mention: Amount) -> Counted:
    """What a mention counts or measures."""
    if mention.form == "zero" or mention.kind in ("count", "share", "score") and not mention.unit:
        return _count(grammar, mention)
    return _measurement(grammar, mention)


def _count(grammar: Grammar, mention: Amount) -> Counted:
    head = counting_head(grammar, mention.number_end)
    if head is not None and head.lower_ in HEADLINE_VERBS:
        head = None  # a verb of a headline, tagged a noun: "Rebels kill 5 injure 50"
    bare = _bare_people(grammar, mention)
    if bare is not None and (head is None or bare.i <= head.i):
        unit = "" if mention.kind == "share" else "people"
        return Counted(unit, [(bare.idx, bare.idx + len(bare))], measure_of([bare.lemma_.lower(), bare.lower_], "people"), True)
    if head is None and mention.kind == "count" and (harmed := _object_of_harm(grammar, mention)):
        return harmed
    if head is None or mention.kind == "score":
        return _measurement(grammar, mention)
    measured = named_unit(head.lemma_.lower()) if mention.kind == "count" else None
    if measured and measured[0] in ("duration", "distance", "money", "percent"):
        mention.kind, mention.unit = measured
        return _measurement(grammar, mention)
    return _of_noun(grammar, mention, head)


def _of_noun(grammar: Grammar, mention: Amount, head: Token) -> Counted:
    """What a number counts, by the noun that it counts and the phrases around that."""
    unit = ""
    if mention.kind != "share":
        unit = "people" if head.lemma_.lower() in PER_PERSON else unit_noun(grammar, head, mention.number_end)
    spans = [noun_phrase(head, (mention.start, mention.end))]
    of = of_phrase(head)
    if of:
        spans.append(of)
    measure, verb = deciding(head)
    if verb is not None:
        spans.append((verb.idx, verb.idx + len(verb)))
    elif measure is None or not spans[1:]:
        for noun in holders(head, OF_COUNTS):
            _add_phrase(spans, noun, mention)
            measure = measure or measure_of([noun.lemma_.lower()], "people" if is_people(head) else "things")
            if measure:
                break
    start, end = spans[0]
    if len(spans) == 1 and mention.kind == "count" and unit.endswith(grammar.text[start : head.idx] + singular(head)):
        spans = []  # the unit says it all
    return Counted(unit, sorted(spans), measure, is_people(head))


def _object_of_harm(grammar: Grammar, mention: Amount) -> Counted | None:
    """ "Blast kills 16": people, though no noun says so."""
    text = grammar.text
    found = HARM_BEFORE.search(text[max(0, mention.start - 50) : mention.start])
    if found is None:
        return None
    start = max(0, mention.start - 50) + found.start("verb")
    word = grammar.at(start)
    verb = re.sub(r"(?:es|ed|ing|s)$", "", found["verb"].lower())
    return Counted("people", [(word.idx, word.idx + len(word))],
                   measure_of([word.lemma_.lower(), verb, verb + "e"], "people"), True)


def _bare_people(grammar: Grammar, mention: Amount) -> Token | None:
    """The participle that stands for people where the noun is left out: "28 killed", "five were injured"."""
    token = next_in_sentence(grammar.at(mention.number_end - 1))
    for _ in range(4):
        if token is None:
            return None
        if token.lower_ == "held" and any(child.dep_ in ("dobj", "obj") for child in token.rights):
            return None  # "five held a vigil"
        if token.lower_ in PARTICIPLES:
            return token
        if token.lower_ not in BEFORE_PARTICIPLE:
            return None
        token = next_in_sentence(token)
    return None


def _measurement(grammar: Grammar, mention: Amount) -> Counted:
    token = grammar.at(mention.end - 1)
    if token is None:
        return Counted()
    found = [] if mention.kind == "duration" and _only_says_when(token) else holders(token)
    if (
        mention.kind in ("duration", "age")
        and found
        and token.dep_ in ("nmod", "compound", "amod", "nummod", "npadvmod")
        and found[0].i > token.i
    ):
        found = found[:1]  # "the 12-day war": of the war and of nothing else
    if not found and mention.kind != "duration":
        signed = grammar.text[mention.start - 1 : mention.start] == "+"  # "Dow +0.2%": the noun stands before
        noun = None if signed else noun_after(token)
        noun = noun or nearest_noun(token, mention.start)
        found = [noun] if noun is not None else []
    spans: list[Span] = []
    for noun in found:
        _add_phrase(spans, noun, mention)
    measure = noun_measure(found, "money") or verb_measure(token) if mention.kind == "money" else None
    if mention.kind == "count":
        measure = noun_measure(found, "people")
    return Counted("people" if mention.kind == "count" and measure else "", sorted(spans), measure)


def _only_says_when(token: Token) -> bool:
    """Whether a time only dates its verb: "In three months the firm ...", "fell over two days", "left two days ago"."""
    while token.dep_ in ("pobj", "npadvmod", "advmod", "prep") and token.head is not token:
        if token.dep_ in ("npadvmod", "prep", "advmod") and token.head.pos_ in ("VERB", "AUX"):
            if token.dep_ == "prep" and token.lower_ not in DATING and token.i > token.head.i:
                return False
            return token.head.lemma_ not in TAKES_TIME
        token = token.head
    return False


def _add_phrase(spans: list[Span], noun: Token, mention: Amount) -> None:
    """Add a noun's phrase and its "of" phrase, where they overlap neither the number nor what is there."""
    for phrase in (noun_phrase(noun, (mention.start, mention.end)), of_phrase(noun)):
        if phrase and not any(phrase[0] < end and start < phrase[1] for start, end in spans + [(mention.start, mention.end)]):
            spans.append(phrase)


def restate(text: str, mentions: list[Amount], counts: list[Counted]) -> None:
    """Let a measurement in brackets ("7 miles (11 km)") be of its neighbour's thing, and a number that leaves its noun out
    ("three miners died in Orsk, five in Balm") of that of the one before; `counts` is parallel to `mentions`, and both are changed
    in place."""
    for place in range(1, len(mentions)):
        before, here = mentions[place - 1], mentions[place]
        if here.unit and before.unit and text[before.end : here.start].strip() in ("(", "/", "or"):
            counts[place].spans = counts[place - 1].spans
            here.restates = place - 1
        left_out = here.kind == before.kind == "count" and not here.unit and not counts[place].unit
        if left_out and GOES_ON.fullmatch(text[before.end : here.start]) and NOUN_LEFT_OUT.match(text, here.end):
            counts[place] = counts[place - 1]
