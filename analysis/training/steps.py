"""A step of training: windows stacked, and the loss of what is said of claims."""

import random

import torch
from torch.nn import functional

from analysis.training.examples import IGNORED

STEP = 32  # windows are padded to a multiple of so many word pieces
INPUTS = ("pieces", "shapes", "quotes")
POINTERS = ("to_cue", "to_source")


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
    """Stack windows, padded to the longest, in few different lengths."""
    length = -(-max(len(row["pieces"]) for row in rows) // STEP) * STEP
    batch = {name: torch.zeros(len(rows), length, dtype=torch.long) for name in INPUTS}
    batch["tags"] = torch.full((len(rows), 3, length), IGNORED)
    batch["mask"] = torch.zeros(len(rows), 1, 1, length, dtype=torch.bool)
    batch |= {name: torch.zeros(len(rows), length, length, dtype=torch.bool) for name in POINTERS}
    for number, row in enumerate(rows):
        size = len(row["pieces"])
        for name in INPUTS:
            batch[name][number, :size] = torch.from_numpy(row[name])
        batch["tags"][number, :, :size] = torch.from_numpy(row["tags"])
        batch["mask"][number, 0, 0, :size] = True
        for name in POINTERS:
            batch[name][number, :size, :size] = torch.from_numpy(row[name])
    return batch


def claims_loss(tags: torch.Tensor, to_cue: torch.Tensor, to_source: torch.Tensor, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """The loss of the three tagging heads and the two pointers."""
    tags = tags.float().unflatten(-1, (3, 3)).permute(0, 3, 2, 1)  # batch, class, role, place
    tagging = functional.cross_entropy(tags, batch["tags"], ignore_index=IGNORED)
    return (3 * 3 * tagging + 0.5 * pointer_loss(to_cue, batch["to_cue"], batch["mask"])
            + 0.5 * pointer_loss(to_source, batch["to_source"], batch["mask"]))


def pointer_loss(scores: torch.Tensor, right: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return the mean of -log of the probability that falls on right places, over tokens that have any."""
    scores = scores.float().masked_fill(~mask[:, 0], -1e4)
    pointing = right.any(-1)
    scores, right = scores[pointing], right[pointing]
    if not len(scores):
        return scores.sum()
    return (torch.logsumexp(scores, -1) - torch.logsumexp(scores.masked_fill(~right, -1e4), -1)).mean()
