"""What people judged, as gold to measure and to learn from: whole.jsonl, the articles that somebody read whole, and partly.jsonl, the others.

A line is as `onrecord extract` writes it, with `text` and `sources`, and as the corrections have it. Of an article that was not
read whole it holds only rows that somebody looked at, and under `rejected` where the others of those stood.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis.corpus import Article, Corpus
from analysis.corrections import READ, by_name, found_its_row
from analysis.exports.plain import write_lines
from analysis.tables import rows, shown
from analysis.types import UNKNOWN_OUTLET

UNRESOLVED = "not-resolved-"  # begins the id of a source that the text calls only "he"
CLAIM, FIGURE = ("kind", "stance", "negated"), ("value", "low", "high", "comparator", "kind", "unit", "measure",
                                                "part_of", "background")


def write(tables: dict[str, pd.DataFrame], corpus: Corpus, folder: Path) -> None:
    """Write both files."""
    found = gold_of(tables, corpus)
    write_lines((row for row in found if "rejected" not in row), folder / "whole.jsonl")
    write_lines((row for row in found if "rejected" in row), folder / "partly.jsonl")


def gold_of(tables: dict[str, pd.DataFrame], corpus: Corpus) -> list[dict]:
    """A row of gold for each article of which somebody judged anything, in the order of the corpus."""
    told = [row for row in rows(tables["corrections"]) if found_its_row(row["state"])]
    book = _Book(tables, {row["row"] for row in told})
    whole = {row["row"] for row in told if row["what"] == READ}
    rejected, found = _rejected(told), []
    for article in corpus.articles:
        article_id = shown(article.article_id)
        row = book.article(article, article_id in whole)
        if article_id in whole:
            found.append(row)
        elif row["claims"] or row["figures"] or article_id in rejected:
            found.append({**row, "rejected": rejected[article_id]})
    return found


def _rejected(told: list[dict]) -> dict[str, dict[str, list]]:
    """Where the rows stood that somebody rejected, by article."""
    rejected: dict[str, dict[str, list]] = defaultdict(lambda: {"claims": [], "figures": []})
    for row in told:
        if row["what"] == "reject":
            article_id, _, number = row["row"].rpartition(".")
            spans = json.loads(row["spans"])
            rejected[article_id]["claims" if number.startswith("c") else "figures"].append(spans if number.startswith("c") else spans[0])
    return rejected


class _Book:
    """The rows of claims, figures and sources, of which some were looked at."""

    def __init__(self, tables: dict[str, pd.DataFrame], seen: set[str]) -> None:
        self.seen = seen
        self.sources = {row["source_id"]: row for row in rows(tables["sources"])}
        self.claims = {row["claim_id"]: row for row in rows(tables["claims"])}
        self.of: dict[str, dict[str, list[dict]]] = defaultdict(lambda: {"claims": [], "figures": []})
        for name, own in (("claims", self.claims.values()), ("figures", rows(tables["figures"]))):
            for row in own:
                self.of[row["article_id"]][name].append(row)
        self.called = by_name(self.sources.values())

    def article(self, article: Article, whole: bool) -> dict:
        """The gold of an article: all its rows, or only those that were looked at."""
        own = self.of[shown(article.article_id)]
        claims = {row["claim_id"]: row for row in own["claims"] if whole or row["claim_id"] in self.seen}
        figures = [row for row in own["figures"] if whole or row["figure_id"] in self.seen]
        outlet = self.called.get(article.outlet.casefold(), [""])[0] if article.outlet else UNKNOWN_OUTLET[0]
        told = {"claims": [self._claim(row, claims) for row in claims.values()],
                "figures": [self._figure(row, claims, outlet) for row in figures]}
        named = {row.get("source_id") for part in told.values() for row in part} - {None}
        sources = {each: {"name": self.sources[each]["name"], "aliases": json.loads(self.sources[each]["aliases"])}
                   for each in sorted(named)}
        return {"id": shown(article.article_id), "text": article.text, "sources": sources, **told}

    def _claim(self, row: dict, claims: dict[str, dict]) -> dict:
        spans = {part: json.loads(row[f"{part}_spans"]) for part in ("source", "cue", "content")}
        parent = self._around(row["parent_id"], lambda claim: claim["claim_id"] in claims)
        return {"id": row["claim_id"], **spans, **{name: row[name] for name in CLAIM}, "parent": parent,
                **self._name(row["source_id"])}

    def _figure(self, row: dict, claims: dict[str, dict], outlet: str) -> dict:
        said = self._around(row["claim_id"], lambda claim: claim["source_id"])
        own_voice = row["source_id"] == outlet and not (said and self.claims[said]["source_id"] == outlet)
        return {
            "id": row["figure_id"], "span": [row["start"], row["end"]], **{name: row[name] for name in FIGURE},
            "counted": row["counted"].split(),
            "claim": self._around(row["claim_id"], lambda claim: claim["claim_id"] in claims),
            **self._name(None if own_voice else row["source_id"]),
        }

    def _around(self, claim_id: str | None, fits: Callable[[dict], object]) -> str | None:
        """A claim, or the innermost around it, that fits."""
        while claim_id and not fits(self.claims[claim_id]):
            claim_id = self.claims[claim_id]["parent_id"]
        return claim_id

    def _name(self, source_id: str | None) -> dict:
        """Who a source is; nothing is told of one that has no name."""
        if source_id and source_id.startswith(UNRESOLVED):
            return {}
        return {"source_id": source_id, "source_name": self.sources[source_id]["name"] if source_id else None}
