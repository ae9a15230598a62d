"""Decision trees as arrays: how sure they are of a row of numbers, with nothing but numpy."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy

FILE = Path(__file__).with_name("model") / "pairs.npz"  # made by python -m analysis.training.pairs
AT_ONCE = 1_000  # rows, so that little memory is needed


@dataclass(frozen=True)
class Forest:
    """Trees one after the other: a node asks whether `columns[feature] <= threshold` and sends on to `left` or `right`; a leaf,
    whose `feature` is -1, says in `share` how many of its rows were so. `roots` are where the trees begin."""

    roots: numpy.ndarray
    feature: numpy.ndarray
    threshold: numpy.ndarray
    left: numpy.ndarray
    right: numpy.ndarray
    share: numpy.ndarray

    def sure(self, columns: numpy.ndarray) -> numpy.ndarray:
        """The mean of what the trees say of each row of `columns`, [rows, features], float32; [rows], 0 to 1 in whole thousandths."""
        told = [self._mean(columns[start : start + AT_ONCE]) for start in range(0, len(columns), AT_ONCE)]
        return numpy.round(numpy.concatenate(told), 3) if told else numpy.zeros(0)

    def _mean(self, columns: numpy.ndarray) -> numpy.ndarray:
        trees, rows = len(self.roots), len(columns)
        reached = numpy.repeat(self.roots, rows)  # the first tree's node for each row, then the second's
        asking, row = numpy.arange(len(reached)), numpy.tile(numpy.arange(rows), trees)
        while len(asking):
            asks = self.feature[reached[asking]] >= 0
            asking, row = asking[asks], row[asks]
            here = reached[asking]
            goes = columns[row, self.feature[here]] <= self.threshold[here]
            reached[asking] = numpy.where(goes, self.left[here], self.right[here])
        return self.share[reached].reshape(trees, rows).sum(axis=0, dtype=float) / trees


@cache
def load(path: Path = FILE) -> Forest:
    """The trees of a file, read once a process."""
    with numpy.load(path) as found:
        arrays = {name: found[name] for name in found.files}
    return Forest(**arrays)


def save(trees: Forest, path: Path = FILE) -> None:
    """Write trees to a file."""
    numpy.savez_compressed(path, **vars(trees))
