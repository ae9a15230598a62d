"""Places as the words of a text give them; nothing is looked up."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import islice

from spacy.lang.en.stop_words import STOP_WORDS

from analysis.sources.lexicon import load_lexicon
from analysis.words import MONTHS, SHORT_MONTHS, WEEKDAYS
from analysis.words.patterns import named

PLACE, LEADS, ADJECTIVE = named("places", "place", "leads", "adjective")
FAIR = 0.25  # of where a name stands, and of an event's articles; a person's name stands after "at" or "in" seldom
STANDS = 200  # places where a name stands that are looked at
LIKELY = 20  # names that are looked for in the texts; a text may have any number
TIMES = {*WEEKDAYS, *MONTHS, *SHORT_MONTHS}


@dataclass(frozen=True)
class Place:
    """A place named in a text, the word that leads to it ("at"), and where its name stands; `sure` unless it may only tell which thing is meant."""

    name: str
    how: str
    sure: bool
    start: int
    end: int


def places(text: str, start: int = 0, end: int | None = None) -> list[Place]:
    """The places that a stretch of a text names after a word like "in" or "at", in order."""
    found = []
    for match in PLACE.finditer(text, start, len(text) if end is None else end):
        name = (match["name"] or match["water"] or match["district"] or match["quarter"]).removesuffix("'s").removesuffix("’s")
        first = name.split()[0]
        if len(name) > 1 and first not in TIMES and first not in load_lexicon().adjectives and not _is_body(first) and not _modifies(text, match):
            following = re.match(r"\s([a-z]+)", text[match.end() : match.end() + 30])
            whole = text[match.end() - 2 : match.end()] not in ("'s", "’s") and (not following or following[1] in STOP_WORDS)
            if not whole and ADJECTIVE.search(name):
                continue
            group = next(group for group in ("name", "water", "district", "quarter") if match[group])
            found.append(Place(name, (match["how"] or match["above"] or "in").lower(), whole, *match.span(group)))
    return found


def _is_body(name: str) -> bool:
    """Whether a name is an acronym, as bodies have, and no places."""
    return name.isupper() and 1 < len(name) < 6


def _modifies(text: str, match: re.Match) -> bool:
    """Whether a name only tells which thing is meant ("at the Halden Steel plant", "in Halden-held towns")."""
    following = re.match(r"(\s|-)([a-z]+)", text[match.end() : match.end() + 30])
    return bool(following and (following[1] == "-" or match["the"] and following[2] not in STOP_WORDS))


def main_place(texts: Iterable[str], headlines: Iterable[str], others: frozenset[str] = frozenset()) -> tuple[str, str]:
    """The place most articles of an event name, and how they say it ("at Aldmere"); two empty texts where none is named.

    No place of the event is what is one of `others`, the names of persons and bodies, what the texts mostly name otherwise than as a
    place, and what few of them name. One that is no country and bears no body's word ("Police Command") comes first; then one that
    stands in a headline; then the one that most articles name, and most often; then the first in the alphabet.
    """
    named, told, said, heads = Counter(), Counter(), Counter(), " | ".join(headlines := list(headlines))
    countries, texts = load_lexicon().names, list(texts)
    for text in texts:
        # In which every word may have a capital
        text = reduce(lambda rest, headline: rest.replace(headline, "."), headlines, text)
        found = places(text)
        found = [place for place in found if place.sure] or found
        named.update({place.name for place in found})
        told.update(place.name for place in found)
        said.update({(place.name, place.how) for place in found})
    told_enough = [name for name in sorted(named) if name in heads or named[name] >= FAIR * len(texts)]
    bodies = load_lexicon().organisations
    rank = {name: (not bodies & {*name.lower().split()}, name not in countries, name in heads, named[name], told[name])
            for name in told_enough}
    likely = (name for name in sorted(rank, key=rank.get, reverse=True)[:LIKELY] if not _is_of_others(name, others))
    name = next((name for name in likely if _mostly_place(name, texts)), None)
    if name is None:
        return "", ""
    how = max(sorted(how for other, how in said if other == name),
              key=lambda how: (said[name, how], heads.count(f"{how} {name}")))
    return name, f"{how} {name}"


def _is_of_others(name: str, others: frozenset[str]) -> bool:
    """Whether a name is that of a person, of a people or of a body ("Islamic State", "Rishi Sunak")."""
    lexicon, words = load_lexicon(), name.split()
    body = any(lexicon.names.get(told, ("state", ""))[0] != "state" for told in (name, *words))
    owned = name.endswith("s") and (name[:-1] in others or name[:-1] in lexicon.names)  # "Velmoras", for "Velmora's"
    person = len(words) > 1 and words[0].lower() in {*lexicon.given_names, *lexicon.honorifics, *lexicon.roles}
    return name in others or body or owned or person or any(word in lexicon.people or _is_body(word) for word in words)


def _mostly_place(name: str, texts: list[str]) -> bool:
    """Whether the last word of a name is no common noun ("at Risk") and stands after a word like "in" in a fair share of its places."""
    last = name.split()[-1]
    if last.lower() in load_lexicon().places:
        return last != name
    if any(re.search(rf"\b{re.escape(last.lower())}\b", text) for text in texts):
        return False
    stands = list(islice((match for text in texts for match in re.finditer(rf"\b{re.escape(last)}\b", text)), STANDS))
    led = sum(bool(LEADS.search(match.string, max(0, match.start() - 60), match.start())) for match in stands)
    return led >= FAIR * len(stands)
