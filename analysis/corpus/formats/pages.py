"""Web pages as saved: the article's own text and what the page says of itself."""

import email
import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from analysis.corpus.days import iso
from analysis.corpus.decoding import decoded
from analysis.corpus.formats.clearing import clear
from analysis.corpus.formats.markup import parsed_html, plain, text_of
from analysis.corpus.found import File, Found, Unread, known

DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
# As the Wayback Machine and other archives that speak Memento have it.
ARCHIVED = re.compile(r"https?://[^/\s]+/(?:[\w.-]{1,40}/){0,3}(\d{14})(?:[a-z]{2}_)?/(https?://\S+)")
# What a program that saved a page wrote into it: its address, and when it was saved.
SAVED = (
    re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>https?://\S+)\s+saved date:\s*(?P<day>[^\n(<>]{10,60})"),
    re.compile(r"__wm\.wombat\(\"(?P<url>https?://[^\"\s]+)\",\s*\"(?P<day>\d{14})\",\s*\"(?P<archive>https?://[^\"\s]+/)\""),  # the Wayback Machine
)
SAVED_IN = 100_000  # the characters of a page in which that stands
LARGEST = 20_000_000  # characters of a page
ABOVE = 3  # lines of a text among which its title may be
KICKER = 20  # characters, fewer than which may stand before a title on its line
ARTICLES = {"article", "newsarticle", "reportagenewsarticle", "blogposting", "liveblogposting", "analysisnewsarticle",
            "opinionnewsarticle"}
DAYS = ("article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
        "pubdate", "parsely-pub-date", "sailthru.date", "publish-date", "publication_date", "cxenseparse:recs:publishtime")
# What is no part of a running text, wherever a page puts it.
ASIDES = ("//aside", "//nav", "//footer", "//form", "//figcaption", "//button",
          "//*[@role='navigation' or @role='complementary' or @aria-hidden='true']")


def read_page(file: File) -> Iterator[Found | Unread]:
    """The one article of a page, by trafilatura; where that finds none, by the page's own data or its paragraphs.

    About 30 ms a page; the first costs a second more, for the import.
    """
    declared = DECLARED.search(file.data[:4_096])
    text, encoding = decoded(file.data, declared[1].decode("ascii") if declared else None)
    yield page_article(text, encoding)


def read_archived_page(file: File) -> Iterator[Found | Unread]:
    """The page in a browser's .mht archive."""
    message = email.message_from_bytes(file.data)
    part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if part is None:
        raise ValueError("it is a saved page without HTML in it")
    data = part.get_payload(decode=True) or b""
    text, encoding = decoded(data, part.get_content_charset())
    yield page_article(text, encoding, url=part.get("Content-Location") or message.get("Snapshot-Content-Location"),
                       captured=message.get("Date"))


def page_article(markup: str, encoding: str, url: str | None = None, number: int | None = None, captured: str | None = None) -> Found | Unread:
    """The article of a page in HTML, with what the page tells; `url` is where it was fetched from, `captured` when, where that is known."""
    if len(markup) > LARGEST:
        return Unread(f"its page of {len(markup):,} characters is longer than a page can be ({LARGEST:,})", number, "record")
    if not markup.strip():
        return Unread("it holds no text", number, "record")
    tree = parsed_html(markup)
    data = _own_data(tree)
    clear(tree)
    extracted = _extracted(tree)
    saved = _saved(markup)
    facts = saved | known(captured=iso(captured)) | _facts(tree, data, extracted, url or saved.get("url"))
    text = _without_title((extracted and extracted.text) or _without_aid(tree, data), facts.get("title", ""))
    if not text:
        return Unread("it is a page without an article's text", number, "record")
    return Found(text, facts, number=number, unit="record", by_page=True, encoding=encoding)


def _without_title(text: str, title: str) -> str:
    """A text without its title, where that is one of its first lines, and without what stands above it."""
    lines = text.split("\n")
    above = next((at for at, line in enumerate(lines[:ABOVE]) if _is_title(line.strip().casefold(), title.casefold())), -1)
    return "\n".join(lines[above + 1:]).lstrip("\n") or text


def _is_title(line: str, title: str) -> bool:
    """Whether a line is a title, maybe with a word or two before it, as "Review"."""
    return line == title or len(title) > KICKER > len(line) - len(title) and line.endswith(title)


def _extracted(tree: etree._Element):
    """What trafilatura makes of a page: a document with text and metadata; None where it finds no article."""
    import trafilatura

    try:
        return trafilatura.bare_extraction(
            tree, include_comments=False, include_tables=False, favor_precision=True, with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"})
    except Exception:  # whatever a page did to it, the page's own data may still be there
        return None


def _without_aid(tree: etree._Element, data: dict) -> str:
    """The text as the page's own data has it, else its paragraphs that are sentences."""
    body = data.get("articleBody")
    if isinstance(body, str) and body.strip():
        return plain(body) if re.search(r"</?\w+>", body) else body.strip()
    for node in (node for path in ASIDES for node in tree.xpath(path)):
        if node.getparent() is not None:
            node.drop_tree()
    lines = text_of(tree).split("\n\n")
    return "\n\n".join(line for line in lines if len(line) > 40 and re.search(r"[.!?][\"'”’)]*$", line))


def _facts(tree: etree._Element, data: dict, extracted, url: str | None) -> dict[str, str]:
    metas = _metas(tree)
    told = extracted and extracted.as_dict() or {}
    addresses = [found for each in (metas.get("og:url"), *tree.xpath("//link[@rel='canonical']/@href")[:1], url)
                 if (found := _address(each))]
    kept = next(filter(None, map(archived, addresses)), {})
    address = kept.get("url") or next(iter(addresses), None)
    days = [data.get("datePublished"), *(metas.get(name) for name in DAYS),
            *tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime"), told.get("date")]
    return known(
        title=_words(data.get("headline")) or metas.get("og:title") or told.get("title")
        or _words(next(iter(tree.xpath("//title/text()")), None)),
        outlet=_words(data.get("publisher")) or metas.get("og:site_name") or told.get("sitename") or _site(address),
        author=_words(data.get("author")) or told.get("author"),
        published=next(filter(None, (iso(day) for day in days if isinstance(day, str))), None),
        **kept | {"url": address}, language=next(iter(tree.xpath("/html/@lang")), None) or metas.get("og:locale"),
    )


def _own_data(tree: etree._Element) -> dict:
    """What a page says of its article as JSON-LD (schema.org); {} where it says nothing that can be read."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            waiting = [json.loads(script, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting += item
            elif isinstance(item, dict):
                if any(str(kind).lower() in ARTICLES
                       for kind in (item["@type"] if isinstance(item.get("@type"), list) else [item.get("@type")])):
                    return item
                waiting += [item[name] for name in ("@graph", "mainEntity") if name in item]
    return {}


def _metas(tree: etree._Element) -> dict[str, str]:
    """The page's meta elements by name; of several the first."""
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop")
        if name and (node.get("content") or "").strip():
            found.setdefault(name.lower(), node.get("content"))
    return found


def _words(value: object) -> str | None:
    """The words for a thing of JSON-LD: itself, its name, or those of a list of things."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value[:10]))) or None
    if isinstance(value, dict):
        return _words(value.get("name"))
    return plain(value).replace("\n\n", " ") or None if isinstance(value, str) else None


def _address(value: str | None) -> str | None:
    return value.strip() if value and re.match(r"\s*https?://[^\s/]", value) else None


def archived(address: str | None) -> dict[str, str]:
    """What the address of a copy in a web archive tells: the page's own, the copy's, and when it was taken; {} of any other address."""
    found = ARCHIVED.fullmatch((address or "").strip())
    if not found or not (captured := iso(f"{found[1]}Z")):
        return {}
    return {"url": found[2], "archive_url": found[0], "captured": captured}


def _saved(markup: str) -> dict[str, str]:
    """What the program that saved a page says in it."""
    for found in filter(None, (pattern.search(markup, 0, SAVED_IN) for pattern in SAVED)):
        told = found.groupdict()
        if told.get("archive"):
            return archived(f"{told['archive']}web/{told['day']}/{told['url']}")
        return archived(told["url"]) or known(url=told["url"], captured=iso(told["day"].replace("GMT", "")))
    return {}


def _site(address: str | None) -> str | None:
    """The site's name in its address, where a page says no other."""
    try:
        return (urlsplit(address or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None
