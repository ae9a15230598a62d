"""What an article is."""

import re
from dataclasses import dataclass

Span = tuple[int, int]
# What neither an id nor a file's name may hold: control characters, ends of lines, and halves of characters.
UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True)
class Removal:
    """A stretch of page furniture left out: characters `start` to `end` of the raw text, and the rule that saw it."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class LeftOut:
    """A file of the corpus, or a part of it, that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class Article:
    """One article. Every offset in On Record counts Unicode code points of `text`, half-open.

    `reading` is what is analysed: as long as `text`, with furniture, control characters and lone surrogates
    replaced one for one, so that an offset into it is an offset into `text`. `title` is where the headline stands
    in the text, `given_title` the headline that the corpus's metadata gives, `event`
    the name under which it puts the article with others about the same event, `line` that of a file with an article a
    line. What is not known is None.
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
    given_title: str | None = None
    event: str | None = None
    line: int | None = None

    @property
    def place(self) -> str:
        """Where it stands, in words: its path, and the line."""
        return self.path if self.line is None else f"{self.path}, line {self.line}"

    def left_out(self, reason: str) -> LeftOut:
        """This article as one that is left out."""
        return LeftOut(self.path, reason if self.line is None else f"line {self.line}: {reason}")
