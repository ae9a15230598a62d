"""Make compare/model/pairs.npz, the trees that tell whether two figures read one quantity.

`python -m analysis.training.pairs DATA_FOLDER INVENTED_FOLDER` (tests/gold):

DATA_FOLDER holds events/events.json (article, event, outlet, day), events/labels.jsonl (the quantity of each figure) and
corpora/*/articles.jsonl (the texts); INVENTED_FOLDER holds comparisons/ with corpora, of which those called dev-... are learned from,
and narratives*.jsonl, of which those not kept aside are. Needs the extra [train]; some minutes on one core. `--folds 8` writes nothing
and prints how right the groups are, by trees that have learned from the events of the other folds.
"""

import argparse
import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy
from sklearn.ensemble import ExtraTreesClassifier

from analysis import tabulate
from analysis.compare import forest
from analysis.compare.build import figures_by_event
from analysis.compare.linkage import linked
from analysis.compare.pairs import pairs_of
from analysis.compare.quantities import SAME
from analysis.compare.rows import CountedFigure
from analysis.corpus import Corpus, article_from_json
from analysis.extract import extract
from analysis.training.parts import rows_of

TREES, LEAST_IN_A_LEAF, FEATURES, SEED = 100, 5, 0.3, 1
ASIDE = ("", "set aside")  # the quantity of a number that the labels keep out of every comparison
INVENTED, NARRATIVES, UNTOLD = 1.0, 0.5, 0.5  # how much a pair of invented texts, of narratives, or of numbers that no label tells of, weighs
STEP = 1 / 1024  # thresholds lie between the values that features take


@dataclass
class Taught:
    """The pairs of an event's figures: `same` is 1, 0 or, where nobody can tell, -1; `quantity` is that of each figure, where told."""

    event: str
    figures: list[CountedFigure]
    quantity: list[tuple[str, str] | None]
    one: numpy.ndarray
    other: numpy.ndarray
    features: numpy.ndarray
    same: numpy.ndarray
    weight: numpy.ndarray


def real(data: Path) -> list[Taught]:
    """The labelled events of DATA_FOLDER."""
    chosen = json.loads((data / "events" / "events.json").read_text(encoding="utf-8"))["articles"]
    texts = {name: {str(row.get("doc_id") or row.get("id")): row for row in rows_of(data / "corpora" / name / "articles.jsonl")}
             for name in {row["corpus"] for row in chosen}}
    lines = [_line(row, texts[row["corpus"]][row["doc_id"]]) for row in chosen]
    told: dict[str, list[tuple[int, int, tuple[str, str]]]] = {}
    for row in rows_of(data / "events" / "labels.jsonl"):
        told[row["doc_id"]] = [(each["start"], each["end"], (row["event"], each["quantity"])) for each in row["figures"]]
        told[row["doc_id"]] += [(each["start"], each["end"], ASIDE) for each in row["not_comparable"]]
    return _taught(lines, told, 1.0)


def _line(chosen: dict, row: dict) -> dict:
    day = chosen["published"] if "published" in chosen else str(row["published"])[:10]
    return {"id": chosen["doc_id"], "text": row["text"], "title": row["title"], "outlet": chosen["outlet"], "event": chosen["event"],
            **({"published": day} if day else {})}


def invented(folder: Path) -> list[Taught]:
    """The labelled events of a folder as those in tests/gold/comparisons."""
    lines = rows_of(folder / "articles.jsonl")
    texts = {row["id"]: row["text"] for row in lines}
    event_of = {article_id: row["name"] for row in _table(folder / "events.csv") for article_id in row["articles"].split()}
    told: dict[str, list[tuple[int, int, tuple[str, str]]]] = defaultdict(list)
    seen: Counter = Counter()
    for row in _table(folder / "figures.csv") + [{**row, "what": ""} for row in _table(folder / "set_aside.csv")]:
        spans = [found.span() for found in re.finditer(rf"(?<!\w){re.escape(row['text'])}(?!\w)", texts[row["article_id"]])]
        which = seen[row["article_id"], row["text"]]
        seen[row["article_id"], row["text"]] += 1
        if which < len(spans):
            told[row["article_id"]].append((*spans[which], (event_of[row["article_id"]], row["what"]) if row["what"] else ASIDE))
    return _taught([{**row, "event": event_of[row["id"]]} for row in lines], told, INVENTED)


def narratives(path: Path) -> list[Taught]:
    """The texts of a file as tests/gold/narratives.jsonl, each an event by itself, but for those kept aside."""
    lines = [row for row in rows_of(path) if not row.get("aside")]
    told = {row["id"]: [(start, end, (row["id"], "dead")) for start, end in row["dead"]] for row in lines}
    return _taught([{"id": row["id"], "text": row["text"], "event": row["id"]} for row in lines], told, NARRATIVES, ASIDE)


def _taught(lines: list[dict], told: dict[str, list[tuple[int, int, tuple[str, str]]]], weight: float,
            untold: tuple[str, str] | None = None) -> list[Taught]:
    """The pairs of each event, with what the labels say of them; a label is of the figure that it overlaps most, `untold` of all others."""
    articles = tuple(article_from_json(json.dumps(line).encode(), path="articles.jsonl") for line in lines)
    corpus = Corpus("labelled", Path("nowhere"), articles, ())
    found = []
    for event, figures in figures_by_event(corpus, tabulate.build(corpus, extract(articles))).items():
        figures = [row for row in figures if not row.why]
        quantity: dict[str, tuple[str, str]] = {}
        here = {row.article_id for row in figures}
        for article_id, labels in told.items():
            for start, end, what in labels if article_id in here else ():
                over = {row.figure_id: min(row.end, end) - max(row.start, start) for row in figures if row.article_id == article_id}
                if over and (most := max(over, key=over.get)) and over[most] > 0:
                    quantity.setdefault(most, what)
        if len(figures) > 1:
            found.append(_pairs(event, figures, [quantity.get(row.figure_id, untold) for row in figures], weight))
    return found


def _pairs(event: str, figures: list[CountedFigure], quantity: list[tuple[str, str] | None], weight: float) -> Taught:
    one, other, features, _ = pairs_of(figures)
    same = numpy.array([_same(quantity[a], quantity[b], figures[a].kind) for a, b in zip(one, other)], int)
    told = numpy.array([bool(quantity[a] or quantity[b]) for a, b in zip(one, other)], bool)
    return Taught(event, figures, quantity, one, other, features, same, weight * numpy.where(told, 1, UNTOLD))


def _same(one: tuple[str, str] | None, other: tuple[str, str] | None, kind: str) -> int:
    """What two numbers that are both kept out, or of which one is untold, may read nobody knows; ages of bystanders are not labelled."""
    kept = [each for each in (one, other) if each and each != ASIDE]
    if kept:
        return int(one == other)
    return -1 if one or other or kind == "age" else 0


def learn(taught: list[Taught]) -> forest.Forest:
    """Trees over the pairs of events."""
    known = [row.same >= 0 for row in taught]
    features, same, weight = (numpy.concatenate([getattr(row, name)[here] for row, here in zip(taught, known)])
                              for name in ("features", "same", "weight"))
    trees = ExtraTreesClassifier(TREES, min_samples_leaf=LEAST_IN_A_LEAF, max_features=FEATURES, random_state=SEED)
    trees.fit(features, same, sample_weight=weight)
    return as_arrays([each.tree_ for each in trees.estimators_])


def as_arrays(trees: list) -> forest.Forest:
    """The trees of scikit-learn one after the other; thresholds in whole steps, between the values that features take."""
    sizes = [tree.node_count for tree in trees]
    roots = numpy.cumsum([0, *sizes[:-1]])
    inner = [tree.children_left >= 0 for tree in trees]
    feature = numpy.concatenate([numpy.where(here, tree.feature, -1) for tree, here in zip(trees, inner)])
    left, right = (numpy.concatenate([getattr(tree, name) + root for tree, root in zip(trees, roots)])
                   for name in ("children_left", "children_right"))
    threshold = numpy.concatenate([tree.threshold for tree in trees])
    share = numpy.concatenate([tree.value[:, 0, 1] for tree in trees])
    between = numpy.floor(threshold / STEP) * STEP + STEP / 2
    return forest.Forest(roots.astype(numpy.int32), feature.astype(numpy.int16), between.astype(numpy.float32),
                         left.astype(numpy.int32), right.astype(numpy.int32), numpy.round(share, 3).astype(numpy.float32))


def judge(taught: list[Taught], trees: forest.Forest) -> Counter:
    """Counts over pairs of labelled figures of different articles: how many are grouped, rightly so, and how many should be."""
    counts: Counter = Counter()
    for row in taught:
        groups = linked(zip(row.one.tolist(), row.other.tolist(), trees.sure(row.features).tolist()), len(row.figures), SAME)
        of = {place: number for number, group in enumerate(groups) for place in group}
        for a, b in combinations(range(len(row.figures)), 2):
            if row.figures[a].article_id != row.figures[b].article_id and row.quantity[a] and row.quantity[b]:
                same, together = row.quantity[a] == row.quantity[b] != ASIDE, of[a] == of[b]
                counts.update({"grouped": together, "right": same and together, "one": same})
    return counts


def folds(taught: list[Taught], number: int) -> Iterable[tuple[list[Taught], list[Taught]]]:
    """What to learn from and what to judge on: each event in one fold, the largest first, to the fold that has least."""
    sizes, parts = [0] * number, [[] for _ in range(number)]
    for row in sorted(taught, key=lambda row: (-len(row.same), row.event)):
        least = sizes.index(min(sizes))
        sizes[least] += len(row.same)
        parts[least].append(row)
    for part in parts:
        yield [row for row in taught if not any(row is each for each in part)], part


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("invented", type=Path)
    parser.add_argument("--folds", type=int)
    arguments = parser.parse_args()
    events = real(arguments.data)
    made_up = [row for folder in sorted((arguments.invented / "comparisons").glob("dev-*")) for row in invented(folder)]
    made_up += [row for file in sorted(arguments.invented.glob("narratives*.jsonl")) for row in narratives(file)]
    if not arguments.folds:
        forest.save(learn(events + made_up))
        return
    counts: Counter = Counter()
    for others, part in folds(events, arguments.folds):
        counts.update(judge(part, learn(others + made_up)))
    print(f"pairs: precision {counts['right'] / counts['grouped']:.1%}, recall {counts['right'] / counts['one']:.1%}, of {counts['one']}")


if __name__ == "__main__":
    main()
