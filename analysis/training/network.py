"""The network: MiniLM-L6 with its heads, in torch."""

import math
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from analysis.claims import windows as cutting

WIDTH, HEADS, LAYERS, POINTER = 384, 12, 6, 128
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
    """MiniLM with three BIO heads and two pointers (content to cue, cue to source; position 0 is "none"), and a
    head that says how likely each word is a part of a figure."""

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
        self.figure = nn.Linear(WIDTH, 1)
        self.register_buffer("buckets", bucket_table(cutting.LONGEST + 32), persistent=False)
        for small in (self.shape, self.quote):
            nn.init.normal_(small.weight, std=0.01)

    def forward(self, pieces, shapes, quotes, mask=None):
        length = pieces.shape[1]
        x = self.word(pieces) + self.position.weight[:length] + self.shape(shapes) + self.quote(quotes)
        return self.above(self.dropout(self.embedding_norm(x)), mask)

    def above(self, x, mask=None, below: int = 0):
        """Return the heads' outputs of states that have passed the lowest `below` layers."""
        for layer in self.layers[below:]:
            x = layer(x, mask)
        x = self.dropout(x)
        buckets = self.buckets[:x.shape[1], :x.shape[1]]
        return self.tags(x), self.to_cue(x, buckets), self.to_source(x, buckets), self.figure(x)[..., 0]


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
