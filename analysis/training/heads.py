"""The second stage: all heads together, on articles labelled whole.

The lower layers stay as they are, so their states are computed once; the upper ones and the heads learn.
"""

import copy
import random
import time

import numpy
import torch
from torch import nn
from torch.nn import functional

from analysis.corpus import Span
from analysis.training.network import Tagger
from analysis.training.steps import STEP, claims_loss, padded
from analysis.training.taught import BELOW, Taught

MOST = 1536  # word pieces in a step
LEARNED = 0.8  # of the weights of the second stage in those shipped; the rest is the first stage's


def batches(articles: list[Taught], chance: random.Random) -> list[list[Taught]]:
    """Groups of articles of about MOST pieces, in random order; what has no figures labelled is cut up freely."""
    parts = []
    for each in articles:
        if each.article is not None:
            parts.append(each)
        else:
            order = sorted(range(len(each.windows)), key=lambda number: (len(each.windows[number]["pieces"]) // STEP, chance.random()))
            for start in range(0, len(order), 8):
                parts.append(Taught([each.windows[at] for at in order[start:start + 8]], [each.states[at] for at in order[start:start + 8]]))
    chance.shuffle(parts)
    groups, room = [], 0
    for part in parts:
        if part.windows:
            if part.size > room:
                groups.append([])
                room = MOST
            groups[-1].append(part)
            room -= part.size
    return groups


def losses(model: Tagger, group: list[Taught]) -> dict[str, torch.Tensor]:
    """The losses of a step: claims, and figures where an article has them labelled."""
    windows = [window for part in group for window in part.windows]
    batch = padded(windows, [state for part in group for state in part.states])
    *claims, figure = model.above(batch["states"], batch["mask"], BELOW)
    found = {"claims": claims_loss(*claims, batch)}
    figures, at = [], 0
    for part in group:
        if part.article is not None:
            scores = torch.cat([figure[at + number, window["firsts"]] for number, window in enumerate(part.windows)])
            figures.append(figure_losses(scores, part))
        at += len(part.windows)
    if figures:
        found["figures"] = torch.cat(figures).sum() / 24
    return found


def means(scores: torch.Tensor, spans: list[Span], words: list[Span]) -> torch.Tensor:
    """The mean over the words in each stretch of characters, of `scores` [words, n]; zero where there is no word."""
    starts, ends = (numpy.array([word[at] for word in words]) for at in (0, 1))
    first = torch.from_numpy(numpy.searchsorted(ends, [start for start, _ in spans], "right"))
    last = torch.from_numpy(numpy.searchsorted(starts, [end for _, end in spans], "left"))
    total = torch.cat([torch.zeros_like(scores[:1]), scores.cumsum(0)])
    return (total[last] - total[first]) / (last - first).clamp(min=1)[:, None]


def figure_losses(scores: torch.Tensor, part: Taught) -> torch.Tensor:
    numbers = part.article.numbers
    if not numbers:
        return scores.new_zeros(0)
    right = torch.tensor([float(right) for _, right in numbers])
    return functional.binary_cross_entropy_with_logits(means(scores[:, None], [span for span, _ in numbers], part.spans)[:, 0], right, reduction="none")


def train(articles: list[Taught], model: Tagger, epochs: int = 3, rate: float = 8e-5, seed: int = 1,
          seconds: float = 2400) -> Tagger:
    """Train the upper layers and the heads, for `seconds` at the most; return the running mean of the weights.

    Prints a line every 25 steps.
    """
    chance = random.Random(seed)
    learned = _learned(model, rate)
    own = [weight for group in learned for weight in group["params"]]
    optimizer = torch.optim.AdamW(learned, weight_decay=0.01, betas=(0.9, 0.98))
    rates = [group["lr"] for group in optimizer.param_groups]
    average = copy.deepcopy(model)
    mean = [weight for group in _learned(average, rate) for weight in group["params"]]
    steps, done, began, sums = None, 0, time.time(), {}
    for _ in range(epochs):
        groups = batches(articles, chance)
        steps = steps or int(len(groups) * epochs * 1.02)
        for group in groups:
            share = max(done / steps, (time.time() - began) / seconds)
            if share >= 1:
                break
            for value, parameters in zip(rates, optimizer.param_groups):
                parameters["lr"] = value * max(0.01, min(done / steps / 0.04, (1 - share) / 0.96))
            model.train()
            found = losses(model, group)
            optimizer.zero_grad()
            sum(found.values()).backward()
            nn.utils.clip_grad_norm_(own, 1.0)
            optimizer.step()
            done += 1
            with torch.no_grad():
                torch._foreach_lerp_(mean, own, 1 - min(0.99, (1 + done) / (10 + done)))
            for name, loss in found.items():
                sums.setdefault(name, []).append(loss.item())
            if done % 25 == 0:
                told = " ".join(f"{name} {numpy.mean(values[-100:]):.3f}" for name, values in sums.items())
                print(f"step {done}/{steps} {told} {time.time() - began:.0f} s", flush=True)
    return average.eval()


def _learned(model: Tagger, rate: float) -> list[dict]:
    """What learns, and at which rate: the upper layers, the heads that know claims, and the new one."""
    known = (model.tags, model.to_cue, model.to_source)
    return [{"params": [*model.layers[BELOW:].parameters()], "lr": rate},
            {"params": [weight for module in known for weight in module.parameters()], "lr": 2 * rate},
            {"params": [*model.figure.parameters()], "lr": 1e-3}]


def settle(articles: list[Taught], model: Tagger, steps: int = 300, seed: int = 1) -> None:
    """Let the figure head learn on alone, in place: a logistic regression on `articles` with the states that all layers give."""
    torch.manual_seed(seed)
    found, right = [], []
    for part in articles:
        if part.article is not None and part.article.numbers and part.windows:
            states = numpy.concatenate([state[each["firsts"]] for each, state in zip(part.windows, part.states)]).astype(numpy.float32)
            found.append(means(torch.from_numpy(states), [span for span, _ in part.article.numbers], part.spans))
            right += [float(figure) for _, figure in part.article.numbers]
    found, right = torch.cat(found), torch.tensor(right)
    optimizer = torch.optim.AdamW(model.figure.parameters(), lr=3e-3, weight_decay=0.1)
    model.train()
    for step in range(steps):
        for parameters in optimizer.param_groups:
            parameters["lr"] = 3e-3 * (1 - step / steps)
        chosen = torch.randint(len(found), (256,))
        optimizer.zero_grad()
        functional.binary_cross_entropy_with_logits(model.figure(model.dropout(found[chosen]))[:, 0], right[chosen]).backward()
        optimizer.step()
    model.eval()


def blended(model: Tagger, first: Tagger) -> Tagger:
    """The weights, drawn back a little to those of the first stage, so that what it knew of chains is kept; the figure head as learned."""
    with torch.no_grad():
        for (name, weight), before in zip(model.named_parameters(), first.parameters()):
            if not name.startswith("figure."):
                weight.lerp_(before, 1 - LEARNED)
    return model
