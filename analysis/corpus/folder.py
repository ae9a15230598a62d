"""Read a folder of articles."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.corpus.reading import UNWRITABLE, article_from_text
from analysis.corpus.sidecars import BY_HAND, METADATA, METADATA_FILE, STATEMENTS_FILE, Statement, Told, is_day, no_day, read_metadata, read_statements
from analysis.types import Article, LeftOut

LARGEST_FILE = 1 << 30  # bytes
LONGEST_REASON = 300  # characters
NO_TEXT = "it holds no text"
# What On Record writes beside articles where a report's folder lies among them (see analysis.report.publish and .dated_reports).
REPORT = ("manifest.json", "index.html", "tables", "notebooks")
BESIDE = {".changes": ("reports.json",), ".failed": ("log.txt", "notebooks", "manifest.json")}
LATEST, LISTED = "latest", "index.html"


@dataclass(frozen=True)
class Corpus:
    """A folder of articles, in the order of their paths, the files that were left out, and the claims that were grouped by hand."""

    name: str
    folder: Path
    articles: tuple[Article, ...]
    left_out: tuple[LeftOut, ...]
    statements: tuple[Statement, ...] = ()

    def without(self, reasons: Mapping[str, str]) -> "Corpus":
        """The corpus without some articles, by their ids, and with the reasons why.

        Raises ValueError where none is left.
        """
        left_out = [article.left_out(reasons[article.article_id]) for article in self.articles if article.article_id in reasons]
        kept = [article for article in self.articles if article.article_id not in reasons]
        if not kept:
            raise _nothing_to_read(self.folder, left_out)
        return replace(self, articles=_copies_named(kept), left_out=(*self.left_out, *left_out))


def read_corpus(folder: str | Path) -> Corpus:
    """Read every article under `folder`, in the order of the paths' code points, which no locale changes.

    A `.txt` file is an article in UTF-8, named by its path without the suffix; a `.jsonl` file has one a line (see
    `article_from_json`). `metadata.csv` in the folder may tell `path,title,outlet,published,url,language,event`, and
    `statements.csv` which claims are one statement. What cannot be read is left out with its reason, links are too;
    names that start with a dot are passed over, and so are reports. An article with the text of an earlier one has that
    one's id as `duplicate_of`.

    Raises ValueError where the folder is missing or holds no readable article, or where metadata.csv or statements.csv is
    no such table.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"{folder}: there is no such folder of articles.")
    metadata, of_metadata = read_metadata(folder)
    statements, of_statements = read_statements(folder)
    articles: dict[str, Article] = {}
    left_out = []
    for item in _items(folder, metadata):
        if isinstance(item, Article) and (fault := _fault(item, articles)):
            item = item.left_out(fault)
        if isinstance(item, LeftOut):
            left_out.append(item)
        else:
            articles[item.article_id] = item
    if not articles:
        raise _nothing_to_read(folder, left_out)
    paths = {article.path for article in articles.values()} | {item.path for item in left_out}
    of_metadata += [LeftOut(METADATA_FILE, f"row {told.row}: {path!r} is not in the folder") for path, told in metadata.items() if path not in paths]
    known = [statement for statement in statements if statement.claim_id.rpartition(".")[0] in articles]
    of_statements += [_no_claim(statement) for statement in statements if statement not in known]
    name = folder.resolve().name or "corpus"
    return Corpus(name, folder, _copies_named(articles.values()), (*left_out, *of_metadata, *of_statements), tuple(known))


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
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _articles_among(here: Path, entries: list[os.DirEntry]) -> list[os.DirEntry]:
    """The entries of a folder without reports, what is kept beside them, and the list of dated ones."""
    dated = {LATEST, LISTED} if (here / LATEST).is_symlink() and _is_report(here / LATEST) else set()
    return [entry for entry in entries if entry.name not in dated and not (entry.is_dir(follow_symlinks=False) and _is_made(here / entry.name))]


def _is_made(folder: Path) -> bool:
    return _is_report(folder) or any((folder / name).exists() for name in BESIDE.get(folder.suffix, ()))


def _is_report(folder: Path) -> bool:
    return all((folder / name).exists() for name in REPORT)


def why_unread(error: Exception) -> str:
    """Why an article is left out at which something was raised: what a ValueError says, else the kind of error and how it is told."""
    told = _told(error)
    return told if type(error) is ValueError and told else f"reading it failed ({failure(error)})"


def failure(error: Exception) -> str:
    """What went wrong, on one line: the kind of error and how it is told."""
    return ": ".join(filter(None, [type(error).__name__, _told(error)]))


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:LONGEST_REASON]


def without_claims(statements: Iterable[Statement], claim_ids: Iterable[str]) -> list[LeftOut]:
    """The statements by hand of claims that are none of the corpus's, as they are left out."""
    known = set(claim_ids)
    return [_no_claim(statement) for statement in statements if statement.claim_id not in known]


def _no_claim(statement: Statement) -> LeftOut:
    return LeftOut(STATEMENTS_FILE, f"row {statement.row}: {statement.claim_id!r} is none of the corpus's claims; take it from claims.csv")


def _fault(article: Article, before: Mapping[str, Article]) -> str | None:
    """Why an article cannot stand beside those before it; None where it can."""
    if not article.text.strip():
        return f"{NO_TEXT} (id {article.article_id!r})"
    if article.article_id in before:
        return f"its id {article.article_id!r} is already that of an article in {before[article.article_id].place}"
    return None


def _copies_named(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles, those with the text of an earlier one with that one's id as `duplicate_of`."""
    firsts: dict[str, str] = {}
    named = []
    for article in articles:
        first = firsts.setdefault(article.text.strip(), article.article_id)
        named.append(replace(article, duplicate_of=None if first == article.article_id else first))
    return tuple(named)


def _nothing_to_read(folder: Path, left_out: list[LeftOut]) -> ValueError:
    why = f": {left_out[0].path}: {left_out[0].reason}" if left_out else ", it is empty"
    return ValueError(f"{folder}: the folder holds no article that can be read{why}.")


def article_from_json(line: str | bytes, /, **metadata) -> Article:
    """The article in one line of JSON: an object with `id` and `text`, and maybe title, outlet, published, url, language, event.

    `metadata` holds what is known besides (see `article_from_text`); the line's own fields come first. Raises
    ValueError with what is wrong with the line.
    """
    try:
        record = json.loads(line)
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON ({error.msg} at character {error.pos + 1})") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets in thousands of brackets
        raise ValueError(f"it cannot be read as JSON ({error})") from error
    if not isinstance(record, dict):
        raise ValueError('it is not an object with "id" and "text"')
    article_id = record.get("id")
    if isinstance(article_id, bool) or not isinstance(article_id, str | int) or article_id == "":
        raise ValueError('it has no "id"')
    for name in ("text", *METADATA):
        if not isinstance(record.get(name), str if name == "text" else str | None):
            raise ValueError(f'its "{name}" is not text')
    known = {name: record[name] for name in METADATA if record.get(name)}
    return article_from_text(str(article_id), record["text"], **{**metadata, **known})


def _items(folder: Path, metadata: dict[str, Told]) -> Iterator[Article | LeftOut]:
    """What every file of the folder holds, in order, but those that tell of the articles."""
    for path in files(folder):
        name = path.relative_to(folder).as_posix()
        if not (name in (METADATA_FILE, STATEMENTS_FILE) or BY_HAND.fullmatch(name)) or path.is_symlink():
            told = metadata.get(name)
            yield from _read_file(path, name, told.facts if told else {})


def _read_file(path: Path, name: str, metadata: dict[str, str]) -> Iterator[Article | LeftOut]:
    """The articles of one file, called `name` in the corpus, or why there are none."""
    reader = {".txt": _read_text, ".jsonl": _read_json_lines}.get(path.suffix.lower())
    try:
        fault = _fault_of_file(path, name, reader is not None)
        data = b"" if fault else path.read_bytes()
    except OSError as error:
        fault = f"it could not be read ({error.strerror})"
    except MemoryError:
        fault = "it is larger than the memory"
    if fault:
        yield LeftOut(_writable(name), fault)
        return
    yield from reader(data, name, {**metadata, "path": name, "sha256": hashlib.sha256(data).hexdigest()})


def _fault_of_file(path: Path, name: str, is_read: bool) -> str | None:
    """Why a file is left out before it is opened; None where it is read."""
    if path.is_symlink():
        return "it is a link, and links are not followed; put what it leads to in its place"
    if path.is_dir():
        return "it is a folder that cannot be listed"
    if UNWRITABLE.search(name):
        return "its name is not UTF-8, or holds a control character; rename it"
    if not is_read:
        return f"its type ({path.suffix or 'no suffix'}) is not one that On Record reads (.txt, .jsonl)"
    if not path.is_file():
        return "it is no regular file"
    return f"it is larger than {LARGEST_FILE >> 20:,} MB" if path.stat().st_size > LARGEST_FILE else None


def _writable(name: str) -> str:
    r"""A path that can stand in a table: bytes that are no UTF-8 and control characters as \xff and \n."""
    return UNWRITABLE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), os.fsencode(name).decode("utf-8", "backslashreplace"))


def _read_text(data: bytes, name: str, metadata: dict[str, str]) -> Iterator[Article | LeftOut]:
    try:
        yield article_from_text(name[:name.rindex(".")], data.decode("utf-8-sig"), **metadata)
    except UnicodeDecodeError as error:
        yield LeftOut(name, f"it is not UTF-8 (byte {error.start} is {data[error.start]:#04x}); save it as UTF-8")
    except Exception as error:  # whatever it is, the other articles are read
        yield LeftOut(name, why_unread(error))


def _read_json_lines(data: bytes, name: str, metadata: dict[str, str]) -> Iterator[Article | LeftOut]:
    if not data.strip():
        yield LeftOut(name, NO_TEXT)
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            article = article_from_json(line, **metadata, line=number)
        except Exception as error:  # whatever it is, the other articles are read
            yield LeftOut(name, f"line {number}: {why_unread(error)}")
            continue
        if article.published and not is_day(article.published):
            yield article.left_out(no_day(article.published))
            article = replace(article, published=None)
        yield article
