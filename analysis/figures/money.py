"""Money: sums in currencies that no table knows or whose names mean more ("85 million marks"), and what a sum is of."""

import re

from spacy.tokens import Token

from analysis.figures.grammar import Grammar, next_in_sentence
from analysis.figures.measures import NEARLY, measure_of, phrase_from, state_of
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
MARKS_AFTER = re.compile(r"(?:\s(?:[A-Z][a-z]+\s)?(?=marks)|-(?=mark\b))(?P<noun>marks?)\b")
# "pay 700 crowns to every family", "paid each family 700 crowns".
PAYS = r"\b(?:pay|pays|paid|paying|gives?|given|gave|giving|offer(?:s|ed|ing)?)\s"
PAID_TO_EACH = re.compile(
    rf"{PAYS}(?:each|every)\s(?:[\w’'-]+\s){{1,4}}{NEARLY}$"
    rf"|\b(?:famil(?:y|ies)|households?|victims?|relatives|survivors)\b[^.;:,\n]{{0,60}}\s(?:receiv(?:es?|ed|ing)|gets?|got|(?:be|was|were)\s(?:paid|given))\s{NEARLY}$",
    re.IGNORECASE,
)
PAID_OUT = re.compile(rf"\b(?:pay|pays|paid|paying)\sout\s{NEARLY}$", re.IGNORECASE)
PAID, TO_EACH = re.compile(rf"{PAYS}{NEARLY}$", re.IGNORECASE), re.compile(r"\s(?:to|for)\s(?:each|every)\b")
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
        large = not number[0].isdigit() or float(number[0]) >= 100
        if after and large and not NEVER_PAID.fullmatch(after["noun"]) and SUM_BEFORE.search(text, max(0, number.start() - 120), number.start()):
            found.add(after["noun"])
    return frozenset(found)


def sum_of_money(text: str, start: int, end: int, currencies: frozenset[str], large: bool) -> Unit | None:
    """The unit of a number before a noun the text pays in, or before "marks", which are money where there are thousands of them."""
    found = CURRENCY_AFTER.match(text, end)
    if found is None or found["noun"] not in currencies:
        found = MARKS_AFTER.match(text, end) if large else None
    return with_denominator("money", found["noun"].removesuffix("s"), start, found.end(), text) if found else None


def money_measure(grammar: Grammar, mention: Mention, nouns: list[Token]) -> str | None:
    """What a sum is: the damage, debt, fine ... of the nouns it is of, of the verb it depends on, or of its clause."""
    sum_itself = grammar.at(mention.end - 1)
    if sum_itself.dep_ in ("dobj", "obj") and sum_itself.head.lemma_ in ("lose", "owe", "fine", "lend", "borrow", "steal", "guarantee", "insure", "withdraw", "embezzle"):
        return _of_verb(sum_itself)  # "the relief fund lost 3 million"
    for noun in nouns:
        modifiers = [token.lemma_.lower() for token in noun.lefts if token.dep_ in ("amod", "compound")]
        of = [token.lemma_.lower() for child in noun.rights if child.dep_ == "prep" for token in child.children]
        named = noun.lemma_.lower()
        together = [f"{modifier} {named}" for modifier in modifiers] + [f"{named} of {each}" for each in of]  # "credit line", "line of credit"
        if name := measure_of([*together, *modifiers, *of, named], "money"):
            return name
    return _paid_to_each(grammar, mention) or _purpose(grammar.at(mention.end - 1)) or _of_verb(grammar.at(mention.end - 1)) or _of_clause(grammar, mention)


def _paid_to_each(grammar: Grammar, mention: Mention) -> str | None:
    before = grammar.text[max(0, mention.start - 100) : mention.start]
    each = PAID_TO_EACH.search(before) or PAID.search(before) and TO_EACH.match(grammar.text, mention.end)
    return "compensation" if each or PAID_OUT.search(before) else None


def _purpose(token: Token) -> str | None:
    """Whether a sum is for aid or a rescue by the words right after it: "spend 9m marks on rebuilding the valley", "to protect savers"."""
    preposition = next_in_sentence(token)
    if preposition is None or preposition.lower_ not in ("on", "for", "towards", "to"):
        return None
    words = [word.lemma_.lower() for word in token.doc[preposition.i + 1 : preposition.i + 4] if word.sent == token.sent]
    name = measure_of(words, "money")
    return name if name in ("aid", "rescue") else None


def _of_verb(token: Token) -> str | None:
    """What the verb makes of the sum it takes, or its state: "cost 3 million", "was fined 3 million", "3 million was missing"."""
    sum_itself = token
    for _ in range(4):
        token = token.head  # the sum itself may be taken for a verb
        if token.pos_ in ("VERB", "AUX"):
            state = state_of(token)
            words = [token.lemma_.lower(), token.lower_.removesuffix("d")]
            if name := phrase_from(token, "money") or token.i < sum_itself.i and phrase_from(token, "money", sum_itself):
                return name  # "made off with 3 million", "pulled 3 million out of the bank"
            return measure_of([state.lower_, *words] if state is not None else words, "money")
    return None


def _of_clause(grammar: Grammar, mention: Mention) -> str | None:
    """The last noun of money before "at", "to" or "is": "put the damage to shops at 3 million"."""
    text = grammar.text
    first = max(grammar.sentence_at(mention.start)[0], mention.start - 120)
    if not re.search(rf"\b(?:at|to|is|was|of)\s{NEARLY}$", text[first : mention.start]):
        return None
    clause = re.split(r"[;:\d]|,\s", text[first : mention.start])[-1]
    begin = mention.start - len(clause)
    words = [[token.lower_, token.lemma_.lower()] for token in grammar.doc.char_span(begin, mention.start, alignment_mode="contract") or ()]
    names = [measure_of(forms, "money") for forms in words]
    return next((name for name in names if name), None)
