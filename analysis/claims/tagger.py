"""The learned tagger: a text in, attributions out, and how likely its numbers are figures.

See model/MODEL_CARD.md for what it was trained on and how it fails.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import numpy
import onnxruntime

from analysis.claims.windows import REPORTED, Window, load_tokenizer, windows
from analysis.corpus import Span
from analysis.types import Attribution

MODEL = Path(__file__).parent / "model" / "tagger.onnx"

# Tuned on training articles that the tagger did not see, never on dev.
CUE = 0.5  # a word is a cue from this probability on,
CALLED_CUE = 0.2  # or from this one, where much content points at it
CALLS = 2.0  # words of content that point at a cue to call it one
SWITCH = 0.8  # cost, in nats, of going over from one claim's content to another's or to none
SOURCE = 0.4  # a word is part of a source from this probability on
GROWN_SOURCE = 0.1  # or from this one on, next to a word that a cue points at
LEAST = 0.35  # an attribution is kept from this confidence on


@dataclass
class Scores:
    """The tagger's output for one window of w words.

    `role` [3, w]: probability that a word is part of a source, cue, content; `begins` [3, w]: that it begins one;
    `to_cue` [w, w]: where its cue is; `to_source` [w, 1 + w]: where its source is, first column for none;
    `figure` [w, 3]: how much speaks for its being a word of a figure, of one that counts a part of another, of one that tells of
    another time or event, in nats; `asking` and `asked` [w, 96]: what it is as one who asks who is meant, and as one who may be.
    """

    role: numpy.ndarray
    begins: numpy.ndarray
    to_cue: numpy.ndarray
    to_source: numpy.ndarray
    figure: numpy.ndarray
    asking: numpy.ndarray
    asked: numpy.ndarray


@cache
def session() -> onnxruntime.InferenceSession:
    """Load the weights, once a process (0.2 s). One thread, so that sums come in one order on every machine.

    Raises ValueError where the weights are not there.
    """
    if not MODEL.exists():
        raise ValueError(f"{MODEL.name} is missing from {MODEL.parent.name}/; restore it, or train it anew with "
                         "python -m analysis.training.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(MODEL), options, providers=["CPUExecutionProvider"])


tokenizer = cache(load_tokenizer)


def attributions(text: str, least: float = LEAST, reported: bool = False) -> list[Attribution]:
    """Return the attributions of `text` with a confidence of `least` or more, window by window, in text order.

    `reported` tells that the text is what a source says. Every window is read by itself, so a text gives the same rows
    in any company. About 0.15 ms a word on one core.
    """
    found = _decoded(windows(text, tokenizer(), REPORTED)).found if reported else reading(text).found
    return [replace(each) for each in found if each.confidence >= least]


def figures(text: str, spans: Sequence[Span]) -> numpy.ndarray:
    """Return for each stretch of `text` the probabilities that it is a figure, one that counts a part of another, one that tells
    of another time or event; [spans, 3]. Costs next to nothing right after `attributions` of the same text."""
    read = reading(text)
    return 1 / (1 + numpy.exp(-read.means(read.figure, spans)))


@dataclass
class Reading:
    """What a text's windows gave: its attributions, where its words stand [words, 2], and the running sums over them, [words + 1, n],
    of what each word is: see Scores."""

    found: list[Attribution]
    words: numpy.ndarray
    figure: numpy.ndarray
    asking: numpy.ndarray
    asked: numpy.ndarray

    def means(self, sums: numpy.ndarray, spans: Sequence[Span]) -> numpy.ndarray:
        """The mean over the words that each stretch of characters touches, [spans, n]; zero where there is none."""
        first, last = words_in(self.words, spans)
        return (sums[last] - sums[first]) / numpy.maximum(1, last - first)[:, None]


def words_in(words: numpy.ndarray, spans: Sequence[Span]) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The first word that each stretch of characters touches, and the one behind the last; `words` [words, 2] are in order."""
    starts, ends = numpy.array(spans, dtype=int).reshape(-1, 2).T
    first = numpy.searchsorted(words[:, 1], starts, "right")
    return first, numpy.maximum(first, numpy.searchsorted(words[:, 0], ends, "left"))


@lru_cache(maxsize=1)
def reading(text: str) -> Reading:
    """The reading of a text; the last one is kept, since claims, figures and names are all read off it."""
    return _decoded(windows(text, tokenizer()))


def _decoded(cut: list[Window]) -> Reading:
    """Read window by window, so that a text of any length takes the memory of one window and its words."""
    found, spans, of_words = [], [], ([], [], [])
    for window in cut:
        scores = score(window)
        found += decode(window, scores)
        spans += window.spans
        for kept, each in zip(of_words, (scores.figure, scores.asking, scores.asked)):
            kept.append(each)
    return Reading(found, numpy.array(spans, dtype=int).reshape(-1, 2), *(_sums(kept) for kept in of_words))


def _sums(kept: list[numpy.ndarray]) -> numpy.ndarray:
    of_words = numpy.concatenate(kept) if kept else numpy.zeros((0, 1), dtype=numpy.float32)
    return numpy.concatenate([numpy.zeros((1, of_words.shape[1])), of_words.cumsum(axis=0, dtype=float)])


def score(window: Window) -> Scores:
    """Run the network over one window."""
    tags, to_cue, to_source, figure, asking, asked = session().run(None, {
        "pieces": window.pieces[None], "shapes": window.shapes[None], "quotes": window.quotes[None]})
    firsts = window.firsts
    tags = _softmax(tags[0, firsts].reshape(-1, 3, 3)).transpose(2, 1, 0)  # outside, begins, goes on; role; word
    return Scores(role=tags[1] + tags[2], begins=tags[1], to_cue=_softmax(to_cue[0, firsts])[:, firsts],
                  to_source=_softmax(to_source[0, firsts])[:, numpy.concatenate([[0], firsts])], figure=figure[0, firsts],
                  asking=asking[0, firsts], asked=asked[0, firsts])


def decode(window: Window, scores: Scores) -> list[Attribution]:
    """Turn a window's scores into attributions: cues first, then each word of content to a cue, then the sources."""
    calls = scores.role[2] @ scores.to_cue
    threshold = numpy.where(calls >= CALLS, CALLED_CUE, CUE)
    cues = _runs(scores.role[1] >= threshold, scores.begins[1] > scores.role[1] / 2)
    if not cues:
        return []
    owners = _owners(scores, cues)
    sources = _runs(scores.role[0] >= SOURCE, scores.begins[0] > scores.role[0] / 2)
    found = []
    for number, cue in enumerate(cues):
        content = numpy.flatnonzero(owners == number + 1)
        if not len(content):
            continue
        source, sure = _source(scores, cue, sources)
        confidence = scores.role[1, cue].mean() * scores.role[2, content].mean() * sure
        found.append(Attribution(_spans(window, source), _spans(window, cue), _spans(window, content), float(confidence)))
    return found


def _softmax(scores: numpy.ndarray) -> numpy.ndarray:
    powers = numpy.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _runs(inside: numpy.ndarray, begins: numpy.ndarray) -> list[numpy.ndarray]:
    """Return the runs of neighbouring words that are `inside`, cut where one begins."""
    places = numpy.flatnonzero(inside)
    if not len(places):
        return []
    breaks = numpy.flatnonzero((numpy.diff(places) > 1) | begins[places[1:]]) + 1
    return numpy.split(places, breaks)


def _owners(scores: Scores, cues: list[numpy.ndarray]) -> numpy.ndarray:
    """Give each word to a cue's content (number + 1) or to none (0): the best sequence, where a change costs SWITCH."""
    content = scores.role[2]
    mass = numpy.stack([scores.to_cue[:, cue].sum(axis=1) for cue in cues], axis=1)
    emissions = numpy.log(numpy.column_stack([1 - content, content[:, None] * mass]) + 1e-6).tolist()
    total, history = emissions[0], []
    for emission in emissions[1:]:
        best = max(range(len(total)), key=total.__getitem__)
        changed = total[best] - SWITCH
        history.append([state if value >= changed else best for state, value in enumerate(total)])
        total = [max(value, changed) + gain for value, gain in zip(total, emission)]
    path = [max(range(len(total)), key=total.__getitem__)]
    for step in reversed(history):
        path.append(step[path[-1]])
    return numpy.array(path[::-1])


def _source(scores: Scores, cue: numpy.ndarray, sources: list[numpy.ndarray]) -> tuple[numpy.ndarray, float]:
    """Return the words of a cue's source (none: empty) and how sure that is."""
    pointed = scores.to_source[cue].mean(axis=0)
    nobody, words = pointed[0], pointed[1:]
    masses = [words[source].sum() for source in sources]
    best = max(masses, default=0.0)
    if nobody >= max(best, words.sum() / 2):
        return numpy.array([], dtype=int), float(nobody)
    if best * 2 >= words.sum():
        return sources[masses.index(best)], float(best)
    return _grown(scores.role[0], int(words.argmax())), float(words.sum())


def _grown(role: numpy.ndarray, place: int) -> numpy.ndarray:
    """Return the words around `place` that may be part of a source."""
    first = last = place
    while first > 0 and role[first - 1] >= GROWN_SOURCE:
        first -= 1
    while last + 1 < len(role) and role[last + 1] >= GROWN_SOURCE:
        last += 1
    return numpy.arange(first, last + 1)


def _spans(window: Window, words: numpy.ndarray) -> list[Span]:
    """Return the stretches of text that neighbouring words cover."""
    if not len(words):
        return []
    groups = numpy.split(words, numpy.flatnonzero(numpy.diff(words) > 1) + 1)
    return [(window.spans[group[0]][0], window.spans[group[-1]][1]) for group in groups]
