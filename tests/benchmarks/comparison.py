"""Whether comparing takes time in proportion to the articles: `python -m tests.benchmarks.comparison`.

1,000 and 4,000 invented articles, ten on an event, four figures and two claims each, are compared, in one process on one core; what
they say is not extracted but made with them. Printed are the seconds of processor time and how many times as long the more take.
That should be less than 8: a fixed share of the time, to find which articles are of one event, grows with their square.
"""

import argparse
import os
import time
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

from analysis import tables  # noqa: E402
from analysis.compare.build import compare  # noqa: E402
from analysis.corpus import Corpus  # noqa: E402
from tests.made_articles import extraction_of  # noqa: E402

FEW, MANY, MOST = 1_000, 4_000, 8


def seconds(articles: int) -> float:
    """The processor time that comparing so many articles takes."""
    extractions = [extraction_of(number) for number in range(articles)]
    corpus = Corpus("made-up", Path("nowhere"), tuple(each.article for each in extractions), ())
    built = tables.build(corpus, extractions)
    start = time.process_time()
    found = compare(corpus, built)
    took = time.process_time() - start
    print(f"{articles:,} articles: {len(found['events']):,} events, {len(found['compared']):,} of {len(found['figures']):,} figures compared, "
          f"{took:.1f} s", flush=True)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=FEW)
    parser.add_argument("--many", type=int, default=MANY)
    options = parser.parse_args()
    seconds(100)  # models are loaded
    ratio = seconds(options.many) / seconds(options.few)
    print(f"{ratio:.1f} times as long for {options.many / options.few:g} times as many articles")
    raise SystemExit(ratio > MOST * options.many / options.few / (MANY / FEW))


if __name__ == "__main__":
    main()
