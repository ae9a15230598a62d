"""What each rule is worth: the rules of the reading rooms turned off one at a time, and what the scores on gold lose."""

import copy
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from analysis.claims import find_claims, tagger
from analysis.corpus import Article, article_from_text
from analysis.evaluate import count, has_nested, measures
from analysis.evaluate.switches import LISTS, Switch, replaced, switches, turned_off
from analysis.language import parse
from analysis.reader import to_json, told
from analysis.types import Claim, Extraction

RESAMPLED = 300  # times
# column: measure
SHOWN = {
    "claims": "rows of claims: content and name of the source, F1",
    "content": "rows of claims: content, F1",
    "name": "rows of claims found: name of the source",
    "stance": "of claims found: stance",
    "chains": "chains: all, every source in order",
    "figures": "rows of figures: value, comparator, what is counted and asserter, F1",
    "value": "rows of figures: value, F1",
    "compared": "rows of figures found: comparator",
    "asserter": "rows of figures found: asserter",
    "counted": "rows of figures found: what is counted",
    "measure": "rows of figures found: what is measured",
    "part": "rows of figures found: a part of another, F1",
    "past": "rows of figures found: background, F1",
}
ROWS = ("claims", "figures")  # the columns that are sorted by, and given with how sure they are


@dataclass
class Worth:
    """What one rule is worth: `lost` in points for each column of SHOWN, half of the interval that holds 95 of 100 resamplings
    for those of ROWS (`give_or_take`), the articles in which some row changes without it, and the fault where reading fails."""

    rule: str
    changed: int = 0
    lost: dict[str, float] = field(default_factory=dict)
    give_or_take: dict[str, float] = field(default_factory=dict)
    fault: str = ""

    def loss(self) -> float:
        """What the rows lose, claims and figures together."""
        return sum(self.lost.get(column, 0.0) for column in ROWS)


class Bench:
    """Gold with its texts parsed once, tagged once, and read once with every rule on; `chosen` are the rules to be turned off."""

    def __init__(self, gold: list[dict], chosen: list[Switch]):
        self._gold, self._nested = gold, has_nested(gold)
        self._articles = [article_from_text(row["id"], row["text"]) for row in gold]
        self._docs = list(map(parse, self._articles))
        self._tagged: dict[tuple, list] = {}
        self._tag = tagger.attributions
        self._before = [self._read(place) for place in range(len(gold))]
        self._rows = [to_json(extraction) for extraction in self._before]
        self._counts = [self._count(place, rows) for place, rows in enumerate(self._rows)]
        self._fired = self._watch(chosen)

    def scores(self) -> dict[str, float]:
        """The scores with every rule on, by column; those that gold does not allow are left out."""
        return _scores(self._counts)

    def _watch(self, chosen: list[Switch]) -> dict[str, set[int]]:
        """For each function and pattern the places of the articles in which it finds anything at all, in one reading of all."""
        fired: dict[str, set[int]] = {switch.name: set() for switch in chosen if switch.what != "words"}
        with ExitStack() as watching:
            now = [0]
            for switch in chosen:
                if switch.what != "words":
                    watching.enter_context(replaced(switch, _watched(switch, lambda seen=fired[switch.name]: seen.add(now[0]))))
            for now[0] in range(len(self._gold)):
                self._read(now[0])
        return fired

    def worth(self, switch: Switch) -> Worth:
        """What the rule is worth. Costs the rules of its room and those after it, on the articles in which it finds anything."""
        worth, counts = Worth(switch.name), list(self._counts)
        try:
            for place in sorted(self._fired.get(switch.name, range(len(self._gold)))):
                with turned_off(switch):
                    rows = to_json(self._read(place, switch.room))
                if rows != self._rows[place]:
                    worth.changed += 1
                    counts[place] = self._count(place, rows)
        except Exception as error:  # whatever a rule that cannot be missed makes of the rest
            worth.fault = f"needed: {type(error).__name__}"
            return worth
        self._compare(worth, counts)
        return worth

    def _read(self, place: int, room: str = "claims") -> Extraction:
        """Read one article anew from a room on; what the rooms before it, and those beside it, found stands."""
        article, doc = self._articles[place], self._docs[place]
        if room == "figures":
            asserters = self._before[place].asserters
            return replace(told(article, doc, self._before[place].claims), asserters=asserters)
        return told(article, doc, self._before[place].claims if room == "sources" else self._claims(article, doc))

    def _claims(self, article: Article, doc: Doc) -> list[Claim]:
        if tagger.attributions is not self._tag:  # the tagger is off, or watched
            return find_claims(article, doc)
        tagger.attributions = self._tagged_once
        try:
            return find_claims(article, doc)
        finally:
            tagger.attributions = self._tag

    def _tagged_once(self, text: str, *settings, **more) -> list:
        key = (text, *settings, *more.items())
        if key not in self._tagged:
            self._tagged[key] = self._tag(text, *settings, **more)
        return [copy.copy(attribution) for attribution in self._tagged[key]]

    def _count(self, place: int, rows: dict) -> Counter:
        return count(self._gold[place], rows, self._nested)

    def _compare(self, worth: Worth, counts: list[Counter]) -> None:
        before, after = self.scores(), _scores(counts)
        worth.lost = {column: before[column] - after.get(column, 0.0) for column in before}
        for column in (column for column in ROWS if column in before and worth.changed):
            losses = sorted(_loss(column, self._counts, counts, chosen) for chosen in _resampled(len(counts)))
            worth.give_or_take[column] = (losses[-1 - RESAMPLED // 40] - losses[RESAMPLED // 40]) / 2


def _watched(switch: Switch, note: Callable[[], None]) -> object:
    """The rule, calling `note` whenever it finds anything other than nothing."""
    def watched(*values, **named):
        found = switch.on(*values, **named)
        if hasattr(found, "__next__"):
            found = list(found)
        nothing = found is None or found is False or isinstance(found, LISTS) and all(each is None for each in found)
        if switch.changes or not nothing:
            note()
        return found
    return _WatchedPattern(switch.on, note) if switch.what == "pattern" else watched


class _WatchedPattern:
    """A pattern that tells when it matches."""

    def __init__(self, pattern: re.Pattern, note: Callable[[], None]):
        self._pattern, self._note = pattern, note

    def __getattr__(self, name: str):
        method = getattr(self._pattern, name)
        return self._noting(method) if callable(method) else method

    def _noting(self, method: Callable) -> Callable:
        def noting(*values, **named):
            found = method(*values, **named)
            found = list(found) if hasattr(found, "__next__") else found
            if found is not None and found != []:
                self._note()
            return found
        return noting


def _scores(counts: Iterable[Counter]) -> dict[str, float]:
    total = Counter()
    for each in counts:
        total.update(each)
    found = {measure: value for measure, value, _ in measures(total)}
    return {column: found[measure] for column, measure in SHOWN.items() if measure in found}


def _loss(column: str, before: list[Counter], after: list[Counter], chosen: list[int]) -> float:
    """What the F1 of whole rows loses on the chosen articles."""
    keys = [f"{state} {column[:-1]} row{end}" for state, end in (("right", ""), ("gold", "s"), ("found", "s"))]
    keys[0] = f"{column[:-1]} rows right"
    shares = []
    for counts in (before, after):
        right, gold, found = (sum(counts[place][key] for place in chosen) for key in keys)
        shares.append(200 * right / max(1, gold + found))
    return shares[0] - shares[1]


def _resampled(size: int) -> list[list[int]]:
    """Articles drawn again and again with replacement; the same ones in every run."""
    drawn = random.Random(0)
    return [drawn.choices(range(size), k=size) for _ in range(RESAMPLED)]


def ablate(
    gold: list[dict], rule: str | None = None, progress: Callable[[int, int | None], None] | None = None
) -> tuple[dict[str, float], list[Worth]]:
    """Return the scores with every rule on, and what each rule is worth, those first whose absence costs most.

    `rule` names one rule or the beginning of several; ValueError where there is none. Costs one reading of the gold, then for
    each rule the rules of its room on the articles in which it finds anything, about 0.1 ms a word.
    """
    chosen = switches(rule)
    bench, found = Bench(gold, chosen), []
    for done, switch in enumerate(chosen, 1):
        found.append(bench.worth(switch))
        if progress:
            progress(done, len(chosen))
    return bench.scores(), sorted(found, key=lambda worth: (not worth.fault, -worth.loss(), -worth.changed, worth.rule))


def show(scores: dict[str, float], worths: list[Worth]) -> str:
    """The table for a terminal: for each rule the articles whose rows it changes and the points that each score loses without it."""
    width = max(len(worth.rule) for worth in worths)
    header = [f"{'rule':<{width}}", "articles", *(f"{column:>12}" if column in ROWS else f"{column:>8}" for column in scores)]
    on = [
        f"{'every rule on':<{width}}",
        " " * 8,
        *(f"{value:12.1f}" if column in ROWS else f"{value:8.1f}" for column, value in scores.items()),
    ]
    return "\n".join(["  ".join(header), "  ".join(on), *(_line(worth, width, scores) for worth in worths)])


def _line(worth: Worth, width: int, scores: dict[str, float]) -> str:
    cells = [f"{worth.rule:<{width}}", f"{worth.changed:8}"]
    if worth.fault:
        return "  ".join([cells[0], " " * 8, worth.fault])
    for column in scores:
        lost, sure = worth.lost.get(column, 0.0), worth.give_or_take.get(column)
        sign = f"{-lost:+.2f}" if abs(lost) >= 0.005 else ""
        cells.append(
            f"{sign} ±{sure:.2f}".rjust(12)
            if column in ROWS and sign and sure is not None
            else sign.rjust(12 if column in ROWS else 8)
        )
    return "  ".join(cells).rstrip()
