"""Train the claim tagger and write model/tagger.onnx: `python -m analysis.claims.train TRAIN.jsonl BASE_FOLDER`.

TRAIN.jsonl holds {"id", "text", "attributions": [{"source", "cue", "content"}]} a line, spans of characters (PolNeAR's
form); BASE_FOLDER the MiniLM-L6 weights (model.safetensors, Apache-2.0). Needs torch, onnx and safetensors, which
nothing else in On Record does. About an hour and a half on two cores.

The gold has outermost attributions only. For the claims inside claims, sentences of the same texts are also read by
themselves, as contents are (`alone`): begun with REPORTED, many without quotation marks, many a tense farther back.
"""

import argparse
import copy
import json
import math
import random
import re
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from analysis import language
from analysis.claims import windows as cutting
from analysis.claims.spans import holds, shared
from analysis.corpus import Span, article_from_text

WIDTH, HEADS, LAYERS, POINTER = 384, 12, 6, 128
ROLES = ("source", "cue", "content")
BUCKETS = 10  # powers of two of the distance between a token and what it points at, each way
IGNORED = -100
STEP = 32  # windows are padded to a multiple of so many word pieces


class Layer(nn.Module):
    """One transformer layer of BERT."""

    def __init__(self):
        super().__init__()
        self.mixing = nn.Linear(WIDTH, 3 * WIDTH)
        self.mixed = nn.Linear(WIDTH, WIDTH)
        self.mixed_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x, mask):
        batch, length, _ = x.shape
        query, key, value = (part.view(batch, length, HEADS, -1).transpose(1, 2)
                             for part in self.mixing(x).chunk(3, dim=-1))
        if torch.onnx.is_in_onnx_export():  # plain operations, which quantise and run anywhere
            seen = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(WIDTH // HEADS), dim=-1) @ value
        else:
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask,
                                                           dropout_p=0.1 if self.training else 0.0)
        x = self.mixed_norm(x + self.dropout(self.mixed(seen.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm(x + self.dropout(self.narrow(functional.gelu(self.wide(x)))))


class Pointer(nn.Module):
    """Where each token points: a scaled dot product with a learned bias for the distance."""

    def __init__(self):
        super().__init__()
        self.query = nn.Sequential(nn.Linear(WIDTH, POINTER), nn.Tanh())
        self.key = nn.Sequential(nn.Linear(WIDTH, POINTER), nn.Tanh())
        self.scale = nn.Parameter(torch.tensor(1.0))
        self.distance = nn.Parameter(torch.zeros(2 * BUCKETS))

    def forward(self, x, buckets):
        scores = self.query(x) @ self.key(x).transpose(-1, -2)
        return scores * self.scale + self.distance[buckets]


class Tagger(nn.Module):
    """MiniLM with three BIO heads and two pointers (content to cue, cue to source; position 0 is "none")."""

    def __init__(self):
        super().__init__()
        self.word = nn.Embedding(30522, WIDTH)
        self.position = nn.Embedding(512, WIDTH)
        self.embedding_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.shape = nn.Embedding(len(cutting.SHAPES), WIDTH)
        self.quote = nn.Embedding(3, WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(WIDTH, 9)
        self.to_cue = Pointer()
        self.to_source = Pointer()
        self.register_buffer("buckets", bucket_table(cutting.LONGEST + 32), persistent=False)
        for small in (self.shape, self.quote):
            nn.init.normal_(small.weight, std=0.01)

    def forward(self, pieces, shapes, quotes, mask=None):
        length = pieces.shape[1]
        x = self.word(pieces) + self.position.weight[:length] + self.shape(shapes) + self.quote(quotes)
        x = self.dropout(self.embedding_norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        x = self.dropout(x)
        buckets = self.buckets[:length, :length]
        return self.tags(x), self.to_cue(x, buckets), self.to_source(x, buckets)


def bucket_table(length: int) -> torch.Tensor:
    """Return [length, length] of the signed power-of-two bucket of the distance from row to column."""
    distance = torch.arange(length)[None, :] - torch.arange(length)[:, None]
    size = torch.log2(distance.abs() + 1.0).floor().long().clamp(max=BUCKETS - 1)
    return torch.where(distance < 0, size + BUCKETS, size)


def load_base(model: Tagger, folder: Path) -> None:
    """Fill the encoder with MiniLM-L6's weights; word vectors stay as they are in training."""
    base = load_file(folder / "model.safetensors")
    base = {name.removeprefix("bert."): tensor for name, tensor in base.items()}
    own = {"word.weight": base["embeddings.word_embeddings.weight"],
           "position.weight": base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0],
           "embedding_norm.weight": base["embeddings.LayerNorm.weight"],
           "embedding_norm.bias": base["embeddings.LayerNorm.bias"]}
    for number in range(LAYERS):
        theirs, mine = f"encoder.layer.{number}.", f"layers.{number}."
        for kind in ("weight", "bias"):
            own[f"{mine}mixing.{kind}"] = torch.cat(
                [base[f"{theirs}attention.self.{part}.{kind}"] for part in ("query", "key", "value")])
            for part, name in (("mixed", "attention.output.dense"), ("mixed_norm", "attention.output.LayerNorm"),
                               ("wide", "intermediate.dense"), ("narrow", "output.dense"), ("norm", "output.LayerNorm")):
                own[f"{mine}{part}.{kind}"] = base[f"{theirs}{name}.{kind}"]
    missing, unexpected = model.load_state_dict(own, strict=False)
    if unexpected:
        raise ValueError(f"{folder}/model.safetensors: unexpected tensors {unexpected}; give the MiniLM-L6 weights.")
    model.word.weight.requires_grad_(False)


# ---------------------------------------------------------------- examples


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
        for row, doc in zip(rows, language.parse(articles)):
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


def batches(rows: list[dict], most: int, chance: random.Random):
    """Yield lists of windows of like length, `most` word pieces together at the most, in random order."""
    rows = sorted(rows, key=lambda row: (-(-len(row["pieces"]) // STEP), chance.random()))
    groups, current = [], []
    for row in rows:
        if current and -(-len(row["pieces"]) // STEP) * STEP * (len(current) + 1) > most:
            groups.append(current)
            current = []
        current.append(row)
    groups.append(current)
    chance.shuffle(groups)
    return groups


def padded(rows: list[dict]) -> dict[str, torch.Tensor]:
    """Stack windows, padded to the longest, in few different lengths (each new one costs a compilation)."""
    length = -(-max(len(row["pieces"]) for row in rows) // STEP) * STEP
    batch = {name: torch.zeros(len(rows), length, dtype=torch.long) for name in ("pieces", "shapes", "quotes")}
    batch["tags"] = torch.full((len(rows), 3, length), IGNORED)
    batch["mask"] = torch.zeros(len(rows), 1, 1, length, dtype=torch.bool)
    for name in ("to_cue", "to_source"):
        batch[name] = torch.zeros(len(rows), length, length, dtype=torch.bool)
    for number, row in enumerate(rows):
        size = len(row["pieces"])
        for name in ("pieces", "shapes", "quotes"):
            batch[name][number, :size] = torch.from_numpy(row[name])
        batch["tags"][number, :, :size] = torch.from_numpy(row["tags"])
        batch["mask"][number, 0, 0, :size] = True
        for name in ("to_cue", "to_source"):
            batch[name][number, :size, :size] = torch.from_numpy(row[name])
    return batch


# ---------------------------------------------------------------- training


def pointer_loss(scores: torch.Tensor, right: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return the mean of -log of the probability that falls on right places, over tokens that have any."""
    scores = scores.float().masked_fill(~mask[:, 0], -1e4)
    pointing = right.any(-1)
    scores, right = scores[pointing], right[pointing]
    if not len(scores):
        return scores.sum()
    return (torch.logsumexp(scores, -1) - torch.logsumexp(scores.masked_fill(~right, -1e4), -1)).mean()


def loss_of(model: Tagger, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tags, to_cue, to_source = model(batch["pieces"], batch["shapes"], batch["quotes"], batch["mask"])
    tags = tags.float().unflatten(-1, (3, 3)).permute(0, 3, 2, 1)  # batch, class, role, place
    tagging = functional.cross_entropy(tags, batch["tags"], ignore_index=IGNORED)
    return (3 * 3 * tagging + 0.5 * pointer_loss(to_cue, batch["to_cue"], batch["mask"])
            + 0.5 * pointer_loss(to_source, batch["to_source"], batch["mask"]))


def train(rows: list[dict], base: Path, start: Path | None, epochs: int, rate: float, seed: int, save: Path) -> Tagger:
    """Train on gold rows, from MiniLM's weights or from those of an earlier training; return the running mean of the
    weights. Prints a line every fifty steps."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    tokenizer = cutting.load_tokenizer()
    readings = [Reading(row, tokenizer) for row in rows]
    names = Names(readings)
    sentences = Sentences(rows)
    model = Tagger()
    load_base(model, base)
    if start:
        model.load_state_dict(torch.load(start))
    mean = copy.deepcopy(model)
    heads = [p for name, p in model.named_parameters() if re.match("tags|to_cue|to_source|shape|quote", name)]
    encoder = [p for name, p in model.named_parameters() if re.match("layers|position|embedding_norm", name)]
    optimizer = torch.optim.AdamW([{"params": encoder, "lr": rate}, {"params": heads, "lr": 4 * rate}],
                                  weight_decay=0.01, betas=(0.9, 0.98))
    steps, done, began = None, 0, time.time()
    for epoch in range(epochs):
        lone = [Reading(row, tokenizer, cutting.REPORTED) for row in sentences.alone(chance)]
        examples = [disturb(example(reading, *piece), names, chance) for reading in readings + lone for piece in cut(reading, chance)]
        groups = batches(examples, 2048, chance)
        steps = steps or int(len(groups) * epochs * 1.02)
        for group in groups:
            share = done / steps
            for number, parameters in enumerate(optimizer.param_groups):
                parameters["lr"] = rate * (4 if number else 1) * max(0.01, min(share / 0.06, (1 - share) / 0.94))
            model.train()
            loss = loss_of(model, padded(group))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(encoder + heads, 1.0)
            optimizer.step()
            done += 1
            decay = min(0.998, (1 + done) / (10 + done))
            with torch.no_grad():
                torch._foreach_lerp_(list(mean.parameters()), list(model.parameters()), 1 - decay)
            if done % 50 == 0:
                print(f"epoch {epoch + 1} step {done}/{steps} loss {loss.item():.3f} {time.time() - began:.0f} s", flush=True)
        torch.save(mean.state_dict(), save)
    return mean.eval()


def export(model: Tagger, path: Path) -> None:
    """Write the tagger as ONNX with eight-bit weights. A reduced range keeps processors without VNNI from
    saturating, so that rows are the same everywhere."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    example_input = torch.full((1, 16), cutting.START)
    zero = torch.zeros(1, 16, dtype=torch.long)
    whole = path.with_suffix(".whole.onnx")
    axes = {name: {1: "length"} for name in ("pieces", "shapes", "quotes", "tags")}
    torch.onnx.export(model.eval(), (example_input, zero, zero), str(whole), dynamo=False, opset_version=17,
                      input_names=["pieces", "shapes", "quotes"], output_names=["tags", "to_cue", "to_source"],
                      dynamic_axes=axes | {name: {1: "length", 2: "length"} for name in ("to_cue", "to_source")})
    quantize_dynamic(str(whole), str(path), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                     op_types_to_quantize=["MatMul", "Gemm", "Gather"])
    whole.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "model" / "tagger.onnx")
    parser.add_argument("--start", type=Path, help="weights (.pt) of an earlier training, to go on from")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", type=int, default=0, help="leave every N-th article out, to tune the decoder on")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.gold.read_text(encoding="utf-8").splitlines()]
    if arguments.held_out:
        rows = [row for number, row in enumerate(rows) if number % arguments.held_out]
    model = train(rows, arguments.base, arguments.start, arguments.epochs, arguments.rate, arguments.seed,
                  arguments.out.with_suffix(".pt"))
    export(model, arguments.out)


if __name__ == "__main__":
    main()
