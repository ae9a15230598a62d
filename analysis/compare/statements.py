"""The same claim across articles: who makes it, who denies it, who leaves it out."""

import csv
import json
from collections import defaultdict
from pathlib import Path

import pandas as pd

from analysis.compare.columns import listed, table
from analysis.compare.origins import Origins
from analysis.compare.propositions import contradiction, in_full, proposition, telling_words
from analysis.compare.similarity import vectors
from analysis.sources.registry import slug

# In tests/invented/paraphrases.csv, of the pairs that this groups four in five are one statement; of those that are, it
# groups more than half. A little more and it is nine in ten, and half.
ALIKE = 0.46
# A "not" in one of two alike texts may be about another of their words. So more likeness is asked for, and that the word which
# is negated stands in the other text in its meaning, by this cosine. `python -m tests.denials`: on the 40 invented pairs that this
# was chosen on precision 0.85 and recall 0.85 (without the word: 0.67 and 0.90), on 24 others 0.90 and 0.75.
TURNED, SAME_WORD = 0.7, 0.6
FEWEST_WORDS = 3
COVERED = 0.5  # a claim is left to the claims inside it where they hold so much of it
MADE, DENIED, BOTH, LEFT_OUT = "made", "denied", "made and denied", "left out"
BY_HAND = "statements.csv"


def statements(tables: dict[str, pd.DataFrame], events: dict[str, dict], origins: Origins,
               by_hand: dict[str, str] | None = None) -> dict[str, pd.DataFrame]:
    """The claims of each event grouped by what they say: `statements`, `statement_claims`, `matrix` and `denials`.

    `events` gives the event of each article (a row of `events`), `by_hand` the statement of claims that somebody has grouped ("" for one
    that stands alone). The rest join the group they are most alike on average, from ALIKE up, unless numbers, actors or
    the kind of act speak against it (see `propositions`); `score` is that likeness, of a statement the least of its
    claims'. The matrix has what two sources or more say. Takes time with the square of the claims of one event.
    """
    by_hand = by_hand or {}
    by_event: dict[str, list[dict]] = defaultdict(list)
    for row in _claims(tables, events, origins):
        by_event[events[row["article_id"]]["event_id"]].append(row)
    found: dict[str, list[dict]] = {"statements": [], "statement_claims": [], "matrix": [], "denials": []}
    for event_id, rows in by_event.items():
        speakers = dict.fromkeys(row["source_id"] for row in rows)
        for number, group in enumerate(_groups(rows, by_hand), 1):
            _name(group, event_id, number)
            found["statements"].append(_statement(group))
            found["statement_claims"] += group
            found["matrix"] += _cells(group, speakers, origins)
            found["denials"] += _denials(group)
    return {name: table(name, rows) for name, rows in found.items()}


def read_by_hand(folder: Path, claims: pd.DataFrame) -> dict[str, str]:
    """What a corpus's statements.csv (claim_id, statement) says of claims; nothing where there is no such file."""
    path = Path(folder) / BY_HAND
    if not path.is_file():
        return {}
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    known = set(claims["claim_id"])
    for number, row in enumerate(rows, 2):
        if set(row) != {"claim_id", "statement"} or row["claim_id"] not in known:
            raise ValueError(f"{path}: row {number} must give the claim_id of one of the corpus's claims and its statement.")
    return {row["claim_id"]: row["statement"].strip() for row in rows}


def _claims(tables: dict[str, pd.DataFrame], events: dict[str, dict], origins: Origins) -> list[dict]:
    """The claims that say something by themselves, each with its proposition and its vector."""
    rows = tables["claims"].to_dict("records")
    numbers = _numbers(tables["figures"])
    inside: dict[str, int] = defaultdict(int)
    for row in rows:
        row["length"] = sum(end - start for start, end in json.loads(row["content_spans"]))
        if isinstance(row["parent_id"], str):
            inside[row["parent_id"]] += row["length"]
    kept = []
    for row in rows:
        held_inside = inside[row["claim_id"]] > COVERED * row["length"]
        if held_inside or not isinstance(row["source_id"], str) or len(row["content"].split()) < FEWEST_WORDS:
            continue
        spans = json.loads(row["content_spans"])
        here = frozenset(number for start, number in numbers[row["article_id"]] if any(first <= start < last for first, last in spans))
        row["proposition"] = proposition(row["content"], row["stance"], row["negated"], here, origins.names[row["source_id"]],
                                         events[row["article_id"]]["place"])
        if row["proposition"]:
            row["source_id"], *relays = origins.chain(row["claim_id"])
            row["source"], row["relays"] = origins.names[row["source_id"]], listed(relays)
            row["outlet_id"] = origins.outlet(row["article_id"])
            kept.append(row)
    for row, vector in zip(kept, vectors([in_full(row["content"], row["source"]) for row in kept])):
        row["vector"] = vector
    return kept


def _numbers(figures: pd.DataFrame) -> dict[str, list[tuple[int, tuple]]]:
    found: dict[str, list[tuple[int, tuple]]] = defaultdict(list)
    for row in figures.itertuples():
        value = (row.value,) if row.value == row.value else (row.low, row.high)
        found[row.article_id].append((row.start, (*value, row.comparator, row.unit)))
    return found


def _groups(rows: list[dict], by_hand: dict[str, str]) -> list[list[dict]]:
    """The claims of an event grouped, each with its score and how it came there."""
    groups: list[list[dict]] = []
    named: dict[str, list[dict]] = {}
    for row in rows:
        if row["claim_id"] in by_hand:
            row["score"], row["how"], name = 1.0, "by hand", by_hand[row["claim_id"]]
            if name not in named or not name:
                named[name] = []
                groups.append(named[name])
            named[name].append({**row, "named": name})
            continue
        score, fitting = max(((likeness(row, group), -place) for place, group in enumerate(groups)), default=(0, 0))
        row["named"] = ""
        if score >= ALIKE:
            row["score"], row["how"] = round(score, 3), "alike; the same numbers, and no other actors"
            groups[-fitting].append(row)
        else:
            row["score"], row["how"] = 1.0, "first"
            groups.append([row])
    return groups


def likeness(row: dict, group: list[dict]) -> float:
    """The mean cosine of a claim with those of a group; 0 where a rule speaks against one of them, or a hand made the group."""
    if any(other["how"] == "by hand" or contradiction(row["proposition"], other["proposition"]) for other in group):
        return 0.0
    alike = [float(row["vector"] @ other["vector"]) for other in group]
    if any(_turned(row, other) and (score < TURNED or not _of_the_same(row, other)) for other, score in zip(group, alike)):
        return 0.0
    return sum(alike) / len(alike)


def _turned(row: dict, other: dict) -> bool:
    """Whether two claims are on two sides though neither is put as a denial."""
    one, two = row["proposition"], other["proposition"]
    return one.positive != two.positive and not (one.denies or two.denies)


def _of_the_same(row: dict, other: dict) -> bool:
    """Whether what either of two claims says no to is what the other says."""
    return _found(row["proposition"].negated, other["content"]) and _found(other["proposition"].negated, row["content"])


def _found(negated: tuple[str, ...], content: str) -> bool:
    """Whether each word stands in a text, itself or by its meaning."""
    words = telling_words(content)
    alike = vectors([*negated, *words])
    return all(word in words or (alike[len(negated) :] @ alike[place]).max(initial=0) >= SAME_WORD for place, word in enumerate(negated))


def _name(group: list[dict], event_id: str, number: int) -> None:
    """Set the side of each claim of a group, and name it by the shortest wording of those who make it."""
    makes = [row for row in group if row["proposition"].positive] or [row for row in group if row["stance"] != "denies"]
    wording = min((row["content"].strip(" ,.\"“”'").removeprefix("that ").strip() for row in makes or group), key=lambda words: (len(words), words))
    for row in group:
        row["side"] = MADE if makes and row["proposition"].positive == makes[0]["proposition"].positive else DENIED
        row["statement"], row["event_id"] = row["named"] or wording, event_id
        row["statement_id"] = f"{event_id}.s{number}-{slug(row['statement'])[:30].strip('-')}"


def _statement(group: list[dict]) -> dict:
    sides = [row["side"] for row in group]
    hows = {row["how"] for row in group} - {"first"}
    return {**group[0], "made": sides.count(MADE), "denied": sides.count(DENIED), "score": min(row["score"] for row in group),
            "sources": len({row["source_id"] for row in group}), "how": "; ".join(sorted(hows)) or "alone"}


def _cells(group: list[dict], speakers: dict[str, None], origins: Origins) -> list[dict]:
    """A row of the matrix for each source of the event, where two sources or more speak of the statement."""
    sides: dict[str, list[str]] = defaultdict(list)
    for row in group:
        sides[row["source_id"]].append(row["side"])
    if len(sides) < 2:
        return []
    return [{
        "statement_id": group[0]["statement_id"], "source_id": source_id, "source": origins.names[source_id], "claims": len(sides[source_id]),
        "side": BOTH if len(set(sides[source_id])) > 1 else sides[source_id][0] if sides[source_id] else LEFT_OUT,
    } for source_id in speakers]


def _denials(group: list[dict]) -> list[dict]:
    """Each denial beside each claim of another source that it denies; alone where nobody in the corpus makes it."""
    found = []
    for row in group:
        if row["side"] == DENIED:
            denied = [other for other in group if other["side"] == MADE and other["source_id"] != row["source_id"]]
            found += [_denial(row, other) for other in denied or [None]]
    return found


def _denial(row: dict, other: dict | None) -> dict:
    return {
        "claim_id": row["claim_id"], "source_id": row["source_id"], "statement_id": row["statement_id"],
        "denied_claim_id": other and other["claim_id"], "denied_source_id": other and other["source_id"],
        "score": round(float(row["vector"] @ other["vector"]), 3) if other else None,
    }
