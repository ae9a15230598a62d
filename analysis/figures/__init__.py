"""Figures: the numbers of an article, what each counts, and who asserts it."""

from dataclasses import dataclass, field

from spacy.tokens import Doc

from analysis.claims import Claim
from analysis.corpus import Article, Span
from analysis.figures.asserters import Voices
from analysis.figures.background import background_of
from analysis.figures.comparators import comparator_of
from analysis.figures.counted import Counted, count_of, restate
from analysis.figures.grammar import Grammar
from analysis.figures.mentions import find_mentions
from analysis.figures.numbers import Vague, load_vague
from analysis.figures.parts import link_parts
from analysis.figures.ranges import Mention, join_ranges, lend_units
from analysis.figures.units import normalise

__all__ = ["Figure", "find_figures", "load_vague", "normalise"]


@dataclass
class Figure:
    """One number about the world; `span` is its place in the article's raw text.

    `value` is None for a range, `low` and `high` are None for a single value; of a change ("from 5% to 3%", kind
    "change") they are the first and the last, in that order. `unit` is the unit of measurement or the singular noun counted; `counted` holds
    the words that say more of what the number is of, and is empty where they would only repeat the unit. `claim` is the index, in the article's
    list of claims, of the innermost claim the number stands in; None is the outlet's own voice.
    """

    span: Span
    value: float | None
    low: float | None
    high: float | None
    comparator: str
    kind: str
    unit: str
    counted: str
    counted_spans: list[Span] = field(default_factory=list)
    measure: str | None = None
    part_of: int | None = None
    background: str | None = None
    claim: int | None = None


def find_figures(article: Article, doc: Doc, claims: list[Claim], vague: Vague | None = None) -> list[Figure]:
    """The figures of an article, in text order, none overlapping another.

    `doc` is the parse of article.reading. `claims` decide who asserts a figure and nothing else; `vague` says what
    "dozens" means (default: words/vague.toml). Costs about 0.02 ms a word of news.
    """
    text = article.reading
    grammar = Grammar(doc)
    voices = Voices(claims)
    mentions = join_ranges(text, find_mentions(text, grammar, vague))
    lend_units(text, mentions)
    counts = [count_of(grammar, mention) for mention in mentions]
    restate(text, mentions, counts)
    year = _year(article.published)
    figures: list[Figure] = []
    for mention, count in zip(mentions, counts):
        figures.append(_figure(text, grammar, mention, count, voices, year))
        if mention.restates is not None and figures[-1].comparator == "=":
            figures[-1].comparator = figures[mention.restates].comparator
    link_parts(text, figures)
    return figures


def _year(published: str | None) -> int | None:
    return int(published[:4]) if published and published[:4].isdecimal() else None


def _figure(text: str, grammar: Grammar, mention: Mention, count: Counted, voices: Voices, year: int | None) -> Figure:
    sentence = grammar.sentence_at(mention.start)
    spans = _run_together(text, count.spans)
    comparator = comparator_of(text, mention.start, mention.end, mention.kind)
    is_range = mention.low is not None
    if is_range and (comparator == "=" or mention.form == "vague" and comparator == "~"):
        comparator = "vague" if mention.form == "vague" else "range"
    return Figure(
        span=(mention.start, mention.end),
        value=mention.value,
        low=mention.low,
        high=mention.high,
        comparator=comparator,
        kind="change" if mention.form == "change" else mention.kind,
        unit=mention.unit or count.unit,
        counted=" ".join(text[start:end] for start, end in spans),
        counted_spans=spans,
        measure=count.measure,
        background=background_of(text, mention.start, mention.end, sentence, year),
        claim=voices.asserter((mention.start, mention.end)),
    )


def _run_together(text: str, spans: list[Span]) -> list[Span]:
    """Spans in text order, those with one space between them made one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and text[joined[-1][1] : start] == " ":
            start = joined.pop()[0]
        joined.append((start, end))
    return joined
