"""Extractions become JSON lines and tables, and every row quotes its article."""

import hashlib
import json
import re

import pandas as pd
import pytest

from analysis import extract, reader, tables, tabulate
from analysis.corpus import Corpus, LeftOut, article_from_text, read_corpus
from analysis.language import load
from analysis.sources import Asserter
from analysis.types import Claim, Figure

TEXT = ("Boats Burn\n\nThe council said 12 boats burned. “=1+1,” he said, “is <script>\x00.” The council said \ud800. "
        "The fire took 3 hours.\n\nComments are closed.")


@pytest.fixture
def extractions(monkeypatch):
    """Plain stand-ins for the three extractors: "X said Y", every number, and a council for everybody."""
    def find_claims(article, doc):
        found = re.finditer(r"(The council|he) (said)(?: |, )([^.]+)", article.reading)
        return [Claim([match.span(1)], [match.span(2)], [match.span(3)], "indirect", "says", False, None, "rule: said", 0.5)
                for match in found]

    def find_figures(article, doc, claims):
        found = []
        for match in re.finditer(r"\d+", article.reading):
            inside = [index for index, claim in enumerate(claims) if claim.content[0][0] <= match.start() < claim.content[0][1]]
            noun = re.compile(r" (\w+)").match(article.reading, match.end())
            found.append(Figure(match.span(), float(match.group()), None, None, "=", "count", "boat", noun[1] if noun else "",
                                [noun.span(1)] if noun else [], claim=inside[0] if inside else None))
        return found

    def resolve(article, doc, claims, figures):
        here = article.reading.find("The council")
        return [Asserter([(here, here + 11)], "the council", "organisation", "") for _ in claims], figures

    monkeypatch.setattr(reader, "find_claims", find_claims)
    monkeypatch.setattr(reader, "find_figures", find_figures)
    monkeypatch.setattr(reader, "resolve", resolve)
    return lambda articles: list(extract.extract(articles))


@pytest.fixture
def corpus(tmp_path):
    articles = (article_from_text("one", TEXT, path="one.txt"), article_from_text("two", "Nothing.", outlet="The Courier"))
    return Corpus("town", tmp_path, articles, (LeftOut("=cmd.pdf", "its type"),))


@pytest.fixture
def built(corpus, extractions):
    return tabulate.build(corpus, extractions(corpus.articles))


def test_one_line_of_json_for_an_article(corpus, extractions):
    row = reader.to_json(extractions(corpus.articles)[0])
    json.dumps(row, allow_nan=False)
    assert [row["id"], row["removed"]] == ["one", [[TEXT.index("Comments"), len(TEXT), "comment form"]]]
    first = row["claims"][0]
    assert first | {"source_id": "-"} == {
        "id": "one.c1", "source": [[12, 23]], "cue": [[24, 28]], "content": [[29, 44]], "kind": "indirect", "stance": "says",
        "parent": None, "source_id": "-", "source_name": "the council", "confidence": first["confidence"], "basis": None,
    }
    assert len({claim["source_id"] for claim in row["claims"]}) == 1
    twelve, *_, three = row["figures"]
    assert twelve == {
        "id": "one.f1", "span": [29, 31], "value": 12.0, "low": None, "high": None, "comparator": "=", "kind": "count",
        "unit": "boat", "counted": ["boats"], "measure": None, "standing": "whole", "claim": "one.c1", "source": [[12, 23]],
        "source_name": "the council", "confidence": twelve["confidence"],
    }
    assert (three["claim"], three["source"], three["source_name"]) == (None, [], None)


def test_what_is_counted_shows_that_its_pieces_stand_apart(corpus, extractions):
    found = extractions(corpus.articles)
    found[0].figures[0].counted_spans = [(0, 3), (29, 31)]
    figures = tabulate.build(corpus, found)["figures"]
    text = corpus.articles[0].text
    assert figures.loc[0, "counted"] == f"{text[0:3]} … {text[29:31]}"


def test_a_figure_in_a_claim_without_a_source_goes_to_the_claim_around_it(corpus, extractions):
    found = extractions(corpus.articles)[0]
    found.claims[1].parent, found.asserters[1] = 0, None
    figure = Figure((0, 1), 1.0, None, None, "=", "count", "", "", claim=1)
    assert found.asserting(figure) == 0
    found.asserters[0] = None
    assert found.asserting(figure) is None and found.naming(None) == []


def test_a_source_without_a_naming_is_quoted_as_it_stands(corpus, extractions):
    found = extractions(corpus.articles)[0]
    found.asserters[1].naming = []
    assert [TEXT[slice(*span)] for span in found.naming(1)] == ["he"]


def test_progress_is_told_of_every_article(corpus, extractions):
    told = []
    list(extract.extract(corpus.articles, lambda *step: told.append(step)))
    list(extract.extract(iter(corpus.articles), lambda *step: told.append(step)))
    assert told == [(1, 2), (2, 2), (1, None), (2, None)]


@pytest.fixture
def batch():
    """As many articles as are parsed together, and more."""
    return [article_from_text(f"a{number}", f"The council said {number} boats burned.", path="a.jsonl", line=number)
            for number in range(20)]


def test_an_article_that_cannot_be_parsed_costs_no_other_of_its_batch(batch, extractions, monkeypatch):
    pipeline = load()
    tokenizer = pipeline.tokenizer
    monkeypatch.setattr(pipeline, "tokenizer", lambda text: 1 / 0 if " 7 " in text else tokenizer(text))
    failed = []
    found = list(extract.extract(batch, failed=lambda article, reason: failed.append((article.place, reason))))
    assert [each.article.line for each in found] == [number for number in range(20) if number != 7]
    assert failed == [("a.jsonl, line 7", "reading it failed (ZeroDivisionError: division by zero)")]
    with pytest.raises(ZeroDivisionError):
        list(extract.extract(batch))


@pytest.mark.parametrize("figure", [
    Figure((17, 17), 1.0, None, None, "=", "count", "", ""), Figure((0, 999), 1.0, None, None, "=", "count", "", ""),
    Figure((0, 3), float("inf"), None, None, "=", "count", "", ""),
    Figure((0, 3), None, 1.0, float("nan"), "range", "count", "", ""),
])
def test_a_row_that_could_not_be_written_leaves_out_its_article(corpus, extractions, monkeypatch, figure):
    monkeypatch.setattr(reader, "find_figures", lambda article, doc, claims: [figure] if article.article_id == "one" else [])
    read, found = extract.extract_corpus(corpus)
    assert [article.article_id for article in read.articles] == [each.article.article_id for each in found] == ["two"]
    assert [item.path for item in read.left_out] == ["=cmd.pdf", "one.txt"]
    built = tabulate.build(read, found)
    tables.check(built, read)
    assert built["articles"]["article_id"].to_list() == ["two"] and len(built["left_out"]) == 2


def test_where_the_first_of_two_copies_is_left_out_the_other_is_no_copy(tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("The council slept.")
    corpus = read_corpus(tmp_path).without({"a": "why"})
    assert [(article.article_id, article.duplicate_of) for article in corpus.articles] == [("b", None), ("c", "b")]
    assert corpus.left_out == (LeftOut("a.txt", "why"),)
    with pytest.raises(ValueError, match="holds no article that can be read: b.txt: why."):
        corpus.without({"b": "why", "c": "why"})


def test_tables_have_the_declared_columns_even_when_empty(tmp_path):
    empty = tabulate.build(Corpus("none", tmp_path, (), ()), [])
    for name, columns in tables.TABLES.items():
        assert {column: str(dtype) for column, dtype in empty[name].dtypes.items()} == columns
        assert len(empty[name]) == 0


def test_rows_quote_their_article(built, corpus):
    tables.check(built, corpus)
    claims, figures = built["claims"], built["figures"]
    assert claims["claim_id"].to_list() == ["one.c1", "one.c2", "one.c3"]
    assert claims["content"].to_list() == ["12 boats burned", "“is <script>\x00", "\ufffd"]
    sentence = claims.iloc[0]
    assert TEXT[sentence["sentence_start"]:sentence["sentence_end"]] == "The council said 12 boats burned."
    assert figures["text"].to_list() == ["12", "1", "1", "3"]
    assert figures["source"].to_list() == ["The council", "", "", ""]
    assert figures["claim_id"].isna().to_list() == [False, True, True, True]
    assert built["removed"]["text"].to_list() == ["Comments are closed."]


def test_the_outlets_own_voice_has_a_source_row(built):
    sources = built["sources"].set_index("source_id")
    own = built["figures"]["source_id"].to_list()[-1]
    assert own == "outlet-unknown"
    assert sources.loc[own, ["kind", "articles", "claims", "figures"]].to_list() == ["outlet", 1, 0, 3]
    council = built["claims"]["source_id"][0]
    assert sources.loc[council, ["kind", "articles", "claims", "figures"]].to_list() == ["organisation", 1, 3, 1]
    assert "The Courier" in sources["name"].to_list()


def test_an_articles_row_tells_only_what_is_known(built):
    one, two = built["articles"].to_dict("records")
    assert (one["title"], one["words"], two["outlet"]) == ("Boats Burn", 22, "The Courier")
    assert pd.isna(one["outlet"]) and pd.isna(two["title"]) and pd.isna(one["duplicate_of"])


def test_tables_are_read_as_they_were_written(built, tmp_path):
    tables.write(built, tmp_path)
    read = tables.read(tmp_path)
    for name, table in built.items():
        pd.testing.assert_frame_equal(read[name], table)
        pd.testing.assert_frame_equal(tables.read_csv(tmp_path / f"{name}.csv"), table)


def test_the_same_rows_are_the_same_bytes(built, tmp_path):
    def digests(folder):
        tables.write(built, folder)
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert digests(tmp_path / "here") == digests(tmp_path / "there")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@cmd", "\tx", "\rx", "'=1", "''-1", "'tis", "", "x\r\ny",
                                  'a"b,c', "a\x00b"])
def test_no_cell_of_the_csv_runs_in_a_spreadsheet(built, tmp_path, text):
    built["left_out"] = pd.DataFrame({"path": ["a", text], "reason": [text, "b"]}).astype("str")
    tables.write(built, tmp_path)
    data = (tmp_path / "left_out.csv").read_text(encoding="utf-8")
    assert not re.search(r'(^|,)"?[=+\-@\t\r]', data, re.MULTILINE)
    pd.testing.assert_frame_equal(tables.read_csv(tmp_path / "left_out.csv"), built["left_out"])


@pytest.mark.parametrize("name, row, column, value, fault", [
    ("claims", 0, "cue", "denied", "Table claims, row one.c1: cue_spans .* does not slice to 'denied' in article one"),
    ("claims", 0, "content_spans", "[[29, 4400]]", "row one.c1: content_spans"),
    ("claims", 2, "claim_id", "one.c1", "Table claims, row 3: claim_id 'one.c1' is missing or stands there twice"),
    ("claims", 1, "source_id", "nobody", "row one.c2: source_id 'nobody' is not in table sources"),
    ("claims", 1, "parent_id", "one.c9", "row one.c2: parent_id 'one.c9' is not in table claims"),
    ("claims", 1, "article_id", "three", "row one.c2: article_id 'three' is not in table articles"),
    ("figures", 0, "start", 30, "Table figures, row one.f1: start, end"),
    ("figures", 0, "counted", "ships", "row one.f1: counted_spans .* does not slice to 'ships'"),
    ("figures", 0, "counted_spans", "[[5, 5]]", "row one.f1: counted_spans"),
    ("figures", 0, "sentence_end", -1, "row one.f1: sentence_start, sentence_end"),
    ("removed", 0, "text", "Comments", "Table removed, row 1: start, end"),
    ("articles", 0, "article_id", None, "Table articles, row 1: article_id nan is missing"),
])
def test_a_fault_is_named_by_table_and_row(built, corpus, name, row, column, value, fault):
    built[name].loc[row, column] = value
    with pytest.raises(ValueError, match=fault):
        tables.check(built, corpus)


def test_a_wrong_column_is_named(built, corpus):
    built["figures"] = built["figures"].astype({"start": "float64"})
    with pytest.raises(ValueError, match="Table figures: column start is float64, not int64"):
        tables.check(built, corpus)


def test_a_missing_or_foreign_file_is_named(built, tmp_path):
    tables.write(built, tmp_path)
    (tmp_path / "claims.parquet").write_text("no table")
    with pytest.raises(ValueError, match="claims.parquet: it cannot be read as the table claims"):
        tables.read(tmp_path)
    (tmp_path / "claims.parquet").unlink()
    with pytest.raises(ValueError, match="claims.parquet: it cannot be read"):
        tables.read(tmp_path)
