"""What keeps two claims from being one statement, however alike their words: numbers, actors, and which side they are on."""

from dataclasses import dataclass
from functools import cache

from spacy.lang.en.stop_words import STOP_WORDS

from analysis.sources.lexicon import load_lexicon
from analysis.words import LETTERS, words_of
from analysis.words.patterns import named

NEGATION, UNTRUE, PRONOUN, WHERE, TURNED_ROUND = named("denying", "negation", "untrue", "pronoun", "where", "turned_round")
ACTS = ("demands", "promises", "rejects")  # what is no claim that something is so
ARMED = words_of("comparing", "people", "armed")


@dataclass(frozen=True)
class Proposition:
    """A claim's content as the rules see it.

    `noes`: how often it says no, by its stance and its words. `numbers`: those of its figures. `actors`: the names and
    the nouns for people and bodies in it, in order, a pronoun being whoever claims it. `act`: "" for what is said to be
    so, else "demands", "promises" or "rejects". `passive`: whether the order of actors may be the other way round. `denies`:
    whether it is put as a denial. `negated`: the first telling word after each "not", in lower case.
    """

    noes: int
    numbers: frozenset[tuple]
    actors: tuple[str, ...]
    act: str
    passive: bool
    denies: bool
    negated: tuple[str, ...]

    @property
    def positive(self) -> bool:
        """Whether whoever claims it says that it is so."""
        return self.noes % 2 == 0


def proposition(content: str, stance: str, negated: bool, numbers: frozenset[tuple] = frozenset(), source: str = "",
                place: str = "") -> Proposition | None:
    """A claim as a proposition; None where its source says nothing either way ("has not said whether", "never denied that").

    `place` is where the event is: a name that all share tells no actors apart.
    """
    if negated and stance not in ("believes", "expects"):
        return None
    within = UNTRUE.sub(" ", content) if stance == "denies" else content
    noes = len(NEGATION.findall(within)) + (negated or stance == "denies")
    told = tuple(actor for actor in actors(content, source) if actor not in place.lower().split())
    return Proposition(noes, numbers, told, stance if stance in ACTS else "", bool(TURNED_ROUND.search(content)),
                       stance == "denies",
                       tuple(words[0] for told in NEGATION.finditer(content) if (words := telling_words(content[told.end() :]))))


def actors(content: str, source: str = "") -> tuple[str, ...]:
    """The names, and the nouns for people and bodies, in a text, in lower case and the singular, in order.

    Names of places and days after a word like "in" are none; a pronoun stands for `source`, whose content it is.
    """
    found = []
    for place, match in enumerate(LETTERS.finditer(content)):
        word = _singular(match[0].lower())
        if PRONOUN.fullmatch(match[0]):
            found += actors(source)
        elif word in _nouns() or match[0][0].isupper() and (place or not source) and not WHERE.search(content[: match.start()]):
            found.append(word)
    return tuple(dict.fromkeys(found))


def telling_words(content: str) -> list[str]:
    """The words of a text that say something by themselves, in lower case, in order."""
    return [word.lower() for word in LETTERS.findall(content) if word.lower() not in STOP_WORDS and len(word) > 1]


def in_full(content: str, source: str) -> str:
    """A text with whoever says it in place of its first pronoun."""
    return PRONOUN.sub(lambda _: source, content, count=1)


def contradiction(one: Proposition, other: Proposition) -> str | None:
    """Why two claims are not about one statement, in words; None where nothing in them is against it."""
    if one.act != other.act:
        return "one is a demand, promise or refusal"
    fewer, more = sorted((one, other), key=lambda each: each.noes)
    # No soldier is not nine soldiers
    if one.numbers != other.numbers and (more.numbers or not more.denies or one.positive == other.positive):
        return "other numbers"
    if {*one.actors} - {*other.actors} and {*other.actors} - {*one.actors}:
        return "each names somebody the other does not"
    shared = [[actor for actor in each.actors if actor in {*one.actors} & {*other.actors}] for each in (one, other)]
    if shared[0] != shared[1] and one.passive == other.passive:
        return "who does it to whom is the other way round"
    return None


@cache
def _nouns() -> frozenset[str]:
    lexicon = load_lexicon()
    return frozenset(word for word in (*lexicon.organisations, *lexicon.roles) if " " not in word) | ARMED


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
