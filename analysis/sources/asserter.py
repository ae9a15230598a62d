"""The asserter of a claim: what resolving a source gives."""

from dataclasses import dataclass

from analysis.corpus import Span


@dataclass
class Asserter:
    """Who one claim's source is, within its article.

    `naming` is the nearest naming of the source in the text, a noun phrase and never a pronoun, as spans of the raw
    text; [] where there is none. `name` is its fullest name in the article, without its role; for unnamed ones the
    short noun phrase, and "" for a pronoun that could not be resolved, of which `description` then says so. `kind` is
    one of person, state, organisation, outlet, document, unnamed. `description` is a person's role, or what the text
    says of an unnamed source. Claims whose asserters share an `entity` have, in their
    article, the same source; `aliases` are the other names the article gives it ("Baqaei", "Tehran").
    """

    naming: list[Span]
    name: str
    kind: str
    description: str
    entity: int = 0
    aliases: tuple[str, ...] = ()
