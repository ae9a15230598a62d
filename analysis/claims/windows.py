"""Cut a text into windows of word pieces, as the tagger reads it."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

import numpy
from tokenizers import Tokenizer

from analysis.claims.quotes import PARAGRAPH, plain, quoted
from analysis.corpus import Span

TOKENIZER = Path(__file__).parent / "model" / "tokenizer.json"
LONGEST = 224  # word pieces in a window, its marks included
SHAPES = ("none", "lower", "capital", "upper", "mixed", "digit")
OUTSIDE, INSIDE, MARK = 0, 1, 2  # where a word stands to quotation marks
START, BREAK = 101, 102  # [CLS] and [SEP] in the vocabulary of MiniLM
REPORTED = 1  # [unused0]: begins, in place of START, what a source says, read by itself
SENTENCE_END = re.compile(r"""[.!?]["')\]]*\s+""")
MOST_CHARACTERS = 900  # of a stretch given to the tokenizer at once; 224 pieces are some 1,000 characters


@dataclass
class Window:
    """Some paragraphs of a text in word pieces: arrays of length n, and where each word starts and stands.

    `pieces` (int64, START or REPORTED first, BREAK after each paragraph), `shapes` and `quotes` (int64) describe each piece;
    `firsts` (int64) holds the index of each word's first piece, `spans` the word's characters in the text.
    """

    pieces: numpy.ndarray
    shapes: numpy.ndarray
    quotes: numpy.ndarray
    firsts: numpy.ndarray
    spans: list[Span]


@dataclass
class Stretch:
    """A paragraph, or a piece of a long one: its word pieces and its words."""

    pieces: list[int]
    firsts: list[int]
    spans: list[Span]


def load_tokenizer() -> Tokenizer:
    """Return MiniLM's uncased word-piece tokenizer, without padding or truncation."""
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def windows(text: str, tokenizer: Tokenizer, first: int = START) -> list[Window]:
    """Cut `text` into windows of whole paragraphs, at most LONGEST word pieces each; a longer paragraph is cut
    where a sentence ends, or where it must be. Every word is in exactly one window. `first` is START or REPORTED."""
    regions = quoted(text)
    return [window(group, text, regions, first) for group in packed(stretches(text, tokenizer))]


def stretches(text: str, tokenizer: Tokenizer) -> list[Stretch]:
    """Return the paragraphs of `text` as word pieces, each short enough for a window."""
    straight = plain(text)
    places = [place for match in PARAGRAPH.finditer(straight) for place in _cut(straight, *match.span())]
    found = []
    for (start, _), encoded in zip(places, tokenizer.encode_batch(
            [straight[start:end] for start, end in places], add_special_tokens=False)):
        found += _split(encoded, start, LONGEST - 2)
    return found


def packed(paragraphs: list[Stretch], longest: int = LONGEST) -> list[list[Stretch]]:
    """Group neighbouring paragraphs so that each group fits a window."""
    groups, room = [], 0
    for paragraph in paragraphs:
        need = len(paragraph.pieces) + 1
        if need > room:
            groups.append([])
            room = longest - 1
        groups[-1].append(paragraph)
        room -= need
    return groups


def window(group: list[Stretch], text: str, regions: list[Span], first: int = START) -> Window:
    """Join paragraphs to a window; `regions` are the quoted stretches of the whole text."""
    pieces, firsts, spans, words = [first], [], [], [-1]
    for paragraph in group:
        base = len(pieces)
        bounds = paragraph.firsts + [len(paragraph.pieces)]
        for number, at in enumerate(paragraph.firsts):
            words += [len(spans) + number] * (bounds[number + 1] - at)
        pieces += paragraph.pieces + [BREAK]
        words.append(-1)
        firsts += [base + at for at in paragraph.firsts]
        spans += paragraph.spans
    shapes = numpy.array([shape(text[start:end]) for start, end in spans] + [0])
    quotes = numpy.array(_in_quotes(spans, regions, text) + [OUTSIDE])
    return Window(numpy.array(pieces), shapes[words], quotes[words], numpy.array(firsts, dtype=numpy.int64), spans)


def shape(word: str) -> int:
    """Return the index in SHAPES of how a word is written."""
    if not word[:1].isalnum():
        return 0
    if any(letter.isdigit() for letter in word):
        return 5
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    return 2 if word[0].isupper() and word[1:].islower() else 4


def _cut(text: str, start: int, end: int) -> list[Span]:
    """Cut a very long paragraph into stretches that end with a sentence where one ends."""
    found = []
    while end - start > MOST_CHARACTERS:
        ends = [match.end() for match in SENTENCE_END.finditer(text, start, start + MOST_CHARACTERS)]
        stop = ends[-1] if ends else text.rfind(" ", start + 1, start + MOST_CHARACTERS) + 1
        stop = stop if stop > start else start + MOST_CHARACTERS
        found.append((start, stop))
        start = stop
    return found + [(start, end)]


def _split(encoded, offset: int, most: int) -> list[Stretch]:
    """Turn one encoded stretch into one or (where its pieces are too many) several."""
    found, current = [], Stretch([], [], [])
    last = None
    for piece, word, (start, end) in zip(encoded.ids, encoded.word_ids, encoded.offsets):
        if word != last:
            if len(current.pieces) > most - 24:  # room for the pieces of one word
                found.append(current)
                current = Stretch([], [], [])
            current.firsts.append(len(current.pieces))
            current.spans.append((offset + start, offset + end))
            last = word
        elif len(current.pieces) - current.firsts[-1] < 20:
            current.spans[-1] = (current.spans[-1][0], offset + end)
        else:  # a word of over twenty pieces is no word; its end is not read
            current.spans[-1] = (current.spans[-1][0], offset + end)
            continue
        current.pieces.append(piece)
    return found + [current] if current.pieces else found


def _in_quotes(spans: list[Span], regions: list[Span], text: str) -> list[int]:
    starts = [start for start, _ in regions]
    found = []
    for start, end in spans:
        at = bisect_right(starts, start) - 1
        inside = at >= 0 and start < regions[at][1]
        last = inside and not text[end - 1].isalnum() and not text[end:regions[at][1]].strip("'`")
        mark = inside and (start == regions[at][0] or last)
        found.append(MARK if mark else INSIDE if inside else OUTSIDE)
    return found
