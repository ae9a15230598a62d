"""The text layer of PDF files."""

import io
import logging
import re
from collections.abc import Iterator

from analysis.corpus.days import iso
from analysis.corpus.found import File, Found, Unread, known

MOST_PAGES = 2_000
ENDS_PARAGRAPH = re.compile(r"[.!?:][\"'”’)\]]*$")
# What programs call a file
PROGRAMS = re.compile(r"^(?:microsoft word|untitled|document\d*|.*\.(?:docx?|pdf|indd|qxd|rtf))\b", re.I)


def read_pdf(file: File) -> Iterator[Found | Unread]:
    """The one article of a PDF, its lines put together to paragraphs; a PDF of pictures has no text to read."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(file.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ValueError("it is encrypted; save it without a password")
        if len(reader.pages) > MOST_PAGES:
            raise ValueError(f"it has {len(reader.pages):,} pages, and an article has at most {MOST_PAGES:,}")
        text = _joined("\n".join(page.extract_text() for page in reader.pages))
        told = reader.metadata or {}
    except ValueError:
        raise
    except Exception as error:  # pypdf raises whatever a damaged file makes it stumble on
        raise ValueError(f"it is not a PDF that can be read ({type(error).__name__})") from error
    if not text:
        raise ValueError("it has no text layer; have its text recognised first")
    yield Found(text, _facts(told), by_page=True)


def _facts(told: dict) -> dict[str, str]:
    title, day = _word(told, "/Title"), _word(told, "/CreationDate").removeprefix("D:").replace("'", "")
    return known(title=None if PROGRAMS.match(title) else title, author=_word(told, "/Author"), published=iso(day[:8]))


def _word(told: dict, name: str) -> str:
    try:
        return str(told.get(name) or "")
    except Exception:  # a damaged entry
        return ""


def _joined(text: str) -> str:
    """Lines as paragraphs: a line goes on where the one before it is as long as lines are, and ends no sentence or the next is no new one."""
    lines = [line.strip() for line in text.split("\n")]
    width = sorted(map(len, filter(None, lines)))[int(0.8 * sum(map(bool, lines)))] if any(lines) else 0
    pieces: list[str] = []
    for before, line in zip(["", *lines], lines):
        goes_on = before and line and (not ENDS_PARAGRAPH.search(before) or len(before) > 0.9 * width) and len(before) > 0.6 * width
        if pieces and goes_on:
            pieces[-1] = pieces[-1][:-1] + line if re.search(r"[a-z]-$", pieces[-1]) and line[:1].islower() else f"{pieces[-1]} {line}"
        else:
            pieces.append(line)
    return "\n\n".join(filter(None, pieces))
