"""What stands between a format and an article: a file's bytes in, the articles that the format holds out."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from analysis.corpus.decoding import Decoded, decoded

FACTS = ("title", "outlet", "author", "published", "url", "language", "event", "archive_url", "captured")
DAYS = ("published", "captured")  # those that are a day, or a day and time


@dataclass(frozen=True)
class File:
    """A file of a corpus: its `name` there, its bytes, and the columns that the corpus's own settings name (see sidecars.py)."""

    name: str
    data: bytes
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def suffix(self) -> str:
        """The ending of its name in small letters, with the dot and without a .gz behind it; "" where there is none."""
        last = self.name.rsplit("/", 1)[-1].lower().removesuffix(".gz")
        return f".{last.rsplit('.', 1)[1]}" if "." in last.strip(".") else ""

    @cached_property
    def decoded(self) -> Decoded:
        """Its text and the character set; ValueError where it is no text."""
        return decoded(self.data)


@dataclass(frozen=True)
class Found:
    """An article as its format holds it.

    `facts` are those of FACTS that the format tells. `by_page` says that a web page or a program tells them, of which many
    are wrong, so that what the user gives goes before. `number` is that of the article in its file, by `unit` ("line",
    "row", "document"); None where the file is one article.
    """

    text: str
    facts: dict[str, str] = field(default_factory=dict)
    article_id: str | None = None
    number: int | None = None
    unit: str = "document"
    by_page: bool = False
    encoding: str | None = None


@dataclass(frozen=True)
class Unread:
    """A file, or one of the articles in it, that cannot be read, and why."""

    reason: str
    number: int | None = None
    unit: str = "document"

    @property
    def told(self) -> str:
        """The reason, with where in the file."""
        return self.reason if self.number is None else f"{self.unit} {self.number}: {self.reason}"


def known(**facts: object) -> dict[str, str]:
    """The facts that are told: what is text, on one line, and is not empty; an author without "By"."""
    if isinstance(facts.get("author"), str):
        facts["author"] = re.sub(r"^\s*by\b:?\s*", "", facts["author"], flags=re.I)
    return {name: " ".join(value.split()) for name, value in facts.items() if isinstance(value, str) and value.strip()}
