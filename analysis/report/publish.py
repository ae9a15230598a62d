"""Put a finished report in place of the one before in one step, or leave the one before as it was."""

import ctypes
import hashlib
import json
import os
import shutil
import tempfile
import traceback
from contextlib import contextmanager, suppress
from pathlib import Path

from analysis import origin

LOG = "log.txt"
TOLD = "reports.json"  # in the folder of what changed: which reports it tells of
HERE, EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)


@contextmanager
def built_beside(out):
    """A new folder beside `out`, which takes its place when the block ends well.

    Readers see the report before or the new one, whole. When the block fails after notebooks were begun, what was done
    is kept as `<out>.failed`, with the error's traceback in log.txt. Only one process at a time may come here (see
    `analysis.report.lock`), after `recover`.

    Args:
        out: Path of the report; its parent is there.

    Yields:
        Path of the folder to build in.

    Raises ValueError where `out` holds something that is no report, which is never replaced.
    """
    if out.exists() and not ((out / origin.MANIFEST).is_file() or out.is_dir() and not any(out.iterdir())):
        raise ValueError(f"{out}: this is no report of On Record, so it is not replaced; choose another folder.")
    work = beside(out, "new")
    work.mkdir()
    try:
        yield work
        flush(work)
        _replace(out, work)
    except Exception as error:
        _keep(work, failed(out), error)
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def failed(out):
    """Path of the folder where what a failed run has done is kept."""
    return out.with_name(f"{out.name}.failed")


def changes_of(out):
    """Path of the folder beside a report that says what changed from the report before."""
    return out.with_name(f"{out.name}.changes")


def put_changes(out):
    """Put what changed in its place, now that the report is in its own; drop it where it tells of another report.

    Whoever was killed between the two did not do it, and the next run does.
    """
    changes = changes_of(out)
    new, old = beside(changes, "new"), beside(changes, "old")
    if _tells_of(new, out):
        _replace(changes, new)
    for left in (new, old):
        if left.exists():
            shutil.rmtree(left)
    if (changes / TOLD).is_file() and not _tells_of(changes, out):
        drop(changes)


def _tells_of(changes, out):
    try:
        return json.loads((changes / TOLD).read_text(encoding="utf-8"))["new"] == origin.identity(out)
    except (OSError, ValueError, KeyError):
        return False


def drop(folder):
    """Remove a folder, which readers see whole until it is gone."""
    if folder.exists():
        os.rename(folder, beside(folder, "old"))
        shutil.rmtree(beside(folder, "old"))


def recover(out):
    """Remove what a killed run left behind; put the report back where it was killed between two renames."""
    before = beside(out, "old")
    if before.exists() and not out.exists():
        os.rename(before, out)
    for left in (before, beside(out, "new")):
        if left.exists():
            remove(left)
    put_changes(out)


def remove(work):
    """Remove a folder that a killed run was building in, and before it what its kernels left."""
    for sockets in Path(tempfile.gettempdir()).glob(f"{sockets_of(work)}*"):
        shutil.rmtree(sockets, ignore_errors=True)
    shutil.rmtree(work)


def sockets_of(work):
    """How the names of the temporary folders begin in which the kernels of a report that is built in `work` listen.

    They do not lie in `work` because a socket's path has 107 characters at most.
    """
    return f"onrecord-{hashlib.sha256(os.fsencode(work)).hexdigest()[:12]}-"


def beside(out, age):
    """Path of the hidden folder beside a report where the "new" one is built, or the "old" one waits to be removed."""
    return out.with_name(f".{out.name}.{age}")


def _keep(work, kept, error):
    """Keep a run's notebooks and its error, unless it failed before any, or on the files themselves (a full disk)."""
    if not (work / "notebooks").is_dir() or isinstance(error, OSError):
        return
    shutil.rmtree(kept, ignore_errors=True)
    os.rename(work, kept)
    with suppress(OSError):  # the disk may be full by now, and the first error is the one to tell
        (kept / LOG).write_text("".join(traceback.format_exception(error)), encoding="utf-8", errors="backslashreplace")
    error.add_note(f"The notebook, as far as it came, and {LOG} are in {kept}")


def flush(work):
    """Have the disk hold every file before any takes the place of an old one, in case the power goes."""
    for path in [*work.rglob("*"), work, work.parent]:
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def _replace(out, work):
    """Put `work` at `out`, in one step where the system can exchange two folders, in two where it cannot."""
    if not out.exists():
        os.rename(work, out)
    elif _exchanged(out, work):
        shutil.rmtree(work)
    else:
        before = beside(out, "old")
        os.rename(out, before)
        try:
            os.rename(work, out)
        except OSError:
            os.rename(before, out)
            raise
        shutil.rmtree(before)


def _exchanged(one, other):
    """Let two folders change places; False where the system (it is no Linux) or the file system knows no such thing."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0
