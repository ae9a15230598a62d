"""A small invented corpus, one article of it hostile, and what is to be found in it, so that a report needs no model."""

import json

import nbformat
import pytest

from analysis import extract
from analysis.report import make_report, run
from analysis.sources import Asserter
from analysis.types import Claim, Extraction, Figure

DAM = """Velmora Says Dam Is Safe

Orrin Tass, minister of works, said the dam at Quill holds over 40 million litres. "It will not break," he said.

The Ledger reported that Velmora fears more than 1,000 people would drown. Dozens left within 2 to 3 days.

Share this story
"""
HOSTILE = (
    "<script>alert('run')</script> & </div><img src=http://bad.test/x onerror=alert(1)>\n\n"
    '=HYPERLINK("http://bad.test") said 7 \x07bells rang in <b>Quill</b>.\n\n' + "a" * 1_000_000 + "\n"
)
BROKEN = "Mayor \ud800 Dunn said 12 bridges fell.\u202e\n"

# source, cue, content, kind, stance, parent, confidence; and the source's name and kind
CLAIMS = [
    ("Velmora", "Says", "Dam Is Safe", "indirect", "says", None, 0.9, "Velmora", "state"),
    ("Orrin Tass", "said", "the dam at Quill holds over 40 million litres", "indirect", "says", None, 0.97,
     "Orrin Tass", "person"),
    ("he| said", "said|.\n", '"It will not break,"', "direct", "denies", None, 0.99, "Orrin Tass", "person"),
    ("The Ledger", "reported", "Velmora fears more than 1,000 people would drown", "indirect", "says", None, 0.8,
     "The Ledger", "outlet"),
    ("Velmora| fears", "fears", "more than 1,000 people would drown", "indirect", "warns", 3, 0.4, "Velmora", "state"),
    ('=HYPERLINK("http://bad.test")', "said", "7 \x07bells rang in <b>Quill</b>", "indirect", "says", None, 0.7,
     '=HYPERLINK("http://bad.test")', "unnamed"),
    ("Mayor \ud800 Dunn", "said", "12 bridges fell", "indirect", "says", None, 0.7, "Dunn", "person"),
]
# text, value, low, high, comparator, kind, unit, counted, the claim it stands in
FIGURES = [
    ("40 million", 4e7, None, None, ">", "volume", "litre", "dam at Quill", 1),
    ("1,000", 1000.0, None, None, ">", "count", "people", "people would", 4),
    ("Dozens", None, 24.0, None, "vague", "count", "people", "", None),
    ("2 to 3 days", None, 2.0, 3.0, "range", "duration", "day", "", None),
    ("7", 7.0, None, None, "=", "count", "bell", "bells", 0),
    ("12", 12.0, None, None, "=", "count", "bridge", "bridges", 0),
]


def write_corpus(folder):
    """Write the three articles, one of them as JSON lines, and a file that cannot be read; return the folder."""
    folder.mkdir(parents=True)
    (folder / "dam.txt").write_text(DAM)
    (folder / "hostile.txt").write_text(HOSTILE)
    (folder / "more.jsonl").write_text(json.dumps({"id": "bro ken/1", "text": BROKEN}) + "\n")
    (folder / "photo.png").write_bytes(b"\x89PNG")
    return folder


def make_small_report(folder):
    """Make a report on the corpus; they lie in `folder` as "report" and "small". Return the report's folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extract, "extract", extract_by_hand)
        return make_report(write_corpus(folder / "small"), out=folder / "report", quiet=True).page.parent


def written_only(notebook, path, parameters):
    """What stands in for `analysis.report.run.run` where the outputs of notebooks do not matter: no kernel is started."""
    unexecuted = run.notebook_of(notebook)
    run.write(unexecuted, path)
    return unexecuted


def one_notebook(folder, source="len(open('../tables/claims.csv').read())"):
    """Write a folder of notebooks in which there is one, of one cell, that takes a kernel little time; return the folder."""
    folder.mkdir()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source, id="c1")])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    run.write(notebook, folder / "corpus.ipynb")
    return folder


def one_planned(found, corpus_name, given):
    """What stands in for `analysis.report.build.plan` where there is that one notebook."""
    return {"corpus": {}}


def extract_by_hand(articles, progress=None, failed=None):
    """What `analysis.extract.extract` would find, from the lists above."""
    for done, article in enumerate(articles, 1):
        yield _extraction(article)
        if progress:
            progress(done, len(articles))


def _extraction(article):
    rows = [row for row in CLAIMS if row[2] in article.text]
    claims = [
        Claim([_span(article, source)], [_span(article, cue)], [_span(article, content)], kind, stance, False, parent,
              "by hand", sure)
        for source, cue, content, kind, stance, parent, sure, _, _ in rows
    ]
    figures = [
        Figure(_span(article, words), value, low, high, sign, kind, unit, counted,
               [_span(article, counted)] if counted else [], claim=claim)
        for words, value, low, high, sign, kind, unit, counted, claim in FIGURES
        if words in article.text and (counted or "people") in article.text
    ]
    names = [row[7] for row in rows]
    asserters = [Asserter(claim.source, row[7], row[8], "", names.index(row[7])) for row, claim in zip(rows, claims)]
    return Extraction(article, claims, figures, asserters, [(0, len(article.text))])


def _span(article, words):
    """Where `words` first stand; those behind a "|" only say which place is meant."""
    words, _, after = words.partition("|")
    start = article.text.index(words + after)
    return start, start + len(words)
