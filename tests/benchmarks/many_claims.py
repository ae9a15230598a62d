"""Whether an article takes time in proportion to what it says: `python -m tests.benchmarks.many_claims`.

One invented article of 1,000 and one of 8,000 claims, with a figure each, are read, put into tables and compared, in one process on one
core; printed are the seconds of processor time and how many times as long the longer one takes. That should be 10 at most.
"""

import argparse
import os
import time
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

from analysis import tabulate  # noqa: E402
from analysis.compare.build import compare  # noqa: E402
from analysis.corpus import Corpus, article_from_text  # noqa: E402
from analysis.extract import extract  # noqa: E402
from analysis.reader import to_json  # noqa: E402

FEW, MANY, MOST = 1_000, 8_000, 10
WHO = ("The mayor of Orvel", "Ann Tolle", "Police", "The Vellin Observatory", "Colonel Rask", "He", "Tolva Radio",
       "A spokesman for the ministry")
SAYS = ("said", "told reporters", "claimed", "warned", "denied")


def text_of(claims: int) -> str:
    """An article of so many claims, five in a paragraph, one in five of them a quotation."""
    said = [_sentence(number) for number in range(claims)]
    return "Fires in Orvel\n\n" + "\n\n".join(" ".join(said[start : start + 5]) for start in range(0, claims, 5)) + "\n"


def _sentence(number: int) -> str:
    who, says = WHO[number % len(WHO)], SAYS[number % len(SAYS)]
    if number % 5 == 4:
        return f"“We counted {number + 2} houses in street {number}, and no one was there,” {who} said."
    return f"{who} {says} on Monday that {number + 2} people were hurt at the market in Orvel, and that house number {number} was on fire."


def seconds(claims: int) -> dict[str, float]:
    """The processor time that each step takes for an article of so many claims."""
    article, times = article_from_text("long", text_of(claims)), [time.process_time()]
    corpus = Corpus("long", Path("nowhere"), (article,), ())
    extractions = list(extract(corpus.articles))
    times.append(time.process_time())
    to_json(extractions[0])
    found = tabulate.build(corpus, extractions)
    times.append(time.process_time())
    compare(corpus, found)
    times.append(time.process_time())
    steps = dict(zip(("claims and figures", "tables", "comparison"), (after - before for before, after in zip(times, times[1:]))))
    print(f"{claims:,} claims written: {len(found['claims']):,} claims and {len(found['figures']):,} figures found, "
          + ", ".join(f"{step} {took:.1f} s" for step, took in steps.items()), flush=True)
    return steps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=FEW)
    parser.add_argument("--many", type=int, default=MANY)
    options = parser.parse_args()
    seconds(100)  # models are loaded
    few, many = seconds(options.few), seconds(options.many)
    for step in few:
        print(f"{step}: {many[step] / few[step]:.1f} times as long")
    ratio = sum(many.values()) / sum(few.values())
    print(f"all: {ratio:.1f} times as long for {options.many / options.few:g} times as many claims")
    raise SystemExit(ratio > MOST * options.many / options.few / (MANY / FEW))


if __name__ == "__main__":
    main()
