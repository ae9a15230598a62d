"""Kill 200 runs at random moments: `python -m tests.benchmarks.kills`.

The articles are those of the tests, and one that changes from run to run. Notebooks are only written, or, with --kernels,
a small one is run in its kernel; with --dated the reports are dated ones of which two are kept; with --steps a run is
killed before each change that it makes among the reports, instead of at random; with --store runs that read articles into
the store are killed, which must end as an undisturbed run's, to the byte. Printed is everything that was not as it
should be: nothing.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from analysis import extract, manifests
from analysis.report import build, run
from tests.kills import Place, kill_at_every_step, kill_runs
from tests.small_corpus import extract_by_hand, one_notebook, one_planned, write_corpus, written_only
from tests.store_kills import kill_fills


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kernels", action="store_true")
    parser.add_argument("--dated", action="store_true")
    parser.add_argument("--steps", action="store_true")
    parser.add_argument("--store", action="store_true")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        if options.store:
            return _tell(kill_fills(Path(folder), options.runs, options.seed), options.runs, began)
        extract.extract = extract_by_hand
        if options.kernels:
            manifests.NOTEBOOKS, build.plan = one_notebook(Path(folder) / "notebooks"), one_planned
        else:
            run.run = written_only
        tempfile.tempdir = folder  # where the kernels of these runs listen, and of no others
        place = Place(write_corpus(Path(folder) / "small"), Path(folder) / "reports", options.dated)
        faults, killed = kill_at_every_step(place) if options.steps else (kill_runs(place, options.runs, options.seed), options.runs)
    return _tell(faults, killed, began)


def _tell(faults: list[str], killed: int, began: float) -> int:
    """Print what was not as it should be; return how much that was."""
    print("\n".join([*faults, f"{killed} runs killed, {len(faults)} faults, {time.monotonic() - began:.0f} s"]))
    return len(faults)


if __name__ == "__main__":
    sys.exit(bool(main()))
