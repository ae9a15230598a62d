"""Numbers: what the number expressions of a text are worth, in digits, in words, or in both."""

import math
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.figures.units import named_unit
from analysis.types import Number
from analysis.words import FOLDER, either, lists
from analysis.words.patterns import pattern

SMALL = {word: value for value, word in enumerate(lists("numbers")["small"])}
TENS = {word: 10 * value for value, word in enumerate(lists("numbers")["tens"], 2)}
SCALES, SHORT_SCALES, PARTS, TIMES = (lists("numbers")[name] for name in ("scales", "short_scales", "parts", "times"))
SIGNS = {sign: part / whole for sign, (part, whole) in lists("numbers")["signs"].items()}
LARGEST = 1e100  # nothing in the world is counted in more; whatever is reckoned from such numbers is finite
MONEY_BEFORE = re.compile(r"(?:[$£€¥₠-⃀฿৳=¢]|\b[A-Z]{2,3}|\b(?:[A-Z]?Shs?|K?sh|Rs|Rp|Tk)\.?)\s?$|\b[NRKP]$")
COUNTED_AFTER = pattern("numbers", "counted_after")
# "180m and 220m marks": the noun after the second decides for both
RANGE_AFTER = re.compile(r"^(?:\s(?:and|or|to)\s|[-–])[\d.,]+m(?=\s)")


@dataclass(frozen=True)
class Vague:
    """How vague amounts are read: `amounts` by plural word ("dozens"), `several` by the words before a scale."""

    amounts: dict[str, tuple[float, float]]
    several: dict[str, tuple[float, float]]


@cache
def load_vague(path: Path = FOLDER / "vague.toml") -> Vague:
    """Read the rule file for vague amounts; ValueError, naming the file and the word, if a rule is not [low, high]."""
    with open(path, "rb") as file:
        rules = tomllib.load(file)
    for table in ("amounts", "several"):
        for word, ends in rules.get(table, {}).items():
            if not (isinstance(ends, list) and len(ends) == 2 and ends[0] <= ends[1]):
                raise ValueError(f"{path}: {word!r} in [{table}] must be two numbers, [low, high], low first.")
    return Vague(*({w: tuple(map(float, e)) for w, e in rules.get(t, {}).items()} for t in ("amounts", "several")))


GAP = r"(?:[ \u00a0\u2009\u202f]{1,6}|-)"  # an entity's place is as long as its name
SPACE = "[ \u00a0\u2009\u202f]"
_units = either(word for word, value in SMALL.items() if 0 < value < 10)
_small = rf"(?:(?:{either(TENS)})(?:{GAP}(?:{_units})(?!\w))?|{either(SMALL)})"
_under_thousand = rf"(?:(?:{_small}|an?){GAP}hundred(?!\w)(?:{GAP}(?:and{GAP})?{_small}(?!\w))?|{_small})"
_large = either(scale for scale, value in SCALES.items() if value >= 10**6)
_big = rf"(?:{either(s for s in SCALES if s not in ('dozen', 'hundred'))})(?!\w)"
_parts = rf"(?:{either(PARTS)})"
# What breaks a whole number in words: "point three", "and a half", "and three-quarters".
_decimals = rf"{GAP}point(?:{GAP}(?:zero|{_units})(?!\w))+"
_and_part = rf"{GAP}and{GAP}(?:an?{GAP}(?:half|quarter)|(?:{_units}){GAP}(?:{_parts}s?|halves))(?!\w)"
_broken = rf"(?:{_decimals}|{_and_part})"
_group = rf"(?:{_under_thousand}|an?){_broken}?{GAP}{_big}(?:{GAP}{_big})?"
_words = (
    rf"(?:{_group}(?:,?{GAP}(?:and{GAP})?{_group})*(?:,?{GAP}(?:and{GAP})?{_under_thousand}(?!\w)|{_and_part})?"
    rf"|(?:half{GAP})?(?:an?|{_small}){_broken}?{GAP}dozen"
    rf"|half{GAP}an?{GAP}(?:hundred|{_big})"
    rf"|{_under_thousand}{_broken}?)(?!\w|-something)"
)
_digits = (
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?"
    rf"|\d{{1,3}}(?:[ \u00a0\u2009\u202f']\d{{3}})+(?![\d'])(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?![\d.]\d)(?:,\d+)?"
    rf"|\d+,\d{{1,2}}(?={SPACE}?(?:%|per{SPACE}?cent|{_large}))"
    r"|\d+(?:\.\d+)?|(?<!\d)\.\d+)"
)
_power = r"(?:[x×]\s?10\s?\^?\s?[-−]?\d+)"
_scale_words = rf"(?:(?:hundred|dozen){GAP})?{_big}(?:{GAP}(?:{_large})(?!\w))?|hundred|dozen"
_short = rf"(?:{either(scale for scale in SHORT_SCALES if len(scale) > 1)}|[kmb])(?![\w²³])"

NUMBER = re.compile(
    rf"""
    (?P<share>(?<![\w.])(?:\d+|{_small})[ ](?:in|out[ ]of)(?:[ ]every)?[ ](?:\d{{1,3}}(?:,\d{{3}})*|{_under_thousand}|an?[ ]hundred)
        (?![\w%,.]*\d)(?!\w|%|-(?!fold))(?=[ ,.;:)]|$))
    |(?P<fraction>(?<![\w/⁄.])(?:\d+[ -])?\d{{1,3}}[/⁄]\d{{1,3}}(?![\w/⁄]|\.\d)|\d*[{''.join(SIGNS)}]
        |(?<![\w-])(?:(?:an?|{_units}){GAP}){_parts}s?(?![\w-])
        |(?<![\w-])half(?=[ ](?:of|the|its|their|his|her|our|all)(?!\w)|[ ]an?[ ]|[ ]?[.,;]|[ ]were[ ]|[ ]are[ ])
          (?![ ]an?[ ](?:{either(SCALES)})(?!\w)))
      (?P<fraction_scale>[ ](?:of[ ]an?[ ])?(?:{_large})(?!\w))?
    |(?P<digits>{_digits}{_power}?)(?P<broken>{_and_part})?
      (?:(?:{GAP}(?P<scale>{_scale_words})(?!\w))|{SPACE}?(?P<short>{_short}))?
    |(?<![\w.])(?P<times>(?:{either(TIMES)})(?!\w)|(?:{_small}|\d+)-?fold(?!\w))
    |(?<![\w.'’])(?P<words>{_words})
    |(?<![\w.'’])(?P<vague>(?:(?P<several>{either(lists("vague")["several"])})[ ](?P<several_scale>{either(SCALES)})(?:[ ](?P<several_more>{_big}))?
        |(?P<amount>{either(lists("vague")["amounts"])})
         (?:[ ]of[ ](?P<amount_scale>{either(scale + "s" for scale in SCALES)}))?(?:[ ]and[ ](?P=amount))?))(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
BROKEN = re.compile(_broken)


def find_numbers(text: str, vague: Vague | None = None) -> list[Number]:
    """Every number expression of a text, in order, none within another; about 0.004 ms a word.

    Names, dates and the like are numbers here: `not_figures` tells them from figures. What is larger than LARGEST, or
    nearer to 0 than its inverse, is no number: hundreds of digits are a key, a checksum, or noise.
    """
    vague = vague or load_vague()
    return [number for match in NUMBER.finditer(text) if (number := _read(match, vague)) and _of_this_world(number)]


def _of_this_world(number: Number) -> bool:
    given = [end for end in (number.value, number.low, number.high) if end is not None]
    return all(end == 0 or 1 / LARGEST <= abs(end) <= LARGEST for end in given)


def _read(match: re.Match, vague: Vague) -> Number | None:
    start, end = match.span()
    if match["share"]:
        parts = re.split(r" (?:in|out of)(?: every)? ", match["share"].lower())
        top, bottom = map(_plain, parts)
        if not math.isfinite(bottom):
            return None
        return Number(start, end, top / bottom, form="share") if 0 < top < bottom else Number(start, start + len(parts[0]), top, form="words")
    if match["fraction"]:
        scale = SCALES[match["fraction_scale"].split()[-1].lower()] if match["fraction_scale"] else 1
        value = _fraction(match["fraction"].lower())
        return None if value is None else Number(start, end, value * scale, form="words" if scale > 1 else "fraction",
                                                 scaled=scale > 1)
    if match["digits"]:
        return _digit_number(match)
    if match["times"]:
        return Number(start, end, _times(match["times"].lower()), form="times")
    if match["words"]:
        return Number(start, end, word_value(match["words"]), form="words", scaled=_has_scale(match["words"]))
    return _vague_number(match, vague)


def _plain(words: str) -> float:
    return digit_value(words) if words[0].isdigit() else word_value(words)


def digit_value(digits: str) -> float:
    """The value of digits with commas, spaces, points or apostrophes between thousands: "14 000" is 14000."""
    mantissa, _, power = re.sub(r"[x×]\s?10\s?\^?\s?", "e", digits).replace("−", "-").partition("e")
    mantissa = re.sub("[ \u00a0\u2009\u202f']", "", mantissa)
    if mantissa.count(".") > 1:
        mantissa = mantissa.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+,\d{1,2}", mantissa):
        mantissa = mantissa.replace(",", ".")
    return float(mantissa.replace(",", "") + ("e" + power if power else ""))


def word_value(words: str) -> float:
    """The value of a number in words: "two hundred and six thousand" is 206000, "half a million" 500000, "two point three" 2.3."""
    total = current = 0.0
    last = 1
    parts = BROKEN.sub(lambda found: f" {_less_than_one(found[0]):.12f} ", words.lower())
    for word in re.findall(r"[a-z]+|[\d.]+", parts):
        if word[0].isdigit() or word == "half":
            current += (0.5 if word == "half" else float(word)) * (1 if current else last)  # "a million and a half"
        elif word in SMALL or word in TENS:
            current += SMALL.get(word, TENS.get(word, 0))
        elif word in SCALES:
            current = (current or 1) * SCALES[word]
            if word not in ("hundred", "dozen"):
                total, current, last = total + current, 0.0, SCALES[word]
    return total + current


def _less_than_one(broken: str) -> float:
    """The value of what breaks a whole number: "point three", "and a half"."""
    kind, *rest = re.findall("[a-z]+", broken.lower())
    if kind == "point":
        return float("0." + "".join(str(SMALL[digit]) for digit in rest))
    return _fraction(" ".join(rest))


def _has_scale(words: str) -> bool:
    return any(word in SCALES for word in re.findall(r"[a-z]+", words.lower()))


def _fraction(words: str) -> float | None:
    if words[-1] in SIGNS:
        return float(words[:-1] or 0) + SIGNS[words[-1]]
    numeric = re.fullmatch(r"(?:(\d+)[ -])?(\d+)[/⁄](\d+)", words)
    if numeric:
        whole, top, bottom = (float(part or 0) for part in numeric.groups())
        return whole + top / bottom if bottom and top < bottom else None
    if words == "half":
        return 0.5
    count, part = re.split(r"[^a-z]+", words)
    return SMALL.get(count, 1) / PARTS[part if part in PARTS else "half" if part == "halves" else part.removesuffix("s")]


def _times(word: str) -> float:
    return TIMES[word] if word in TIMES else _plain(re.sub("-?fold", "", word))


def _digit_number(match: re.Match) -> Number | None:
    value = digit_value(match["digits"]) + (_less_than_one(match["broken"]) if match["broken"] else 0)
    scale = 1.0
    for word in re.findall(r"[a-z]+", (match["scale"] or "").lower()):
        scale *= SCALES[word]
    end = match.end()
    if match["short"]:
        if _short_is_unit(match):
            end = match.end("broken") if match["broken"] else match.end("digits")
        else:
            scale = SHORT_SCALES[match["short"].lower()]
    return Number(match.start(), end, value * scale, scaled=scale > 1)


def _short_is_unit(match: re.Match) -> bool:
    """Whether the letter after the digits is a unit ("37m long"), not a scale ("$37m", "37m barrels")."""
    letter, text = match["short"], match.string
    if len(letter) > 1 or MONEY_BEFORE.search(text[max(0, match.start() - 5) : match.start()]):
        return False
    if text[match.start("short") - 1] in SPACE:
        return True
    if letter == "m" and (noun := re.match(r"-([a-z]+)", text[match.end() : match.end() + 20])):
        return noun[1] != "mark" and (named_unit(noun[1]) or ("",))[0] != "money"
    return letter == "m" and not COUNTED_AFTER.match(RANGE_AFTER.sub("", text[match.end() : match.end() + 60]))


def _vague_number(match: re.Match, vague: Vague) -> Number | None:
    start, end = match.span()
    if match["several"]:
        ends = vague.several.get(re.sub(" +", " ", match["several"].lower()))
        scale = SCALES[match["several_scale"].lower()] * SCALES.get((match["several_more"] or "").lower(), 1)
    else:
        ends = vague.amounts.get(match["amount"].lower())
        scale = SCALES[match["amount_scale"].lower().removesuffix("s")] if match["amount_scale"] else 1
    return Number(start, end, None, ends[0] * scale, ends[1] * scale, form="vague", scaled=True) if ends else None
