"""What was found goes to other programs and comes back."""

import csv
import json
import random
from xml.etree import ElementTree

import pandas as pd
import pytest

from analysis import cli, exports, extract, tables, tabulate
from analysis.compare.build import compare
from analysis.corpus import read_corpus
from analysis.exports import brat, shareable
from tests.small_corpus import extract_by_hand, write_corpus

GOLD = [json.loads(line) for line in open("tests/gold/claims.dev.jsonl", encoding="utf-8")]


@pytest.fixture(scope="module")
def made(small):
    return compare(small, tabulate.build(small, extract_by_hand(small.articles)))


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_command_writes_every_form_and_replaces_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(extract, "extract", extract_by_hand)
    corpus = write_corpus(tmp_path / "small")
    assert tuple(exports.WRITERS) == cli.FORMS
    for form in cli.FORMS:
        assert cli.main(["export", str(corpus), "--to", form, "--out", str(tmp_path / form), "--quiet"]) == 0
        assert any((tmp_path / form).iterdir())
    assert cli.main(["export", str(corpus), "--to", "jsonl", "--out", str(tmp_path / "jsonl"), "--quiet"]) == 1
    assert "something lies there, which is never replaced; choose a new folder with --out" in capsys.readouterr().err
    assert cli.main(["rehydrate", str(tmp_path / "shareable"), str(corpus), "--out", str(tmp_path / "filled")]) == 0
    capsys.readouterr()
    assert cli.main(["from-brat", str(tmp_path / "brat")]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["dam", "hostile", "bro ken/1"]


def test_json_lines_have_every_row(made, small, tmp_path):
    folder = exports.export("jsonl", made, small, tmp_path / "out")
    assert {path.stem: len(lines(path)) for path in folder.iterdir()} == {name: len(table) for name, table in made.items()}
    assert lines(folder / "claims.jsonl")[0]["content_spans"] == json.loads(made["claims"]["content_spans"][0])


def test_a_spreadsheet_reads_the_package_as_text_and_runs_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(extract, "extract", extract_by_hand)
    corpus, out = write_corpus(tmp_path / "small"), tmp_path / "out"
    (corpus / "ids.jsonl").write_text("".join(json.dumps({"id": each, "text": "Café é closed."}) + "\n"
                                              for each in ("0012", "1e5", "2031-05-06", "=1+1", "x7")))
    assert cli.main(["export", str(corpus), "--to", "datapackage", "--out", str(out), "--bom", "--quiet"]) == 0
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in out.glob("*.csv"))
    articles = pd.read_csv(out / "articles.csv", dtype=str, encoding="utf-8-sig")
    assert {"'0012", "'1e5", "'2031-05-06", "'=1+1", "x7", "dam"} <= set(articles["article_id"])
    cells = [cell for path in out.glob("*.csv")
             for row in csv.reader(open(path, encoding="utf-8-sig", newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r")) or cell.startswith("-") and not cell[1:2].isdigit()] == []
    assert cli.main(["export", str(corpus), "--to", "jsonl", "--out", str(tmp_path / "no"), "--bom", "--quiet"]) == 1
    assert "leave --bom out" in capsys.readouterr().err and not (tmp_path / "no").exists()


def test_the_data_package_tells_what_is_in_its_files(made, small, tmp_path):
    folder = exports.export("datapackage", made, small, tmp_path / "out")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        table = pd.read_csv(folder / resource["path"], keep_default_na=False)
        fields = resource["schema"]["fields"]
        assert list(table) == [field["name"] for field in fields] and all(field["description"] for field in fields)
        for key in resource["schema"].get("foreignKeys", ()):
            other = pd.read_csv(folder / f"{key['reference']['resource'] or resource['name']}.csv", keep_default_na=False)
            assert set(table[key["fields"]]) - {""} <= set(other[key["reference"]["fields"]])
    frictionless = pytest.importorskip("frictionless")
    assert frictionless.validate(str(folder / "datapackage.json")).valid


def test_annotations_are_found_again_after_edits_elsewhere(made, small, tmp_path):
    folder = exports.export("annotations", made, small, tmp_path / "out")
    told = lines(folder / "annotations.jsonl")
    assert len(told) == len(made["claims"]) + len(made["figures"]) and {each["type"] for each in told} == {"Annotation"}
    texts = {article.path: article.text for article in small.articles}
    for each in told:
        for target in each["target"]:
            text, (place, words) = texts[target["source"]], target["selector"]
            start, end = anchored(target["selector"], text)
            assert (start, end) == (place["start"], place["end"]) and tables.shown(text[start:end]) == tables.shown(words["exact"])
    dam, = (article.text for article in small.articles if article.article_id == "dam")
    edited = "Corrected.\n\n" + dam.replace("Share this story", "Share it") + "40 million more words."
    for each in told:
        for target in each["target"] if target_is(each, "dam.txt") else ():
            start, end = anchored(target["selector"], edited)
            assert edited[start:end] == target["selector"][1]["exact"] and start == target["selector"][0]["start"] + len("Corrected.\n\n")
    assert anchored(told[0]["target"][0]["selector"], "Nothing of it.") is None


def anchored(selectors, text):
    """Where the words of a target stand in an edited text; of several places the one with the same words around, else the one they had."""
    place, words = selectors
    exact = words["exact"]
    found = [at for at in range(len(text)) if text.startswith(exact, at)]
    fits = [text[:at].endswith(words["prefix"]) + text[at + len(exact):].startswith(words["suffix"]) for at in found]
    best = [at for at, fit in zip(found, fits) if fit == max(fits)]
    start = best[0] if len(best) == 1 else place["start"] if place["start"] in best else None
    return None if start is None else (start, start + len(exact))


def target_is(annotation, source):
    return annotation["target"][0]["source"] == source


def test_what_goes_to_brat_comes_back(tmp_path, made, small):
    for name, rows in {"claims": GOLD, "figures": [json.loads(line) for line in open("tests/gold/figures.jsonl", encoding="utf-8")]}.items():
        (tmp_path / name).mkdir()
        brat.write(rows, tmp_path / name)
        assert brat.read(tmp_path / name) == [{"claims": [], "figures": [], **row} for row in rows] and len(rows) > 5
    folder = exports.export("brat", made, small, tmp_path / "out")
    back = brat.read(folder)
    assert [len(article["claims"]) for article in back] == [5, 1, 1] and back[1]["text"] == small.articles[1].text
    assert "Velmora|" not in (folder / "00001.ann").read_text(encoding="utf-8")


def test_a_claim_without_words_goes_to_brat_and_comes_back(tmp_path):
    claims = [{"id": "a.c1", "content": [], "stance": "says"},
              {"id": "a.c2", "source": [[0, 9]], "content": [[15, 35]], "parent": "a.c1"}, {"id": "a.c3"}]
    given = {"id": "a", "text": "Ann Tolle said it rained for 3 days.", "claims": claims, "figures": []}
    brat.write([given], tmp_path)
    assert brat.read(tmp_path) == [given] and (tmp_path / "00001.ann").read_text().count("\tClaim ") == 1


def test_what_was_added_in_brat_is_read(tmp_path):
    brat.write([{"id": "a", "text": "Ann Tolle said it rained for 3 days.", "claims": [], "figures": []}], tmp_path)
    with open(tmp_path / "00001.ann", "a") as file:
        file.write("T1\tClaim 15 35\tit rained for 3 days\nT2\tSource 0 9\tAnn Tolle\nR1\tSourceOf Arg1:T2 Arg2:T1\nT3\tFigure 29 30\t3\n")
    article, = brat.read(tmp_path)
    assert article["claims"] == [{"content": [[15, 35]], "source": [[0, 9]], "cue": []}] and article["figures"] == [{"span": [29, 30]}]
    with open(tmp_path / "00001.ann", "a") as file:
        file.write("R2\tSourceOf Arg1:T2\n")
    with pytest.raises(ValueError, match="00001.ann: line 6 or one before it is none that brat writes"):
        brat.read(tmp_path)


def test_networks_are_xml_and_statements(made, small, tmp_path):
    folder = exports.export("networks", made, small, tmp_path / "out")
    assert ElementTree.parse(folder / "citations.graphml").getroot().tag.endswith("graphml")
    assert list(pd.read_csv(folder / "statements.csv")) == ["document", "date", "actor", "kind", "concept", "agreement"]


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_words_that_were_withheld_are_filled_in_byte_for_byte(made, small, tmp_path):
    folder = exports.export("shareable", made, small, tmp_path / "out")
    tables.write(made, tmp_path / "whole", shareable.DECLARED)
    given = tables.read(folder, shareable.DECLARED)
    for name, columns in shareable.QUOTED.items():
        for column in columns:
            texts = given[name][column].dropna()
            assert (texts.str.startswith(shareable.WITHHELD) | (texts.str.len() <= shareable.LONGEST)).all()
    assert given["claims"]["content"].str.startswith(shareable.WITHHELD).sum() == 2
    tables.write(shareable.rehydrate(folder, small), tmp_path / "filled", shareable.DECLARED)
    assert contents(tmp_path / "filled") == contents(tmp_path / "whole") != contents(folder)


def test_other_words_are_never_filled_in(made, small, tmp_path):
    folder = exports.export("shareable", made, small, tmp_path / "out")
    here = write_corpus(tmp_path / "small")
    text = (here / "dam.txt").read_text()
    (here / "dam.txt").write_text(text.replace("Quill", "Quell"))
    with pytest.raises(ValueError, match="Table claims, row dam.c[0-9]: .* the article dam holds other words there; take the copy"):
        shareable.rehydrate(folder, read_corpus(here))
    (here / "dam.txt").unlink()
    with pytest.raises(ValueError, match="Table claims, row dam.c[0-9]: .* the article dam is not among the articles"):
        shareable.rehydrate(folder, read_corpus(here))


def test_damaged_standoff_is_told_in_one_sentence(tmp_path):
    brat.write(GOLD[:1], tmp_path)
    whole, chance = (tmp_path / "00001.ann").read_text(), random.Random(0)
    for _ in range(200):
        at = chance.randrange(len(whole))
        (tmp_path / "00001.ann").write_text(whole[:at] + chance.choice(["", "\t", "T", "9", "{", "\n"]) + whole[at + 1:])
        try:
            brat.read(tmp_path)
        except ValueError as error:
            assert "00001.ann" in str(error)
