"""The same claim across articles: who makes it, who denies it, who leaves it out."""

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import numpy
import pandas as pd

from analysis.compare.columns import listed, table
from analysis.compare.denials import denied_before, denied_within, denies, is_answer, is_denial, says_something, telling
from analysis.compare.origins import Origins
from analysis.compare.propositions import Proposition, contradiction, in_full, proposition
from analysis.compare.rows import AnsweringClaim, Claim, Dated, Event, Figure, GroupedClaim, SaidClaim, StatedClaim, further, read
from analysis.compare.similarity import vectors
from analysis.corpus import Span, failure
from analysis.ids import slug
from analysis.words.patterns import named

# Of 85 pairs of claims from real articles, read by eye, likeness from 0.5 on was one statement in four of five; from 0.42 to
# 0.5 in one of nine. In tests/invented/paraphrases.csv, of the pairs that it groups more than nine in ten are one statement; of
# those that are, in wholly other words, it groups fewer than one in five.
ALIKE = 0.58  # the likest pair of the example article, of two sources and two statements, has 0.57
FEWEST_WORDS = 3
SURE = 0.6  # who is heard only in claims less sure than this, which the report marks, is not said to have left out anything
TOPIC, PHRASE = named("denying", "topic", "phrase")  # say nothing is so
COVERED = 0.5  # a claim is left to the claims inside it where they hold so much of it
MADE, DENIED, BOTH, LEFT_OUT = "made", "denied", "made and denied", "left out"


def statements(tables: dict[str, pd.DataFrame], articles: list[Dated], events: dict[str, Event], origins: Origins,
               by_hand: dict[str, str]) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """The claims of each event grouped by what they say: `statements`, `statement_claims`, `matrix` and `denials`; and by
    the id of each article whose event's claims could not be grouped, why.

    `events` gives the event of each article, `by_hand` the statement of claims that somebody has grouped ("" for one
    that stands alone). The rest join the group they are most alike on average, from ALIKE up, unless numbers, actors or
    the kind of act speak against it (see `propositions`); `score` is that likeness, of a statement the least of its
    claims'. The matrix has what two sources or more say. Takes time with the square of the claims of one event that share words.
    """
    by_event: dict[str, list[SaidClaim]] = defaultdict(list)
    for row in _said(tables["figures"], articles, events, origins):
        by_event[row.event_id].append(row)
    found: dict[str, list[dict]] = {"statements": [], "statement_claims": [], "matrix": [], "denials": []}
    untold = {}
    for event_id, rows in by_event.items():
        try:
            for name, told in _of_event(rows, event_id, by_hand, origins).items():
                found[name] += told
        except MemoryError:  # no event's fault
            raise
        except Exception as error:
            if events[rows[0].article_id].articles == 1:  # then it is the article's, which is left out
                raise
            untold |= {row.article_id: f"read, but the claims of its event could not be compared: {failure(error)}"
                       for row in rows}
    return {name: table(name, rows) for name, rows in found.items()}, untold


def _of_event(rows: list[SaidClaim], event_id: str, by_hand: dict[str, str], origins: Origins) -> dict[str, list[dict]]:
    """The rows of the four tables that the claims of one event make."""
    found: dict[str, list[dict]] = {"statements": [], "statement_claims": [], "matrix": [], "denials": []}
    speakers = dict.fromkeys(row.source_id for row in rows if row.confidence >= SURE)
    for number, group in enumerate(_groups(rows, by_hand), 1):
        stated = _stated(group, f"{event_id}.s{number}")
        found["statements"].append(_statement(stated))
        found["statement_claims"] += map(vars, stated)
        found["matrix"] += _cells(stated, speakers, origins)
        found["denials"] += _denials(stated)
    return found


def _said(figures: pd.DataFrame, articles: list[Dated], events: dict[str, Event], origins: Origins) -> list[SaidClaim]:
    """The claims that say something by themselves, each with its proposition and its vector."""
    claims = list(origins.claims.values())
    inside, numbers, headlines = _inside(claims), _numbers(read(figures, Figure)), {article.article_id: article.headline for article in articles}
    of_article: dict[str, list[Claim]] = defaultdict(list)
    for row in claims:
        of_article[row.article_id].append(row)
    taken_back = {claim.claim_id for row in claims for claim in inside.get(row.claim_id, []) if _takes_back(row, claim)}
    kept: list[tuple[AnsweringClaim, Proposition]] = []
    for claim in claims:
        within = inside.get(claim.claim_id, [])
        row = _set_against(claim, within, of_article[claim.article_id])
        if row.source_id is not None and row.claim_id not in taken_back and _by_itself(row, within, headlines[row.article_id]):
            here = frozenset(number for span in json.loads(row.content_spans)
                             for number in _within(numbers[row.article_id], *span))
            said = _without_answers(row, within)
            if told := proposition(said, row.stance, row.negated, here, origins.names[row.source_id],
                                   events[row.article_id].place):
                kept.append((_attributed(row, origins), told))
    read_as = vectors([in_full(row.content, row.source) for row, _ in kept])
    return [_as_said(row, told, vector, events[row.article_id], origins) for (row, told), vector in zip(kept, read_as)]


def _as_said(row: AnsweringClaim, told: Proposition, vector: numpy.ndarray, event: Event, origins: Origins) -> SaidClaim:
    relays = origins.chain(row.claim_id)[1:]
    return further(row, SaidClaim, event_id=event.event_id, outlet_id=origins.outlet(row.article_id), relays=listed(relays),
                   proposition=told,
                   topic=frozenset(telling(event.name)), vector=vector)


def _inside(rows: list[Claim]) -> dict[str, list[Claim]]:
    """The claims inside each claim."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for row in rows:
        if row.parent_id is not None:
            found[row.parent_id].append(row)
    return found


def _set_against(row: Claim, inside: list[Claim], article: list[Claim]) -> AnsweringClaim:
    """A claim, a denial told from what is turned down only; one of a claim that it names says no to what that claim says."""
    answers = is_answer(row)
    if row.stance == "denies" and not is_denial(row.cue, row.content):
        return further(row, AnsweringClaim, stance="rejects")
    if named := denied_before(row, article) if answers else row.stance == "denies" and denied_within(row, inside):
        return further(row, AnsweringClaim, content=named.content, content_spans=named.content_spans, denied_claim=named.claim_id,
                       stance="denies")
    return further(row, AnsweringClaim)


def _without_answers(row: AnsweringClaim, inside: list[Claim]) -> str:
    """A claim's content without the words by which others deny it ("that the gate was locked, which the guards deny")."""
    content = row.content
    for claim in inside:
        content = content if claim.stance != "denies" else content.replace(claim.cue, " ")
    return content


def _by_itself(row: AnsweringClaim, inside: list[Claim], headline: Span | None) -> bool:
    """Whether a claim is neither told by those inside it, nor cut short: by a headline, whose article says it again, or to a word or two."""
    if is_answer(row) or TOPIC.match(row.content) or PHRASE.match(row.content) and not says_something(row.content):
        return False
    telling = (claim.length for claim in inside if not _takes_back(row, claim))
    told_inside = not row.denied_claim and sum(telling) > COVERED * row.length
    in_headline = headline and headline[0] <= json.loads(row.content_spans)[0][0] < headline[1]
    return not (told_inside or in_headline or len(row.content.split()) < FEWEST_WORDS)


def _takes_back(row: Claim, inside: Claim) -> bool:
    """Whether a claim says no to its source's own words inside it ("withdrew its report that"), which are then no claim."""
    return row.stance in ("denies", "rejects") and inside.source_id == row.source_id


def _attributed(row: AnsweringClaim, origins: Origins) -> AnsweringClaim:
    """A claim with who it is by, named where a description stands for the one body that the article names."""
    source_id = origins.chain(row.claim_id)[0]
    source_id = origins.stands_for(source_id, row.article_id) or source_id
    return replace(row, source_id=source_id, source=origins.names[source_id])


def _numbers(figures: list[Figure]) -> dict[str, list[tuple[int, tuple]]]:
    found: dict[str, list[tuple[int, tuple]]] = defaultdict(list)
    for row in figures:
        found[row.article_id].append((row.start, (*row.number, row.comparator, row.unit)))
    return found


def _within(numbers: list[tuple[int, tuple]], start: int, end: int) -> list[tuple]:
    """The numbers of an article that stand within a stretch of its text."""
    first, last = (bisect_left(numbers, place, key=lambda number: number[0]) for place in (start, end))
    return [number for _, number in numbers[first:last]]


def _groups(rows: list[SaidClaim], by_hand: dict[str, str]) -> list[list[GroupedClaim]]:
    """The claims of an event grouped, each with its score and how it came there."""
    groups: list[list[GroupedClaim]] = []
    named: dict[str, list[GroupedClaim]] = {}
    touching = Touching()
    for row in _made_first(rows):
        if row.claim_id in by_hand:
            name = by_hand[row.claim_id]
            if name not in named or not name:
                named[name] = []
                groups.append(named[name])  # which nothing joins by likeness
            named[name].append(further(row, GroupedClaim, score=1.0, how="by hand", named=name))
            continue
        score, fitting = max(((likeness(row, groups[place]), -place) for place in touching.near(row)), default=(0, 0))
        place = -fitting if score >= ALIKE else len(groups)
        if place == len(groups):
            groups.append([further(row, GroupedClaim, score=1.0, how="first")])
        else:
            groups[place].append(further(row, GroupedClaim, score=round(score, 3),
                                         how="alike; the same numbers, and no other actors"))
        touching.add(place, row)
    return groups


class Touching:
    """Which groups of claims have anything that a further claim may be alike to, found without comparing it with each.

    Claims are alike by telling words or numbers that both have, as one denial after another of one source, where a denial names
    the other, or where they read the same; and only where their numbers are the same or a denial has none.
    """

    def __init__(self):
        self._groups: dict[tuple, set[int]] = defaultdict(set)

    def add(self, place: int, row: SaidClaim) -> None:
        """Put a claim into the group at a place."""
        numbers = row.proposition.numbers
        for which in (numbers, None) if numbers else (numbers,):
            for key in _keys(row):
                self._groups[which, key].add(place)
        self._groups["claim", row.claim_id].add(place)
        self._groups["denied", row.denied_claim].add(place)

    def near(self, row: SaidClaim) -> list[int]:
        """The places of the groups that a claim may be alike to, in order."""
        said = row.proposition
        numbers = {said.numbers, frozenset(), *([None] if said.denies and not said.numbers else [])}
        found = (self._groups.get((which, key), ()) for which in numbers for key in _keys(row))
        named = (self._groups.get(("claim", row.denied_claim), ()), self._groups.get(("denied", row.claim_id), ()))
        return sorted(set().union(*found, *named))


def _keys(row: SaidClaim) -> set:
    """What a claim has in common with any that it may be alike to."""
    again = {("denies", row.source_id)} if row.proposition.denies else set()
    return {*telling(row.content), *telling(row.source), *row.proposition.numbers, row.vector.tobytes()} | again


def _made_first(rows: list[SaidClaim]) -> list[SaidClaim]:
    """The claims by how often they say no, those first that deny one before them, so that a denial finds what it denies."""
    found: list[SaidClaim] = []
    for noes in sorted({row.proposition.noes for row in rows}):
        here = [row for row in rows if row.proposition.noes == noes]
        before = _by_words(row for row in found if row.proposition.noes == noes - 1)
        answers = [any(denies(row, other) for other in _deniable(row, before)) for row in here]
        found += [row for row, does in zip(here, answers) if does] + [row for row, does in zip(here, answers) if not does]
    return found


def _by_words(rows: Iterable[SaidClaim]) -> dict[tuple[frozenset[str], frozenset[str]], list[SaidClaim]]:
    """Claims by the telling words of what they say, and those with the words for who says it."""
    found: dict[tuple[frozenset[str], frozenset[str]], list[SaidClaim]] = defaultdict(list)
    for row in rows:
        found[frozenset(telling(row.content)), frozenset((*telling(row.content), *telling(row.source)))].append(row)
    return found


def _deniable(row: SaidClaim, before: dict[tuple[frozenset[str], frozenset[str]], list[SaidClaim]]) -> Iterable[SaidClaim]:
    """Of the claims before one those that it may deny: all words of the one stand in the other, or it names the claim."""
    words = frozenset(telling(row.content))
    whole, anything = words | frozenset(telling(row.source)), row.denied_claim is not None
    for (said, with_source), others in before.items():
        if anything or words <= with_source or said <= whole:
            yield from others


def likeness(row: SaidClaim, group: list[GroupedClaim]) -> float:
    """How alike a claim is to those of a group on average; 0 where a rule speaks against one of them, or a hand made the group.

    A claim of the other side than some of a group denies one of them, or is a denial alike to its own source's there.
    """
    if any(other.how == "by hand" for other in group):
        return 0.0
    if any(_names(row, other) for other in group):
        return 1.0
    if any(contradiction(row.proposition, other.proposition) or _one_in_the_other(row, other) or _of_own_deeds(row, other)
           for other in group):
        return 0.0
    against = [other for other in group if row.proposition.positive != other.proposition.positive]
    denied = [other for other in against if denies(row, other)]
    alike = [other for other in group if _denies_again(row, other)] if against else group
    return sum(_alike(row, other, bool(denied)) for other in denied or alike) / max(1, len(denied or alike))


def _alike(row: SaidClaim, other: SaidClaim, denied: bool) -> float:
    """The mean of the cosine of two claims and the share of their telling words and numbers that both have.

    What the event is called by is no word of either: all speak of it. All are shared where one denies the other. Of two
    denials of one source, which may well vary its words, the cosine is enough.
    """
    cosine = float(row.vector @ other.vector)
    if _denies_again(row, other):
        return cosine
    words = [({*telling(each.content)} - each.topic) | each.proposition.numbers for each in (row, other)]
    shared = 1.0 if denied else 2 * len(words[0] & words[1]) / max(1, sum(map(len, words)))
    return (cosine + shared) / 2


def _names(row: SaidClaim, other: SaidClaim) -> bool:
    return other.claim_id == row.denied_claim or row.claim_id == other.denied_claim


def _one_in_the_other(row: SaidClaim, other: SaidClaim) -> bool:
    """Whether a claim stands inside the other: whoever says that somebody said it has not said it too."""
    return row.claim_id == other.parent_id or other.claim_id == row.parent_id


def _denies_again(row: SaidClaim, other: SaidClaim) -> bool:
    return row.source_id == other.source_id and row.proposition.denies and other.proposition.denies


def _of_own_deeds(row: SaidClaim, other: SaidClaim) -> bool:
    """Whether two bodies deny a topic, each perhaps of itself ("denied any involvement")."""
    return row.source_id != other.source_id and any(each.proposition.denies and not says_something(each.content)
                                                    for each in (row, other))


def _stated(group: list[GroupedClaim], key: str) -> list[StatedClaim]:
    """A group named by the shortest wording that says that it is so, with the side of each claim; `key` begins the statement's id.

    Best is a claim that a denial names, then what is claimed.
    """
    named = {row.denied_claim for row in group}
    naming = min(group, key=lambda row: (row.claim_id not in named, _noes_within(row) % 2, row.proposition.denies,
                                         len(_wording(row)), _wording(row)))
    found = []
    for row in group:
        statement = row.named or _wording(naming)
        side = MADE if row.proposition.noes % 2 == _noes_within(naming) % 2 else DENIED
        found.append(further(row, StatedClaim, side=side, statement=statement,
                             statement_id=f"{key}-{slug(statement)[:30].strip('-')}"))
    return found


def _noes_within(row: SaidClaim) -> int:
    """How often what a claim says, or what it denies, says no."""
    return row.proposition.noes - row.proposition.denies


def _wording(row: SaidClaim) -> str:
    return row.content.strip(" ,.\"“”'").removeprefix("that ").strip()


def _statement(group: list[StatedClaim]) -> dict:
    sides = [row.side for row in group]
    hows = {row.how for row in group} - {"first"}
    return {**vars(group[0]), "made": sides.count(MADE), "denied": sides.count(DENIED), "score": min(row.score for row in group),
            "sources": len({row.source_id for row in group}), "how": "; ".join(sorted(hows)) or "alone"}


def _cells(group: list[StatedClaim], speakers: dict[str, None], origins: Origins) -> list[dict]:
    """A row of the matrix for each source of the event, where two sources or more speak of the statement."""
    sides: dict[str, list[str]] = defaultdict(list)
    for row in group:
        sides[row.source_id].append(row.side)
    if len(sides) < 2:
        return []
    return [{
        "statement_id": group[0].statement_id, "source_id": source_id, "source": origins.names[source_id],
        "claims": len(sides[source_id]),
        "side": BOTH if len(set(sides[source_id])) > 1 else sides[source_id][0] if sides[source_id] else LEFT_OUT,
    } for source_id in {**speakers, **dict.fromkeys(sides)}]


def _denials(group: list[StatedClaim]) -> list[dict]:
    """Each denial beside each claim of another source that it denies; alone where no such claim was found."""
    found = []
    for row in group:
        if row.side == DENIED:
            made = [other for other in group if other.side == MADE and other.source_id != row.source_id]
            denied = [(other, how) for other in made if (how := _how_denied(row, other))]
            found += [_denial(row, other, how) for other, how in denied or [(None, "")]]
    return found


def _how_denied(row: StatedClaim, other: StatedClaim) -> str | None:
    """Why a denial is set beside a claim, in words; None where it is not."""
    if row.how == other.how == "by hand":
        return "by hand"
    if not denies(row, other):
        return None
    return "the denial names this claim" if row.denied_claim == other.claim_id else "the words of the one stand in the other"


def _denial(row: StatedClaim, other: StatedClaim | None, how: str) -> dict:
    return {
        "claim_id": row.claim_id, "source_id": row.source_id, "statement_id": row.statement_id,
        "denied_claim_id": other and other.claim_id, "denied_source_id": other and other.source_id, "how": how,
        "score": round(float(row.vector @ other.vector), 3) if other else None,
    }
