"""Near-copies: articles that print one text, whether or not they say whose it is."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

import pandas as pd

from analysis.compare.columns import table
from analysis.compare.rows import Dated
from analysis.words import PIECE

SHINGLE = 5  # words
# How much of the shorter text's shingles the other must hold; checked on tests/near_copies.csv. An outlet has turns of its own.
COPIED, COPIED_WITHIN_OUTLET = 0.3, 0.6
RECYCLED = 3  # a shingle that one outlet prints on so many days is its standing background or furniture, not a wire's text
WHOLE = 0.9  # so much of an article, its outlet's standing words included, is the article again, however often it is printed
Pair = tuple[str, str]


def near_copies(articles: list[Dated]) -> pd.DataFrame:
    """The articles that are near-copies of another: the table `copies`.

    `copy_of` is the earliest article of the text (by day, then by place in the table), `nearest` the one that shares most
    with this, and `shared` how much: the share of the shorter one's five-word shingles. Takes time in proportion to the
    articles, but for shingles that many of them share.
    """
    whole = {row.article_id: shingles(row.text) for row in articles}
    shingled = _own_words(articles, whole)
    outlets = {row.article_id: row.outlet for row in articles}
    shared = {}
    for pair in _candidates(shingled, whole):
        share, (one, other) = overlap(*map(shingled.get, pair)), map(outlets.get, pair)
        again = overlap(*map(whole.get, pair))
        if share >= (COPIED_WITHIN_OUTLET if one and one == other else COPIED) or again >= WHOLE:
            shared[pair] = max(share, again) if again >= WHOLE else share
    lengths = {row.article_id: len(row.text) for row in articles}
    days = {row.article_id: row.day or "9999" for row in articles}
    rows = []
    for group in groups(shingled, shared):
        first = min(group, key=lambda article_id: (days[article_id], -lengths[article_id]))  # who prints a text again cuts it
        for article_id in group:
            if article_id != first:
                share, nearest = max((share, _other(pair, article_id)) for pair, share in shared.items() if article_id in pair)
                rows.append({"article_id": article_id, "copy_of": first, "nearest": nearest, "shared": round(share, 3)})
    return table("copies", rows)


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of five words, in lower case; of a shorter text the whole."""
    words = PIECE.findall(text.lower())
    return frozenset(zip(*(words[start:] for start in range(SHINGLE)))) or frozenset([tuple(words)] if words else [])


def _own_words(articles: list[Dated], shingled: dict[str, frozenset]) -> dict[str, frozenset]:
    """Each article's shingles, less those that its outlet prints again and again."""
    by_outlet: dict[str, list[Dated]] = {}
    for row in articles:
        if row.outlet is not None and row.day is not None:
            by_outlet.setdefault(row.outlet, []).append(row)
    recycled = {}
    for rows in by_outlet.values():
        by_day: dict[str, set] = {}
        for row in rows:
            by_day.setdefault(row.day, set()).update(shingled[row.article_id])
        counts = Counter(run for runs in by_day.values() for run in runs)
        recycled |= dict.fromkeys([row.article_id for row in rows], {run for run, days in counts.items() if days >= RECYCLED})
    return {article_id: runs - recycled.get(article_id, set()) for article_id, runs in shingled.items()}


def overlap(one: frozenset, other: frozenset) -> float:
    """The share of the shorter text's shingles that stand in the other."""
    return len(one & other) / max(1, min(len(one), len(other)))


def groups(members: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """The members that pairs join, directly or through others, each group and all of them in the members' order."""
    leader = {member: member for member in members}

    def first(member: str) -> str:
        while leader[member] != member:
            member = leader[member]
        return member

    for one, other in pairs:
        leader[first(other)] = first(one)
    gathered: dict[str, list[str]] = {}
    for member in leader:
        gathered.setdefault(first(member), []).append(member)
    return [group for group in gathered.values() if len(group) > 1]


def _candidates(shingled: dict[str, frozenset], whole: dict[str, frozenset]) -> list[Pair]:
    """Every pair of articles that may share enough of their own shingles, or of all, in the articles' order."""
    order = {article_id: place for place, article_id in enumerate(whole)}
    found = {tuple(sorted(pair, key=order.get)) for pair in chain(sharing(shingled, COPIED), sharing(whole, WHOLE))}
    return sorted(found, key=lambda pair: (order[pair[0]], order[pair[1]]))


def sharing(shingled: dict[str, frozenset], least: float) -> Iterator[Pair]:
    """Pairs of articles, among them every one in which the longer text holds the share `least` of the shorter one's shingles.

    It lacks at most the rest of them; so of the rarest, one more than that, it holds at least one, and the commonest need no look.
    """
    counts = Counter(run for runs in shingled.values() for run in runs)
    holders: dict[tuple[str, ...], list[str]] = {}
    for article_id, runs in shingled.items():
        for run in runs:
            if counts[run] > 1:
                holders.setdefault(run, []).append(article_id)
    for article_id, runs in shingled.items():
        rarest = sorted(runs, key=counts.get)[: len(runs) - int(least * len(runs)) + 1]
        others = {other for run in rarest for other in holders.get(run, ())}
        yield from ((article_id, other) for other in others if other != article_id and len(shingled[other]) >= len(runs))


def _other(pair: Pair, article_id: str) -> str:
    return pair[1] if pair[0] == article_id else pair[0]
