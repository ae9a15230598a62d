"""Resolve the source of every claim of an article to who it is."""

import math
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Doc

from analysis.claims import tagger
from analysis.claims.spans import Places
from analysis.corpus import Article, Span
from analysis.sources.appositions import name_in_source
from analysis.sources.entities import Entities
from analysis.sources.entity import ARTICLES, BODIES, Entity
from analysis.sources.meant import PRONOUNS, Asked, Setting, chances
from analysis.sources.mentions import NOMINAL, Reading
from analysis.sources.phrases import is_pronoun, read_words
from analysis.sources.pronouns import GENDER, HUNG, Scene, candidates, clear_winner
from analysis.types import Asserter, Claim, Figure, Mention
from analysis.words import of_kind

REACH = 10  # tokens back to who a stray "who" may mean
PRONOUN_KINDS = (*GENDER, "thing", "plural")
# How many times likelier whom the rules choose for a pronoun is; of 298 kept out, rules alone 252 right, the scorer 248, both 267.
AGREED = math.exp(3)
SURE = 0.4  # who is meant by a pronoun is told from this probability on
PERSON = 0.85  # a person is told from this probability on where the rules take a source for something else
TOLD = 0.3  # who tells a figure that stands in no claim is told from this probability on
ADDED = frozenset(of_kind("pronouns", "reflexive", "added"))  # "he himself"
OPENING = frozenset("\"“‘'«")


def resolve(article: Article, doc: Doc, claims: list[Claim], figures: list[Figure]) -> tuple[list[Asserter | None], list[Figure]]:
    """Say who each claim's source is, by rules over the parse and the text and a learned scorer, and who tells the figures in no claim.

    `doc` is the parse of `article.reading`, so that offsets agree. The asserters come as a list parallel to `claims`, None where a
    claim has no source. A pronoun without a clear antecedent gives an Asserter of kind "unnamed" whose name is empty. Figures whose
    source goes on telling ("... died, the ministry said. Another 12 are missing.") come back with the claim of it that is nearest before
    them, else behind them.
    Costs about 0.02 ms a word on top of the parse, and a millisecond for each figure in no claim. The preference for recent
    subjects and for the last speaker follows Centering (Grosz, Joshi and Weinstein 1995).
    """
    if not claims:
        return [], figures
    resolver = Resolver(article, Reading(doc, article.title), claims)
    asserters = resolver.asserters()
    return asserters, [figure if figure.claim is not None else replace(figure, claim=resolver.teller(figure.span))
                       for figure in figures]


class Resolver:
    """One article's claims being resolved, in the order of their sources in the text."""

    def __init__(self, article: Article, reading: Reading, claims: list[Claim]):
        self.article, self.reading, self.claims = article, reading, claims
        self.tokens = [self._source_tokens(claim) for claim in claims]
        self.found: list[Entity | None] = [None] * len(claims)
        self.notes: dict[int, str] = {}
        self.mentions = [[reading.mention_at(head) for head in self._heads(tokens)] for tokens in self.tokens]
        self.named = self._named()
        reading.mentions = sorted(set(reading.by_token.values()), key=lambda each: (each.start, each.end))
        self.entities = Entities(reading, self.named)
        self.contents = [[reading.tokens_of(span) for span in claim.content] for claim in claims]
        self.places = Places([(piece.start, piece.stop) for piece in pieces] for pieces in self.contents)
        pieces = [piece for pieces in self.contents for piece in pieces]
        self.in_contents = {at for piece in pieces for at in piece}
        self.in_quotations = {at for piece in pieces if self._is_quotation(piece) for at in piece}
        self.titles: dict[int, str] = {}  # by the entity's number, as are its aliases
        self.aliases: dict[int, tuple[str, ...]] = {}
        self.heard: dict[int, int] = {}  # by their first tokens, in order

    def asserters(self) -> list[Asserter | None]:
        order = sorted(range(len(self.claims)), key=lambda index: (list(self.tokens[index])[:1] or [-1], index))
        previous = None
        for index in order:
            if self.tokens[index]:
                self.found[index] = entity = self._entity(index, previous)
                self.heard[self.tokens[index][0]] = index
                if self.claims[index].parent is None:
                    previous = entity or previous
        return [self._asserter(index) for index in range(len(self.claims))]

    def _named(self) -> dict[Mention, Mention]:
        """Sources' heads that name nobody, and the name that the source gives them."""
        found = [(tokens, mentions[0]) for tokens, mentions in zip(self.tokens, self.mentions) if mentions]
        names = {head: name_in_source(self.reading, tokens, head) for tokens, head in found}
        return {head: name for head, name in names.items() if name}

    def _source_tokens(self, claim: Claim) -> list[int]:
        return [at for span in claim.source for at in self.reading.tokens_of(span)]

    def _heads(self, tokens: list[int]) -> list[int]:
        """Heads of the source's noun phrase, and of those joined to it by "and"; none for a pronoun."""
        if not tokens or self._pronoun(tokens):
            return []
        inside = set(tokens)
        tops = [at for at in tokens if self.reading.heads[at] not in inside or self.reading.heads[at] == at]
        nominal = [at for at in tops if self.reading.tags[at] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET")]
        nouns = [at for at in tops if self.reading.tags[at] in NOMINAL]
        head = (nouns if nominal and self.reading.tags[nominal[0]] == "DET" and nouns else nominal or tops)[0]
        joined, last = [head], head
        for at in tokens:
            if self.reading.deps[at] == "conj" and self.reading.heads[at] == last and self.reading.tags[at] in ("NOUN", "PROPN"):
                joined.append(at)
                last = at
        return joined

    def _pronoun(self, tokens: list[int]) -> str:
        lexicon, first = self.reading.lexicon, self.reading.words[tokens[0]]
        if not is_pronoun(first, lexicon):
            return ""
        rest = [self.reading.words[at].lower() for at in tokens[1:]]
        if not rest or len(rest) == 1 and rest[0] in ADDED:
            return first.lower()
        # A tagger's scrap: "he was".
        scrap = {self.reading.tags[at] for at in tokens[1:]} <= {"AUX", "VERB", "ADV", "PUNCT", "SPACE"}
        return first.lower() if scrap and lexicon.pronouns[first.lower()] in PRONOUN_KINDS else ""

    def _entity(self, index: int, previous: Entity | None) -> Entity | None:
        tokens = self.tokens[index]
        word = self._pronoun(tokens)
        if word:
            return self._of_pronoun(index, word, previous)
        mentions = self.mentions[index]
        if len(mentions) > 1 and mentions[0] is not mentions[1] and mentions[0] not in self.named:
            return self._joined(mentions, tokens)
        chosen = self._of_mention(self.named.get(mentions[0], mentions[0]))
        return self._person_in(index, chosen, previous) or chosen

    def _person_in(self, index: int, chosen: Entity, previous: Entity | None) -> Entity | None:
        """The person whom a source's words name beside what the rules take it for, where the scorer is sure: "co-host Ann Tolle"; not one
        that the noun is of ("the family of Ann Tolle")."""
        named = (self.reading.by_token.get(at) for at in self.tokens[index])
        beside = {each.entity for each in named if each and each.entity and self.reading.deps[each.head] not in HUNG}
        if chosen.kind == "person" or not any(each.kind == "person" for each in beside):
            return None
        best = self._likeliest(self.asked(index, previous, None), PERSON)
        return best if best in beside and best.kind == "person" else None

    def _of_mention(self, mention: Mention) -> Entity:
        if mention.kind != "document":
            return self.entities.of(mention)
        if mention.issuer is not None:
            issuer = self.entities.of(self.reading.mention_at(mention.issuer))
            if issuer.kind not in ("unnamed", "document"):
                self.entities.of(mention).issuer = issuer
                return issuer
        document = self.entities.of(mention)
        if document.issuer:
            return document.issuer
        return self._named_in(mention) or document

    def _named_in(self, mention: Mention) -> Entity | None:
        """"the NBC report", "a Foreign Ministry statement": the body that is named right before the noun."""
        for start in range(mention.start, mention.head):
            maker = Mention(start, mention.head, mention.head - 1, self.reading.text(start, mention.head))
            if self.reading.words[start][:1].isupper() and self.reading.tags[start] in ("PROPN", "ADJ"):
                read_words(maker, self.reading.lexicon)
                if maker.name and maker.kind in (*BODIES, "state") and maker.name != mention.name:
                    return self.entities.of(maker)
        return None

    def _joined(self, mentions: list[Mention], tokens: list[int]) -> Entity:
        members = tuple(dict.fromkeys(self.entities.of(mention) for mention in mentions))
        if len(members) == 1:
            return members[0]
        for entity in self.entities.all:
            if entity.members == members:
                return entity
        name = " and ".join(member.name for member in members)
        entity = Entity(len(self.entities.all), members[0].kind, name, plural=True, members=members)
        start, end = tokens[0], tokens[-1] + 1
        entity.mentions = [Mention(start, end, mentions[0].head, self.reading.text(start, end), subject=True)]
        self.entities.all.append(entity)
        return entity

    def _of_pronoun(self, index: int, word: str, previous: Entity | None) -> Entity | None:
        kind, at = self.reading.lexicon.pronouns[word], self.tokens[index][0]
        if kind == "relative":
            return self._before_relative(at)
        around, in_quotation = self._around(index, at)
        if kind == "speaker":
            if around is None:
                self.notes[index] = f"“{word}”, the speaker or writer, not named"
            return around
        if kind not in PRONOUN_KINDS:
            self.notes[index] = f"“{word}”, nobody in particular"
            return None
        winner = self._meant(index, word, Scene(at, previous, around, in_quotation, self.in_quotations, self.heard))
        if winner is not None and kind in GENDER and winner.kind == "person" and self.claims[index].parent is None:
            winner.gender = winner.gender or GENDER[kind]
        return winner.issuer or winner if winner else None

    def _meant(self, index: int, word: str, scene: Scene) -> Entity | None:
        """Who a pronoun most likely means, by the scorer and the rules together; None, with a note of who else it may be, where that is not sure."""
        kind = self.reading.lexicon.pronouns[word]
        likely = self._chances(self.asked(index, scene.previous, scene.around))
        if kind in GENDER:
            likely = {each: share for each, share in likely.items()
                      if each is None or each.kind != "state" and each.gender in ("", GENDER[kind])}
        chosen = clear_winner(candidates(word, scene, self.reading, self.entities))
        if chosen is not None:
            likely[chosen] = AGREED * max(likely.get(each, 0.0) for each in (chosen, *chosen.members))
        best, *rest = sorted((each for each in likely if each), key=lambda each: (-likely[each], each.number)) or [None]
        if best is not None and likely[best] >= SURE * sum(likely.values()):
            return best
        names = " or ".join(each.name for each in [best, *rest[:1]] if each)
        self.notes[index] = f"“{word}”, unclear: {names}" if names else f"“{word}”, nobody named near it"
        return None

    def asked(self, index: int, previous: Entity | None, around: Entity | None) -> Asked:
        """What the scorer is asked of a claim's source, given who spoke before and whose claim it stands inside."""
        claim, tokens = self.claims[index], self.tokens[index]
        word = self._pronoun(tokens)
        kind = self.reading.lexicon.pronouns.get(word, "none")
        contents = [at for piece in self.contents[index] for at in piece]
        text = " ".join(self.article.reading[start:end] for start, end in claim.source)
        return Asked(tokens[0], tokens[-1] + 1, text, word, kind if kind in PRONOUNS else "other",
                     [] if word else self.mentions[index], claim.parent is not None, tokens[0] in self.in_quotations,
                     (min(contents), max(contents)) if contents else None, previous, around)

    def teller(self, number: Span) -> int | None:
        """The claim whose source most likely tells a number that stands in no claim; None where that is the outlet, or not sure."""
        asked = self.asked_of(number, self.spoke)
        best = self._likeliest(asked, TOLD) if asked else None
        if best is None:
            return None
        claims = [(tokens[0], index)
                  for index, (tokens, found) in enumerate(zip(self.tokens, self.found)) if tokens and found is best]
        before = [each for each in claims if each[0] < asked.start]
        return max(before)[1] if before else min(claims)[1] if claims else None

    def asked_of(self, number: Span, spoke: dict[int, Entity | None]) -> Asked | None:
        """What the scorer is asked of a figure that stands in no claim; `spoke` says who did, by the first tokens of the sources."""
        tokens = self.reading.tokens_of(number)
        if not tokens:
            return None
        before = max((at for at in spoke if at < tokens[0]), default=None)
        return Asked(tokens[0], tokens[-1] + 1, self.reading.text(tokens[0], tokens[-1] + 1), kind="number",
                     quoted=tokens[0] in self.in_quotations, previous=None if before is None else spoke[before])

    def _likeliest(self, asked: Asked, least: float) -> Entity | None:
        """Who is likeliest meant; None where that is nobody, or less likely than `least`."""
        likely = self._chances(asked)
        best = max(likely, key=likely.__getitem__)
        return best if likely[best] >= least else None

    def _chances(self, asked: Asked) -> dict[Entity | None, float]:
        return chances(asked, self.setting, tagger.reading(self.article.reading))

    @cached_property
    def spoke(self) -> dict[int, Entity | None]:
        """Who the sources of the outermost claims are, by their first tokens, once all are resolved."""
        return {tokens[0]: found for tokens, found, claim in zip(self.tokens, self.found, self.claims)
                if tokens and claim.parent is None}

    @cached_property
    def setting(self) -> Setting:
        """What of the article bears on every source."""
        own = [mention for mentions in self.mentions for mention in mentions]
        return Setting(self.reading, self.entities.all, {mention.entity for mention in own}, {mention.head for mention in own},
                     self.in_quotations, self.in_contents)

    def _around(self, index: int, at: int) -> tuple[Entity | None, bool]:
        """Whose claim the pronoun stands inside, and whether in quotation marks there."""
        parent = self.claims[index].parent
        holders = [parent] if parent is not None else []
        holders += [number for number in self.places.near([(at, at)])
                    if number != index and any(at in p for p in self.contents[number])]
        for number in holders:
            if self.found[number] is None and self.tokens[number] and number != index:
                self.found[number] = self._entity_once(number)
            if self.found[number]:
                return self.found[number], any(at in piece and self._is_quotation(piece) for piece in self.contents[number])
        return None, False

    def _entity_once(self, number: int) -> Entity | None:
        # The holder's source may stand after the pronoun ("We are ready", she said): look no further than itself.
        word = self._pronoun(self.tokens[number])
        if word and self.reading.lexicon.pronouns[word] not in PRONOUN_KINDS:
            return None
        if word:
            before = next((earlier for earlier in reversed(self.heard) if earlier < self.tokens[number][0]), None)
            spoke = self.found[self.heard[before]] if before is not None else None
            return self._meant(number, word, Scene(self.tokens[number][0], spoke, None, False, self.in_contents, self.heard))
        return self._entity(number, None)

    def _is_quotation(self, piece: range) -> bool:
        if not piece:
            return False
        return self.reading.words[piece[0]][:1] in OPENING or (
            piece[0] > 0 and self.reading.words[piece[0] - 1][-1:] in OPENING
        )

    def _before_relative(self, at: int) -> Entity | None:
        """The noun phrase right before "who" where that fits, else the one its clause hangs on."""
        who = self.reading.words[at].lower() == "who"
        before = [each for each in self.reading.mentions if at - REACH < each.end <= at]
        beside = [each for each in before if not any(word.isalnum() for word in self.reading.words[each.end : at])]
        for mention in reversed(beside):
            if self._speaks(mention) if who else mention.name and mention.kind in BODIES:
                return self.entities.of(mention)
        verb = self.reading.heads[at]
        for _ in range(4):
            if self.reading.deps[verb] == "relcl":
                found = self.reading.mention_at(self.reading.heads[verb])
                if not who or self._speaks(found):
                    return self._of_mention(found)
            verb = self.reading.heads[verb]
        speaking = [each for each in before if self._speaks(each)]
        return self.entities.of(speaking[-1]) if speaking else None

    def _speaks(self, mention: Mention) -> bool:
        """Can "who" be said of it? Of persons, of several, and of a lone noun for a person."""
        kind = self.entities.of(mention).kind
        return kind == "person" or (kind == "unnamed" and (mention.plural or mention.noun in self.reading.lexicon.roles))

    def _asserter(self, index: int) -> Asserter | None:
        claim, entity, tokens = self.claims[index], self.found[index], self.tokens[index]
        if not claim.source or not tokens:
            return None
        if entity is None:
            return Asserter([], "", "unnamed", self.notes.get(index, "not resolved"), -1 - index)
        naming = list(claim.source) if not self._pronoun(tokens) else self._nearest_naming(entity, tokens[0])
        text = " ".join(self.reading.text(*self._bounds(span)) for span in claim.source)
        return Asserter(naming, entity.name, entity.kind, self._description(entity, text), entity.number,
                        self._aliases_once(entity))

    def _aliases_once(self, entity: Entity) -> tuple[str, ...]:
        if entity.number not in self.aliases:
            self.aliases[entity.number] = self._aliases(entity)
        return self.aliases[entity.number]

    def _aliases(self, entity: Entity) -> tuple[str, ...]:
        if entity.kind in ("unnamed", "document") or entity.members:
            return ()
        names = {" ".join(mention.text.split()[-len(mention.name) :]) for mention in entity.mentions if mention.name}
        if entity.acronym:
            names.add(entity.acronym)
        return tuple(sorted(names - {entity.name}))

    def _bounds(self, span: Span) -> tuple[int, int]:
        tokens = self.reading.tokens_of(span)
        return (tokens.start, tokens.stop) if tokens else (0, 0)

    def _nearest_naming(self, entity: Entity, at: int) -> list[Span]:
        before = [mention for mention in entity.mentions if mention.end <= at]
        mention = max(before, key=lambda each: each.head) if before else min(
            entity.mentions, key=lambda each: each.start, default=None
        )
        return [self.reading.span(mention)] if mention else []

    def _description(self, entity: Entity, text: str) -> str:
        if entity.members:
            return ""
        if entity.kind == "person":
            if entity.number not in self.titles:
                self.titles[entity.number] = _title(entity, self.reading)
            return entity.description or self.titles[entity.number]
        if entity.kind == "unnamed" and entity.mentions:
            return entity.mentions[0].text if self.reading.lexicon.pronouns.get(text.lower()) else text
        return ""


def _title(entity: Entity, reading: Reading) -> str:
    """The longest run of words that stands before the name somewhere: "Iranian Foreign Ministry spokesman"."""
    titles = []
    for mention in entity.mentions:
        words = mention.text.split()
        kept = words[: len(words) - len(mention.name)] if mention.name else words
        kept = [word for word in kept if word.lower().rstrip(".") not in reading.lexicon.honorifics]
        if any(word.lower() in reading.lexicon.speaking for word in kept):
            titles.append(" ".join(word for word in kept if word.lower() not in ARTICLES))
    return max(titles, key=len, default="")
