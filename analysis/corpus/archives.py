"""The files inside .zip, .tar and .gz files, within bounds."""

import gzip
import io
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from analysis.corpus.found import File, Unread

LARGEST_MEMBER = 1 << 28  # bytes of one file unpacked
LARGEST_ARCHIVE = 1 << 32  # bytes of all files of an archive unpacked
MOST_MEMBERS = 100_000
SWOLLEN = 200  # times its packed size: text packs to a fifth, and hardly ever to a fiftieth
SMALL = 10_000_000  # bytes that any file may unpack to
CHUNK = 1 << 20
ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
WORD = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|word/|_rels/|docProps/)", re.DOTALL)
# What damaged archives raise. A RuntimeError is one that is encrypted, or, as a NotImplementedError, packed in a way that Python cannot unpack.
UNPACKING = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, zlib.error)
LINK = "it is a link, and links are not followed"
UNSAFE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:")


def opened(file: File, inside: bool = False) -> Iterator[tuple[File, Unread | None]]:
    """The files that a file holds: itself where it is no archive, else its members, each under `archive/member`.

    With each comes why it is not read, or None. A .gz is opened in place. An archive `inside` another is not opened.
    """
    unpacked = _gunzipped(file)
    if isinstance(unpacked, Unread):
        yield file, unpacked
        return
    members = _zip if _is_zip(unpacked) else _tar if _is_tar(unpacked.data) else None
    if members is None:
        yield unpacked, None
    elif inside:
        yield file, Unread("it is an archive in an archive; unpack the outer one")
    else:
        yield from _members(unpacked, members)


def _members(file: File, members) -> Iterator[tuple[File, Unread | None]]:
    total = count = 0
    try:
        for count, (name, data) in enumerate(members(file.data), 1):
            member = replace(file, name=f"{file.name}/{name}", data=data if isinstance(data, bytes) else b"")
            if count > MOST_MEMBERS or total > LARGEST_ARCHIVE:
                yield file, Unread(f"it holds more than {MOST_MEMBERS:,} files, or than {LARGEST_ARCHIVE >> 30} GB unpacked; the rest is left out")
                return
            total += len(member.data)
            if isinstance(data, str):
                yield member, Unread(data)
            else:
                yield from opened(member, inside=True)
        if not count:
            yield file, Unread("it is an archive without a file that is not hidden")
    except (*UNPACKING, tarfile.TarError, KeyError, IndexError) as error:
        yield file, Unread(f"it is an archive that cannot be read ({' '.join(str(error).split())[:100] or type(error).__name__})")


def _zip(data: bytes) -> Iterator[tuple[str, bytes | str]]:
    """Name and bytes of each member, or why it is not read."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for part in packed.infolist():
            if part.is_dir() or _hidden(part.filename):
                continue
            if UNSAFE.search(part.filename):
                yield part.filename.replace("..", "__").strip("/\\"), "its name leads out of the archive"
            elif stat.S_ISLNK(part.external_attr >> 16):
                yield part.filename, LINK
            elif part.flag_bits & 1:
                yield part.filename, "it is encrypted; unpack it with its password"
            else:
                yield part.filename, _member_of_zip(packed, part)


def _member_of_zip(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes | str:
    if fault := _too_large(part.file_size, part.compress_size):
        return fault
    try:
        with packed.open(part) as stream:
            return stream.read(LARGEST_MEMBER)
    except UNPACKING as error:
        return f"it cannot be unpacked ({' '.join(str(error).split())[:100]})"


def _tar(data: bytes) -> Iterator[tuple[str, bytes | str]]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as packed:
        for part in packed:
            name = part.name.removeprefix("./")
            if part.isdir() or _hidden(name):
                continue
            if UNSAFE.search(name):
                yield name.replace("..", "__").strip("/\\"), "its name leads out of the archive"
            elif part.issym() or part.islnk():
                yield name, LINK
            elif not part.isreg():
                yield name, "it is no regular file"
            elif part.size > LARGEST_MEMBER:
                yield name, _too_large(part.size, part.size) or ""
            else:
                yield name, packed.extractfile(part).read()


def _hidden(name: str) -> bool:
    """Whether a member is hidden, or what a Mac keeps beside files."""
    return any(part.startswith(".") and part not in (".", "..") or part == "__MACOSX" for part in name.split("/"))


def _too_large(size: int, packed: int) -> str | None:
    if size > LARGEST_MEMBER:
        return f"it is larger than {LARGEST_MEMBER >> 20:,} MB when unpacked"
    if size > SMALL and size > SWOLLEN * max(packed, 1):
        return f"it unpacks to more than {SWOLLEN} times its size, as no text does"
    return None


def _is_zip(file: File) -> bool:
    return file.data.startswith((ZIP, b"PK\x05\x06")) and not WORD.match(file.data[:100]) and file.suffix != ".docx"


def _is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def _gunzipped(file: File) -> File | Unread:
    """A file that is packed as .gz, unpacked; any other as it is."""
    if not file.data.startswith(GZIP):
        return file
    data = _unpacked(io.BytesIO(file.data), len(file.data))
    if isinstance(data, Unread):
        return data
    return replace(file, data=data)


def _unpacked(stream: BinaryIO, size: int) -> bytes | Unread:
    pieces, total = [], 0
    try:
        with gzip.GzipFile(fileobj=stream) as packed:
            while piece := packed.read(CHUNK):
                pieces.append(piece)
                total += len(piece)
                if fault := _too_large(total, size):
                    return Unread(fault)
    except (OSError, EOFError, zlib.error) as error:
        return Unread(f"it cannot be unpacked ({' '.join(str(error).split())[:100]})")
    return b"".join(pieces)
