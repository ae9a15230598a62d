"""Looking at rows one at a time, in a notebook: those first that matter most and are least sure; each answer is a row of corrections at once."""

import csv
import io
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import nbformat
import pandas as pd
from markupsafe import Markup

from analysis import corrections, manifests, opening, show, whole_file
from analysis.corpus import Corpus, read_corpus
from analysis.corpus.sidecars import read_rows
from analysis.corrections import COLUMNS, Correction
from analysis.ids import slug
from analysis.record import Record
from analysis.sentences import marked
from analysis.tables import LONGEST_SENTENCE, guarded, unguarded

ROWS, LONGEST_ANSWER = 50, 10_000
WHY = ("in a disagreement", "in numbers that may differ, or in a denial", "in a comparison", "")
RANKS = {"disagree": 0, "may differ": 1}  # of a comparison's verdict; any other is 2, and what stands in none is the last
KEYS = {
    "a": "accept", "r": "reject", "n": "source", "t": "stance", "v": "value", "m": "measure", "g": "group", "p": "standing",
    "c": "add_claim", "f": "add_figure", "w": "read", "s": "skip", "b": "back", "u": "undo",
}
ALONE = "arwsbu"  # keys that take no words
TWO = "cf"  # keys that take words and, behind the last |, what is told of them
HELP = (
    "a: right; r: no such row; a letter in brackets above with what it should be, as n Ann Tolle (n alone: nobody);"
    " c words | source, f words | value: add a claim or a figure of this article; w: article read whole, no more to add;"
    " s: skip; b: back; u: undo; nothing: stop"
)
CELLS = (
    ("markdown", "# Review\n\nThe rows that matter most and are least sure, one at a time. Each answer is at once a row of the file of corrections"
                 " beside the articles, and holds from the next run on."),
    ("parameters", "corpus: str = {corpus!r}  # the folder of articles\nrows: int = {rows!r}  # how many, at most\n"
                   "who: str = {who!r}  # your name, which stands in your corrections\n"
                   "answers: list = []  # answers to begin with, as \"n Ann Tolle\""),
    ("markdown", "The first row. `review.source(\"Ann Tolle\")`, `review.reject()`, `review.undo()` and so on answer, too."),
    ("code", "from analysis.review import Review\n\nreview = Review(corpus, rows, who)\nreview.answer(*answers)"),
    ("markdown", "Type a key, maybe with words, and Enter; nothing but Enter stops. Run the cell again to go on."),
    ("code", "review.ask()"),
    ("markdown", "What was written."),
    ("code", "review.written()"),
)


def write_notebook(corpus: str | Path, out: str | Path | None = None, rows: int = ROWS, who: str = "") -> Path:
    """Write the notebook that reviews a folder of articles, NAME.review.ipynb, into the folder `out`, else beside the articles' folder; its path.

    Raises ValueError where there are no articles, where something lies there, or where it would lie among the articles.
    """
    from analysis.report import run  # loads papermill, which a notebook that reviews never needs

    folder = _articles(corpus).resolve()
    path = (Path(out).resolve() if out else folder.parent) / f"{folder.name}.review.ipynb"
    if path.is_relative_to(folder):
        raise ValueError(f"{path.parent}: the notebook would lie among the articles; choose another folder with --out.")
    if os.path.lexists(path):
        raise ValueError(f"{path}: it is there already; open it, or choose another folder with --out.")
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {"corpus": str(folder), "rows": rows, "who": who}
    notebook = nbformat.v4.new_notebook(cells=[_cell(number, kind, source.format(**values))
                                               for number, (kind, source) in enumerate(CELLS, 1)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    run.write(notebook, path)
    return path


def _cell(number: int, kind: str, source: str):
    if kind == "markdown":
        return nbformat.v4.new_markdown_cell(source, id=f"review-{number}")
    return nbformat.v4.new_code_cell(source, id=f"review-{number}",
                                     metadata={"tags": ["parameters"]} if kind == "parameters" else {})


def _articles(corpus: str | Path) -> Path:
    folder = opening.place_of(corpus)
    if not folder.is_dir() or manifests.is_report(folder):
        raise ValueError(f"{corpus}: this is no folder of articles; give the one whose rows are to be looked at.")
    return folder


class Review:
    """Rows of a corpus, one at a time; a notebook shows the one that is to be looked at now.

    Each answer is written at once into corrections-WHO.csv beside the articles (corrections.csv where nobody is named), whole or
    not at all, and `undo` takes it out again. Rows and articles that somebody judged already are passed over.
    """

    def __init__(self, corpus: str | Path, rows: int = ROWS, who: str = "", now: Callable[[], datetime] = datetime.now) -> None:
        """Load the folder of articles `corpus`; take as many `rows`. Raises ValueError where it is none."""
        self._folder, self._who, self._now = _articles(corpus), " ".join(who.split()), now
        self._path = self._folder / (f"corrections-{slug(self._who)}.csv" if self._who else "corrections.csv")
        self._lines()  # a file that is no table of corrections is told now
        self._rows = first_rows(opening.load(self._folder), rows)
        self._at, self._said = 0, ""
        self._steps: list[tuple[int, dict | None]] = []  # where each answer was given, and what it wrote
        self._corpus: Corpus | None = None

    def accept(self) -> "Review":
        """The row is right as it is."""
        return self._judge("accept")

    def reject(self) -> "Review":
        """Nothing of the kind is said there."""
        return self._judge("reject")

    def source(self, name: str = "") -> "Review":
        """Somebody else says it; nobody, or the outlet, where no name is given."""
        return self._judge("source", name)

    def stance(self, stance: str) -> "Review":
        """It is said otherwise: says, denies, ..."""
        return self._judge("stance", stance)

    def value(self, value: str | float) -> "Review":
        """The number is another: 14, ">= 14", "~ 1,000", "10 to 20"."""
        return self._judge("value", str(value))

    def measure(self, measure: str = "") -> "Review":
        """The number is of another measure."""
        return self._judge("measure", measure)

    def group(self, words: str) -> "Review":
        """Something else is counted."""
        return self._judge("group", words)

    def standing(self, standing: str) -> "Review":
        """The number stands otherwise: whole, background, or "part of 112"."""
        return self._judge("standing", standing)

    def add_claim(self, words: str, source: str = "") -> "Review":
        """The article of the row has a claim that was not found, of these words."""
        return self._add("add claim", words, source)

    def add_figure(self, words: str, value: str | float = "") -> "Review":
        """The article of the row has a figure that was not found, of these words; its value where the words are no number."""
        corrections.check_value("value", str(value) or words)
        return self._add("add figure", words, str(value))

    def read(self) -> "Review":
        """The article of the row was read whole: all else that was found in it is right, and nothing is missing. Its rows are passed over."""
        row = self._row()
        return self._step(self._at + 1, {"row": row["article_id"], "what": corrections.READ})

    def skip(self) -> "Review":
        """Leave the row; nothing is written."""
        self._row()
        return self._step(self._at + 1)

    def back(self) -> "Review":
        """The row before once more, to say more of it."""
        return self._step(max(0, self._at - 1))

    def undo(self) -> "Review":
        """Take the last answer back, out of the file too. Raises ValueError where there is none, or where the file holds it no more."""
        if not self._steps:
            raise ValueError("There is nothing to undo.")
        at, line = self._steps[-1]
        if line is not None:
            lines = self._lines()
            if line not in lines:
                raise ValueError(f"{self._path}: the answer does not stand there as it was written; mend it there by hand.")
            del lines[len(lines) - 1 - lines[::-1].index(line)]
            self._write(lines)
        self._steps.pop()
        self._at, self._said = at, "Undone."
        return self

    def answer(self, *answers: str) -> "Review":
        """Answers as they are typed: a key, and words where it takes some ("a", "n Ann Tolle", "v >= 14", "c it rained | Ann Tolle").

        Raises ValueError at the first that is none; those before it are written.
        """
        for each in answers:
            key, _, words = each.strip().partition(" ")
            if key not in KEYS or (key in ALONE and words.strip()):
                raise ValueError(f"{each[:60]!r} is no answer. {HELP}.")
            given = [] if key in ALONE else words.rsplit("|", 1) if key in TWO else [words]
            getattr(self, KEYS[key])(*map(str.strip, given))
        return self

    def ask(self) -> None:
        """Ask for answers until there is none, or until all rows are looked at; where nobody can be asked, show the row."""
        from IPython.core.error import StdinNotImplementedError
        from IPython.display import clear_output, display

        while True:
            clear_output(wait=True)
            display(self)
            try:
                line = input("Key: ") if self._at < len(self._rows) else ""
            except (StdinNotImplementedError, EOFError):
                return
            if not line.strip():
                return
            try:
                self.answer(line)
            except ValueError as fault:
                self._said = str(fault)

    def written(self) -> show.Shown:
        """All that stands in the file."""
        return show.table(pd.DataFrame(self._lines(), columns=list(COLUMNS)), f"{self._path.name}")

    def _row(self) -> dict:
        if self._at >= len(self._rows):
            raise ValueError("All rows are looked at; make a new review for more, or go back.")
        return self._rows[self._at]

    def _judge(self, what: str, value: str = "") -> "Review":
        row = self._row()
        fields = corrections.OF_FIGURES if "figure_id" in row else corrections.OF_CLAIMS
        if what not in fields:
            raise ValueError(f"Of this row {what} cannot be told; {', '.join(fields)} can.")
        corrections.check_value(what, value)
        told = {"row": _id(row), "quote": _words(row)[:LONGEST_SENTENCE], "sentence": row["sentence"], "what": what,
                "value": value}
        return self._step(self._at + 1, told)

    def _add(self, what: str, words: str, value: str) -> "Review":
        row = self._rows[min(self._at, len(self._rows) - 1)] if self._rows else self._row()
        text = self._text(row["article_id"])
        around = text[row["sentence_start"] : row["sentence_end"]][:LONGEST_SENTENCE].strip()
        told = {"row": row["article_id"], "quote": words, "what": what, "value": value}
        if text.count(words) > 1 and words in around:
            told["sentence"] = around
        corrections.anchored(text, Correction(**{"place": "", **_line(told)}))
        return self._step(self._at, told)

    def _text(self, article_id: str) -> str:
        self._corpus = self._corpus or read_corpus(self._folder)
        return next(article.text for article in self._corpus.articles if article.article_id == article_id)

    def _step(self, at: int, told: dict | None = None) -> "Review":
        """Write what was told, and go to a row, or, forward, to the first from there on whose article was not read whole."""
        line = told and _line({**told, "who": self._who, "when": self._now().isoformat(timespec="seconds")})
        if line:
            if max(map(len, line.values())) > LONGEST_ANSWER:
                raise ValueError(f"An answer can have no more than {LONGEST_ANSWER:,} characters.")
            self._write([*self._lines(), line])
        self._steps.append((self._at, line))
        self._said = f"Written to {self._path.name}: {line['what']} {line['value']}".strip() if line else ""
        read = {line["row"] for _, line in self._steps if line and line["what"] == corrections.READ}
        while self._at < at < len(self._rows) and self._rows[at]["article_id"] in read:
            at += 1
        self._at = at
        return self

    def _lines(self) -> list[dict]:
        """The rows of the file, as they are now."""
        if self._path.is_symlink():
            raise ValueError(f"{self._path}: this is a link, which no run follows; put the file itself there.")
        found = read_rows(self._path, COLUMNS, "row", "what")
        return [{name: unguarded(cells.get(name, "")) for name in COLUMNS} for _, cells in found]

    def _write(self, lines: list[dict]) -> None:
        """Put the rows into the file, whole or not at all."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)  # a bare carriage return would end a row
        writer.writerow(COLUMNS)
        writer.writerows([guarded(line[name]) for name in COLUMNS] for line in lines)
        whole_file.write(self._path, text.getvalue())

    def _shown(self) -> show.Shown:
        if self._at >= len(self._rows):
            words = f"{self._said} All {len(self._rows)} rows are looked at; the next report holds what was corrected.".strip()
            return show.text(words)
        row = self._rows[self._at]
        kind = "a figure" if "figure_id" in row else "a claim"
        place = f"Row {self._at + 1} of {len(self._rows)}: {' '.join(filter(None, [kind, row['why']]))}, sure by {row['confidence']:.0%}"
        head = " · ".join(filter(None, [self._said, place]))
        found = _facts(row)
        facts = show.table({"Key": [f"({key})" for key, *_ in found], "What": [name for _, name, _ in found],
                            "As found": [told for *_, told in found]}, kind="numbers")
        sentence = marked(pd.Series(row))
        html = Markup("<p>{}</p>{}<p>{}</p>{}<p><small>{}</small></p>").format(
            show.legible(head), Markup(sentence.html), show.legible(row["compared"]), Markup(facts.html), HELP)
        plain = [head, sentence.plain, _words(row), row["compared"],
                 *(f"({key}) {name}: {told}" for key, name, told in found), HELP]
        return show.Shown(html, "\n".join(filter(None, map(show.legible, plain))))

    def _repr_html_(self) -> str:
        return self._shown().html

    def __repr__(self) -> str:
        return self._shown().plain


def first_rows(record: Record, most: int = ROWS) -> list[dict]:
    """Rows of claims and figures as dicts, those in a disagreement first, then in another comparison or a denial, of these the least sure.

    Each has `why` it matters, and what it is `compared` with, in words. What somebody judged already is left out.
    """
    verdicts = record["comparisons"].set_index("comparison_id")
    compared = dict(zip(record["compared"]["figure_id"], record["compared"]["comparison_id"]))
    rank = {figure_id: RANKS.get(verdicts["verdict"][comparison_id], 2) for figure_id, comparison_id in compared.items()}
    rank |= {claim_id: 1 for column in ("claim_id", "denied_claim_id") for claim_id in record["denials"][column].dropna()}
    for figure_id, claim_id in zip(record["figures"]["figure_id"], record["figures"]["claim_id"]):
        if figure_id in rank and pd.notna(claim_id):
            rank[claim_id] = min(rank[figure_id], rank.get(claim_id, len(WHY)))
            compared.setdefault(claim_id, compared[figure_id])
    judged = set(record["corrections"]["row"])
    order = sorted(
        (rank.get(row_id, len(WHY) - 1), sure, name, place)
        for name, key in (("claims", "claim_id"), ("figures", "figure_id"))
        for place, (row_id, article_id, sure) in enumerate(zip(record[name][key], record[name]["article_id"],
                                                               record[name]["confidence"]))
        if row_id not in judged and article_id not in judged
    )
    found = [(place, getattr(record, name).iloc[at].to_dict()) for place, _, name, at in order[:most]]
    return [row | {"why": WHY[place], "compared": verdicts["sentence"].get(compared.get(_id(row)), "")} for place, row in found]


def _id(row: dict) -> str:
    return row["figure_id"] if "figure_id" in row else row["claim_id"]


def _words(row: dict) -> str:
    return row["text"] if "figure_id" in row else row["content"]


def _line(told: dict) -> dict:
    return {name: told.get(name, "").strip() for name in COLUMNS}


def _facts(row: dict) -> list[tuple[str, str, str]]:
    """What was found of a row: the key that corrects it, its name, and what it is."""
    name = show.NOBODY if pd.isna(row["source_name"]) else f"{row['source_name']} ({row['source_kind']})"
    if "figure_id" not in row:
        return [("n", "who says it", name), ("t", "stance", row["stance"])]
    counted = row["counted"] or row["unit"]
    return [("n", "who says it", name), ("v", "value", row["reading"]), ("m", "measure", row["measure"]),
            ("g", "what is counted", counted),
            ("p", "whole, background or part", row["standing"])]
