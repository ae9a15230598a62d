"""The table of formats: by what bytes each is known, and the function that reads it.

To read another format, write its function in a module here and add its line. A function takes a `File` and yields `Found` articles, and
`Unread` for what cannot be read; a ValueError of it is the reason why the rest of the file is left out. The first line that
fits wins: content goes before the name, and the names decide where content leaves it open.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

from analysis.corpus.decoding import decoded
from analysis.corpus.found import File, Found, Unread

WIDE = (b"\xff\xfe", b"\xfe\xff")  # the marks of UTF-16 and UTF-32
HEAD = 8_192  # bytes in which a format shows itself
XML = rb"\A\s*(?:<\?xml[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*"  # what may stand before the first element


class Format(NamedTuple):
    """A format: its name, a pattern of its first 8,192 bytes (in UTF-8), its reader (module and function), and the endings of its files."""

    name: str
    shown_by: bytes | None
    reader: str
    endings: tuple[str, ...] = ()

    def read(self, file: File) -> Iterator[Found | Unread]:
        """What a file of this format holds. Its module, and the library that it needs, are loaded when they are first used."""
        module, _, function = self.reader.partition(".")
        return getattr(import_module(f"{__name__}.{module}"), function)(file)


FORMATS = (
    Format("PDF", rb"\A.{0,1000}%PDF-", "pdf.read_pdf", (".pdf",)),
    Format("Parquet", rb"\APAR1", "parquet.read_parquet", (".parquet",)),
    Format("Word", rb"\APK\x03\x04.{26}(?:\[Content_Types\]\.xml|word/|_rels/|docProps/)", "word.read_word", (".docx",)),
    Format("WARC", rb"\AWARC/\d", "warc.read_warc", (".warc", ".wet")),
    Format("RTF", rb"\A\s*\{\\rtf", "word.read_rich_text", (".rtf",)),
    Format("Factiva XML", XML + rb"(?:<\w+[^>]*>\s*)?<(?:PPSResponse|ppsArticleResponse|ppsarticleResultSet|ppsarticle)\b",
           "factiva.read_factiva_xml"),
    Format("RSS or Atom", XML + rb"<(?:\w+:)?(?:rss|feed|rdf)\b", "feeds.read_feed", (".rss", ".atom")),
    Format("NewsML", XML + rb"<(?:\w+:)?(?:newsItem|newsMessage|packageItem|NewsML|nitf)\b", "newsml.read_newsml"),
    Format("Factiva HTML", rb"\A\s*<.*<title>Factiva</title>|\A\s*<.*<div class=\"article [a-z]{2}Article\">",
           "factiva.read_factiva_html"),
    Format("HTML", XML + rb"<(?:!doctype html|html|head|body|meta)\b", "pages.read_page", (".html", ".htm", ".xhtml")),
    Format("saved page", rb"\A(?:[\w-]+:[^\n]*\n|[ \t][^\n]*\n){0,30}?Content-Type:\s*multipart/related",
           "pages.read_archived_page", (".mht", ".mhtml")),
    Format("JSON Lines", None, "json_records.read_json_lines", (".jsonl", ".ndjson")),
    Format("Media Cloud", rb'\A\s*\{\s*"\d+"\s*:\s*\[\s*\{[^{}]*"sentence"\s*:', "mediacloud.read_sentences"),
    Format("ninjs", rb'\A\s*(?:\[\s*)?\{.*"(?:bodies|headlines|descriptions|body_text|body_x?html)"\s*:', "ninjs.read_ninjs"),
    Format("JSON Lines", rb"\A\s*\{[^\n]*\}\s*\n\s*\{", "json_records.read_json_lines"),
    Format("JSON", rb'\A\s*(?:\[\s*)?\{\s*"', "json_records.read_json", (".json",)),
    Format("table", rb'\A"?[\w ]*"?(?:[,;\t]"?[\w ]+"?)*?[,;\t]"?(?:text|body|content|full[ _]?text)"?\s*[,;\t\r\n]',
           "spreadsheets.read_table",
           (".csv", ".tsv", ".tab")),
    Format("Nexis text", rb"\n\s*\d+ of [\d,]+ DOCUMENTS\s*\n|(?:^|\n)Length:\s*[\d,]+ words\s*\n", "nexis.read_nexis"),
    Format("Markdown", rb"\A(?:---|\+\+\+)\s*\n", "texts.read_markdown", (".md", ".markdown")),
    Format("text", None, "texts.read_text", (".txt", ".text")),
)
ENDINGS = tuple(dict.fromkeys(ending for format in FORMATS for ending in format.endings))


def format_of(file: File) -> Format | None:
    """The format of a file, by its first bytes and its ending; None where it is none that On Record reads."""
    head = _head(file.data[:HEAD])
    named = [format for format in FORMATS if file.suffix in format.endings]
    return next((format for format in FORMATS if _shows(format, head, format in named)), named[0] if named else None)


def _shows(format: Format, head: bytes, is_named: bool) -> bool:
    """Whether a file is of a format: by its first bytes, or, where that format has no mark, by its ending."""
    return is_named if format.shown_by is None else re.search(format.shown_by, head, re.DOTALL | re.IGNORECASE) is not None


def _head(data: bytes) -> bytes:
    """The beginning of a file, a text in UTF-16 or UTF-32 in UTF-8, without its mark."""
    if not data.startswith(WIDE) and data[:200].count(0) < 40:
        return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    try:
        return decoded(data).text.replace("\r\n", "\n").encode("utf-8", "replace")
    except ValueError:
        return data
