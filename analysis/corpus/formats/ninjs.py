"""ninjs, the news agencies' JSON (versions 1 to 3)."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from analysis.corpus.days import iso
from analysis.corpus.formats.json_records import loaded, records
from analysis.corpus.formats.markup import plain
from analysis.corpus.found import File, Found, Unread, known

BODIES = ("body_text", "body_xhtml", "body_html", "description_text", "description_html")  # of versions 1 and 2, the best first
OUTLETS = ("copyrightholder", "copyrightHolder", "provider", "source", "usageterms")


def read_ninjs(file: File) -> Iterator[Found | Unread]:
    """An article an item that holds a text, and a summary where it has nothing else."""
    for number, item in enumerate(records(loaded(file.decoded.text)), 1):
        text = _text(item) if isinstance(item, dict) else ""
        if text:
            yield Found(text, _facts(item), number=number, unit="item", encoding=file.decoded.encoding)
        else:
            yield Unread("it is an item without a text", number, "item")


def _text(item: dict) -> str:
    parts = [*_parts(item, "bodies"), *((item.get(name), "html" in name) for name in BODIES[:3])]
    parts = parts if any(value for value, _ in parts) else [*_parts(item, "descriptions"),
                                                            *((item.get(name), "html" in name) for name in BODIES[3:])]
    texts = [_written(value, is_html) for value, is_html in parts if isinstance(value, str) and value.strip()]
    return max(texts, key=len, default="")


def _parts(item: dict, name: str) -> list[tuple[object, bool]]:
    """Value, and whether it is HTML, of each part of version 3."""
    parts = item.get(name)
    rows = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    return [(part.get("value"), "html" in str(part.get("contentType") or part.get("contenttype") or part.get("role")))
            for part in rows]


def _written(value: str, is_html: bool) -> str:
    return plain(value) if is_html else value


def _facts(item: dict) -> dict[str, str]:
    headlines = sorted(_rows(item, "headlines"), key=lambda row: row.get("role") != "main")
    outlets = [_name(item.get(name)) for name in OUTLETS] + [_name(row) for row in _rows(item, "infosources") + _rows(item, "infoSources")]
    days = (item.get(name) for name in ("contentCreated", "contentcreated", "firstCreated", "firstcreated", "versionCreated",
                                        "versioncreated"))
    uri = str(item.get("uri") or "")
    return known(
        title=next((row.get("value") for row in headlines), None) or item.get("headline") or item.get("title"),
        outlet=next(filter(None, outlets), None) or _host(uri),
        author=item.get("byline") or next((_name(row) for row in _rows(item, "by")), None),
        published=next(filter(None, (iso(day) for day in days if isinstance(day, str))), None),
        url=uri if uri.startswith(("http://", "https://")) else None, language=item.get("language"),
    )


def _rows(item: dict, name: str) -> list[dict]:
    value = item.get(name)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _name(value: object) -> str | None:
    name = value.get("name") if isinstance(value, dict) else value
    return name if isinstance(name, str) and name.strip() else None


def _host(uri: str) -> str | None:
    """The site of an item's address, where nobody else says whose it is."""
    try:
        return (urlsplit(uri).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None
