"""How well near-copies are found: `python -m tests.near_copies ARTICLES.jsonl`.

near_copies.csv holds 60 pairs of articles of the FA-KES corpus (Abu Salem et al., ICWSM 2019) by their ids, 30 of which
share over 30% of the shorter one's five-word runs, drawn at random in five bands of that share. Each was read: a pair is a
near-copy where at least half of the shorter article's own reporting stands in the other word for word, page furniture and
standing background left out. The corpus itself is not part of this project.
"""

import csv
import json
import sys
from pathlib import Path

from analysis.compare.copies import near_copies
from analysis.compare.rows import Dated
from analysis.corpus import article_from_text


def main(path):
    """Print precision and recall over the pairs, a pair being found where both articles are put down to one text."""
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    articles = [Dated(article_id=row["id"], outlet=row["source"], day=row["published"], text=article_from_text(row["id"], row["text"]).reading) for row in rows]
    found = near_copies(articles)
    first = dict(zip(found["article_id"], found["copy_of"]))
    pairs = list(csv.DictReader((Path(__file__).with_suffix(".csv")).open(encoding="utf-8")))
    said = [first.get(pair["one"], pair["one"]) == first.get(pair["other"], pair["other"]) for pair in pairs]
    true = [pair["near_copy"] == "yes" for pair in pairs]
    right = sum(yes and also for yes, also in zip(said, true))
    for pair, yes, also in zip(pairs, said, true):
        if yes != also:
            print(f"{pair['one']} and {pair['other']}: {'found' if yes else 'not found'}")
    print(f"{len(pairs)} pairs, {sum(true)} near-copies: precision {right / max(1, sum(said)):.2f}, recall {right / sum(true):.2f}")


if __name__ == "__main__":
    main(sys.argv[1])
