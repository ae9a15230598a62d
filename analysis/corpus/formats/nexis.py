"""Downloads from Nexis (LexisNexis, Nexis Uni): many articles in one file, each below its header."""

import re
from collections.abc import Iterator

from analysis.corpus.days import WRITTEN, iso
from analysis.corpus.formats.markup import paragraphs
from analysis.corpus.found import File, Found, Unread, known

NUMBERED = re.compile(r"\s*\d[\d,]* of \d[\d,]* DOCUMENTS\s*")
LENGTH = re.compile(r"\s*LENGTH:\s*[\d,]+ words\s*", re.I)
END = re.compile(r"\s*End of Document\s*")
BODY = re.compile(r"\s*Body\s*")
RIGHTS = re.compile(r"\s*(?:Copyright\b.*|(?:\(c\)|©).{0,200}|All Rights Reserved\.?)\s*", re.I)
FIELD = re.compile(r"\s*([A-Z][A-Za-z-]*(?: [A-Z][A-Za-z-]*)?):\s*(.*)", re.DOTALL)
ABOVE = {"byline", "section", "length", "highlight", "dateline", "series", "edition", "correction"}
BELOW = {"load-date", "language", "graphic", "publication-type", "journal-code", "subject", "classification", "document-type",
         "type", "country", "state", "city", "company", "organization", "person", "industry", "ticker", "geographic",
         "correction-date", "notes", "url"}


def is_nexis(text: str) -> bool:
    """Whether a text is a download from Nexis."""
    lines = text.split("\n")
    is_newer = any(map(LENGTH.fullmatch, lines)) and any(END.fullmatch(line) or BODY.fullmatch(line) for line in lines)
    return is_newer or any(map(NUMBERED.fullmatch, lines))


def read_nexis(file: File) -> Iterator[Found | Unread]:
    """An article a document of a text download."""
    yield from articles_of(file.decoded.text.replace("\r\n", "\n").split("\n"), file.decoded.encoding)


def articles_of(lines: list[str], encoding: str | None) -> Iterator[Found | Unread]:
    """An article a document; what stands before the first is the list of the download."""
    lines = [line.replace("\xa0", " ") for line in lines]
    older = any(map(NUMBERED.fullmatch, lines))
    documents = _parted(lines, NUMBERED)[1:] if older else [part for part in _parted(lines, END)
                                                            if any(map(BODY.fullmatch, part))]
    if not documents:
        raise ValueError("it is a download from Nexis without a document that can be read")
    for number, part in enumerate(documents, 1):
        text, facts = (_older if older else _newer)(part)
        yield Found(text, facts, number=number, encoding=encoding) if text else Unread("it holds no text", number)


def _parted(lines: list[str], border: re.Pattern) -> list[list[str]]:
    """The lines between those that are borders."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if border.fullmatch(line):
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def _older(lines: list[str]) -> tuple[str, dict[str, str]]:
    """Text and facts of a document under "1 of 10 DOCUMENTS": outlet and day in the middle of the page, title, fields, text, fields."""
    blocks = [block for block in _blocks(lines) if not RIGHTS.fullmatch(block)]
    day_at = next((at for at, block in enumerate(blocks[:6]) if _day(block)), None)
    fields: dict[str, str] = {}
    head, body = [], []
    for block in blocks[(day_at if day_at is not None else 0) + 1:]:
        name, told = _field(block)
        if name in ABOVE and not body or name in BELOW:
            fields.setdefault(name, told)
        elif not fields:
            head.append(block)
        else:
            body.append(block)
    if not fields:  # no field parts the title from the text
        head, body = head[:1], head[1:]
    outlet = blocks[day_at - 1] if day_at else blocks[0] if blocks and day_at is None else None
    return paragraphs(body), _facts(outlet, _day(blocks[day_at]) if day_at is not None else None, " ".join(head), fields)


def _newer(lines: list[str]) -> tuple[str, dict[str, str]]:
    """Text and facts of a document that ends in "End of Document": title, outlet, day, fields, "Body", text, fields."""
    start = next(at for at, line in enumerate(lines) if BODY.fullmatch(line))
    head = [line.strip() for line in lines[:start]]
    day_at = next((at for at in range(len(head) - 1, 0, -1) if _day(head[at]) and not FIELD.match(head[at])), None)
    above = [line for line in head[:day_at] if line] if day_at else []
    fields = {name: told for name, told in map(_field, head[(day_at or 0) + 1:]) if name}
    body = []
    for line in lines[start + 1:]:
        name, told = _field(line)
        if name in BELOW:
            fields.setdefault(name, told)
        elif not RIGHTS.fullmatch(line) and not ("load-date" in fields or line.strip() == "Classification"):
            body.append(line)
        elif line.strip() == "Classification":
            break
    title, outlet = (above[-2:] if len(above) > 1 else ["", *above, ""][:2]) if above else (None, None)
    return paragraphs(body), _facts(outlet, _day(head[day_at]) if day_at else None, title, fields)


def _facts(outlet: str | None, published: str | None, title: str | None, fields: dict[str, str]) -> dict[str, str]:
    return known(title=title, outlet=outlet, published=published, author=fields.get("byline"),
                 language=fields.get("language", "").title(), url=fields.get("url"))


def _day(block: str) -> str | None:
    return iso(block) if len(block) < 120 and any(pattern.search(block) for pattern in WRITTEN) else None


def _field(block: str) -> tuple[str | None, str]:
    """The name of a field in small letters, and what it tells; no name for what is text."""
    found = FIELD.match(block)
    name = found[1].lower().replace(" ", "-") if found else None
    return (name, found[2].strip()) if name in ABOVE | BELOW else (None, block)


def _blocks(lines: list[str]) -> list[str]:
    """Lines without blank ones between them, each block on one line."""
    text = "\n".join(line.rstrip() for line in lines)
    return [" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip()]
