"""Some of: what a text says of a part of those it has counted ("nine of the dead were children", "60 of those held were freed")."""

import re

from spacy.tokens import Token

from analysis.figures.grammar import Grammar, next_in_sentence, noun_after, singular
from analysis.figures.measures import PARTICIPLES, measure_of, phrase_from

SOME_OF = re.compile(
    r"\sof\s(?:(?:them|these|those|whom)(?!\s(?:who|killed|hurt|injured|wounded|held|arrested|detained|dead|missing)\b)"
    r"|the\s(?P<many>[\d,]+)(?=\s(?:were|was|have|had|has|are|is|later|remain))|(?:the\s(?:[\d,]+\s)?|those\s(?:who\s)?(?:(?:were|was|are|had|have|has|been)\s){0,2})(?P<state>dead|died|killed|wounded|injured|hurt|missing|arrested|"
    r"detained|held|displaced|victims|casualties|detainees|evacuated|rescued|charged)(?!\s(?!was\b|is\b|has\b|as\b)[a-z]+s\b))"
    r"(?:,|\b)\s?",
    re.IGNORECASE,
)
IS = re.compile(r"\s?(?:(?:were|was|are|is|being)\s(?:those\sof\s)?|those\sof\s)(?:(?:all|also|reportedly|believed\sto\sbe|said\sto\sbe)\s)?(?=\w)")
SAYS_NO_MORE = {"were", "was", "are", "is", "being", "be", "been", "have", "has", "had", "since", "still", "already", "also", "later", "now", "remain", "remained"}


def is_whole(grammar: Grammar, start: int) -> bool:
    """Whether the number that starts at `start` is the whole of which another tells some: "19 of the 52 were freed"."""
    number = grammar.at(start)
    return number.i > 2 and (number.nbor(-2).lower_, number.nbor(-1).lower_) == ("of", "the") and number.nbor(-3).like_num


def whole_named(text: str, end: int) -> str | None:
    """The measure of those of whom a number that ends at `end` is some: "killed" for "nine of the dead"; None where they are not named."""
    found = SOME_OF.match(text, end)
    return measure_of([state, state.removesuffix("s")], "people") if found and (state := (found["state"] or "").lower()) else None


def names_whole(text: str, end: int) -> bool:
    """Whether a number that ends at `end` is some of people whom only a state names: "nine of the missing"."""
    found = SOME_OF.match(text, end)
    return bool(found and found["state"])


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
