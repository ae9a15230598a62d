"""Claims and figures as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), an annotation a line.

A target has its place in the article's text, in code points, and its words with those around them, by which it is found
again after the text was edited elsewhere.
"""

import json
from pathlib import Path

import pandas as pd

from analysis.corpus import Corpus, Span
from analysis.exports.plain import write_lines
from analysis.tables import rows, shown

AROUND = 32  # characters before and after the words
FACTS = ("value", "low", "high", "comparator", "unit", "measure")  # of a figure
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def write(tables: dict[str, pd.DataFrame], corpus: Corpus, folder: Path) -> None:
    """Write annotations.jsonl."""
    texts = {shown(article.article_id): (article.url or article.path, article.text) for article in corpus.articles}
    names = {row["source_id"]: row["name"] for row in rows(tables["sources"])}
    claims = (_annotation(row, row["claim_id"], texts, json.loads(row["content_spans"]), "describing",
                          {"source": names.get(row["source_id"]), "stance": row["stance"], "inside": row["parent_id"]})
              for row in rows(tables["claims"]))
    figures = (_annotation(row, row["figure_id"], texts, [[row["start"], row["end"]]], "tagging",
                           {"source": names.get(row["source_id"]), **{name: row[name] for name in FACTS}})
               for row in rows(tables["figures"]))
    write_lines([*claims, *figures], folder / "annotations.jsonl")


def _annotation(row: dict, row_id: str, texts: dict, spans: list, motivation: str, told: dict) -> dict:
    place, text = texts[row["article_id"]]
    told = json.dumps({name: value for name, value in told.items() if value is not None})
    return {
        "@context": CONTEXT, "id": f"urn:onrecord:{row_id}", "type": "Annotation", "motivation": motivation,
        "body": {"type": "TextualBody", "format": "application/json", "value": told},
        "target": [{"source": shown(place), "selector": _selectors(text, span)} for span in spans],
    }


def _selectors(text: str, span: Span) -> list[dict]:
    start, end = span
    words = {"exact": text[start:end], "prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND]}
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", **{name: shown(part) for name, part in words.items()}},
    ]
