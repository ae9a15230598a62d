"""Retold: numbers that say nothing of what they count, for the number before has said it ("put the figure at 35 percent")."""

import re

from analysis.figures.counted import Counted
from analysis.figures.measures import NEARLY, measure_of
from analysis.figures.ranges import LIST_GAP, Mention

# "put the figure at 35", "gave the same number, 46", "a higher estimate of 50".
FIGURE_AGAIN = re.compile(
    rf"\b(?:the|that|this|an?|its|their|his|her)\s(?P<same>same\s)?(?:[a-z]+\s)?(?:figure|number|total|estimate|count|tally|amount|share|proportion)"
    rf"(?:,|:|\sat|\sof|\sas|\sis|\swas|\sto)\s{NEARLY}$",
    re.IGNORECASE,
)
# "put it at 35", "the firm has said 6 million": a verb of saying right before the number.
SAID_AGAIN = re.compile(
    rf"\b(?:put|puts|estimate[sd]?|reckon(?:s|ed)?)\s(?:it|them|this|that)\sat\s{NEARLY}$"
    rf"|\bit\s(?:lies|lay|stands|stood|amounts\sto|comes\sto)\s(?:at\s)?{NEARLY}$"
    rf"|\b(?:said|says|claim(?:s|ed)|(?:spoke|speaks|spoken)\sof|gave|gives|counted|estimated)\s{NEARLY}$",
    re.IGNORECASE,
)
# "to 36 from 38", "to 410 crowns, from 340", "31 ships were waiting, up from 23".
FROM_BEFORE = re.compile(rf"(?:,?\s|[^.;:!?\n\d]{{0,80}},?\s(?:up|down)\s)from\s{NEARLY}", re.IGNORECASE)
# "The army had spoken of 80, the rebels of 60": the verb is left out.
SPOKEN_OF = re.compile(rf"\b(?:sp(?:oke|oken|eaks)\sof|(?:put|puts|estimate[sd]?|reckon(?:s|ed)?)\s[^.;:!?\n\d]{{1,60}}\sat)\s{NEARLY}$", re.IGNORECASE)
VERB_LEFT_OUT = re.compile(rf"[^.;:!?\n\d]{{0,30}},\s(?:and\s|but\s)?(?:[\w’'-]+\s){{1,4}}(?:of|at)\s{NEARLY}", re.IGNORECASE)
NOTHING_AFTER = re.compile(r"\W*(?:$|\n)|[.,;:)”\"]|\s(?:and|but|while|on\s[A-Z]\w+|in\sall)\b")
# A second harm to the same people: "killing nine miners and wounding four", "nine miners were killed and four were hurt".
SAME_PEOPLE = re.compile(rf"[^.;:!?\n]{{0,90}}?(?:,|,?\s(?:and|but|while))\s(?:(?:have\s|had\s|has\s)?\w+(?:ed|ing|s)\s)?{NEARLY}", re.IGNORECASE)
# What else befell the same things: "destroyed 300 homes and damaged 1,200", "300 homes were destroyed and 1,200 damaged".
SAME_THINGS = re.compile(rf"[^.;:!?\n\d]{{0,90}}?(?:,|,?\s(?:and|but|while))\s(?:(?:have\s|had\s|has\s)?(?P<verb>\w+(?:ed|ing|s))\s)?{NEARLY}", re.IGNORECASE)
DONE_AFTER = re.compile(r"\s(?:others\s|more\s)?(?:(?:was|were|are|is|(?:had|have|has)\sbeen)\s)?(?:\w+ly\s)?(?P<verb>\w+ed|sunk|stolen|shut|burnt)\b")
OTHERS_AFTER = re.compile(r"\s(?:[\w-]+\s)?(?:others?|people|more)\b")
TOO_MANY = 10  # times: "killed two policemen and wounded 40" wounded people of any kind
REACH = 400  # characters back to the number before
FAR = 2000  # characters back to the same number


def retell(text: str, mentions: list[Mention], counts: list[Counted]) -> None:
    """Give each mention that leans on another what that counts; `counts` is parallel to `mentions` and is changed in place."""
    _restate(text, mentions, counts)
    for place in range(1, len(mentions)):
        if (before := _told_before(text, mentions, counts, place)) is not None:
            told, here = counts[before], counts[place]
            here.unit, here.spans, here.measure = told.unit, told.spans, told.measure
        elif counts[place].bare and _same_people(text, mentions, counts, place):
            counts[place].unit = counts[place - 1].unit
        elif measure := _done_to_same_things(text, mentions, counts, place):
            told, here = counts[place - 1], counts[place]
            here.unit, here.spans, here.measure = told.unit, told.spans[:1], measure


def _restate(text: str, mentions: list[Mention], counts: list[Counted]) -> None:
    """Let a measurement in brackets ("7 miles (11 km)") and a number in a list ("four- and five-seat cars") be of its neighbour's thing."""
    for place in range(1, len(mentions)):
        before, here = mentions[place - 1], mentions[place]
        gap = text[before.end : here.start]
        if here.unit and before.unit and gap.strip() in ("(", "/", "or"):
            counts[place].spans = counts[place - 1].spans
            here.restates = place - 1
    for place in reversed(range(len(mentions) - 1)):
        here = mentions[place]
        if not here.unit and not counts[place].unit and here.kind == "count" and LIST_GAP.fullmatch(text[here.end : mentions[place + 1].start]):
            counts[place].unit, counts[place].spans = counts[place + 1].unit, counts[place + 1].spans


def _told_before(text: str, mentions: list[Mention], counts: list[Counted], place: int) -> int | None:
    """The place of the mention whose figure this one gives anew; of "the same number" one of the same value."""
    here = mentions[place]
    if here.kind not in ("count", "money", "percent") or counts[place].unit or here.form == "change":
        return None
    if _follows_on(text, mentions[place - 1], here) and (counts[place - 1].spans or counts[place - 1].unit):
        return place - 1
    again = FIGURE_AGAIN.search(text, max(0, here.start - 90), here.start)
    if not again and not (SAID_AGAIN.search(text, max(0, here.start - 90), here.start) and NOTHING_AFTER.match(text, here.end)):
        return None
    same = again is not None and again["same"]
    for before in range(place - 1, -1, -1):
        told = mentions[before]
        if here.start - told.end > (FAR if same else REACH):
            return None
        alike = (told.kind, told.unit) == (here.kind, here.unit) and (not same or told.value == here.value)
        if alike and told.form != "change" and (counts[before].spans or counts[before].unit):
            return before
    return None


def _follows_on(text: str, before: Mention, here: Mention) -> bool:
    """Whether a number only tells what the number before it was, or what someone else says it is."""
    if (before.kind, before.unit) != (here.kind, here.unit) or before.form == "change":
        return False
    gap = text[before.end : here.start]
    if FROM_BEFORE.fullmatch(gap):
        return True
    left_out = VERB_LEFT_OUT.fullmatch(gap) and NOTHING_AFTER.match(text, here.end)
    return bool(left_out) and SPOKEN_OF.search(text, max(0, before.start - 90), before.start) is not None


def _done_to_same_things(text: str, mentions: list[Mention], counts: list[Counted], place: int) -> str | None:
    """What else befell the things counted just before, of as many of them as a number without a noun says; None where nothing did."""
    before, here, told = mentions[place - 1], mentions[place], counts[place - 1]
    if (before.kind, here.kind) != ("count", "count") or counts[place].unit or told.people or not told.unit or told.measure is None:
        return None
    link = SAME_THINGS.fullmatch(text, before.end, here.start)
    done = DONE_AFTER.match(text, here.end)
    if not link or not done and not (link["verb"] and NOTHING_AFTER.match(text, here.end)):
        return None
    verb = (done or link)["verb"].lower()
    return measure_of([verb, verb.removesuffix("ing") + "ed", verb.removesuffix("s"), verb.removesuffix("es")], "things")


def _same_people(text: str, mentions: list[Mention], counts: list[Counted], place: int) -> bool:
    """Whether the harmed that no noun names are of the group counted just before, with another harm."""
    before, here = mentions[place - 1], mentions[place]
    told = counts[place - 1]
    many_more = (here.value or here.low or 0) > TOO_MANY * (before.value or before.low or 1)
    if many_more or before.kind != "count" or not told.people or told.unit in ("", "people") or told.measure in (None, counts[place].measure):
        return False
    return bool(SAME_PEOPLE.fullmatch(text[before.end : here.start])) and not OTHERS_AFTER.match(text, here.end)
