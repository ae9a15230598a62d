"""Articles as JSON: an object a line, or a list of objects."""

import json
from collections.abc import Iterator

from analysis.corpus.days import as_days
from analysis.corpus.formats.columns import article_of, columns_of
from analysis.corpus.found import FACTS, File, Found, Unread


def read_json_lines(file: File) -> Iterator[Found | Unread]:
    """An article a line: an object with `id` and `text`, or with other names for them, and what is known of it."""
    if not file.data.strip():
        raise ValueError("it holds no text")
    is_wide = file.data.count(0) > len(file.data) / 4  # UTF-16; not where one line alone is damaged
    data = file.decoded.text.encode("utf-8", "surrogatepass") if is_wide else file.data
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            yield _read_line(line, number, file.columns)


def read_json(file: File) -> Iterator[Found | Unread]:
    """The articles of one JSON value: a list of objects, an object, or an object that holds the list."""
    for number, record in enumerate(records(loaded(file.decoded.text)), 1):
        yield _article(record, number, "record", file.columns, file.decoded.encoding)


def loaded(text: str | bytes) -> object:
    """What a JSON text holds; ValueError with what is wrong with it."""
    try:
        return json.loads(text)
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON ({error.msg} at character {error.pos + 1})") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets in thousands of brackets
        raise ValueError(f"it cannot be read as JSON ({error})") from error


def records(value: object) -> list:
    """The objects of a JSON value: itself, those of a list, or those of the one list that an object holds."""
    if isinstance(value, dict):
        lists = [each for each in value.values()
                 if isinstance(each, list) and each and all(isinstance(item, dict) for item in each)]
        return lists[0] if len(lists) == 1 and not any(isinstance(value.get(name), str) for name in ("text", "body", "content")) else [value]
    return value if isinstance(value, list) else [value]


def record_of(line: str | bytes) -> dict:
    """The object in one line; ValueError where there is none."""
    record = loaded(line)
    if not isinstance(record, dict):
        raise ValueError('it is not an object with "id" and "text"')
    return record


def strict(record: dict) -> tuple[str, str, dict[str, str]]:
    """Id, text and facts of an object with `id` and `text`; ValueError for the field that is none."""
    article_id = record.get("id")
    if isinstance(article_id, bool) or not isinstance(article_id, str | int) or article_id == "":
        raise ValueError('it has no "id"')
    for name in ("text", *FACTS):
        if not isinstance(record.get(name), str if name == "text" else str | None):
            raise ValueError(f'its "{name}" is not text')
    return str(article_id), record["text"], {name: record[name] for name in FACTS if record.get(name)}


def _read_line(line: bytes, number: int, columns: dict[str, str]) -> Found | Unread:
    try:
        return _article(record_of(line), number, "line", columns, "utf-8")
    except ValueError as error:
        return Unread(str(error), number, "line")


def _article(record: object, number: int, unit: str, columns: dict[str, str], encoding: str) -> Found | Unread:
    try:
        if not isinstance(record, dict):
            raise ValueError('it is not an object with "id" and "text"')
        if not columns and "id" in record and "text" in record:
            article_id, text, facts = strict(record)
            return Found(text, as_days(facts), article_id, number, unit, encoding=encoding)
        if not columns and "id" not in record:
            named = columns_of([name for name in record if isinstance(name, str)], {})
            if "id" not in named:
                raise ValueError('it has no "id"')
        return article_of(record, columns_of(list(record), columns), number, unit, encoding)
    except ValueError as error:
        return Unread(str(error), number, unit)
