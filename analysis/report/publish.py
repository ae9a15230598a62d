"""Put a finished report in place of the one before in one step, or leave the one before as it was; one run at a time for each report.

Pages are made from templates: everything put into them is escaped, and the style is in the page.
"""

import ctypes
import fcntl
import hashlib
import json
import os
import platform
import shutil
import tempfile
import traceback
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from analysis import manifests

TEMPLATES = Path(__file__).parent / "templates"
LOG = "log.txt"
TOLD = "reports.json"  # in the folder of what changed: which reports it tells of
SHORT, LONGEST = ("/tmp", "/var/tmp", "/dev/shm"), 55  # folders whose paths leave room for a socket's name; bytes of such a path
HERE, EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)


@contextmanager
def built_beside(out):
    """A new folder beside `out`, which takes its place when the block ends well.

    Readers see the report before or the new one, whole. Only one process at a time may come here (see
    `held`), after `recover`, and within `failure_kept`.

    Args:
        out: Path of the report; its parent is there.

    Yields:
        Path of the folder to build in.
    """
    work = beside(out, "new")
    work.mkdir()
    yield work
    flush(work)
    _replace(out, work)


@contextmanager
def failure_kept(out):
    """Keep what a failing block has done as `<out>.failed`: the notebooks, if any were begun, and the traceback in log.txt.

    A note that says where is added to the error. Of a block that is ended from outside, nothing is kept.

    Args:
        out: Path of the report that the block makes.
    """
    work = beside(out, "new")
    try:
        yield
    except Exception as error:
        _keep(work, failed(out), error)
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def check(out, corpus_folder):
    """Raise ValueError where `out` holds something that is no report, or the articles, neither of which is ever replaced."""
    if Path(corpus_folder).resolve().is_relative_to(out):
        raise ValueError(f"{out}: the report would take the place of its articles; choose another folder.")
    if out.exists() and not (_is_report(out) or out.is_dir() and not any(out.iterdir())):
        raise ValueError(f"{out}: this is no report of On Record, so it is not replaced; choose another folder.")


def _is_report(out):
    return (out / manifests.MANIFEST).is_file() and (out / "tables").is_dir()


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
    return told(changes).get("new") == manifests.identity(out)


def told(changes):
    """What a folder of what changed says of itself: dict of old, new and changes; empty where it says nothing."""
    path = changes / TOLD
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


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
    for sockets in sockets_of(work):
        shutil.rmtree(sockets, ignore_errors=True)
    shutil.rmtree(work)


def sockets_of(work):
    """Paths of the folders that kernels of a report that is built in `work` have listened in, and left."""
    return sorted(path for folder in _for_sockets() for path in folder.glob(f"{_beginning(work)}*"))


@contextmanager
def sockets(work):
    """A new folder for the sockets of a kernel of a report that is built in `work`.

    It does not lie in `work`, and not in a temporary folder with a long path, because a socket's path has 103
    characters at most (107 on Linux). ValueError where no folder with a short path can be written to.
    """
    for folder in _for_sockets():
        with suppress(OSError):
            made = tempfile.TemporaryDirectory(prefix=_beginning(work), dir=folder, ignore_cleanup_errors=True)
            break
    else:
        raise ValueError(f"No temporary folder with a path of {LONGEST} characters or fewer can be written to; name one in TMPDIR.")
    with made:
        yield Path(made.name)


def _beginning(work):
    return f"onrecord-{hashlib.sha256(os.fsencode(work)).hexdigest()[:12]}-"


def _for_sockets():
    """The folders that sockets can lie in, the one for all that is temporary first."""
    folders = map(Path, dict.fromkeys([tempfile.gettempdir(), *SHORT]))
    return [folder for folder in folders if len(os.fsencode(folder)) <= LONGEST and folder.is_dir()]


def beside(out, age):
    """Path of the hidden folder beside a report where the "new" one is built, or the "old" one waits to be removed."""
    return out.with_name(f".{out.name}.{age}")


def _keep(work, kept, error):
    """Keep a run's notebooks and its error; where it failed on the files themselves (a full disk), the error alone."""
    begun = (work / "notebooks").is_dir() and not isinstance(error, OSError)
    with suppress(OSError):  # where nothing can be written, the first error is still the one to tell
        shutil.rmtree(kept, ignore_errors=True)
        if begun:
            os.rename(work, kept)
        else:
            shutil.rmtree(work, ignore_errors=True)  # a full disk has room for the log again
            kept.mkdir()
        (kept / LOG).write_text("".join(traceback.format_exception(error)), encoding="utf-8", errors="backslashreplace")
        error.add_note(f"The notebook, as far as it came, and {LOG} are in {kept}" if begun else f"{LOG} is in {kept}")


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


@contextmanager
def held(out, wait=True, tell=print):
    """Hold the lock of a report: a file beside it that the system lets go of when its holder ends, however it ends.

    Args:
        out: Path of the report; its parents are made.
        wait: whether to wait for another holder, or to fail.
        tell: called with a sentence that says who holds it, before waiting.

    Raises ValueError, saying who holds it, where it is held and `wait` is false.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    path = out.with_name(f".{out.name}.lock")
    file = _locked(path, wait, tell)
    try:
        file.truncate(0)
        file.write(f"process {os.getpid()} on {platform.node()}")
        file.flush()
        yield
    finally:
        path.unlink(missing_ok=True)
        file.close()


def _locked(path, wait, tell):
    while True:
        file = open(path, "a+", encoding="utf-8", errors="replace")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read() or "another process"
            if not wait:
                file.close()
                raise ValueError(f"{path}: {holder} is making this report; try again when it has ended.") from None
            tell(f"Waiting for {holder}, which is making this report.")
            fcntl.flock(file, fcntl.LOCK_EX)
        if _is_still(file, path):
            return file
        file.close()  # its holder removed it while we waited: the lock is another file now


def _is_still(file, path):
    try:
        return os.path.samestat(os.fstat(file.fileno()), os.stat(path))
    except FileNotFoundError:
        return False


@cache
def _environment():
    """The templates, each compiled once; the style is at hand in all."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    environment.globals["style"] = Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))
    return environment


def rendered(template, **values):
    """A template's page as a str; text in `values` is escaped, Markup is kept."""
    return _environment().get_template(template).render(**values)
