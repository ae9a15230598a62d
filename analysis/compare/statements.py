"""The same claim across articles: who makes it, who denies it, who leaves it out."""

import json
import re
from bisect import bisect_left
from collections import defaultdict

import pandas as pd

from analysis import tables as tidy
from analysis.compare.columns import failure, listed, table
from analysis.compare.denials import denied_before, denied_within, denies, denies_a_part, is_answer, is_denial, says_something, telling
from analysis.compare.intervals import told
from analysis.compare.origins import Origins
from analysis.compare.propositions import contradiction, in_full, proposition
from analysis.compare.similarity import vectors
from analysis.corpus import Span
from analysis.sources.registry import slug

# Of 85 pairs of claims from real articles, read by eye, likeness from 0.5 on was one statement in four of five; from 0.42 to
# 0.5 in one of nine. In tests/invented/paraphrases.csv, of the pairs that it groups more than nine in ten are one statement; of
# those that are, in wholly other words, it groups fewer than one in five.
ALIKE = 0.5
FEWEST_WORDS = 3
SURE = 0.6  # who is heard only in claims less sure than this, which the report marks, is not said to have left out anything
TOPIC = re.compile(r"\W*(?:how|whether|what|why|which|who|where|when)\b", re.IGNORECASE)  # says nothing is so
PART = re.compile(r"\W*(?:of|on|about|for|over|to|in|at|with|from|by|as)\b", re.IGNORECASE)
COVERED = 0.5  # a claim is left to the claims inside it where they hold so much of it
MADE, DENIED, BOTH, LEFT_OUT = "made", "denied", "made and denied", "left out"


def statements(tables: dict[str, pd.DataFrame], events: dict[str, dict], origins: Origins,
               by_hand: dict[str, str] | None = None) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """The claims of each event grouped by what they say: `statements`, `statement_claims`, `matrix` and `denials`; and by
    the id of each article whose event's claims could not be grouped, why.

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
    untold = {}
    for event_id, rows in by_event.items():
        try:
            for name, told in _of_event(rows, event_id, by_hand, origins).items():
                found[name] += told
        except MemoryError:  # no event's fault
            raise
        except Exception as error:
            if events[rows[0]["article_id"]]["articles"] == 1:  # then it is the article's, which is left out
                raise
            untold |= {row["article_id"]: f"read, but the claims of its event could not be compared: {failure(error)}" for row in rows}
    return {name: table(name, rows) for name, rows in found.items()}, untold


def _of_event(rows: list[dict], event_id: str, by_hand: dict[str, str], origins: Origins) -> dict[str, list[dict]]:
    """The rows of the four tables that the claims of one event make."""
    found: dict[str, list[dict]] = {"statements": [], "statement_claims": [], "matrix": [], "denials": []}
    speakers = dict.fromkeys(row["source_id"] for row in rows if row["confidence"] >= SURE)
    for number, group in enumerate(_groups(rows, by_hand), 1):
        _name(group, event_id, number)
        found["statements"].append(_statement(group))
        found["statement_claims"] += group
        found["matrix"] += _cells(group, speakers, origins)
        found["denials"] += _denials(group)
    return found


def _claims(tables: dict[str, pd.DataFrame], events: dict[str, dict], origins: Origins) -> list[dict]:
    """The claims that say something by themselves, each with its proposition and its vector."""
    rows = tidy.rows(tables["claims"])
    inside, numbers = _inside(rows), _numbers(tables["figures"])
    articles: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        articles[row["article_id"]].append(dict(row))
    taken_back = {claim["claim_id"] for row in rows for claim in inside.get(row["claim_id"], []) if _takes_back(row, claim)}
    kept = []
    for row in rows:
        event, within = events[row["article_id"]], inside.get(row["claim_id"], [])
        _set_against(row, within, articles[row["article_id"]])
        spans = json.loads(row["content_spans"])
        if row["source_id"] is None or row["claim_id"] in taken_back or not _by_itself(row, spans, within, event["headlines"][row["article_id"]]):
            continue
        here = frozenset(number for span in spans for number in _within(numbers[row["article_id"]], *span))
        row["proposition"] = proposition(_without_answers(row, within), row["stance"], row["negated"], here, origins.names[row["source_id"]], event["place"])
        row["topic"] = frozenset(telling(event["name"]))
        if row["proposition"]:
            _attribute(row, origins)
            kept.append(row)
    for row, vector in zip(kept, vectors([in_full(row["content"], row["source"]) for row in kept])):
        row["vector"] = vector
    return kept


def _inside(rows: list[dict]) -> dict[str, list[dict]]:
    """The claims inside each claim, as they are; `length` of each is set to that of its content."""
    found: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        row["length"] = sum(end - start for start, end in json.loads(row["content_spans"]))
        if row["parent_id"] is not None:
            found[row["parent_id"]].append(dict(row))
    return found


def _set_against(row: dict, inside: list[dict], article: list[dict]) -> None:
    """Tell denials from what is turned down only, and let the denial of a claim that it names say no to what that claim says."""
    row["denied_claim"] = None
    answers = is_answer(row)
    if row["stance"] == "denies" and not is_denial(row["cue"], row["content"]):
        row["stance"] = "rejects"
    elif named := denied_before(row, article) if answers else row["stance"] == "denies" and denied_within(row, inside):
        row |= {part: named[part] for part in ("content", "content_spans", "length")} | {"denied_claim": named["claim_id"], "stance": "denies"}


def _without_answers(row: dict, inside: list[dict]) -> str:
    """A claim's content without the words by which others deny it ("that the gate was locked, which the guards deny")."""
    content = row["content"]
    for claim in inside:
        content = content if claim["stance"] != "denies" else content.replace(claim["cue"], " ")
    return content


def _by_itself(row: dict, spans: list[list[int]], inside: list[dict], headline: Span | None) -> bool:
    """Whether a claim is neither told by those inside it, nor cut short: by a headline, whose article says it again, or to a word or two."""
    if is_answer(row) or TOPIC.match(row["content"]) or PART.match(row["content"]) and not says_something(row):
        return False
    telling = (claim["length"] for claim in inside if not _takes_back(row, claim))
    told_inside = not row["denied_claim"] and sum(telling) > COVERED * row["length"]
    in_headline = headline and headline[0] <= spans[0][0] < headline[1]
    return not (told_inside or in_headline or len(row["content"].split()) < FEWEST_WORDS)


def _takes_back(row: dict, inside: dict) -> bool:
    """Whether a claim says no to its source's own words inside it ("withdrew its report that"), which are then no claim."""
    return row["stance"] in ("denies", "rejects") and inside["source_id"] == row["source_id"]


def _attribute(row: dict, origins: Origins) -> None:
    """Set who a claim is by, named where a description stands for the one body that the article names, and who relays it."""
    row["source_id"], *relays = origins.chain(row["claim_id"])
    row["source_id"] = origins.stands_for(row["source_id"], row["article_id"]) or row["source_id"]
    row["source"], row["relays"] = origins.names[row["source_id"]], listed(relays)
    row["outlet_id"] = origins.outlet(row["article_id"])


def _numbers(figures: pd.DataFrame) -> dict[str, list[tuple[int, tuple]]]:
    found: dict[str, list[tuple[int, tuple]]] = defaultdict(list)
    for row in tidy.rows(figures):
        found[row["article_id"]].append((row["start"], (*told(row), row["comparator"], row["unit"])))
    return found


def _within(numbers: list[tuple[int, tuple]], start: int, end: int) -> list[tuple]:
    """The numbers of an article that stand within a stretch of its text."""
    first, last = (bisect_left(numbers, place, key=lambda number: number[0]) for place in (start, end))
    return [number for _, number in numbers[first:last]]


def _groups(rows: list[dict], by_hand: dict[str, str]) -> list[list[dict]]:
    """The claims of an event grouped, each with its score and how it came there."""
    groups: list[list[dict]] = []
    named: dict[str, list[dict]] = {}
    touching = Touching()
    for row in _made_first(rows):
        if row["claim_id"] in by_hand:
            row["score"], row["how"], name = 1.0, "by hand", by_hand[row["claim_id"]]
            if name not in named or not name:
                named[name] = []
                groups.append(named[name])  # which nothing joins by likeness
            named[name].append({**row, "named": name})
            continue
        score, fitting = max(((likeness(row, groups[place]), -place) for place in touching.near(row)), default=(0, 0))
        row["named"] = ""
        if score >= ALIKE:
            row["score"], row["how"] = round(score, 3), "alike; the same numbers, and no other actors"
            groups[-fitting].append(row)
            touching.add(-fitting, row)
        else:
            row["score"], row["how"] = 1.0, "first"
            groups.append([row])
            touching.add(len(groups) - 1, row)
    return groups


class Touching:
    """Which groups of claims have anything that a further claim may be alike to, found without comparing it with each.

    Claims are alike by telling words or numbers that both have, as one denial after another of one source, where a denial names
    the other, or where they read the same; and, unless numbers are left aside, where their numbers are the same or a denial
    has none.
    """

    def __init__(self, with_numbers: bool = True):
        self._with_numbers = with_numbers
        self._groups: dict[tuple, set[int]] = defaultdict(set)

    def add(self, place: int, row: dict) -> None:
        """Put a claim into the group at a place."""
        numbers = row["proposition"].numbers
        for which in {numbers if self._with_numbers else None, *([None] if numbers else [])}:
            for key in _keys(row):
                self._groups[which, key].add(place)
        self._groups["claim", row["claim_id"]].add(place)
        self._groups["denied", row["denied_claim"]].add(place)

    def near(self, row: dict) -> list[int]:
        """The places of the groups that a claim may be alike to, in order."""
        said = row["proposition"]
        numbers = {said.numbers, frozenset(), *([None] if said.denies and not said.numbers else [])} if self._with_numbers else {None}
        found = (self._groups.get((which, key), ()) for which in numbers for key in _keys(row))
        named = (self._groups.get(("claim", row["denied_claim"]), ()), self._groups.get(("denied", row["claim_id"]), ()))
        return sorted(set().union(*found, *named))


def _keys(row: dict) -> set:
    """What a claim has in common with any that it may be alike to."""
    again = {("denies", row["source_id"])} if row["proposition"].denies else set()
    return {*telling(row["content"]), *telling(row["source"]), *row["proposition"].numbers, row["vector"].tobytes()} | again


def _made_first(rows: list[dict]) -> list[dict]:
    """The claims by how often they say no, those first that deny one before them, so that a denial finds what it denies."""
    found: list[dict] = []
    before, touching = -1, Touching(with_numbers=False)
    for noes in sorted({row["proposition"].noes for row in rows}):
        here = [row for row in rows if row["proposition"].noes == noes]
        answers = [before == noes - 1 and any(denies(row, found[place]) for place in touching.near(row)) for row in here]
        before, touching, first = noes, Touching(with_numbers=False), len(found)
        found += [row for row, does in zip(here, answers) if does] + [row for row, does in zip(here, answers) if not does]
        for place, row in enumerate(found[first:], first):
            touching.add(place, row)
    return found


def likeness(row: dict, group: list[dict]) -> float:
    """How alike a claim is to those of a group on average; 0 where a rule speaks against one of them, or a hand made the group.

    A claim of the other side than some of a group denies one of them, or is a denial alike to its own source's there.
    """
    if any(other["how"] == "by hand" for other in group):
        return 0.0
    if any(_names(row, other) for other in group):
        return 1.0
    if any(contradiction(row["proposition"], other["proposition"]) or _one_in_the_other(row, other) or _of_own_deeds(row, other) for other in group):
        return 0.0
    against = [other for other in group if row["proposition"].positive != other["proposition"].positive]
    denied = [other for other in against if denies(row, other)]
    alike = [other for other in group if _denies_again(row, other)] if against else group
    return sum(_alike(row, other, bool(denied)) for other in denied or alike) / max(1, len(denied or alike))


def _alike(row: dict, other: dict, denied: bool) -> float:
    """The mean of the cosine of two claims and the share of their telling words and numbers that both have.

    What the event is called by is no word of either: all speak of it. All are shared where one denies the other. Of two
    denials of one source, which may well vary its words, the cosine is enough.
    """
    cosine = float(row["vector"] @ other["vector"])
    if _denies_again(row, other):
        return cosine
    words = [({*telling(each["content"])} - each["topic"]) | each["proposition"].numbers for each in (row, other)]
    shared = 1.0 if denied else 2 * len(words[0] & words[1]) / max(1, sum(map(len, words)))
    return (cosine + shared) / 2


def _names(row: dict, other: dict) -> bool:
    return other["claim_id"] == row["denied_claim"] or row["claim_id"] == other["denied_claim"]


def _one_in_the_other(row: dict, other: dict) -> bool:
    """Whether a claim stands inside the other: whoever says that somebody said it has not said it too."""
    return row["claim_id"] == other["parent_id"] or other["claim_id"] == row["parent_id"]


def _denies_again(row: dict, other: dict) -> bool:
    return row["source_id"] == other["source_id"] and row["proposition"].denies and other["proposition"].denies


def _of_own_deeds(row: dict, other: dict) -> bool:
    """Whether two bodies deny a topic, each perhaps of itself ("denied any involvement")."""
    return row["source_id"] != other["source_id"] and any(each["proposition"].denies and not says_something(each) for each in (row, other))


def _name(group: list[dict], event_id: str, number: int) -> None:
    """Name a group by the shortest wording that says that it is so, and set the side of each claim.

    Best is a claim that a denial names, then a denial of a part only of what is claimed, then what is claimed.
    """
    named = {row["denied_claim"] for row in group}
    naming = min(group, key=lambda row: (row["claim_id"] not in named, _noes_within(row) % 2, not denies_a_part(row, group), row["proposition"].denies, len(_wording(row)), _wording(row)))
    for row in group:
        row["side"] = MADE if row["proposition"].noes % 2 == _noes_within(naming) % 2 else DENIED
        row["statement"], row["event_id"] = row["named"] or _wording(naming), event_id
        row["statement_id"] = f"{event_id}.s{number}-{slug(row['statement'])[:30].strip('-')}"


def _noes_within(row: dict) -> int:
    """How often what a claim says, or what it denies, says no."""
    return row["proposition"].noes - row["proposition"].denies


def _wording(row: dict) -> str:
    return row["content"].strip(" ,.\"“”'").removeprefix("that ").strip()


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
    } for source_id in {**speakers, **dict.fromkeys(sides)}]


def _denials(group: list[dict]) -> list[dict]:
    """Each denial beside each claim of another source that it denies; alone where no such claim was found."""
    found = []
    for row in group:
        if row["side"] == DENIED:
            made = [other for other in group if other["side"] == MADE and other["source_id"] != row["source_id"]]
            denied = [(other, how) for other in made if (how := _how_denied(row, other))]
            found += [_denial(row, other, how) for other, how in denied or [(None, "")]]
    return found


def _how_denied(row: dict, other: dict) -> str | None:
    """Why a denial is set beside a claim, in words; None where it is not."""
    if row["how"] == other["how"] == "by hand":
        return "by hand"
    if not denies(row, other):
        return None
    return "the denial names this claim" if row["denied_claim"] == other["claim_id"] else "the words of the one stand in the other"


def _denial(row: dict, other: dict | None, how: str) -> dict:
    return {
        "claim_id": row["claim_id"], "source_id": row["source_id"], "statement_id": row["statement_id"],
        "denied_claim_id": other and other["claim_id"], "denied_source_id": other and other["source_id"], "how": how,
        "score": round(float(row["vector"] @ other["vector"]), 3) if other else None,
    }
