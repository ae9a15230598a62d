"""Whether comparing takes time in proportion to the articles: `python -m tests.benchmarks.comparison`.

1,000 and 4,000 invented articles, ten on an event, four figures and two claims each, are compared, in one process on one core; what
they say is not extracted but made with them. Printed are the seconds of processor time and how many times as long the more take.
That should be less than 8: a fixed share of the time, to find which articles are of one event, grows with their square.
"""

import argparse
import os
import random
import time
from datetime import date, timedelta
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

from analysis import tables  # noqa: E402
from analysis.compare.build import compare  # noqa: E402
from analysis.corpus import Corpus, article_from_text  # noqa: E402
from analysis.sources import Asserter  # noqa: E402
from analysis.types import Claim, Extraction, Figure  # noqa: E402

FEW, MANY, MOST = 1_000, 4_000, 8
OF_ONE_EVENT = 10
SOUNDS = ("ba", "dor", "el", "fen", "gri", "hal", "is", "kor", "lan", "mer", "nov", "or", "pel", "rus", "sa", "tam", "ul", "ven", "wol", "zi")
WHO = ("The mayor", "Police", "The fire brigade", "The hospital")


def words(chance: random.Random, number: int) -> list[str]:
    """Made-up words."""
    return ["".join(chance.choices(SOUNDS, k=3)) for _ in range(number)]


def extraction_of(number: int) -> Extraction:
    """An article, and what is found in it."""
    event, own = number // OF_ONE_EVENT, random.Random(number)
    shared = words(random.Random(f"event {event}"), 40)
    place, killed, hurt = shared[0].capitalize(), 10 + event % 50 + own.choice((0, 0, 3)), 100 + event % 70
    who = own.choice(WHO)
    said = [f"{killed} people were killed in {place}", f"{hurt} people were injured there"]
    filler = " ".join(own.sample(shared, 30) + words(own, 60))
    text = (f"Fire in {place} kills {killed}\n\n{who} said that {said[0]}. {who} added that {said[1]}.\n\n{filler.capitalize()}.\n\n"
            f"The fire burned for {event % 9 + 2} hours and destroyed {event % 40 + 5} {shared[1]}s.\n")
    day = date(2030, 1, 1) + timedelta(event // 4)
    article = article_from_text(f"a{number}", text, outlet=f"Paper {number % 25}", published=day.isoformat(), title=text.partition("\n")[0])
    claims = [_claim(text, who, cue, content) for cue, content in zip(("said", "added"), said)]
    figures = [_figure(text, f"{killed} people", "count", "people", "killed", 0), _figure(text, f"{hurt} people", "count", "people", "injured", 1),
               _figure(text, f"{event % 9 + 2} hours", "duration", "hour", None, None),
               _figure(text, f"{event % 40 + 5} {shared[1]}s", "count", shared[1], "destroyed", None)]
    starts = [0, *(place + 2 for place in range(len(text) - 2) if text[place : place + 2] in (". ", ".\n"))]
    sentences = [(start, text.find(".", start) + 1 or len(text)) for start in starts]
    asserters = [Asserter([span for span in claim.source], who, "person", "", 0) for claim in claims]
    return Extraction(article, claims, figures, asserters, sentences)


def _claim(text: str, who: str, cue: str, content: str) -> Claim:
    start = text.index(f"{who} {cue} that {content}")
    inside = start + len(f"{who} {cue} that ")
    return Claim([(start, start + len(who))], [(start + len(who) + 1, start + len(who) + 1 + len(cue))], [(inside, inside + len(content))],
                 "indirect", "says", False, None, "made", 1.0)


def _figure(text: str, words: str, kind: str, unit: str, measure: str | None, claim: int | None) -> Figure:
    start = text.index(words)
    value, _, noun = words.partition(" ")
    counted = [(start + len(value) + 1, start + len(words))]
    return Figure((start, start + len(value)), float(value), None, None, "=", kind, unit, noun, counted, measure, None, None, claim)


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
