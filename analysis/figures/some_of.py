"""Some of: what a text says of a part of those it has counted ("nine of the dead were children", "60 of those held were freed")."""

import re

from spacy.tokens import Token

from analysis.figures.grammar import Grammar, next_in_sentence, noun_after, singular
from analysis.figures.measures import NEARLY, PARTICIPLES, measure_of, phrase_from

SOME_OF = re.compile(
    r"\sof\s(?:(?:them|these|those|whom)(?!\s(?:who|killed|hurt|injured|wounded|held|arrested|detained|dead|missing)\b)"
    r"|the\s(?P<many>[\d,]+)(?=\s(?:were|was|have|had|has|are|is|later|remain))"
    r"|(?:the\s(?:[\d,]+\s)?|those\s(?:who\s)?(?:(?:were|was|are|had|have|has|been)\s){0,2})(?P<state>dead|died|killed|wounded|injured|hurt|missing|arrested|"
    r"detained|held|displaced|victims|casualties|detainees|evacuated|rescued|charged)(?!\s(?!was\b|is\b|has\b|as\b)[a-z]+s\b))"
    r"(?:,|\b)\s?",
    re.IGNORECASE,
)
STATE = r"(?:the|those)\s(?:who\s)?(?:(?:were|was|are|had|have|has|been)\s){0,2}(?P<state>dead|died|killed|wounded|injured|hurt|missing|arrested|detained|held|displaced)"
# "Among those killed were four teachers", "the injured include four teachers"; "four teachers were among those killed".
AMONG_BEFORE = re.compile(rf"\b(?:among\s{STATE}\s(?:were|was|are|is)|{STATE.replace('?P<state>', '?P<subject>')}\sinclude[ds]?)\s{NEARLY}$", re.IGNORECASE)
AMONG_AFTER = re.compile(rf"\s(?:(?:were|was|are|is|being)\s)?among\s{STATE}\b(?!\s(?!was\b|is\b|has\b|as\b)[a-z]+s\b)", re.IGNORECASE)
IS = re.compile(r"\s?(?:(?:were|was|are|is|being)\s(?:those\sof\s)?|those\sof\s)(?:(?:all|also|reportedly|believed\sto\sbe|said\sto\sbe)\s)?(?=\w)")
SAYS_NO_MORE = {"were", "was", "are", "is", "being", "be", "been", "have", "has", "had", "since", "still", "already", "also", "later", "now", "remain", "remained"}


def is_whole(grammar: Grammar, start: int) -> bool:
    """Whether the number that starts at `start` is the whole of which another tells some: "19 of the 52 were freed"."""
    number = grammar.at(start)
    if number.i < 3 or (number.nbor(-2).lower_, number.nbor(-1).lower_) != ("of", "the") or not number.nbor(-3).like_num:
        return False
    following = next_in_sentence(number)
    return following is not None and following.pos_ == "AUX"


def is_some(text: str, end: int) -> bool:
    """Whether a number that ends at `end` is some of people told of before: "nine of them"."""
    return SOME_OF.match(text, end) is not None


def whole_named(text: str, end: int) -> str | None:
    """The measure of those of whom a number that ends at `end` is some: "killed" for "nine of the dead"; None where they are not named."""
    found = SOME_OF.match(text, end)
    return measure_of([state, state.removesuffix("s")], "people") if found and (state := (found["state"] or "").lower()) else None


def names_whole(text: str, end: int) -> bool:
    """Whether a number that ends at `end` is some of people whom only a state names: "nine of the missing"."""
    found = SOME_OF.match(text, end)
    return bool(found and found["state"])


def among(text: str, start: int, end: int) -> str | None:
    """The measure of those among whom text[start:end], a number and its noun, are told to be; None where they are told to be of nobody."""
    found = AMONG_BEFORE.search(text, max(0, start - 80), start) or AMONG_AFTER.match(text, end)
    state = found and (found.groupdict().get("state") or found.groupdict().get("subject"))
    return measure_of([state.lower()], "people") if state else None


def noun_of_some(grammar: Grammar, end: int) -> Token | None:
    """The noun that tells what the counted are: "three of the dead were children", "nine of them women", "seven are nurses"."""
    of = SOME_OF.match(grammar.text, end)
    first = of.end() if of else end
    told = IS.match(grammar.text, first - 1 if of else first)
    return noun_after(grammar.at((told.end() if told else first) - 1)) if of or told else None


def with_compounds(noun: Token) -> str:
    """A noun in the singular, after the nouns that stand before it as its modifiers: "police officer"."""
    return " ".join([token.lower_ for token in noun.lefts if token.dep_ == "compound"] + [singular(noun)])


def done_to_some(grammar: Grammar, end: int) -> str | None:
    """The measure of what is said of some: "released" for "60 of those held had since been released"; else that of the whole they are of."""
    of = SOME_OF.match(grammar.text, end)
    if not of:
        return None
    token = next_in_sentence(grammar.at(of.start() + len(of[0].rstrip()) - 1))
    while token is not None and token.lower_ in SAYS_NO_MORE and not phrase_from(token):
        token = next_in_sentence(token)
    if token is not None and (name := phrase_from(token) or (token.pos_ == "VERB" or token.lower_ in PARTICIPLES) and measure_of([token.lower_, token.lemma_.lower()], "people")):
        return name
    return whole_named(grammar.text, end)
