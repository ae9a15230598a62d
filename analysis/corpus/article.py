"""What an article is."""

from dataclasses import dataclass

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
    replaced one for one, so that an offset into it is an offset into `text`. `title` is where the headline stands
    in the text, `given_title` the headline that the corpus's metadata gives, `event`
    the name under which it puts the article with others about the same event. What is not known is None.
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
