"""corpus.toml: what a user says of a corpus's tables and file names."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from analysis.corpus.days import iso
from analysis.corpus.found import FACTS

SETTINGS_FILE = "corpus.toml"
COLUMNS = ("id", "text", *FACTS)
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Settings:
    """The columns of the corpus's tables by what they hold, and the pattern of its file names ("{outlet}_{published}_{title}")."""

    columns: dict[str, str] = field(default_factory=dict)
    file_names: str | None = None

    @cached_property
    def _pattern(self) -> re.Pattern | None:
        if not self.file_names:
            return None
        parts = PLACE.split(self.file_names)
        written = "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
        return re.compile(rf"(?:.*/)?{written}(?:\.\w+)*" if "/" not in self.file_names else rf"{written}(?:\.\w+)*")

    def told_by_name(self, name: str) -> dict[str, str]:
        """The facts that a file's name tells; {} where it is not written so."""
        found = self._pattern.fullmatch(name) if self._pattern else None
        facts = {fact: " ".join(told.replace("_", " ").split()) for fact, told in found.groupdict().items()} if found else {}
        if "published" in facts:
            facts["published"] = iso(found["published"]) or found["published"]
        return facts


def read_settings(folder: Path) -> Settings:
    """The settings in a folder's corpus.toml; none where there is no such file.

    Raises ValueError, naming the file, the row where there is one, and the mend.
    """
    path = Path(folder) / SETTINGS_FILE
    if path.is_symlink() or not path.is_file():
        return Settings()
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path}: it is not TOML ({error}); mend it, or delete it.") from error
    columns, pattern = told.pop("columns", {}), told.pop("file_names", None)
    if told:
        raise ValueError(f"{path}: {next(iter(told))!r} is none of its settings; they are [columns] and file_names.")
    if not isinstance(columns, dict) or any(name not in COLUMNS or not isinstance(column, str) for name, column in columns.items()):
        raise ValueError(f'{path}: [columns] names for some of {", ".join(COLUMNS)} a column, as text = "Body"; mend it.')
    if pattern is not None and (not isinstance(pattern, str) or not _names_facts(pattern)):
        raise ValueError(f'{path}: file_names holds some of {", ".join(FACTS)}, each once in braces, as "{{outlet}}_{{published}}"; mend it.')
    return Settings(columns, pattern)


def _names_facts(pattern: str) -> bool:
    named = PLACE.findall(pattern)
    return bool(named) and set(named) <= set(FACTS) and len(set(named)) == len(named)
