"""A module imports only what stands below it, wherever in it the import stands, and so does a room."""

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
           for path in (ROOT / "analysis").rglob("*.py")}


def imported(code):
    """The modules of the package that code imports: as it is loaded, inside its functions, or for its annotations only."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are written out"
            yield from (whole if (whole := f"{node.module}.{name.name}") in MODULES else node.module
                        for name in node.names if node.module in MODULES)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in MODULES)


def graph_of(codes):
    """What each module imports, and what each room, by the code of each module."""
    modules = {module: set(imported(code)) for module, code in codes.items()}
    rooms = {}
    for module, others in modules.items():
        rooms.setdefault(room(module), set()).update({room(other) for other in others} - {room(module)})
    return modules, rooms


def room(module):
    return ".".join(module.split(".")[:2])


@pytest.fixture(scope="module")
def codes():
    return {module: path.read_text(encoding="utf-8") for module, path in MODULES.items()}


def test_no_module_and_no_room_imports_in_a_circle(codes):
    modules, rooms = graph_of(codes)
    assert modules["analysis.reader"] >= {"analysis.claims", "analysis.types"}
    assert modules["analysis.workers"] >= {"analysis.reader"}  # inside a function
    for graph in (modules, rooms):
        TopologicalSorter(graph).prepare()  # raises CycleError


@pytest.mark.parametrize("written", [
    "from analysis.extract import read", "from analysis import extract", "import analysis.extract",
    "def read():\n    from analysis.extract import read", "if TYPE_CHECKING:\n    from analysis.extract import read",
])
def test_a_circle_is_found_wherever_its_import_stands(codes, written):
    modules, rooms = graph_of({**codes, "analysis.reader": f"{codes['analysis.reader']}\n{written}\n"})
    for graph in (modules, rooms):
        with pytest.raises(CycleError, match="analysis.extract"):
            TopologicalSorter(graph).prepare()


def test_who_only_looks_at_ready_tables_loads_no_models():
    code = """
import sys, analysis
from analysis import show
show(analysis.load("reports/seeds").claims)
print({"spacy", "onnxruntime", "scipy"} & {*sys.modules})
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True).stdout == "set()\n"
