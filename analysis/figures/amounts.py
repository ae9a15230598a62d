"""Mentions: the numbers of a text that are figures, each with its unit, before ranges are joined."""

import re
from bisect import bisect_right

from analysis.claims import tagger
from analysis.figures.comparators import comparator_of
from analysis.figures.grammar import Grammar, counting_head
from analysis.figures.not_figures import is_name, is_year, not_figure_spans
from analysis.figures.numbers import Vague, find_numbers
from analysis.figures.ranges import mention_of
from analysis.figures.units import SIGN_BEFORE, is_currency_before, unit_of
from analysis.types import Amount, Number

FIGURE = 0.05  # a number is a figure from this probability on: chosen so that next to none is lost on articles that the head did not see
HARMED = r"(?:killed|injured|hurt|wounded|harmed|missing|arrested|detained|displaced|hit|dead|damaged|lost|found)"
ZERO = re.compile(
    r"\b(?:(?P<no>no)\s(?:[a-z]+\s){0,2}?(?:casualt(?:y|ies)|deaths?|injur(?:y|ies)|fatalit(?:y|ies)|victims?|survivors?|arrests?|wounded|injured|dead|"
    r"hostages?|prisoners?|cases|infections|losses|goals|votes|people|civilians|soldiers|children)(?<!reports of casualties)\b"
    rf"|(?P<none>none|nobody|no(?=[\s-]one\b))(?:[\s-]one)?\s(?:of\s(?:the\s|them|those|whom|these)(?:\w+\s?)?)?\s?"
    rf"(?:(?:was|were|is|are|has\sbeen|have\sbeen)\s(?:\w+\s)?{HARMED}|(?:has\s|have\s)?(?:died|drowned|perished))\b)",
    re.IGNORECASE,
)
ONE = re.compile(r"(?:[\s-]one\b)?", re.IGNORECASE)
AGE_BEFORE = re.compile(
    r"(?:\b(?:aged|ages|age|aged\sbetween|ages\sof|age\sof|age\sis|turn(?:ed|s|ing)?|older\sthan|younger\sthan|life\sexpectancy(?:\s[\w]+){0,6}?\s(?:is|was|of|to)"
    r"(?:\s(?:around|about))?|(?:[Hh]e|[Ss]he|who)(?:['’]ll|['’]d|['’]s|\swill|\swould|\sis|\swas)(?:\sbe)?(?:\sonly|\sjust|\snow)?)\s|(?P<name>[A-Z][\w’'-]+(?:\s(?:Jr|Sr)\.?)?,\s|[A-Z][\w’'-]+\s\())$"
)
NO_END = re.compile(r"[^\W\d_]|/\d")  # what shows that a number without a unit is part of a longer word or date
OF_COUNTED = re.compile(r"\d\sof\sthe\s$")
FRACTION_SINGLE = re.compile(r"(?:an?|one)[\s-](?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)$", re.IGNORECASE)
FRACTION_AFTER = re.compile(r"\s?(?:[.,;:)]|$)|\s(?:of|more|less|fewer|higher|lower|larger|smaller|were|are|was|is|said|have|had|say|from|in|between|to|since|by|off)\b", re.IGNORECASE)
FRACTION_BEFORE = re.compile(r"\b(?:by|about|nearly|almost|over|under|than|some|around|roughly|least|just|only|up\sto|cut)\s$", re.IGNORECASE)


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
    return [mention for mention, chance in zip(mentions, chances) if chance >= FIGURE]


def _mention(text: str, grammar: Grammar, number: Number) -> Amount | None:
    if not _whole(text, number):
        return None
    unit = unit_of(text, number.start, number.end, number.form)
    if unit is None and NO_END.match(text, number.end):
        return None
    if unit is None or unit.start == number.start:
        number = _signed(text, number)
    elif number.value and SIGN_BEFORE.search(text[max(0, unit.start - 10) : unit.start] if text[number.start - 1] not in "-−" else "-"):
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
        return not word or not word[0].isalpha() or word.lower() in ("minus", "sub", "now", "to", "and", "or", "plus", "mid") or word[-1] in "$£€¥)\""
    if before[-1].isalpha():
        return text[number.start].isdigit() and is_currency_before(text, number.start, number.end)
    return before[-1] in ".,:'’" and not before[-2:-1].isdigit() or before[-1] == "/" and not before[-2:-1].isalnum() or before[-1] == "," and number.form != "digits"


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
    if found and (not found["name"] or text[mention.start].isdigit() and re.match(r"\s?[,).;]|\s(?:and|who|from|of)\b", text[mention.end : mention.end + 6])):
        if not found["name"] or not re.match(r",\s\d|,\s(?:19|20)\d\d", text[mention.end : mention.end + 4]):
            mention.kind, mention.unit = "age", "year of age"


def _is_figure(text: str, grammar: Grammar, number: Number) -> bool:
    if number.form == "fraction":
        return _fraction_is_share(text, number)
    if number.form in ("vague", "share", "times") or number.scaled:
        return True
    head = counting_head(grammar, number.start, number.end)
    plural = head is not None and (head.tag_ in ("NNS", "NNPS") or head.lower_ == "people")
    if is_year(text, number.start, number.end, plural and _counts_though_a_year(text, grammar, number)):
        return False
    if number.form == "words" and number.value == 1:
        return _one_counts(text, grammar, number, head) and not is_name(text, number.start, number.end, True)
    if number.form == "digits" and number.value % 1 == 0 and head is not None and _is_model(grammar, number, head):
        return False
    return not is_name(text, number.start, number.end, plural or _after_no_name(grammar, number))


def _counts_though_a_year(text: str, grammar: Grammar, number: Number) -> bool:
    """Whether what stands before lets a number that could be a year count a plural: "killed 2010 people", "at least 2010 people"."""
    if comparator_of(text, number.start, number.end, "count") != "=":
        return True
    before = grammar.at(number.start - 1) if number.start else None
    return before is None or before.pos_ not in ("NOUN", "PROPN", "ADJ", "DET", "PART") or bool(OF_COUNTED.search(text[max(0, number.start - 16) : number.start]))


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
        following = text[number.end : number.end + 4]
        return bool(re.match(r"\s(?:of|the|its|all|his|her|our)\b|\sthe", following)) or bool(FRACTION_BEFORE.search(text[max(0, number.start - 12) : number.start]))
    if not FRACTION_SINGLE.fullmatch(words):
        return True
    return bool(FRACTION_AFTER.match(text[number.end : number.end + 10]) or FRACTION_BEFORE.search(text[max(0, number.start - 12) : number.start]))


def _one_counts(text: str, grammar: Grammar, number: Number, head) -> bool:
    """Whether "one" counts a noun ("one soldier") or people ("one killed"), and does not only point ("the one who")."""
    if re.match(r"\s\d", text[number.end : number.end + 2]):
        return False
    if head is not None and head.i - grammar.at(number.start).i <= 4:
        return head.tag_ in ("NN", "NNP") and head.pos_ in ("NOUN", "PROPN")
    return bool(re.match(rf"\s(?:person\s|was\s|is\s)?(?:\w+\s)?{HARMED}\b", text[number.end : number.end + 30])) or bool(
        re.match(r"\s(?:had\s|has\s|have\s)?(?:died|fled|drowned|escaped|survived|perished)\b", text[number.end : number.end + 20])
    )


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
