"""How long reports take: `python -m tests.benchmarks.report`.

Each is a process of its own, in turn: a full report on seeds/, the same unchanged, and what papermill needs for as many
notebooks that only import pandas and matplotlib.pyplot, as many at once as there are cores, and one after another.
Printed are seconds, the medians, and their ratios to the full report.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from analysis import manifests
from analysis.workers import cores

REPORT = "import sys; from analysis.cli import main; sys.exit(main(sys.argv[1:]))"
PAPERMILL = """
import os, sys
from concurrent.futures import ThreadPoolExecutor
import papermill
with ThreadPoolExecutor(int(sys.argv[1])) as pool:
    list(pool.map(lambda n: papermill.execute_notebook("empty.ipynb", f"{n}.ipynb", progress_bar=False), range(int(sys.argv[2]))))
"""


def seconds(code: str, *arguments: str, cwd: Path = manifests.ROOT) -> float:
    """Return how long a Python process takes to run `code`."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *arguments], cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def measure(folder: Path, cores: int) -> dict[str, float]:
    """Return what each takes, in seconds."""
    making = ["report", str(manifests.ROOT / "seeds"), "--out", str(folder / "report"), "--quiet"]
    taken = {"full": seconds(REPORT, *making, "--force"), "unchanged": seconds(REPORT, *making)}
    notebooks = str(len(list((folder / "report" / "notebooks").iterdir())))
    taken["papermill, side by side"] = seconds(PAPERMILL, str(cores), notebooks, cwd=folder)
    taken["papermill, one by one"] = seconds(PAPERMILL, "1", notebooks, cwd=folder)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import pandas\nimport matplotlib.pyplot")])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    with tempfile.TemporaryDirectory() as folder:
        nbformat.write(notebook, Path(folder) / "empty.ipynb")
        runs = [measure(Path(folder), cores()) for _ in range(options.runs)]
    full = statistics.median(run["full"] for run in runs)
    for name in runs[0]:
        median = statistics.median(run[name] for run in runs)
        print(f"{name}: {', '.join(f'{run[name]:.2f}' for run in runs)} s, median {median:.2f} s; full is {full / median:.2f} times that")


if __name__ == "__main__":
    main()
