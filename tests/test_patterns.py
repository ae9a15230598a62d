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
TOLL = ("from types import SimpleNamespace; from analysis.compare.scope import against; "
        "print(against({0!r}, SimpleNamespace(background=None, text='9', start={0!r}.index('9'), end={0!r}.index('9') + 1), (0, len({0!r})), None))")
ADDED = {  # one edit, and what then holds
    "a cue": ("cues.toml", ("[denies]\nverbs = [", '[denies]\nverbs = ["unsay", '),
              "from analysis.claims.stance import load_cues; print(load_cues().verbs['unsay'])", "denies"),
    "a unit": ("units.toml", ("[money]\n", '[money]\n"Balistan groat" = ["groat"]\n'),
               "from analysis.figures.units import unit_of; print(unit_of('12 groats', 0, 2).name)", "Balistan groat"),
    "furniture": ("furniture.toml", ("[[row]]", '[[row]]\nname = "teaser"\npattern = "hear this"\nfinds = ["Hear this"]\npasses = ["Hear, hear"]\n\n[[row]]'),
                  "from analysis.corpus.furniture import rule_of; print(rule_of('Hear this'))", "teaser"),
    "a word for what happens to people, wherever such a word does work": (
        "measures.csv", ("\nword,people,things,money,kinds\n", "\nword,people,things,money,kinds\ngarrotted,killed,,,alone;day;toll\n"),
        "from analysis.figures import measures; from analysis.compare.dates import DEED; print(measures.measure_of(['garrotted'], 'people'), "
        "'garrotted' in measures.PARTICIPLES, bool(DEED.search('two were garrotted'))); " + TOLL.format("9 garrotted in the war"),
        "killed True True\na total over a longer time: garrotted in the war"),
    "a word of saying": (
        "saying.csv", ("\nword,kinds\n", "\nword,kinds\nopined,day;toll\n"),
        "from analysis.compare.dates import days_named; print(set(days_named('the guild opined on Tuesday that it sank', '2031-03-06'))); "
        + TOLL.format("it had earlier opined that 9 died"), "set()\nan earlier count, no longer told: had earlier opined that 9"),
    "a phrase for an earlier toll": (
        "against.toml", ("\nname = \"earlier\"\npattern = [\n", "\nname = \"earlier\"\npattern = [\n  '\\bnot the # first told\\b',\n"),
        TOLL.format("12, not the 9 first told"), "an earlier count, no longer told: not the 9 first told"),
    "a word that says how near a number is": (
        "comparators.toml", ('"~" = [\n', '"~" = [\n  "nigh on",\n'),
        "from analysis.figures.comparators import comparator_of; from analysis.words.patterns import pattern; "
        "print(comparator_of('sank nigh on 12', 13, 15, 'count'), bool(pattern('counting', 'harm_before').search('Blast kills nigh on ')))",
        "~ True"),
    "a month": ("calendar.toml", ('"Sept", ', '"Sept", "Octob", '),
                "from analysis.figures.amounts import not_figure_spans; from analysis.corpus.days import iso; "
                "print(not_figure_spans('12 Octob 2031'), iso('12 Octob. 2031'))", "[(0, 13)] 2031-10-12"),
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What holds in a copy of the project in which each of the edits is made."""
    folder = tmp_path_factory.mktemp("edited")
    shutil.copytree(ROOT / "analysis", folder / "analysis", ignore=shutil.ignore_patterns("__pycache__", "model"))
    for file, (old, new), _, _ in ADDED.values():
        path = folder / "analysis" / "words" / file
        assert old in (text := path.read_text(encoding="utf-8"))
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    asked = "\nprint('--')\n".join(asked for _, _, asked, _ in ADDED.values())
    run = subprocess.run([sys.executable, "-c", asked], cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return dict(zip(ADDED, run.stdout.split("--\n")))


@pytest.mark.parametrize("what", ADDED)
def test_a_word_or_a_rule_is_added_by_one_edit(answers, what):
    assert answers[what].strip() == ADDED[what][-1]
