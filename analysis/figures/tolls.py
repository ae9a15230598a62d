"""Tolls: people counted as a quantity that rises and falls ("the toll climbs to 16", "put the army's dead at 27")."""

import re
from dataclasses import dataclass

from spacy.tokens import Token

from analysis.corpus import Span
from analysis.figures.grammar import Grammar, singular
from analysis.figures.measures import NEARLY, PARTICIPLES, deciding, measure_of
from analysis.figures.ranges import Mention

STATES = (
    r"dead|deaths|fatalities|casualties|killed|injured|injuries|wounded|missing|arrests|arrested|detained|detentions|displaced|homeless|evacuated|"
    r"hospitali[sz]ed|infections|infected|rescued|abducted|captured|trapped"
)
# Nouns that are a count of people; the text after "number of" says of which.
TOLL = re.compile(
    r"\b(?:(?:(?P<of>death|casualty|injury|fatality)[\s-])?(?P<toll>tolls?|(?:(?<=death\s)|(?<=body\s))(?:counts?|tally))|(?P<crowd>turnout|crowds?|attendance)"
    r"|(?:numbers?|counts?|tall(?:y|ies)|totals?)\sof(?:\sthe|\sthose)?(?:\s(?:confirmed|known|official))?\s(?=(?P<noun>[\w-]+))"
    rf"|(?:army|military|troops?|police|rebels?|soldiers?)(?:['’]s?)?\s(?:\w+\s)?(?P<losses>losses)|(?P<cases>cases)|(?P<state>{STATES}))\b",
    re.IGNORECASE,
)
# What ties the number to the noun: "climbs to", "stands at", "is", "reached", "passes", "now".
LINK = re.compile(
    r"(?:\b(?:to|at|is|was|reach(?:es|ed|ing)?|hits?|hitting|tops?|topped|topping|pass(?:es|ed|ing)?|past|above|exceed(?:s|ed|ing)?|"
    rf"surpass(?:es|ed|ing)?|near(?:s|ed|ing)|now|numbers?|numbered|totall?(?:s|ed|ing)?)|:)\s{NEARLY}$",
    re.IGNORECASE,
)
OF_LINK = re.compile(rf"\s(?:of\s{NEARLY}|\(?{NEARLY})$", re.IGNORECASE)  # "a toll of 16" and nothing between
BREAKS = re.compile(r"[;!?\n]|\.\s|(?<!by\s)(?<!from\s)\b\d")  # nor may another number stand between
RAISED = re.compile(rf"\b(?:rais|br(?:ing|ought)|tak|took|push|lower|cut|revis|lift|increas)\w*\sto\s{NEARLY}$", re.IGNORECASE)
RAISED_TOLL = re.compile(r"\s(?:the|its|their)\s(?:[\w'’-]+\s){0,2}", re.IGNORECASE)  # "raised to 35 the official death toll"
MARCH_OF = re.compile(rf"\b(?:march|rally|protest|demonstration|gathering|procession|crowd|turnout|audience|attendance)(?:es|s)?\s(?:of|by)\s{NEARLY}$", re.IGNORECASE)
# Whose dead are told of: "the army's dead" are soldiers.
WHOSE = {"army": "soldier", "military": "soldier", "troop": "soldier", "police": "police officer", "civilian": "civilian", "rebel": "rebel", "child": "child"}
# "The motorway toll rose to 12": what is paid there, unless the text around tells of dead.
PAID = re.compile(r"\b(?:motorway|highway|turnpike|tunnel|road|bridge|ferry|lorry|truck|car)\s$", re.IGNORECASE)
TELLS_OF_DEAD = re.compile(r"\b(?:dead|deaths?|died|dies?|kill(?:s|ed|ing)?|bodies|victims|fatalities|lives)\b", re.IGNORECASE)
WHOSE_BEFORE = re.compile(r"\b(?P<whose>army|military|troops?|police|civilians?|rebels?|child)(?:['’]s?\s(?:\w+\s)?|\s)$", re.IGNORECASE)
TOLL_REACH = 160  # characters
FAR = 2000  # characters


@dataclass(frozen=True)
class Toll:
    """Whom a number counts (`unit`, singular), its plain name, and where the words stand that say so."""

    unit: str
    measure: str | None
    span: Span


def toll_of(grammar: Grammar, mention: Mention) -> Toll | None:
    """The toll that a number without a noun of its own gives, or None."""
    text = grammar.text
    first = max(grammar.sentence_at(mention.start)[0], mention.start - TOLL_REACH)
    before = text[first : mention.start]
    found = TOLL.search(text, mention.end, mention.end + TOLL_REACH) if RAISED.search(before) else None
    if found and RAISED_TOLL.fullmatch(text, mention.end, found.start()):
        return _toll(grammar, found)
    if gathering := MARCH_OF.search(before):
        return Toll("people", "taking part", (first + gathering.start(), first + gathering.start() + len(gathering[0].split()[0])))
    for found in reversed(list(TOLL.finditer(text, first, mention.start))):
        between = text[found.end() : mention.start]
        if not BREAKS.search(between) and not _is_paid(text, found) and (LINK.search(between) or OF_LINK.fullmatch(between) and not found["noun"]) and _measures(grammar, found):
            return _toll(grammar, found)
    return None


def _is_paid(text: str, found: re.Match) -> bool:
    """Whether a toll is what is paid on a road."""
    return bool(found["toll"] and not found["of"] and PAID.search(text, max(0, found.start() - 12), found.start()) and not TELLS_OF_DEAD.search(text, max(0, found.start() - FAR), found.start() + FAR))


def _measures(grammar: Grammar, found: re.Match) -> bool:
    """Whether a state is a noun, as in "the army's dead", and no adjective or verb: "people injured", "dead at noon"."""
    if not found["state"]:
        return True
    word = grammar.at(found.start())
    before = word.nbor(-1) if word.i else word
    return word.tag_ == "NNS" or grammar.in_title(word) or before.lower_ in ("the", "of", "number", "'s", "’s", "its", "their", "confirmed", "'", "’")


def _toll(grammar: Grammar, found: re.Match) -> Toll | None:
    start = found.start()
    whose = WHOSE_BEFORE.search(grammar.text, max(0, start - 30), start)
    unit = WHOSE[whose["whose"].lower().removesuffix("s")] if whose else "people"
    span = found.start(), found.end()
    if found["noun"]:
        return _number_of(grammar, found)
    if found["crowd"]:
        return Toll("people", "taking part", span)
    if found["cases"]:
        return Toll("case", None, span)
    if found["losses"]:
        return Toll("people", "killed", (found.start("losses"), found.end()))
    if found["state"]:
        return Toll(unit, _state(grammar.at(start)), span)
    return Toll(unit, measure_of([(found["of"] or "death").lower()], "people"), span)


def _state(word: Token) -> str | None:
    return measure_of([word.lower_, word.lemma_.lower(), word.lower_.removesuffix("s")], "people")


def _number_of(grammar: Grammar, found: re.Match) -> Toll | None:
    """Whom "the number of ..." counts: its noun, and what is said of that; a state alone is of people ("the number of dead")."""
    noun = grammar.at(found.start("noun"))
    span = noun.idx, noun.idx + len(noun)
    if noun.lower_ in PARTICIPLES or re.fullmatch(STATES, noun.text, re.IGNORECASE):
        return Toll("people", _state(noun), span)
    while (noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ == "compound") and noun.i + 1 < len(noun.doc) and noun.head.i > noun.i and noun.head.i - noun.i < 4:
        noun = noun.head
    if noun.tag_ not in ("NNS", "NNPS") and noun.lower_ != "people":
        return None  # "the number of the hall is 14"
    measure, verb = deciding(noun)
    last = verb if verb is not None and 0 < verb.i - noun.i < 3 else noun
    return Toll(singular(noun), measure, (noun.idx, last.idx + len(last)))
