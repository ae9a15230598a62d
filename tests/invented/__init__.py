"""An invented corpus of 23 articles by 6 outlets on 3 events, and what is to be found in it, written down by hand.

articles.jsonl holds the articles; claims.csv and figures.csv what a careful reader would extract; expected/ what the
comparison must then say.
"""

import csv
import re
from pathlib import Path

from analysis.corpus import Corpus, article_from_json
from analysis.sources import Asserter
from analysis.types import Claim, Extraction, Figure

HERE = Path(__file__).parent


def rows(name):
    """The rows of a CSV in this folder, as dicts of text."""
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_articles():
    """The corpus, without its tables."""
    lines = (HERE / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return Corpus("invented", HERE, tuple(article_from_json(line, path="articles.jsonl") for line in lines), ())


def extract_by_hand(articles):
    """What `analysis.extract.extract` would find in the articles if it read as well as people do."""
    claims, figures = rows("claims.csv"), rows("figures.csv")
    for article in articles:
        mine = [row for row in claims if row["article_id"] == article.article_id]
        found = [_claim(article.text, row) for row in mine]
        names = [row["name"] for row in mine]
        asserters = [Asserter(claim.source, row["name"], row["kind"], "", names.index(row["name"]))
                     for row, claim in zip(mine, found)]
        numbers = [_figure(article.text, row) for row in figures if row["article_id"] == article.article_id]
        yield Extraction(article, found, numbers, asserters, _sentences(article.text))


def _claim(text, row):
    parent = int(row["parent"]) - 1 if row["parent"] else None
    source, cue, content = ([_span(text, row[part])] for part in ("source", "cue", "content"))
    return Claim(source, cue, content, "indirect", row["stance"], False, parent, "by hand", 1.0)


def _figure(text, row):
    value, low, high = (float(row[part]) if row[part] else None for part in ("value", "low", "high"))
    part_of, claim = (int(row[part]) - 1 if row[part] else None for part in ("part_of", "claim"))
    words = [row["counted"]] if row["counted"] in text else row["counted"].split()
    counted = [_span(text, word) for word in words if word and word in text]
    return Figure(_span(text, row["text"]), value, low, high, row["comparator"], row["kind"], row["unit"],
                  row["counted"], counted,
                  row["measure"] or None, part_of, row["background"] or None, claim)


def _span(text, words):
    """Where `words` first stand; those behind a "|" only say which place is meant."""
    words, _, after = words.partition("|")
    start = text.index(words + after)
    return start, start + len(words)


def _sentences(text):
    return [match.span() for match in re.finditer(r"\S[^\n]*?(?:[.?](?=\s)|(?=\n)|$)", text)]
