"""Appositions: which name a role or a kind of body is said of, where the words tell it and the parser may not."""

from analysis.sources.entity import BODIES
from analysis.sources.lexicon import Lexicon
from analysis.sources.mentions import Reading
from analysis.types import Mention
from analysis.words import words_of

NAMING = words_of("nouns", "beside_names", "naming")
CLOSING = words_of("nouns", "beside_names", "closing")
ROLES_OF_BODIES = words_of("nouns", "organisations", "roles")


def name_in_source(reading: Reading, tokens: list[int], head: Mention) -> Mention | None:
    """The name in a source's words whose head names nobody: "A diver on the second boat, Oskar Lind,".

    `tokens` are the source's, `head` the mention of its head. Its kind is set by the head where it tells none.
    """
    if not _asks_for_name(head, reading.lexicon):
        return None
    for at in tokens:
        mention = reading.by_token.get(at)
        if mention and mention is not head and mention.name and head.end <= mention.start <= at:
            if _is_said_of(mention, head, reading) and _agrees(mention, head, reading.lexicon):
                return mention
    return None


def _asks_for_name(head: Mention, lexicon: Lexicon) -> bool:
    if head.kind == "document":
        return False
    generic = head.name and (head.name[-1][:1].islower() or all(piece.lower() in lexicon.portfolios for piece in head.name))
    return generic or not head.name


def _is_said_of(mention: Mention, head: Mention, reading: Reading) -> bool:
    at = mention.start
    word = reading.words[at - 1].lower()
    if at == head.end or word in NAMING or mention.role[-1:] == ("name",):
        return True
    beside = reading.by_token.get(at - 2)
    other_role = beside and beside is not head and not beside.name and not beside.plural and beside.noun in reading.lexicon.roles
    after = reading.words[mention.end : mention.end + 2]
    closed = not after or "\n" in after[0] or (after[0] in CLOSING and after[1:] not in (["and"], ["or"]))
    known = head.noun in reading.lexicon.roles or head.kind in BODIES or head.text.lower() in ("one", "another")
    return word == "," and (known or at - 1 == head.end) and not head.plural and not other_role and closed


def _agrees(mention: Mention, head: Mention, lexicon: Lexicon) -> bool:
    """Can the name be what the head says? It settles the kind of a name that does not tell it itself."""
    if mention.kind == "state":
        return False
    if head.kind in BODIES:
        mention.kind = mention.kind if mention.kind in BODIES and head.kind != "outlet" else head.kind
        return True
    if head.noun in lexicon.roles:
        mention.kind = "person" if mention.role[-1:] == ("name",) else mention.kind or "person"
        return mention.kind == "person" or mention.kind in BODIES and head.noun in ROLES_OF_BODIES
    return True
