"""Units of measurement: which unit a number is given in, and what it is in the common unit of its kind."""

import re
from dataclasses import dataclass
from functools import cache

from analysis.types import Unit
from analysis.words import either, lists
from analysis.words.patterns import pattern

AGE = pattern("counting", "age")
PER = pattern("counting", "per")
LARGE = re.compile(r",\d{3}|\d\s?[A-Za-z]")  # an amount in thousands, or with a scale
PINT_NAMES, BASE_UNITS = lists("units")["pint"], lists("units")["base"]
NOT_KINDS = ("pint", "base", "before", "before_large")  # the other tables of units.toml


@dataclass(frozen=True)
class _Table:
    after: re.Pattern
    before: re.Pattern
    before_large: re.Pattern
    names: dict[str, tuple[str, str]]
    signs: dict[str, str]


@cache
def _table() -> _Table:
    before, large = lists("units")["before"], lists("units")["before_large"]
    kinds = {kind: units for kind, units in lists("units").items() if kind not in NOT_KINDS}
    names, spelled, exact = {}, [], []
    for kind, units in kinds.items():
        for name, forms in units.items():
            for form in forms:
                is_exact = len(form) < 3 or not re.fullmatch(r"[A-Za-z][a-z]*(?:[- ][A-Za-z.]+)*", form)
                names[form if is_exact else form.lower()] = (kind, name)
                (exact if is_exact else spelled).append(form)
    signs = {form: name for forms_of in (before, large) for name, forms in forms_of.items() for form in forms}
    behind = {form: ("money", name) for name, forms in before.items() for form in forms if form not in names}
    any_case = {form.lower(): known for form, known in names.items() if len(form) > 1 and form[-1].isalpha()} | {
        form: names[form] for form in names}
    after = re.compile(
        rf"(?P<gap>(?:[ \u00a0]{{0,6}}|\s)[-–]?)(?:(?i:(?P<spelled>{either(spelled)})s?)(?!\w)|(?P<exact>{either([*exact, *behind])})(?![\w²³])"
        rf"|(?i:(?P<any_case>{either(form for form in exact if len(form) > 1 and form.isalpha())}))(?!\w))"
    )
    return _Table(after, re.compile(rf"(?<![A-Za-z])({either(name for forms in before.values() for name in forms)})[\s\u00a0]?[-−]?$"),
                  re.compile(rf"(?<!\w)({either(name for forms in large.values() for name in forms)})$"),
                  any_case | behind, signs)


def unit_of(text: str, start: int, end: int) -> Unit | None:
    """The unit of the number at text[start:end], or None where it counts things; reads 60 characters either way at most."""
    after = text[end : end + 60]
    age = AGE.match(after)
    if age:
        return Unit("age", f"{age['unit'].lower()} of age", start, end + age.end())
    money = _sign_before(text, start, end)
    if money:
        name = _table().signs[money[1]]
        said = re.match(r"\s?(US|U\.S\.?|Cdn|Canadian|Australian)(?![A-Za-z])", after) if name == "dollar" else None
        if said:
            name = {"U": "US dollar", "C": "Canadian dollar", "A": "Australian dollar"}[said[1][0]]
        begin = start - (money.end() - money.start())
        return with_denominator("money", name, begin, end + (said.end() if said else 0), text)
    if text[max(0, start - 13) : start].lower().endswith(("magnitude ", "magnitude of ", "magnitude-")):
        return Unit("magnitude", "magnitude", start, end)
    return _unit_after(text, start, end, after)


def is_currency_before(text: str, start: int, end: int) -> bool:
    """Whether a sign or code of money stands right before the number at text[start:end]."""
    return _sign_before(text, start, end) is not None


def _sign_before(text: str, start: int, end: int) -> re.Match | None:
    before = text[max(0, start - 8) : start]
    return _table().before.search(before) or (_table().before_large.search(before) if LARGE.search(text, start, end) else None)


def named_unit(noun: str) -> tuple[str, str] | None:
    """The kind and name of a unit spelled out in the singular ("year"), or None."""
    return _table().names.get(noun) if len(noun) > 2 else None


def _unit_after(text: str, start: int, end: int, after: str) -> Unit | None:
    found = _table().after.match(after)
    if not found:
        return None
    form = found["exact"] or (found["spelled"] or found["any_case"]).lower()
    kind, name = _table().names[form]
    attached = found["gap"] == ""
    if found["any_case"] and not attached:
        return None
    if found["exact"] and form.isalpha() and len(form) == 1 and not (attached or form in "mgpCW"):
        return None
    if form in ("x", "C", "sec", "min") and not attached and form != "C":
        return None
    if name == "pound" and re.search(r"(?:million|billion|m|bn)$", text[start:end], re.IGNORECASE):
        kind, name = "money", "pound sterling"
    return with_denominator(kind, name, start, end + found.end(), text)


def with_denominator(kind: str, name: str, start: int, end: int, text: str) -> Unit:
    """The unit with the "per hour" or "a barrel" that follows it, if any."""
    per = PER.match(text[end : end + 40])
    if per and kind not in ("duration", "temperature"):
        return Unit(kind, f"{name} per {per_name(per['per'])}", start, end + per.end())
    return Unit(kind, name, start, end)


def per_name(word: str) -> str:
    """The name of the unit after "per": that of the unit table where it is there, the word itself else."""
    known = _table().names.get(word) or _table().names.get(word.lower())
    return known[1] if known else word.lower()


def normalise(value: float, unit: str, kind: str) -> tuple[float, str]:
    """A value in the common unit of its kind ("7 miles" in kilometers); value and unit unchanged where pint knows no way.

    Loads pint on the first call, about half a second. Money is never converted: rates are no part of an article.
    """
    base = BASE_UNITS.get(kind)
    if base is None:
        return value, unit
    name = PINT_NAMES.get(unit, unit.replace(" ", "_"))
    registry = _registry()
    try:
        quantity = registry.Quantity(value, name).to(base)
    except Exception:  # pint raises its own, AttributeError and tokenize errors for words it does not know
        return value, unit
    return float(quantity.magnitude), base


@cache
def _registry():
    import pint

    return pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
