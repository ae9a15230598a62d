"""The notebooks as they are kept, and as they lie executed in the report on seeds/."""

import ast
import json
import subprocess
import sys

import nbformat
import papermill
import pytest

from analysis import manifests
from analysis.report import make_report, parameters, run
from tests.pages import Page

KEPT = sorted((manifests.ROOT / "notebooks").glob("*.ipynb"))
COMMITTED = manifests.ROOT / "reports" / "seeds"
EXECUTED = sorted((COMMITTED / "notebooks").glob("*.ipynb"))


def cells(path, kind="code"):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_kept_notebook_holds_no_outputs_no_functions_and_the_plain_kernel(path):
    assert all(not cell.outputs and cell.execution_count is None for cell in cells(path))
    trees = [ast.parse(cell.source) for cell in cells(path)]
    assert not [node for tree in trees
                for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)]
    assert nbformat.read(path, as_version=4).metadata.kernelspec.name == "python3"
    assert not [cell.source for cell in cells(path) if cell.source.rstrip().endswith(";")]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_sentence_stands_before_every_step(path):
    kinds = [cell.cell_type for cell in nbformat.read(path, as_version=4).cells]
    assert kinds[0] == "markdown" and ("code", "code") not in set(zip(kinds, kinds[1:]))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_every_parameter_has_a_type_a_default_and_help(path):
    declared = parameters.declared(path)
    assert {"corpus", "tables_folder"} <= set(declared)
    assert all(len(parameter.help) > 20 for parameter in declared.values())
    papermills = papermill.inspect_notebook(path)  # what papermill, and JupyterLab's scheduler with it, reads of the same cell
    assert {name: parameter["inferred_type_name"] for name, parameter in papermills.items()} == {
        name: parameter.type for name, parameter in declared.items()}


@pytest.mark.parametrize("kind", ["claims", "event"])
def test_papermill_on_the_command_line_runs_them_as_a_report_does(report, tmp_path, kind):
    values = manifests.read(report)["parameters"]
    name = next(name for name in values if name.partition("-")[0] == kind)
    command = ["papermill", str(manifests.notebook(name)), str(tmp_path / "run.ipynb"), "--cwd", str(report / "notebooks"), "-y",
               json.dumps(values[name])]
    subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)
    assert run.normalised(run.notebook_of(tmp_path / "run.ipynb")) == run.notebook_of(report / "notebooks" / f"{name}.ipynb")


def test_the_report_on_the_seeds_is_of_these_notebooks():
    assert {"claims", "figures", "corpus"} < {path.stem for path in EXECUTED}
    for path in EXECUTED:
        name = path.stem.partition("-")[0]
        kept = manifests.ROOT / "notebooks" / f"{name}.ipynb"
        assert [cell.source for cell in cells(path) if cell.id != "injected-parameters"] == [cell.source for cell in cells(kept)]
        assert [cell.source for cell in cells(path, "markdown")] == [cell.source for cell in cells(kept, "markdown")]


@pytest.mark.parametrize("path", EXECUTED, ids=lambda path: path.stem)
def test_every_cell_of_the_report_on_the_seeds_was_executed(path):
    """nbval passes over a cell that was never executed, so that an emptied notebook would pass."""
    counts = [cell.execution_count for cell in cells(path)]
    assert counts == list(range(1, len(counts) + 1)) and len(counts) > 3
    assert nbformat.read(path, as_version=4).metadata.kernelspec.name == "python3"
    pages = [Page("".join(output.data["text/html"])) for cell in cells(path) for output in cell.outputs]
    assert [(page.runs, page.asks, page.wordless) for page in pages] == [([], [], [])] * len(pages) and pages


def test_the_report_on_the_seeds_is_as_its_manifest_says():
    manifest = json.loads((COMMITTED / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["outputs"] == manifests.outputs(COMMITTED)
    assert manifest["inputs"] == manifests.describe(manifests.ROOT / "seeds", {})["inputs"]
    page = Page((COMMITTED / "index.html").read_text(encoding="utf-8"))
    assert (page.runs, page.asks, page.wordless) == ([], [], [])


def test_the_report_on_the_seeds_is_what_this_code_makes_of_them(tmp_path):
    made = make_report(manifests.ROOT / "seeds", out=tmp_path / "seeds", quiet=True).page.parent
    assert list(manifests.outputs(made)) == list(manifests.outputs(COMMITTED))
    assert [path for path in manifests.outputs(made) if uncited(made, path) != uncited(COMMITTED, path)] == []


def uncited(report, path):
    """A file without the hashes by which pages name the code and the report, which any comment changes."""
    told = manifests.read(report)
    return (report / path).read_bytes().replace(told["code"].encode(), b"").replace(manifests.fingerprint(told).encode(), b"")
