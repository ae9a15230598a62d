"""From the tables of a corpus to the tables of a comparison."""

import pandas as pd

from analysis import tables as tidy
from analysis.compare.citations import citations
from analysis.compare.columns import failure
from analysis.compare.comparisons import judge
from analysis.compare.copies import near_copies
from analysis.compare.dates import article_day
from analysis.compare.events import group_events
from analysis.compare.members import members
from analysis.compare.origins import Origins
from analysis.compare.series import series
from analysis.compare.statements import statements
from analysis.corpus import Article, Corpus, Span

OF_ONE_ARTICLE = ("articles", "claims", "figures", "removed")


def compare(corpus: Corpus, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables of a corpus with those of `analysis.compare.columns.TABLES` beside them, and `duplicate_of` filled in.

    `tables` are what `analysis.tables.build` made of the corpus. An article that cannot be compared even alone stands in
    `left_out` with the reason, and in no event; the others are compared. Takes about 0.02 s an article, and as long
    again where there is such an article.
    """
    by_hand = {row.claim_id: row.statement for row in corpus.statements}
    try:
        return _compared(corpus.articles, tables, by_hand)
    except MemoryError:  # no article's fault
        raise
    except Exception:
        faults = _faults(corpus.articles, tables)
        if not faults:
            raise
    found = _compared(tuple(article for article in corpus.articles if article.article_id not in faults), _without(tables, faults), by_hand)
    found |= {name: tables[name] for name in OF_ONE_ARTICLE if name != "articles"}
    copy_of = found["articles"].set_index("article_id")["duplicate_of"]
    found["articles"] = _with_copies(tables["articles"], copy_of)
    left_out = [{"path": article.path, "reason": faults[article.article_id]} for article in corpus.articles if article.article_id in faults]
    return found | {"left_out": tidy.add(found["left_out"], left_out)}


def _faults(articles: tuple[Article, ...], tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Why articles cannot be compared even with nothing, by their ids."""
    by_article = {name: dict(list(tables[name].groupby("article_id", sort=False))) for name in OF_ONE_ARTICLE}
    found = {}
    for article in articles:
        own = {name: rows.get(article.article_id, tables[name].head(0)) for name, rows in by_article.items()}
        named = pd.concat([own["claims"]["source_id"], own["figures"]["source_id"]])
        own["sources"] = tables["sources"][tables["sources"]["source_id"].isin(named)]
        try:
            _compared((article,), tables | own, {})
        except MemoryError:
            raise
        except Exception as error:
            found[article.article_id] = f"read, but not compared: {failure(error)}"
    return found


def _without(tables: dict[str, pd.DataFrame], article_ids: dict[str, str]) -> dict[str, pd.DataFrame]:
    """The tables without what some articles say."""
    return tables | {name: tables[name][~tables[name]["article_id"].isin(article_ids)] for name in OF_ONE_ARTICLE}


def _compared(read: tuple[Article, ...], tables: dict[str, pd.DataFrame], by_hand: dict[str, str]) -> dict[str, pd.DataFrame]:
    """All tables, with those of the comparison of some articles."""
    texts = {article.article_id: article.reading for article in read}
    articles = _dated(tidy.rows(tables["articles"]), texts)
    grouped, far = group_events(articles, texts)
    found = {**tables, **grouped, "copies": near_copies(articles, texts)}
    found["articles"] = _with_copies(tables["articles"], found["copies"].set_index("article_id")["copy_of"])
    events = _events(found, articles, far, {article.article_id: article.title for article in read})
    origins = Origins(found, {article_id: event["event_id"] for article_id, event in events.items()})
    found |= members(found, articles, events, texts, origins)
    found |= judge(found["compared"])
    found["series"] = series(found["compared"])
    told, untold = statements(found, events, origins, by_hand)
    found |= told
    found["citations"] = citations(origins)
    left_out = [{"path": row["path"], "reason": untold[row["article_id"]]} for row in articles if row["article_id"] in untold]
    return found | {"left_out": tidy.add(found["left_out"], left_out)}


def _with_copies(articles: pd.DataFrame, copy_of: pd.Series) -> pd.DataFrame:
    """The table `articles` with the article that each prints the text of."""
    copies = articles["article_id"].map(copy_of).astype(tidy.TEXT)
    return articles.assign(duplicate_of=articles["duplicate_of"].fillna(copies))


def _dated(articles: list[dict], texts: dict[str, str]) -> list[dict]:
    """The rows of `articles` with the day that each is of, and where that is from; None where it is not known."""
    days = [article_day(texts[row["article_id"]], row["published"]) for row in articles]
    return [{**row, "day": day, "day_from": day_from} for row, (day, day_from) in zip(articles, days)]


def _events(found: dict[str, pd.DataFrame], articles: list[dict], far: set[frozenset[str]], headlines: dict[str, Span | None]) -> dict[str, dict]:
    """The row of `events` of each article, with what is known of the articles: headlines and where they stand, near-copies, pairs too far apart."""
    titles = {row["article_id"]: row["title"] or "" for row in articles}
    known = {"copies": set(found["copies"]["article_id"]), "titles": titles, "far": far, "headlines": headlines}
    rows = {row["event_id"]: {**row, **known} for row in tidy.rows(found["events"])}
    return {row["article_id"]: rows[row["event_id"]] for row in tidy.rows(found["event_articles"])}
