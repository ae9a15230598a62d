"""An analyst's own grade for a source: grades.csv beside the articles. A grade is never told without its scale and what it means there."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.corpus.sidecars import read_rows
from analysis.corrections import by_name
from analysis.types import LeftOut

GRADES_FILE = "grades.csv"
TOLD = ("grade", "scale", "meaning")
COLUMNS = ("source", *TOLD, "who", "when")


@dataclass(frozen=True)
class Grade:
    """A row of grades.csv: a source by its name, its grade, of which scale, what that grade means there, and who gave it."""

    place: int
    source: str
    grade: str
    scale: str
    meaning: str
    who: str
    when: str


def read_grades(folder: str | Path) -> list[Grade]:
    """The rows of grades.csv (`source,grade,scale,meaning,who,when`); none where there is no such file.

    Raises ValueError naming file, row and mend where the file is no such table, or where a grade lacks its scale or meaning.
    """
    path, found = Path(folder) / GRADES_FILE, []
    for number, cells in read_rows(path, COLUMNS, "source", *TOLD):
        if lacking := next((name for name in TOLD if not cells[name]), None):
            raise ValueError(f"{path}: row {number} has no {lacking}; give it one, or delete the row.")
        found.append(Grade(number, **{name: cells.get(name, "") for name in COLUMNS}))
    return found


def graded(grades: Iterable[Grade], sources: list[dict]) -> tuple[list[dict], list[LeftOut]]:
    """The rows of the table of grades, with the source_id of each, and the grades of which no one source is found, with the reason."""
    called, given, left_out = by_name(sources), {}, []
    for grade in grades:
        found = called.get(grade.source.casefold(), [])
        source_id = found[0] if len(found) == 1 else None
        if source_id is None or source_id in given:
            left_out.append(LeftOut(GRADES_FILE, f"row {grade.place}: {_why_not(grade, len(found))}"))
        else:
            given[source_id] = {"source_id": source_id, **vars(grade)}
    return list(given.values()), left_out


def _why_not(grade: Grade, found: int) -> str:
    if found == 1:
        return f"a row before grades {grade.source[:60]!r} too, and is kept; delete one of them"
    return f"{found or 'no'} sources are called {grade.source[:60]!r}; {'give the source_id of one' if found else 'name one of the table of sources'}"
