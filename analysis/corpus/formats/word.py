"""Word and RTF files: downloads from Nexis, or one article."""

import io
import zipfile
from collections.abc import Iterator

from analysis.corpus.formats.markup import paragraphs
from analysis.corpus.formats.nexis import articles_of, is_nexis
from analysis.corpus.found import File, Found, Unread, known

LARGEST = 200_000_000  # bytes of a Word file unpacked, and of an RTF file


def read_word(file: File) -> Iterator[Found | Unread]:
    """The articles of a .docx; its own properties tell the title and the author of a single one."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise ValueError(f"it is larger than {LARGEST:,} bytes when unpacked")
        document = docx.Document(io.BytesIO(file.data))
        lines = [line for paragraph in document.paragraphs for line in paragraph.text.split("\n")]
        told = document.core_properties
        facts = known(title=told.title, author=told.author)
    except ValueError:
        raise
    except Exception as error:  # python-docx raises whatever a damaged file makes it stumble on
        raise ValueError(f"it is not a Word file that can be read ({type(error).__name__})") from error
    yield from _articles(lines, facts, None)


def read_rich_text(file: File) -> Iterator[Found | Unread]:
    """The articles of an RTF file."""
    from striprtf.striprtf import rtf_to_text

    if len(file.data) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST:,} bytes")
    try:
        text = rtf_to_text(file.data.decode("cp1252", "replace"), encoding="cp1252", errors="replace")
    except Exception as error:  # striprtf raises whatever a damaged file makes it stumble on
        raise ValueError(f"it is not RTF that can be read ({type(error).__name__})") from error
    yield from _articles(text.split("\n"), {}, None)


def _articles(lines: list[str], facts: dict[str, str], encoding: str | None) -> Iterator[Found | Unread]:
    if is_nexis("\n".join(lines)):
        yield from articles_of(lines, encoding)
    else:
        yield Found(paragraphs(lines), facts, by_page=True, encoding=encoding)
