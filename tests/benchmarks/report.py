"""How long reports take: `python -m tests.benchmarks.report`.

Each is a process of its own, in turn: a full report on seeds/, the same unchanged, the reading of its articles alone, and what papermill
needs for as many notebooks that only import pandas and matplotlib.pyplot, as many at once as there are cores, and one after another.
Printed are seconds, the medians, and how many times as long the full report takes: of each, and of the kernels' bare start and the
reading together, by the clock and in processor time, which others' work slows less.
"""

import argparse
import resource
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
READING = """
from analysis.corpus import read_corpus
from analysis.extract import extract
list(extract(read_corpus("seeds").articles))
"""
PAPERMILL = """
import os, sys
from concurrent.futures import ThreadPoolExecutor
import papermill
with ThreadPoolExecutor(int(sys.argv[1])) as pool:
    list(pool.map(lambda n: papermill.execute_notebook("empty.ipynb", f"{n}.ipynb", progress_bar=False), range(int(sys.argv[2]))))
"""


def seconds(code: str, *arguments: str, cwd: Path = manifests.ROOT) -> tuple[float, float]:
    """Return how long a Python process takes to run `code`, by the clock and in processor time."""
    began, used = time.perf_counter(), processor_time()
    subprocess.run([sys.executable, "-c", code, *arguments], cwd=cwd, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return time.perf_counter() - began, processor_time() - used


def processor_time() -> float:
    """What all processes that have ended have used, theirs included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(folder: Path, cores: int) -> dict[str, tuple[float, float]]:
    """Return what each takes, in seconds."""
    making = ["report", str(manifests.ROOT / "seeds"), "--out", str(folder / "report"), "--store", "", "--quiet"]
    taken = {"full": seconds(REPORT, *making, "--force"), "unchanged": seconds(REPORT, *making), "reading": seconds(READING)}
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
    for way, name in enumerate(("by the clock", "processor time")):
        medians = {each: statistics.median(run[each][way] for run in runs) for each in runs[0]}
        for each, median in medians.items():
            print(f"{each}, {name}: {median:.2f} s; full is {medians['full'] / median:.2f} times that")
        bare = medians["papermill, side by side"] + medians["reading"]
        print(f"kernels' bare start and reading, {name}: {bare:.2f} s; full is {medians['full'] / bare:.2f} times that", flush=True)


if __name__ == "__main__":
    main()
