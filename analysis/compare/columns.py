"""The tables of a comparison and their columns: the one declaration."""

import json
from collections.abc import Iterable

import pandas as pd

from analysis.tables import NUMBER, TEXT, WHOLE, YES_NO, Declared

TABLES: Declared = {
    "events": {
        "event_id": TEXT, "name": TEXT, "place": TEXT, "first": TEXT, "last": TEXT, "articles": WHOLE, "outlets": WHOLE,
        "how": TEXT,
    },
    "event_articles": {"article_id": TEXT, "event_id": TEXT, "similarity": NUMBER, "how": TEXT},
    "copies": {"article_id": TEXT, "copy_of": TEXT, "nearest": TEXT, "shared": NUMBER},
    "compared": {
        "comparison_id": TEXT, "figure_id": TEXT, "article_id": TEXT, "event_id": TEXT, "outlet_id": TEXT, "outlet": TEXT,
        "origin_id": TEXT, "origin": TEXT, "origin_how": TEXT, "relays": TEXT, "own_voice": YES_NO, "copy": YES_NO,
        "what": TEXT, "measure": TEXT, "low": NUMBER, "high": NUMBER, "comparator": TEXT, "reading": TEXT, "as_of": TEXT,
        "as_of_from": TEXT,
        "sure": NUMBER, "quote": TEXT,
    },
    "set_aside": {"figure_id": TEXT, "event_id": TEXT, "why": TEXT},
    "comparisons": {
        "comparison_id": TEXT, "event_id": TEXT, "what": TEXT, "verdict": TEXT, "low": NUMBER, "high": NUMBER,
        "common_low": NUMBER, "common_high": NUMBER, "gap": NUMBER, "origins": WHOLE, "own_voices": WHOLE, "outlets": WHOLE,
        "figures": WHOLE, "sure": NUMBER, "alarm": TEXT, "sentence": TEXT,
    },
    "origins": {
        "comparison_id": TEXT, "origin_id": TEXT, "origin": TEXT, "reading": TEXT, "low": NUMBER, "high": NUMBER,
        "comparator": TEXT, "as_of": TEXT, "outlets": TEXT, "figures": TEXT, "other_readings": TEXT, "how": TEXT, "quotes": TEXT,
    },
    "series": {
        "comparison_id": TEXT, "origin_id": TEXT, "origin": TEXT, "as_of": TEXT, "as_of_from": TEXT, "reading": TEXT,
        "low": NUMBER, "high": NUMBER, "comparator": TEXT, "outlets": TEXT, "falls": YES_NO, "note": TEXT,
    },
    "statements": {
        "statement_id": TEXT, "event_id": TEXT, "statement": TEXT, "made": WHOLE, "denied": WHOLE, "sources": WHOLE,
        "score": NUMBER, "how": TEXT,
    },
    "statement_claims": {
        "statement_id": TEXT, "claim_id": TEXT, "article_id": TEXT, "outlet_id": TEXT, "source_id": TEXT, "source": TEXT,
        "relays": TEXT, "side": TEXT, "score": NUMBER, "how": TEXT,
    },
    "matrix": {"statement_id": TEXT, "source_id": TEXT, "source": TEXT, "side": TEXT, "claims": WHOLE},
    "denials": {
        "claim_id": TEXT, "source_id": TEXT, "denied_claim_id": TEXT, "denied_source_id": TEXT, "statement_id": TEXT,
        "score": NUMBER, "how": TEXT,
    },
    "citations": {
        "citing_id": TEXT, "citing": TEXT, "citing_layer": TEXT, "cited_id": TEXT, "cited": TEXT, "cited_layer": TEXT,
        "claims": WHOLE, "articles": WHOLE,
    },
}
WITHDRAWN = {"kind": TEXT, "id": TEXT, "what": TEXT, "before": TEXT, "after": TEXT, "effect": TEXT}


def frame(rows: Iterable[dict], columns: dict[str, str]) -> pd.DataFrame:
    """Rows as a table with the declared columns and dtypes; text and numbers may be missing."""
    rows = [{column: row[column] for column in columns} for row in rows]
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


def table(name: str, rows: Iterable[dict]) -> pd.DataFrame:
    """Rows as the table `name` of TABLES."""
    return frame(rows, TABLES[name])


def listed(items: Iterable[str]) -> str:
    """Several texts in one cell, as JSON text, the same in CSV and Parquet."""
    return json.dumps(list(items), ensure_ascii=False)
