"""Every rule that is a row of data finds what its examples say, and passes over its counterexamples."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.words import FOLDER, lists, patterns

FILES = sorted(path.stem for path in FOLDER.glob("*.toml") if "row" in lists(path.stem))
ROWS = [(file, place, row) for file in FILES for place, row in enumerate(patterns.rows(file))]
WHOLE_LINES = ("furniture",)


def found(file, row, text):
    return row.pattern.fullmatch(text) if file in WHOLE_LINES else row.pattern.search(text)


@pytest.mark.parametrize(("file", "place", "row"), ROWS, ids=[f"{file} {place} {row.name}" for file, place, row in ROWS])
def test_a_row_finds_its_examples_and_passes_its_counterexamples(file, place, row):
    assert row.finds and row.passes, "a row needs an example and a counterexample"
    assert [text for text in row.finds if not found(file, row, text)] == []
    assert [text for text in row.passes if found(file, row, text)] == []


def test_a_pattern_that_is_none_is_told_with_its_file_and_row(monkeypatch):
    row = {"name": "teaser", "pattern": "(read", "finds": [], "passes": []}
    monkeypatch.setattr(patterns, "lists", lambda file: {"row": [row]})
    with pytest.raises(ValueError, match="broken.toml: the pattern of 'teaser' is none"):
        patterns.rows("broken")


ROOT = Path(__file__).resolve().parents[1]
ADDED = {  # one edit, and what then holds
    "a cue": ("cues.toml", ("[denies]\nverbs = [", '[denies]\nverbs = ["unsay", '),
              "from analysis.claims.stance import load_cues; print(load_cues().verbs['unsay'])", "denies"),
    "a unit": ("units.toml", ("[money]\n", '[money]\n"Balistan groat" = ["groat"]\n'),
               "from analysis.figures.units import unit_of; print(unit_of('12 groats', 0, 2).name)", "Balistan groat"),
    "furniture": ("furniture.toml", ("[[row]]", '[[row]]\nname = "teaser"\npattern = "hear this"\nfinds = ["Hear this"]\npasses = ["Hear, hear"]\n\n[[row]]'),
                  "from analysis.corpus.furniture import rule_of; print(rule_of('Hear this'))", "teaser"),
    "a word for what happens to people": (
        "measures.csv", ("\nword,people,things,money,kinds\n", "\nword,people,things,money,kinds\nbeached,stranded,,,alone\n"),
        "from analysis.figures import measures; print(measures.measure_of(['beached'], 'people'), 'beached' in measures.PARTICIPLES)", "stranded True"),
    "a month": ("calendar.toml", ('short = ["Sept"]', 'short = ["Sept", "Brum"]'),
                "from analysis.figures.amounts import not_figure_spans; print(not_figure_spans('12 Brum 2031'))", "[(0, 12)]"),
}


@pytest.mark.parametrize("what", ADDED)
def test_a_word_or_a_rule_is_added_by_one_edit(tmp_path, what):
    file, (old, new), asked, answer = ADDED[what]
    shutil.copytree(ROOT / "analysis", tmp_path / "analysis", ignore=shutil.ignore_patterns("__pycache__", "model"))
    path = tmp_path / "analysis" / "words" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    run = subprocess.run([sys.executable, "-c", asked], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)},
                         capture_output=True, text=True)
    assert run.stdout.strip() == answer, run.stderr
