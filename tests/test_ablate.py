"""Rules turned off one at a time, on two invented articles."""

import json
import re

import pytest

from analysis import cli
from analysis.evaluate.ablation import ablate, show
from analysis.evaluate.switches import nothing_from, replaced, switches, turned_off
from analysis.figures import comparators

TEXTS = ["The mayor said at least 40 houses were flooded.", "Rain fell on Brack. The harbour is 9 miles long."]


def gold():
    def figure(text, word, **more):
        start = text.index(word)
        return {"id": word, "span": [start, start + len(word)], "low": None, "high": None, "part_of": None,
                "background": None, **more}

    return [
        {"id": "flood", "text": TEXTS[0], "figures": [figure(TEXTS[0], "40", value=40, comparator=">=", unit="house")]},
        {"id": "rain", "text": TEXTS[1], "figures": [figure(TEXTS[1], "9 miles", value=9, comparator="=", unit="mile")]},
    ]


def test_a_rule_is_worth_what_its_absence_costs_and_counts_the_articles_it_changes():
    scores, worths = ablate(gold(), "figures.comparators")
    assert scores["figures"] == scores["compared"] == 100
    found = {worth.rule: worth for worth in worths}
    before, after = found["figures.comparators.BEFORE"], found["figures.comparators.AFTER"]
    assert (before.changed, before.lost["figures"], before.lost["compared"], before.lost["value"]) == (1, 50, 50, 0)
    assert (after.changed, set(after.lost.values())) == (0, {0.0})
    assert worths[0].rule in ("figures.comparators.BEFORE", "figures.comparators.SIGN_OF")
    assert comparators.comparator_of("at least 40", 9, 11, "count") == ">="  # every rule is on again


def test_a_rule_that_cannot_be_missed_is_said_to_be_needed():
    (words,) = ablate(gold(), "figures.numbers.SMALL")[1]
    (sign,) = ablate(gold(), "figures.comparators.SIGN_OF")[1]
    assert words.fault == "" and sign.fault == "needed: KeyError"


def test_the_table_has_a_line_for_each_rule_and_one_for_every_rule_on():
    scores, worths = ablate(gold(), "figures.comparators")
    header, on, *lines = show(scores, worths).splitlines()
    assert "articles" in header and on.startswith("every rule on") and len(lines) == len(worths)
    assert re.search(r"BEFORE +1 +-50\.00 ±\d", "\n".join(lines))


def test_every_switch_is_off_while_its_block_runs_and_on_after_it():
    for switch in switches("figures.comparators"):
        with turned_off(switch):
            assert vars(comparators).get(switch.name.rsplit(".", 1)[1]) is switch.off
        assert vars(comparators).get(switch.name.rsplit(".", 1)[1]) is switch.on


def test_a_list_in_a_file_of_words_is_a_switch():
    (killed,) = switches("figures.measures.measures.people.killed")
    from analysis.figures.measures import measure_of

    assert measure_of(["kill"], "people") == "killed"
    with replaced(killed, killed.off):
        assert measure_of(["kill"], "people") is None
        assert measure_of(["injure"], "people") == "injured"
    assert measure_of(["kill"], "people") == "killed"


@pytest.mark.parametrize("annotation, found", [
    (bool, False), (list[str], []), (str | None, None), (None, None), (dict[str, int], {}), (tuple[int, ...], ()),
])
def test_a_function_that_is_off_finds_nothing(annotation, found):
    def rule(text: str): ...
    rule.__annotations__["return"] = annotation
    assert nothing_from(rule)("words") == found


def test_a_function_that_is_off_gives_back_what_it_was_to_change_and_one_without_a_nothing_is_no_switch():
    def change(text: str, spans: list[int]) -> list[int]: ...
    def size(spans: list[int]) -> int: ...
    assert nothing_from(change)("words", [3]) == [3]
    assert nothing_from(size) is None


def test_a_rule_that_is_not_there_is_one_sentence(tmp_path, capsys):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, gold())), encoding="utf-8")
    assert cli.main(["ablate", str(path), "--rule", "figures.weather", "--quiet"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "no rule is called 'figures.weather'" in err and len(err.splitlines()) == 1
    assert cli.main(["ablate", str(path), "--rule", "figures.comparators.DURING", "--quiet"]) == 0
    assert capsys.readouterr().out.startswith("2 texts, 1 rules\n")
