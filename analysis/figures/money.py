"""Money: sums in currencies that no table knows or whose names mean more ("85 million marks"), and what a sum is of."""

import re

from spacy.tokens import Token

from analysis.figures.grammar import Grammar
from analysis.figures.measures import NEARLY, measure_of
from analysis.figures.ranges import Mention
from analysis.figures.units import Unit, with_denominator

# A sum follows "damage at", "a fine of", "worth": no noun there counts things, where the number is large or the words allow no other.
SUM_BEFORE = re.compile(
    r"\b(?:(?:damages?|costs?|fines?|fund|compensation|price|bill|loss|losses|budget|debts?|deficit|shortfall|ransom|salary|revenues?|profits?)\b[^.;:!?\n\d]{0,60}?\sat"
    r"|(?:damages?|losses|debts|revenues|profits|compensation|costs)\sof"
    r"|\b(?:an?|its|their|the|annual)\s(?:[\w-]+\s){0,2}(?:fine|ransom|budget|debt|deficit|shortfall|fund|loan|loss|profit|salary|reward|bill|payment|price|sum|grant|bail)\sof"
    rf"|worth|fined|cost|costs|costing|paid|pays?|paying|owes?|owed|spent|spend)\s{NEARLY}(?:[\d.,]+\s(?:million\s|billion\s)?(?:and|to)\s)?$",
    re.IGNORECASE,
)
CURRENCY_AFTER = re.compile(r"\s(?:[A-Z][a-z]+\s)?(?P<noun>[a-z]{3,}s)\b(?!\s(?:of|per|a)\s)")
MARKS_AFTER = re.compile(r"\s(?:[A-Z][a-z]+\s)?(?P<noun>marks)\b")
# Plurals that are counted and never paid, though a sum may be told in their place: "cost 3 million jobs".
NEVER_PAID = re.compile(
    r"(?:people|households|families|homes|houses|jobs|lives|votes|seats|points|shares|hours|days|weeks|months|years|goals|units|barrels|times|trees|cars|schools|"
    r"countries|hectares|acres|tickets|copies|books|meals|things|calories|animals|crops|troops|deaths|cases|\w*(?:men|ers|ors|ists|ians|ees|ants|ents|tions|ings|als))",
)
SUM_OF = {"of", "in", "for", "to", "as"}


def currencies_in(text: str) -> frozenset[str]:
    """The plural nouns that a text gives prices in, by the words before them: "put the damage at 3 million velms"."""
    found = set()
    for number in re.finditer(r"(?<![\w.,])\d[\d.,]*(?:\s(?:million|billion|trillion))?|\b(?:million|billion)s\sof", text):
        after = CURRENCY_AFTER.match(text, number.end())
        large = not number[0].isdigit() or int(number[0]) >= 100
        if after and large and not NEVER_PAID.fullmatch(after["noun"]) and SUM_BEFORE.search(text, max(0, number.start() - 120), number.start()):
            found.add(after["noun"])
    return frozenset(found)


def sum_of_money(text: str, start: int, end: int, currencies: frozenset[str], scaled: bool) -> Unit | None:
    """The unit of a number before a noun the text pays in, or before "marks", which are money where there are millions of them."""
    found = CURRENCY_AFTER.match(text, end)
    if found is None or found["noun"] not in currencies:
        found = MARKS_AFTER.match(text, end) if scaled else None
    return with_denominator("money", found["noun"].removesuffix("s"), start, found.end(), text) if found else None


def money_measure(grammar: Grammar, mention: Mention, nouns: list[Token]) -> str | None:
    """What a sum is: the damage, debt, fine ... of the nouns it is of, of the verb it depends on, or of its clause."""
    for noun in nouns:
        modifiers = [token.lemma_.lower() for token in noun.lefts if token.dep_ in ("amod", "compound")]
        of = [token.lemma_.lower() for child in noun.rights if child.dep_ == "prep" for token in child.children]
        if name := measure_of([*modifiers, *of, noun.lemma_.lower()], "money"):
            return name
    return _of_verb(grammar.at(mention.end - 1)) or _of_clause(grammar, mention)


def _of_verb(token: Token) -> str | None:
    """What the verb makes of the sum it takes: "cost 3 million", "was fined 3 million"."""
    for _ in range(4):
        if token.pos_ in ("VERB", "AUX"):
            return measure_of([token.lemma_.lower(), token.lower_.removesuffix("d")], "money")
        token = token.head
    return None


def _of_clause(grammar: Grammar, mention: Mention) -> str | None:
    """The last noun of money before "at", "to" or "is": "put the damage to shops at 3 million"."""
    text = grammar.text
    first = max(grammar.sentence_at(mention.start)[0], mention.start - 120)
    if not re.search(rf"\b(?:at|to|is|was|of)\s{NEARLY}$", text[first : mention.start]):
        return None
    clause = re.split(r"[;:\d]|,\s", text[first : mention.start])[-1]
    begin = mention.start - len(clause)
    words = [token.lemma_.lower() for token in grammar.doc.char_span(begin, mention.start, alignment_mode="contract") or ()]
    names = [measure_of([word], "money") for word in words]
    return next((name for name in names if name), None)
