"""The dead as the sources of one text count them: a text that no other tells of the same event, and that hears several."""

import re
from dataclasses import replace

from analysis.compare.places import places
from analysis.compare.rows import CountedFigure
from analysis.compare.scope import ANYBODY, earlier, opening
from analysis.words import words_of

CIVIL, FORCES = words_of("comparing", "people", "civil"), words_of("comparing", "people", "forces")
Groups = list[tuple[list[CountedFigure], list[float]]]


def together(groups: Groups, sure: float) -> Groups:
    """The groups of one text's figures, in one of them all with which several sources count the civilian dead of its event.

    Where those stood in several groups, none is surer than `sure`. A count of an armed force that there were none is a denial, and
    stands as it stood; so does a count at another place than those that the text opens with, a part of another count, and a sum
    over a longer time.
    """
    pairs_of = [list(zip(*group)) for group in groups]
    counting = [dead for pairs in pairs_of if (dead := [pair for pair in pairs if _counts_dead(pair[0])])]
    rest = [[pair for pair in pairs if not _counts_dead(pair[0])] for pairs in pairs_of]
    joined = sorted((pair for dead in counting for pair in dead), key=lambda pair: pair[0].start)
    if len({row.source_id for row, _ in joined}) < 2:
        return groups
    told = [(replace(row, against=earlier(row)), own if len(counting) == 1 else min(own, sure)) for row, own in joined]
    return [tuple(map(list, zip(*pairs))) for pairs in (*rest, told) if pairs]


def _counts_dead(row: CountedFigure) -> bool:
    plain = row.kind == "count" and row.measure == "killed" and row.unit.lower().split(" ")[-1] in (*ANYBODY, *CIVIL)
    return plain and row.part_of is None and row.against is None and not _denies(row) and not _elsewhere(row)


def _denies(row: CountedFigure) -> bool:
    """Whether an armed force says that it killed nobody."""
    return row.value == 0 and not set(re.findall(r"\w+", row.source.lower())).isdisjoint(FORCES)


def _elsewhere(row: CountedFigure) -> bool:
    """Whether its words name a place that is not in what its text opens with."""
    start = opening(row.article.text)
    return any(place.name not in start for place in places(row.article.text, *row.clause))
