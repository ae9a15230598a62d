"""What was found in the articles of a corpus, as tables, with what people correct and grade. Loads spaCy, unlike `analysis.tables`."""

import json
from collections import Counter
from collections.abc import Iterable

import pandas as pd

from analysis.corpus import Article, Corpus, without_claims
from analysis.corrections import corrected, read_aliases, read_corrections, renamed
from analysis.grades import graded, read_grades
from analysis.sources import Register, register
from analysis.tables import PARTS, TABLES, add, frame, quote, sentence
from analysis.tables import rows as rows_of
from analysis.types import Extraction
from analysis.words import WORD


def build(corpus: Corpus, extractions: Iterable[Extraction]) -> dict[str, pd.DataFrame]:
    """The tables of a corpus, with the columns and dtypes of TABLES.

    Articles stand in the corpus's order, claims and figures in text order below it, sources in the order of their ids.
    Lone surrogates are shown as U+FFFD. What people corrected beside the articles is as they say (see `analysis.corrections`).
    """
    extractions, aliases = list(extractions), read_aliases(corpus.folder)
    known = register(
        [(extraction.article.article_id, renamed(extraction.asserters, aliases)) for extraction in extractions],
        {article.article_id: article.outlet for article in corpus.articles},
    )
    claims = [row for extraction in extractions for row in _claim_rows(extraction, known)]
    figures = [row for extraction in extractions for row in _figure_rows(extraction, known)]
    rows = {
        "articles": [_article_row(article) for article in corpus.articles],
        "claims": claims,
        "figures": figures,
        "sources": _source_rows(known, claims, figures),
        "removed": [row for article in corpus.articles for row in _removed_rows(article)],
        "left_out": [vars(item) for item in (*corpus.left_out, *without_claims(corpus.statements, (row["claim_id"] for row in claims)))],
        "corrections": [],
        "grades": [],
    }
    made = corrected({name: frame(name, rows[name]) for name in TABLES}, corpus, read_corrections(corpus.folder), known.outlets)
    return _graded(made, read_grades(corpus.folder))


def _graded(tables: dict[str, pd.DataFrame], grades: list) -> dict[str, pd.DataFrame]:
    """The tables with the grades of sources; a grade of none is left out with its reason."""
    if not grades:
        return tables
    given, left_out = graded(grades, rows_of(tables["sources"]))
    return {**tables, "grades": frame("grades", given), "left_out": add(tables["left_out"], [vars(item) for item in left_out])}


def _article_row(article: Article) -> dict:
    title = article.given_title or (quote(article.text, [article.title]) if article.title else None)
    return {**vars(article), "title": title, "words": sum(1 for _ in WORD.finditer(article.reading))}


def _claim_rows(extraction: Extraction, known: Register) -> list[dict]:
    text, article_id = extraction.article.text, extraction.article.article_id
    rows = []
    for index, (claim, source_id) in enumerate(zip(extraction.claims, known.claims[article_id], strict=True)):
        parts = {part: getattr(claim, part) for part in PARTS}
        start, end = extraction.sentence(claim.source + claim.cue + claim.content)
        rows.append({
            **vars(claim), "claim_id": extraction.claim_id(index), "article_id": article_id, "source_id": source_id,
            "parent_id": extraction.claim_id(claim.parent), "sentence_start": start, "sentence_end": end,
            "sentence": sentence(text, start, end),
            **{part: quote(text, spans) for part, spans in parts.items()},
            **{f"{part}_spans": json.dumps(spans, allow_nan=False) for part, spans in parts.items()},
        })
    return rows


def _figure_rows(extraction: Extraction, known: Register) -> list[dict]:
    text, article_id = extraction.article.text, extraction.article.article_id
    rows = []
    for index, figure in enumerate(extraction.figures):
        asserting = extraction.asserting(figure)
        start, end = extraction.sentence([figure.span])
        rows.append({
            **vars(figure), "figure_id": extraction.figure_id(index), "article_id": article_id,
            "claim_id": extraction.claim_id(figure.claim), "part_of": extraction.figure_id(figure.part_of),
            "source_id": known.outlets[article_id] if asserting is None else known.claims[article_id][asserting],
            "source": quote(text, extraction.naming(asserting)), "text": quote(text, [figure.span]),
            "start": figure.span[0], "end": figure.span[1], "counted_spans": json.dumps(figure.counted_spans, allow_nan=False),
            "counted": quote(text, figure.counted_spans),
            "sentence_start": start, "sentence_end": end,
            "sentence": sentence(text, start, end),
        })
    return rows


def _source_rows(known: Register, claims: list[dict], figures: list[dict]) -> list[dict]:
    counts = [Counter(row["source_id"] for row in table) for table in (claims, figures)]
    places = {(row["source_id"], row["article_id"]) for row in claims + figures}
    articles = Counter(source_id for source_id, _ in places)
    return [{
        **vars(source), "aliases": json.dumps(source.aliases, ensure_ascii=False, allow_nan=False),
        "articles": articles[source.source_id],
        "claims": counts[0][source.source_id], "figures": counts[1][source.source_id],
    } for source in known.sources]


def _removed_rows(article: Article) -> list[dict]:
    return [{"article_id": article.article_id, **vars(removal), "text": quote(article.text, [(removal.start, removal.end)])}
            for removal in article.removed]
