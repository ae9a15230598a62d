"""Scores of invented predictions against invented gold: rows in, rows out."""

import json

import pytest

from analysis.evaluate import evaluate, quality, read_gold, show, write_quality

TEXT = (
    "Radio Morrow reported that the sea wall at Brack had held, citing the harbour master. "
    "“No one was hurt,” the mayor, Ines Corvo, said. She denied the pumps had failed. "
    "At least 40 houses were flooded. More rain is expected."
)
HELD = "that the sea wall at Brack had held"


def at(words, nth=0):
    """The span of the nth time that the words stand in TEXT."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return [start, start + len(words)]


def claim(name, source, cue, content, **more):
    spans = {"source": [at(source)] if source else [], "cue": [at(cue)], "content": [at(content)]}
    return {"id": name, "parent": None, "stance": "says", "negated": False, **spans, **more}


def gold_claims():
    return [
        claim("c1", "Radio Morrow", "reported", HELD, kind="indirect"),
        claim("c2", "the harbour master", "citing", HELD, parent="c1", kind="indirect"),
        claim("c3", "the mayor, Ines Corvo,", "said", "“No one was hurt,”", kind="direct", source_name="Ines Corvo"),
        claim("c4", "She", "denied", "the pumps had failed", stance="denies", source_name="Ines Corvo"),
        claim("c5", "", "is expected", "More rain", stance="expects"),
    ]


def gold_figures():
    return [
        {"id": "f1", "span": at("At least 40"), "value": 40, "low": None, "high": None, "comparator": ">=", "source": []},
        {"id": "f2", "span": at("No one"), "value": 0, "low": None, "high": None, "comparator": "=",
         "source": [at("the mayor, Ines Corvo,")], "source_name": "Ines Corvo"},
    ]


def measures(gold_claims=None, predicted_claims=None, **parts):
    """Scores of one article, by measure; `parts` are further keys of the gold row."""
    gold = {"id": "a", "text": TEXT} | ({"claims": gold_claims} if gold_claims is not None else {}) | parts
    table = evaluate([gold], [{"id": "a", "claims": predicted_claims or []}])
    return dict(zip(table["measure"], table["value"]))


def figure_measures(figures):
    table = evaluate([{"id": "a", "text": TEXT, "figures": gold_figures()}], [{"id": "a", "figures": figures}])
    return dict(zip(table["measure"], table["value"]))


def test_gold_against_itself_is_right_in_everything():
    row = {"id": "a", "text": TEXT, "claims": gold_claims(), "figures": gold_figures()}
    table = evaluate([row], [row])
    assert set(table["value"]) == {100.0}
    assert (table["n"] > 0).all()
    assert [str(kind) for kind in table.dtypes] == ["str", "float64", "int64"]


def test_an_article_that_was_not_predicted_counts_as_nothing_found():
    table = evaluate([{"id": "a", "text": TEXT, "claims": gold_claims()}], [])
    assert set(table["value"]) == {0.0}


def test_quotation_marks_punctuation_and_blanks_at_the_ends_never_matter():
    bare = claim("c1", "the mayor, Ines Corvo", "said", "No one was hurt")
    scores = measures([gold_claims()[2]], [bare])
    assert scores["claims: exact content, F1"] == 100
    assert scores["of claims found: source, to the word"] == 100


@pytest.mark.parametrize("content, found", [("the sea wall at", 100), ("that the sea", 0)])
def test_a_content_is_found_where_half_of_its_words_are_shared(content, found):
    scores = measures([gold_claims()[0]], [claim("c1", "Radio Morrow", "reported", content)])
    assert scores["claims: content found, recall"] == found
    assert scores["claims: exact content, recall"] == 0


def test_words_of_the_content_are_counted_wherever_they_are_found():
    scores = measures([gold_claims()[0]], [claim("c1", "Radio Morrow", "reported", "the sea")])
    assert scores["claims: content words, recall"] == pytest.approx(100 * 2 / 8)
    assert scores["claims: content words, precision"] == 100


@pytest.mark.parametrize("source, head, exact", [
    ("the mayor", 100, 0), ("Ines Corvo", 100, 0), ("Radio Morrow", 0, 0), ("", 0, 0), ("the mayor, Ines Corvo,", 100, 100),
])
def test_a_source_is_right_by_its_head_word(source, head, exact):
    scores = measures([gold_claims()[2]], [claim("c1", source, "said", "“No one was hurt,”")])
    assert scores["of claims found: source, by its head"] == head
    assert scores["claims: content and source, F1"] == head
    assert scores["of claims found: source, to the word"] == exact


def test_a_source_where_there_is_none_is_wrong():
    scores = measures([gold_claims()[4]], [claim("c1", "She", "is expected", "More rain")])
    assert scores["claims: content found, F1"] == 100
    assert scores["of claims found: no source where there is none"] == 0


def test_each_claim_is_found_once():
    twice = [claim("c1", "Radio Morrow", "reported", HELD), claim("c2", "Radio Morrow", "reported", HELD)]
    scores = measures([gold_claims()[0]], twice)
    assert scores["claims: content found, precision"] == 50
    assert scores["claims: exact content, precision"] == 50


def test_two_claims_of_one_content_are_told_apart_by_their_sources():
    scores = measures(gold_claims()[:2], [gold_claims()[1] | {"parent": None}, gold_claims()[0]])
    assert scores["claims: content and source, F1"] == 100


def test_kinds_are_read_off_the_quotation_marks():
    scores = measures(gold_claims(), gold_claims()[:2])
    assert scores["claims: indirect ones found"] == 50
    assert scores["claims: direct ones found"] == 0
    assert "claims: mixed ones found" not in scores


def test_stance_negation_and_name_are_scored_on_the_claims_found():
    wrong = gold_claims()[3] | {"stance": "says", "negated": True, "source_name": "the pumps"}
    scores = measures(gold_claims()[2:4], [wrong, gold_claims()[2] | {"source_name": "ines corvo"}])
    assert scores["of claims found: stance"] == 50
    assert scores["of claims found: negated or not"] == 50
    assert scores["of claims found: name of the source"] == 50


def test_what_the_predictions_do_not_tell_is_not_scored():
    row = {key: value for key, value in gold_claims()[2].items() if key != "negated"}
    assert "of claims found: negated or not" not in measures(gold_claims(), [row])


@pytest.mark.parametrize("change, right", [
    ({}, 100),
    ({"parent": None}, 0),
    ({"source": [at("the mayor")]}, 0),
    ({"content": [at("that the sea")]}, 0),
])
def test_a_chain_is_right_with_every_source_in_order(change, right):
    scores = measures(gold_claims(), [gold_claims()[0], gold_claims()[1] | change])
    assert scores["chains: two hops, every source in order"] == right
    assert scores["chains: all, every source in order"] == right


def test_a_chain_the_wrong_way_round_is_wrong():
    outer, inner = gold_claims()[:2]
    scores = measures(gold_claims(), [outer | {"parent": "c2"}, inner | {"parent": None}])
    assert scores["chains: two hops, every source in order"] == 0
    assert scores["chains: predicted ones that are right"] == 0


def test_a_chain_of_three_is_right_only_whole_and_its_outer_part_is_no_chain_of_its_own():
    mayor = claim("c3", "the mayor", "had", "at Brack had held", parent="c2")
    gold = gold_claims()[:2] + [mayor]
    whole, part = measures(gold, gold), measures(gold, gold[:2])
    assert whole["chains: three hops, every source in order"] == 100
    assert "chains: two hops, every source in order" not in whole
    assert part["chains: three hops, every source in order"] == 0
    assert part["chains: predicted ones that are right"] == 100


def test_predicted_claims_inside_others_are_left_aside_where_gold_has_none():
    scores = measures(gold_claims()[2:], gold_claims())
    assert scores["claims: content found, precision"] == pytest.approx(100 * 3 / 4)


def test_predictions_in_a_stretch_nobody_labelled_are_left_aside():
    scores = measures(gold_claims()[2:4], gold_claims()[2:], discard=[at("More rain is expected.")])
    assert scores["claims: content found, precision"] == 100


def test_figures_are_the_same_by_value_and_place():
    moved = gold_figures()[0] | {"span": at("Radio")}
    assert figure_measures([moved])["figures: value, recall"] == 0
    assert figure_measures([gold_figures()[0] | {"value": 41}])["figures: value, recall"] == 0
    assert figure_measures(gold_figures())["figures: value, F1"] == 100


@pytest.mark.parametrize("comparator, right", [(">", 50), (">=", 50), ("=", 0), ("~", 0)])
def test_more_than_and_at_least_are_one_comparator(comparator, right):
    scores = figure_measures([gold_figures()[0] | {"comparator": comparator}])
    assert scores["figures: value and comparator, recall"] == right
    assert scores["figures: value, recall"] == 50


def test_a_range_is_the_same_as_a_range_with_the_same_ends_only():
    gold = [{"id": "f1", "span": at("40"), "value": None, "low": 3, "high": 40, "comparator": "range"}]
    row = {"id": "a", "text": TEXT, "figures": gold}

    def recall(**change):
        table = evaluate([row], [{"id": "a", "figures": [gold[0] | change]}])
        return dict(zip(table["measure"], table["value"]))["figures: value, recall"]

    assert recall(low=40, high=3) == 100
    assert recall(high=41) == 0
    assert recall(low=None, high=None, value=40) == 0


@pytest.mark.parametrize("source, name, right", [
    ([at("Ines Corvo")], "Ines Corvo", 100), ([at("She")], "the mayor", 0), ([at("the mayor")], "", 100), ([], None, 0),
])
def test_the_asserter_is_right_by_its_words_or_its_name(source, name, right):
    scores = figure_measures([gold_figures()[1] | {"source": source, "source_name": name}])
    assert scores["of figures found: asserter"] == right


def test_the_outlets_own_voice_is_right_only_with_no_source():
    assert figure_measures(gold_figures())["of figures found: the outlet's own voice"] == 100
    someone = gold_figures()[0] | {"source": [at("Radio Morrow")]}
    assert figure_measures([someone])["of figures found: the outlet's own voice"] == 0


def test_only_the_parts_that_gold_has_are_scored():
    assert not any("figures" in measure for measure in measures(gold_claims(), gold_claims()))
    assert all("figures" in measure for measure in figure_measures(gold_figures()))


def test_predictions_on_another_text_are_refused():
    with pytest.raises(ValueError, match="^a: .*another text"):
        evaluate([{"id": "a", "text": TEXT, "claims": []}], [{"id": "a", "text": TEXT + "!", "claims": []}])


def _line(**changes):
    return json.dumps({"id": "a", "text": TEXT, "claims": gold_claims(), **changes})


def test_gold_is_read_line_by_line(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + _line().encode() + b"\r\n\r\n" + _line(id="b", text=TEXT + "\u2028").encode())
    assert [row["id"] for row in read_gold(path)] == ["a", "b"]


@pytest.mark.parametrize("line, fault", [
    ("{", "not JSON"),
    ("[]", "not an article"),
    (_line(text=None), "not an article"),
    ('{"id": "b", "text": "So."}', 'neither "claims" nor "figures"'),
    (_line(), "the id 'a' stands in line 1 too"),
    (_line(id="b", claims={}), "no list of objects"),
    (_line(id="b", claims=[claim("c1", "She", "denied", HELD) | {"content": [[5, 5]]}]), "content of claim c1 has .5, 5."),
    (_line(id="b", claims=[claim("c1", "She", "denied", HELD) | {"source": [[0, 9999]]}]), "source of claim c1"),
    (_line(id="b", claims=[claim("c1", "She", "denied", HELD) | {"cue": None}]), "cue of claim c1 is no list"),
    (_line(id="b", claims=[claim("c1", "She", "denied", HELD)] * 2), "the id of claim 2 is 'c1'"),
    (_line(id="b", claims=[claim(["c1"], "She", "denied", HELD)]), "the id of claim 1"),
    (_line(id="b", claims=[claim("c1", "She", "denied", HELD, parent="c9")]), "correct its parent"),
    (_line(id="b", claims=[claim("c1", "She", "denied", HELD, parent="c1")]), "stands inside itself"),
    (_line(id="b", figures=[{"id": "f1", "span": [3]}]), "span of figure f1"),
    (_line(id="b", sources={"s1": {"name": "Ines Corvo"}}), "source 's1' has no name and aliases"),
    (_line(id="b", sources=["Ines Corvo"]), "has no name and aliases"),
    (_line(id="b", figures=[{"id": "f1", "value": "40"}]), "value of figure f1 is '40'"),
])
def test_a_bad_line_is_told_with_file_line_and_mend(tmp_path, line, fault):
    path = tmp_path / "gold.jsonl"
    path.write_text(_line() + "\n\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"gold.jsonl, line 3: .*{fault}.*[.]$"):
        read_gold(path)


def test_a_deep_nesting_is_a_bad_line_too(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(ValueError, match="line 1: "):
        read_gold(path)


def test_the_measures_are_shown_as_lines_and_kept_for_the_report(tmp_path):
    row = {"id": "a", "text": TEXT, "claims": gold_claims()}
    table = evaluate([row], [row])
    assert "chains: all, every source in order" in show(table)
    assert len(show(table).splitlines()) == len(table)
    write_quality([quality(table, "Claims", "On one article.")], tmp_path / "quality.json")
    (part,) = json.loads((tmp_path / "quality.json").read_text(encoding="utf-8"))
    assert (part["caption"], part["note"]) == ("Claims", "On one article.")
    assert part["rows"][0] == ["claims: exact content, precision", "100.0", 5]
    assert {len(row) for row in part["rows"]} == {len(part["columns"])}
