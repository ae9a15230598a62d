"""The front door for notebooks: what a folder of articles, or a report, says, as frames that are ready to be asked."""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from analysis import codebook, frames, show
from analysis.suggestions import suggestion

KINDS = ("articles", "claims", "figures", "sources", "events", "comparisons", "denials", "citations")  # the first to be looked at


class Record(Mapping):
    """What is on record: `.claims`, `.figures`, `.sources`, `.events`, `.comparisons`, `.denials`, `.citations` and the other tables.

    An attribute is a frame with outlet, day, source, sentence and link in the row; `record["claims"]` is the plain table, as
    reports have it. Frames are made when they are first asked for.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], links: frames.Links, whole: "Record | None" = None,
                 joined: Callable[[str], pd.DataFrame] | None = None) -> None:
        """`links` is as for `analysis.frames.finished`. `joined` gives what `analysis.frames.joined` makes of a table, where that
        is kept; else it is made."""
        self._tables, self._links, self._whole = tables, links, whole
        self._joined = joined or (lambda name: frames.joined(name, tables))
        self._frames: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._tables]

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in self._tables:
            raise AttributeError(f"There is no table {name!r}; there are {', '.join(self.__dict__.get('_tables', ()))}.")
        if name not in self._frames:
            whole = self._whole
            self._frames[name] = (frames.finished(name, self._joined(name), self._links) if whole is None
                                  else getattr(whole, name).loc[self._tables[name].index])
        return self._frames[name]

    def about(self, name: str) -> "Record":
        """What one source says, and what is said against it: the same tables with its rows only.

        `name` is its id, its name, another name of it, or a part that only one source has. Raises ValueError where no source
        or several are called so.
        """
        source_id = self.source(name)
        own = {table: rows[rows["source_id"] == source_id]
               for table, rows in self._tables.items() if "source_id" in rows and table != "denials"}
        denials, cited = self["denials"], self["citations"]
        own["denials"] = denials[(denials["source_id"] == source_id) | (denials["denied_source_id"] == source_id)]
        own["citations"] = cited[(cited["citing_id"] == source_id) | (cited["cited_id"] == source_id)]
        own["compared"] = self["compared"][self["compared"]["figure_id"].isin(own["figures"]["figure_id"])]
        own["comparisons"] = self["comparisons"][self["comparisons"]["comparison_id"].isin(own["compared"]["comparison_id"])]
        return self._narrowed(own)

    def event(self, name: str) -> "Record":
        """What is told of one event: the same tables with its rows only. Names and errors are as for `about`."""
        events = self["events"]
        event_id = _the_one(name, {event: [event, title] for event, title in zip(events["event_id"], events["name"])}, "event")
        articles = self["event_articles"].loc[self["event_articles"]["event_id"] == event_id, "article_id"]
        own = {table: rows[rows["event_id"] == event_id] if "event_id" in rows else rows[rows["article_id"].isin(articles)]
               for table, rows in self._tables.items() if "event_id" in rows or "article_id" in rows}
        return self._narrowed(own)

    def compare(self, one: str, other: str) -> pd.DataFrame:
        """What two outlets or sources tell, side by side: a row for each figure and each statement that either tells.

        Columns: event, what, and one for each of the two; missing where it does not tell it.
        """
        told = pd.concat([self._told(one), self._told(other)])
        columns = list(dict.fromkeys(told["who"]))
        wide = told.pivot_table(index=["event", "what"], columns="who", values="reading", aggfunc=_together, sort=False,
                                observed=True)
        return wide.reindex(columns=columns).reset_index().rename_axis(None, axis=1)

    def _told(self, name: str) -> pd.DataFrame:
        """What one outlet or source tells: event, what, reading, who."""
        outlets = {outlet_id: [outlet_id, outlet]
                   for outlet_id, outlet in zip(self["compared"]["outlet_id"], self["compared"]["outlet"])}
        known = {outlet for _, outlet in outlets.values()}
        outlets |= {outlet: [outlet] for outlet in self["articles"]["outlet"].dropna().unique() if outlet not in known}
        try:
            who, by = _the_one(name, outlets, "outlet"), "outlet"
            named = outlets[who][-1]
        except ValueError:
            who, by = self.source(name), "source_id"
            named = frames.named(self["sources"], "source_id")[who]
        figures = self.compared.merge(self["figures"][["figure_id", "source_id"]], on="figure_id")
        claims = self["statement_claims"].merge(self["statements"][["statement_id", "event_id", "statement"]], on="statement_id")
        claims = claims.assign(
            event=claims["event_id"].map(frames.named(self["events"], "event_id")),
            outlet=claims["article_id"].map(frames.named(self["articles"], "article_id", "outlet")),
        )
        mine = named if by == "outlet" else who
        figures = figures.loc[figures[by] == mine, ["event", "what", "reading"]]
        claims = claims.loc[claims[by] == mine, ["event", "statement", "side"]].rename(columns={"statement": "what", "side": "reading"})
        return pd.concat([figures, claims]).assign(who=named)

    def without(self, *names: str) -> pd.DataFrame:
        """What falls, widens or loses its only support without some sources or outlets, by their ids or names (see `analysis.compare.withdraw`)."""
        from analysis.compare.withdraw import withdraw  # loads spaCy, which most notebooks never need

        return withdraw(self, list(names))

    def source(self, name: str) -> str:
        """The id of a source, by its id, its name, another name of it, or a part that only one source has; ValueError else."""
        rows = self.sources
        known = {source_id: [source_id, named, *aliases]
                 for source_id, named, aliases in zip(rows["source_id"], rows["name"], rows["aliases"])}
        return _the_one(name, known, "source")

    def help(self, name: str) -> pd.DataFrame:
        """What the columns of a table mean: a frame of column, meaning and dtype. Raises ValueError where there is no such table."""
        codebook.table(name)
        rows = getattr(self, name)
        return pd.DataFrame(
            {"column": list(rows), "meaning": [codebook.column(column, name) for column in rows],
             "dtype": [str(dtype) for dtype in rows.dtypes]}
        )

    def _narrowed(self, tables: dict[str, pd.DataFrame]) -> "Record":
        """The same with fewer rows of some tables; what stands in a row of a frame is still told by all of them."""
        return Record({**self._tables, **tables}, self._links, self)

    def __repr__(self) -> str:
        counts = ", ".join(show.count(len(self[name]), name.removesuffix("s"), name) for name in KINDS)
        return f"On record: {counts}. Ask for .claims, .figures and so on, .about(name), .event(name), .compare(a, b), .help('claims')."


def _together(readings: pd.Series) -> str:
    return show.listing(dict.fromkeys(readings))


def _the_one(name: str, known: dict[str, list[str]], kind: str) -> str:
    """The id of the one thing that goes by a name: exactly, or by a part of its names."""
    asked = name.casefold()
    for fits in (lambda own: own == asked, lambda own: f" {asked} " in f" {own} ", lambda own: asked in own):
        found = [each for each, names in known.items() if any(fits(own.casefold()) for own in names)]
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f"{show.count(len(found), kind).capitalize()} are called {name!r}; say which: {show.listing(map(repr, found))}.")
    raise ValueError(f"No {kind} is called {name!r}{suggestion(name, [own for names in known.values() for own in names], f'; .{kind}s lists them.')}")
