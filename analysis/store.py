"""What was read before: a folder with a file for each article, named by what was read of it and by the code that read it.

A second run, a notebook, or a run after a crash reads only what is new. A file is written beside and then renamed, so that a
run that is killed loses no more than the articles at hand, and any number of runs may share the folder. A file that is not
whole is read anew.
"""

import hashlib
import itertools
import os
import shutil
import time
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path

from analysis import manifests
from analysis.corpus import Article
from analysis.lines import from_line
from analysis.types import Extraction

SETTING = "ONRECORD_STORE"  # the environment's word for where the store lies; nothing: no store
# What an article is called, which changes nothing that is read, and what follows from the rest.
UNTOLD = ("article_id", "path", "sha256", "line", "duplicate_of", "as_read")
UNUSED = 30 * 24 * 3600  # seconds after which what other code has read is deleted
NUMBERS = itertools.count()


class Store:
    """What the code as it is has read, under a folder.

    `hits` counts what was found. Raises ValueError or OSError where the folder cannot be made.
    """

    def __init__(self, folder: str | Path) -> None:
        self.root = Path(folder).expanduser()
        self.folder = self.root / "read" / version()[:16]
        self.hits = 0
        self._new = self.root / "new"
        for needed in (self.folder, self._new):
            needed.mkdir(parents=True, exist_ok=True)
        os.utime(self.folder)
        self._clear()

    def get(self, article: Article) -> Extraction | None:
        """What was found in an article; None where it was not read yet, or where its file is not whole."""
        try:
            data = self._path(article).read_bytes()
            if data[:32] != hashlib.sha256(data[32:]).digest():
                return None
            found = from_line(article, zlib.decompress(data[32:]))
        except Exception:  # whatever a broken file does to its reader, the article is read
            return None
        self.hits += 1
        return found

    def put(self, article: Article, line: str) -> None:
        """Keep what was found in an article, as `analysis.lines.to_line` has it. Where that cannot be, as on a full disk, it is not kept."""
        packed = zlib.compress(line.encode("ascii"))
        path, part = self._path(article), self._new / f"{os.getpid()}.{next(NUMBERS)}"
        with suppress(OSError):
            part.write_bytes(hashlib.sha256(packed).digest() + packed)
            path.parent.mkdir(exist_ok=True)
            part.replace(path)

    def _path(self, article: Article) -> Path:
        name = _key(article)
        return self.folder / f"{name[:2]}/{name}"

    def _clear(self) -> None:
        """Delete what runs that were killed left half written, and what other code read and nobody has asked for in a month."""
        for part in self._new.iterdir():
            if not _lives(part.name.partition(".")[0]):
                part.unlink(missing_ok=True)
        for folder in self.folder.parent.iterdir():
            with suppress(OSError):
                if time.time() - folder.stat().st_mtime > UNUSED:
                    shutil.rmtree(folder)


def opened(folder: str | Path | None = None, corpus: str | Path | None = None) -> Store | None:
    """The store in a folder; where none is given, in that of the setting ONRECORD_STORE, or the user's cache; None where that is switched off.

    Args:
        folder: where the user wants it. "" switches it off.
        corpus: the folder of articles, in which the store must not lie.

    Raises ValueError where a store was asked for that cannot be made.
    """
    asked = os.environ.get(SETTING) if folder is None else folder
    if asked is not None and not str(asked):
        return None
    place = Path(asked or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "onrecord").expanduser().absolute()
    if corpus is not None and place.resolve().is_relative_to(Path(corpus).resolve()):
        raise ValueError(f"{place}: the store of what was read would lie among the articles; choose another folder with --store.")
    try:
        return Store(place)
    except (OSError, RuntimeError) as error:
        if asked is None:  # a cache that nobody asked for is one that nobody misses
            return None
        raise ValueError(f"{place}: the store of what was read cannot be made there ({error}); choose another folder with --store.") from error


def told(store: Store | None) -> str:
    """How much came from a store, in words."""
    return f"{store.hits:,} from the store" if store and store.hits else ""


@cache
def version() -> str:
    """One sha256 over all on which what is found in an article depends: code, words, weights, the language model, libraries, Python."""
    return hashlib.sha256(manifests.reading_identity().encode()).hexdigest()


def _key(article: Article) -> str:
    """A sha256 over all that is read of an article."""
    told = sorted((name, value) for name, value in vars(article).items() if name not in UNTOLD)
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def _lives(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass
    return True
