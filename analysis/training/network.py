"""The network: MiniLM-L6 with its heads, in torch."""

import math
from pathlib import Path

import numpy
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from analysis.claims import windows as cutting
from analysis.sources import meant

WIDTH, HEADS, LAYERS, POINTER, VECTOR = 384, 12, 6, 128, 96
BUCKETS = 10  # powers of two of the distance between a token and what it points at, each way


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
    """MiniLM with three BIO heads and two pointers (content to cue, cue to source; position 0 is "none"), a head that says of each
    word how likely it is of a figure, of a part, of the background, and two that give its vectors for who is meant."""

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
        self.figure = nn.Linear(WIDTH, 3)
        self.asking = nn.Linear(WIDTH, VECTOR)
        self.asked = nn.Linear(WIDTH, VECTOR)
        self.register_buffer("buckets", bucket_table(cutting.LONGEST + 32), persistent=False)
        for small in (self.shape, self.quote):
            nn.init.normal_(small.weight, std=0.01)

    def forward(self, pieces, shapes, quotes, mask=None):
        x = self.states(pieces, shapes, quotes, mask)
        return *self.claims(x), self.figure(x), self.asking(x), self.asked(x)

    def states(self, pieces, shapes, quotes, mask=None, kept: int = 0):
        """The states [batch, length, WIDTH] of word pieces; the lowest `kept` layers, and what is below them, do not learn."""
        x = self.word(pieces) + self.position.weight[:pieces.shape[1]] + self.shape(shapes) + self.quote(quotes)
        x = self.dropout(self.embedding_norm(x))
        for number, layer in enumerate(self.layers):
            x = layer(x.detach() if kept and number == kept else x, mask)
        return self.dropout(x)

    def claims(self, x):
        """The outputs of the heads that know claims."""
        buckets = self.buckets[:x.shape[1], :x.shape[1]]
        return self.tags(x), self.to_cue(x, buckets), self.to_source(x, buckets)


class Meant(nn.Module):
    """The scores of mentions that a source may mean, and of nobody; see analysis/sources/meant.py, which runs it."""

    def __init__(self):
        super().__init__()
        self.embed = nn.ModuleList(nn.Embedding(size, 12) for size in meant.SIZES)
        self.first = nn.Linear(3 * VECTOR + 12 * len(meant.SIZES) + meant.OTHERS, VECTOR)
        self.last = nn.Linear(VECTOR, 1)
        self.nobody = nn.Sequential(nn.Linear(VECTOR, 32), nn.Tanh(), nn.Linear(32, 1))
        self.nopron = nn.Embedding(len(meant.PRONOUNS), 1)
        self.dropout = nn.Dropout(0.1)

    def forward(self, ask, keys, kind: int, embedded, others):
        """Return [1 + m] for one source's vector `ask` [1, VECTOR] and its candidates' `keys` [m, VECTOR]; nobody's first."""
        nobody = self.nobody(ask)[:, 0] + self.nopron.weight[kind]
        known = torch.cat([embed(embedded[:, number]) for number, embed in enumerate(self.embed)], -1)
        pair = torch.cat([ask.expand_as(keys), keys, ask * keys, known, others], -1)
        return torch.cat([nobody, self.last(self.dropout(functional.gelu(self.first(pair))))[:, 0]])


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


def load_onnx(model: Tagger, path: Path) -> None:
    """Fill the model with the eight-bit weights of an earlier tagger.onnx; heads that it lacks stay as they are."""
    graph = onnx.load(str(path)).graph
    stored = {each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in graph.initializer}
    def whole(name: str) -> torch.Tensor:
        return (stored[f"{name}_quantized"].float() - stored[f"{name}_zero_point"].float()) * stored[f"{name}_scale"]
    own = {name: weight for name, weight in stored.items() if name in model.state_dict()}
    for name in ("word.weight", "shape.weight", "quote.weight", "to_cue.distance", "to_source.distance"):
        own[name] = whole(name)
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            path = node.output[0].strip("/").split("/MatMul")[0].split("/")
            module = path[0] if len(path) == 1 else f"{path[0]}.{path[-1]}"
            own[f"{module}.weight"] = whole(node.input[1].removesuffix("_quantized")).T.contiguous()
    model.load_state_dict(own, strict=False)
    model.word.weight.requires_grad_(False)


def load_meant(scorer: Meant, path: Path) -> None:
    """Fill the scorer of mentions with the weights of an earlier meant.npz; kinds of words that it did not know stay as they are."""
    own = scorer.state_dict()
    with numpy.load(path, allow_pickle=False) as stored:
        for name in stored.files:
            own[name][:len(stored[name])] = torch.from_numpy(stored[name].astype(numpy.float32))
