"""Events: which articles are about the same thing that happened."""

from collections import Counter

import numpy
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix
from spacy.lang.en.stop_words import STOP_WORDS

from analysis.compare.columns import table
from analysis.compare.dates import days_of_deeds
from analysis.compare.places import TIMES, main_place
from analysis.compare.rows import Dated
from analysis.compare.scope import opening
from analysis.sources.registry import slug, untaken
from analysis.words import SPELT

# Chosen on invented affairs followed for up to five days and on pairs of articles of one war, up to six days apart, labelled by reading.
# Three invented corpora of 11 events, one of them unread, are grouped without a fault. Of 113 pairs sampled before, 89 in 100 that these
# group are of one event, and of those that are 93 in 100 are grouped; of 156, with 43 on which these and a half-life of one day alone
# differ, 88 and 88 in 100 (one day alone: 75 and 60).
ALIKE = 0.075  # average similarity at which two groups become one
HALVED = 4  # days between two articles that halve their similarity, unless they open with the same day
OTHER_DAYS = 0.25  # of articles that open with other days: "killed on Monday", "killed on Tuesday"
USUAL = 0.07  # to be more alike than this is nothing special where articles of other weeks are, as in one long war
OTHER_WEEKS, MOST_ALIKE = 14, 0.05  # days; share of the articles of other weeks
ONE_OUTLET = 0.5  # two articles of one outlet are alike in style and background too
ONLY_ONE = 0.6  # a word of only one article tells less of how alike it is to others
OTHERS = 200  # articles that are thought of beside the corpus's, so that the words of its one event are telling in a small one
IN_HEADLINE, IS_NAME = 2, 2  # how much more such a word says of what an article is about
LEAD = 150  # words; what happened stands first, and background last
LONGEST = 90  # characters of the headline that names an event
UNTELLING = STOP_WORDS - {"mine", "front"}  # events happen at both


def group_events(articles: list[Dated], others: frozenset[str] = frozenset()) -> dict[str, pd.DataFrame]:
    """The articles grouped by the event they are about: the tables `events` and `event_articles`.

    An article whose `event` is given stands in the event of that name and in no other. The rest are grouped by tf-idf over
    the words of headline and lead, names and headlines counting more, and by date: days between articles count for nothing
    where both open with the same day of an attack or accident ("Monday's crash"), and more where they open with others.
    Where an article is much like those of other weeks, as in a long war, it takes more to be of one event. `similarity` is
    that with the most alike article of the event; `others` are the names of persons and bodies, which are no places. An article
    alone is an event too. Needs memory for some squares of the articles (400 MB each for 10,000).
    """
    given: dict[str, list[Dated]] = {}
    for row in articles:
        if row.event is not None:
            given.setdefault(row.event, []).append(row)
    rest = [row for row in articles if row.event is None]
    alike = _similarity(rest)
    found = _clusters(alike)
    nearest = dict(zip([row.article_id for row in rest], _nearest(alike, found)))
    events, members, taken = [], [], set()
    for group in [*given.values(), *([rest[place] for place in places] for places in found)]:
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


def _similarity(articles: list[Dated]) -> numpy.ndarray:
    """Cosines of the articles' tf-idf, less for what is usual, for the days between them and for one outlet; square, in their order."""
    alike = _cosines([_weighted_words(row.title, row.text) for row in articles])
    days = numpy.array([row.day or "NaT" for row in articles], "datetime64[D]")
    between = numpy.abs(days[:, None] - days[None, :]) / numpy.timedelta64(1, "D")
    between = numpy.where(numpy.isnan(between), HALVED, between).astype(numpy.float32)  # an unknown day is neither near nor far
    usual = _usual(alike, between)
    alike *= USUAL / numpy.maximum(USUAL, (usual[:, None] + usual[None, :]) / 2)
    named = [days_of_deeds(opening(row.text), row.day) for row in articles]
    shared = _share(named)
    told = numpy.array([bool(days) for days in named], bool)
    alike *= numpy.where(shared, 1, 0.5 ** (between / HALVED) * numpy.where(told[:, None] & told[None, :], OTHER_DAYS, 1))
    outlets = numpy.array([row.outlet for row in articles], object)
    same = (outlets[:, None] == outlets[None, :]) & numpy.array([row.outlet is not None for row in articles], bool)
    return alike * numpy.where(same, ONE_OUTLET, 1).astype(numpy.float32)


def _cosines(counts: list[Counter]) -> numpy.ndarray:
    """How alike the articles' weighted words are, 0 to 1; words are worth more the fewer articles have them."""
    vocabulary = {word: place for place, word in enumerate(sorted({word for words in counts for word in words}))}
    documents = Counter(word for words in counts for word in words)
    idf = numpy.array([numpy.log(1 + (len(counts) + OTHERS) / documents[word]) * (ONLY_ONE if documents[word] == 1 else 1) for word in vocabulary])
    rows = [place for place, words in enumerate(counts) for _ in words]
    columns = [vocabulary[word] for words in counts for word in words]
    values = [1 + numpy.log(weight) for words in counts for weight in words.values()]
    matrix = csr_matrix((values, (rows, columns)), shape=(len(counts), len(vocabulary)), dtype=numpy.float32).multiply(idf).tocsr()
    lengths = numpy.sqrt(numpy.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix = matrix.multiply(1 / numpy.maximum(lengths, 1e-9)[:, None]).tocsr()
    return (matrix @ matrix.T).toarray().astype(numpy.float32)


def _usual(alike: numpy.ndarray, between: numpy.ndarray) -> numpy.ndarray:
    """How alike each article is to the most alike of those that cannot be of its event, as they are of other weeks.

    The articles thought of beside the corpus's are of other weeks too, so that a small corpus tells nothing of what is usual.
    """
    usual = numpy.zeros(len(alike), numpy.float32)
    for place, (row, days) in enumerate(zip(alike, between)):
        others = row[days > OTHER_WEEKS]
        rank = int(MOST_ALIKE * (len(others) + OTHERS))
        if len(others) > rank:
            usual[place] = numpy.sort(others)[-1 - rank]
    return usual


def _share(named: list[frozenset[str]]) -> numpy.ndarray:
    """Whether two articles name a day in common; square."""
    days = {day: place for place, day in enumerate(sorted(frozenset().union(*named)))}
    rows = [place for place, own in enumerate(named) for _ in own]
    columns = [days[day] for own in named for day in own]
    matrix = csr_matrix((numpy.ones(len(rows), numpy.float32), (rows, columns)), shape=(len(named), len(days)))
    return (matrix @ matrix.T).toarray() > 0


def _weighted_words(title: str, text: str) -> Counter:
    """The words of a headline and a lead, each with its weight."""
    weights = Counter()
    for place, word in enumerate(SPELT.findall(text)[:LEAD]):
        if word.lower() not in UNTELLING and word not in TIMES and len(word) > 2:
            weights[word.lower()] += IS_NAME if word[0].isupper() and place else 1
    for word in _headline_words(title):
        weights[word] += IN_HEADLINE
    return weights


def _clusters(alike: numpy.ndarray) -> list[list[int]]:
    """Places of the articles grouped by average linkage, in the order of their first article."""
    if len(alike) < 2:
        return [[place] for place in range(len(alike))]
    apart = 1 - numpy.clip(alike, 0, 1)[numpy.triu_indices(len(alike), 1)]
    labels = fcluster(linkage(apart, "average"), 1 - ALIKE, "distance")
    gathered: dict[int, list[int]] = {}
    for place, label in enumerate(labels):
        gathered.setdefault(label, []).append(place)
    return list(gathered.values())


def _nearest(alike: numpy.ndarray, found: list[list[int]]) -> list[float | None]:
    """For each article, its similarity with the most alike of its group; None where it is alone."""
    nearest: list[float | None] = [None] * len(alike)
    for places in found:
        for place in places:
            others = [alike[place, other] for other in places if other != place]
            nearest[place] = round(float(max(others)), 3) if others else None
    return nearest
