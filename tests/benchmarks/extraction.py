"""How fast claims and figures are found, against the bare spaCy pipeline: `python -m tests.benchmarks.extraction`.

Both read the same articles on one core, in turn, in one process; printed are words per second of processor time and the ratio, pair by
pair, and their medians. The bare pipeline is en_core_web_sm as shipped: tagger, parser, lemmatizer, named entities.
"""

import argparse
import json
import os
import statistics
import time
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import spacy  # noqa: E402

from analysis import english, language  # noqa: E402
from analysis.corpus import Article, article_from_text, read_corpus  # noqa: E402
from analysis.extract import extract  # noqa: E402

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
COPIES = 60  # of each article, so that a run takes seconds


def articles_of(path: Path, copies: int) -> list[Article]:
    """Return the articles of a folder, or of a file of JSON lines, each `copies` times."""
    if path.is_dir():
        articles = list(read_corpus(path).articles)
    else:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        articles = [article_from_text(row["id"], row["text"]) for row in rows]
    return articles * copies


def seconds(work) -> float:
    """Return the processor time it takes to go through `work`; unlike the clock it counts nobody else's."""
    began = time.process_time()
    for _ in work:
        pass
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="?", type=Path, default=SEEDS)
    parser.add_argument("--copies", type=int, default=COPIES)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    articles = articles_of(options.articles, options.copies)
    words = sum(len(article.text.split()) for article in articles)
    bare = spacy.load(english.folder())
    texts = [article.reading for article in articles]
    seconds(bare.pipe(texts[:5]))
    seconds(extract(articles[:5]))
    ratios = []
    for _ in range(options.runs):
        one, other = seconds(bare.pipe(texts, batch_size=language.BATCH)), seconds(extract(articles))
        ratios.append(one / other)
        print(f"bare {words / one:,.0f} words/s, claims and figures {words / other:,.0f} words/s, ratio {one / other:.2f}")
    print(f"median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
