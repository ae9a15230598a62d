"""Ranges, changes and scores: which two numbers are one figure, and which only stand side by side."""

import re
from dataclasses import replace

from analysis.figures.numbers import digit_value
from analysis.types import Amount, Counted, Number, Unit
from analysis.words.patterns import named

BETWEEN, AND, FROM, OR, CHANGE, STEP = named("ranges", "between", "and", "from", "or", "change", "step")
TO, TO_FAR, DASH = named("ranges", "to", "to_far", "dash")


def mention_of(number: Number, unit: Unit | None) -> Amount:
    """A mention of one number and its unit of measurement."""
    kind = {"fraction": "share", "share": "share", "times": "change"}.get(number.form, "count")
    place = number.start, number.end
    mention = Amount(*place, *place, number.value, number.low, number.high, number.form, number.scaled, kind)
    if number.form == "times":
        mention.unit = "times"
    if unit:
        mention.start, mention.end, mention.kind, mention.unit = unit.start, unit.end, unit.kind, unit.name
        if unit.name == "times":
            mention.kind = "change"
    return mention


def join_ranges(text: str, mentions: list[Amount]) -> list[Amount]:
    """The mentions with every two that are the ends of one range or change made one, and scores marked; in text order."""
    joined: list[Amount] = []
    position = 0
    while position < len(mentions):
        first = mentions[position]
        second = mentions[position + 1] if position + 1 < len(mentions) else None
        how = _pair(text, first, second) if second and second.start - first.end <= 75 else None
        if how == "score":
            first.kind = second.kind = "score"
            joined += [first, second]
            position += 2
        elif how:
            _join(text, first, second, how)
            joined.append(first)
            position += 2
        else:
            joined.append(first)
            position += 1
    return joined


def split_changes(text: str, mentions: list[Amount], counts: list[Counted]) -> tuple[list[Amount], list[Counted]]:
    """Both lists with every change ("from 31 to 38") as the two readings it is, each of what the change is of."""
    readings: list[Amount] = []
    of_what: list[Counted] = []
    for mention, count in zip(mentions, counts):
        ends = [replace(end, kind=mention.kind, unit=mention.unit) for end in mention.ends] or [mention]
        if mention.ends:
            ends[0].earlier = f"from {text[mention.start : mention.end]}"
        readings += ends
        of_what += [replace(count, spans=list(count.spans)) for _ in ends]
    return readings, of_what


def _join(text: str, first: Amount, second: Amount, how: str) -> None:
    """Make `first` the range or the change that ends with `second`."""
    _share_scale(text, first, second)
    _share_unit(first, second)
    if how == "change":
        first.ends = (replace(first), replace(second))
    first.low, first.high, first.value = first.value, second.value, None
    first.end, first.number_end = second.end, second.number_end
    first.comparator = "range"


def _pair(text: str, first: Amount, second: Amount) -> str | None:
    """How two neighbours belong together: range, change, score, or not at all (None)."""
    if None in (first.value, second.value) or "share" in (first.kind, second.kind) or first.form == "times" or second.form == "times":
        return None
    if first.unit and second.unit and not _same_unit(first, second):
        return None
    gap = text[first.end : second.start]
    before = text[max(0, first.start - 40) : first.start]
    if len(gap) <= 30 and BETWEEN.search(before) and AND.fullmatch(gap):
        return "range"
    if DASH.fullmatch(gap) and text[first.end - 1] != "-":
        return _dash_pair(first, second)
    if OR.fullmatch(gap) and not first.unit and not first.scaled and second.value > first.value:
        return "range" if second.value - first.value <= max(5, first.value) else None
    if FROM.search(before) and TO_FAR.fullmatch(gap):
        return "change" if first.value > second.value or CHANGE.search(text[max(0, first.start - 90) : first.start]) else "range"
    if TO.fullmatch(gap):
        return _to_pair(first, second, before)
    return None


def _same_unit(first: Amount, second: Amount) -> bool:
    return (
        first.unit == second.unit
        or first.kind == second.kind == "money"
        and first.unit.split(" per ")[0].endswith(second.unit.split(" per ")[0])
    )


def _dash_pair(first: Amount, second: Amount) -> str | None:
    if second.unit or first.unit or first.value > 1000:
        return "range" if first.value < second.value or second.scaled else None
    return "score" if first.value >= second.value else "range"


def _to_pair(first: Amount, second: Amount, before: str) -> str | None:
    if STEP.search(before) and second.value > 3 * first.value:
        return None
    if second.unit and (first.unit or not first.scaled or second.scaled):
        return "range" if first.value < second.value or second.scaled and not first.scaled else None
    if first.value >= second.value and not second.scaled:
        return "score" if not first.unit and not second.unit else None
    if first.unit:
        return None
    return "range"


def _share_scale(text: str, first: Amount, second: Amount) -> None:
    """ "1 to 2 million" is 1000000 to 2000000; "$200 to $4 million" stays 200, for 200 exceeds 4."""
    if not second.scaled or first.scaled or not second.value:
        return
    mantissa = re.match(r"\d[\d.,]*", text[second.number_start : second.number_end])
    if mantissa and (digits := digit_value(mantissa[0])):
        scale = second.value / digits
    elif second.form == "words":
        scale = next((s for s in (10**12, 10**9, 10**6, 10**3, 100) if second.value >= s), 1)
    else:
        return
    if first.value < second.value / scale:
        first.value, first.scaled = first.value * scale, True


def _share_unit(first: Amount, second: Amount) -> None:
    if second.unit and (not first.unit or len(second.unit) > len(first.unit)):
        first.unit, first.kind = second.unit, second.kind
