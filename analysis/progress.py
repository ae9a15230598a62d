"""How far the work has come: a bar at a terminal, plain lines where there is none."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

Step = Callable[..., None]  # (done, total or None, what), and maybe a note


@contextmanager
def shown(quiet: bool = False) -> Iterator[Step]:
    """Yield a function to be told (done, total or None, what) and maybe a note, which shows that on standard error; nothing if `quiet`."""
    if quiet:
        yield lambda done, total, what, note="": None
    elif not sys.stderr.isatty():
        yield _line
    else:
        bars: dict[str, tqdm] = {}

        def step(done: int, total: int | None, what: str, note: str = "") -> None:
            if what not in bars:
                bars[what] = tqdm(total=total, desc=what)
            bars[what].set_postfix_str(note, refresh=False)
            bars[what].update(done - bars[what].n)

        try:
            yield step
        finally:
            for bar in bars.values():
                bar.close()


def _line(done: int, total: int | None, what: str, note: str = "") -> None:
    """A line for every tenth of the whole, or for every hundred where the whole is not known."""
    if done % 100 == 0 if total is None else done * 10 // total > (done - 1) * 10 // total:
        print(f"{what}: {done}" + (f" of {total}" if total is not None else "") + (f", {note}" if note else ""),
              file=sys.stderr, flush=True)
