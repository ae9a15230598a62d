"""A folder of dated reports: `latest` is a link to the newest, index.html lists all, and old ones can go."""

import json
import shutil
from datetime import datetime, timezone

from analysis.origin import MANIFEST
from analysis.report import html, publish

LATEST = "latest"
NAME = "%Y-%m-%dT%H-%M-%SZ"  # in UTC, so that names sort as times do


def next_report(folder):
    """Path of a report of this second."""
    return folder / datetime.now(timezone.utc).strftime(NAME)


def dated(folder):
    """Paths of the reports in the folder, the newest first."""
    return sorted((path.parent for path in folder.glob(f"*/{MANIFEST}") if _is_dated(path.parent.name)), reverse=True)


def _is_dated(name):
    try:
        return bool(datetime.strptime(name, NAME))
    except ValueError:
        return False


def clear(folder):
    """Remove what killed and failed runs left behind."""
    for report in dated(folder):
        publish.put_changes(report)
    for pattern in (".*.new", ".*.old", "*.failed"):
        for left in folder.glob(pattern):
            publish.remove(left)


def settle(folder, keep=None):
    """Let `latest` be the newest report, drop all but the `keep` newest, and list what is left in index.html.

    Readers see each of these whole or not at all; killed between two, the next call does the rest.
    """
    reports = dated(folder)
    link = folder / f".{LATEST}.link"
    link.unlink(missing_ok=True)
    link.symlink_to(reports[0].name)
    link.replace(folder / LATEST)
    html.write(folder / "index.html", html.rendered("series.html.j2", name=folder.name, reports=[_listed(report) for report in reports[:keep]]))
    for report in reports[keep:] if keep else []:
        publish.drop(publish.changes_of(report))
        publish.drop(report)


def _listed(report):
    """A report's name and, where there was one before it, what changed."""
    told = publish.changes_of(report) / publish.TOLD
    return {"name": report.name, "changes": json.loads(told.read_text(encoding="utf-8"))["changes"] if told.is_file() else None}
