"""What people judged is gold: measured against what is found, kept in a file, and learned from."""

import json

import pytest

from analysis import cli, evaluate, exports, extract, tabulate
from analysis.claims.windows import load_tokenizer
from analysis.corpus import read_corpus
from analysis.exports.gold import gold_of
from analysis.reader import to_json
from analysis.sources.meant import PRONOUNS
from analysis.training.articles import labelled
from tests.small_corpus import DAM, extract_by_hand, write_corpus

HEAD = "row,quote,what,value\n"
JUDGED = ["dam.c1,Dam Is Safe,accept,", "dam.c2,the dam at Quill holds over 40 million litres,source,Ann Tolle",
          'dam.c4,"Velmora fears more than 1,000 people would drown",reject,', "dam.f1,40 million,value,> 30",
          "dam.f3,Dozens,reject,", "dam.f2,\"1,000\",accept,"]


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    monkeypatch.setattr(extract, "extract", extract_by_hand)
    return write_corpus(tmp_path / "small")


def judge(corpus, *lines):
    (corpus / "corrections.csv").write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    read = read_corpus(corpus)
    found = list(extract_by_hand(read.articles))
    return gold_of(tabulate.build(read, found), read), [to_json(extraction) for extraction in found]


def measures(gold, found):
    return {row.measure: (round(row.value, 1), row.n) for row in evaluate.evaluate(gold, found).itertuples()}


def test_rows_that_nobody_looked_at_are_neither_right_nor_wrong(corpus):
    gold, found = judge(corpus, *JUDGED)
    assert [(row["id"], [claim["id"] for claim in row["claims"]], [figure["id"] for figure in row["figures"]]) for row in gold] == [
        ("dam", ["dam.c1", "dam.c2"], ["dam.f1", "dam.f2"])]
    assert [DAM[start:end] for spans in (*gold[0]["rejected"]["claims"], gold[0]["rejected"]["figures"]) for start, end in spans] == [
        "Velmora fears more than 1,000 people would drown", "Dozens"]
    told = measures(gold, found)
    assert told["rows of claims: content, precision"] == (66.7, 3) and told["rows of claims: content, recall"] == (100, 2)
    assert told["rows of claims found: name of the source"] == (50, 2)  # Ann Tolle, not Orrin Tass
    assert told["rows of figures: value, precision"] == (33.3, 3) and told["rows of figures: value, recall"] == (50, 2)
    assert not [measure for measure in told if measure.startswith("chains")]


def test_of_an_article_read_whole_every_row_is_gold(corpus):
    gold, found = judge(corpus, *JUDGED, "dam,,read,", "dam,Dozens left,add claim,Velmora")
    assert "rejected" not in gold[0] and [claim["id"] for claim in gold[0]["claims"]] == ["dam.c1", "dam.c2", "dam.c3", "dam.c5", "dam.c6"]
    told = measures(gold, found)
    assert told["rows of claims: content, precision"] == (80, 5) and told["rows of claims: content, recall"] == (80, 5)
    assert told["rows of figures: value, precision"] == (50, 4) and told["rows of figures: value, recall"] == (66.7, 3)


def test_what_was_found_is_all_right_where_all_was_accepted(corpus):
    gold, found = judge(corpus, "dam,,read,", "hostile,,read,", "bro ken/1,,read,")
    assert [row["id"] for row in gold] == [row["id"] for row in found] == ["dam", "hostile", "bro ken/1"]
    told = measures(gold, found)
    assert len(told) > 30 and {name: value for name, value in told.items() if value[0] != 100 and not name.startswith("figures: value")} == {}
    assert told["figures: value, F1"] == (83.3, 6)  # "Dozens", which has one end only, is none that this measure knows


def test_the_outlet_that_speaks_itself_is_told_from_the_outlet_that_is_cited(corpus):
    (corpus / "metadata.csv").write_text("path,outlet\ndam.txt,The Ledger\n")
    gold, found = judge(corpus, "dam,,read,", "dam.c5,\"more than 1,000 people would drown\",reject,")
    said = {figure["id"]: figure["source_name"] for figure in gold[0]["figures"]}
    assert said == {"dam.f1": "Orrin Tass", "dam.f2": "The Ledger", "dam.f3": None, "dam.f4": None}


def test_the_command_scores_a_corrected_folder_and_its_gold_alike(corpus, tmp_path, capsys):
    assert cli.main(["evaluate", str(corpus), "--quiet"]) == 1
    assert "no row of it was judged; correct or accept some" in capsys.readouterr().err
    judge(corpus, *JUDGED, "dam.c9,Nobody said it,accept,", "hostile,,read,")
    assert cli.main(["evaluate", str(corpus), "--quiet"]) == 0
    folder, faults = capsys.readouterr()
    assert "1 of 8 corrections found no row, and are not scored" in faults and folder.startswith("small, 2 texts\n")
    assert cli.main(["export", str(corpus), "--to", "gold", "--out", str(tmp_path / "gold"), "--quiet"]) == 0
    files = {name: evaluate.read_gold(tmp_path / "gold" / f"{name}.jsonl") for name in ("whole", "partly")}
    assert {name: [row["id"] for row in rows] for name, rows in files.items()} == {"whole": ["hostile"], "partly": ["dam"]}
    capsys.readouterr()
    (tmp_path / "all.jsonl").write_bytes(b"".join((tmp_path / "gold" / f"{name}.jsonl").read_bytes()
                                                  for name in ("partly", "whole")))
    assert cli.main(["evaluate", str(tmp_path / "all.jsonl"), "--quiet"]) == 0
    assert capsys.readouterr().out.split("\n")[1:] == folder.split("\n")[1:]


def test_training_takes_what_was_read_whole(corpus, tmp_path):
    judge(corpus, "dam.c3,\"It will not break,\",accept,", "dam,,read,", "dam,Dozens left,add claim,Velmora")
    read = read_corpus(corpus)
    made = tabulate.build(read, extract_by_hand(read.articles))
    folder = exports.export("gold", made, read, tmp_path / "gold")
    row, = map(json.loads, (folder / "whole.jsonl").read_text(encoding="utf-8").splitlines())
    article, = labelled([row], load_tokenizer())
    assert article.kinds.tolist() == [[1, 0, 0]] * 5 and [holds for _, holds in article.contents] == [False, True]
    asked = [each for each in article.questions if PRONOUNS[each.kind] != "number"]
    assert len(asked) == 5  # all but of the claim that was added, as its sentence does not name who says it


@pytest.mark.parametrize("rejected", ['[]', '{"claims": []}', '{"claims": [], "figures": [[0, 99]]}',
                                      '{"claims": [[1, 2]], "figures": []}'])
def test_rejected_places_that_are_none_are_told(tmp_path, rejected):
    (tmp_path / "gold.jsonl").write_text('{"id": "a", "text": "It rained.", "claims": [], "figures": [], "rejected": %s}\n' % rejected)
    with pytest.raises(ValueError, match="gold.jsonl, line 1: .*rejected"):
        evaluate.read_gold(tmp_path / "gold.jsonl")
