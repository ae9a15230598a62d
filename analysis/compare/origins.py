"""Origins: who said a figure first, however many outlets carry it."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from analysis.claims.stance import load_cues
from analysis.compare.rows import Claim, CountedFigure, Dated, Figure, OriginatedFigure, Source, further, read
from analysis.ids import slug
from analysis.sources.lexicon import load_lexicon
from analysis.sources.phrases import singular_of
from analysis.types import NOT_NAMED, UNKNOWN_OUTLET
from analysis.words import words_of

NAMED, OWN_VOICE = "named", "the outlet's own voice"
ASSERTED = ("says", "admits", "accuses", "believes")  # stances of who says that something is so
ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?(?P<name>[\w-]+)\.(?P<rest>[a-z][\w.-]*[a-z])/?", re.IGNORECASE)
SHOWS = words_of("comparing", "shows", "nouns")


class Origins:
    """The chains of a corpus's claims, its outlets and its near-copies, ready to be asked."""

    def __init__(self, tables: dict[str, pd.DataFrame], articles: list[Dated], events: dict[str, str]):
        """`tables` are those of a corpus, with `copies`; `events` gives the event of each of its articles."""
        self.claims = {row.claim_id: row for row in read(tables["claims"], Claim)}
        self.sources = {row.source_id: row for row in read(tables["sources"], Source)}
        self.names = {source_id: row.name for source_id, row in self.sources.items()}
        self.outlets = _outlets(articles, self.sources)
        self.names |= dict(self.outlets.values())
        self.own_voices = {outlet_id for outlet_id, _ in self.outlets.values()}
        self.titles = {article.article_id: " ".join(article.title.split()) for article in articles}
        self.copies = dict(zip(tables["copies"]["article_id"], tables["copies"]["copy_of"]))
        self.same = self._same(events)
        self.events = events
        self.named = self._named(events)
        self.credits = self._credits(tables["figures"])

    def outward(self, claim_id: str | None) -> Iterator[Claim]:
        """A claim and those it stands inside, the innermost first."""
        while claim_id is not None:
            yield self.claims[claim_id]
            claim_id = self.claims[claim_id].parent_id

    def chain(self, claim_id: str | None) -> list[str]:
        """The sources of a claim and of those it stands inside, the innermost first.

        What only shows the number, records or an inspection, is no source where somebody tells of it, nor are the speaker's
        own people ("its engineers").
        """
        found = [(self.same.get(row.source_id, row.source_id), row.source)
                 for row in self.outward(claim_id) if row.source_id is not None]
        while len(found) > 1 and (_is_own(found[0][1])
                                  or self.sources[found[1][0]].kind != "outlet" and _is_thing(self.sources[found[0][0]])):
            found = found[1:]
        return list(dict.fromkeys(source_id for source_id, _ in found))

    def in_headline(self, row: CountedFigure) -> bool:
        """Whether a row, with its sentence as `quote`, stands in its article's headline."""
        return row.quote in self.titles[row.article_id]

    def credited(self, row: CountedFigure) -> Sequence[str]:
        """The chain of the first other figure of a row's article that gives the same number of the same thing as somebody's word."""
        headline = self.in_headline(row)
        others = self.credits.get((row.article_id, row.number), ())
        return next((chain for other, chain in others
                     if other.figure_id != row.figure_id and _same_number(row, other, headline)), [])

    def is_short_for(self, source_id: str, credited: str) -> bool:
        """Whether a headline's source may be whom the article credits: told by its kind only ("Rebels", "Police") or by a part of the name."""
        row, words = self.sources[source_id], self.names[source_id].lower().split()
        kind = row.kind in ("unnamed", "document", "state") or " ".join(words) in load_lexicon().organisations
        return kind or set(words) < set(self.names[credited].lower().split())

    def _credits(self, figures: pd.DataFrame) -> dict[tuple, list[tuple[Figure, list[str]]]]:
        """The figures of each article and number, in text order, that it gives to somebody it names, each with its chain."""
        found: dict[tuple, list[tuple[Figure, list[str]]]] = {}
        for row in read(figures[figures["claim_id"].notna()], Figure):
            chain = self.chain(row.claim_id) if self._asserted(row.claim_id) else []
            if chain and chain[0] != self.outlet(row.article_id):
                found.setdefault((row.article_id, row.number), []).append((row, chain))
        return found

    def outlet(self, article_id: str) -> str:
        """The id of an article's outlet; where the corpus tells none, one of the article's own."""
        return self.outlets[article_id][0]

    def first_print(self, article_id: str) -> str:
        """The article whose text an article copies, or the article itself."""
        return self.copies.get(article_id, article_id)

    def stands_for(self, source_id: str, article_id: str) -> str | None:
        """The one body, if there is exactly one, that an article, or else its event's articles, also name and that a description
        ("a monitor") fits."""
        description = _described(self.names[source_id])
        if any(word[:1].isupper() for word in description.split()):
            return None
        for near in (article_id, self.events[article_id]):
            fitting = {body for body in self.named.get(near, ()) if body != source_id and _fits(description, self.names[body])}
            names = {body for body in fitting if self.names[body].split()[-1][:1].isupper()}
            if names or fitting and " " not in description:  # "a union" may also be the "chemical workers' union"
                return (names or fitting).pop() if len(names or fitting) == 1 else None
        return None

    def _asserted(self, claim_id: str | None) -> bool:
        """Whether a claim and those it stands inside say that it is so."""
        return all(claim.stance in ASSERTED and not claim.negated for claim in self.outward(claim_id))

    def _sourced(self) -> list[Claim]:
        """The claims that name a source."""
        return [row for row in self.claims.values() if row.source_id is not None]

    def _named(self, events: dict[str, str]) -> dict[str, set[str]]:
        """The bodies that the claims of each article and of each event name."""
        found: dict[str, set[str]] = {}
        for row in self._sourced():
            source_id = self.same.get(row.source_id, row.source_id)
            if self.sources[source_id].kind == "organisation" and " " in self.names[source_id]:
                for near in (row.article_id, events[row.article_id]):
                    found.setdefault(near, set()).add(source_id)
        return found

    def _same(self, events: dict[str, str]) -> dict[str, str]:
        """Sources that are one within an event though the register, which sees all articles, keeps them apart.

        A surname alone is the person of that surname where the event's articles name exactly one in full. Bodies are one
        where they are called the same, or one has only a word before ("Hesk-based Tolva Watch for Lakes"). Whoever is
        described by the word of a body ("Observatory director") speaks for the one body of that word.
        """
        by_event: dict[str, set[str]] = {}
        for row in self._sourced():
            by_event.setdefault(events[row.article_id], set()).add(row.source_id)
        outlets = {name: outlet_id for outlet_id, name in self.outlets.values()}
        same = {row.source_id: outlets[row.name] for row in self.sources.values() if row.name in outlets}
        for event_id in sorted(by_event):
            rows = [self.sources[source_id] for source_id in sorted(by_event[event_id])]
            bodies = sorted((row for row in rows if row.kind in ("organisation", "outlet")),
                            key=lambda row: (len(row.name.split()), row.source_id))
            people = [row for row in rows if row.kind == "person"]
            same |= {row.source_id: found for row in bodies if (found := _same_body(row, bodies))}
            same |= {row.source_id: found for row in people if (found := _same_person(row, people) or _called(row, bodies))}
            same |= {row.source_id: same.get(found, found) for row in people if (found := _speaks_for(row, bodies))}
        return same


def _same_number(row: Figure, other: Figure, headline: bool) -> bool:
    """Whether two figures of an article are the same number of the same thing; a headline may leave out of what ("Toll rises to 9")."""
    if (row.number, row.kind) != (other.number, other.kind):
        return False
    measures = {each.measure for each in (row, other)}
    return headline and None in measures or len(measures) == 1 and (None not in measures or row.unit == other.unit)


def _is_own(words: str) -> bool:
    """Whether the words for a source are of the speaker's own: "its engineers", "his own office"; not "his lawyer"."""
    first = words.lower().split()[:2]
    return first[:1] in (["its"], ["their"], ["our"]) or first[1:] == ["own"]


def _is_thing(source: Source) -> bool:
    """Whether a source is a document without a maker, or is called by a word for what only shows something ("an inspection")."""
    last = singular_of((source.name.split() or [""])[-1])
    return source.kind == "document" or source.kind == "unnamed" and (last in SHOWS or last.endswith(load_cues().abstract))


def _same_body(row: Source, bodies: list[Source]) -> str | None:
    """The id of the shortest-named body that a body is, if that is another: "Orland's TOLNA state agency" is Tolna, or "TOLNA reporters";
    "Orland's defence ministry" or "defence ministry of Orland" is the defence ministry, where the event has no other's."""
    name = row.name.lower()
    for other in bodies:
        plain = other.name.lower()
        fuller = _is_fuller(name, plain) and (len(plain.split()) > 2 or not any(
            _is_fuller(body.name.lower(), plain) and body.name.lower() != name for body in bodies))
        if name == plain or fuller or _acronyms(row.name) & {plain, *_acronyms(other.name)}:
            return other.source_id if other is not row else None
    return None


def _is_fuller(name: str, plain: str) -> bool:
    """Whether a name is another of two words or more, with who it is of before or behind it."""
    return " " in plain and (name.endswith(f" {plain}") or name.startswith(f"{plain} of "))


def _described(name: str) -> str:
    """A name without what only tells where a body is: "Orland-based monitor" is a monitor; "Union", as headlines have it, a union."""
    lexicon = load_lexicon()
    words = [word for word in name.split() if not (word.endswith("-based") or word in lexicon.adjectives)]
    return name.lower() if name.lower() in lexicon.organisations else " ".join(words)


def _acronyms(name: str) -> set[str]:
    return {word.lower() for word in name.split() if word.isupper() and len(word) > 2}


def _same_person(row: Source, people: list[Source]) -> str | None:
    name = row.name
    full = [other.source_id for other in people if other.name.endswith(f" {name}")]
    return full[0] if len(full) == 1 else None


def _called(row: Source, bodies: list[Source]) -> str | None:
    """The id of the body of the very name of what one article, telling no more of it, took for a person."""
    return next((body.source_id for body in bodies if not row.description and body.name.lower() == row.name.lower()), None)


def _speaks_for(row: Source, bodies: list[Source]) -> str | None:
    """The id of the body whose word stands in a person's description with a capital ("Observatory director")."""
    told = {word for word in row.description.split()[:-1] if word[:1].isupper() and word.lower() in load_lexicon().organisations}
    found = [body.source_id for body in bodies if told & set(body.name.split())]
    return found[0] if found else None


def outlet_name(outlet: str | None) -> str | None:
    """What an outlet is called: of one that is told by its address ("www.orvelpost.com") the name where it is known ("Orvel
    Post"), else the bare host."""
    if not outlet or not (address := ADDRESS.fullmatch(outlet)):
        return outlet
    known = {_squeezed(name): name for name, (kind, _) in load_lexicon().names.items() if kind == "outlet" and len(name) > 2}
    return known.get(_squeezed(address["name"]), f"{address['name']}.{address['rest']}")


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower().removeprefix("the").strip())


def originated(rows: list[CountedFigure], origins: Origins) -> list[OriginatedFigure]:
    """The rows of figures about one thing in one event, with who said each first.

    A number that an article states in its own voice and also credits to somebody is that somebody's, and so is one that its
    headline gives to "Rebels" or "Police". So is one that a near-copy states in its own voice, where another print of the text
    credits it; credited nowhere, it belongs to the first print. A description ("a monitor") is the body that its article also
    names and that it fits. Unnamed sources of one description in several articles count once where they give one number: they
    may well be the same.
    """
    chains = [_chain(row, origins) for row in rows]
    credited: dict[tuple, list[tuple[CountedFigure, tuple[str, ...]]]] = defaultdict(list)
    for row, chain in zip(rows, chains):
        if chain:
            credited[row.number].append((row, chain))
    found = []
    for row, chain in zip(rows, chains):
        origin_id, how, relays = _origin(row, chain, credited.get(row.number, []), origins)
        found.append(further(row, OriginatedFigure, chain=chain, origin_id=origin_id, origin=origins.names[origin_id],
                             origin_how=how,
                             relays=tuple(relays)))
    return _merged(found, origins)


def _chain(row: CountedFigure, origins: Origins) -> tuple[str, ...]:
    """Whose word a figure is, from the first on; nobody's but the outlet's where it ends there."""
    chain = origins.chain(row.claim_id)
    return () if chain and chain[0] == row.outlet_id else tuple(chain)


def _origin(row: CountedFigure, chain: tuple[str, ...], credited: list, origins: Origins) -> tuple[str, str, Sequence[str]]:
    """The id of who said a figure first, how that is known, and who handed it on; `credited` are those of its number that are somebody's."""
    if chain:
        below = origins.credited(row) if origins.in_headline(row) else []
        if below and below[0] != chain[0] and origins.is_short_for(chain[0], below[0]):
            return below[0], f"the article below credits it to {origins.names[below[0]]}", below[1:]
        meant = origins.stands_for(chain[0], row.article_id)
        if meant:
            return meant, f"“{origins.names[chain[0]]}” fits {origins.names[meant]}, which the article also names", chain[1:]
        return chain[0], NAMED, chain[1:]
    for other, whose in credited:
        if other.article_id == row.article_id:
            return whose[0], "the article credits it elsewhere", whose[1:]
    elsewhere = origins.credited(row)
    if elsewhere:
        return elsewhere[0], "the article credits it elsewhere", elsewhere[1:]
    first = origins.first_print(row.article_id)
    for other, whose in credited:
        if origins.first_print(other.article_id) == first:
            return whose[0], f"near-copy without the credit that {other.article_id} gives", whose[1:]
    if first != row.article_id:
        return origins.outlet(first), f"near-copy of {first}", []
    return row.outlet_id, OWN_VOICE, []


def _merged(rows: list[OriginatedFigure], origins: Origins) -> list[OriginatedFigure]:
    """The rows, what a body without a name and one with a name it fits give as the same number being of one origin."""
    named: dict[tuple, dict[str, OriginatedFigure]] = {}
    for row in rows:
        if row.chain and any(word[:1].isupper() for word in row.origin.split()) and origins.sources[row.origin_id].kind == "organisation":
            named.setdefault(row.number, {})[row.origin_id] = row
    first: dict[tuple, OriginatedFigure] = {}
    found = []
    for row in rows:
        fitting = [other for other in named.get(row.number, {}).values() if _fits(row.origin, other.origin)]
        if len(fitting) == 1 and fitting[0].origin_id != row.origin_id:
            how = f"“{row.origin}” fits {fitting[0].origin}, and the number is the same: counted once"
            row = replace(row, origin_id=fitting[0].origin_id, origin=fitting[0].origin, origin_how=how)
        if row.origin_id in origins.sources and origins.sources[row.origin_id].kind == "unnamed":
            kept = first.setdefault((row.origin.lower(), row.number), row)
            if kept.origin_id != row.origin_id:
                row = replace(row, origin_id=kept.origin_id,
                              origin_how="unnamed, of the same description and number: counted once")
        found.append(row)
    return found


def _fits(description: str, name: str) -> bool:
    """Whether a body without a name ("a monitoring group") may be the one of that name ("Vellin Observatory")."""
    words = [word.lower().replace("monitoring", "monitor") for word in description.split()]
    # "teachers' union"
    told = {word for word in words[:-1] if word in load_lexicon().portfolios or word.endswith(("'", "’", "'s", "’s"))}
    if not words or any(word[:1].isupper() for word in description.split()[1:]) or told - set(name.lower().split()):
        return False
    wider = load_lexicon().organisation_wider
    fits = frozenset().union(*(wider.get(word, frozenset()) for word in words[-2:])) | {words[-1]}
    return bool(fits & {word.lower() for word in name.split()})


def _outlets(articles: list[Dated], sources: dict[str, Source]) -> dict[str, tuple[str, str]]:
    """The id and name of each article's outlet."""
    known = {}
    for row in sources.values():
        if row.kind in ("outlet", "organisation") and row.source_id != UNKNOWN_OUTLET[0]:
            known |= {name.lower().removeprefix("the "): row.source_id for name in [*json.loads(row.aliases), row.name]}
    found, several = {}, sum(row.outlet is None for row in articles) > 1
    for row in articles:
        article_id, outlet = row.article_id, row.outlet
        if outlet is not None:
            outlet_id = known.get(outlet.lower().removeprefix("the "), slug(outlet))
            found[article_id] = outlet_id, sources[outlet_id].name if outlet_id in sources else outlet
        else:
            name = NOT_NAMED.format(f" of {article_id}" if several else "")
            found[article_id] = f"{UNKNOWN_OUTLET[0]}-of-{slug(article_id)}", name
    return found

