"""From the tables of a corpus to the tables of a comparison."""

import json

import pandas as pd

from analysis import tables as tidy
from analysis.compare import rows
from analysis.compare.citations import citations
from analysis.compare.comparisons import judge
from analysis.compare.copies import near_copies
from analysis.compare.dates import article_day
from analysis.compare.events import group_events
from analysis.compare.origins import Origins, outlet_name
from analysis.compare.quantities import counted, quantities
from analysis.compare.rows import CountedFigure, Dated, Event, Source
from analysis.compare.series import series
from analysis.compare.statements import statements
from analysis.corpus import Article, Corpus, failure

OF_ONE_ARTICLE = ("articles", "claims", "figures", "removed")


def compare(corpus: Corpus, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables of a corpus with those of `analysis.compare.columns.TABLES` beside them, and `duplicate_of` filled in.

    `tables` are what `analysis.tabulate.build` made of the corpus. An article that cannot be compared even alone stands in
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
        if not faults or len(faults) == len(corpus.articles) > 1:  # no article is to blame
            raise
    found = _compared(tuple(article for article in corpus.articles if article.article_id not in faults),
                      _without(tables, faults), by_hand)
    found |= {name: tables[name] for name in OF_ONE_ARTICLE if name != "articles"}
    copy_of = found["articles"].set_index("article_id")["duplicate_of"]
    found["articles"] = _with_copies(tables["articles"], copy_of)
    left_out = [{"path": article.path, "reason": faults[article.article_id]}
                for article in corpus.articles if article.article_id in faults]
    return found | {"left_out": tidy.add(found["left_out"], left_out)}


def _faults(articles: tuple[Article, ...], tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Why articles cannot be compared even with nothing, by their ids."""
    by_article = {name: dict(list(tables[name].groupby("article_id", sort=False))) for name in OF_ONE_ARTICLE}
    found = {}
    for article in articles:
        own = {name: grouped.get(article.article_id, tables[name].head(0)) for name, grouped in by_article.items()}
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


def figures_by_event(corpus: Corpus, tables: dict[str, pd.DataFrame]) -> dict[str, list[CountedFigure]]:
    """The figures of each event, by its id, as the comparison sees them; `tables` are what `analysis.tabulate.build` made of the corpus."""
    found, articles, events, origins = _read_together(corpus.articles, tables)
    return counted(found["figures"], articles, events, origins)


def _read_together(read: tuple[Article, ...], tables: dict[str, pd.DataFrame]
                   ) -> tuple[dict[str, pd.DataFrame], list[Dated], dict[str, Event], Origins]:
    """The tables with events and near-copies; the articles, the event of each by its id, and who said what first."""
    articles = _dated(read, tables["articles"])
    found = {**tables, **group_events(articles, _persons_and_bodies(tables["sources"])), "copies": near_copies(articles)}
    found["articles"] = _with_copies(tables["articles"], found["copies"].set_index("article_id")["copy_of"])
    known = {event.event_id: event for event in rows.read(found["events"], Event)}
    events = {row["article_id"]: known[row["event_id"]] for row in tidy.rows(found["event_articles"])}
    return found, articles, events, Origins(found, articles, {article_id: event.event_id for article_id, event in events.items()})


def _persons_and_bodies(sources: pd.DataFrame) -> frozenset[str]:
    """The names of the persons, each one's last name too, and of the bodies among the sources, without those that a state has."""
    found, states = set(), set()
    for source in rows.read(sources, Source):
        if source.kind == "state":
            states |= {source.name, *json.loads(source.aliases)}
        elif source.kind == "organisation" or source.kind == "person" and " " in source.name:
            found |= {source.name, source.name.split()[-1] if source.kind == "person" else source.name}
    return frozenset(found - states)


def _compared(read: tuple[Article, ...], tables: dict[str, pd.DataFrame], by_hand: dict[str, str]) -> dict[str, pd.DataFrame]:
    """All tables, with those of the comparison of some articles."""
    found, articles, events, origins = _read_together(read, tables)
    found |= quantities(found["figures"], articles, events, origins)
    found |= judge(found["compared"])
    found["series"] = series(found["compared"])
    told, untold = statements(found, articles, events, origins, by_hand)
    found |= told
    found["citations"] = citations(origins)
    left_out = [{"path": article.path, "reason": untold[article.article_id]}
                for article in articles if article.article_id in untold]
    return found | {"left_out": tidy.add(found["left_out"], left_out)}


def _with_copies(articles: pd.DataFrame, copy_of: pd.Series) -> pd.DataFrame:
    """The table `articles` with the article that each prints the text of."""
    copies = articles["article_id"].map(copy_of).astype(tidy.TEXT)
    return articles.assign(duplicate_of=articles["duplicate_of"].fillna(copies))


def _dated(read: tuple[Article, ...], articles: pd.DataFrame) -> list[Dated]:
    """The articles, each with the day that it is of, and where that is from; None where it is not known."""
    days = [article_day(article.reading, article.published) for article in read]
    told = {row["article_id"]: row for row in tidy.rows(articles)}
    return [Dated(article_id=article.article_id, path=article.path, title=row["title"] or "", outlet=outlet_name(row["outlet"]),
                  event=row["event"],
                  text=article.reading, headline=article.title, day=day, day_from=day_from)
            for article, (day, day_from) in zip(read, days) for row in [told[article.article_id]]]
