"""Read a folder of articles."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.corpus.article import Article
from analysis.corpus.reading import article_from_text

LARGEST_FILE = 1 << 30  # bytes
NO_TEXT = "it holds no text"
METADATA_FILE = "metadata.csv"
STATEMENTS_FILE = "statements.csv"  # which claims are one statement, by hand: read by analysis.compare
METADATA = ("title", "outlet", "published", "url", "language", "event")


@dataclass(frozen=True)
class LeftOut:
    """A file of the corpus, or a part of it, that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class Corpus:
    """A folder of articles, in the order of their paths, and the files that were left out."""

    name: str
    folder: Path
    articles: tuple[Article, ...]
    left_out: tuple[LeftOut, ...]


def read_corpus(folder: str | Path) -> Corpus:
    """Read every article under `folder`, in the order of the paths' code points, which no locale changes.

    A `.txt` file is an article in UTF-8, named by its path without the suffix; a `.jsonl` file has one a line (see
    `article_from_json`). `metadata.csv` in the folder may tell `path,title,outlet,published,url,language,event`. What
    cannot be read is left out with its reason; names that start with a dot are passed over. An article with the
    text of an earlier one has that one's id as `duplicate_of`.

    Raises ValueError where the folder is missing or holds no readable article, or where metadata.csv is faulty.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"{folder}: there is no such folder of articles.")
    metadata = _read_metadata(folder / METADATA_FILE)
    articles, left_out, ids, texts = [], [], {}, {}
    for path in _files(folder):
        for item in _read_file(path, path.relative_to(folder).as_posix(), metadata):
            if isinstance(item, Article) and not item.text.strip():
                item = LeftOut(item.path, f"{NO_TEXT} (id {item.article_id!r})")
            elif isinstance(item, Article) and item.article_id in ids:
                item = LeftOut(item.path, f"its id {item.article_id!r} is already that of an article in {ids[item.article_id]}")
            if isinstance(item, LeftOut):
                left_out.append(item)
                continue
            ids[item.article_id] = item.path
            first = texts.setdefault(item.text.strip(), item.article_id)
            articles.append(item if first == item.article_id else replace(item, duplicate_of=first))
    paths = {article.path for article in articles} | {item.path for item in left_out}
    left_out += [LeftOut(METADATA_FILE, f"it tells of {path!r}, which is not in the folder") for path in sorted(set(metadata) - paths)]
    if not articles:
        why = f": {left_out[0].path}: {left_out[0].reason}" if left_out else ", it is empty"
        raise ValueError(f"{folder}: the folder holds no article that can be read{why}.")
    return Corpus(folder.resolve().name or "corpus", folder, tuple(articles), tuple(left_out))


def article_from_json(line: str | bytes, **metadata) -> Article:
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


def _files(folder: Path) -> list[Path]:
    """Every file under the folder but the hidden ones and those that tell of the articles, in the order of the paths' code points."""
    paths = [path for path in folder.rglob("*") if not path.is_dir() and path not in (folder / METADATA_FILE, folder / STATEMENTS_FILE)]
    shown = [path for path in paths if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    return sorted(shown, key=lambda path: path.relative_to(folder).as_posix())


def _read_file(path: Path, name: str, metadata: dict[str, dict[str, str]]) -> Iterator[Article | LeftOut]:
    """The articles of one file, called `name` in the corpus, or why there are none."""
    reader = {".txt": _read_text, ".jsonl": _read_json_lines}.get(path.suffix.lower())
    if reader is None:
        yield LeftOut(name, f"its type ({path.suffix or 'no suffix'}) is not one that On Record reads (.txt, .jsonl)")
        return
    if not path.is_file():
        yield LeftOut(name, "it is no regular file")
        return
    try:
        if path.stat().st_size > LARGEST_FILE:
            yield LeftOut(name, f"it is larger than {LARGEST_FILE >> 20:,} MB")
            return
        data = path.read_bytes()
    except OSError as error:
        yield LeftOut(name, f"it could not be read ({error.strerror})")
        return
    yield from reader(data, name, {**metadata.get(name, {}), "path": name, "sha256": hashlib.sha256(data).hexdigest()})


def _read_text(data: bytes, name: str, metadata: dict[str, str]) -> Iterator[Article | LeftOut]:
    try:
        yield article_from_text(name[:name.rindex(".")], data.decode("utf-8-sig"), **metadata)
    except UnicodeDecodeError as error:
        yield LeftOut(name, f"it is not UTF-8 (byte {error.start} is {data[error.start]:#04x}); save it as UTF-8")
    except ValueError as error:
        yield LeftOut(name, str(error))


def _read_json_lines(data: bytes, name: str, metadata: dict[str, str]) -> Iterator[Article | LeftOut]:
    if not data.strip():
        yield LeftOut(name, NO_TEXT)
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield article_from_json(line, **metadata)
        except ValueError as error:
            yield LeftOut(name, f"line {number}: {error}")


def _read_metadata(path: Path) -> dict[str, dict[str, str]]:
    """What metadata.csv tells of each path; nothing where there is no such file."""
    if not path.is_file():
        return {}
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True))
    except (ValueError, csv.Error) as error:
        raise ValueError(f"{path}: it cannot be read as CSV in UTF-8 ({error}).") from error
    told = {}
    for number, row in enumerate(rows, 2):
        unknown = [column for column in row if column not in ("path", *METADATA)]
        if unknown or not row.get("path") or None in row.values():
            raise ValueError(f"{path}: row {number} does not fit the columns path,{','.join(METADATA)}"
                             f"{f' (unknown: {unknown[0]})' if unknown else ''}.")
        told[row["path"]] = {name: value.strip() for name, value in row.items() if name != "path" and value.strip()}
    return told
