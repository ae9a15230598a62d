"""Invented articles, as many as are wanted, and what is to be found in each, so that none needs a model: ten on an event, with four figures."""

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from analysis import extract, tabulate
from analysis.corpus import Corpus, article_from_text
from analysis.report import make_report
from analysis.sources import Asserter
from analysis.types import Claim, Extraction, Figure

OF_ONE_EVENT = 10
SOUNDS = ("ba", "dor", "el", "fen", "gri", "hal", "is", "kor", "lan", "mer", "nov", "or", "pel", "rus", "sa", "tam", "ul",
          "ven", "wol", "zi")
WHO = ("The mayor", "Police", "The fire brigade", "The hospital")


def words(chance: random.Random, number: int) -> list[str]:
    """Made-up words."""
    return ["".join(chance.choices(SOUNDS, k=3)) for _ in range(number)]


def extraction_of(number: int, more: int = 0) -> Extraction:
    """An article, and what is found in it: two claims and `more`, of persons who speak of its event."""
    event, own = number // OF_ONE_EVENT, random.Random(number)
    shared = words(random.Random(f"event {event}"), 40)
    place, killed, hurt = shared[0].capitalize(), 10 + event % 50 + own.choice((0, 0, 3)), 100 + event % 70
    who = own.choice(WHO)
    said = [f"{killed} people were killed in {place}", f"{hurt} people were injured there"]
    filler = " ".join(own.sample(shared, 30) + words(own, 60))
    people = [f"{first.capitalize()} {last.capitalize()}" for first, last in zip(shared[2:12:2], shared[3:13:2])]
    told = [(own.choice(people), " ".join(words(own, 12))) for _ in range(more)]
    text = (f"Fire in {place} kills {killed}\n\n{who} said that {said[0]}. {who} added that {said[1]}.\n\n{filler.capitalize()}.\n\n"
            + "".join(f"{person} warned that {what}.\n\n" for person, what in told) +
            f"The fire burned for {event % 9 + 2} hours and destroyed {event % 40 + 5} {shared[1]}s.\n")
    day = date(2030, 1, 1) + timedelta(event // 4)
    article = article_from_text(f"a{number}", text, outlet=f"Paper {number % 25}", published=day.isoformat(),
                                title=text.partition("\n")[0])
    spoken = [(who, "said", said[0]), (who, "added", said[1]), *((person, "warned", what) for person, what in told)]
    claims, names = [_claim(text, *each) for each in spoken], [name for name, _, _ in spoken]
    figures = [_figure(text, f"{killed} people", "count", "people", "killed", 0),
               _figure(text, f"{hurt} people", "count", "people", "injured", 1),
               _figure(text, f"{event % 9 + 2} hours", "duration", "hour", None, None),
               _figure(text, f"{event % 40 + 5} {shared[1]}s", "count", shared[1], "destroyed", None)]
    starts = [0, *(place + 2 for place in range(len(text) - 2) if text[place : place + 2] in (". ", ".\n"))]
    sentences = [(start, text.find(".", start) + 1 or len(text)) for start in starts]
    asserters = [Asserter(list(claim.source), name, "person", "", names.index(name)) for claim, name in zip(claims, names)]
    return Extraction(article, claims, figures, asserters, sentences)


def corpus_of(articles: int, more: int = 0) -> tuple[Corpus, dict[str, pd.DataFrame]]:
    """So many of them, with `more` claims each, as a corpus, and its tables before they are compared."""
    extractions = [extraction_of(number, more) for number in range(articles)]
    corpus = Corpus("made-up", Path("nowhere"), tuple(each.article for each in extractions), ())
    return corpus, tabulate.build(corpus, extractions)


def _claim(text: str, who: str, cue: str, content: str) -> Claim:
    start = text.index(f"{who} {cue} that {content}")
    inside = start + len(f"{who} {cue} that ")
    return Claim([(start, start + len(who))], [(start + len(who) + 1, start + len(who) + 1 + len(cue))],
                 [(inside, inside + len(content))],
                 "indirect", "says", False, None, "made", 1.0)


def _figure(text: str, words: str, kind: str, unit: str, measure: str | None, claim: int | None) -> Figure:
    start = text.index(words)
    value, _, noun = words.partition(" ")
    counted = [(start + len(value) + 1, start + len(words))]
    return Figure((start, start + len(value)), float(value), None, None, "=", kind, unit, noun, counted, measure,
                  None, None, claim)


def make_large_report(folder: Path, articles: int, claims: int) -> Path:
    """Make a report on so many articles with so many claims each; they lie in `folder`. Return the report's folder."""
    found = {f"a{number}": extraction_of(number, claims - 2) for number in range(articles)}
    lines = [{"id": name, **{key: getattr(each.article, key) for key in ("text", "outlet", "published")}}
             for name, each in found.items()]
    (folder / "articles").mkdir()
    (folder / "articles" / "all.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extract, "extract",
                      lambda read, *_, **__: (replace(found[article.article_id], article=article) for article in read))
        return make_report(folder / "articles", folder / "report", quiet=True).page.parent
