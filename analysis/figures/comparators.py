"""Comparators: the words that say a number is a floor, a ceiling, or near; each bound to the one number it stands at."""

import re

WORDS = {
    ">=": ["at least", "at the very least", "a minimum of", "minimum of", "minimum", "from at least", "upward of at least"],
    ">": [
        "more than", "over", "over than", "above", "exceed", "exceeds", "exceeded", "exceeding", "in excess of", "upwards of", "upward of",
        "greater than", "higher than", "larger than", "bigger than", "longer than", "older than", "taller than", "deeper than", "heavier than",
        "faster than", "farther than", "further than", "better than", "tops", "topped", "topping", "surpass", "surpasses", "surpassed",
        "surpassing", "beyond", "north of", ">",
    ],
    "<=": [
        "up to", "as many as", "as much as", "as high as", "at most", "at the most", "a maximum of", "maximum of", "maximum", "≤",
        "as far as", "as long as",
    ],
    "<": [
        "less than", "fewer than", "under", "below", "lower than", "smaller than", "shorter than", "younger than", "lighter than", "short of",
        "shy of", "sub", "sub-", "south of", "<",
    ],
    "~": [
        "about", "around", "approximately", "approx", "approx.", "roughly", "some", "nearly", "almost", "close to", "an estimated", "estimated",
        "circa", "ca.", "c.", "in the region of", "in the neighbourhood of", "in the neighborhood of", "on the order of", "in the order of",
        "perhaps", "maybe", "possibly", "barely", "virtually", "practically", "near", "nearing", "approaching", "towards", "toward", "averaged", "averaging",
        "an average of about", "somewhere around", "~", "≈", "∼", "±", "estimated at", "not quite",
    ],
}  # fmt: skip
SIGN_OF = {word: sign for sign, words in WORDS.items() for word in words} | {"≥": ">="}
NEGATED = {">": "<=", "<": ">=", ">=": "<", "<=": "<"}
_before = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(SIGN_OF, key=len, reverse=True))
BEFORE = re.compile(
    rf"(?P<negation>(?:\b(?:no|not|never|nor|without)|n['’]t)\s(?:any\s|to\s|be\s|been\s)?)?(?:(?<![\w-])|(?<=\W))"
    rf"(?P<word>{_before})(?:\s(?:just|only|a|an|another|total\sof|a\stotal\sof)|(?<=than)\sthe|(?<=over)\sthe|\s?[-–])*[\s\"“(‘']*$",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"(?P<floor>\s?\+(?!\d)|[-\s]plus\b|(?:\s[a-z-]+){0,2}?\s(?:or|and)\s(?:more|over|above|higher|upwards?|older|longer|beyond|counting)\b(?!\s(?:than|of|\d))"
    r"|\sat\s(?:the\svery\s)?least\b(?!\s\w))"
    r"|(?P<ceiling>(?:\s[a-z-]+){0,2}?\s(?:or|and)\s(?:less|fewer|under|below|lower|younger)\b(?!\s(?:than|\d))|\sat\s(?:the\s)?most\b|\s(?:maximum|tops)\b)"
    r"|(?P<near>(?:\s[a-z-]+){0,1}?\sor\sso\b|-?odd\b|ish\b|\sor\sthereabouts|,?\sgive\sor\stake|,?\s(?:approximately|roughly)(?=[.,;)]))",
    re.IGNORECASE,
)
DURING = re.compile(r"(?:^|[^\w])(?<!just )(?<!well )(?<!for )(?<!little )(?<!slightly )(?<!lasted )(?<!lasting )(?<!took )(?<!spent )over\s$", re.IGNORECASE)


def comparator_of(text: str, start: int, end: int, kind: str) -> str:
    """The comparator of the number text[start:end] ("=" if none), negations turned round; reads 60 characters either way.

    `start` counts any currency sign in, `end` any unit; only words that touch the number are its own.
    """
    before = text[max(0, start - 60) : start]
    found = BEFORE.search(before)
    if found and not (kind == "duration" and DURING.search(before)):
        return _outermost(before, found)
    after = AFTER.match(text[end : end + 60])
    if after:
        return {"floor": ">=", "ceiling": "<=", "near": "~"}[after.lastgroup]
    return "="


def _outermost(before: str, found: re.Match) -> str:
    """The sign of the found words, or of a firmer one just before them ("at least some 20" is at least)."""
    sign = SIGN_OF[re.sub(r"\s+", " ", found["word"].lower())]
    if found["negation"] and sign in NEGATED:
        return NEGATED[sign]
    if sign == "~":
        outer = BEFORE.search(before[: found.start()])
        if outer:
            return _outermost(before, outer)
    return sign
