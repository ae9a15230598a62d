"""Amounts: the numbers of a text that are figures, each with its unit, before ranges are joined. No figures are dates, years,
clock times, phone and page numbers, addresses, names of models and squads."""

import re
from bisect import bisect_right

from analysis.claims import tagger
from analysis.corpus import Span
from analysis.figures.comparators import comparator_of
from analysis.figures.grammar import Grammar, counting_head
from analysis.figures.numbers import Vague, find_numbers
from analysis.figures.ranges import mention_of
from analysis.figures.units import is_currency_before, unit_of
from analysis.types import Amount, Number
from analysis.words import words_of
from analysis.words.patterns import either_of, named

# A number is a figure from this probability on: chosen so that next to none is lost on articles that the head did not see
FIGURE = 0.05
ZERO, AGE_BEFORE, AGE_AFTER, LOW_END, ONE_PART = named("amounts", "zero", "age_before", "age_after", "low_end", "one_part")
SHARE_BEFORE, SHARE_AFTER, HALF_AFTER, CAPITAL_BEFORE = named("amounts", "share_before", "share_after", "half_after", "capital_before")
MINUS_BEFORE, SIGN_BEFORE = named("amounts", "minus_before", "sign_before")
ONE = re.compile(r"(?:[\s-]one\b)?", re.IGNORECASE)
NO_END = re.compile(r"[^\W\d_]|/\d")  # what shows that a number without a unit is part of a longer word or date
BEFORE_HYPHEN = words_of("amounts", "before_hyphen")
YEAR = re.compile(r"(?:1[1-9]|20|21)\d\d")
LETTERS = re.compile(r"[^\W\d_]+")
# Before a capital that opens no sentence, quotation, list or title
INSIDE = re.compile(r"(?:\b[a-z]\w*|\b[Tt]he(?:\s[A-Z]\w+)?)\s$")


def find_amounts(text: str, grammar: Grammar, vague: Vague | None) -> list[Amount]:
    """The numbers of `text` that are figures, in order; dates, names and their like are left out."""
    not_figures = not_figure_spans(text)
    starts = [span[0] for span in not_figures]
    mentions = []
    for number in find_numbers(text, vague):
        place = bisect_right(starts, number.start) - 1
        if place >= 0 and number.start < not_figures[place][1]:
            continue
        mention = _mention(text, grammar, number)
        if mention:
            mentions.append(mention)
    mentions = _figures(text, mentions)
    return sorted(mentions + _zeros(text, mentions), key=lambda mention: mention.start)


def _figures(text: str, mentions: list[Amount]) -> list[Amount]:
    """Those of `mentions` that the learned head takes for figures."""
    chances = tagger.figures(text, [(mention.start, mention.end) for mention in mentions])
    for mention, chance in zip(mentions, chances[:, 0].tolist()):
        mention.chance = chance
    return [mention for mention in mentions if mention.chance >= FIGURE]


def _mention(text: str, grammar: Grammar, number: Number) -> Amount | None:
    if not _whole(text, number):
        return None
    unit = unit_of(text, number.start, number.end)
    if unit is None and NO_END.match(text, number.end):
        return None
    if unit is None or unit.start == number.start:
        number = _signed(text, number)
    elif number.value and (text[number.start - 1] in "-−" or MINUS_BEFORE.search(text[max(0, unit.start - 12) : unit.start])):
        number.value = -number.value
    mention = mention_of(number, unit)
    if unit:
        mention.start = min(mention.start, number.start)
        return mention
    _mark_age(text, mention)
    if mention.kind == "age" or _is_figure(text, grammar, number):
        return mention
    return None


def _whole(text: str, number: Number) -> bool:
    """Whether the characters right before let this be a number of its own, not the tail of a word or of longer digits."""
    before = text[max(0, number.start - 12) : number.start]
    if not before or not (before[-1].isalnum() or before[-1] in "_.,/:-–−'’"):
        return True
    if before[-1] in "-–−":
        if re.search(r"[A-Z]{3,}\s-$", before):
            return False
        word = re.search(r"([^\s\-–−]*)[\-–−]$", before)[1]
        return not word or not word[0].isalpha() or word.lower() in BEFORE_HYPHEN or word[-1] in "$£€¥)\""
    if before[-1].isalpha():
        return text[number.start].isdigit() and is_currency_before(text, number.start, number.end)
    if before[-1] == "/":
        return not before[-2:-1].isalnum()
    return before[-1] in ".,:'’" and not before[-2:-1].isdigit() or before[-1] == "," and number.form != "digits"


def _signed(text: str, number: Number) -> Number:
    sign = SIGN_BEFORE.search(text[max(0, number.start - 10) : number.start])
    if sign and number.value and not (sign[0] in "-−" and re.search(r"\d\s?[-−]$", text[: number.start][-3:])):
        number.value, number.start = -number.value, number.start - len(sign[0])
    return number


def _mark_age(text: str, mention: Amount) -> None:
    """A bare number after "aged", or between commas after a name ("Jane Roe, 43,"), is an age."""
    if mention.value is None or not 0 < mention.value < 116 or mention.value % 1 or mention.form not in ("digits", "words"):
        return
    found = AGE_BEFORE.search(text[max(0, mention.start - 60) : mention.start])
    if found and (not found["name"] or text[mention.start].isdigit() and AGE_AFTER.match(text[mention.end : mention.end + 6])):
        mention.kind, mention.unit = "age", "year of age"


def _is_figure(text: str, grammar: Grammar, number: Number) -> bool:
    if number.form == "fraction":
        return _fraction_is_share(text, number)
    if number.form in ("vague", "share", "times") or number.scaled:
        return True
    head = counting_head(grammar, number.end)
    plural = head is not None and (head.tag_ in ("NNS", "NNPS") or head.lower_ == "people")
    if YEAR.fullmatch(text, number.start, number.end) and not (plural and _counts_though_a_year(text, grammar, number)):
        return False
    if number.form == "words" and number.value == 1:
        return _one_counts(text, grammar, number, head) and not is_name(text, number.start, number.end, True)
    if number.form == "digits" and number.value % 1 == 0 and head is not None and _is_model(grammar, number, head):
        return False
    return not is_name(text, number.start, number.end, plural or _after_no_name(grammar, number))


def _counts_though_a_year(text: str, grammar: Grammar, number: Number) -> bool:
    """Whether what stands before lets a number that could be a year count a plural: "hurt 2010 people", "at least 2010 people"."""
    if comparator_of(text, number.start, number.end, "count") != "=":
        return True
    before = grammar.at(number.start - 1) if number.start else None
    return before is None or before.pos_ not in ("NOUN", "PROPN", "ADJ", "DET", "PART")


def _is_model(grammar: Grammar, number: Number, head) -> bool:
    """Whether a capital beside the number makes it part of a name: "787 Dreamliner", "two new 737 Max jets", "two Arrow 737 jets"."""
    following = grammar.at(number.end + 1)
    counted_already = any(child.dep_ == "nummod" and child.idx < number.start for child in head.lefts)
    before = grammar.at(number.start - 1) if number.start else None
    if following.tag_ not in ("NNP", "NN") or not following.text[:1].isupper():
        return counted_already and before is not None and before.pos_ == "PROPN"
    in_name = before is not None and (before.pos_ == "PROPN" or any(letter.isupper() for letter in before.text[1:]))
    return head.tag_ in ("NNP", "NN") and number.value != 1 or counted_already or in_name


def _after_no_name(grammar: Grammar, number: Number) -> bool:
    before = grammar.at(number.start - 1) if number.start else None
    return before is None or before.pos_ not in ("PROPN", "NOUN", "X")


def _fraction_is_share(text: str, number: Number) -> bool:
    words = text[number.start : number.end]
    if words.lower() == "half":
        after = HALF_AFTER.match(text[number.end : number.end + 4])
    elif ONE_PART.fullmatch(words):
        after = SHARE_AFTER.match(text[number.end : number.end + 10])
    else:
        return True
    return bool(after or SHARE_BEFORE.search(text[max(0, number.start - 12) : number.start]))


def _one_counts(text: str, grammar: Grammar, number: Number, head) -> bool:
    """Whether "one" counts a noun ("one soldier") or begins a range ("one to four"), and does not only point ("the one who")."""
    if re.match(r"\s\d", text[number.end : number.end + 2]):
        return False
    if (gap := LOW_END.match(text, number.end)) and any(other.start == 0 for other in find_numbers(text[gap.end() : gap.end() + 12], None)):
        return True
    near = head is not None and head.i - grammar.at(number.start).i <= 4
    return near and head.tag_ in ("NN", "NNP") and head.pos_ in ("NOUN", "PROPN")


def _zeros(text: str, mentions: list[Amount]) -> list[Amount]:
    """ "No casualties", "none were hurt": the number 0."""
    zeros = []
    for match in ZERO.finditer(text):
        start, end = match.span("no" if match["no"] else "none")
        if any(m.start < end and start < m.end for m in mentions):
            continue
        counting = ONE.match(text, end).end()
        zeros.append(Amount(start, end, start, counting, 0.0, None, None, "zero", False))
    return zeros


def not_figure_spans(text: str) -> list[Span]:
    """The stretches of text whose numbers are no figures, in order; found by how they are written alone (words/not_figures.toml)."""
    return [match.span() for match in either_of("not_figures").finditer(text)]


def is_name(text: str, start: int, end: int, counts: bool) -> bool:
    """Whether a number is the end or the beginning of a name: "Boeing 737", "S&P 500", "the Big Four", "Group of Seven"."""
    before = text[max(0, start - 25) : start]
    capital = CAPITAL_BEFORE.search(before)
    if text[start].isdigit():
        if re.match(r"\s?[-–]\s?\d|\sto\s\d", text[end : end + 5]):
            return False  # a score after the name of a team
        return bool(capital and not counts)
    if not text[start].isupper() or text[start:end].isupper():
        return False
    in_name = re.search(r"\b[A-Z]\w+\s(?:of\s)?$", before)
    return bool(in_name) and not counts or bool(INSIDE.search(before)) and _in_sentence(text, start, end)


def _in_sentence(text: str, start: int, end: int) -> bool:
    """Whether a capital is that of a name ("the Big Five clubs", "the Five Star hotels") in a sentence that small letters go on in."""
    before, after = text[max(0, start - 60) : start].rpartition("\n")[2], text[end : end + 40].partition("\n")[0]
    beside = re.search(r"\b[Tt]he\s[A-Z]\w+\s$", before) or re.match(r"[\s-][A-Z][a-z]", after)
    return bool(beside) and any(len(word) > 4 and word[0].islower() for word in LETTERS.findall(before + after))
