"""Read a folder of articles; find their headlines; strip page furniture and say what was stripped."""

from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]


@dataclass(frozen=True)
class Removal:
    """A stretch of page furniture left out: characters `start` to `end` of the raw text, and the rule that saw it."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class Article:
    """One article. Every offset in On Record counts Unicode code points of `text`, half-open.

    `reading` is what is analysed: as long as `text`, with furniture, control characters and lone surrogates
    replaced one for one, so that an offset into it is an offset into `text`. What is not known is None.
    """

    article_id: str
    path: str
    sha256: str
    text: str
    reading: str
    title: Span | None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    removed: tuple[Removal, ...] = ()
    duplicate_of: str | None = None


@dataclass(frozen=True)
class LeftOut:
    """A file of the corpus that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class Corpus:
    """A folder of articles, in the order of their paths, and the files that were left out."""

    name: str
    folder: Path
    articles: tuple[Article, ...]
    left_out: tuple[LeftOut, ...]
