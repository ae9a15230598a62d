"""What the second stage reads: whole articles, their paragraphs and contents by themselves, with the lower layers' states."""

import itertools
import random
from dataclasses import dataclass, field
from pathlib import Path

import numpy
import onnx
import onnxruntime

from analysis.claims import windows as cutting
from analysis.corpus import Span, article_from_text
from analysis.training.articles import Labelled, content_row
from analysis.training.examples import Reading, Sentences, example
from analysis.training.parts import is_aside, rows_of

BELOW = 4  # layers that stay as they are
REPLAYED = 8  # one article of so many of PolNeAR's rest is read again,
LONE = 900  # and so many of their sentences by themselves
FEWEST_WORDS = 6  # of a content without claims inside to be taught as such


@dataclass
class Taught:
    """An article, or some texts of one: its windows with labels and lower states, where its words stand, and its labels."""

    windows: list[dict]
    states: list[numpy.ndarray]
    spans: list[Span] = field(default_factory=list)
    article: Labelled | None = None

    @property
    def size(self) -> int:
        return sum(len(each["pieces"]) for each in self.windows)


class Lower:
    """The lower layers of a tagger.onnx."""

    def __init__(self, path: Path, layers: int = BELOW):
        graph = onnx.load(str(path))
        name = next(node.output[0] for node in graph.graph.node if f"layers.{layers - 1}.norm.weight" in node.input)
        graph.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.name, self.session = name, onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def states(self, window: dict) -> numpy.ndarray:
        """Return [pieces, WIDTH] of a window, in half precision."""
        inputs = {name: window[name][None] for name in ("pieces", "shapes", "quotes")}
        return self.session.run([self.name], inputs)[0][0].astype(numpy.float16)


def taught(article: Labelled, lower: Lower, tokenizer, alone: bool = False) -> Taught:
    """A whole article, read as the tagger reads it; or each of its paragraphs `alone`, as a short text is."""
    reading = Reading({"text": article.article.reading, "attributions": article.outermost}, tokenizer)
    groups = [[stretch] for stretch in reading.stretches] if alone else cutting.packed(reading.stretches)
    windows = _examples(reading, [cutting.window(group, reading.text, reading.regions) for group in groups])
    return Taught(windows, [lower.states(each) for each in windows], [span for each in reading.stretches for span in each.spans], article)


def inside(article: Labelled, lower: Lower, tokenizer, chance: random.Random) -> Taught:
    """The contents of an article's claims, each read by itself, with the claims inside; of those without any, a part."""
    windows = []
    for claim, within in article.inside:
        if within or (chance.random() < 0.25 and sum(article.row["text"][s:e].count(" ") for s, e in claim["content"]) >= FEWEST_WORDS):
            windows += _reported(content_row(article.article.reading, claim["content"], within), tokenizer)
    return Taught(windows, [lower.states(each) for each in windows])


def sentences(rows: list[dict], lower: Lower, tokenizer) -> Taught:
    """Gold rows read by themselves, a row a window, as REPORTED."""
    windows = [window for row in rows for window in _reported(row, tokenizer)]
    return Taught(windows, [lower.states(each) for each in windows])


def replayed(data: Path, known: list[dict], lower: Lower, tokenizer, chance: random.Random) -> list[Taught]:
    """A part of PolNeAR's other articles with outermost claims, and of their sentences, so that what the first stage taught stays."""
    names = {row["id"] for row in known}
    rows = [row for row in rows_of(data / "claims" / "polnear.train.jsonl") if row["id"] not in names and not is_aside(row["id"], {})][::REPLAYED]
    lone = list(Sentences(rows).alone(chance))
    found = [sentences(chance.sample(lone, min(len(lone), LONE)), lower, tokenizer)]
    for row in rows:
        article = article_from_text(str(row["id"]), row["text"])
        found.append(taught(Labelled(row, article, row["attributions"], [], []), lower, tokenizer))
    return found


def _reported(row: dict, tokenizer) -> list[dict]:
    return _examples(Reading(row, tokenizer, cutting.REPORTED), cutting.windows(row["text"], tokenizer, cutting.REPORTED))


def _examples(reading: Reading, windows: list[cutting.Window]) -> list[dict]:
    """The windows of a text, which hold all of its words in order, with their labels."""
    ends = list(itertools.accumulate(len(window.spans) for window in windows))
    return [example(reading, window, list(range(end - len(window.spans), end))) for window, end in zip(windows, ends)]
