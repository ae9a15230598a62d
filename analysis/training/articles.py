"""Articles labelled whole: from gold rows to what the heads are taught of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy

from analysis import language
from analysis.claims.chains import as_text
from analysis.claims.windows import REPORTED
from analysis.corpus import Span, article_from_text
from analysis.figures.numbers import find_numbers
from analysis.training.examples import ROLES, Reading
from analysis.training.names import Question, questions

FEWEST_WORDS = 6  # of a content without claims inside to be taught as such


@dataclass
class Labelled:
    """One labelled article: its outermost claims over its text, its contents read by themselves, its numbers and its sources.

    `contents` tells of each whether it holds claims. `numbers` [n, 2] are characters; `kinds` [n, 3] (0 or 1) whether each is a
    figure, one that counts a part of another, one that tells of another time or event.
    """

    reading: Reading
    contents: list[tuple[Reading, bool]] = field(default_factory=list)
    numbers: numpy.ndarray = field(default_factory=lambda: numpy.zeros((0, 2), dtype=int))
    kinds: numpy.ndarray = field(default_factory=lambda: numpy.zeros((0, 3), dtype=numpy.float32))
    questions: list[Question] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(len(each.pieces) for each in self.reading.stretches)

    @property
    def words(self) -> numpy.ndarray:
        """Where its words stand, [words, 2]."""
        return numpy.array([span for each in self.reading.stretches for span in each.spans], dtype=int).reshape(-1, 2)


def labelled(rows: list[dict], tokenizer) -> Iterator[Labelled]:
    """Yield gold rows with what can be taught from each. Claims inside claims are taught where the row tells which they are."""
    articles = [article_from_text(str(row["id"]), row["text"]) for row in rows]
    for row, article, doc in zip(rows, articles, map(language.parse, articles)):
        within = {}
        for claim in row["claims"]:
            within.setdefault(claim.get("parent"), []).append(claim)
        told = any("parent" in claim for claim in row["claims"])
        inside = [(claim["content"], within.get(claim["id"], [])) for claim in row["claims"]] if told else []
        contents = [(Reading(content_row(article.reading, content, claims), tokenizer, REPORTED), bool(claims))
                    for content, claims in inside if claims or sum(row["text"][s:e].count(" ") for s, e in content) >= FEWEST_WORDS]
        numbers = [(number.start, number.end) for number in find_numbers(article.reading, None)]
        yield Labelled(Reading({"text": article.reading, "attributions": within.get(None, [])}, tokenizer), contents,
                       numpy.array(numbers, dtype=int).reshape(-1, 2), _kinds(numbers, row["figures"]), questions(row, article, doc))


def content_row(text: str, content: list[Span], within: list[dict]) -> dict:
    """The gold row of a content read by itself, as `chains` gives it to the tagger."""
    part = as_text(" ".join(text[start:end] for start, end in content))
    def moved(spans: list[Span]) -> list[Span]:
        found, at = [], 0
        for start, end in content:
            found += [(max(first, start) - start + at, min(last, end) - start + at) for first, last in spans if max(first, start) < min(last, end)]
            at += end - start + 1
        return found
    claims = [{role: moved(claim[role]) for role in ROLES} for claim in within]
    return {"text": part, "attributions": [claim for claim in claims if claim["cue"] and claim["content"]]}


def _kinds(numbers: list[Span], figures: list[dict]) -> numpy.ndarray:
    def kinds(start: int, end: int) -> list[bool]:
        figure = next((each for each in figures if each["span"][0] < end and start < each["span"][1]), None)
        return [figure is not None, bool(figure and figure.get("part_of")), bool(figure and figure.get("background"))]
    return numpy.array([kinds(*number) for number in numbers], dtype=numpy.float32).reshape(-1, 3)
