"""What size costs: `python -m tests.benchmarks.scale`, with `--full` for 100,000 articles (hours), or `--stored` for
as many with what is found in them made up (minutes), which tells what the store and the way through the program cost beside the models.

Invented articles go from a generator through `analysis.extract.extract`, each run in a process of its own. Printed are, as medians:
how much faster all cores are than one (processor time that others take counts against it, so also how much of a core each run had);
the peak of memory for ten times as many articles, its processes together; and what one new article costs where the store has the others,
beside the first run. At the end: core-hours and storage for a million and a billion articles.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from analysis import manifests
from analysis.workers import cores

WHO = ("The mayor of Orvel", "Ann Tolle", "Police", "The Vellin Observatory", "Colonel Rask", "Tolva Radio",
       "A spokesman for the ministry")
SAYS = ("said", "told reporters", "claimed", "warned", "denied")
SENTENCES = 20
RUN = """
import json, resource, sys, time
from analysis.extract import extract
from analysis import reader
from analysis.store import opened
from tests.benchmarks.scale import articles, made_up
number, first, jobs, store, stored = json.loads(sys.argv[1])
reader.read = made_up if stored else reader.read
kept, began, words = opened(store), time.perf_counter(), 0
for found in extract(articles(number, first), jobs=jobs, store=kept):
    words += found.article.text.count(" ")
took = time.perf_counter() - began
own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
used = sum(usage.ru_utime + usage.ru_stime for usage in (own, others))
print(json.dumps({"seconds": took, "words": words, "used": used, "megabytes": (own.ru_maxrss + jobs * others.ru_maxrss * (jobs > 1)) / 1024}))
"""


def articles(number, first=0):
    """So many invented articles of some 300 words, one by one, from number `first` on; each is another."""
    from analysis.corpus import article_from_text

    for place in range(first, first + number):
        yield article_from_text(f"a{place}", text_of(place), published="2024-03-01")


def text_of(place):
    """The text of one of them."""
    said = [f"{WHO[(place + line) % 7]} {SAYS[(place * line) % 5]} on Monday that {place + line + 2} people were hurt at the market in Orvel, "
            f"and that house number {line} was on fire." for line in range(SENTENCES)]
    return f"Fires in Orvel, Day {place}\n\n" + "\n\n".join(" ".join(said[start:start + 4]) for start in range(0, SENTENCES, 4)) + "\n"


def made_up(article):
    """What stands in for the models: a claim and a figure for each sentence."""
    from analysis.types import Claim, Extraction, Figure

    sentences = [found.span() for found in re.finditer(r"[^.\n]+ on Monday[^.]+\.", article.text)]
    claims = [Claim([(start, start + 6)], [(start + 7, start + 11)], [(start + 12, end - 1)], "indirect", "says", False, None,
                    "made up", 1.0)
              for start, end in sentences]
    figures = [Figure((start, start + 2), 12.0, None, None, "=", "count", "people", "people", [(start + 3, start + 9)],
                      "injured", claim=number)
               for number, (start, _) in enumerate(sentences)]
    return Extraction(article, claims, figures, [None] * len(claims), sentences)


def run(number, jobs, store="", first=0, stored=False):
    """Read so many articles in a process of its own; dict of what it took."""
    asked = json.dumps([number, first, jobs, str(store), stored])
    done = subprocess.run([sys.executable, "-c", RUN, asked], cwd=manifests.ROOT, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def stored(few, many):
    """Print what memory and time the store and the way through the program take, for few articles and for many, on one core."""
    with tempfile.TemporaryDirectory() as folder:
        for number in (few, many):
            first, again = (run(more, 1, f"{folder}/{number}", stored=True) for more in (number, number + 1))
            print(f"{number:,} articles: kept with {first['megabytes']:,.0f} MB and {1000 * first['used'] / number:.2f} ms of a core each; "
                  f"taken from the store, and one new, with {again['megabytes']:,.0f} MB and {1000 * again['used'] / number:.2f} ms each", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--full", action="store_true", help="memory and the store with 10,000 and 100,000 articles")
    parser.add_argument("--stored", action="store_true",
                        help="memory and the store with 10,000 and 100,000 articles, without the models")
    options = parser.parse_args()
    if options.stored:
        stored(25 * options.articles, 250 * options.articles)
        return
    number, jobs = options.articles, cores()
    pairs = [(run(number, 1), run(number, jobs)) for _ in range(options.runs)]
    ratio = statistics.median(one["seconds"] / more["seconds"] for one, more in pairs)
    had = [statistics.median(each["used"] / each["seconds"] for each in runs) for runs in zip(*pairs)]
    print(f"{jobs} processes are {ratio:.2f} times as fast as one ({had[1]:.2f} of {jobs} cores were theirs, {had[0]:.2f} of one the other's)", flush=True)
    few, many = (10_000, 100_000) if options.full else (number, 10 * number)
    with tempfile.TemporaryDirectory() as folder:
        small, large = run(few, jobs), run(many, jobs, folder)
        print(f"{few:,} articles: {small['megabytes']:,.0f} MB; {many:,}: {large['megabytes']:,.0f} MB, "
              f"{large['megabytes'] / small['megabytes']:.2f} times as much", flush=True)
        again = run(many + 1, jobs, folder)
        print(f"one new article among {many:,}: {again['seconds']:.1f} s, {again['seconds'] / large['seconds']:.2%} of the first run's {large['seconds']:,.0f} s")
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    hours, kilobytes = large["used"] / many / 3600, size / many / 1024
    for count, words in ((10**6, "a million"), (10**9, "a billion")):
        print(f"{words} articles of {large['words'] / many:,.0f} words: {count * hours:,.0f} core-hours, {count * kilobytes / 1024**2:,.1f} GB in the store")


if __name__ == "__main__":
    main()
