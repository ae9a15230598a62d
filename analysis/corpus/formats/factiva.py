"""Downloads from Factiva, as HTML and as XML."""

import re
from collections.abc import Iterator

from lxml import etree

from analysis.corpus.days import iso
from analysis.corpus.formats.markup import first, local, named, parsed_html, parsed_xml, paragraphs, words_of
from analysis.corpus.found import File, Found, Unread, known

CODES = {"HD": "title", "SN": "outlet", "BY": "author", "PD": "published", "ET": "time", "LA": "language"}
INDENTED = re.compile(r"\n(?=[ \t]{3,}\S)|\n\s*\n")  # how a paragraph begins in running text


def read_factiva_html(file: File) -> Iterator[Found | Unread]:
    """An article a table of codes: HD is its title, SN its outlet, PD its day, LP and TD its text."""
    root = parsed_html(file.decoded.text)
    articles = [node for node in root.iter("div") if re.fullmatch(r"article( \w+Article)?", node.get("class") or "")]
    if not articles:
        raise ValueError("it is a page of Factiva without an article")
    for number, node in enumerate(articles, 1):
        yield _from_codes(node, number, file.decoded.encoding)


def read_factiva_xml(file: File) -> Iterator[Found | Unread]:
    """An article an `article` element."""
    articles = list(named(parsed_xml(file.data), "article"))
    if not articles:
        raise ValueError("it is a download of Factiva without an article")
    for number, node in enumerate(articles, 1):
        yield _from_elements(node, number)


def _from_codes(node: etree._Element, number: int, encoding: str) -> Found | Unread:
    cells = {words_of(row[0]): row[1] for row in node.iter("tr") if len(row) > 1}
    text = "\n\n".join(filter(None, (_paragraphs(cells[code]) for code in ("LP", "TD") if code in cells)))
    if not text:
        return Unread("it holds no text", number, "document")
    told = {name: words_of(cells.get(code)) for code, name in CODES.items()}
    day, time = iso(told.pop("published")), re.fullmatch(r"\d\d:\d\d", told.pop("time"))
    moment = f"{day}T{time[0]}" if day and time and "T" not in day else day
    return Found(text, known(**told, published=moment), number=number, encoding=encoding)


def _paragraphs(cell: etree._Element) -> str:
    written = [node for node in cell.iter("p")] or [cell]
    return paragraphs(map(words_of, written))


def _from_elements(node: etree._Element, number: int) -> Found | Unread:
    parts = [part for part in node if local(part) in ("leadparagraph", "tailparagraphs")]
    text = "\n\n".join(filter(None, map(_part, parts)))
    if not text:
        return Unread("it holds no text", number, "document")
    day = first(node, "publicationDate")
    return Found(text, known(
        title=words_of(first(node, "headline")), outlet=words_of(first(node, "sourceName", "publisherName")),
        author=words_of(first(node, "byline", "author")),
        published=iso(words_of(None if day is None else first(day, "dateTime", "date"))),
        language=words_of(first(node, "baseLanguage")),
    ), number=number)


def _part(part: etree._Element) -> str:
    written = [child for child in part if local(child) == "paragraph"]
    return paragraphs(map(words_of, written)) if written else paragraphs(INDENTED.split("".join(part.itertext())))
