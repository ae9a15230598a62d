"""The gold agrees with its markup, and the markup says what its labels say."""

import json

import pytest

from tests.markup import GOLD, compile_markup

EXAMPLE = """=== tide
[1s Radio Morrow] [1c reported] [1q2q that the wall had held], [2c citing] [2s [two] keepers].

[3q "No," [4s she] [4c says] [4q he knew],] [3s a keeper] [3c said]. [3q "Ask him."]
---
2: under 1
3: denies, negated, is Ada Penn
"""


@pytest.mark.parametrize("path", sorted(GOLD.glob("claims.*.txt")), ids=lambda path: path.stem)
def test_every_gold_file_is_compiled_from_its_markup(path):
    lines = path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == compile_markup(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(GOLD.glob("claims.*.jsonl")), ids=lambda path: path.stem)
def test_every_parent_is_a_claim_of_the_article_and_no_claim_its_own_ancestor(path):
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        parents = {claim["id"]: claim["parent"] for claim in row["claims"]}
        for claim in parents:
            ancestors = [claim]
            while (parent := parents[ancestors[-1]]) is not None:
                assert parent not in ancestors, (row["id"], claim)
                ancestors.append(parent)


def _quoted(row, number, role):
    return [row["text"][start:end] for start, end in row["claims"][number - 1][role]]


def test_labels_become_spans_and_other_brackets_stay():
    (row,) = compile_markup(EXAMPLE)
    assert row["text"].startswith("Radio Morrow reported that the wall had held, citing [two] keepers.")
    assert _quoted(row, 1, "source") == ["Radio Morrow"]
    assert _quoted(row, 2, "source") == ["[two] keepers"]
    assert _quoted(row, 1, "content") == _quoted(row, 2, "content") == ["that the wall had held"]
    assert _quoted(row, 3, "content") == ['"No," she says he knew,', '"Ask him."']


def test_parents_come_from_standing_inside_or_from_a_remark():
    (row,) = compile_markup(EXAMPLE)
    assert [claim["parent"] for claim in row["claims"]] == [None, "c1", None, "c3"]


def test_remarks_set_stance_negation_and_name():
    (row,) = compile_markup(EXAMPLE)
    third = row["claims"][2]
    assert (third["stance"], third["negated"], third["source_name"]) == ("denies", True, "Ada Penn")
    assert (row["claims"][0]["stance"], row["claims"][0]["negated"], row["claims"][0]["source_name"]) == ("says", False, None)


@pytest.mark.parametrize("markup, mend", [
    ("=== tide\n[1s Radio] [1c said [1q so.\n", "not closed"),
    ("=== tide\n[1s Radio] said] so.\n", "too many"),
    ("=== tide\n[1s Radio] [1c said] so.\n", "no content"),
    ("=== tide\n[1q So], [1s Radio] [1c said].\n---\n2: denies\n", "correct its number"),
    ("=== tide\n[1q So], [1s Radio] [1c said].\n---\n1: denys\n", "no remark"),
])
def test_labels_that_do_not_fit_say_where_and_how_to_mend(markup, mend):
    with pytest.raises(ValueError, match=f"^tide.*{mend}"):
        compile_markup(markup)
