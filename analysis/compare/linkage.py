"""Which of many things belong together, from how sure it is of pairs of them."""

import heapq
from collections.abc import Iterable


def linked(pairs: Iterable[tuple[int, int, float]], of: int, least: float) -> list[list[int]]:
    """The numbers up to `of` in groups: the two groups whose pairs are surest on average become one, as long as that is `least` or more.

    A pair that is not told counts neither way. Groups and their members stand in ascending order. Takes time with the pairs.
    """
    groups = {one: [one] for one in range(of)}
    between: dict[int, dict[int, tuple[float, int]]] = {one: {} for one in groups}
    for one, other, sure in pairs:
        between[one][other] = between[other][one] = (sure, 1)
    waiting = [(-sure, one, other)
               for one, near in between.items() for other, (sure, _) in near.items() if one < other and sure >= least]
    heapq.heapify(waiting)
    while waiting:
        apart, one, other = heapq.heappop(waiting)
        told = between.get(one, {}).get(other)
        if told is None or -apart != told[0] / told[1]:
            continue  # one of them is part of a larger group by now
        groups[one] = sorted(groups[one] + groups.pop(other))
        for near, (sure, count) in between.pop(other).items():
            del between[near][other]
            if near == one:
                continue
            before = between[one].get(near, (0.0, 0))
            between[one][near] = between[near][one] = (before[0] + sure, before[1] + count)
        for near, (sure, count) in between[one].items():
            if sure / count >= least:
                heapq.heappush(waiting, (-sure / count, min(one, near), max(one, near)))
    return sorted(groups.values())
