"""Which figures read one quantity: the trees, the groups that they make, and what is told of pairs."""

import numpy
import pytest

from analysis import tabulate
from analysis.compare import forest, pairs
from analysis.compare.build import compare, figures_by_event
from analysis.compare.linkage import linked
from analysis.extract import extract
from tests.test_compare_faults import corpus_of


def trees():
    """Two trees: whether the first column is over 0.5, and the second over 2, which the first tree then asks."""
    arrays = {"roots": [0, 5], "feature": [0, -1, 1, -1, -1, -1], "threshold": [0.5, 0, 2, 0, 0, 0],
              "left": [1, 0, 3, 0, 0, 0], "right": [2, 0, 4, 0, 0, 0],
              "share": [0, 0.1, 0, 0.6, 1.0, 0.5]}
    return forest.Forest(**{name: numpy.array(values) for name, values in arrays.items()})


ROWS = numpy.array([[0.5, 3.0], [0.6, 2.0], [0.6, 3.0]], numpy.float32)


def test_trees_say_the_mean_of_their_leaves():
    assert trees().sure(ROWS).tolist() == [0.3, 0.55, 0.75]
    assert trees().sure(ROWS[:0]).tolist() == []


def test_trees_are_the_same_when_they_are_read_again(tmp_path):
    forest.save(trees(), tmp_path / "trees.npz")
    assert forest.load(tmp_path / "trees.npz").sure(ROWS).tolist() == trees().sure(ROWS).tolist()


@pytest.mark.parametrize(("told", "expected"), [
    ([], [[0], [1], [2], [3]]),
    ([(0, 1, 0.9), (2, 3, 0.8), (1, 2, 0.2)], [[0, 1], [2, 3]]),
    ([(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.3)], [[0, 1, 2], [3]]),  # on average sure enough
    ([(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.1)], [[0, 1], [2], [3]]),  # it is not
    ([(0, 2, 0.7), (1, 2, 0.7), (0, 1, 0.0)], [[0, 2], [1], [3]]),  # of two as sure the first
    ([(0, 3, 0.9), (1, 3, 0.6)], [[0, 1, 3], [2]]),  # a pair that is not told counts neither way
])
def test_groups_are_those_that_are_sure_enough_on_average(told, expected):
    assert linked(told, 4, 0.6) == expected


def figures_of(*texts):
    articles = corpus_of([(text, {"event": "one"}) for text in texts])
    return figures_by_event(articles, tabulate.build(articles, extract(articles.articles)))["one"]


def told_of(*texts):
    """The features of each pair of figures, by their words."""
    figures = figures_of(*texts)
    one, other, features, names = pairs.pairs_of(figures)
    assert features.shape == (len(one), len(names)) and features.dtype == numpy.float32
    return {(figures[a].text, figures[b].text): dict(zip(names, row.tolist())) for a, b, row in zip(one, other, features)}


def test_numbers_are_set_beside_each_other_in_one_unit():
    told = told_of("Bridge\n\nThe bridge of Orvel is 2 km long.", "Bridge\n\nThe new bridge in Orvel is 2,000 metres long.")
    assert [(pair["same number"], pair["unit"], pair["same article"]) for pair in told.values()] == [(1, 1, 0)]


def test_figures_of_two_kinds_are_no_pair():
    assert told_of("Fire\n\nThe fire in Orvel killed 12 people.", "Fire\n\nThe damage in Orvel is 12 million euros.") == {}


def test_what_neither_tells_is_another_thing_than_what_differs():
    told = told_of("Fire\n\nThe fire in Orvel killed 12 people and injured 30 people.",
                   "Fire\n\nThe fire in Orvel hit 14 stalls.")
    assert told["12", "30"]["same measure"] == 0 and told["12", "14"]["same measure"] < 0


def test_of_many_figures_only_the_most_alike_are_pairs(monkeypatch):
    monkeypatch.setattr(pairs, "FEW", 5)
    monkeypatch.setattr(pairs, "NEAREST", 2)
    text = "Fire\n\n" + " ".join(f"In street {number} of Orvel {number + 20} houses burned." for number in range(12))
    figures = figures_of(text)
    one, other, _, _ = pairs.pairs_of(figures)
    assert len(figures) >= 12 and len(one) <= 2 * len(figures) and (one < other).all()


def test_every_figure_is_compared_or_set_aside_with_a_reason():
    corpus = corpus_of([("Fire\n\nThe fire in Orvel killed 12 people, police said. It had rained for 3 days.", {"event": "one"}),
                        ("Fire\n\nThe fire in Orvel killed 12 people, the mayor said. In 2019 a fire killed 4 people there.",
                         {"event": "one"})])
    found = compare(corpus, tabulate.build(corpus, extract(corpus.articles)))
    here, aside = list(found["compared"]["figure_id"]), list(found["set_aside"]["figure_id"])
    assert sorted(here + aside) == sorted(found["figures"]["figure_id"]) and found["set_aside"]["why"].notna().all()


def test_an_event_without_figures_or_with_one_is_compared():
    assert compare(corpus_of([]), tabulate.build(corpus_of([]), []))["compared"].empty
    for text in ("Fire\n\nNothing burned.", "Fire\n\nThe fire in Orvel killed 12 people, police said."):
        corpus = corpus_of([(text, {})])
        assert len(compare(corpus, tabulate.build(corpus, extract(corpus.articles)))["compared"]) == ("12" in text)
