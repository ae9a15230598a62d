"""RSS and Atom feeds."""

import io
from collections.abc import Iterator

from analysis.corpus.days import iso
from analysis.corpus.formats.markup import plain
from analysis.corpus.found import File, Found, Unread, known


def read_feed(file: File) -> Iterator[Found | Unread]:
    """An article an entry: its full text where the feed has it, else its summary. The feed's title is the outlet."""
    import feedparser

    parsed = feedparser.parse(io.BytesIO(file.data), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries:
        raise ValueError("it is a feed without an entry that can be read")
    for number, entry in enumerate(parsed.entries, 1):
        yield _article(entry, parsed, number)


def _article(entry: dict, parsed: dict, number: int) -> Found | Unread:
    bodies = [*(content.get("value") for content in entry.get("content", ())), entry.get("summary")]
    text = max((plain(body) for body in bodies if body), key=len, default="")
    if not text:
        return Unread("it is an entry without a text", number, "entry")
    source = entry.get("source") or {}
    facts = known(
        title=plain(entry.get("title") or ""), outlet=source.get("title") or parsed.feed.get("title"), author=entry.get("author"),
        published=iso(entry.get("published")) or iso(entry.get("updated")), url=entry.get("link"),
        language=parsed.feed.get("language"),
    )
    return Found(text, facts, number=number, unit="entry", encoding=parsed.get("encoding"))
