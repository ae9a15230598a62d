"""Whether comparing takes time in proportion to the articles: `python -m tests.benchmarks.comparison`.

1,000 and 4,000 invented articles, ten on an event, four figures and two claims each, are compared, in one process on one core; what
they say is not extracted but made with them (`--articles 1000 4000 16000`: of so many, each number by itself). Printed are the seconds
of processor time, and of each number after the first how many times as long it takes as the one before. That should be at most a fifth
more than the articles are: a small share of the time, to find which are of one event, still grows with their square.
"""

import argparse
import os
import time
from itertools import pairwise

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

from analysis.compare.build import compare  # noqa: E402
from tests.made_articles import corpus_of  # noqa: E402

ARTICLES, MOST = (1_000, 4_000), 1.2


def seconds(articles: int) -> float:
    """The processor time that comparing so many articles takes."""
    corpus, built = corpus_of(articles)
    start = time.process_time()
    found = compare(corpus, built)
    took = time.process_time() - start
    print(f"{articles:,} articles: {len(found['events']):,} events, {len(found['compared']):,} of {len(found['figures']):,} figures compared, "
          f"{took:.1f} s", flush=True)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=ARTICLES, help="how many, in ascending order")
    numbers = parser.parse_args().articles
    seconds(100)  # models are loaded
    took = [seconds(number) for number in numbers]
    grew = []
    for (few, before), (many, after) in pairwise(zip(numbers, took)):
        grew.append(after / before / (many / few))
        print(f"{after / before:.1f} times as long for {many / few:g} times as many articles")
    raise SystemExit(any(more > MOST for more in grew))


if __name__ == "__main__":
    main()
