"""Windows with their labels, as the tagger's heads are taught them.

PolNeAR's gold has outermost attributions only. For the claims inside claims, sentences of its texts are also read by
themselves, as contents are (`Sentences.alone`): begun with REPORTED, many without quotation marks, many a tense farther back.
"""

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

import numpy

from analysis import language
from analysis.claims import windows as cutting
from analysis.claims.spans import holds, shared
from analysis.corpus import Span, article_from_text

ROLES = ("source", "cue", "content")
IGNORED = -100


class Reading:
    """One training text: its paragraphs in word pieces, and each word's gold labels."""

    def __init__(self, row: dict, tokenizer, first: int = cutting.START):
        self.first = first
        self.text = row["text"]
        self.regions = cutting.quoted(self.text)
        self.stretches = cutting.stretches(self.text, tokenizer)
        spans = [span for stretch in self.stretches for span in stretch.spans]
        starts = numpy.array([start for start, _ in spans])
        ends = numpy.array([end for _, end in spans])
        self.tags = {role: numpy.zeros(len(spans), dtype=numpy.int64) for role in ROLES}
        self.owner = {role: [set() for _ in spans] for role in ROLES}
        self.sourceless = set()
        for number, attribution in enumerate(row["attributions"]):
            if not attribution["source"]:
                self.sourceless.add(number)
            for role in ROLES:
                for start, end in attribution[role]:
                    inside = numpy.flatnonzero((starts < end) & (ends > start))
                    self.tags[role][inside] = 2
                    self.tags[role][inside[:1]] = 1
                    for word in inside:
                        self.owner[role][word].add(number)
        counts = [len(stretch.spans) for stretch in self.stretches]
        self.first_word = numpy.concatenate([[0], numpy.cumsum(counts)])


def cut(reading: Reading, chance: random.Random) -> list[tuple[cutting.Window, list[int]]]:
    """Cut an article into windows anew: of random length, some of one paragraph; with each word's number."""
    longest = chance.choice([cutting.LONGEST] * 5 + [128, 64, 8]) if reading.first == cutting.START else cutting.LONGEST
    start = chance.randrange(3)
    groups, at = [], 0
    parts = [reading.stretches[:start], reading.stretches[start:]]
    for part in parts:
        for group in cutting.packed(part, longest) if part else []:
            words = list(range(reading.first_word[at], reading.first_word[at + len(group)]))
            groups.append((cutting.window(group, reading.text, reading.regions, reading.first), words))
            at += len(group)
    return groups


def example(reading: Reading, window: cutting.Window, words: list[int]) -> dict:
    """Return a window's arrays with its labels; pointers are [n, n] of which places are right to point at."""
    length = len(window.pieces)
    tags = numpy.full((3, length), IGNORED)
    for number, role in enumerate(ROLES):
        tags[number, window.firsts] = reading.tags[role][words]
    to_cue, to_source = (numpy.zeros((length, length), dtype=bool) for _ in range(2))
    cue_places, source_places = {}, {}
    for place, word in zip(window.firsts, words):
        for number in reading.owner["cue"][word]:
            cue_places.setdefault(number, []).append(place)
        for number in reading.owner["source"][word]:
            source_places.setdefault(number, []).append(place)
    for place, word in zip(window.firsts, words):
        for number in reading.owner["content"][word]:
            to_cue[place, cue_places.get(number, [])] = True
        for number in reading.owner["cue"][word]:
            to_source[place, [0] if number in reading.sourceless else source_places.get(number, [])] = True
    return {"pieces": window.pieces.copy(), "shapes": window.shapes.copy(), "quotes": window.quotes.copy(), "tags": tags,
            "to_cue": to_cue, "to_source": to_source, "firsts": window.firsts}


class Sentences:
    """The sentences of the training texts that can be read by themselves: those with all of each claim that they have a
    part of. In reported speech "said" becomes "had said"."""

    def __init__(self, rows: list[dict]):
        self.found, participles = [], Counter()
        articles = [article_from_text(str(row["id"]), row["text"]) for row in rows]
        for row, doc in zip(rows, map(language.parse, articles)):
            participles.update(word.lower_ for word in doc if word.tag_ == "VBN")
            past = {word.idx: word.lower_ for word in doc if word.tag_ == "VBD"}
            for sentence in doc.sents:
                span = (sentence.start_char, sentence.end_char)
                claims = [claim for claim in row["attributions"] if any(shared(claim[role], [span]) for role in ROLES)]
                if all(holds([span], claim[role], 1) for claim in claims for role in ROLES if claim[role]):
                    verbs = {at: verb for claim in claims for start, end in claim["cue"] for at, verb in past.items() if start <= at < end}
                    self.found.append((row["text"], span, claims, verbs))
        self.backed = {verb for verb, count in participles.items() if count > 2}

    def alone(self, chance: random.Random) -> Iterator[dict]:
        """Yield gold rows of a sentence each, altered anew; of those without claims a part."""
        for text, span, claims, verbs in self.found:
            if claims or chance.random() < 0.3:
                shift = chance.random() < 0.6
                yield backshifted(text, span, claims, [at for at, verb in verbs.items() if shift and verb in self.backed],
                                  chance.random() < 0.5)


def backshifted(text: str, span: Span, claims: list[dict], verbs: list[int], unquoted: bool) -> dict:
    """Return the gold row of a stretch of a text, with "had" before the verbs that begin at `verbs`."""
    verbs = sorted(verbs)
    part, at = "", span[0]
    for verb in [*verbs, span[1]]:
        part += text[at:verb] + ("had " if verb in verbs else "")
        at = verb
    def moved(spans: list[Span]) -> list[Span]:
        return [tuple(place - span[0] + 4 * bisect_left(verbs, place) for place in piece) for piece in spans]
    roles = [{role: moved(claim[role]) for role in ROLES} for claim in claims]
    return {"text": part.replace('"', " ").replace("\u201c", " ").replace("\u201d", " ") if unquoted else part, "attributions": roles}


class Names:
    """Capitalised words of the training texts that are seldom written small: names, to be exchanged for one another."""

    def __init__(self, readings: list[Reading]):
        capital, small = {}, {}
        for reading in readings:
            for stretch in reading.stretches:
                for number, first in enumerate(stretch.firsts):
                    last = stretch.firsts[number + 1] if number + 1 < len(stretch.firsts) else len(stretch.pieces)
                    start, end = stretch.spans[number]
                    if last - first == 1 and reading.text[start].isalpha():
                        counts = capital if reading.text[start].isupper() else small
                        counts[stretch.pieces[first]] = counts.get(stretch.pieces[first], 0) + 1
        self.pieces = sorted(piece for piece, count in capital.items() if count > 2 and small.get(piece, 0) * 20 < count)
        self.known = numpy.zeros(30522, dtype=bool)
        self.known[self.pieces] = True


def disturb(row: dict, names: Names, chance: random.Random) -> dict:
    """Alter a window so that the tagger does not lean on what other desks do otherwise: names, capitals, quotation
    marks, breaks between paragraphs."""
    pieces, quotes, shapes = row["pieces"], row["quotes"], row["shapes"]
    if chance.random() < 0.35:
        for piece in set(pieces[names.known[pieces]].tolist()):
            if chance.random() < 0.7:
                pieces[pieces == piece] = chance.choice(names.pieces)
    if chance.random() < 0.07:
        shapes[shapes > 1] = 1
    elif chance.random() < 0.03:
        shapes[(shapes > 0) & (shapes < 5)] = 3
    drop = numpy.zeros(len(pieces), dtype=bool)
    if chance.random() < 0.08:
        drop |= quotes == cutting.MARK
        quotes[:] = cutting.OUTSIDE
    if chance.random() < 0.12:
        drop |= pieces == cutting.BREAK
        drop[-1] = False
    hidden = numpy.array([chance.random() < 0.02 for _ in pieces]) & (pieces != cutting.BREAK)
    hidden[0] = False
    pieces[hidden] = 103  # [MASK]
    keep = ~drop
    return {"pieces": pieces[keep], "shapes": shapes[keep], "quotes": quotes[keep], "tags": row["tags"][:, keep],
            "to_cue": row["to_cue"][keep][:, keep], "to_source": row["to_source"][keep][:, keep]}
