"""Appositions: which name a role or a kind of body is said of, where the words tell it and the parser may not."""

from analysis.sources.entity import BODIES
from analysis.sources.lexicon import Lexicon
from analysis.sources.mentions import Reading
from analysis.sources.phrases import is_title
from analysis.types import Mention
from analysis.words import words_of

NAMING = words_of("nouns", "beside_names", "naming")
CLOSING = words_of("nouns", "beside_names", "closing")
ROLES_OF_BODIES = words_of("nouns", "organisations", "roles")
NEAR = 3  # paragraphs from an opening role to its name


def name_in_source(reading: Reading, tokens: list[int], head: Mention) -> Mention | None:
    """The name in a source's words whose head names nobody: "A diver on the second boat, Oskar Lind,".

    `tokens` are the source's, `head` the mention of its head. Its kind is set by the head where it tells none.
    """
    if not _asks_for_name(head, reading.lexicon):
        return None
    for at in tokens:
        mention = reading.by_token.get(at)
        if mention and mention is not head and mention.name and head.end <= mention.start <= at:
            titled = _leave_portfolio(mention, head, reading)
            if titled or (_is_said_of(mention, head, reading) and _agrees(mention, head, reading.lexicon)):
                return mention
    return None


def name_after_opening(reading: Reading, sources: list[Mention]) -> tuple[Mention, Mention] | None:
    """The role that an article opens with and the name that follows it unexplained, "A dealer said ... Oskar Lind told".

    `sources` are the heads of the article's own claims, in text order, without pronouns. A reader is told who somebody
    is; a name that comes without that, right after a role, is the role's.
    """
    body = [each for each in sources if reading.paragraphs[each.head] > reading.paragraphs[0]]
    role, named = (body[0], next((each for each in body if each is not body[0]), None)) if body else (None, None)
    if not named or role.name or role.plural or role.noun not in reading.lexicon.roles or role.kind != "unnamed":
        return None
    near = reading.paragraphs[named.head] - reading.paragraphs[role.head] <= NEAR
    if not near or len(named.name) < 2 or named.kind not in ("person", "") or _is_explained(named, role, reading):
        return None
    named.kind = "person"
    return role, named


def _is_explained(mention: Mention, role: Mention, reading: Reading) -> bool:
    """Is it said who the name is, by other words than those of `role`, or has it been named before?"""
    earlier = [each for each in reading.mentions if each.name[-1:] == mention.name[-1:] and each.start < mention.start]
    if any(reading.paragraphs[each.head] > reading.paragraphs[0] for each in earlier):
        return True
    lexicon, after = reading.lexicon, mention.end + 1
    titles = {word for word in mention.role if word not in lexicon.honorifics}
    if titles - {role.noun} - set(role.role) - lexicon.role_wider.get(role.noun, frozenset()):
        return True
    if after < len(reading.words) and reading.words[mention.end] == ",":
        return reading.tags[after] not in ("NUM", "PRON", "VERB", "ADV", "PUNCT")
    return after < len(reading.words) and reading.words[mention.end] in ("of", "from", "at")


def _asks_for_name(head: Mention, lexicon: Lexicon) -> bool:
    if head.kind == "document":
        return False
    generic = head.name and (head.name[-1][:1].islower() or all(piece.lower() in lexicon.portfolios for piece in head.name))
    return generic or not head.name


def _leave_portfolio(mention: Mention, head: Mention, reading: Reading) -> bool:
    """Leave "Police" out of the name in "Superintendent of | Police Oskar Lind"; say whether it was so."""
    lexicon, words = reading.lexicon, reading.words
    between = [word.lower() for word in words[head.end : mention.start]]
    titled = head.noun in lexicon.roles and words[head.head][:1].isupper() and between == ["of"]
    named = [word for word in mention.text.split() if word.lower() != "the"]
    if titled and len(named) > 2 and named[0].lower() in lexicon.portfolios | lexicon.organisations:
        name = named[1:]
        while len(name) > 1 and is_title(name[0], lexicon):
            name = name[1:]
        mention.name, mention.kind = tuple(name), "person"
        mention.start = mention.end - len(mention.name)
        mention.text = reading.text(mention.start, mention.end)
        return True
    return False


def _is_said_of(mention: Mention, head: Mention, reading: Reading) -> bool:
    at = _before_honorifics(reading, mention.start)
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


def _before_honorifics(reading: Reading, at: int) -> int:
    while at > 1 and (reading.words[at - 1] == "." or reading.words[at - 1].lower() in reading.lexicon.honorifics):
        at -= 1
    return at
