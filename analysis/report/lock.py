"""One run at a time for each report."""

import fcntl
import os
import platform
from contextlib import contextmanager


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
