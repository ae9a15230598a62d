"""Which column of a table, or field of a record, holds what of an article."""

from collections.abc import Mapping

from analysis.corpus.days import as_days
from analysis.corpus.found import FACTS, Found, Unread

# What is asked for, and the columns that hold it where the corpus's settings name none; the first that is there is taken.
ASKED = {
    "id": ("id", "doc_id", "article_id", "articleid", "guid", "uuid", "story_id", "stories_id"),
    "text": ("text", "body", "content", "article", "articlebody", "article_text", "fulltext", "full_text", "full text", "story",
             "maintext", "content_text"),
    "title": ("title", "headline", "heading", "hed", "article_title"),
    "outlet": ("outlet", "source", "publication", "newspaper", "publisher", "media_name", "source_name", "media",
               "site", "domain"),
    "author": ("author", "authors", "byline", "creator", "by"),
    "published": ("published", "date", "published_at", "publish_date", "publication_date", "pubdate", "date_published",
                  "publishedat", "datetime", "timestamp"),
    "url": ("url", "link", "permalink", "uri", "href"),
    "language": ("language", "lang"),
    "event": ("event",),
    "archive_url": ("archive_url", "archived_url", "memento", "archive"),
    "captured": ("captured", "capture_time", "archived_at", "crawl_date", "retrieved", "accessed"),
}


def columns_of(names: list[str], given: Mapping[str, str]) -> dict[str, str]:
    """The column for each thing asked for that has one; those that the user has `given` go first.

    Raises ValueError, with the mend, where no column holds texts, or one that is given is not there.
    """
    if missing := next((column for column in given.values() if column not in names), None):
        raise ValueError(f"it has no column {missing!r}, which corpus.toml names; its columns are {', '.join(names[:20])[:300]}")
    by_word = {name.strip().lower(): name for name in reversed(names)}
    found = {asked: next((by_word[word] for word in words if word in by_word), "") for asked, words in ASKED.items()}
    columns = {asked: column for asked, column in {**found, **given}.items() if column}
    if "text" not in columns:
        raise ValueError(f"none of its columns ({', '.join(names[:20])[:300]}) is known to hold the texts; "
                         'name it in corpus.toml, under [columns], as text = "..."')
    return columns


def article_of(row: Mapping[str, object], columns: Mapping[str, str], number: int, unit: str, encoding: str | None) -> Found | Unread:
    """The article in one row."""
    cells = {asked: row.get(column) for asked, column in columns.items()}
    text = cells["text"]
    if not isinstance(text, str):
        return Unread("it holds no text" if text is None else "its text is no text", number, unit)
    facts = {name: told for name in FACTS if (told := _words(cells.get(name)))}
    return Found(text, as_days(facts), _words(cells.get("id")) or None, number, unit, encoding=encoding)


def _words(cell: object) -> str:
    """A cell's words: "" for nothing, a number without its point where it is whole, a time as ISO has it, a list's parts."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, list | tuple):
        return ", ".join(filter(None, map(_words, cell)))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if hasattr(cell, "isoformat") else "" if isinstance(cell, dict) else " ".join(str(cell).split())
