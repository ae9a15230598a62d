"""Figures: the numbers of an article, what each counts, and who asserts it."""

from spacy.tokens import Doc

from analysis.corpus import Article, Span
from analysis.figures.amounts import find_amounts
from analysis.figures.asserters import Voices
from analysis.figures.comparators import comparator_of
from analysis.figures.counted import count_of, restate
from analysis.figures.grammar import Grammar
from analysis.figures.numbers import Vague, load_vague
from analysis.figures.ranges import join_ranges, split_changes
from analysis.figures.standing import background_of, link_parts
from analysis.figures.units import normalise
from analysis.types import Amount, Claim, Counted, Figure

__all__ = ["Figure", "find_figures", "load_vague", "normalise"]


def find_figures(article: Article, doc: Doc, claims: list[Claim], vague: Vague | None = None) -> list[Figure]:
    """The figures of an article, in text order, none overlapping another.

    `doc` is the parse of article.reading. `claims` decide who asserts a figure that stands in one, and nothing else; `vague` says what
    "dozens" means (default: words/vague.toml). Costs about 0.02 ms a word of news.
    """
    text = article.reading
    grammar = Grammar(doc)
    voices = Voices(claims)
    mentions = join_ranges(text, find_amounts(text, grammar, vague))
    counts = [count_of(grammar, mention) for mention in mentions]
    mentions, counts = split_changes(text, mentions, counts)
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


def _figure(text: str, grammar: Grammar, mention: Amount, count: Counted, voices: Voices, year: int | None) -> Figure:
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
        kind=mention.kind,
        unit=mention.unit or count.unit,
        counted=" ".join(text[start:end] for start, end in spans),
        counted_spans=spans,
        measure=count.measure,
        background=mention.earlier or background_of(text, mention.start, mention.end, sentence, year),
        claim=voices.asserter((mention.start, mention.end)),
        confidence=mention.chance,
    )


def _run_together(text: str, spans: list[Span]) -> list[Span]:
    """Spans in text order, those with one space between them made one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and text[joined[-1][1] : start] == " ":
            start = joined.pop()[0]
        joined.append((start, end))
    return joined
