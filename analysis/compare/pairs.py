"""What tells whether two figures of one event read the same quantity: the pairs that may, and their features."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable
from functools import lru_cache

import numpy
from scipy.sparse import csr_matrix

from analysis.compare.dates import days_named
from analysis.compare.places import places
from analysis.compare.rows import CountedFigure
from analysis.compare.scope import DOUBTS, group, opening, words_of
from analysis.compare.similarity import vectors
from analysis.figures.units import normalise

FEW = 300  # figures of a kind, of which every pair is looked at
NEAREST = 40  # of more, each figure's most alike in words
AROUND = 60  # characters to either side
MASK = "#"
DIGITS = re.compile(r"\d[\d,.]*")
NAME = re.compile(r"(?<=[^.!?\s]\s)[A-ZÀ-Þ][\w’'-]+")  # with a capital that begins no sentence
MEASURES = ("killed", "injured", "aboard", "displaced", "arrested", "destroyed", "launches", "strikes", "missing", "taking part")
KINDS = ("count", "money", "percent", "duration", "distance", "weight", "age", "share", "change")
NEITHER, ONE_ONLY = -2, -1  # of a thing that both, or one of two figures, do not tell
NEAR = 0.03  # numbers so near may be one, rounded
MONTH = 30  # days; articles so far apart are as those further apart
Numbers = numpy.ndarray


def pairs_of(figures: list[CountedFigure]) -> tuple[Numbers, Numbers, Numbers, tuple[str, ...]]:
    """The pairs of an event's figures that may read one quantity.

    Places of the first and of the second figure, [pairs] each; the features of each pair, [pairs, features], float32; and the
    features' names. Figures of two kinds are never a pair. Takes about 0.1 ms a pair.
    """
    texts = _texts(figures)
    looks = {name: _whole(vectors(told)) for name, told in texts.items()}
    one, other = _candidates(figures, looks["window"])
    features = {**_alike(figures, texts, looks, one, other), **_openings(figures, looks["sentence"], one, other), **_numbers(figures, one, other),
                **_told(figures, one, other)}
    columns = [numpy.asarray(values, numpy.float32) for values in features.values()]
    return one, other, numpy.stack(columns, axis=1), tuple(features)


def _candidates(figures: list[CountedFigure], look: Numbers) -> tuple[Numbers, Numbers]:
    """The pairs of figures of one kind: all of few, of many those most alike in the words around; in ascending order."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(figures):
        by_kind[row.kind].append(place)
    found: list[Numbers] = [numpy.zeros((0, 2), int)]
    for here in map(numpy.array, by_kind.values()):
        near = numpy.argwhere(numpy.triu(numpy.ones((len(here),) * 2, bool), 1)) if len(here) <= FEW else _nearest(look[here])
        found.append(numpy.sort(here[near], axis=1))
    pairs = numpy.unique(numpy.concatenate(found), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _nearest(look: Numbers) -> Numbers:
    """For each row the NEAREST others most alike, as pairs; of rows as alike the first."""
    found = []
    for start in range(0, len(look), FEW):
        alike = look[start : start + FEW] @ look.T
        alike[numpy.arange(len(alike)), numpy.arange(start, start + len(alike))] = -1
        best = numpy.argsort(-alike, axis=1, kind="stable")[:, :NEAREST]
        found.append(numpy.stack([numpy.repeat(numpy.arange(start, start + len(alike)), best.shape[1]), best.ravel()], axis=1))
    return numpy.concatenate(found)


def _texts(figures: list[CountedFigure]) -> dict[str, list[str]]:
    """The words about each figure, without its number and the others'."""
    return {
        "counted": [f"{row.unit} {row.counted.replace(' … ', ' ')} {row.measure or ''}" for row in figures],
        "window": [_without_number(row, max(0, row.start - AROUND), row.end + AROUND) for row in figures],
        "clause": [_without_number(row, *row.clause) for row in figures],
        "sentence": [_without_number(row, row.sentence_start, row.sentence_end) for row in figures],
    }


def _without_number(row: CountedFigure, start: int, end: int) -> str:
    text = row.article.text
    return DIGITS.sub(MASK, text[start : row.start]) + f" {MASK} " + DIGITS.sub(MASK, text[row.end : end])


def _whole(look: Numbers) -> Numbers:
    """Vectors in whole steps, so that their products are exact, the same on every machine."""
    return numpy.round(look * 127).astype(numpy.float32)


def _alike(figures: list[CountedFigure], texts: dict[str, list[str]], looks: dict[str, Numbers], one: Numbers, other: Numbers) -> dict[str, Numbers]:
    """How alike the words are: in meaning, in telling words shared, in names; and how much less than the nearest of the article."""
    found = {}
    articles = _codes([row.article_id for row in figures])
    for name, look in looks.items():
        found[f"cosine {name}"] = alike = numpy.round(numpy.einsum("ij,ij->i", look[one], look[other]) / 127**2, 4)
        if name != "sentence":
            found[f"best {name}"] = alike - _best(alike, one, other, articles)
    for name, here in texts.items():
        words = [row.words for row in figures] if name == "clause" else [words_of(text) for text in here]
        found |= _shared(name, words, articles, one, other)
    for name in ("window", "sentence"):
        found |= _shared(f"names in {name}", [frozenset(NAME.findall(text)) for text in texts[name]], articles, one, other)
    return found


def _best(alike: Numbers, one: Numbers, other: Numbers, articles: Numbers) -> Numbers:
    """Of each pair the greater likeness that either figure has with any of the other's article."""
    keys = numpy.stack([numpy.concatenate([one, other]), numpy.concatenate([articles[other], articles[one]])], axis=1)
    _, code = numpy.unique(keys, axis=0, return_inverse=True)
    code, best = code.ravel(), numpy.full(2 * len(one), -1.0)
    numpy.maximum.at(best, code, numpy.concatenate([alike, alike]))
    return numpy.maximum(best[code[: len(one)]], best[code[len(one) :]])


def _shared(name: str, words: list[frozenset[str]], articles: Numbers, one: Numbers, other: Numbers) -> dict[str, Numbers]:
    """What the words that two figures share are worth, alone, and as a share of the less wordy figure's and of both's.

    A word is worth more the fewer of the articles have it.
    """
    known = {word: place for place, word in enumerate(sorted(frozenset().union(*words)))}
    rows, columns = [place for place, own in enumerate(words) for _ in own], [known[word] for own in words for word in sorted(own)]
    has = csr_matrix((numpy.ones(len(rows), numpy.float32), (rows, columns)), shape=(len(words), max(1, len(known))))
    told_by = Counter(word for word, _ in {(word, article) for own, article in zip(words, articles.tolist()) for word in own})
    several = len(set(articles.tolist())) + 5
    worth = numpy.array([round(math.log(1 + several / told_by[word]), 2) for word in known] or [0.0], numpy.float32)
    weighed = has.multiply(worth).tocsr()
    both = numpy.asarray(weighed[one].multiply(has[other]).sum(axis=1)).ravel()
    each = numpy.asarray(weighed.sum(axis=1)).ravel()
    less, more = numpy.minimum(each[one], each[other]), each[one] + each[other] - both
    return {f"shared {name}": numpy.round(both, 2), f"shared of less {name}": _share(both, less), f"shared of all {name}": _share(both, more)}


def _share(part: Numbers, whole: Numbers) -> Numbers:
    return numpy.where(whole > 0, numpy.round(part / numpy.maximum(whole, 1e-6), 3), ONE_ONLY)


def _openings(figures: list[CountedFigure], sentences: Numbers, one: Numbers, other: Numbers) -> dict[str, Numbers]:
    """How alike their articles open, and how much each figure's sentence is of what its own and the other's article opens with."""
    articles = list({row.article_id: row.article for row in figures}.values())
    of = _codes([row.article_id for row in figures])
    opened = [DIGITS.sub(MASK, opening(article.text)) for article in articles]
    look = _whole(vectors(opened))
    names = [frozenset(NAME.findall(text)) for text in opened]
    within = numpy.round((sentences @ look.T) / 127**2, 4)
    own = within[numpy.arange(len(figures)), of]
    across = numpy.stack([within[one, of[other]], within[other, of[one]]])
    elsewhere = _elsewhere(figures, opened)
    return {"elsewhere for the other": elsewhere[one, of[other]].astype(int) + elsewhere[other, of[one]],
            "elsewhere for its own": elsewhere[one, of[one]].astype(int) + elsewhere[other, of[other]],
            "cosine openings": numpy.round(numpy.einsum("ij,ij->i", look[of[one]], look[of[other]]) / 127**2, 4),
            **_shared("names in openings", [names[place] for place in of], of, one, other),
            **_pair("own opening", own, one, other), "lesser other's opening": across.min(axis=0), "greater other's opening": across.max(axis=0)}


def _elsewhere(figures: list[CountedFigure], opened: list[str]) -> Numbers:
    """Whether the words of each figure name a place that each article does not open with, [figures, articles]."""
    named = [{place.name for place in places(row.article.text, *row.clause)} for row in figures]
    return numpy.array([[any(name not in text for name in names) for text in opened] for names in named], bool).reshape(len(figures), len(opened))


def _numbers(figures: list[CountedFigure], one: Numbers, other: Numbers) -> dict[str, Numbers]:
    """How the numbers go together, in one unit."""
    ends = [_ends(row) for row in figures]
    low, high = (numpy.array([row[place] for row in ends]) for place in (1, 2))
    size = numpy.round(numpy.log(numpy.maximum(numpy.abs(high), 0.001)), 3)
    same = (low[one] == low[other]) & (high[one] == high[other])
    numbers = _codes([(row.kind, *end[1:]) for row, end in zip(figures, ends)])
    often = numpy.bincount(numbers)[numbers]
    vague = numpy.array([row.comparator in ("range", "vague") for row in figures])
    has = {(row.article_id, number) for row, number in zip(figures, numbers.tolist())}
    elsewhere = [((figures[b].article_id, numbers[a]) in has) + ((figures[a].article_id, numbers[b]) in has) for a, b in zip(one, other)]
    of_unit = Counter(keys := [(row.article_id, row.kind, end[0]) for row, end in zip(figures, ends)])
    rivals = numpy.array([of_unit[key] for key in keys])
    return {
        "unit": _same(_codes([end[0] or None for end in ends]), one, other),
        "same number": same, "near number": numpy.abs(high[one] - high[other]) <= NEAR * numpy.maximum(numpy.abs(high[one]), numpy.abs(high[other])),
        "ratio": numpy.abs(size[one] - size[other]), "touching": (low[one] <= high[other]) & (low[other] <= high[one]),
        **_pair("size", size, one, other), "vague": vague[one].astype(int) + vague[other], "how often": numpy.where(same, often[one], -1),
        "elsewhere": numpy.where(same, 3, numpy.array(elsewhere, int)), **_pair("rivals", rivals, one, other),
        **_side_by_side(figures, numbers, one, other),
    }


def _side_by_side(figures: list[CountedFigure], numbers: Numbers, one: Numbers, other: Numbers) -> dict[str, Numbers]:
    """In how many articles the numbers of two figures stand, and in what share of the lesser's both do: of two readings of one quantity few do."""
    tell: dict[int, set[str]] = defaultdict(set)
    for row, number in zip(figures, numbers.tolist()):
        tell[number].add(row.article_id)
    told = numpy.array([len(tell[number]) for number in numbers.tolist()])
    both = {pair: len(tell[pair[0]] & tell[pair[1]]) for pair in set(zip(numbers[one].tolist(), numbers[other].tolist()))}
    shared = numpy.array([both[pair] for pair in zip(numbers[one].tolist(), numbers[other].tolist())], float)
    return {**_pair("told by", told, one, other), "told together": numpy.round(shared / numpy.minimum(told[one], told[other]), 3)}


def _ends(row: CountedFigure) -> tuple[str, float, float]:
    """A figure's unit, or noun, and its low and its high end, in the common unit of its kind."""
    low, high = (row.low, row.high) if row.value is None else (row.value, row.value)
    low, high = (end if end is not None else high if low is None else low for end in (low, high))
    (low, unit), (high, _) = (_in_one_unit(end or 0.0, row.unit, row.kind) for end in (low, high))
    return unit.lower(), float(f"{low:.4g}"), float(f"{high:.4g}")


_in_one_unit = lru_cache(maxsize=10_000)(normalise)


def _told(figures: list[CountedFigure], one: Numbers, other: Numbers) -> dict[str, Numbers]:
    """What else two figures tell: kind, measure, who is counted, standing, where they stand in their articles, and days."""
    measure = numpy.array([NEITHER if row.measure is None else _place(MEASURES, row.measure) for row in figures])
    articles, sentences = _codes([row.article_id for row in figures]), _codes([(row.article_id, row.sentence_start) for row in figures])
    where = numpy.array([round(row.start / max(1, len(row.article.text)), 3) for row in figures])
    days = numpy.array([row.article.day or "NaT" for row in figures], "datetime64[D]")
    between = numpy.abs((days[one] - days[other]) / numpy.timedelta64(1, "D"))
    first: dict[tuple, tuple[float, ...]] = {}
    leads = [first.setdefault((row.article_id, row.kind, row.measure or row.unit.lower()), row.number) == row.number for row in figures]
    marks = {"first": leads, "part": [row.part_of is not None for row in figures], "opening": [row.opens for row in figures],
             "headline": [row.in_headline for row in figures], "said": [row.claim_id is not None for row in figures],
             **{start: [bool(row.against and row.against.startswith(start)) for row in figures] for start in DOUBTS}}
    return {
        "kind": numpy.array([_place(KINDS, row.kind) for row in figures])[one], **_pair("measure", measure, one, other),
        "same measure": _same(_codes([row.measure for row in figures]), one, other),
        "group": _same(_codes([group(row) or None for row in figures]), one, other),
        **{name: numpy.array(told, int)[one] + numpy.array(told, int)[other] for name, told in marks.items()}, **_pair("where", where, one, other),
        "same article": articles[one] == articles[other], "same sentence": sentences[one] == sentences[other],
        "day named": _meet(_days(figures), one, other),
        "days": numpy.where(numpy.isnan(between), ONE_ONLY, numpy.minimum(between, MONTH)),
        "alone": numpy.full(len(one), int(articles.max() == 0)),
    }


def _place(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else len(names)


def _pair(name: str, values: Numbers, one: Numbers, other: Numbers) -> dict[str, Numbers]:
    """The lesser and the greater of two figures' values: a pair has no order."""
    return {f"lesser {name}": numpy.minimum(values[one], values[other]), f"greater {name}": numpy.maximum(values[one], values[other])}


def _codes(values: list[Hashable]) -> Numbers:
    """A whole number for each different value, -1 for None."""
    known: dict[Hashable, int] = {}
    return numpy.array([-1 if value is None else known.setdefault(value, len(known)) for value in values], int)


def _days(figures: list[CountedFigure]) -> list[frozenset[str]]:
    """The days that each figure's sentence names, or else another of its article with the same number: a headline leaves them out."""
    own = [days_named(row.article.text[row.sentence_start : row.sentence_end], row.article.day) for row in figures]
    told = {(row.article_id, row.number): days for row, days in zip(reversed(figures), reversed(own)) if days}
    return [days or told.get((row.article_id, row.number), days) for row, days in zip(figures, own)]


def _meet(days: list[frozenset[str]], one: Numbers, other: Numbers) -> Numbers:
    """As `_same`, of figures that may tell several."""
    return numpy.array([NEITHER if not days[a] and not days[b] else ONE_ONLY if not days[a] or not days[b] else bool(days[a] & days[b])
                        for a, b in zip(one, other)], int)


def _same(codes: Numbers, one: Numbers, other: Numbers) -> Numbers:
    """1 where two figures have the same, 0 where they differ, less where one or both tell nothing."""
    missing = (codes[one] < 0).astype(int) + (codes[other] < 0)
    return numpy.select([missing == 2, missing == 1], [NEITHER, ONE_ONLY], (codes[one] == codes[other]).astype(int))
