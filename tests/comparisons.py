"""How well comparisons come out of texts, over fresh invented corpora: `python -m tests.comparisons [dev-1 ...]`.

gold/comparisons holds corpora of 20 to 24 articles on three or four affairs each, written by people who never saw
what the machine makes of them, with every figure that belongs into a comparison (figures.csv), those that do not
(set_aside.csv), the comparisons themselves and the events. The rules are developed on `dev`; of `test` only these
numbers are read.
"""

import re
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pandas as pd

from analysis import tabulate
from analysis.compare.build import compare
from analysis.corpus import Corpus, article_from_json
from analysis.extract import extract
from tests import invented

GOLD = Path(__file__).parent / "gold" / "comparisons"


def read(name):
    """The corpus of that name, compared, and its articles' texts."""
    lines = (GOLD / name / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = tuple(article_from_json(line, path=f"{name}/articles.jsonl") for line in lines)
    corpus = Corpus(name, GOLD / name, articles, ())
    return compare(corpus, tabulate.build(corpus, extract(articles))), {article.article_id: article.text for article in articles}


def rows(name, table):
    """The rows of one of the corpus's hand-written tables, as dicts of text."""
    return invented.rows(GOLD / name / f"{table}.csv")


def measure(name):
    """Counts of what is right, by name of the measure: (right, of how many)."""
    found, texts = read(name)
    event_of = {article_id: event["name"] for event in rows(name, "events") for article_id in event["articles"].split()}
    gold = [{**row, "what": (event_of[row["article_id"]], row["what"])} for row in rows(name, "figures")]
    placed = _placed(found["figures"], texts, gold)
    compared = found["compared"].set_index("figure_id")
    inside = {place: compared.loc[figure_id] for place, figure_id in placed.items() if figure_id in compared.index}
    pairs = {pair for pair in combinations(range(len(gold)), 2) if gold[pair[0]]["what"] == gold[pair[1]]["what"]}
    paired = {pair for pair in combinations(inside, 2) if inside[pair[0]]["comparison_id"] == inside[pair[1]]["comparison_id"]}
    same = _together(event["articles"].split() for event in rows(name, "events"))
    grouped = _together(ids for _, ids in found["event_articles"].groupby("event_id")["article_id"])
    verdicts = _verdicts(found["comparisons"], gold, inside)
    expected = [{**row, "what": (row["event"], row["what"])}
                for row in rows(name, "comparisons") if row["verdict"] != "one origin"]
    disagreeing = {row["what"] for row in expected if row["verdict"] == "disagree"}
    named = {what for what, verdict in verdicts.items() if verdict == "disagree"}
    besides = set(compared.index) - set(placed.values())
    return {
        "articles grouped, precision": (len(same & grouped), len(grouped)),
        "articles grouped, recall": (len(same & grouped), len(same)),
        "figures compared": (len(inside), len(gold)),
        "figures grouped, precision": (len(pairs & paired), len(paired)),
        "figures grouped, recall": (len(pairs & paired), len(pairs)),
        "figures' origin": (sum(_same_name(row["origin"], gold[place]["origin"]) for place, row in inside.items()), len(inside)),
        "comparisons of several origins: verdict": (sum(verdicts.get(row["what"]) == row["verdict"] for row in expected),
                                                    len(expected)),
        "disagreements, precision": (len(named & disagreeing), len(named) + _unknown(found["comparisons"], inside)),
        "disagreements, recall": (len(named & disagreeing), len(disagreeing)),
        "figures set aside by hand and not compared": _set_aside(found["figures"], besides, rows(name, "set_aside")),
    }


def _placed(figures, texts, gold):
    """For the place of each hand-written row the id of the figure that overlaps it; of equal texts each stands for one occurrence, in order."""
    taken, placed = Counter(), {}
    for place, row in enumerate(gold):
        key = row["article_id"], row["text"]
        spans = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(row['text'])}(?!\w)", texts[row["article_id"]])]
        here = figures[figures["article_id"] == row["article_id"]]
        over = [(figure.figure_id for figure in here.itertuples() if figure.start < end and start < figure.end)
                for start, end in spans]
        read = [figure_id for figure_id in (next(ids, None) for ids in over) if figure_id]
        if taken[key] < len(read):
            placed[place] = read[taken[key]]
        taken[key] += 1
    return placed


def _together(groups):
    """Every pair of articles of one group."""
    return {pair for ids in groups for pair in combinations(sorted(ids), 2)}


def _verdicts(comparisons, gold, inside):
    """For each hand-written comparison the verdict of that which holds most of its figures."""
    verdict = dict(zip(comparisons["comparison_id"], comparisons["verdict"]))
    holding = {}
    for place, row in inside.items():
        holding.setdefault(gold[place]["what"], Counter())[row["comparison_id"]] += 1
    return {what: verdict[ids.most_common(1)[0][0]] for what, ids in holding.items()}


def _unknown(comparisons, inside):
    """How many disagreements hold no figure that belongs into a comparison."""
    known = {row["comparison_id"] for row in inside.values()}
    return len(set(comparisons["comparison_id"][comparisons["verdict"] == "disagree"]) - known)


def _same_name(ours, theirs):
    """Whether one name holds all telling words of the other ("Observatory", "the Vellin Observatory")."""
    words = [set(re.findall(r"\w+", name.lower())) - {"the", "of", "a"} for name in (ours, theirs)]
    return bool(words[0] & words[1]) and (words[0] <= words[1] or words[1] <= words[0])


def _set_aside(figures, compared, gold):
    """How many of the figures set aside by hand are in no comparison."""
    inside = figures[figures["figure_id"].isin(compared)]
    wrong = sum(((inside["article_id"] == row["article_id"]) & (inside["text"] == row["text"])).any() for row in gold)
    return len(gold) - wrong, len(gold)


def main(names):
    """Print each measure over the corpora of each half."""
    names = names or sorted(folder.name for folder in GOLD.iterdir())
    shown = {}
    for name in names:
        for what, counts in measure(name).items():
            before = shown.setdefault(name.partition("-")[0], {}).get(what, (0, 0))
            shown[name.partition("-")[0]][what] = tuple(map(sum, zip(before, counts)))
    print(pd.DataFrame({half: {what: f"{100 * right / max(1, of):.1f} of {of}" for what, (right, of) in found.items()}
                        for half, found in shown.items()}).to_string())


if __name__ == "__main__":
    main(sys.argv[1:])
