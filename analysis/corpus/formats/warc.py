"""Crawls: the pages in a WARC file."""

import io
from collections.abc import Iterator
from contextlib import redirect_stderr

from analysis.corpus.days import iso
from analysis.corpus.decoding import decoded
from analysis.corpus.formats.pages import archived, page_article
from analysis.corpus.found import File, Found, Unread, known

LARGEST_RECORD = 50_000_000  # bytes


def read_warc(file: File) -> Iterator[Found | Unread]:
    """An article a page that was answered with success; records are counted from 1, and those of pictures and requests passed over."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number, before = 0, 0
    try:
        records = ArchiveIterator(io.BytesIO(file.data))
        while record := _next(records):
            number += 1
            if found := _article(record, number):
                before += 1
                yield found
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, KeyError, AttributeError, UnicodeError) as error:
        yield Unread(f"it cannot be read from there on ({' '.join(str(error).split())[:100] or type(error).__name__})",
                     number + 1, "record")
        return
    if not before:
        raise ValueError("it holds no page")


def _next(records):
    """The next record, or None; what warcio prints of a damaged one is told with the record that cannot be read."""
    with redirect_stderr(io.StringIO()):
        return next(records, None)


def _article(record, number: int) -> Found | Unread | None:
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    kind = _kind(record)
    if record.rec_type not in ("response", "resource", "conversion") or "html" not in kind and kind != "text/plain":
        return None
    if status != "200":
        return Unread(f"the page was answered with {status[:20]}, not with 200", number, "record")
    data = record.content_stream().read(LARGEST_RECORD + 1)
    if len(data) > LARGEST_RECORD:
        return Unread(f"its page is larger than {LARGEST_RECORD >> 20:,} MB", number, "record")
    try:
        text, encoding = decoded(data, _charset(record))
        url = record.rec_headers.get_header("WARC-Target-URI")
        captured = record.rec_headers.get_header("WARC-Date")
        if kind == "text/plain":
            return Found(text, known(url=url, captured=iso(captured)) | archived(url), number=number, unit="record", by_page=True,
                         encoding=encoding)
        return page_article(text, encoding, url, number, captured=captured)
    except ValueError as error:
        return Unread(str(error), number, "record")


def _kind(record) -> str:
    headers = record.http_headers or record.rec_headers
    return (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()


def _charset(record) -> str | None:
    headers = record.http_headers or record.rec_headers
    return (headers.get_header("Content-Type") or "").partition("charset=")[2].strip(" \"'").partition(";")[0] or None
