"""The rows that a comparison is made of: each step takes rows and returns rows, and no row is changed.

A row of a later step is one of an earlier step that knows more: `further(row, Later, ...)`.
"""

import json
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy
import pandas as pd

from analysis import tables
from analysis.compare.intervals import Interval, between
from analysis.compare.propositions import Proposition
from analysis.corpus import Span

Row = TypeVar("Row")
Later = TypeVar("Later")


@dataclass(frozen=True, kw_only=True)
class Dated:
    """An article, its text as it is read, where its headline stands, the day it is of, and what tells that ("dateline", "published")."""

    article_id: str
    text: str
    path: str = ""
    title: str = ""
    outlet: str | None = None
    event: str | None = None
    headline: Span | None = None
    day: str | None = None
    day_from: str | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """A row of the table `events`."""

    event_id: str
    name: str
    place: str
    first: str | None
    last: str | None
    articles: int
    outlets: int
    how: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """A row of the table `sources`, as far as the comparison needs it."""

    source_id: str
    name: str
    kind: str
    aliases: str
    description: str


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A row of the table `claims`."""

    claim_id: str
    article_id: str
    source_id: str | None
    source: str
    cue: str
    content: str
    stance: str
    negated: bool
    parent_id: str | None
    confidence: float
    source_spans: str
    cue_spans: str
    content_spans: str
    sentence_start: int
    sentence_end: int

    @property
    def length(self) -> int:
        """How many characters its content has."""
        return sum(end - start for start, end in json.loads(self.content_spans))


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A row of the table `figures`."""

    figure_id: str
    article_id: str
    claim_id: str | None
    source_id: str
    source: str
    text: str
    kind: str
    value: float | None
    low: float | None
    high: float | None
    comparator: str
    unit: str
    counted: str
    measure: str | None
    part_of: str | None
    background: str | None
    start: int
    end: int
    sentence_start: int
    sentence_end: int

    @property
    def number(self) -> tuple[float, ...]:
        """The number as its cells give it: the value, or the ends where there is none."""
        return tuple(end for end in (self.low, self.high) if end is not None) if self.value is None else (self.value,)


@dataclass(frozen=True, kw_only=True)
class CountedFigure(Figure):
    """A figure with what its article tells of it.

    `why` is why it is set aside, None while nothing speaks against it; `against` is what may make it no figure of the event itself.
    `clause` is where the words that belong to it stand, `words` are the telling ones among them; `opens`: whether it stands in the
    article's opening. `denying` is the claim that denies it.
    """

    article: Dated
    outlet_id: str
    outlet: str
    clause: Span
    opens: bool
    as_of: str | None
    as_of_from: str | None
    words: frozenset[str]
    quote: str
    against: str | None = None
    why: str | None = None
    denying: Claim | None = None

    @property
    def in_headline(self) -> bool:
        """Whether it stands in its article's headline."""
        return self.article.headline is not None and self.start < self.article.headline[1]


@dataclass(frozen=True, kw_only=True)
class OriginatedFigure(CountedFigure):
    """A figure with who said it first, how that is known, and the ids of who handed it on."""

    chain: tuple[str, ...]
    origin_id: str
    origin: str
    origin_how: str
    relays: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ComparedFigure:
    """A row of the table `compared`; `number` tells comparisons of one event apart that are called the same."""

    comparison_id: str
    figure_id: str
    article_id: str
    event_id: str
    outlet_id: str
    outlet: str
    origin_id: str
    origin: str
    origin_how: str
    relays: str
    own_voice: bool
    copy: bool
    what: str
    measure: str | None
    low: float | None
    high: float | None
    comparator: str
    reading: str
    as_of: str | None
    as_of_from: str | None
    sure: float
    quote: str
    number: int = 1

    @property
    def ends(self) -> Interval:
        return between(self.low, self.high)


@dataclass(frozen=True, kw_only=True)
class Origin(ComparedFigure):
    """What one origin says in a comparison: its latest reading, the rows that give it (`carrying`), and all of its rows."""

    carrying: tuple[ComparedFigure, ...]
    rows: tuple[ComparedFigure, ...]

    @property
    def ever(self) -> set[Interval]:
        """Every interval that it ever gave."""
        return {row.ends for row in self.rows}

    @property
    def how(self) -> str:
        """How its rows that give the latest reading are known to be its."""
        return "; ".join(dict.fromkeys(row.origin_how for row in self.carrying))


@dataclass(frozen=True, kw_only=True)
class AnsweringClaim(Claim):
    """A claim that says what the claim says whose words it denies, where it denies one: `denied_claim` is the id of that."""

    denied_claim: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class SaidClaim(AnsweringClaim):
    """A claim that says something by itself: what that is, who makes it and relays it, and how a model reads it (`vector`).

    `topic` are the words that its event is called by.
    """

    event_id: str
    outlet_id: str
    relays: str
    proposition: Proposition
    topic: frozenset[str]
    vector: numpy.ndarray


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupedClaim(SaidClaim):
    """A claim among those that say one thing: how alike it is to them, how it came there, and the name that a hand gave them."""

    score: float
    how: str
    named: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class StatedClaim(GroupedClaim):
    """A row of the table `statement_claims`: a claim on one side of a statement."""

    side: str
    statement: str
    statement_id: str


def read(table: pd.DataFrame, kind: type[Row]) -> list[Row]:
    """The rows of a table as rows of a kind; what is no column of it stays as it is unless told."""
    names = [field.name for field in fields(kind) if field.name in table.columns]
    return [kind(**row) for row in tables.rows(table[names])]


def further(row: object, kind: type[Later], **known) -> Later:
    """A row as one of a later step, which knows more."""
    return kind(**{**vars(row), **known})
