"""Put a finished report in place of the one before, or leave the one before as it was."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from analysis.origin import MANIFEST


@contextmanager
def built_beside(out):
    """A new folder beside `out`, which takes its place when the block ends well and is removed when it does not.

    Args:
        out: Path of the report; its parents are made.

    Yields:
        Path of the folder to build in.

    Raises ValueError where `out` holds something that is no report, which is never replaced.
    """
    if out.exists() and not ((out / MANIFEST).is_file() or out.is_dir() and not any(out.iterdir())):
        raise ValueError(f"{out}: this is no report of On Record, so it is not replaced; choose another folder.")
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        work.chmod(0o755)
        yield work
        _replace(out, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _replace(out, work):
    """Put `work` at `out`; what was there is kept aside until it is, and put back if it cannot be."""
    aside = work.with_name(work.name + "-before")
    if out.exists():
        os.rename(out, aside)
    try:
        os.rename(work, out)
    except OSError:
        if aside.exists():
            os.rename(aside, out)
        raise
    shutil.rmtree(aside, ignore_errors=True)
