"""Numbers that are no figures: dates, years, clock times, phone and page numbers, addresses, names of models and squads."""

import re

from analysis.corpus import Span
from analysis.words import MONTH

LABEL = (
    r"(?:pages?|pp?\.|sections?|sec\.|articles?|art\.|chapters?|paragraphs?|clauses?|annex|resolutions?|nos?\.|(?<!dead\s)(?<!now\s)(?<!they\s)(?<!injured\s)(?<!wounded\s)(?<!missing\s)number|category|flight|channel|type|"
    r"phase|verse|Page|Section|Article|Chapter|Paragraph|Clause|Annex|Resolution|Number|Category|Flight|Channel|Type|Phase|Fig(?:ure|\.)|Table|"
    r"Appendix|Volume|Vol\.|Issue|Room|Route|Highway|Interstate|Motorway|Gate|Platform|Building|House|Apartment|Apt\.?|Suite|Floor|Act|Title|Rule|"
    r"Bill|Proposition|Amendment|Protocol|Stage|Level|Tier|Round|Lap|Week|Day|Game|Match|Episode|Season|Part|Psalm|Version|Lot|Block|Line|Unit|"
    r"Case|File|Order|Regulation|Directive|Group|Pool|District|Ward|Precinct|Area|Zone|Sector|Battalion|Brigade|Division|Squadron|Class|Grade|"
    r"Model|Mark|World War|Super Bowl)"
)
STREET = r"(?:Street|St|Road|Rd|Avenue|Ave|Av|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Square|Sq|Place|Court|Ct|Foch|Terrace|Highway|Hwy|Parkway|Crescent)\b"
DAYS = r"(?:\d{1,2}(?:st|nd|rd|th)?(?:\s?(?:-|–|to|and|or|,)\s?\d{1,2}(?:st|nd|rd|th)?)?)"
NOT_FIGURES = re.compile(
    rf"""
    (?P<web>(?:https?://|www\.)\S+|\b[\w.+-]{{1,64}}@[\w-]{{1,64}}\.\w[\w.]*|\b[\w-]{{1,64}}\.(?:com|org|net|gov|html?|php)\b\S*)
    |(?P<date>\b(?:{DAYS}(?:\s|-)(?:of\s)?{MONTH}(?:,?(?:\s|-)\d{{4}}\b|\s'\d\d\b)?
        |{MONTH}(?:\s|-){DAYS}(?!\d|,\d{{3}}|\.\d|\s(?:{MONTH})|\s?(?:%|percent\b|per\scent|million\b|billion\b))(?:,?\s\d{{4}}\b)?
        |{MONTH},?\s(?:of\s)?\d{{4}}\b
        |\b(?i:between|from)\s(?:1[5-9]|20)\d\d\s(?:and|to|until)\s(?:1[5-9]|20)\d\d\b(?!\s(?:[a-z]+s|people|men|women)\b)
        |\d{{1,2}}-\d{{1,2}}-(?:19|20)?\d\d(?!\d)|\d{{1,4}}[/.]\d{{1,2}}[/.]\d{{2,4}}(?![\d/])|(?:19|20)\d\d-\d\d(?:-\d\d)?(?!\d)(?:T[\d:]+Z?)?
        |\b\d{{4}}[/–-]\d{{2}}\b(?!\s?(?:%|people|per)))(?![\d]))
    |(?P<clock>\b\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?\s?(?:[ap]\.?\s?m\b\.?|hrs\b|hours\s(?:GMT|local)|GMT|UTC|ET\b|PT\b|EDT\b|PDT\b|EST\b|local\stime|o'clock)
        |\b\d{{1,2}}:\d{{2}}(?::\d{{2}})?\b(?!\s?(?:[1-9]|odds))|\b\d{{1,2}}\s?(?:[ap]\.m\.|[ap]m\b)|\b\w{{1,10}}\so['’]clock
        |\b\d{{4}}\s?(?:GMT|UTC|hrs\b|hours\b|local\stime|[ECMP][SD]T\b)|\bmidnight\b)
    |(?P<phone>(?<![\d$£€])(?:\+\d{{1,3}}[\s.-]?)?(?:\(\d{{2,5}}\)[\s.-]?)\d{{3,4}}[\s.-]?\d{{3,4}}\b|\+\d{{1,3}}(?:[\s.-]\d{{2,4}}){{2,5}}\b
        |(?<![\d,.])\d{{3}}[.-]\d{{3}}[.-]\d{{4}}\b|\b(?:0|1-8)\d{{2,4}}[\s-]\d{{3,4}}[\s-]\d{{3,4}}\b|\b0\d{{9,11}}\b
        |(?:(?i:call|phone|tel|telephone|dial|hotline|fax)\b[.:]?\s(?:on\s|at\s|number\s)?)[\d\s()+.-]{{3,}}\d)
    |(?P<ordinal>\b\d+(?:,\d{{3}}){{0,4}}(?:st|nd|rd|th)\b)
    |(?P<era>\b\d+(?:['’]s|s)\b|['’]\d\ds?\b|\b(?:mid|early|late|post|pre)-?\s?\d+s?\b)
    |(?P<label>\b(?:{LABEL})\s(?:\#\s?)?\d[\d.]*(?:[a-z]\b|\(\w\))?(?:\s?(?:-|–|to|and)\s?\d+)?\b(?!,\d|\s?%|\s?per\s?cent))
    |(?P<label_word>\b(?:Article|Section|Chapter|Phase|Category|Group\sof|Part|Day|Game|World\sWar|Resolution|Platform|Gate)\s(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twenty)\b)
    |(?P<number_sign>(?:\#|№)\s?\d+|\bNo\.?\s\d+\b)
    |(?P<address>\b\d{{1,5}}(?:[A-Z]|-\d{{1,5}})?\s(?:[NSEW]\s)?(?:[A-Z][\w'.]*\s|\d+(?:st|nd|rd|th)\s){{1,3}}{STREET}|\b\d{{5}}(?:-\d{{4}})?\sZIP\b|\b[A-Z]{{2}}\s\d{{5}}(?:-\d{{4}})?\b)
    |(?P<model>\b(?!(?:minus|plus|sub|now|under|over|to|and|or|up|of|a|an|the)-)[A-Za-z][A-Za-z0-9]{{0,30}}[-–/]\d[\w-]*(?!\s?%)|\b\d+[-–][A-Z]{{1,3}}\b(?!\s?[-–]))
    |(?P<list_mark>(?m:^)\s*\(?\d{{1,2}}[.)]\s)
    |(?P<version>(?<![\d.])(?!\d{{1,3}}(?:\.\d{{3}})+(?![\d.]\d))\d{{1,6}}\.\d{{1,6}}\.\d{{1,6}}(?:\.\d{{1,6}}){{0,4}}(?![\d,]))
    |(?P<rank>\bthe\s(?:top|bottom|big|final|last)\s(?:three|four|five|six|seven|eight|ten)\b(?!\s(?:[\w-]+\s){{0,2}}?[a-z]+s\b|\s(?:people|men|women|children|percent|per\scent)\b))
    |(?P<idiom>\b24/7\b|\b9/11\b|\b7/7\b|\b50[/-]50\b|\bone[-\s]on[-\s]one\b|\b(?:one|two)-?(?:sided|way|faced|off|time|fold|handed)\b|\bone\sof\b
        |\bat\ssixes\sand\ssevens\b|\bfirst\shalf\b|\bsecond\shalf\b|(?<!\bin\s)(?<!\bfor\s)(?<!\bof\s)(?<!thin\s)(?<!than\s)(?<!just\s)(?<!only\s)(?<!least\s)(?<!\ba\s)(?<!about\s)\bone\sday\b(?!\s(?:of|after|before|later))|\bone\s(?:another|by\sone|or\sanother|thing|more\stime)|\bno\sone\b
        |\b(?:this|that|each|every|any|which|another|the|some|other|no)\sone\b(?!\s(?:in|out\sof)\s|\s(?:hundred|thousand|million|billion|percent|per\scent)|-)
        |\bby\sthe\s(?:dozen|hundred|thousand)s?\b|\b(?:the|her|his|their|my|our|your)\s(?:\w+\s)?(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b)
    """,
    re.VERBOSE,
)
YEAR = re.compile(r"(?:1[1-9]|20|21)\d\d")
YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|to|of|after|before|during|through|throughout|between|the|and|early|late|mid|circa|fiscal|year|spring|summer|autumn|"
    r"fall|winter|end|season|election|class|around|for|last|next|this|or|than)\s?|(?:['’]s|s['’])\s|[-–(/]\s?)$",
    re.IGNORECASE,
)
CAPITAL_BEFORE = re.compile(r"(?:^|[\s(“\"‘'/-])(?:[A-Z][\w.’'&-]*|i[A-Z]\w+)(?:\s&\s?[A-Z])?[\s-]$")


def not_figure_spans(text: str) -> list[Span]:
    """The stretches of text whose numbers are no figures, in order; found by how they are written alone."""
    return [match.span() for match in NOT_FIGURES.finditer(text)]


def is_year(text: str, start: int, end: int, counts: bool) -> bool:
    """Whether a bare number is a year; `counts` says that the grammar makes it count a plural noun."""
    if not YEAR.fullmatch(text[start:end]):
        return False
    if counts and not 1900 <= int(text[start:end]) <= 2035:
        return False
    before = text[max(0, start - 20) : start]
    if YEAR_BEFORE.search(before):
        return not (counts and re.search(r"(?:than|the|of|to|for|and|or|around|between|from|by)\s$", before))
    return not counts


def is_name(text: str, start: int, end: int, counts: bool) -> bool:
    """Whether a number is the end or the beginning of a name: "Boeing 737", "S&P 500", "the Big Four", "Group of Seven"."""
    before = text[max(0, start - 25) : start]
    capital = CAPITAL_BEFORE.search(before)
    if text[start].isdigit():
        if re.match(r"\s?[-–]\s?\d|\sto\s\d", text[end : end + 5]):
            return False  # a score after the name of a team
        return bool(capital and not counts and not _opens_sentence(before, capital.start()))
    if not text[start].isupper():
        return False
    after = re.match(r"[\s-][A-Z][a-z]+", text[end : end + 20])
    in_name = re.search(r"\b[A-Z]\w+\s(?:of\s)?$", before) or (after and re.search(r"\bthe\s$", before))
    return bool(in_name) and not counts


def _opens_sentence(before: str, start: int) -> bool:
    return not before[: start + 1].strip() or before[: start + 1].rstrip()[-1:] in ".!?\n"
