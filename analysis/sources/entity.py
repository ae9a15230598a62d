"""An entity: somebody or something an article speaks of, and how well a mention fits it."""

from bisect import bisect_left
from dataclasses import dataclass, field

from analysis.sources.lexicon import Lexicon
from analysis.sources.phrases import SUFFIXES
from analysis.types import Mention
from analysis.words import of_kind, words_of

NOBODY = frozenset(of_kind("pronouns", "nobody"))
ARTICLES = frozenset(of_kind("pronouns", "article"))
BODIES = ("organisation", "outlet")
SMALL = words_of("nouns", "beside_names", "small")
QUALIFYING = words_of("nouns", "descriptions", "qualifying")
FREE = words_of("nouns", "descriptions", "free")
ANY_BODY = words_of("nouns", "organisations", "any")


@dataclass(eq=False)
class Entity:
    """Somebody or something an article speaks of. `roles` are phrases of lower-case words ("iranian army chief")."""

    number: int
    kind: str
    name: str
    pieces: tuple[str, ...] = ()
    roles: list[tuple[str, ...]] = field(default_factory=list)
    description: str = ""
    noun: str = ""
    gender: str = ""
    plural: bool = False
    country: str | None = None
    acronym: str = ""
    members: tuple["Entity", ...] = ()
    issuer: "Entity | None" = None
    mentions: list[Mention] = field(default_factory=list)
    _in_order: list[Mention] = field(default_factory=list, repr=False)

    def between(self, first: int, last: int) -> list[Mention]:
        """The mentions whose heads are tokens from `first` up to and without `last`, in the order of the heads."""
        ordered = self._ordered()
        return ordered[bisect_left(ordered, first, key=_head) : bisect_left(ordered, last, key=_head)]

    def last_before(self, at: int) -> Mention | None:
        """The last mention whose head is a token before `at`."""
        ordered = self._ordered()
        place = bisect_left(ordered, at, key=_head)
        return ordered[place - 1] if place else None

    def _ordered(self) -> list[Mention]:
        if len(self._in_order) != len(self.mentions):
            self._in_order = sorted(self.mentions, key=_head)
        return self._in_order

    def add(self, mention: Mention) -> None:
        mention.entity = self
        self.mentions.append(mention)
        self.gender = self.gender or mention.gender
        self.country = self.country or mention.country
        if mention.role and mention.role not in self.roles and mention.text.split()[0].lower() not in NOBODY:
            self.roles.append(mention.role)
        fuller = without_article(mention.text)
        longer = " of " in fuller and len(fuller) > len(self.name) and not mention.in_headline  # where names run on
        if self.kind in BODIES and not self.pieces and longer:
            self.name = fuller  # "health ministry", of a headline, is "health ministry of Lusanga"


def _head(mention: Mention) -> int:
    return mention.head


def without_article(text: str) -> str:
    words = text.split()
    return " ".join(words[1:] if words and words[0].lower() in ARTICLES else words)


def key(name: tuple[str, ...]) -> str:
    return " ".join(piece.lower().strip(".") for piece in name if piece.lower() != "the")


def same_person(pieces: list[str], entity: Entity, mention: Mention) -> bool:
    theirs = [piece.lower() for piece in entity.pieces if piece.lower() not in SUFFIXES]
    if not pieces or not theirs or mention.gender and entity.gender and mention.gender != entity.gender:
        return False
    if len(pieces) == 1 or len(theirs) == 1:
        return pieces[-1] in (theirs[-1], theirs[0]) or theirs[-1] == pieces[-1]
    return pieces[0] == theirs[0] and pieces[-1] == theirs[-1]


def distance(entity: Entity, mention: Mention) -> int:
    """Tokens back to the nearest mention before; anything after counts as further than all of those."""
    gaps = [mention.start - each.start for each in entity.mentions]
    return min(gap if gap >= 0 else 1_000_000 - gap for gap in gaps)


def shared_titles(entity: Entity, mention: Mention) -> int:
    """1 where somebody of that surname bears the same title: "Gov. Orrick" is no "Marsha Orrick"."""
    return int(any(set(mention.role) & set(role) for role in entity.roles))


def initials(pieces: tuple[str, ...]) -> str:
    return "".join(piece[0] for piece in pieces if piece[:1].isupper()) if len(pieces) > 1 else ""


def part_of(mention: Mention, entity: Entity, lexicon: Lexicon) -> bool:
    """Is this a shorter name of a body: "the Observatory", "Northmere" of Northmere Ferries?"""
    words, theirs = ({piece.lower() for piece in name} - SMALL for name in (mention.name, entity.pieces))
    if not words or len(theirs) < 2:
        return False
    if words == theirs:
        return True
    head = " ".join(entity.pieces).lower().replace(" for ", " of ").split(" of ")[0].split()
    company = words == {entity.pieces[0].lower()} and entity.pieces[-1].lower() in lexicon.trades and not mention.role
    return words < theirs and bool(words & set(head)) and (len(words) > 1 or mention.definite or company)


def fits_person(mention: Mention, entity: Entity, lexicon: Lexicon) -> int:
    """How well a description ("the army chief") fits somebody's known roles; 0 where it does not."""
    if entity.plural or (mention.gender and entity.gender and mention.gender != entity.gender):
        return 0
    if mention.country and entity.country and mention.country != entity.country:
        return 0
    return max((_fits_role(mention, role, lexicon) for role in entity.roles), default=0)


def _fits_role(mention: Mention, role: tuple[str, ...], lexicon: Lexicon) -> int:
    wider = lexicon.role_wider.get(mention.noun, frozenset())
    exact = mention.noun in role
    if not exact and not wider & set(role):
        return 0
    asked = {word.rstrip("'s’") for word in mention.role[:-1]} - FREE
    known = {word.rstrip("'s’") for word in role}
    if (known & QUALIFYING) != (asked & QUALIFYING) and exact:
        return 0
    missing = {word for word in asked - known if mention.country is None or word not in mention.text.lower().split()[:2]}
    if missing & {word.lower() for word in mention.text.split() if word[:1].islower()}:
        return 0
    return (4 if exact else 2) + (1 if asked and not missing else 0) - (1 if missing else 0)


def fits_body(mention: Mention, entity: Entity, lexicon: Lexicon) -> int:
    """How well "the agency", "the army" fits a body, by the words of its names and descriptions; 0: not at all."""
    if mention.country and entity.country and mention.country != entity.country:
        return 0
    known = {piece.lower() for piece in entity.pieces} | {word for role in entity.roles for word in role}
    asked = {word for word in mention.role[:-1] if not word.endswith(("'s", "’s"))} - FREE  # "the teachers' union" is no other
    outlet = entity.kind == "outlet" and mention.noun in lexicon.outlets
    if mention.country is None and asked - known - (lexicon.outlets if outlet else frozenset()):
        return 0
    if mention.noun in known:
        return 3
    nouns = {piece.lower() for piece in entity.pieces} | {word for role in entity.roles for word in role[-1:]}
    if nouns & lexicon.organisation_wider.get(mention.noun, frozenset()):
        return 2
    unsaid = not (known - ANY_BODY) & (lexicon.organisations | lexicon.outlets | lexicon.outlet_words)
    return 1 if unsaid and (outlet or mention.noun in ANY_BODY) else 0
