"""From the tables of a corpus to the tables of a comparison."""

import pandas as pd

from analysis import tables as tidy
from analysis.compare.citations import citations
from analysis.compare.comparisons import judge
from analysis.compare.copies import near_copies
from analysis.compare.dates import article_day
from analysis.compare.events import group_events
from analysis.compare.members import members
from analysis.compare.origins import Origins
from analysis.compare.series import series
from analysis.compare.statements import statements
from analysis.corpus import Corpus, Span


def compare(corpus: Corpus, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables of a corpus with those of `analysis.compare.columns.TABLES` beside them, and `duplicate_of` filled in.

    `tables` are what `analysis.tables.build` made of the corpus. Takes about 0.02 s an article.
    """
    texts = {article.article_id: article.reading for article in corpus.articles}
    articles = _dated(tables["articles"], texts)
    grouped, far = group_events(articles, texts)
    found = {"copies": near_copies(articles, texts), **grouped}
    copy_of = found["copies"].set_index("article_id")["copy_of"]
    found["articles"] = tables["articles"].assign(
        duplicate_of=articles["duplicate_of"].fillna(articles["article_id"].map(copy_of).astype(tidy.TEXT)))
    found = {**tables, **found}
    events = _events(found, far, {article.article_id: article.title for article in corpus.articles})
    origins = Origins(found, {article_id: event["event_id"] for article_id, event in events.items()})
    found |= members({**found, "articles": articles}, events, texts, origins)
    found |= judge(found["compared"])
    found["series"] = series(found["compared"])
    found |= statements(found, events, origins, {row.claim_id: row.statement for row in corpus.statements})
    found["citations"] = citations(found, origins)
    return found


def _dated(articles: pd.DataFrame, texts: dict[str, str]) -> pd.DataFrame:
    """The table `articles` with the day that each is of, and where that is from."""
    days = [article_day(texts[row.article_id], row.published) for row in articles.itertuples()]
    return articles.assign(day=pd.Series([day for day, _ in days], articles.index, tidy.TEXT), day_from=[source for _, source in days])


def _events(found: dict[str, pd.DataFrame], far: set[frozenset[str]], headlines: dict[str, Span | None]) -> dict[str, dict]:
    """The row of `events` of each article, with what is known of the articles: headlines and where they stand, near-copies, pairs too far apart."""
    articles = found["articles"]
    known = {"copies": set(found["copies"]["article_id"]), "titles": dict(zip(articles["article_id"], articles["title"])), "far": far, "headlines": headlines}
    rows = {row["event_id"]: {**row, **known} for row in found["events"].to_dict("records")}
    return {row.article_id: rows[row.event_id] for row in found["event_articles"].itertuples()}
