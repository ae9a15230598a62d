"""Whether a report's pages take time in proportion to its articles: `python -m tests.benchmarks.rendering`.

The pages of 250, 500, 1,000 and 2,000 invented articles, ten on an event, four figures and 14 claims each, are rendered, in one process on
one core; what the articles say is not extracted but made with them, and neither the comparison nor the notebooks are timed. Printed are the
seconds of processor time, and how many times as long the most take as the fewest. That should be at most a quarter more than they are more.
"""

import argparse
import os
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

from analysis import manifests  # noqa: E402
from analysis.compare.build import compare  # noqa: E402
from analysis.report import page  # noqa: E402
from tests.made_articles import corpus_of  # noqa: E402

ARTICLES, CLAIMS, MOST = (250, 500, 1_000, 2_000), 14, 1.25


def seconds(articles: int, manifest: dict) -> float:
    """The processor time that the pages of so many articles take."""
    corpus, built = corpus_of(articles, CLAIMS - 2)
    found = compare(corpus, built)
    start = time.process_time()
    sizes = [len(html) for _, html in page.render(corpus, found, {}, manifest)]
    took = time.process_time() - start
    print(f"{articles:,} articles: {len(sizes):,} files of {sum(sizes) / 1e6:.0f} million characters, {took:.1f} s, "
          f"{1000 * took / articles:.1f} ms an article", flush=True)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=ARTICLES)
    options = parser.parse_args()
    manifest = manifests.describe(manifests.ROOT / "seeds", {})
    seconds(20, manifest)  # templates are compiled
    taken = {articles: seconds(articles, manifest) for articles in sorted(options.articles)}
    few, many = min(taken), max(taken)
    ratio = taken[many] / taken[few]
    print(f"{ratio:.1f} times as long for {many / few:g} times as many articles")
    raise SystemExit(ratio > MOST * many / few)


if __name__ == "__main__":
    main()
