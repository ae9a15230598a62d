"""Sources: who says it (stub)."""

from dataclasses import dataclass, field

from analysis.corpus import Span


@dataclass
class Asserter:
    naming: list[Span]
    name: str
    kind: str
    description: str
    entity: int = 0


@dataclass
class Source:
    source_id: str
    name: str
    kind: str
    aliases: list[str] = field(default_factory=list)
    description: str = ""


@dataclass
class Register:
    sources: list[Source]
    claims: dict[str, list[str | None]]
    outlets: dict[str, str]


def resolve(article, doc, claims):
    return [None] * len(claims)


def register(articles, outlets=None):
    sources, claims = {}, {}

    def add(name, kind):
        slug = "-".join(name.lower().split())
        sources.setdefault(slug, Source(slug, name, kind))
        return slug

    for article_id, asserters in articles:
        claims[article_id] = [each and add(each.name, each.kind) for each in asserters]
    named = {article_id: add(name, "outlet") for article_id, name in (outlets or {}).items() if name}
    if len(named) < len(outlets or {}):
        sources["outlet-unknown"] = Source("outlet-unknown", "the outlet (not named)", "outlet")
    found = {article_id: named.get(article_id, "outlet-unknown") for article_id in outlets or {}}
    return Register([sources[key] for key in sorted(sources)], claims, found)
