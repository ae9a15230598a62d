"""How sure a row is: of the shape that calibration gives it, and the same wherever it is read."""

from dataclasses import replace

from analysis.confidence import of_claim, of_figure, with_sure_claims, with_sure_figures
from analysis.corpus import article_from_text
from analysis.extract import extract
from analysis.types import Claim, Extraction, Figure

TEXT = "The harbour union said 12 ships were late. Critics feel it may have been more."


def found(claim_confidence: float, figure_confidence: float) -> Extraction:
    claim = Claim([(0, 17)], [(18, 22)], [(23, 41)], "indirect", "says", False, None, "tagger", claim_confidence)
    figure = Figure((23, 25), 12.0, None, None, "=", "count", "ship", "", claim=0, confidence=figure_confidence)
    return Extraction(article_from_text("made-up", TEXT), [claim], [figure], [None], [(0, 42), (43, 78)])


def test_a_claim_the_tagger_is_surer_of_is_surer():
    low, high = (with_sure_claims(found(chance, 0.9)).claims[0].confidence for chance in (0.4, 0.95))
    assert 0 < low < high < 1


def test_a_figure_is_no_surer_than_what_speaks_for_it():
    low, high = (with_sure_figures(found(0.9, chance)).figures[0].confidence for chance in (0.3, 0.99))
    assert 0 < low < high < 1
    doubtful = with_sure_figures(found(0.3, 0.99)).figures[0].confidence
    assert doubtful < high


def test_a_chance_of_zero_or_one_is_none_of_the_odds():
    for chance in (0.0, 1.0):
        read = found(chance, chance)
        assert all(abs(value) <= 10 for value in (*of_claim(read, 0).values(), *of_figure(read, read.figures[0]).values()))


def test_every_row_of_an_article_tells_how_sure_it_is():
    read, = extract([article_from_text("made-up", TEXT)])
    assert read.claims and read.figures
    assert all(0 <= row.confidence <= 1 for row in (*read.claims, *read.figures))
    again, = extract([replace(article_from_text("made-up", TEXT))])
    assert [row.confidence for row in again.claims] == [row.confidence for row in read.claims]
