"""The files of a corpus: all under its folder but hidden ones and the reports that lie there."""

import os
from pathlib import Path

# What On Record writes beside articles where a report's folder lies among them (see analysis.report.publish and .dated_reports).
REPORT = ("manifest.json", "index.html", "tables", "notebooks")
BESIDE = {".changes": ("reports.json",), ".failed": ("log.txt", "notebooks", "manifest.json")}
LATEST, LISTED = "latest", "index.html"


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
