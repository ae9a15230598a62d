"""Parameters: declared in a notebook's cell alone, and checked all at once before anything runs."""

import json

import pytest

from analysis import cli, manifests
from analysis.report import parameters

CELL = '''
by: str = "stance"  # one of stance, kind: what the colours show
most: int = 5  # how many bars there are
share: float = 0.5  # the least share of a bar
wide: bool = False  # whether it is wide
words: list[str] = ["a"]  # words to look for
source: str = "iran"  # the source_id of the source
corpus: str = "seeds"  # the folder of articles
'''


def notebook(folder, source=CELL):
    cells = [{"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": source.strip().splitlines(keepends=True)}]
    path = folder / "bars.ipynb"
    path.write_text(json.dumps({"cells": cells}))
    return path


def test_the_cell_is_the_declaration(tmp_path):
    declared = parameters.declared(notebook(tmp_path))
    assert declared["by"] == ("by", "str", "stance", "what the colours show", ("stance", "kind"))
    assert [(one.type, one.default) for one in declared.values()][1:5] == [("int", 5), ("float", 0.5), ("bool", False), ("list[str]", ["a"])]
    (tmp_path / "none.ipynb").write_text('{"cells": []}')
    assert parameters.declared(tmp_path / "none.ipynb") == {}


@pytest.mark.parametrize("line", ["by = 1", "by: int = 'x'", "by: str = open('x')", "by: dict = {}", "import os", "by: str",
                                  "x.y: int = 1"])
def test_a_line_that_declares_nothing_plain_is_named(tmp_path, line):
    with pytest.raises(ValueError, match="bars.ipynb: its parameters cell, line 2, is not `name: type = value  # help"):
        parameters.declared(notebook(tmp_path, "most: int = 5\n" + line))


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    (tmp_path / "bars.ipynb").write_text("{}")
    with pytest.raises(ValueError, match="bars.ipynb: this cannot be read as a notebook"):
        parameters.declared(tmp_path / "bars.ipynb")
    with pytest.raises(ValueError, match="line 1, is no Python"):
        parameters.declared(notebook(tmp_path, "by by"))


@pytest.mark.parametrize("given", [
    {}, {"by": "kind"}, {"most": 3}, {"share": 1}, {"wide": True}, {"words": []}, {"words": ["b", "c"]},
    {"source": ["iran", "nbc"]},
])
def test_what_fits_passes(tmp_path, given):
    parameters.check(given, [notebook(tmp_path)])


@pytest.mark.parametrize("given, fault", [
    ({"mots": 3}, "No notebook has a parameter 'mots'; did you mean 'most'?"),
    ({"zzz": 3}, "No notebook has a parameter 'zzz'; there are by, most, share, source, wide, words."),
    ({"share": float("nan")}, "Parameter 'share' must be a number, not nan."),
    ({"share": float("-inf")}, "Parameter 'share' must be a number, not -inf."),
    ({"by": "knid"}, "Parameter 'by' must be one of stance, kind, not 'knid'; did you mean 'kind'?"),
    ({"most": True}, "Parameter 'most' must be int, not True (bool)."),
    ({"most": "3"}, "Parameter 'most' must be int, not '3' (str)."),
    ({"words": "b"}, "Parameter 'words' must be list[str], not 'b' (str)."),
    ({"words": ["b", 1]}, "Parameter 'words' must be list[str], not ['b', 1] (list)."),
    ({"source": ["iran", 2]}, "Parameter 'source' must be str, not 2 (int)."),
    ({"by": ["kind", "stance"]}, "Parameter 'by' must be str, not ['kind', 'stance'] (list)."),
    ({"corpus": "x"}, "Parameter 'corpus' is set by the report itself; leave it out."),
    ({"mots": 1, "by": 2}, "No notebook has a parameter 'mots'; did you mean 'most'? Parameter 'by' must be str, not 2 (int)."),
])
def test_all_that_does_not_fit_is_told_in_one_message(tmp_path, given, fault):
    with pytest.raises(ValueError) as raised:
        parameters.check(given, [notebook(tmp_path)])
    assert str(raised.value) == fault


def test_words_are_read_as_they_are_declared(tmp_path):
    words = ["by=kind", "most=3", "share=1", "wide=yes", "words=b", "source=iran", "source=nbc", "odd=1=2"]
    given = {"by": "kind", "most": 3, "share": 1.0, "wide": True, "words": ["b"], "source": ["iran", "nbc"], "odd": "1=2"}
    assert parameters.read_words(words, [notebook(tmp_path)]) == given
    assert parameters.read_words(["most=many", "words=b", "words=c"], [notebook(tmp_path)]) == {"most": "many", "words": ["b", "c"]}
    with pytest.raises(ValueError, match="'most' is no parameter; write it as name=value"):
        parameters.read_words(["most"], [notebook(tmp_path)])


def test_a_file_of_parameters(tmp_path):
    (tmp_path / "night.toml").write_text('source = ["iran", "nbc"]\nmost = 3\n')
    assert parameters.read_file(tmp_path / "night.toml") == {"source": ["iran", "nbc"], "most": 3}
    for words in ("source: iran", "source = " + "[" * 100_000):
        (tmp_path / "night.toml").write_text(words)
        with pytest.raises(ValueError, match="night.toml: this is no TOML"):
            parameters.read_file(tmp_path / "night.toml")


def test_the_command_tells_a_notebook_s_parameters(tmp_path, capsys):
    assert cli.main(["report", "--help-parameters", str(notebook(tmp_path))]) == 0
    assert "by: str = 'stance'\n    what the colours show. One of stance, kind.\n" in capsys.readouterr().out
    assert cli.main(["report", "--help-parameters", "source"]) == 0
    assert "source: str = ''\n    the source_id of the source" in capsys.readouterr().out


def test_the_command_refuses_all_faults_at_once_and_runs_nothing(tmp_path, capsys):
    (tmp_path / "night.toml").write_text("sorce = 1\n")
    assert cli.main(["report", str(manifests.ROOT / "seeds"), "--out", str(tmp_path / "out"), "--parameters", str(tmp_path / "night.toml"), "-p", "corpus=x"]) == 1
    assert "did you mean 'source'? Parameter 'corpus' is set" in capsys.readouterr().err and not (tmp_path / "out").exists()
