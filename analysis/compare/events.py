"""Events: which articles are about the same thing that happened."""

import math
from collections import Counter
from collections.abc import Iterator

import numpy
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from spacy.lang.en.stop_words import STOP_WORDS

from analysis.compare.columns import table
from analysis.compare.dates import days_of_deeds
from analysis.compare.places import TIMES, main_place
from analysis.compare.rows import Dated
from analysis.compare.scope import opening
from analysis.ids import slug, untaken
from analysis.words import SPELT, words_of

# Chosen on invented affairs followed for up to five days and on pairs of articles of one war, up to six days apart, labelled by reading.
# Three invented corpora of 11 events, one of them unread, are grouped without a fault. Of 113 pairs sampled before, 89 in 100 that these
# group are of one event, and of those that are 93 in 100 are grouped; of 156, with 43 on which these and a half-life of one day alone
# differ, 88 and 88 in 100 (one day alone: 75 and 60).
ALIKE = 0.075  # average similarity at which two groups become one
HALVED = 4  # days between two articles that halve their similarity, unless they open with the same day
FURTHEST = math.ceil(HALVED * math.log2(1 / ALIKE))  # days between two articles that open with no day in common, and may be of one event
OTHER_DAYS = 0.25  # of articles that open with other days: "killed on Monday", "killed on Tuesday"
USUAL = 0.07  # to be more alike than this is nothing special where articles of other weeks are, as in one long war
OTHER_WEEKS, MOST_ALIKE = 14, 0.05  # days; share of the articles of other weeks
ONE_OUTLET = 0.5  # two articles of one outlet are alike in style and background too
ONLY_ONE = 0.6  # a word of only one article tells less of how alike it is to others
OTHERS = 200  # articles that are thought of beside the corpus's, so that the words of its one event are telling in a small one
IN_HEADLINE, IS_NAME = 2, 2  # how much more such a word says of what an article is about
LEAD = 150  # words; what happened stands first, and background last
AT_ONCE = 500  # articles whose similarities with all are found
LONGEST = 90  # characters of the headline that names an event
UNTELLING = STOP_WORDS - words_of("comparing", "telling", "of_events")


def group_events(articles: list[Dated], others: frozenset[str] = frozenset()) -> dict[str, pd.DataFrame]:
    """The articles grouped by the event they are about: the tables `events` and `event_articles`.

    An article whose `event` is given stands in the event of that name and in no other. The rest are grouped by tf-idf over
    the words of headline and lead, names and headlines counting more, and by date: days between articles count for nothing
    where both open with the same day of an attack or accident ("Monday's crash"), and more where they open with others.
    Where an article is much like those of other weeks, as in a long war, it takes more to be of one event. `similarity` is
    that with the most alike article of the event; `others` are the names of persons and bodies, which are no places. An article
    alone is an event too. Takes about 1 ms an article, a second for 4,000 that grows with their square, and memory for some
    squares of the largest number that similar ones join.
    """
    given: dict[str, list[Dated]] = {}
    for row in articles:
        if row.event is not None:
            given.setdefault(row.event, []).append(row)
    rest = [row for row in articles if row.event is None]
    found = _clusters(Similarity(rest))
    nearest = {rest[place].article_id: most for group in found for place, most in group.items()}
    events, members, taken = [], [], set()
    for group in [*given.values(), *([rest[place] for place in group] for group in found)]:
        event = _event(group, taken, others)
        events.append(event)
        members += [{"article_id": row.article_id, "event_id": event["event_id"], "how": event["how"],
                     "similarity": nearest.get(row.article_id)} for row in group]
    order = {row.article_id: place for place, row in enumerate(articles)}
    members.sort(key=lambda row: order[row["article_id"]])
    return {"events": table("events", events), "event_articles": table("event_articles", members)}


def event_name(headlines: list[str]) -> str:
    """The headline whose telling words most of the others share, of those as good the shortest, then the first; "" where there is none.

    Where none shares any, that is the first.
    """
    words = [set(_headline_words(headline)) for headline in headlines]
    alike = [sum(len(own & other) / len(own | other) for other in words if own and other is not own) for own in words]
    best = max(range(len(headlines)), key=lambda place: (round(alike[place], 6), -len(headlines[place]) if alike[place] else 0, -place), default=None)
    return "" if best is None else shortened(headlines[best])


def shortened(headline: str) -> str:
    """A headline on one line, of a long one the first words."""
    words = " ".join(headline.split())
    return words if len(words) <= LONGEST else words[:LONGEST].rpartition(" ")[0].rstrip(",;:-–—") + "…"


def _event(rows: list[Dated], taken: set[str], others: frozenset[str]) -> dict:
    headlines = [row.title for row in rows if row.title]
    own = [row.text for row in rows]
    given = rows[0].event
    name = event_name(headlines) or rows[0].article_id if given is None else given
    _, place = main_place(own, headlines, others)
    days = sorted(row.day for row in rows if row.day is not None)
    event_id, _ = untaken(slug(name), taken)
    how = "given" if given is not None else "alike" if len(rows) > 1 else "alone"
    return {"event_id": event_id, "name": name, "place": place, "first": days[0] if days else None, "last": days[-1] if days else None,
            "articles": len(rows), "outlets": len({row.outlet for row in rows} - {None}), "how": how}


def _headline_words(headline: str) -> dict[str, str]:
    """The telling words of a headline, in lower case, each with its spelling."""
    words = [word.removesuffix("'s").removesuffix("’s") for word in SPELT.findall(headline)]
    return {word.lower(): word for word in words if word.lower() not in UNTELLING}


class Similarity:
    """Cosines of articles' tf-idf, less for what is usual, for the days between them and for one outlet; of any of them, by their places."""

    def __init__(self, articles: list[Dated]):
        self._words = _weighed([_weighted_words(row.title, row.text) for row in articles])
        self._days = numpy.array([row.day or "NaT" for row in articles], "datetime64[D]")
        named = [days_of_deeds(opening(row.text), row.day) for row in articles]
        self._named = _indicators(named)
        self._told = numpy.array([bool(days) for days in named], bool)
        outlets = {outlet: code for code, outlet in enumerate(sorted({row.outlet for row in articles} - {None}))}
        self._outlets = numpy.array([outlets.get(row.outlet, -1) for row in articles], int)
        self._usual = self._find_usual()

    def __len__(self) -> int:
        return len(self._days)

    def of(self, one: numpy.ndarray, other: numpy.ndarray) -> numpy.ndarray:
        """How alike the articles at some places are to those at others, [one, other], float32, 0 to 1."""
        between, usual, told, outlets = self._between(one, other), self._usual, self._told, self._outlets
        alike = _products(self._words[one], self._words[other])
        alike *= USUAL / numpy.maximum(USUAL, (usual[one][:, None] + usual[other][None, :]) / 2)
        shared = _products(self._named[one], self._named[other]) > 0
        alike *= numpy.where(shared, 1, 0.5 ** (between / HALVED) * numpy.where(told[one][:, None] & told[other][None, :], OTHER_DAYS, 1))
        same = (outlets[one][:, None] == outlets[other][None, :]) & (outlets[other] >= 0)
        return alike * numpy.where(same, ONE_OUTLET, 1).astype(numpy.float32)

    def blocks(self) -> Iterator[numpy.ndarray]:
        """The places of all articles by day, some at once, so that their similarities with all need little memory."""
        by_day = numpy.argsort(self._days, kind="stable")
        for start in range(0, len(self), AT_ONCE):
            yield by_day[start : start + AT_ONCE]

    def within_reach(self, block: numpy.ndarray) -> numpy.ndarray:
        """The places of the articles near in days to those of a block, or with a day of theirs; no others are alike enough to be of one event."""
        days, reach = self._days[block], numpy.timedelta64(FURTHEST, "D")
        outside = (self._days < days.min() - reach) | (self._days > days.max() + reach)  # an unknown day is never outside
        shares = self._named @ numpy.asarray(self._named[block].sum(axis=0)).ravel() > 0
        return numpy.flatnonzero(shares | ~outside)

    def _between(self, one: numpy.ndarray, other: numpy.ndarray) -> numpy.ndarray:
        between = numpy.abs(self._days[one][:, None] - self._days[other][None, :]) / numpy.timedelta64(1, "D")
        return numpy.where(numpy.isnan(between), HALVED, between).astype(numpy.float32)  # an unknown day is neither near nor far

    def _find_usual(self) -> numpy.ndarray:
        """How alike each article is to the most alike of those that cannot be of its event, as they are of other weeks.

        The articles thought of beside the corpus's are of other weeks too, so that a small corpus tells nothing of what is usual.
        """
        usual, every = numpy.zeros(len(self), numpy.float32), numpy.arange(len(self))
        for block in self.blocks():
            for place, row, days in zip(block, _products(self._words[block], self._words), self._between(block, every)):
                others = row[days > OTHER_WEEKS]
                rank = int(MOST_ALIKE * (len(others) + OTHERS))
                if len(others) > rank:
                    usual[place] = numpy.partition(others, -1 - rank)[-1 - rank]
        return usual


def _weighed(counts: list[Counter]) -> csr_matrix:
    """The articles' weighted words as rows of length 1; words are worth more the fewer articles have them."""
    vocabulary = {word: place for place, word in enumerate(sorted({word for words in counts for word in words}))}
    documents = Counter(word for words in counts for word in words)
    idf = numpy.array([numpy.log(1 + (len(counts) + OTHERS) / documents[word]) * (ONLY_ONE if documents[word] == 1 else 1) for word in vocabulary])
    rows = [place for place, words in enumerate(counts) for _ in words]
    columns = [vocabulary[word] for words in counts for word in words]
    values = [1 + numpy.log(weight) for words in counts for weight in words.values()]
    matrix = csr_matrix((values, (rows, columns)), shape=(len(counts), len(vocabulary)), dtype=numpy.float32).multiply(idf).tocsr()
    lengths = numpy.sqrt(numpy.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return matrix.multiply(1 / numpy.maximum(lengths, 1e-9)[:, None]).tocsr()


def _indicators(named: list[frozenset[str]]) -> csr_matrix:
    """Which article names which day, [articles, days], ones and zeros."""
    days = {day: place for place, day in enumerate(sorted(frozenset().union(*named)))}
    rows = [place for place, own in enumerate(named) for _ in own]
    columns = [days[day] for own in named for day in own]
    return csr_matrix((numpy.ones(len(rows), numpy.float32), (rows, columns)), shape=(len(named), len(days)))


def _products(one: csr_matrix, other: csr_matrix) -> numpy.ndarray:
    """The product of each row with each, [one, other], float32."""
    return (one @ other.T).toarray().astype(numpy.float32)


def _weighted_words(title: str, text: str) -> Counter:
    """The words of a headline and a lead, each with its weight."""
    weights = Counter()
    for place, word in enumerate(SPELT.findall(text)[:LEAD]):
        if word.lower() not in UNTELLING and word not in TIMES and len(word) > 2:
            weights[word.lower()] += IS_NAME if word[0].isupper() and place else 1
    for word in _headline_words(title):
        weights[word] += IN_HEADLINE
    return weights


def _clusters(alike: Similarity) -> list[dict[int, float | None]]:
    """Places of the articles grouped by average linkage, in the order of their first article, each with its similarity with the most
    alike of its group; None where it is alone.

    Groups become one only where some pair of theirs is as alike as they must be on average; so those that such pairs join,
    directly or through others, are grouped by themselves.
    """
    found = []
    for places in _joined(alike):
        among = alike.of(places, places)
        labels = fcluster(linkage(_apart(among)[numpy.triu_indices(len(places), 1)], "average"), 1 - ALIKE, "distance") if len(places) > 1 else [1]
        gathered: dict[int, list[int]] = {}
        for place, label in enumerate(labels):
            gathered.setdefault(label, []).append(place)
        found += [{int(places[place]): _nearest(among, place, group) for place in group} for group in gathered.values()]
    return sorted(found, key=min)


def _joined(alike: Similarity) -> list[numpy.ndarray]:
    """Places of the articles, those together that pairs alike enough join, directly or through others."""
    ones, others = [], []
    for block in alike.blocks():
        near = alike.within_reach(block)
        one, other = numpy.nonzero(_apart(alike.of(block, near)) <= 1 - ALIKE)
        ones.append(block[one])
        others.append(near[other])
    if not ones:
        return []
    one, other = numpy.concatenate(ones), numpy.concatenate(others)
    _, labels = connected_components(csr_matrix((numpy.ones(len(one), bool), (one, other)), shape=(len(alike),) * 2), directed=False)
    order = numpy.argsort(labels, kind="stable")
    return numpy.split(order, numpy.flatnonzero(numpy.diff(labels[order])) + 1)


def _apart(alike: numpy.ndarray) -> numpy.ndarray:
    return 1 - numpy.clip(alike, 0, 1)


def _nearest(alike: numpy.ndarray, place: int, group: list[int]) -> float | None:
    """The similarity of one with the most alike of its group; None where it is alone."""
    others = [alike[place, other] for other in group if other != place]
    return round(float(max(others)), 3) if others else None
