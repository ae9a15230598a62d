"""Articles read in processes of their own, as many at once as there are cores, and given back in order.

Each process loads the models once. What it sends back is lines of JSON, so that nothing depends on who read what. One that
is killed, for the memory that an article takes or by anything else, costs no article but those that kill it twice.
"""

import json
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from analysis.corpus import Article, why_unread
from analysis.lines import from_line, to_line
from analysis.store import Store
from analysis.types import Extraction

BATCH = 20_000  # characters of articles that are sent together
FEW = 300_000  # characters that one process reads before others would have begun
AHEAD = 32  # batches at hand at once, and two for each process
# What a process runs; whatever a library prints there is no answer of ours.
SERVE = """import json, os, sys
answers = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)
sys.path[:] = json.loads(sys.argv[1])
from analysis.workers import serve
serve(answers)"""
Outcome = tuple[str | None, str]  # a line of what was found, or None and why there is none


def cores() -> int:
    """How many cores this process may use; where the system does not say (macOS), how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Readers(Protocol):
    """Who reads articles for us: processes of our own, or the workers of a cluster."""

    def submit(self, articles: list[Article]) -> "Future[list[Outcome]]":
        """What was found in each of some articles, once it is there."""

    def close(self) -> None:
        """End the reading; what was not read yet never is."""


class Ended(Exception):
    """A process that was reading has ended."""


class Process:
    """A process that reads articles; started when it is first needed, and again after it has ended."""

    def __init__(self) -> None:
        self._running: subprocess.Popen | None = None
        self._closed = False
        self._starting = threading.Lock()

    def read(self, articles: list[Article]) -> list[Outcome]:
        """What was found in each article. Raises Ended where the process ends meanwhile."""
        running = self._started()
        try:
            pickle.dump(articles, running.stdin)
            running.stdin.flush()
            return pickle.load(running.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            running.kill()
            running.communicate()
            self._running = None
            raise Ended() from error

    def _started(self) -> subprocess.Popen:
        with self._starting:
            if self._closed:
                raise Ended()
            if self._running is None:
                command = [sys.executable, "-c", SERVE, json.dumps(sys.path)]
                # Not in our group: who interrupts us at the terminal is answered by us, and we end it.
                self._running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
            return self._running

    def close(self) -> None:
        """End the process, whatever it does, for good."""
        with self._starting:
            self._closed = True
            running = self._running
        if running is not None:
            running.kill()

    def wait(self) -> None:
        """Wait until the process has ended; none reads by it any more."""
        if self._running is not None:
            self._running.communicate()


class Workers:
    """So many processes; they end with the block."""

    def __init__(self, jobs: int) -> None:
        self._processes = [Process() for _ in range(jobs)]
        self._idle: queue.SimpleQueue[Process] = queue.SimpleQueue()
        self._threads = ThreadPoolExecutor(jobs)
        for process in self._processes:
            self._idle.put(process)

    def submit(self, articles: list[Article]) -> "Future[list[Outcome]]":
        """What was found in each of some articles, once it is there."""
        return self._threads.submit(self._read, articles)

    def _read(self, articles: list[Article]) -> list[Outcome]:
        process = self._idle.get()
        try:
            return process.read(articles)
        except Ended:
            return [_alone(process, article) for article in articles]
        finally:
            self._idle.put(process)

    def close(self) -> None:
        """End all processes; what was not read yet never is."""
        for process in self._processes:
            process.close()
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.wait()


def _alone(process: Process, article: Article) -> Outcome:
    try:
        return process.read([article])[0]
    except Ended:
        return None, "the process that read it ended before it was done, twice; it may need more memory than there is"


@dataclass
class Batch:
    """Articles that are read together, in order: those found in the store, and those that are to be read."""

    articles: list[Article] = field(default_factory=list)
    kept: list[Extraction | None] = field(default_factory=list)
    unread: int = 0  # characters
    reading: "Future[list[Outcome]] | None" = None

    def send(self, workers: Readers) -> None:
        """Have what is to be read of it read by others."""
        if self.unread and self.reading is None:
            self.reading = workers.submit([article for article, kept in zip(self.articles, self.kept) if kept is None])

    def found(self, store: Store | None) -> Iterator[tuple[Article, Extraction | Exception]]:
        """Each article with what was found in it, or what was raised at it; what nobody else reads is read here."""
        sent = iter(self.reading.result()) if self.reading else None
        for article, kept in zip(self.articles, self.kept):
            yield article, kept or (_here(article, store) if sent is None else _there(article, next(sent), store))


def read_all(
    articles: Iterable[Article], jobs: int, store: Store | None, cluster: Readers | None = None
) -> Iterator[tuple[Article, Extraction | Exception]]:
    """Each article with what was found in it, or what was raised at it, in order and in memory that their number does not change.

    `jobs` processes read what the store does not hold, or a `cluster`, where it is enough for two to be worth their start.
    """
    workers = cluster or (Workers(jobs) if jobs > 1 else None)
    try:
        for batch in _in_order(_batches(articles, store), workers, max(AHEAD, 2 * jobs)):
            yield from batch.found(store)
    finally:
        if workers:
            workers.close()


def _in_order(batches: Iterable[Batch], workers: Readers | None, ahead: int) -> Iterator[Batch]:
    """The batches, each no sooner than what is to be read of those before it; a process is started only where there is much to read."""
    waiting: deque[Batch] = deque()
    started = False
    for batch in batches:
        waiting.append(batch)
        started = started or workers is not None and sum(each.unread for each in waiting) > FEW
        for each in waiting if started else ():
            each.send(workers)
        while waiting and (workers is None or len(waiting) > ahead or not waiting[0].unread):
            yield waiting.popleft()
    yield from waiting


def _batches(articles: Iterable[Article], store: Store | None) -> Iterator[Batch]:
    batch, length = Batch(), 0
    for article in articles:
        kept = store.get(article) if store else None
        batch.articles.append(article)
        batch.kept.append(kept)
        batch.unread += 0 if kept else len(article.text) + 1
        length += len(article.text)
        if length >= BATCH:
            yield batch
            batch, length = Batch(), 0
    yield batch


def _here(article: Article, store: Store | None) -> Extraction | Exception:
    """What this process finds in an article, or what was raised at it."""
    from analysis.reader import read  # loads the models, which a process that only waits for others never needs

    try:
        found = read(article)
        if store:
            store.put(article, to_line(found))
        return found
    except Exception as error:
        return error


def _there(article: Article, outcome: Outcome, store: Store | None) -> Extraction | Exception:
    """What another process found in an article, or why it found nothing."""
    line, reason = outcome
    if line is None:
        return ValueError(reason)
    if store:
        store.put(article, line)
    return from_line(article, line)


def serve(answers: BinaryIO) -> None:
    """Read the articles that stand in standard input, list by list, until it ends, and write to `answers` what was found."""
    while True:
        try:
            articles = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(outcomes(articles), answers)
        answers.flush()


def outcomes(articles: list[Article]) -> list[Outcome]:
    """What this process finds in each article, or None and why it finds nothing."""
    found = [_here(article, None) for article in articles]
    return [(None, why_unread(each)) if isinstance(each, Exception) else (to_line(each), "") for each in found]
