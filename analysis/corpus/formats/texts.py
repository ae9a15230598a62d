"""Articles written as plain text or as Markdown."""

import tomllib
from collections.abc import Iterator

from analysis.corpus.days import iso
from analysis.corpus.formats.columns import ASKED
from analysis.corpus.found import File, Found, Unread, known

FENCES = {"---": ("---", "..."), "+++": ("+++",)}  # what opens front matter, and what closes it


def read_text(file: File) -> Iterator[Found | Unread]:
    """The one article of a text, character for character."""
    yield Found(*[file.decoded.text], encoding=file.decoded.encoding)


def read_markdown(file: File) -> Iterator[Found | Unread]:
    """The one article of a Markdown file without its marks; front matter in YAML or TOML tells its title, date and so on."""
    import mistune

    from analysis.corpus.formats.markup import plain  # loads lxml, which a folder of plain texts never needs

    told, body = _parted(file.decoded.text)
    yield Found(plain(mistune.html(body)), told, encoding=file.decoded.encoding)


def _parted(text: str) -> tuple[dict[str, str], str]:
    """What front matter tells, and the text below it."""
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    closing = FENCES.get(lines[0].strip()) if lines else None
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() in closing), None) if closing else None
    if end is None:
        return {}, text
    return _facts(_front_matter("".join(lines[1:end]), toml=closing == FENCES["+++"])), "".join(lines[end + 1:])


def _front_matter(text: str, toml: bool) -> dict:
    import yaml

    try:
        told = tomllib.loads(text) if toml else yaml.load(text, yaml.BaseLoader)
    except (tomllib.TOMLDecodeError, yaml.YAMLError, RecursionError) as error:
        raise ValueError(f"its front matter cannot be read ({' '.join(str(error).split())[:100]})") from error
    return told if isinstance(told, dict) else {}


def _facts(told: dict) -> dict[str, str]:
    """The facts of front matter, by the names that columns of tables have."""
    cells = {str(name).lower(): _cell(value) for name, value in told.items()}
    facts = {name: next((cells[word] for word in words if cells.get(word)), "")
             for name, words in ASKED.items() if name not in ("id", "text")}
    facts["published"] = iso(facts["published"]) or facts["published"]
    return known(**facts)


def _cell(value: object) -> str:
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(each) for each in values if not isinstance(each, list | dict))
