"""The first stage: an encoder that knows sentences is taught claims, on articles labelled with outermost attributions."""

import copy
import random
import re
import time
from pathlib import Path

import torch
from torch import nn

from analysis.claims import windows as cutting
from analysis.training.examples import Names, Reading, Sentences, cut, disturb, example
from analysis.training.network import Tagger, load_base
from analysis.training.steps import batches, claims_loss, padded


def train(rows: list[dict], base: Path, epochs: int, rate: float, seed: int) -> Tagger:
    """Train on gold rows, from MiniLM's weights; return the running mean of the weights. Prints a line every fifty steps."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    tokenizer = cutting.load_tokenizer()
    readings = [Reading(row, tokenizer) for row in rows]
    names = Names(readings)
    sentences = Sentences(rows)
    model = Tagger()
    load_base(model, base)
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
            batch = padded(group)
            states = model.states(batch["pieces"], batch["shapes"], batch["quotes"], batch["mask"])
            loss = claims_loss(*model.claims(states), batch)
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
    return mean.eval()
