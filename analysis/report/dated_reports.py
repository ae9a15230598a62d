"""A folder of dated reports: `latest` is a link to the newest, index.html lists all, and old ones can go."""

from datetime import datetime, timedelta, timezone

from analysis import whole_file
from analysis.manifests import MANIFEST
from analysis.report import history, publish

LATEST = "latest"
NAME = "%Y-%m-%dT%H-%M-%SZ"  # in UTC, so that names sort as times do


def next_report(folder):
    """Path of a report of this second, or, where the clock was set back, of the second after the newest report's: it is the newest."""
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    newest = next(iter(dated(folder)), None)
    after = datetime.strptime(newest.name, NAME) + timedelta(seconds=1) if newest else now
    return folder / max(now, after).strftime(NAME)


def dated(folder):
    """Paths of the reports in the folder, the newest first."""
    return sorted((path.parent for path in folder.glob(f"*/{MANIFEST}") if _is_dated(path.parent.name)), reverse=True)


def _is_dated(name):
    """Whether a name is one that `next_report` gives; no other form of a time, whose names would not sort as times do."""
    try:
        return datetime.strptime(name, NAME).strftime(NAME) == name
    except ValueError:
        return False


def clear(folder):
    """Remove what killed and failed runs left behind; ValueError where `latest` is something else than a link."""
    latest = folder / LATEST
    if latest.exists() and not latest.is_symlink():
        raise ValueError(f"{latest}: this is no link to the newest report, so it is not replaced; move it away.")
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
    runs = history.folder_of(folder / LATEST) / history.PAGE
    listed = [_listed(report) for report in reports[:keep]]
    page = publish.rendered("dated_reports.html.j2", name=folder.name, reports=listed,
                            runs=runs.relative_to(folder) if runs.is_file() else "")
    whole_file.write(folder / "index.html", page)
    for report in reports[keep:] if keep else []:
        publish.drop(publish.changes_of(report))
        publish.drop(report)


def _listed(report):
    """A report's name and, where there was one before it, what changed."""
    return {"name": report.name, "changes": publish.told(publish.changes_of(report)).get("changes")}
