"""Tables that can be given away where the articles cannot: places and hashes instead of words, filled in again from the reader's own articles."""

import hashlib
import json
from pathlib import Path

import pandas as pd

from analysis import tables as tidy
from analysis.corpus import Corpus
from analysis.tables import quote, rows, sentence, shown

LONGEST = 40  # characters of an article's words that are given away as they are
WITHHELD = "sha256:"
QUOTED = {
    "claims": ("source", "cue", "content", "basis", "sentence"), "figures": ("source", "text", "counted", "sentence"),
    "removed": ("text",), "articles": ("title",),
}
DECLARED = {name: tidy.TABLES[name] for name in ("articles", "claims", "figures", "sources", "removed", "left_out")}


def write(tables: dict[str, pd.DataFrame], corpus: Corpus, folder: Path) -> None:
    """Write articles, claims, figures, sources and removed, in which longer stretches of the articles are hashes."""
    tidy.write({name: _withheld(name, tables[name]) for name in DECLARED}, folder, DECLARED)


def _withheld(name: str, table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(**{column: table[column].map(_hidden, na_action="ignore").astype(tidy.TEXT)
                           for column in QUOTED.get(name, ())})


def _hidden(text: str) -> str:
    return text if len(text) <= LONGEST and not text.startswith(WITHHELD) else _hash(text)


def _hash(text: str) -> str:
    return WITHHELD + hashlib.sha256(text.encode("utf-8")).hexdigest()


def rehydrate(folder: str | Path, corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The tables of a folder with the words filled in from a reader's own copies of the articles, each checked against its hash.

    Raises ValueError naming table, row and column where an article is missing or holds other words.
    """
    texts = {shown(article.article_id): article for article in corpus.articles}
    return {name: _filled(name, table, texts) for name, table in tidy.read(folder, DECLARED).items()}


def _filled(name: str, table: pd.DataFrame, articles: dict) -> pd.DataFrame:
    if name not in QUOTED:
        return table
    filled = []
    for number, row in enumerate(rows(table), 1):
        for column in QUOTED[name]:
            if str(row[column]).startswith(WITHHELD):
                article = articles.get(row["article_id"])
                words = None if article is None else _words(article, row, column)
                if words is None or _hash(words) != row[column]:
                    why = "is not among the articles" if article is None else "holds other words there; take the copy that the tables were made from"
                    place = f"Table {name}, row {row.get(tidy.IDS.get(name), number)}: {column}"
                    raise ValueError(f"{place} cannot be filled in, as the article {row['article_id']} {why}.")
                row[column] = words
        filled.append(row)
    return tidy.frame(name, filled)


def _words(article, row: dict, column: str) -> str:
    """What a cell quotes."""
    if column == "title":
        return quote(article.text, [article.title]) if article.title else shown(article.given_title or "")
    if column == "sentence":
        return sentence(article.text, row["sentence_start"], row["sentence_end"])
    if column == "text":
        return quote(article.text, [(row["start"], row["end"])])
    return quote(article.text, json.loads(row[f"{column}_spans"]))
