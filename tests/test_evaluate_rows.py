"""Whole rows: a claim with the name of its source, a figure with what it counts and who asserts it, against invented gold."""

import pytest

from analysis.evaluate import evaluate

TEXT = "Mayor Ines Corvo said the pumps had failed. At least 40 brick houses were flooded, she told Radio Morrow. Rain may come."
SOURCES = {"s1": {"name": "Ines Corvo", "aliases": ["the mayor", "city hall"]}}
CLAIM = {"id": "c1", "source": [[0, 16]], "cue": [[17, 21]], "content": [[22, 42]], "source_id": "s1",
         "source_name": "Ines Corvo"}
FIGURE = {
    "id": "f1", "span": [53, 55], "value": 40, "low": None, "high": None, "comparator": ">=", "unit": "house",
    "counted": "brick houses flooded",
    "measure": "flooded homes", "source_id": "s1", "source_name": "Ines Corvo", "part_of": None, "background": None,
}
FOUND = {**FIGURE, "counted": ["houses"], "measure": "flooded", "standing": "whole", "source": [[0, 16]], "source_name": "Corvo"}
CLAIM_ROW = "rows of claims: content and name of the source, F1"
FIGURE_ROW = "rows of figures: value, comparator, what is counted and asserter, F1"


def measures(gold, found, part):
    row = {"id": "a", "text": TEXT, "sources": SOURCES, part: [gold]}
    table = evaluate([row], [{"id": "a", part: found}])
    return dict(zip(table["measure"], table["value"]))


@pytest.mark.parametrize("name, right", [
    ("Ines Corvo", 100), ("Corvo", 100), ("Mayor", 100), ("City Hall of Brack", 100), ("Radio Morrow", 0), (None, 0),
])
def test_a_claim_is_right_as_a_row_under_any_name_of_its_source(name, right):
    scores = measures(CLAIM, [CLAIM | {"source_name": name}], "claims")
    assert scores[CLAIM_ROW] == scores["rows of claims found: name of the source"] == right


def test_a_source_that_gold_names_nowhere_is_right_only_where_nobody_is_named():
    nobody = CLAIM | {"source_id": None, "source_name": None}
    assert measures(nobody, [CLAIM], "claims")[CLAIM_ROW] == 0
    assert measures(nobody, [CLAIM | {"source": [], "source_name": None}], "claims")[CLAIM_ROW] == 100


def test_a_claim_whose_name_was_not_asked_for_is_right_by_its_content():
    asked = {key: value for key, value in CLAIM.items() if not key.startswith("source_")}
    scores = measures(asked, [CLAIM | {"source_name": "Radio Morrow"}], "claims")
    assert scores[CLAIM_ROW] == 100 and "rows of claims found: name of the source" not in scores


def test_the_content_of_a_row_is_compared_by_its_letters():
    assert measures(CLAIM, [CLAIM | {"content": [[22, 31]]}], "claims")[CLAIM_ROW] == 0  # 8 of 17 letters
    assert measures(CLAIM, [CLAIM | {"content": [[22, 35]]}], "claims")[CLAIM_ROW] == 100  # 11


@pytest.mark.parametrize("change, measure", [
    ({"value": 41}, "rows of figures: value, F1"),
    ({"span": [90, 92]}, "rows of figures: value, F1"),
    ({"comparator": "="}, "rows of figures found: comparator"),
    ({"source_name": "Radio Morrow"}, "rows of figures found: asserter"),
    ({"source_name": None, "source": []}, "rows of figures found: asserter, where not the outlet"),
    ({"counted": ["rain"], "unit": "pump"}, "rows of figures found: what is counted"),
])
def test_a_figure_is_right_as_a_row_with_value_comparator_asserter_and_what_is_counted(change, measure):
    assert measures(FIGURE, [FOUND], "figures")[FIGURE_ROW] == 100
    scores = measures(FIGURE, [FOUND | change], "figures")
    assert scores[FIGURE_ROW] == scores[measure] == 0


@pytest.mark.parametrize("found, right", [({"comparator": ">"}, 100), ({"measure": "killed"}, 100), ({"standing": "part"}, 100)])
def test_more_than_is_at_least_and_neither_measure_nor_standing_decide_a_row(found, right):
    assert measures(FIGURE, [FOUND | found], "figures")[FIGURE_ROW] == right


def test_measure_part_and_background_are_scored_on_the_figures_found():
    scores = measures(FIGURE | {"part_of": "f0", "background": "an earlier flood"},
                      [FOUND | {"standing": "part", "measure": "killed"}], "figures")
    assert scores["rows of figures found: what is measured"] == 0
    assert scores["rows of figures found: a part of another, F1"] == 100
    assert scores["rows of figures found: background, recall"] == 0


def test_a_range_is_right_with_both_ends_and_a_vague_word_with_none():
    ends = {"value": None, "low": 40, "high": 50, "comparator": "range"}
    assert measures(FIGURE | ends, [FOUND | ends], "figures")[FIGURE_ROW] == 100
    assert measures(FIGURE | ends, [FOUND | ends | {"high": 60}], "figures")[FIGURE_ROW] == 0
    vague = {"value": None, "comparator": "vague"}
    assert measures(FIGURE | vague, [FOUND | vague | {"low": 12, "high": 120}], "figures")[FIGURE_ROW] == 100
    assert measures(FIGURE | vague, [FOUND], "figures")[FIGURE_ROW] == 0


def test_a_figure_whose_gold_has_the_words_of_its_source_alone_is_asked_for_them():
    words = {key: value for key, value in FIGURE.items() if not key.startswith("source_")} | {"source": [[0, 16]]}
    assert measures(words, [FOUND], "figures")[FIGURE_ROW] == 100
    assert measures(words | {"source": []}, [FOUND], "figures")[FIGURE_ROW] == 0
