"""Origins: who said a figure first, however many outlets carry it."""

import json

import pandas as pd

from analysis.sources.registry import UNKNOWN_OUTLET, slug

NAMED, OWN_VOICE = "named", "the outlet's own voice"


class Origins:
    """The chains of a corpus's claims, its outlets and its near-copies, ready to be asked."""

    def __init__(self, tables: dict[str, pd.DataFrame], events: dict[str, str]):
        """`tables` are those of a corpus, with `copies`; `events` gives the event of each article."""
        self.claims = {row["claim_id"]: row for row in tables["claims"].to_dict("records")}
        self.sources = {row["source_id"]: row for row in tables["sources"].to_dict("records")}
        self.names = {source_id: row["name"] for source_id, row in self.sources.items()}
        self.outlets = _outlets(tables["articles"], self.sources)
        self.names |= dict(self.outlets.values())
        self.copies = dict(zip(tables["copies"]["article_id"], tables["copies"]["copy_of"]))
        self.same = self._same(tables["claims"], events)

    def chain(self, claim_id: str | None) -> list[str]:
        """The sources of a claim and of those it stands inside, the innermost first."""
        found = []
        while isinstance(claim_id, str):
            row = self.claims[claim_id]
            if isinstance(row["source_id"], str):
                found.append(self.same.get(row["source_id"], row["source_id"]))
            claim_id = row["parent_id"]
        return list(dict.fromkeys(found))

    def outlet(self, article_id: str) -> str:
        """The id of an article's outlet; where the corpus tells none, one of the article's own."""
        return self.outlets[article_id][0]

    def first_print(self, article_id: str) -> str:
        """The article whose text an article copies, or the article itself."""
        return self.copies.get(article_id, article_id)

    def _same(self, claims: pd.DataFrame, events: dict[str, str]) -> dict[str, str]:
        """Sources that are one within an event though the register, which sees all articles, keeps them apart.

        A surname alone is the person of that surname where the event's articles name exactly one in full; bodies
        without a proper name ("the coast guard") are one where they are called the same.
        """
        seen = sorted({(events[row.article_id], row.source_id) for row in claims.dropna(subset=["source_id"]).itertuples()})
        called: dict[tuple[str, str], list[str]] = {}
        for event_id, source_id in seen:
            row = self.sources[source_id]
            words = row["name"].split()
            if row["kind"] == "organisation":
                called.setdefault((event_id, row["name"].lower()), []).append(source_id)
            elif row["kind"] == "person" and len(words) > 1:
                called.setdefault((event_id, words[-1]), []).append(source_id)
        same = {}
        for event_id, source_id in seen:
            row = self.sources[source_id]
            found = called.get((event_id, row["name"].lower() if row["kind"] == "organisation" else row["name"]), [])
            if row["kind"] == "organisation" or row["kind"] == "person" and len(found) == 1:
                same[source_id] = found[0]
        return same


def originate(rows: list[dict], origins: Origins) -> None:
    """Set origin_id, origin, origin_how and relays of each row of figures about one thing in one event.

    A number that an article states in its own voice and also credits to somebody is that somebody's. So is one that a
    near-copy states in its own voice, where another print of the text credits it; credited nowhere, it belongs to the
    first print. Unnamed sources of one description in several articles count once where they give one number: they
    may well be the same.
    """
    for row in rows:
        row["chain"] = origins.chain(row["claim_id"])
        if row["chain"] and row["chain"][0] == row["outlet_id"]:
            row["chain"] = []
    for row in rows:
        row["origin_id"], row["origin_how"], row["relays"] = _origin(row, rows, origins)
        row["origin"] = origins.names[row["origin_id"]]
    _merge_unnamed(rows, origins)


def _origin(row: dict, rows: list[dict], origins: Origins) -> tuple[str, str, list[str]]:
    if row["chain"]:
        return row["chain"][0], NAMED, row["chain"][1:]
    credited = [other for other in rows if other["chain"] and other["number"] == row["number"]]
    for other in credited:
        if other["article_id"] == row["article_id"]:
            return other["chain"][0], "the article credits it elsewhere", other["chain"][1:]
    first = origins.first_print(row["article_id"])
    for other in credited:
        if origins.first_print(other["article_id"]) == first:
            return other["chain"][0], f"near-copy without the credit that {other['article_id']} gives", other["chain"][1:]
    if first != row["article_id"]:
        return origins.outlet(first), f"near-copy of {first}", []
    return row["outlet_id"], OWN_VOICE, []


def _merge_unnamed(rows: list[dict], origins: Origins) -> None:
    first: dict[tuple, dict] = {}
    for row in rows:
        if origins.sources.get(row["origin_id"], {}).get("kind") != "unnamed":
            continue
        kept = first.setdefault((row["origin"].lower(), row["number"]), row)
        if kept["origin_id"] != row["origin_id"]:
            row["origin_id"], row["origin_how"] = kept["origin_id"], "unnamed, of the same description and number: counted once"


def _outlets(articles: pd.DataFrame, sources: dict[str, dict]) -> dict[str, tuple[str, str]]:
    """The id and name of each article's outlet."""
    known = {}
    for row in sources.values():
        if row["kind"] in ("outlet", "organisation") and row["source_id"] != UNKNOWN_OUTLET[0]:
            known |= {name.lower().removeprefix("the "): row["source_id"] for name in [*json.loads(row["aliases"]), row["name"]]}
    found = {}
    for row in articles.itertuples():
        if isinstance(row.outlet, str):
            outlet_id = known.get(row.outlet.lower().removeprefix("the "), slug(row.outlet))
            found[row.article_id] = outlet_id, sources.get(outlet_id, {}).get("name", row.outlet)
        else:
            found[row.article_id] = f"{UNKNOWN_OUTLET[0]}-of-{slug(row.article_id)}", f"the outlet of {row.article_id} (not named)"
    return found

