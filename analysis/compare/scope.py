"""What a figure is of: its measure, group and place, and what keeps it from being compared with the event's own figures."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from spacy.lang.en.stop_words import STOP_WORDS

from analysis.compare.dates import other_day
from analysis.compare.places import DAY, Place, places
from analysis.compare.rows import CountedFigure, Figure, GroupedFigure, LocatedFigure
from analysis.corpus import Span
from analysis.sources.lexicon import load_lexicon
from analysis.words import MONTHS, SHORT_MONTHS, WEEKDAYS, either

# Words that count people without saying which: "30 others were hurt" are people as "30 people" are.
ANYBODY = {"people", "martyr", "citizen", "person", "other", "body", "dead", "victim", "casualty", "fatality", "life", "death", "resident", "inhabitant",
           "villager", "arrest", "injury", ""}  # fmt: skip
SAME_THING = {"home": "house", "residence": "house", "dwelling": "house"}
GENERIC = {"people", "man"}
MOSTLY_PARTS = {"civilian", "child", "woman", "soldier", "rebel", "fighter", "militant", "terrorist", "insurgent", "gunman", "attacker", "bomber", "officer", "policeman",
                "troop", "medic", "doctor", "nurse", "journalist", "foreigner", "baby", "minor", "student", "member"}  # fmt: skip
FEWER = 3  # times
MEMBERS = {"fighter", "member", "soldier", "troop"}  # "rebel fighters" are rebels
OF_PEOPLE = {"killed", "injured", "missing", "displaced", "arrested", "abducted", "rescued", "infected", "casualties"}
# Groups that a measure says by itself: whoever is aboard is a passenger.
SAID_BY = {"aboard": {"passenger"}, "taking part": {"participant", "protester", "demonstrator", "marcher", "supporter"}, "displaced": {"refugee", "evacuee"},
           "infected": {"case", "patient"}, "on strike": {"worker", "striker"}, "arrested": {"detainee", "suspect"}}  # fmt: skip
MONTH = rf"(?:{either(MONTHS)})"
DAY_OR_MONTH = rf"(?:{either((*WEEKDAYS, *MONTHS, *SHORT_MONTHS))})\b"
PERIOD = r"(?:year|month|week|season|summer|winter|spring|autumn|decade|century)"
FIGHTING = r"(?:war|conflict|uprising|revolution|revolt|insurgency|occupation|crisis|siege)\b(?!(?-i:\s[A-Z]))"  # no "Conflict Centre"
LONGER = re.compile(
    rf"\b(?:so far this {PERIOD}|this (?:year|month|season)|(?:in|over|during|for|within) (?:the |its )?(?:past|last|previous) (?:[\w-]+ ){{0,2}}{PERIOD}s?(?!['’]s)"
    rf"|(?:in|over|during|for|within) the (?:past|last|previous) (?:\w+ )?days|(?:in|over|during|for) the first (?:\w+ )?(?:months|half|quarter) of|since (?:\d{{4}}|(?:the|a|an|its|their) (?:\w+ ){{0,2}}(?:{FIGHTING}|beginning|start|outbreak)\b)"
    rf"|since [^.;]{{1,80}}\b(?:offensive|campaign|operation|bombardment)s?\b|in this (?:year|month) alone"
    rf"|(?:the |this |a )?(?:\w+ )?{FIGHTING} (?:which |that )?(?:has|had) (?:\w+ )?(?:killed|claimed|left|displaced|cost|driven|uprooted|wounded)"
    rf"|(?:toll|dead|death|deaths|casualties|killed|died) (?:of|from|in) the (?:\w+ ){{0,2}}{FIGHTING})\b",
    re.IGNORECASE,
)
MONTHS_OF = re.compile(r"\bfor the first (?:\w+ )?(?:months|half|quarter) of\b", re.IGNORECASE)  # rules a whole sentence
ACTION = re.compile(r"\b(offensive|campaign|operation|bombardment)s?$", re.IGNORECASE)
# A whole sentence about a whole war: "More than 9,000 people have been killed since the conflict began".
SO_FAR = re.compile(r"\b(?:have|has|had)\b(?: [\w-]+){0,3} (?:killed|died|dead|claimed|left|caused|displaced|driven|wounded|injured|cost|fled|forced)\b", re.IGNORECASE)
WHOLE_WAR = re.compile(
    rf"\b(?:(?:(?:the|this|that|its|their|[\w-]+['’]?s) (?:[\w-]+ ){{0,2}}|civil |-year |long ){FIGHTING}(?! (?:monitor|crime|plane|zone)s?)|since then|since (?:\w+ )?\d{{4}})\b", re.IGNORECASE
)
RECORD = re.compile(r"\b(?:worst|deadliest|bloodiest|heaviest|largest|biggest|most|first)\b", re.IGNORECASE)  # "the worst raid since the war began"
# Words that begin another incident in a text that rounds up several; and those that, below the opening, set one on another day.
OTHER_INCIDENT = re.compile(
    r"\b(?:meanwhile|elsewhere|separate(?:ly)?|in another|in a different|each of|also (?:killed|wounded|injured|died)|(?:were|was) also|two other|(?-i:Also))\b",
    re.IGNORECASE,
)
ALSO = re.compile(r"\balso\b")
OTHER_DAY = re.compile(
    r"\b(?:the day before|the previous day|last (?:night|week|month)(?!['’]s)|(?:earlier|later) (?:this|that|in the) (?:week|month)|at the weekend"
    r"|\w+ (?:days|weeks|months) (?:ago|earlier|before)|(?:a|two|three|four|five) (?:days|weeks|months) of"
    rf"|(?:in|over|during) the (?:past|last) (?:\w+ )?(?:days|weeks|months)|in recent (?:days|weeks)|in {MONTH}|since {DAY_OR_MONTH})\b",
    re.IGNORECASE,
)
# "in the attack", "put the toll at": the sentence is about what the article opened with.
THE_INCIDENT = re.compile(
    r"\b(?:(?:death )?toll|(?:in|by|from|of|after|since) (?:the|this|that) (?:\w+ )?(?:attacks?|blasts?|bombings?|strikes?|raids?|fire|blaze|crash|explosions?|earthquake|quake"
    r"|shelling|sinking|disaster|accident|massacre|flood|storm|clashes|collapse|incident|assault|shooting)|(?:among|of|including) the (?:dead|victims|wounded|injured|missing))\b",
    re.IGNORECASE,
)
OPENING = 80  # words: what an article is about stands in them
# A count over several days is compared with counts over the same days only.
SEVERAL_DAYS = re.compile(
    rf"\b(?:since (?:yesterday|{DAY_OR_MONTH})(?!['’])|in recent (?:days|weeks)|(?:in|over|during|for|within) the (?:past|last|previous) (?:[\w-]+ )?(?:hours|days|weeks)"
    r"|(?:over|during|at) the weekend|(?:in|over|during|after) (?:two|three|four|five|six|seven|several) (?:days|weeks))\b",
    re.IGNORECASE,
)
SOME_OF = re.compile(r"\sof (?:the|them|those|these|whom)\b")  # "fourteen of the victims" are a part
EARLIER_COUNT = re.compile(
    r"\b(?:previous|earlier|prior|preceding|last) (?:\w+ )?(?:toll|count|estimate|figure|tally)s?\b(?: \w+){0,3}|\bup from\b|\bfrom an? (?:earlier|initial|previous)\b"
    r"|\bha[ds] (?:earlier|previously|initially|at first) (?:announced|counted|estimated|given|put|reported|said|spoken|told)\b", re.IGNORECASE
)
PARTS = ("a part", "an addition")  # so begins why a part is set aside
OUT_OF_SCALE = 100  # a figure so many times what the rest of an event tells is of something larger
ADDED_BEFORE = re.compile(r"\b(?:another|a further|an additional|an extra|(?:as well as|in addition to|apart from|besides)(?: the)?)\s(?:at least\s|about\s|some\s)?$", re.IGNORECASE)
ADDED_AFTER = re.compile(r"\s(?:more|additional|further)\b(?!\s(?:than|of))", re.IGNORECASE)
OTHERS_DIED = re.compile(r"\sother(?:s|\s\w+)\b", re.IGNORECASE)
NOT_SURE = re.compile(r"\b(?:could|might|may|feared)\b")  # "May" is a month
TO_COME = re.compile(r"\b(?:will|would|to be)\b")
WIDE = re.compile(r"\b(?:(?:across|throughout|in|around) the (?:whole |entire )?(?:country|nation|region|province|governorate|world)|nationwide|countrywide|worldwide|elsewhere)\b", re.IGNORECASE)
# Whose the dead are where no place is named: "strikes on Velmoran towns", "missiles hit its territory".
TARGET = re.compile(r"\b(?:strikes?|attacks?|raids?|bombings?|shelling|bombardment|assaults?|missiles?|rockets?)\s(?:on|against|at)\s(?:the\s)?(?P<whose>[A-ZÀ-Þ][\w-]+)")
ITS_LAND = re.compile(r"\b(?:its|their|our)\s(?:own\s)?(?:\w+\s)?(?:territory|soil|land|cities|towns|airspace)\b")
CUT_BEFORE = re.compile(r"[;:\n]|\s[–—]\s|,\s(?:but|and|while|whereas)\b")
CUT_AFTER = re.compile(r"[;:\n,]|\s[–—]\s|\s(?:and|but|while|whereas|including)\s")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
PLURALS = {"child": "children", "person": "people", "people": "people", "man": "men", "woman": "women", "police": "police"}


def said(figure: Figure, pieces: Iterable[Span]) -> Span:
    """Where the sentence of a figure stands, without the words for who says it; `pieces` are its claim's content."""
    start, end = figure.sentence_start, figure.sentence_end
    for first, last in pieces:
        if first <= figure.start < last:
            start, end = max(start, first), min(end, last)
    return start, end


def clause(text: str, figure: Figure, said: Span, others: Iterable[Figure]) -> Span:
    """Where the words stand that belong to a figure: in what is `said`, to a comma, and to the next of the article's figures."""
    start, end = said
    for other in others:
        if start <= other.start < figure.start:
            start = max(start, other.end)
        elif figure.end <= other.start < end:
            end = other.start
    for cut in CUT_BEFORE.finditer(text, start, figure.start):
        start = cut.end()
    cut = CUT_AFTER.search(text, figure.end, end)
    return start, cut.start() if cut else end


def set_aside(text: str, figure: Figure, span: Span, before: Figure | None) -> str | None:
    """Why a figure is not one of the event's own, in words; None where it is. `before` is the figure before it."""
    words = text[span[0] : span[1]]
    if figure.background is not None:
        return f"background: {figure.background}"
    sentence = text[figure.sentence_start : figure.sentence_end]
    longer = LONGER.search(words) or not DAY.search(sentence) and (LONGER.match(sentence) or MONTHS_OF.search(sentence))
    if longer and not ((action := ACTION.search(longer[0])) and action[1].lower() in headline(text).lower()):  # the event itself
        return f"a total over a longer time: {longer[0]}"
    if (whole := WHOLE_WAR.search(sentence)) and SO_FAR.search(sentence) and not RECORD.search(sentence):
        return f"a total over a longer time: {whole[0]}"
    if figure.kind == "change":
        return "a change, not a count"
    apart = figure.part_of is not None or figure.measure is not None and figure.unit not in ANYBODY  # "Two of the dead were nurses"
    if not apart and (some := SOME_OF.match(text, figure.end)):
        return f"a part: {figure.text}{some[0]}"
    if earlier := EARLIER_COUNT.search(text, figure.sentence_start, figure.start):
        return f"an earlier count, no longer told: {earlier[0]}"
    added = ADDED_BEFORE.search(text, max(span[0], figure.start - 40), figure.start) or ADDED_AFTER.match(text, figure.end)
    if figure.measure == "killed" and not added:
        added = OTHERS_DIED.match(text, figure.end)
    counts_else = before and before.sentence_start == figure.sentence_start and before.measure != figure.measure
    if added and not counts_else:
        return f"an addition to a count: {added[0].strip()}"
    if unsure := NOT_SURE.search(words):
        return f"not said to have happened: {unsure[0]}"
    return None


def other_incident(figure: LocatedFigure, first: bool = True) -> str | None:
    """The words that make a figure one of another incident or day than its article's, None where there are none.

    `first`: whether it is the first count of its measure in the article; what opens an article so is of its own day.
    """
    text = figure.article.text
    places_in = text, figure.sentence_start, figure.sentence_end
    found = None if refers_back(text, figure) else OTHER_INCIDENT.search(*places_in)
    if found and figure.measure == "injured" and ALSO.search(found[0]):
        found = None  # those hurt beside the dead of the same incident
    found = found or (None if first and figure.opens else OTHER_DAY.search(*places_in))
    return found[0] if found else other_day(figure.sentence, figure.article.day)


def headline(text: str) -> str:
    """The first line of a text."""
    return text.lstrip().partition("\n")[0]


def opening(text: str) -> str:
    """The headline and the first words of an article, in which stands what it is about."""
    return re.match(rf"\s*(?:\S+\s*){{0,{OPENING}}}", text)[0]


def opens(text: str, figure: Figure) -> bool:
    """Whether a figure stands in its article's headline or opening."""
    return figure.start <= _end_of_opening(text)


@lru_cache(maxsize=64)
def _end_of_opening(text: str) -> int:
    """Where the last word of an article's opening begins; of a shorter text, its end."""
    last = next(islice(re.finditer(r"\S+", text), OPENING - 1, None), None)
    return last.start() if last else len(text)


def refers_back(text: str, figure: Figure) -> bool:
    """Whether a figure's sentence is about what its article opened with ("in the attack", "the toll")."""
    return bool(THE_INCIDENT.search(text, figure.sentence_start, figure.sentence_end))


def group(figure: Figure, country: str = "") -> str:
    """Who or what is counted, in the singular: "people", "child", "Velmoran soldier"; what people are called in general is "people".

    That they are of `country` is left out.
    """
    unit = figure.unit.lower()
    counts_people = figure.measure in OF_PEOPLE
    plain = "people" if counts_people and unit in ANYBODY else SAME_THING.get(unit, unit)
    named = re.search(rf"\b([A-ZÀ-Þ][\w’'-]+)\s(?={re.escape(plural(unit))}\b|{re.escape(unit)}\b)", figure.counted, re.IGNORECASE) if unit else None
    if not named or not named[1][0].isupper() or country and load_lexicon().adjectives.get(named[1]) == country:
        return plain
    return f"{named[1]} {plain}"


def one_group(rows: list[GroupedFigure]) -> list[GroupedFigure]:
    """The rows, whoever opens an event's articles being the one group, where they are: "nine miners were killed", "the dead number 19".

    Not where another group opens one, nor where the group is mostly a part of a toll, nor where it is far fewer.
    """
    by_measure: dict[str, list[GroupedFigure]] = {}
    for row in rows:
        if row.main and row.measure in OF_PEOPLE:
            by_measure.setdefault(row.measure, []).append(row)
    for measure, main in by_measure.items():
        told = {row.group for row in main} - GENERIC
        if len(told) != 1 or not (group := told.pop()).islower() or group.split()[-1] in MOSTLY_PARTS:
            continue  # "Lebanese" tells of some of them
        named, others = ([max(row.number) for row in main if (row.group == group) is so] for so in (True, False))
        if others and max(others) <= FEWER * max(named):
            rows = [replace(row, group=group) if row.measure == measure and row.group in GENERIC else row for row in rows]
    return rows


def same_group(one: str, other: str, measure: str | None = None) -> bool:
    """Whether two groups are the same, or one only says more of what is counted: "officer" and "police officer", of no land."""
    shorter, longer = sorted((one, other), key=len)
    if {one, other} <= SAID_BY.get(measure, set()) | {"people"}:
        return True
    fuller = longer.endswith(f" {shorter}") and longer.islower() and shorter not in ANYBODY
    return one == other or fuller or longer.startswith(f"{shorter} ") and longer.rpartition(" ")[2] in MEMBERS


def place(figure: CountedFigure, own: Iterable[str]) -> str:
    """The place or day a figure is limited to, "" where that is the event's own (`own` names it)."""
    text, span = figure.article.text, figure.clause
    several = SEVERAL_DAYS.search(text, *span)
    if several and several[0].rpartition(" ")[2] in own:  # since the event's own day
        several = None
    if wide := WIDE.search(text, *span) or several:
        return wide[0].lower()
    found = places(text, figure.end, span[1]) or _narrowest(text, places(text, figure.said[0], figure.start))
    told = [found[0].name if found else _whose(figure), figure.weekday]
    return ", ".join(name for name in told if name and not any({*name.split()} & {*known.split()} for known in own))


def _narrowest(text: str, found: list[Place]) -> list[Place]:
    """Of the places before a figure the last, or the one that the last only tells where it lies ("in Ahl in Vellin province")."""
    while len(found) > 1 and re.fullmatch(r",?\s\w+\s(?:the\s)?(?:[a-z-]+\s)*", text[found[-2].end : found[-1].start]):
        found = found[:-1]
    return found[-1:]


def _whose(figure: CountedFigure) -> str:
    """Whose land a figure's sentence is about: that of a target, or that of whoever says "its territory"; "" where neither."""
    sentence = figure.sentence
    if (target := TARGET.search(sentence)) and not target["whose"].isupper():  # "raids on IS" are on a body's land nowhere told
        return load_lexicon().adjectives.get(target["whose"], target["whose"])
    return figure.source if ITS_LAND.search(sentence) else ""


def day(text: str, span: Span) -> str:
    """The weekday a stretch of a text names ("on Monday"), "" where it names none, or one to come ("will be buried on Monday")."""
    found = DAY.search(text, *span)
    return found["day"] if found and not TO_COME.search(text, span[0], found.start()) else ""


def words_of(text: str) -> frozenset[str]:
    """The telling words of a phrase, in lower case and the singular, more or less."""
    found = (word.lower() for word in WORD.findall(text))
    return frozenset(word.removesuffix("s") for word in found if word not in STOP_WORDS and len(word) > 2)


def label(figure: GroupedFigure) -> str:
    """What a figure tells, as one would head a column: "Killed", "Children killed", "Damage"."""
    measure, who = figure.measure, figure.group
    counted = figure.counted.replace(" … ", " ")
    if measure is not None:
        said_twice = plural(who).endswith(measure) or who in SAID_BY.get(measure, ())  # "missile strikes" are strikes
        whole = figure.kind == "money" or who in ("people", "") or measure.startswith(plural(who))  # "jobs cut" tells of jobs
        named = measure if whole else plural(who) if said_twice else f"{plural(who)} {measure}"
    elif figure.kind == "count":
        named = plural(who) or counted
    else:
        named = counted or figure.unit
    return named[:1].upper() + named[1:]


def plural(noun: str) -> str:
    """The plural of an English noun, by rule; the last word of several decides."""
    head, _, last = noun.rpartition(" ")
    if last in PLURALS:
        last = PLURALS[last]
    elif last.endswith(("s", "x", "ch", "sh")):
        last += "es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = last[:-1] + "ies"
    elif last:
        last += "s"
    return f"{head} {last}".strip()
