"""How sure a row is: what is likelier wrong than right is left out, and what stands inside it keeps its place."""

from dataclasses import replace

from analysis.confidence import LEAST, of_claim, of_figure, sure_claims, with_confidence
from analysis.corpus import article_from_text
from analysis.extract import extract
from analysis.types import Asserter, Claim, Extraction, Figure

TEXT = "The harbour union said 12 ships were late. Critics feel it may have been more."


def claim(confidence: float, parent: int | None = None) -> Claim:
    return Claim([(0, 17)], [(18, 22)], [(23, 41)], "indirect", "says", False, parent, "tagger", confidence)


def found(claim_confidence: float, figure_confidence: float) -> Extraction:
    figure = Figure((23, 25), 12.0, None, None, "=", "count", "ship", "", claim=0, confidence=figure_confidence)
    return Extraction(article_from_text("made-up", TEXT), [claim(claim_confidence)], [figure],
                      [Asserter([(0, 17)], "harbour union", "organisation", "")], [(0, 42), (43, 78)])


def test_a_claim_the_tagger_is_surer_of_is_surer():
    low, high = (sure_claims([claim(chance)])[0].confidence for chance in (0.6, 0.95))
    assert LEAST <= low < high < 1


def test_a_claim_that_is_likelier_wrong_is_left_out_and_the_one_inside_moves_out():
    first, outer, inner = claim(0.95), claim(0.05), claim(0.99, parent=1)
    kept = sure_claims([first, outer, inner])
    assert [each.parent for each in kept] == [None, None]
    assert len(sure_claims([first, replace(outer, confidence=0.95), inner])) == 3
    assert sure_claims([first, replace(outer, confidence=0.95), inner])[2].parent == 1


def test_a_figure_is_surer_with_its_head_and_with_its_claim():
    low, high = (with_confidence(found(0.9, chance)).figures[0].confidence for chance in (0.3, 0.99))
    assert 0 < low < high < 1
    assert with_confidence(found(0.4, 0.99)).figures[0].confidence < high


def test_a_chance_of_zero_or_one_has_bounded_odds():
    for chance in (0.0, 1.0):
        read = found(chance, chance)
        assert all(abs(value) <= 10 for value in (*of_claim(read.claims[0]).values(), *of_figure(read, read.figures[0]).values()))


def test_every_row_of_an_article_tells_how_sure_it_is():
    read, = extract([article_from_text("made-up", TEXT)])
    assert read.claims and read.figures
    assert all(0 <= row.confidence <= 1 for row in (*read.claims, *read.figures))
