"""What becomes of the comparisons and statements when a source or an outlet is left out."""

import json

import pandas as pd

from analysis.compare.columns import WITHDRAWN, frame
from analysis.compare.comparisons import judge
from analysis.compare.intervals import Interval, between, in_words
from analysis.tables import rows as rows_of

DIFFER = ("disagree", "may differ")
GONE, ONE_ORIGIN = "loses its only support", "rests on one origin"


def withdraw(tables: dict[str, pd.DataFrame], left_out: list[str]) -> pd.DataFrame:
    """What changes when sources or outlets are left out: kind ("comparison", "statement"), id, what, before, after, effect.

    `tables` are those that `compare` made; `left_out` has ids or names of sources or outlets. With a source fall the
    figures and claims it made first and those that come through it; with an outlet all that it printed. `effect`: "loses
    its only support"; "falls", "rises" (an end of the range, or the latest reading); "no longer disagrees"; "widens" (what
    all origins allow); "rests on one origin". Rows only for what changes. Raises ValueError for a name nobody has.
    """
    left = {_found(tables, name) for name in left_out}
    figures = _comparisons(tables, left)
    return frame([*figures, *_statements(tables, left)], WITHDRAWN)


def _found(tables: dict[str, pd.DataFrame], name: str) -> str:
    """The id of a source or outlet, given its id or name."""
    sources, compared = tables["sources"], tables["compared"]
    known = dict(zip(sources["name"].str.lower(), sources["source_id"]))
    known |= dict(zip(compared["outlet"].str.lower(), compared["outlet_id"])) | dict(zip(compared["origin"].str.lower(), compared["origin_id"]))
    if name in known.values() or name in set(sources["source_id"]):  # two may be called the same
        return name
    if name.lower() not in known:
        raise ValueError(f"No source or outlet of the corpus is {name!r}; the table sources lists their ids and names.")
    return known[name.lower()]


def _comparisons(tables: dict[str, pd.DataFrame], left: set[str]) -> list[dict]:
    compared = tables["compared"]
    fallen = [bool(left & {row.origin_id, row.outlet_id, *json.loads(row.relays)}) for row in compared.itertuples()]
    after = {row["comparison_id"]: row for row in rows_of(judge(compared[[not gone for gone in fallen]])["comparisons"])}
    found = []
    for row in rows_of(tables["comparisons"]):
        remaining = after.get(row["comparison_id"])
        effect = _effect(row, remaining)
        if effect:
            words = in_words(_range(remaining)) if remaining else None
            found.append({"kind": "comparison", "id": row["comparison_id"], "what": row["what"], "before": in_words(_range(row)),
                          "after": words, "effect": effect})
    return found


def _effect(before: dict, after: dict | None) -> str:
    if after is None:
        return GONE
    (low, high), (new_low, new_high) = _range(before), _range(after)
    effects = []
    if new_high < high or before["origins"] == 1 and new_low < low:
        effects.append("falls")
    if new_low > low or before["origins"] == 1 and new_high > high:
        effects.append("rises")
    if after["origins"] > 1 and before["verdict"] in DIFFER and after["verdict"] not in DIFFER:
        effects.append("no longer disagrees")
    if before["verdict"] not in DIFFER and _wider(before, after):
        effects.append("widens")
    if after["origins"] == 1 < before["origins"]:
        effects.append(ONE_ORIGIN)
    return "; ".join(effects)


def _range(row: dict) -> Interval:
    return between(row["low"], row["high"])


def _wider(before: dict, after: dict) -> bool:
    """Whether what all origins allow takes in all that it did, and more."""
    (low, high), (new_low, new_high) = (between(row["common_low"], row["common_high"]) for row in (before, after))
    return new_low <= low and new_high >= high and (new_low, new_high) != (low, high)


def _statements(tables: dict[str, pd.DataFrame], left: set[str]) -> list[dict]:
    claims = tables["statement_claims"]
    shown = set(tables["matrix"]["statement_id"])
    fallen = [bool(left & {row.source_id, row.outlet_id, *json.loads(row.relays)}) for row in claims.itertuples()]
    before, after = _sides(claims), _sides(claims[[not gone for gone in fallen]])
    found = []
    for row in tables["statements"].itertuples():
        was, now = before[row.statement_id], after.get(row.statement_id, {})
        if row.statement_id in shown and (effect := _lost(was, now)):
            found.append({"kind": "statement", "id": row.statement_id, "what": row.statement, "before": _told(was),
                          "after": _told(now) or None,
                          "effect": effect})
    return found


def _lost(was: dict[str, list[str]], now: dict[str, list[str]]) -> str:
    made, makes = len(was.get("made", [])), len(now.get("made", []))
    effects = [GONE] if made and not makes else ["rests on one source"] if made > makes == 1 else []
    return "; ".join(effects + (["loses its only denial"] if was.get("denied") and not now.get("denied") else []))


def _sides(claims: pd.DataFrame) -> dict[str, dict[str, list[str]]]:
    """For each statement and side, the names of the sources on it, in the alphabet's order."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in claims.itertuples():
        side = found.setdefault(row.statement_id, {}).setdefault(row.side, [])
        if row.source not in side:
            side.append(row.source)
    return {key: {side: sorted(who, key=str.casefold) for side, who in sides.items()} for key, sides in found.items()}


def _told(sides: dict[str, list[str]]) -> str:
    return ", ".join(f"{side} by {_listed(sides[side])}" for side in ("made", "denied") if sides.get(side))


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))

