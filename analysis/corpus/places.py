"""Where articles lie: a folder, a file, a glob, or an address that fsspec opens (s3://, gs://, https://)."""

import glob
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

# What On Record writes beside articles where a report's folder lies among them (see analysis.report.publish and .dated_reports).
REPORT = ("manifest.json", "index.html", "tables", "notebooks")
MADE = {".changes": ("reports.json",), ".runs": ("runs.jsonl",), ".failed": ("log.txt", "notebooks", "manifest.json")}
LATEST, LISTED = "latest", "index.html"
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)
LARGEST_FILE = 1 << 30  # bytes
LINK = "it is a link, and links are not followed; put what it leads to in its place"


class Place(NamedTuple):
    """A file that is to be read: its name in the corpus, and its path or its address."""

    name: str
    path: Path | str
    filesystem: object = None

    def read(self) -> bytes | str:
        """Its bytes, or why it is not read."""
        try:
            return (self._fetched if self.filesystem else self._local)()
        except MemoryError:
            return "it is larger than the memory"
        except OSError as error:
            return f"it could not be read ({error.strerror or ' '.join(str(error).split())[:100] or type(error).__name__})"

    def _local(self) -> bytes | str:
        if self.path.is_symlink():
            return LINK
        if self.path.is_dir():
            return "it is a folder that cannot be listed"
        if not self.path.is_file():
            return "it is no regular file"
        return _too_large(self.path.stat().st_size) or self.path.read_bytes()

    def _fetched(self) -> bytes | str:
        return _too_large(self.filesystem.size(self.path) or 0) or self.filesystem.cat_file(self.path)


def places(where: str | Path) -> Iterator[Place]:
    """The files at a place, in the order of their names' code points, which no locale changes.

    Raises ValueError where nothing is there.
    """
    if is_address(where):
        yield from _at_address(where)
        return
    path = Path(where)
    if path.is_dir():
        beginning = len(str(path / "x")) - 1
        yield from (Place(str(found)[beginning:] or ".", found) for found in files(path))
    elif path.exists() or path.is_symlink():
        yield Place(path.name, path)
    else:
        yield from _matching(str(where))


def is_address(where: str | Path) -> bool:
    """Whether a place is an address that fsspec opens, and none on this machine."""
    return isinstance(where, str) and ADDRESS.match(where) is not None


def is_there(where: str | Path) -> bool:
    """Whether there is such a folder or file, or one that the glob fits, on this machine."""
    return os.path.lexists(where) or any(glob.iglob(str(where), recursive=True))


def files(folder: Path) -> list[Path]:
    """Every file under `folder`, in the order of the paths' code points, which no locale changes.

    Links are among them and are not followed, and so are folders that cannot be listed. Names that start with a dot are
    passed over, and so are reports of On Record and what it keeps beside them.
    """
    found, waiting = [], [Path(folder)]
    while waiting:  # not by recursion: folders may be nested deeper than Python's stack
        here = waiting.pop()
        try:
            entries = _articles_among(here, [entry for entry in os.scandir(here) if not entry.name.startswith(".")])
        except OSError:
            found.append(here)
            continue
        for entry in entries:
            (waiting if entry.is_dir(follow_symlinks=False) else found).append(here / entry.name)
    return sorted(found, key=str)


def _articles_among(here: Path, entries: list[os.DirEntry]) -> list[os.DirEntry]:
    """The entries of a folder without reports, what is kept beside them, and the list of dated ones."""
    dated = {LATEST, LISTED} if (here / LATEST).is_symlink() and _is_report(here / LATEST) else set()
    return [entry for entry in entries
            if entry.name not in dated and not (entry.is_dir(follow_symlinks=False) and _is_made(here / entry.name))]


def _is_made(folder: Path) -> bool:
    return _is_report(folder) or any((folder / name).exists() for name in MADE.get(folder.suffix, ()))


def _is_report(folder: Path) -> bool:
    return all((folder / name).exists() for name in REPORT)


def folder_of(where: str | Path) -> Path | None:
    """The folder in which a corpus's own tables may lie: itself, or that of its one file; None for addresses."""
    if is_address(where):
        return None
    path = Path(where)
    return path if path.is_dir() else path.parent if path.exists() else Path(re.split(r"[*?\[]", str(where), maxsplit=1)[0] + "x").parent


def _matching(pattern: str) -> Iterator[Place]:
    found = sorted(glob.glob(pattern, recursive=True), key=os.fsencode)
    if not found:
        raise ValueError(f"{pattern}: there is no such folder of articles.")
    base = folder_of(pattern)
    for path in map(Path, found):
        if path.is_symlink() or not path.is_dir():
            yield Place((path.relative_to(base) if path.is_relative_to(base) else path).as_posix(), path)


def _at_address(address: str) -> Iterator[Place]:
    import fsspec

    try:
        filesystem, path = fsspec.core.url_to_fs(address)
        found = filesystem.glob(path) if re.search(r"[*?\[]", path) else filesystem.find(path)
        found = sorted(name for name in found
                       if not any(part.startswith(".") for part in name.rsplit("/", 1)[-1:]) and not filesystem.isdir(name))
    except Exception as error:  # whatever the storage's own library raises
        raise ValueError(f"{address}: it cannot be opened ({type(error).__name__}: {' '.join(str(error).split())[:200]}).") from error
    if not found:
        raise ValueError(f"{address}: there is no such folder of articles.")
    base = re.split(r"[*?\[]", path, maxsplit=1)[0] if re.search(r"[*?\[]", path) else path
    base = base.rsplit("/", 1)[0] if found == [path] or base != path else base
    for name in found:
        yield Place(name.removeprefix(base).lstrip("/") or name, name, filesystem)


def _too_large(size: int) -> str | None:
    return f"it is larger than {LARGEST_FILE >> 20:,} MB" if size > LARGEST_FILE else None
