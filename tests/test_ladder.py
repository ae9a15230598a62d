"""A module imports only what stands below it, and so does a room."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
           for path in (ROOT / "analysis").rglob("*.py")}


def imported(path):
    """The modules of the package that a module imports as it is loaded."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            yield from (whole if (whole := f"{node.module}.{name.name}") in MODULES else node.module for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in MODULES)


def room(module):
    return ".".join(module.split(".")[:2])


def test_no_module_and_no_room_imports_in_a_circle():
    graph = {module: {other for other in imported(path) if other != "analysis"} for module, path in MODULES.items()}
    assert graph["analysis.reader"] >= {"analysis.claims", "analysis.types"}
    TopologicalSorter(graph).prepare()  # raises CycleError
    rooms = {}
    for module, others in graph.items():
        rooms.setdefault(room(module), set()).update({room(other) for other in others} - {room(module)})
    TopologicalSorter(rooms).prepare()
