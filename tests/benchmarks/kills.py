"""Kill 200 runs at random moments: `python -m tests.benchmarks.kills`.

The articles are those of the tests, with a few that change from run to run; notebooks are run in their kernels with
--kernels, and only written without. Printed is everything that was not as it should be: nothing.
"""

import argparse
import tempfile
from pathlib import Path

from analysis import extract
from analysis.report import run
from tests.kills import kill_runs
from tests.small_corpus import extract_by_hand, write_corpus, written_only


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kernels", action="store_true")
    options = parser.parse_args()
    extract.extract = extract_by_hand
    if not options.kernels:
        run.run = written_only
    with tempfile.TemporaryDirectory() as folder:
        faults = kill_runs(write_corpus(Path(folder) / "small"), Path(folder) / "reports" / "small", options.runs, options.seed)
    print("\n".join([*faults, f"{options.runs} runs killed, {len(faults)} faults"]))


if __name__ == "__main__":
    main()
