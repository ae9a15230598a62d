"""The second stage: all heads together, on articles labelled whole, beside a part of the first stage's texts.

Windows of the first stage's texts begin with a mark of their own, most of them, since their labels follow another convention.
"""

import random
import re
import time
from collections.abc import Iterator

import numpy
import torch
from torch import nn
from torch.nn import functional

from analysis.claims import windows as cutting
from analysis.claims.tagger import words_in
from analysis.training.articles import Labelled
from analysis.training.examples import Names, Reading, Sentences, cut, disturb, example
from analysis.training.network import Meant, Tagger
from analysis.training.steps import STEP, claims_loss, padded

FIRST_STAGE = 2  # [unused1]: begins a window of a text that is labelled as the first stage's
MARKED = 0.6  # of the windows of such texts
REPLAYED = 6  # one such text of so many is read in each epoch,
LONE = 800  # and so many sentences of them by themselves
EMPTY = 0.25  # of the contents without claims inside are read again
KEPT = 2  # layers that stay as they are
MOST = 2048  # word pieces in a step
LOOSE = 768  # word pieces of loose windows in a part of a step
APART = 64  # word pieces that windows of one pass may differ by


def train(articles: list[Labelled], others: list[dict], sentences: Sentences, model: Tagger, scorer: Meant, tokenizer, epochs: int, rate: float = 6e-5,
          seed: int = 1, seconds: float = 3600) -> tuple[Tagger, Meant]:
    """Train all heads, for `seconds` at the most; return the running means of the weights. Prints a line every 25 steps."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    texts = [(Reading(row, tokenizer, FIRST_STAGE), Reading(row, tokenizer)) for row in others]
    names = Names([article.reading for article in articles] + [marked for marked, _ in texts])
    groups = _learned(model, scorer, rate)
    own = [weight for group in groups for weight in group["params"]]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    mean = [weight.detach().clone() for weight in own]
    steps, done, began, told = None, 0, time.time(), {}
    for epoch in range(epochs):
        if time.time() - began >= seconds:
            break
        loose = _loose(articles, texts, sentences, names, tokenizer, chance)
        order = _steps(articles, loose, chance)
        steps = steps or len(order) * epochs
        for parts in order:
            share = max(done / steps, (time.time() - began) / seconds)
            if share >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = group["most"] * max(0.01, min(done / steps / 0.05, (1 - share) / 0.95))
            model.train()
            scorer.train()
            found = losses(model, scorer, parts, names, chance)
            optimizer.zero_grad()
            sum(found.values()).backward()
            nn.utils.clip_grad_norm_(own, 1.0)
            optimizer.step()
            done += 1
            with torch.no_grad():
                torch._foreach_lerp_(mean, own, 1 - min(0.995, (1 + done) / (10 + done)))
            for name, loss in found.items():
                told.setdefault(name, []).append(loss.item())
            if done % 25 == 0:
                print(f"epoch {epoch + 1} step {done}/{steps}", *(f"{name} {numpy.mean(each[-100:]):.3f}" for name, each in told.items()),
                      f"{time.time() - began:.0f} s", flush=True)
    with torch.no_grad():
        for weight, average in zip(own, mean):
            weight.copy_(average)
    return model.eval(), scorer.eval()


def _learned(model: Tagger, scorer: Meant, rate: float) -> list[dict]:
    """What learns, and at which rate: the upper layers, the heads that know claims, the new heads."""
    def named(pattern: str) -> list[nn.Parameter]:
        return [weight for name, weight in model.named_parameters() if re.match(pattern, name)]
    upper = rf"layers\.[{KEPT}-9]\."
    rates = ((named(upper), rate), (named("tags|to_cue|to_source"), 3 * rate), ([*named("figure|asking|asked"), *scorer.parameters()], 8e-4))
    return [{"params": weights, "lr": most, "most": most} for weights, most in rates]


def _loose(articles: list[Labelled], texts: list, sentences: Sentences, names: Names, tokenizer, chance: random.Random) -> list[dict]:
    """Windows with claims alone to teach, by length: contents, a part of the first stage's texts and of their sentences."""
    readings = [content for article in articles for content, holds in article.contents if holds or chance.random() < EMPTY]
    readings += [marked if chance.random() < MARKED else plain for marked, plain in chance.sample(texts, len(texts) // REPLAYED)]
    lone = list(sentences.alone(chance))
    readings += [Reading(row, tokenizer, cutting.REPORTED) for row in chance.sample(lone, min(len(lone), LONE))]
    found = [disturb(example(reading, *piece), names, chance) for reading in readings for piece in cut(reading, chance)]
    return sorted(found, key=lambda each: (len(each["pieces"]) // STEP, chance.random()))


def _steps(articles: list[Labelled], loose: list[dict], chance: random.Random) -> list[list[Labelled | list[dict]]]:
    """Articles, and groups of loose windows of like length, in random order, about MOST word pieces a step."""
    parts = [(article, article.size) for article in articles]
    while loose:
        count = 1
        while count < len(loose) and len(loose[count]["pieces"]) * (count + 1) <= LOOSE:
            count += 1
        parts.append((loose[:count], sum(len(each["pieces"]) for each in loose[:count])))
        loose = loose[count:]
    chance.shuffle(parts)
    steps, room = [], 0
    for part, size in parts:
        if size > room:
            steps.append([])
            room = MOST
        steps[-1].append(part)
        room -= size
    return steps


def losses(model: Tagger, scorer: Meant, parts: list, names: Names, chance: random.Random) -> dict[str, torch.Tensor]:
    """The losses of a step: claims; figures and who is meant, where articles have them labelled."""
    articles = [(part, _windows(part, names, chance)) for part in parts if isinstance(part, Labelled)]
    windows = [window for _, cut_up in articles for window in cut_up]
    claims, states = [], {}
    for places in _alike(windows):
        loss, read = _claims(model, [windows[place] for place in places])
        claims.append((loss, sum(len(windows[place]["firsts"]) for place in places)))
        states |= dict(zip(places, read))
    claims += [(_claims(model, part)[0], sum(int((each["tags"][0] >= 0).sum()) for each in part)) for part in parts if isinstance(part, list)]
    found = {"claims": sum(loss * size for loss, size in claims) / sum(size for _, size in claims)}
    figures, meant, at = [], [], 0
    for article, cut_up in articles:
        words = torch.cat([states[at + number][window["firsts"]] for number, window in enumerate(cut_up)])
        at += len(cut_up)
        figures += [*figure_losses(model, article, words)]
        meant += [*meant_losses(model, scorer, article, words)]
    return found | ({"figures": torch.stack(figures).sum() / 24} if figures else {}) | ({"meant": torch.stack(meant).sum() / 24} if meant else {})


def _windows(article: Labelled, names: Names, chance: random.Random) -> list[dict]:
    """An article cut anew; in some, names are exchanged for one another, and some pieces are hidden."""
    found = [example(article.reading, *piece) for piece in cut(article.reading, chance)]
    exchanged = chance.random() < 0.4
    for window in found:
        pieces = window["pieces"]
        if exchanged and chance.random() < 0.35:
            for piece in set(pieces[names.known[pieces]].tolist()):
                if chance.random() < 0.5:
                    pieces[pieces == piece] = chance.choice(names.pieces)
        hidden = numpy.array([chance.random() < 0.02 for _ in pieces]) & (pieces != cutting.BREAK)
        hidden[0] = False
        pieces[hidden] = 103  # [MASK]
    return found


def _alike(windows: list[dict]) -> Iterator[list[int]]:
    """The places of windows of like length."""
    group = []
    for place in sorted(range(len(windows)), key=lambda place: len(windows[place]["pieces"])):
        if group and len(windows[place]["pieces"]) - len(windows[group[0]]["pieces"]) > APART:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _claims(model: Tagger, windows: list[dict]) -> tuple[torch.Tensor, torch.Tensor]:
    batch = padded(windows)
    states = model.states(batch["pieces"], batch["shapes"], batch["quotes"], batch["mask"], KEPT)
    return claims_loss(*model.claims(states), batch), states


def means(of_words: torch.Tensor, words: numpy.ndarray, spans: numpy.ndarray) -> torch.Tensor:
    """The mean over the words in each stretch of characters, of `of_words` [words, n]; zero where there is no word."""
    first, last = map(torch.from_numpy, words_in(words, spans))
    total = torch.cat([torch.zeros_like(of_words[:1]), of_words.cumsum(0)])
    return (total[last] - total[first]) / (last - first).clamp(min=1)[:, None]


def figure_losses(model: Tagger, article: Labelled, states: torch.Tensor) -> Iterator[torch.Tensor]:
    """Of each number, whether it is a figure; of each figure, half as much for part and background."""
    if len(article.numbers):
        right = torch.from_numpy(article.kinds)
        each = functional.binary_cross_entropy_with_logits(model.figure(means(states, article.words, article.numbers)), right, reduction="none")
        yield from each[:, 0] + 0.6 * right[:, 0] * each[:, 1:].sum(1)


def meant_losses(model: Tagger, scorer: Meant, article: Labelled, states: torch.Tensor) -> Iterator[torch.Tensor]:
    """Of each source, -log of the probability that falls on right mentions, or on nobody where there is none."""
    asking, asked, words = model.asking(states), model.asked(states), article.words
    for question in article.questions:
        ask = means(asking, words, numpy.array([question.span]))
        scores = scorer(ask, means(asked, words, question.mentions), question.kind, torch.from_numpy(question.embedded),
                        torch.from_numpy(question.others))
        right = torch.from_numpy(numpy.concatenate([[not question.right.any()], question.right]))
        yield torch.logsumexp(scores, 0) - torch.logsumexp(scores[right], 0)
