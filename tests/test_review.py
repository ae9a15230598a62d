"""Looking at rows one at a time: which come first, what is written, and that it changes exactly these rows."""

import csv
from datetime import datetime

import papermill
import pytest

from analysis import cli, extract, load, opening, tables, tabulate
from analysis.compare import columns
from analysis.compare.build import compare
from analysis.corpus import read_corpus
from analysis.corpus.places import REPORT
from analysis.corrections import read_corrections
from analysis.record import Record
from analysis.review import ALONE, HELP, KEYS, TWO, WHY, Review, first_rows
from tests.pages import Page
from tests.small_corpus import extract_by_hand, write_corpus
from tests.test_corrections import changed

HEAD = ["row", "quote", "sentence", "what", "value", "who", "when", "why"]


@pytest.fixture(scope="module")
def record(small, found):
    return Record(compare(small, found), lambda articles, rows: [""] * len(rows))


@pytest.fixture
def corpus(tmp_path, monkeypatch, record):
    """The small corpus, of which the tables are there."""
    monkeypatch.setattr(opening, "load", lambda folder: record)
    return write_corpus(tmp_path / "small")


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The small corpus, whose tables are kept in a store that a kernel finds."""
    monkeypatch.setattr(extract, "extract", lambda articles, *told, store=None: extract_by_hand(articles, *told))
    monkeypatch.setenv("ONRECORD_STORE", str(tmp_path / "store"))
    load(write_corpus(tmp_path / "small"))
    return tmp_path / "small"


def lines(corpus, name="corrections.csv"):
    with open(corpus / name, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def told(corpus, name="corrections.csv"):
    """What was written but for sentence and time."""
    return [(row[0], row[1], *row[3:6]) for row in lines(corpus, name)[1:]]


def built(corpus):
    read = read_corpus(corpus)
    return tabulate.build(read, extract_by_hand(read.articles))


def test_the_notebook_writes_a_series_of_answers_and_they_change_exactly_their_rows(kept, tmp_path, capsys):
    before = built(kept)
    order = [row.get("figure_id", row["claim_id"]) for row in first_rows(load(kept))]
    assert cli.main(["review", str(kept), "--who", "Mira Orn", "--rows", "9", "--out", str(tmp_path / "mine")]) == 0
    notebook = tmp_path / "mine" / "small.review.ipynb"
    assert capsys.readouterr().out == f"{notebook}\n" and not (kept / "corrections-mira-orn.csv").exists()
    answers = {"dam.c5": "n Orrin Tass", "dam.c4": "a", "dam.f1": "v 30 to 40", "dam.f2": "r", "dam.f3": "s", "dam.c1": "t denies"}
    given = [answers.get(row_id, "s") for row_id in order[:9]]
    papermill.execute_notebook(str(notebook), str(tmp_path / "run.ipynb"), parameters={"answers": given}, progress_bar=False)
    written = lines(kept, "corrections-mira-orn.csv")
    expected = {"dam.c5": ["source", "Orrin Tass"], "dam.c4": ["accept", ""], "dam.f1": ["value", "30 to 40"], "dam.f2": ["reject", ""], "dam.c1": ["stance", "denies"]}
    asked = [row_id for row_id in order[:9] if row_id in expected]
    assert written[0] == HEAD and [[row[0], *row[3:6], row[7]] for row in written[1:]] == [[row_id, *expected[row_id], "Mira Orn", ""] for row_id in asked]
    assert len(asked) >= 4 and all(datetime.fromisoformat(row[6]) for row in written[1:])
    after = built(kept)
    assert set(after["corrections"]["state"]) == {"applied"}
    altered = {row_id for name in ("claims", "figures") for row_id, *_ in changed(before, after, name)}
    assert altered == {row_id for row_id in asked if row_id != "dam.c4"}
    assert cli.main(["review", str(kept), "--out", str(tmp_path / "mine")]) == 1
    assert "it is there already; open it, or choose another folder with --out" in capsys.readouterr().err


EMPTY = {tables.TEXT: "", tables.NUMBER: None, tables.WHOLE: 0, tables.YES_NO: False}


def table(name, *told):
    return columns.table(name, [{column: EMPTY[kind] for column, kind in columns.TABLES[name].items()} | row for row in told])


def test_rows_in_a_disagreement_come_first_then_the_least_sure_and_judged_ones_no_more(record):
    made = dict(record)
    verdicts = {"k1": ("disagree", "dam.f2"), "k2": ("agree", "dam.f1"), "k3": ("may differ", "bro ken/1.f1")}
    made["comparisons"] = table("comparisons", *({"comparison_id": name, "verdict": verdict, "sentence": f"They {verdict}."} for name, (verdict, _) in verdicts.items()))
    made["compared"] = table("compared", *({"comparison_id": name, "figure_id": figure_id} for name, (_, figure_id) in verdicts.items()))
    made["denials"] = table("denials", {"claim_id": "dam.c3", "denied_claim_id": None})
    found = first_rows(Record(made, lambda articles, rows: [""] * len(rows)))
    ids = [row.get("figure_id", row["claim_id"]) for row in found]
    assert ids == ["dam.c5", "dam.f2", "bro ken/1.c1", "bro ken/1.f1", "dam.c3", "dam.f1", "dam.c2", "hostile.c1", "dam.c4", "dam.c1", "dam.f3", "dam.f4", "hostile.f1"]
    assert [row["why"] for row in found] == [WHY[0]] * 2 + [WHY[1]] * 3 + [WHY[2]] * 2 + [""] * 6
    assert [row["compared"] for row in found[:4]] == ["They disagree.", "They disagree.", "They may differ.", "They may differ."]
    judged = tables.frame("corrections", [dict.fromkeys(tables.TABLES["corrections"], "") | {"row": row} for row in ("dam.f2", "hostile")])
    left = [row.get("figure_id", row["claim_id"]) for row in first_rows(Record({**made, "corrections": judged}, lambda articles, rows: [""] * len(rows)))]
    assert left == [row_id for row_id in ids if row_id != "dam.f2" and not row_id.startswith("hostile")]
    assert len(first_rows(Record(made, lambda articles, rows: [""] * len(rows)), 3)) == 3


def at(review, row_id):
    """Go to a row."""
    while review._row().get("figure_id", review._row()["claim_id"]) != row_id:
        review.skip()
    return review


def test_each_answer_is_written_at_once_and_undone(corpus):
    review = at(Review(corpus, who="", now=lambda: datetime(2024, 3, 2, 9, 30)), "dam.c2")
    review.source("Ann Tolle")
    assert lines(corpus)[1][0] == "dam.c2" and lines(corpus)[1][3:] == ["source", "Ann Tolle", "", "2024-03-02T09:30:00", ""]
    review.back().stance("promises")
    assert [row[3:5] for row in lines(corpus)[1:]] == [["source", "Ann Tolle"], ["stance", "promises"]]
    review.undo().undo()
    assert [row[3] for row in lines(corpus)[1:]] == ["source"] and "Row" in repr(review)
    review.undo()
    assert lines(corpus) == [HEAD] and review._row()["claim_id"] == "dam.c2" and "figure_id" not in review._row()
    while review._steps:
        review.undo()
    with pytest.raises(ValueError, match="There is nothing to undo"):
        review.undo()


def test_rows_are_added_with_their_sentence_where_their_words_stand_twice(corpus):
    review = at(Review(corpus), "dam.c2")
    review.add_claim("dam at Quill holds", "Ann Tolle").add_figure("2", ">= 2").add_claim("Velmora fears more")
    assert told(corpus) == [("dam", "dam at Quill holds", "add claim", "Ann Tolle", ""), ("dam", "2", "add figure", ">= 2", ""), ("dam", "Velmora fears more", "add claim", "", "")]
    assert review._row()["claim_id"] == "dam.c2"
    review.add_claim("Velmora")  # three times in the article, whose one sentence it is here
    made = built(corpus)
    assert set(made["corrections"]["state"]) == {"applied"} and len(made["claims"]) == 10 and len(made["figures"]) == 7
    with pytest.raises(ValueError, match="its words stand nowhere in the article"):
        review.add_claim("Nobody said this")
    with pytest.raises(ValueError, match="its value 'Dozens' is no number"):
        review.add_figure("Dozens")
    assert len(told(corpus)) == 4


def test_an_article_read_whole_is_passed_over(corpus):
    review = at(Review(corpus), "dam.c2").answer("w")
    assert told(corpus) == [("dam", "", "read", "", "")]
    rest = set()
    while review._at < len(review._rows):
        rest.add(review._row()["article_id"])
        review.skip()
    assert "dam" not in rest and "All" in repr(review)
    with pytest.raises(ValueError, match="All rows are looked at"):
        review.accept()


@pytest.mark.parametrize("answer, fault", [("x", "'x' is no answer. a: right"), ("", "'' is no answer"), ("a yes", "'a yes' is no answer"),
                                           ("v many", "Of this row value cannot be told; source, stance, reject, accept can"), ("t sings", "its value 'sings' is none of says"),
                                           ("n " + "long" * 9_999, "An answer can have no more than 10,000 characters")])
def test_an_answer_that_is_none_is_told_and_writes_nothing(corpus, answer, fault):
    review = at(Review(corpus), "dam.c2")
    with pytest.raises(ValueError, match=fault):
        review.answer(answer)
    assert not (corpus / "corrections.csv").exists() and review._row()["claim_id"] == "dam.c2"


def test_hostile_words_run_nowhere_and_find_their_row_again(corpus):
    review = Review(corpus)
    while review._at < len(review._rows):
        page = Page(review._repr_html_())
        assert (page.runs, page.asks) == ([], [])
        review.accept()
    review.back()
    while review._row()["article_id"] != "hostile":
        review.back()
    review.add_claim('=HYPERLINK("http://bad.test")', "=1+1")
    assert not [cell for row in lines(corpus) for cell in row if cell.startswith(("=", "+", "-", "@"))] and max(len(cell) for row in lines(corpus) for cell in row) <= 1000
    made = built(corpus)
    assert set(made["corrections"]["state"]) == {"applied"} and len(made["corrections"]) == 14
    assert "=1+1" in made["sources"]["name"].to_list()


def test_a_file_made_by_hand_keeps_its_rows_and_one_that_is_no_table_stays_as_it_is(corpus):
    (corpus / "corrections.csv").write_text("what;row;quote\nreject;dam.c1;Dam Is Safe\n", encoding="utf-8")
    review = at(Review(corpus), "dam.c2").accept()
    assert told(corpus)[0] == ("dam.c1", "Dam Is Safe", "reject", "", "") and told(corpus)[1][2] == "accept"
    (corpus / "corrections.csv").write_text("what;row\nreject\n", encoding="utf-8")
    with pytest.raises(ValueError, match="corrections.csv: row 2 has 1 cells for the 2 columns"):
        review.accept()
    with pytest.raises(ValueError, match="corrections.csv: row 2 has 1 cells"):
        review.undo()
    assert (corpus / "corrections.csv").read_text(encoding="utf-8") == "what;row\nreject\n"
    (corpus / "corrections.csv").write_text("what,row\nreject,dam.c1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="the answer does not stand there as it was written"):
        review.undo()


def test_whatever_is_written_is_read_again(corpus):
    review, odd = Review(corpus), ["a\rb", "a\r\nb\n\nc", '"', "a,b;c\td", "\0", "'=1", "''", "=1", "x\u2028x", "x\ufeffx", "-", "é"]
    written = [dict.fromkeys(HEAD, "") | {"row": "x", "what": "accept", "quote": each} for each in odd]
    review._write(written)
    assert review._lines() == written
    assert [each.quote for each in read_corrections(corpus)] == odd


def test_a_full_disk_loses_nothing(corpus, monkeypatch):
    review = at(Review(corpus), "dam.c2").accept()
    kept = lines(corpus)

    def full(*given):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError):
        review.accept()
    assert lines(corpus) == kept and review._steps[-1][1]["row"] == "dam.c2"


def test_typed_answers_are_taken_until_there_is_none(corpus, monkeypatch, capsys):
    typed = iter(["a", "sing", "v 12", ""])
    monkeypatch.setattr("builtins.input", lambda prompt: next(typed))
    review = at(Review(corpus), "dam.f1")
    review.ask()
    assert [row[2:4] for row in told(corpus)][0] == ("accept", "") and "no answer" in capsys.readouterr().out


def test_what_is_no_folder_of_articles_is_told(tmp_path):
    (tmp_path / "report").mkdir()
    for name in REPORT:
        (tmp_path / "report" / name).mkdir()
    for place in (tmp_path / "report", tmp_path / "nowhere"):
        with pytest.raises(ValueError, match="this is no folder of articles"):
            Review(place)


def test_every_key_has_an_answer_and_is_told():
    assert all(callable(getattr(Review, name)) for name in KEYS.values())
    assert [key for key in "arwsbu" if f" {key}: " in f" {HELP}"] == list(ALONE) and all(f"{key} words | " in HELP for key in TWO)
    assert {"n", "t", "v", "m", "g", "p"} == set(KEYS) - {*ALONE, *TWO}
