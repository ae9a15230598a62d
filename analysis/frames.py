"""The tables as an analyst wants them: outlet, day, source, sentence and link in the row, dates as dates, lists as lists.

Each takes the plain tables and gives one frame; a frame of 100,000 rows takes a second or two, of which the store spares
whoever loads the same articles again all but the last step.
"""

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import pandas as pd

from analysis import show
from analysis.tables import LISTS, LISTS_OF, TEXT
from analysis.types import UNKNOWN_OUTLET

CATEGORIES = ("kind", "source_kind", "stance", "comparator", "standing", "outlet", "verdict", "side", "layer", "citing_layer", "cited_layer", "rule")
DAYS = ("day", "as_of", "first", "last")
IN_FRONT = (
    "claim_id", "figure_id", "comparison_id", "statement_id", "day", "outlet", "event", "source_name", "source_kind", "stance", "reading",
    "content", "text", "what", "measure", "value", "low", "high", "sentence",
)
Tables = Mapping[str, pd.DataFrame]
Links = Callable[[Sequence[str], Sequence[str]], Iterable[str]]


def joined(name: str, tables: Tables) -> pd.DataFrame:
    """A table with all that the others tell of its rows, days and lists still as text, so that Parquet keeps it as it is.

    `tables` are the plain ones, as `analysis.compare.build.compare` gives them. The columns of the plain table are among its
    own, with the same cells.
    """
    rows = tables[name]
    if name == "claims":
        rows = _claims(rows, tables)
    if name == "figures":
        rows = _figures(rows, tables)
    if name == "sources":
        rows = _graded(rows, tables["grades"])
    if "source_id" in rows and name != "sources":
        rows = _with_source(rows, tables["sources"])
    if "article_id" in rows:
        rows = _with_article(rows, tables, name)
    if "event_id" in rows and name != "events":
        rows = rows.assign(event=rows["event_id"].map(named(tables["events"], "event_id")).astype(TEXT))
    return rows


def finished(name: str, rows: pd.DataFrame, links: Links) -> pd.DataFrame:
    """What `joined` gives of a table as a frame; `links` tells, of articles and a row in each, where they can be read.

    100,000 rows take a third of a second.
    """
    if "article_id" in rows:
        rows = rows.assign(link=list(links(rows["article_id"].to_numpy(object), rows[_id_of(rows)].to_numpy(object))))
    return _typed(rows[sorted(rows, key=lambda column: IN_FRONT.index(column) if column in IN_FRONT else len(IN_FRONT))], LISTS_OF.get(name, ()))


def _id_of(rows: pd.DataFrame) -> str:
    return next(column for column in ("figure_id", "claim_id", "article_id") if column in rows)


def named(table: pd.DataFrame, key: str, column: str = "name") -> dict:
    """The cells of a column by those of another, which tells rows apart."""
    return dict(zip(table[key], table[column]))


def _claims(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    told = tables["statement_claims"].drop_duplicates("claim_id").set_index("claim_id")
    statement = rows["claim_id"].map(told["statement_id"])
    made = statement.map(named(tables["statements"], "statement_id", "made"))
    chains = _chains(tables)
    claimed_by = [chains[claim_id] for claim_id in rows["claim_id"]]
    hands = list(map(len, claimed_by))
    return rows.assign(statement_id=statement.astype(TEXT), made_by=made.astype("Int64"), claimed_by=_as_text(claimed_by), hands=hands)


def _figures(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    told = tables["compared"].drop_duplicates("figure_id").set_index("figure_id")
    chains, outlets = _chains(tables), _outlets(tables)
    claimed_by = [[outlets[article]] if pd.isna(claim) else chains[claim] for claim, article in zip(rows["claim_id"], rows["article_id"])]
    return rows.assign(
        reading=[show.reading(row) for row in rows.itertuples()],
        standing=[_standing(row) for row in rows.itertuples()],
        comparison_id=rows["figure_id"].map(told["comparison_id"]).astype(TEXT),
        origin=rows["figure_id"].map(told["origin"]).astype(TEXT),
        as_of=rows["figure_id"].map(told["as_of"]).astype(TEXT),
        own_voice=rows["claim_id"].isna(),
        claimed_by=_as_text(claimed_by),
        hands=list(map(len, claimed_by)),
    )


def _as_text(lists: list[list[str]]) -> list[str]:
    return [json.dumps(each, ensure_ascii=False) for each in lists]


def _graded(rows: pd.DataFrame, grades: pd.DataFrame) -> pd.DataFrame:
    told = {"grade": "grade", "grade_scale": "scale", "grade_meaning": "meaning", "graded_by": "who"}
    return rows.assign(**{name: rows["source_id"].map(named(grades, "source_id", column)).astype(TEXT) for name, column in told.items()})


def _standing(row) -> str:
    return "background" if pd.notna(row.background) else "part" if pd.notna(row.part_of) else "whole"


def _chains(tables: Tables) -> dict[str, list[str]]:
    """Of each claim the names of those who say it, from the innermost outward to the outlet; who is not named is left out."""
    claims, outlets = tables["claims"], _outlets(tables)
    names, parents = named(tables["sources"], "source_id"), named(claims, "claim_id", "parent_id")
    sources = named(claims, "claim_id", "source_id")
    found = {}
    for claim_id, article_id in zip(claims["claim_id"], claims["article_id"]):
        chain, here = [], claim_id
        while pd.notna(here):
            chain += [names[sources[here]]] if pd.notna(sources[here]) else []
            here = parents[here]
        found[claim_id] = [*chain, outlets[article_id]]
    return found


def _outlets(tables: Tables) -> dict[str, str]:
    articles = tables["articles"]
    return dict(zip(articles["article_id"], articles["outlet"].fillna(UNKNOWN_OUTLET[1])))


def _with_source(rows: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        source_name=rows["source_id"].map(named(sources, "source_id")).astype(TEXT),
        source_kind=rows["source_id"].map(named(sources, "source_id", "kind")).astype(TEXT),
    )


def _with_article(rows: pd.DataFrame, tables: Tables, name: str) -> pd.DataFrame:
    articles = tables["articles"].set_index("article_id")
    rows = rows.assign(day=rows["article_id"].map(articles["published"]).str[:10])
    if name == "articles":
        return rows
    events = named(tables["event_articles"], "article_id", "event_id")
    rows = rows.assign(title=rows["article_id"].map(articles["title"]).astype(TEXT), event_id=rows["article_id"].map(events).astype(TEXT))
    return rows if "outlet" in rows else rows.assign(outlet=rows["article_id"].map(articles["outlet"]).astype(TEXT))


def _typed(rows: pd.DataFrame, lists: tuple[str, ...]) -> pd.DataFrame:
    kinds = {column: rows[column].astype("category") for column in CATEGORIES if column in rows}
    days = {column: pd.to_datetime(rows[column], format="ISO8601", errors="coerce").astype("datetime64[s]") for column in DAYS if column in rows}
    with _no_search_for_rubbish():
        listed = {column: _lists(rows[column]) for column in ("claimed_by", *LISTS, *lists) if column in rows}
    return rows.assign(**kinds, **days, **listed)


def _lists(cells: pd.Series) -> pd.Series:
    """JSON texts of lists as lists; read as one text, which takes a fifth of the time that many take."""
    return pd.Series(json.loads(f"[{','.join(cells.to_numpy(object))}]"), cells.index, dtype=object)


@contextmanager
def _no_search_for_rubbish() -> Iterator[None]:
    """While a million lists are made, and right after: Python would look through all of them again and again, for rubbish that cannot be there."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()  # and back: the lists are then among what has long been there, which is seldom looked through
            gc.unfreeze()
        if collecting:
            gc.enable()
