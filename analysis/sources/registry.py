"""The register: one row for each source of a corpus, named the same in every article."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from analysis.ids import slug, untaken
from analysis.sources.entity import BODIES
from analysis.sources.phrases import ACRONYM
from analysis.types import UNKNOWN_OUTLET, Asserter, Register, Source

FEWEST, MOST = 3, 0.9  # see `_expansions`; so no ministry of one country becomes another's
Key = tuple[str, ...]


def register(
    articles: Iterable[tuple[str, list[Asserter | None]]], outlets: Mapping[str, str | None] | None = None
) -> Register:
    """Merge asserters into sources.

    `articles` gives each article's id and what `resolve` returned for it; `outlets` the name of each article's outlet,
    None where unknown. States, persons with more than a surname, and bodies with a proper name are one source in all
    articles; an acronym alone joins the one body that some article gives it to, and so does a part of a name that
    nearly always stands for one. Surnames alone, unnamed sources and documents stay within their article, whose id is part of
    theirs. The ids depend on the set of articles, not on their order, and those of an article change when others are added only
    where two sources claim one slug or one part of a name.
    """
    articles = [(article_id, asserters) for article_id, asserters in articles]
    expansions = _expansions(articles)
    gathered: dict[Key, list[Asserter]] = {}
    keys: dict[str, list[Key | None]] = {}
    for article_id, asserters in articles:
        keys[article_id] = [each and _key(each, article_id, expansions) for each in asserters]
        for key, each in zip(keys[article_id], asserters):
            if each:
                gathered.setdefault(key, []).append(each)
    outlet_keys = {article_id: _outlet_key(name) for article_id, name in (outlets or {}).items()}
    for article_id, key in outlet_keys.items():
        if key:
            gathered.setdefault(key, []).append(Asserter([], outlets[article_id], "outlet", ""))
    ids = _ids(gathered)
    sources = [_source(ids[key], group) for key, group in gathered.items()]
    if None in outlet_keys.values():
        sources.append(Source(*UNKNOWN_OUTLET, "outlet"))
    return Register(
        sorted(sources, key=lambda source: source.source_id),
        {article_id: [key and ids[key] for key in row] for article_id, row in keys.items()},
        {article_id: ids[key] if key else UNKNOWN_OUTLET[0] for article_id, key in outlet_keys.items()},
    )


def _plain(name: str) -> str:
    """A name for comparing: lower case, no dots, no "the", no middle initials."""
    words = [word.replace(".", "") for word in name.lower().split()]
    words = words[1:] if words[:1] == ["the"] else words
    middle = [word for word in words[1:-1] if len(word) > 1]
    return " ".join(words[:1] + middle + words[-1:] if len(words) > 1 else words)


def _expansions(articles: list[tuple[str, list[Asserter | None]]]) -> dict[str, str]:
    """What bodies go by for short, and the body: an acronym that exactly one body in the corpus goes by, and a part of a name
    ("Vellin Observatory") that stands for one fuller name in at least `FEWEST` articles, in `MOST` of all in which it is short for
    any, and in more than in which nothing fuller stands."""
    bodies = [each for _, asserters in articles for each in asserters if each and each.kind in BODIES]
    alone = Counter(_plain(each.name) for each in bodies)
    found: dict[str, Counter] = defaultdict(Counter)
    for each in bodies:
        if " " in each.name:
            found_in = {_plain(alias): alias for alias in each.aliases}
            for plain, alias in found_in.items():
                if ACRONYM.fullmatch(alias) or 1 < len(alias.split()) < len(each.name.split()):
                    found[plain][_plain(each.name)] += 1
    short = {}
    for name, fuller in found.items():
        (best, often), = fuller.most_common(1)
        if " " not in name and len(fuller) == 1 or " " in name and often >= max(FEWEST, MOST * fuller.total()) and often > alone[name]:
            short[name] = best
    return short


def _key(each: Asserter, article_id: str, expansions: dict[str, str]) -> Key:
    proper = any(character.isupper() for character in each.name)
    name = _plain(each.name)
    if each.kind == "state":
        return "state", name
    if each.kind == "person" and len(name.split()) > 1:
        return "person", name
    if each.kind in BODIES and proper:
        return "body", expansions.get(name, name)
    if not each.name:
        return "unresolved", article_id, each.description
    return "local", article_id, str(each.entity), name


def _outlet_key(name: str | None) -> Key | None:
    return ("body", _plain(name)) if name else None


def _ids(gathered: dict[Key, list[Asserter]]) -> dict[Key, str]:
    ids: dict[Key, str] = {}
    taken: set[str] = set()
    for key in sorted(gathered, key=_precedence):
        ids[key], _ = untaken(_slug_of(key, gathered[key]), taken)
    return ids


def _precedence(key: Key) -> tuple:
    # Sources of the whole corpus take their slugs first; within an article the earlier entity does.
    first = ("state", "body", "person", "local", "unresolved").index(key[0])
    return first, key[1], int(key[2]) if key[0] == "local" else 0, key


def _slug_of(key: Key, group: list[Asserter]) -> str:
    if key[0] in ("state", "body", "person"):
        return slug(key[1])
    return f"{slug(group[0].name or 'not resolved ' + group[0].description)}-in-{slug(key[1])}"


def _source(source_id: str, group: list[Asserter]) -> Source:
    names = {each.name for each in group if each.name}
    name = max(names, key=lambda name: (len(name), name), default=group[0].description)
    aliases = names | {alias for each in group for alias in each.aliases}
    descriptions = [each.description for each in group if each.description]
    description = max(sorted(set(descriptions)), key=lambda text: (descriptions.count(text), len(text)), default="")
    kinds = [each.kind for each in group]
    kind = max(sorted(set(kinds)), key=kinds.count)
    return Source(source_id, name, kind, sorted(aliases - {name}), description)
