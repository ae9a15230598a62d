"""Processes that read side by side give what one gives, in order, whatever becomes of them."""

import signal

import pytest

from analysis import extract, workers
from analysis.corpus import article_from_text
from analysis.lines import to_line
from analysis.store import Store

# A process that finds the length of a text, and dies of one that says so: no model is loaded.
STANDS_IN = workers.SERVE.replace("serve(answers)", """
import os
from analysis import workers
def outcomes(articles):
    if any("deadly" in article.text for article in articles):
        os.kill(os.getpid(), 9)
    return [(None, "no words") if not article.text else ('{"claims": [], "figures": [], "asserters": [], "sentences": [[0, %d]], "removed": []}' % len(article.text), "")
            for article in articles]
workers.outcomes = outcomes
print("what a library prints is no answer", flush=True)
serve(answers)
""")


@pytest.fixture
def stand_in(monkeypatch):
    monkeypatch.setattr(workers, "SERVE", STANDS_IN)
    monkeypatch.setattr(workers, "FEW", 0)
    monkeypatch.setattr(workers, "BATCH", 40)


def named(texts):
    return (article_from_text(f"a{number}", text) for number, text in enumerate(texts))


def test_what_is_found_is_the_same_in_one_process_and_in_two(monkeypatch, tmp_path):
    texts = [f"The mayor of Oldbridge said {number} boats burned. “Not mine,” he said.\n\nPolice counted {number + 3} to {number + 9} boats." * (number % 3 + 1)
             for number in range(8)]
    alone = [to_line(found) for found in extract.extract(named(texts), jobs=1)]
    monkeypatch.setattr(workers, "FEW", 0)
    for batch in (1, 300):
        monkeypatch.setattr(workers, "BATCH", batch)
        assert [to_line(found) for found in extract.extract(named(texts), jobs=2, store=Store(tmp_path) if batch > 1 else None)] == alone
    assert [to_line(found) for found in extract.extract(named(texts), jobs=1, store=Store(tmp_path))] == alone


def test_an_article_that_ends_the_process_that_reads_it_is_left_out_and_no_other(stand_in):
    texts = ["Boats burned in Quill.", "", "This is deadly.", "Crews slept.", "Nothing more."] * 3
    failed = []
    found = list(extract.extract(named(texts), failed=lambda article, reason: failed.append((article.article_id, reason)), jobs=2))
    assert [(each.article.article_id, each.sentences) for each in found] == [
        (f"a{number}", [(0, len(text))]) for number, text in enumerate(texts) if text and "deadly" not in text]
    told = "the process that read it ended before it was done, twice; it may need more memory than there is"
    assert failed == [(f"a{number}", told if text else "no words")
                      for number, text in enumerate(texts) if not text or "deadly" in text]


def test_no_process_outlives_those_who_asked(stand_in, monkeypatch):
    started = []
    popen = workers.subprocess.Popen
    monkeypatch.setattr(workers.subprocess, "Popen",
                        lambda *given, **named: started.append(popen(*given, **named)) or started[-1])
    reading = extract.extract(named(["Boats burned in Quill."] * 500), jobs=2)
    assert next(reading).article.article_id == "a0"
    reading.close()
    assert len(started) == 2 and all(process.returncode == -signal.SIGKILL for process in started)


def test_a_process_whose_asker_is_gone_ends(stand_in):
    process = workers.Process()
    process.read(list(named(["Boats burned."])))
    process._running.stdin.close()
    assert process._running.wait(60) == 0


def test_articles_are_taken_as_they_are_needed(stand_in):
    taken = []
    endless = (taken.append(number) or article_from_text(str(number), "Boats burned in Quill, a town.")
               for number in range(10**9))
    reading = extract.extract(endless, jobs=2)
    assert [next(reading).article.article_id for _ in range(5)] == [str(number) for number in range(5)]
    reading.close()
    assert len(taken) < 200


def test_few_articles_are_read_without_another_process(monkeypatch):
    monkeypatch.setattr(workers, "Process", lambda: type("Idle", (), {"close": lambda self: None, "wait": lambda self: None})())
    assert len(list(extract.extract(named(["Boats burned."] * 3), jobs=2))) == 3


def test_a_cluster_of_two_workers_finds_the_same(monkeypatch):
    distributed = pytest.importorskip("distributed")
    texts = [f"The mayor of Oldbridge said {number} boats burned." for number in range(6)]
    monkeypatch.setattr(workers, "FEW", 0)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        for batch in (1, 100):
            monkeypatch.setattr(workers, "BATCH", batch)
            found = [to_line(each) for each in extract.extract(named(texts), scheduler=cluster.scheduler_address)]
            assert found == [to_line(each) for each in extract.extract(named(texts), jobs=1)] and len(found) == 6


def test_a_scheduler_that_is_not_there_is_told():
    with pytest.raises(ValueError, match="A scheduler needs Dask; install it with|no scheduler of Dask answers there"):
        list(extract.extract(named(["Boats burned."]), scheduler="tcp://127.0.0.1:1"))
