"""What damaged inputs do: `python -m tests.mutations [HOW MANY [FIRST ROUND]]`.

A round is a folder of articles of which most are damaged, as are their ids, dates, and the tables beside them. It is
read, extracted, made into tables and compared, and what goes wrong is told with the number of its round, which is the
same every time. Nothing may be raised but a ValueError of one line that names a file, and no article may be lost, silently
or because of another. Ten thousand inputs take about ten minutes of a core.
"""

import json
import math
import random
import re
import shutil
import sys
import traceback
from pathlib import Path

import pandas as pd

from analysis import tables, tabulate
from analysis.compare import columns
from analysis.compare.build import compare
from analysis.compare.citations import write_graphml
from analysis.corpus import read_corpus
from analysis.evaluate import evaluate, read_gold
from analysis.extract import extract
from analysis.reader import to_json
from tests import invented
from tests.damage import WITNESS, damaged, mutated, rounds

WITNESSES = ("0-first", "in-between", "z-last")  # articles that nothing is done to
TABLES_BESIDE = ("metadata.csv", "statements.csv")
WRITTEN = 8  # one round of so many writes its tables and reads them again
LONGEST = 500  # characters of a text before it is damaged
DAYS = (
    None, "", "2031-05-03", "2031-05-04T23:59:59Z", "20310505", "2031-W18-1", "2031-13-01", "2031-02-30", "0001-01-01",
    "9999-12-31", "1 March 2031", "yesterday",
    "²²²²-01-01", "٢٠٣١-٠٥-٠٣", "2031-05-03" + "9" * 5_000, "\ud800", "\0", "-", "2031", "2031-05", "NaN",
)
IDS = ("", "a", "../up", "/etc/passwd", "..", "s\ud800ur", "two\nlines", "\0", "=1+1", "<b>", "a.c1", "a1.f1", "ü", "🚢",
       "i" * 5_000, " ", "a b", "'", '"', 7, -1, True, None, 10**400, 1.5, [1])


def write_round(chance, folder):
    """Write a folder of articles, most of them damaged; return how many inputs were."""
    articles = chance.sample(invented.read_articles().articles, 23)
    texts, lines = articles[:4], [_line(chance, article) for article in articles[4:]]
    folder.mkdir()
    for number, article in enumerate(texts):
        text = mutated(chance, article.text[:LONGEST]).encode("utf-8", chance.choice(("surrogatepass", "replace")))
        (folder / f"{number}-text.txt").write_bytes(damaged(chance, text) if chance.random() < 0.2 else text)
    (folder / f"{WITNESSES[0]}.txt").write_text(WITNESS, encoding="utf-8")
    lines[2:2] = [json.dumps({"id": WITNESSES[1], "text": WITNESS}).encode()]
    (folder / "lines.jsonl").write_bytes(b"\n".join([*lines, json.dumps({"id": WITNESSES[2], "text": WITNESS}).encode()]))
    (folder / "metadata.csv").write_bytes(_metadata(chance, texts))
    (folder / "statements.csv").write_bytes(_statements(chance))
    (folder / "gold.json").write_bytes(_gold(chance))
    return len(articles) + 3


def _line(chance, article):
    """A line of an article, damaged: its text, and maybe its id, its day, what else is known, or the line itself."""
    record = {"id": article.article_id, "text": mutated(chance, article.text[:LONGEST]), "outlet": article.outlet,
              "published": article.published}
    if chance.random() < 0.2:
        record["id"] = chance.choice(IDS)
    if chance.random() < 0.5:
        record["published"] = chance.choice(DAYS)
    if chance.random() < 0.2:
        record[chance.choice(("title", "outlet", "event", "url", "language"))] = chance.choice((mutated(chance, article.outlet), 7, None, [], math.nan))
    line = json.dumps(record, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass").replace(b"\n", b" ")
    return damaged(chance, line).replace(b"\n", b" ") if chance.random() < 0.2 else line


def _metadata(chance, texts):
    rows = [["path", "outlet", "published", "event"]]
    rows += [[f"{number}-text.txt", article.outlet, chance.choice(DAYS) or "", chance.choice(("", "Aldmere", mutated(chance, "war")))] for number, article in enumerate(texts)]
    rows += chance.choices(rows, k=chance.choice((0, 0, 1)))
    return _table(chance, rows)


def _statements(chance):
    claims = [f"{chance.choice((*WITNESSES, 'a1', 'a2', 'gone'))}.c{chance.randint(0, 3)}" for _ in range(4)]
    return _table(chance, [["claim_id", "statement"]] + [[claim, chance.choice(("", "Shells fell", mutated(chance, "Shells fell")))] for claim in claims])


def _table(chance, rows):
    """Rows as CSV, well written or damaged."""
    separator = chance.choice(",;\t")
    text = "\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    data = text.encode("utf-8", "replace")
    return damaged(chance, data) if chance.random() < 0.5 else data


def _gold(chance):
    text = mutated(chance, WITNESS)
    span = [[chance.randint(-1, 20), chance.choice((5, 21, len(text), 10**30))]]
    claim = {"id": "c1", "source": span, "cue": [[0, 1]], "content": [[2, 9]], "kind": "indirect", "stance": "says",
             "parent": chance.choice((None, "c1", 7))}
    row = {"id": chance.choice(("a", "s\ud800", 7)), "text": text, "claims": chance.choice(([], [claim], None)),
           "figures": [{"value": chance.choice((1, math.nan, 10**400, "1"))}]}
    line = json.dumps({key: value for key, value in row.items() if value is not None}).encode()
    return damaged(chance, line) if chance.random() < 0.5 else line


def faults_of(number, folder):
    """How many damaged inputs a round holds, and what goes wrong with them: a list of sentences."""
    here = Path(folder) / f"round-{number}"
    inputs = write_round(random.Random(number), here)
    try:
        return inputs, [f"round {number}: {fault}" for fault in _faults(here, number % WRITTEN == 0)]
    except Exception:
        return inputs, [f"round {number}: {traceback.format_exc()}"]
    finally:
        shutil.rmtree(here)


def _faults(folder, written):
    yield from _faults_of_error(lambda: evaluate(read_gold(folder / "gold.json"), []), ["gold.json"])
    for _ in TABLES_BESIDE:
        yield from _faults_of_error(lambda: read_corpus(folder), TABLES_BESIDE)
    corpus, failed = read_corpus(folder), []
    yield from _not_told(folder, corpus)
    found = list(extract(corpus.articles, failed=lambda article, reason: failed.append(f"{article.place}: {reason} {article.text!r}")))
    yield from failed
    yield from (f"{name} is lost" for name in {*WITNESSES} - {extraction.article.article_id for extraction in found})
    json.dumps([to_json(extraction) for extraction in found], allow_nan=False)
    built = tabulate.build(corpus, found)
    tables.check(built, corpus)
    compared = compare(corpus, built)
    yield from (f"{row.path}: {row.reason}" for row in compared["left_out"].itertuples() if "not compared" in row.reason)
    yield from _number_faults(compared)
    if written:
        _write_and_read(compared, folder / "tables")


def _faults_of_error(read, names):
    """What is wrong with the error that a reader raises: it is to be a ValueError of one line that names a file, which is then let go."""
    try:
        read()
    except ValueError as error:
        named = re.search(rf"/({'|'.join(map(re.escape, names))})(?:: row|, line) \d+\W", str(error))
        if type(error) is not ValueError or len(str(error).splitlines()) != 1 or not named:
            yield f"this is no sentence that names file and row: {error!r}"
        else:
            Path(str(error)[:named.end(1)]).unlink()


def _not_told(folder, corpus):
    """The files and lines that are neither among the articles nor among what is left out."""
    told = {item.path for item in corpus.left_out} | {article.path for article in corpus.articles} | {*TABLES_BESIDE}
    yield from (f"{path.name} is nowhere told of" for path in folder.iterdir() if path.name not in told)
    read = {article.line for article in corpus.articles} | {int(line) for item in corpus.left_out
                                                            for line in re.findall(r"^line (\d+):", item.reason)}
    lines = (folder / "lines.jsonl").read_bytes().split(b"\n")
    yield from (f"line {number} is nowhere told of"
                for number, line in enumerate(lines, 1) if line.strip() and number not in read)


def _number_faults(found):
    """The columns of numbers that hold one that JSON has not, and sentences that tell one."""
    for name, table in found.items():
        yield from (f"{name}.{column} holds an infinite number"
                    for column, cells in table.items() if cells.dtype == "float64" and cells.abs().max() == math.inf)
        yield from (f"{name} says {told!r}"
                    for told in table.get("sentence", pd.Series(dtype="str")).dropna() if re.search(r"\b(?:nan|inf)\b", told))


def _write_and_read(found, folder):
    """Write tables, and raise where they are others when they are read again."""
    write_graphml(found["citations"], folder.parent / "citations.graphml")
    for declared in (tables.TABLES, columns.TABLES):
        tables.write(found, folder, declared)
        again = tables.read(folder, declared)
        for name in declared:
            pd.testing.assert_frame_equal(again[name], found[name])
            pd.testing.assert_frame_equal(tables.read_csv(folder / f"{name}.csv", declared), found[name])


def main(how_many=200, first=0):
    """Print what goes wrong with at least so many damaged inputs; return how many things did."""
    return rounds(faults_of, how_many, first)


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
