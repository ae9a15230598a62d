"""What the figures of one thing amount to: a range over independent origins, and whether they can all be right."""

import math
import re
from collections import defaultdict
from itertools import combinations

import pandas as pd
from spacy.lang.en.stop_words import STOP_WORDS

from analysis.compare.columns import listed, table
from analysis.compare.intervals import Interval, bounds, common, gap, hull
from analysis.compare.origins import NAMED, OWN_VOICE
from analysis.compare.rows import ComparedFigure, Origin, further, read
from analysis.words import lists, of_kind

MOST_READINGS = 6  # in a sentence
SURE = 0.55  # how sure it must be that two figures read one quantity, for a disagreement between them to be named: of 21 so named in 60
# labelled events, by folds, 15 are ones and 3 more might be called so
FAR = 100  # times: numbers so far apart are mostly a slip in one of them
ORDER = {"disagree": 0, "may differ": 1}
GROWS, SHORT_FOR = of_kind("measures", "grows"), lists("comparing")["short_for"]


def judge(compared: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables `comparisons` and `origins`, from the rows of `compared`; the disagreements first, of those with as many origins the surest.

    Each origin counts once, with its latest dated reading (of several that day: of a toll the highest; then the one
    most outlets carry, then the narrowest); the outlets are all that carry that reading. Undated rows count where an origin has no dated one. An
    open end is a missing `low` or `high`; `common_low` and `common_high` are what all origins allow.
    """
    rows: dict[str, dict[str, list[ComparedFigure]]] = defaultdict(lambda: defaultdict(list))
    for row in read(compared, ComparedFigure):
        rows[row.comparison_id][row.origin_id].append(row)
    comparisons, origins = [], []
    for comparison_id, by_origin in rows.items():
        found = _without_repeated([_origin(group) for group in by_origin.values()])
        origins += found
        comparisons.append(_comparison(comparison_id, found))
    comparisons.sort(key=lambda row: (ORDER.get(row["verdict"], len(ORDER)), -row["origins"], -row["sure"], row["comparison_id"]))
    order = {row["comparison_id"]: place for place, row in enumerate(comparisons)}
    origins.sort(key=lambda row: order[row.comparison_id])
    return {"comparisons": table("comparisons", comparisons), "origins": table("origins", map(_origin_row, origins))}


def _without_repeated(origins: list[Origin]) -> list[Origin]:
    """The origins by size, without outlets that print as their own only what another of them said before its latest reading."""
    own = [row for row in origins if row.own_voice and any(row.ends in other.ever - {other.ends} for other in origins if not other.own_voice)]
    return sorted((row for row in origins if not any(row is each for each in own)), key=_by_size)


def verdict(origins: list[Origin]) -> tuple[str, float]:
    """What the latest readings of origins amount to, and how far those apart are from each other (see `intervals.gap`).

    "agree": all the same; "overlap": some number fits all; "disagree": two cannot both be right; "may differ": so, but it is not sure
    that they read one quantity (see `_surely`); "apart": no number fits all, but no two that are apart contradict each other (see `_contradict`);
    "one origin": nothing to compare.
    """
    intervals = [row.ends for row in origins]
    if len(origins) == 1:
        return "one origin", 0.0
    if len(set(intervals)) == 1:
        return "agree", 0.0
    against = [pair for pair in combinations(origins, 2) if _contradict(*pair)]
    apart = max((gap([one.ends, other.ends]) for one, other in against), default=0.0)
    if not apart:
        return "overlap" if common(intervals) else "apart", apart
    told = _told_by_article(origins)
    return "disagree" if any(_surely(one, other, told) for one, other in against) else "may differ", apart


def _told_by_article(origins: list[Origin]) -> dict[str, set[Interval]]:
    """Every interval that each article gives, by its id."""
    told: dict[str, set[Interval]] = defaultdict(set)
    for row in (row for origin in origins for row in origin.rows):
        told[row.article_id].add(row.ends)
    return told


def _surely(one: Origin, other: Origin, told: dict[str, set[Interval]]) -> bool:
    """Whether it is sure that two origins whose readings cannot both be right read one quantity.

    It is not where one may be the other by a shorter name ("TV", "state TV"), where an outlet gives the one as its own and in the same
    article the other too, mostly a part of it, and where a toll has fallen from one day to the next: there were attacks on both.
    """
    first, last = sorted((one, other), key=lambda row: row.as_of or "")
    fallen = one.measure in GROWS and first.as_of is not None and first.as_of < last.as_of
    beside = any(each.own_voice and any(rest.ends in told[row.article_id] for row in each.carrying) for each, rest in ((one, other), (other, one)))
    return min(one.sure, other.sure) >= SURE and not (_may_be_one(one.origin, other.origin) or beside or fallen)


def _may_be_one(one: str, other: str) -> bool:
    """Whether all telling words of one name stand in the other."""
    names = [{SHORT_FOR.get(word, word) for word in re.findall(r"\w+", name.lower()) if word not in STOP_WORDS} for name in (one, other)]
    return names[0] <= names[1] or names[1] <= names[0]


def _contradict(one: Origin, other: Origin) -> bool:
    """Whether two origins' readings cannot both be right.

    They may both where a toll has only grown from one day to the next, where an outlet prints as its own what the other
    origin also said, where a vague word ("dozens") stands against a number, and where the same number is told as "19" and
    as "more than 19".
    """
    first, last = sorted((one, other), key=lambda row: row.ends[1])
    days = first.as_of, last.as_of
    grown = one.measure in GROWS and None not in days and days[0] < days[1]
    loose = "vague" in (one.comparator, other.comparator) or _number(one) == _number(other)
    carried = any(each.own_voice and each.ends in rest.ever for each, rest in ((one, other), (other, one)))
    return not (grown or loose or carried) and common([one.ends, other.ends]) is None


def _number(row: Origin) -> float:
    """The number as printed: "more than 19" is 19."""
    low, high = row.ends
    return (low if math.isfinite(low) else high) + {">": -1, "<": 1}.get(row.comparator, 0)


def latest(rows: list[ComparedFigure]) -> list[ComparedFigure]:
    """Those of an origin's rows that give its latest reading; of a toll that is told twice a day, the higher."""
    days = [row.as_of for row in rows if row.as_of is not None]
    newest = [row for row in rows if not days or row.as_of == max(days)]
    outlets = defaultdict(set)
    for row in newest:
        outlets[row.ends].add(row.outlet_id)
    grows = rows[0].measure in GROWS
    chosen = max(outlets, key=lambda ends: (grows and max(end for end in ends if math.isfinite(end)), len(outlets[ends]),
                                            -(ends[1] - ends[0]), -ends[0]))
    return [row for row in rows if row.ends == chosen]


def _origin(rows: list[ComparedFigure]) -> Origin:
    """What an origin says, in the words of the first of its rows that gives its latest reading, of one that names it where there is one."""
    carrying = latest(rows)
    first = next((row for row in carrying if row.origin_how == NAMED), carrying[0])
    days = [row.as_of for row in carrying if row.as_of is not None]
    return further(first, Origin, as_of=max(days, default=None), sure=_mean_sure(carrying), carrying=tuple(carrying), rows=tuple(rows))


def _mean_sure(rows: list[ComparedFigure]) -> float:
    return round(sum(row.sure for row in rows) / len(rows), 3)


def _origin_row(origin: Origin) -> dict:
    """The row of the table `origins`."""
    carrying = origin.carrying
    return {
        **vars(origin), "outlets": listed(sorted({row.outlet for row in carrying})), "figures": listed(row.figure_id for row in carrying),
        "other_readings": listed(dict.fromkeys(row.reading for row in origin.rows if row.ends != origin.ends)), "how": origin.how,
        "quotes": listed(row.quote for row in carrying),
    }


def _comparison(comparison_id: str, origins: list[Origin]) -> dict:
    """The row of the table `comparisons`."""
    intervals = [row.ends for row in origins]
    carrying = [row for origin in origins for row in origin.carrying]
    low, high = bounds(hull(intervals))
    common_low, common_high = bounds(common(intervals))
    judged, apart = verdict(origins)
    return {
        "comparison_id": comparison_id, "event_id": carrying[0].event_id, "what": carrying[0].what, "verdict": judged,
        "low": low, "high": high, "common_low": common_low, "common_high": common_high, "gap": apart, "origins": len(origins),
        "own_voices": sum(origin.how == OWN_VOICE for origin in origins),
        "outlets": len({row.outlet_id for row in carrying}), "figures": len(carrying), "sure": _mean_sure(carrying), "alarm": _alarm(origins),
        "sentence": f"{carrying[0].what}: {_readings(origins)}.",
    }


def _alarm(origins: list[Origin]) -> str:
    """What to look at twice, numbers that are whole orders of magnitude apart; "" where none are."""
    low, high = (end(abs(_number(row)) for row in origins) for end in (min, max))
    return f"the highest number is over {FAR} times the lowest" if low and high > FAR * low else ""


def _readings(origins: list[Origin]) -> str:
    """"58 (the Observatory, in 4 outlets) against at least 100 (the directorate)": "against" stands where no number fits both sides."""
    camps: list[tuple[list[str], list[Interval]]] = []
    by_reading: dict[str, list[Origin]] = defaultdict(list)
    for origin in origins:
        by_reading[origin.reading].append(origin)
    told = list(by_reading.items())
    for reading, group in told if len(told) <= MOST_READINGS else [*told[: MOST_READINGS - 1], told[-1]]:
        words = f"{reading} ({'; '.join(map(_carried, group))})"
        here = group[0].ends
        if camps and common([*camps[-1][1], here]):
            camps[-1][0].append(words)
            camps[-1][1].append(here)
        else:
            camps.append(([words], [here]))
    more = f", and {len(told) - MOST_READINGS} more readings" if len(told) > MOST_READINGS else ""
    return " against ".join(" and ".join(words) for words, _ in camps) + more


def _carried(origin: Origin) -> str:
    outlets = len({row.outlet_id for row in origin.carrying})
    return origin.origin + (f", in {outlets} outlets" if outlets > 1 else "")


def _by_size(row: Origin) -> tuple:
    return _number(row), row.ends[1], row.origin.casefold(), row.origin_id
