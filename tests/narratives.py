"""How often the range of the civilian dead comes out of a recorder's narratives: `python -m tests.narratives`.

Each is one text that tells many sources' counts. gold/narratives.jsonl holds forty of them, invented, and coded by hand before anything was
read by the machine. Each is compared alone. The trees over pairs learn from the first half; of the half kept aside only the score is read.
"""

import json
from collections import Counter
from pathlib import Path

import pandas as pd

from analysis import tabulate
from analysis.compare.build import compare
from analysis.corpus import Corpus, article_from_json
from analysis.extract import extract
from analysis.words import words_of

GOLD = Path(__file__).parent / "gold" / "narratives.jsonl"
ARMED = words_of("comparing", "people", "armed")


def read():
    """The hand-written rows, and of each what is found in it."""
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    articles = [article_from_json(line, path=GOLD.name) for line in lines]
    return list(map(json.loads, lines)), list(extract(articles))


def compared(found):
    """The tables of one narrative, compared alone."""
    corpus = Corpus("narratives", GOLD.parent, (found.article,), ())
    return compare(corpus, tabulate.build(corpus, [found]))


def dead(found):
    """The lowest and the highest number of the dead that a reader sees in the comparison of most sources, None where there is none.

    "At least ten" is ten at both ends; "up to five" tells of the highest alone.
    """
    units = found["figures"].set_index("figure_id")["unit"]
    people = found["compared"][~found["compared"]["figure_id"].map(units).isin(ARMED)]
    killed = people.loc[people["measure"] == "killed", "comparison_id"]
    civilian = found["comparisons"][found["comparisons"]["comparison_id"].isin(killed)]
    if civilian.empty:
        return None
    most = civilian.sort_values(["origins", "figures"], ascending=False, kind="stable")["comparison_id"].iloc[0]
    origins = found["origins"][found["origins"]["comparison_id"] == most]
    lows, highs = origins["low"].dropna(), origins["high"].dropna()
    return min(lows if len(lows) else highs), max([*highs, *lows])


def exact(rows, found):
    """For each half, how many of its ranges are exact, and of how many."""
    halves = {half: Counter() for half in ("to develop on", "kept aside")}
    for row, here in zip(rows, found):
        counts = halves["kept aside" if row.get("aside") else "to develop on"]
        counts.update(right=dead(compared(here)) == (row["low"], row["high"]), of=1)
    return {half: (counts["right"], counts["of"]) for half, counts in halves.items()}


def main():
    """Print how many ranges are exact in each half."""
    shown = {half: f"{right} of {of}" for half, (right, of) in exact(*read()).items()}
    print(pd.Series(shown, name="range of the dead exact").to_string())


if __name__ == "__main__":
    main()
