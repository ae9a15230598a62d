"""Entities: the mentions of one article gathered into who they are."""

from analysis.sources.entity import (
    BODIES,
    Entity,
    distance,
    fits_body,
    fits_person,
    initials,
    key,
    part_of,
    same_person,
    shared_titles,
    without_article,
)
from analysis.sources.mentions import Reading
from analysis.sources.phrases import ACRONYM, SUFFIXES
from analysis.types import Mention
from analysis.words import words_of

PLACE_BEFORE = words_of("nouns", "places", "before")


class Entities:
    """All entities of an article; names are gathered over the whole article, descriptions in the order of reading."""

    def __init__(self, reading: Reading, named: dict[Mention, Mention]):
        """`named` gives roles whose name is known, and that name's mention."""
        self.reading = reading
        self.lexicon = reading.lexicon
        self.all: list[Entity] = []
        self.by_name: dict[tuple[str, str], Entity] = {}
        self._names()
        for role, name in named.items():
            self._say_of(name, role, role.text)
        self._appositions()
        for mention in reading.mentions:
            self.of(mention)

    def new(self, mention: Mention, kind: str, name: str) -> Entity:
        plural = mention.plural and kind != "person"  # the tagger takes "Sanders" for a plural
        entity = Entity(len(self.all), kind, name, mention.name, noun=mention.noun, plural=plural)
        self.all.append(entity)
        entity.add(mention)
        return entity

    def of(self, mention: Mention) -> Entity:
        """The entity of a mention; a description that fits nobody before it makes a new one."""
        if mention.entity is None:
            if mention.name:
                self._add_name(mention)
            else:
                found = self._described(mention)
                if found:
                    if mention.entity is None:
                        found.add(mention)
                else:
                    self._unnamed(mention)
        return mention.entity

    def before(self, at: int, kinds: tuple[str, ...]) -> list[tuple[int, Entity]]:
        """Entities of these kinds mentioned before token `at`, with the token of the last mention, nearest first."""
        found = []
        for entity in self.all:
            if entity.kind in kinds:
                last = entity.last_before(at)
                if last is not None:
                    found.append((last.head, entity))
        return sorted(found, key=lambda pair: -pair[0])

    def _names(self) -> None:
        named = [mention for mention in self.reading.mentions if mention.name]
        full = [mention for mention in named if len(mention.name) > 1 and mention.kind in ("person", "")]
        surnames = {mention.name[-1].upper() for mention in full if len({piece.isupper() for piece in mention.name}) == 1}
        for mention in named:
            if len(mention.name) == 1 and mention.name[0] in surnames and not mention.definite:
                mention.kind = "person"  # "REYL:", of a transcript
        # Names that show what they are go first, then longer ones, so that a headline's surname finds the full name.
        order = sorted(named, key=lambda each: (len(each.name) == 1, not each.kind, -len(each.name), each.start))
        for mention in order:
            self._add_name(mention)

    def _add_name(self, mention: Mention) -> None:
        if not mention.kind:
            self._settle(mention)
        if mention.entity is None:
            entity = self._known_as(mention)
            if entity:
                entity.add(mention)
            else:
                entity = self.new(mention, mention.kind, " ".join(mention.name))
            self._remember(mention, entity)

    def _remember(self, mention: Mention, entity: Entity) -> None:
        self.by_name.setdefault((mention.kind, key(mention.name)), entity)
        if mention.acronym:
            entity.acronym = mention.acronym
            self.by_name.setdefault(("acronym", mention.acronym.lower()), entity)

    def _settle(self, mention: Mention) -> None:
        """The kind of a name that tells nothing by itself, from the rest of the article."""
        same = [self.by_name.get((kind, key(mention.name))) for kind in (*BODIES, "state")]
        entity = next(filter(None, same), None) or self._person_named(mention) or self._body_named(mention)
        if entity:
            mention.kind = entity.kind
            entity.add(mention)
        else:
            mention.kind = self._kind_by_use(mention)

    def _kind_by_use(self, mention: Mention) -> str:
        word = self.reading.words[mention.end - len(mention.name)] if len(mention.name) > 1 else self.reading.words[mention.head]
        over = self._of_what(mention)
        if over in self.lexicon.places:
            return "state"
        if over in self.lexicon.roles:
            return "organisation"
        before = [self.reading.words[at - 1].lower() for at, each in enumerate(self.reading.words) if at and each == word]
        if any(each in PLACE_BEFORE for each in before):
            return "state"
        if mention.plural and len(mention.name) == 1:
            mention.noun = word.lower()
            return "unnamed"
        if mention.definite or mention.plural or "the" in before:
            return "organisation"
        return "person"

    def _of_what(self, mention: Mention) -> str:
        """The noun a name hangs on: "town" of Pine Fork, a place; "head" of Northmere Ferries, a body."""
        over = self.reading.heads[mention.head]
        return self.reading.words[self.reading.heads[over]].lower() if self.reading.words[over].lower() == "of" else ""

    def _known_as(self, mention: Mention) -> Entity | None:
        if mention.kind == "person":
            return self._person_named(mention)
        found = self.by_name.get((mention.kind, key(mention.name)))
        if found:
            return found
        if mention.kind in BODIES:
            return self._body_named(mention)
        return None

    def _person_named(self, mention: Mention) -> Entity | None:
        """The person whose surname, first name, or shorter or longer name this is; nearest before, else first after."""
        pieces = [piece.lower() for piece in mention.name if piece.lower() not in SUFFIXES]
        fits = [entity for entity in self.all if entity.kind == "person" and same_person(pieces, entity, mention)]
        if len(pieces) == 1:
            surnames = [entity for entity in fits if entity.pieces[-1].lower() == pieces[0]]
            fits = surnames or (fits if len(fits) == 1 else [])
        return min(fits, key=lambda entity: (-shared_titles(entity, mention), distance(entity, mention)), default=None)

    def _body_named(self, mention: Mention) -> Entity | None:
        """The body with this acronym, or of whose longer name these are words, its head among them."""
        short = mention.name[0]
        if len(mention.name) == 1 and ACRONYM.fullmatch(short):
            found = self.by_name.get(("acronym", short.lower()))
            bodies = [found] if found else [e for e in self.all if e.kind in BODIES and initials(e.pieces) == short]
        else:
            bodies = [entity for entity in self.all if entity.kind in BODIES and part_of(mention, entity, self.lexicon)]
        return min(bodies, key=lambda entity: distance(entity, mention), default=None)

    def _appositions(self) -> None:
        """"Ana Reyl, the ports minister": the second phrase is a role of the first, and the other way round."""
        reading = self.reading
        for mention in reading.mentions:
            if reading.deps[mention.head] not in ("appos", "attr"):
                continue
            other = reading.by_token.get(self._apposed_to(mention.head))
            if other is None or other is mention:
                continue
            name, role = (other, mention) if other.name else (mention, other)
            if name.entity and (name.entity.kind == "person") == (role.kind == "unnamed") and not role.plural:
                self._say_of(name, role, self._apposed_text(role) if reading.deps[mention.head] == "appos" else "")

    def _say_of(self, name: Mention, role: Mention, description: str) -> None:
        if name.entity and not role.name and role.noun and role.entity is None and role.kind != "document":
            name.entity.add(role)
            name.entity.description = name.entity.description or description

    def _apposed_to(self, at: int) -> int:
        over = self.reading.heads[at]
        if self.reading.deps[at] == "appos":
            return over
        under = [each for each in range(self.reading.left[over], at) if self.reading.heads[each] == over]
        labels = {self.reading.deps[each]: each for each in under}
        return at if labels.keys() & {"aux", "neg"} else labels.get("nsubj", at)

    def _apposed_text(self, role: Mention) -> str:
        end = role.end
        while end < min(self.reading.right[role.head] + 1, role.end + 8) and self.reading.tags[end] not in ("PUNCT", "PRON"):
            end += 1
        while end > role.end and self.reading.tags[end - 1] in ("ADP", "DET", "CCONJ", "SCONJ", "AUX", "ADJ", "VERB", "SPACE"):
            end -= 1
        return self.reading.text(role.start, end)

    def _described(self, mention: Mention) -> Entity | None:
        """Who a description without a name stands for: "the spokesman", "the agency", "the officials"."""
        if mention.indefinite:
            return None
        if mention.kind in BODIES:
            return self._best(mention, BODIES, fits_body)
        if mention.kind == "document":
            return self._document(mention)
        if mention.plural or not (mention.definite or mention.role[-1:] != (mention.noun,) or mention.text[:1].isupper()):
            return self._same_words(mention)
        return self._best(mention, ("person", "unnamed"), fits_person)

    def _best(self, mention: Mention, kinds: tuple[str, ...], fits) -> Entity | None:
        ranked = [(fits(mention, entity, self.lexicon), last, entity) for last, entity in self.before(mention.start, kinds)]
        ranked = [row for row in ranked if row[0] > 0]
        return max(ranked, key=lambda row: (row[0], row[1]), default=(0, 0, None))[2]

    def _document(self, mention: Mention) -> Entity | None:
        alike = self.lexicon.alike.get(mention.noun, frozenset((mention.noun,)))
        if not mention.definite:
            return None
        for _, entity in self.before(mention.start, ("document",)):
            if entity.plural != mention.plural:
                continue
            if entity.noun == mention.noun or (entity.noun in alike and len(mention.role) == 1):
                return entity
        return None

    def _same_words(self, mention: Mention) -> Entity | None:
        for _, entity in self.before(mention.start, ("unnamed",)):
            if entity.plural == mention.plural and entity.noun == mention.noun:
                if any(role == mention.role or (mention.definite and set(mention.role) <= set(role)) for role in entity.roles):
                    return entity
        return None

    def _unnamed(self, mention: Mention) -> None:
        self.new(mention, mention.kind or "unnamed", without_article(mention.text))
