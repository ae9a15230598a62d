"""Kill runs that read articles into a store, at random moments, and look at what the next run makes of it."""

import os
import random
import signal
import sys
import time
from pathlib import Path

from analysis import extract, reader, store
from analysis.corpus import article_from_text
from analysis.types import Extraction
from tests.kills import FORK

ARTICLES = [article_from_text(str(number), f"Boat {number} burned.") for number in range(100)]
SLOW = 0.002  # seconds that reading an article takes


def begun(folder: Path):
    """A run that reads the articles into the store in a folder, begun. Its exit code will be how many it found there."""
    store.version()  # which is not computed anew in each
    run = FORK.Process(target=_fill, args=(folder,))
    run.start()
    return run


def filled(folder: Path) -> int:
    """Let a run fill the store in a folder to its end: how many articles it found there."""
    run = begun(folder)
    run.join()
    return run.exitcode


def contents(folder: Path) -> dict[str, bytes]:
    """Path to bytes of all files under a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def kill_fills(folder: Path, kills: int, seed: int = 0) -> list[str]:
    """Kill so many runs at random moments, one to three that fill one store, and then let one run to its end.

    Returns:
        list of str: everything that was not as it should be.
    """
    chance, faults, killed = random.Random(seed), [], 0
    began = time.monotonic()
    filled(folder / "undisturbed")
    takes, whole = time.monotonic() - began, contents(folder / "undisturbed")
    assert len(whole) == len(ARTICLES)
    while killed < kills:
        kept = folder / f"killed {killed}"
        for _ in range(chance.randint(1, 3)):
            killed += _kill(begun(kept), chance.uniform(0, takes))
        there = len(contents(kept / "read"))
        if filled(kept) != there:
            faults.append(f"kill {killed}: what was kept was read anew")
        if contents(kept) != whole:
            faults.append(f"kill {killed}: the store is another than that of an undisturbed run")
    return faults


def _kill(run, after: float) -> bool:
    """Kill a run after so many seconds; whether it had not ended before."""
    time.sleep(after)
    os.kill(run.pid, signal.SIGKILL)
    run.join()
    return run.exitcode < 0


def _fill(folder: Path) -> None:
    """Read the articles; what is found in each stands in for the models, and is another for each."""
    reader.read = lambda article: time.sleep(SLOW) or Extraction(article, [], [], [], [(0, int(article.article_id) + 1)])
    kept = store.Store(folder)
    list(extract.extract(ARTICLES, store=kept, jobs=1))
    sys.exit(kept.hits)
