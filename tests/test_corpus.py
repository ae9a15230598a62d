"""A folder of articles in, articles out, and what was left out with its reason."""

import hashlib
import json
import os
import re

import pytest

from analysis import cli, extract, reader
from analysis.corpus import Statement, article_from_json, article_from_text, read_corpus
from analysis.types import Extraction

BODY = "The mayor of Oldbridge said on Monday that 12 boats burned in the harbour."


def left_out(corpus):
    return {item.path: item.reason for item in corpus.left_out}


def title(text, **metadata):
    article = article_from_text("x", text, **metadata)
    return article.title and text[slice(*article.title)]


def test_articles_come_in_the_order_of_their_paths(tmp_path):
    for name in ("b.txt", "a/z.txt", "Z.TXT", "é.txt", "a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert [article.path for article in corpus.articles] == ["Z.TXT", "a.txt", "a/z.txt", "b.txt", "é.txt"]
    assert [article.article_id for article in corpus.articles] == ["Z", "a", "a/z", "b", "é"]
    assert corpus.name == tmp_path.name


def test_text_is_kept_as_decoded_and_hashed_as_bytes(tmp_path):
    data = b"\xef\xbb\xbfOldbridge\r\n\r\n12\tboats \x00 burned\xe2\x80\xa8here"
    (tmp_path / "a.txt").write_bytes(data)
    article, = read_corpus(tmp_path).articles
    assert article.text == "Oldbridge\r\n\r\n12\tboats \x00 burned\u2028here"
    assert article.reading == "Oldbridge \n \n12 boats   burned\nhere"
    assert article.sha256 == hashlib.sha256(data).hexdigest()


def test_what_cannot_be_read_is_left_out_and_the_rest_is_read(tmp_path):
    (tmp_path / "good.txt").write_text(BODY)
    (tmp_path / "noise.txt").write_bytes(b"\x01\xe9" * 40)
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "long.txt").write_text("a " * 2_500_001)
    (tmp_path / ".hidden.txt").write_text("not ours")
    os.mkfifo(tmp_path / "pipe.txt")
    corpus = read_corpus(tmp_path)
    assert [article.path for article in corpus.articles] == ["good.txt"]
    assert left_out(corpus) == {
        "empty.txt": "it holds no text (id 'empty')",
        "long.txt": "its text of 5,000,002 characters is longer than an article can be (5,000,000)",
        "noise.txt": "it is not text in a character set that On Record knows (byte 1 is 0xe9); save it as UTF-8",
        "page.pdf": "it is not a PDF that can be read (PdfStreamError)",
        "pipe.txt": "it is no regular file",
    }


@pytest.mark.parametrize("make, message", [
    (lambda folder: folder / "nowhere", "there is no such folder of articles."),
    (lambda folder: folder, "holds no article that can be read, it is empty."),
])
def test_a_folder_without_articles_is_an_error_of_one_sentence(tmp_path, make, message):
    with pytest.raises(ValueError, match=message):
        read_corpus(make(tmp_path))


def test_a_folder_where_nothing_can_be_read_says_why(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(ValueError, match="a.txt: it holds no text"):
        read_corpus(tmp_path)


def test_json_lines_hold_an_article_each(tmp_path):
    rows = [{"id": "one", "text": BODY, "outlet": "The Oldbridge Courier", "other": [1]}, {"id": 2, "text": "Half \ud800."}]
    lines = [json.dumps(row) for row in rows] + ["{", '{"id": "one", "text": "again"}', '{"id": "three", "text": null}', ""]
    (tmp_path / "all.jsonl").write_text("\n".join(lines))
    corpus = read_corpus(tmp_path)
    assert [(article.article_id, article.path, article.outlet) for article in corpus.articles] == [
        ("one", "all.jsonl", "The Oldbridge Courier"), ("2", "all.jsonl", None)]
    assert corpus.articles[1].text == "Half \ud800."
    assert corpus.articles[1].reading == "Half \ufffd."
    assert [item.reason for item in corpus.left_out] == [
        "line 3: it is not JSON (Expecting property name enclosed in double quotes at character 2)",
        "line 4: its id 'one' is already that of an article in all.jsonl, line 1",
        'line 5: its "text" is not text',
    ]


@pytest.mark.parametrize("line, fault", [
    (b"\xff", "not UTF-8"), ("[1]", "not an object"), ('{"text": "a"}', 'no "id"'), ('{"id": true, "text": "a"}', 'no "id"'),
    ('{"id": "a"}', '"text" is not text'), ('{"id": "a", "text": "b", "url": 3}', '"url" is not text'),
    ("[" * 100_000, "cannot be read"),
])
def test_a_faulty_line_says_what_is_wrong(line, fault):
    with pytest.raises(ValueError, match=fault):
        article_from_json(line)


def test_the_copy_of_an_article_beside_it(tmp_path):
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "metadata.csv").write_text("path,archive_url,captured\na.txt,https://archive.example/a,last week\n")
    corpus = read_corpus(tmp_path)
    assert (corpus.articles[0].archive_url, corpus.articles[0].captured) == ("https://archive.example/a", None)
    assert left_out(corpus) == {"metadata.csv": "row 2: captured 'last week' is no day, so it is left out; write it as 2024-03-01"}


def test_metadata_beside_the_articles(tmp_path):
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b.txt").write_text(BODY + " Again.")
    (tmp_path / "metadata.csv").write_text("path,outlet,published,title\na.txt,The Courier,2024-03-01,Boats burn\ngone.txt,X,,\n")
    corpus = read_corpus(tmp_path)
    first, second = corpus.articles
    assert (first.outlet, first.published, first.given_title, first.title) == ("The Courier", "2024-03-01", "Boats burn", None)
    assert (second.outlet, second.published, second.given_title) == (None, None, None)
    assert left_out(corpus) == {"metadata.csv": "row 3: 'gone.txt' is not in the folder"}


@pytest.mark.parametrize("table", [
    "path;outlet;published\na.txt;The Courier;2024-03-01\n", "\ufeffpath,outlet,published\na.txt,The Courier,2024-03-01\n",
    "\ufeffpath;published;outlet;;\r\na.txt; 2024-03-01T06:00 ;The Courier;;\r\n;;;;\r\n",
    "path\tpublished\toutlet\na.txt\t20240301\tThe Courier", '"path","outlet","published"\r"a.txt","The Courier","2024-03-01"\r',
])
def test_metadata_is_read_as_spreadsheets_write_it(tmp_path, table):
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "metadata.csv").write_bytes(table.encode())
    corpus = read_corpus(tmp_path)
    assert [(article.outlet, article.published[:4]) for article in corpus.articles] == [("The Courier", "2024")]
    assert left_out(corpus) == {}


@pytest.mark.parametrize("name, table, fault", [
    ("metadata.csv", b"path,outlett\na.txt,X\n", "row 1 names 'outlett'; it must name columns of path,title,"),
    ("metadata.csv", b"outlet\nX\n", "row 1 lacks 'path'"),
    ("metadata.csv", b"path,outlet,outlet\n", "row 1 names a column twice"),
    ("metadata.csv", b"", "row 1 lacks 'path'"),
    ("metadata.csv", b"path,outlet\na.txt\n", "row 2 has 1 cells for the 2 columns path,outlet; give it one for each."),
    ("metadata.csv", b"path,outlet\n\na.txt,X,Y\n", "row 3 has 3 cells"),
    ("metadata.csv", b"path,outlet\n,X\n", "row 2 has no path"),
    ("metadata.csv", b"path,outlet\na.txt,Caf\xe9\n", "row 2 is not UTF-8 .byte 21 is 0xe9.; save the file as CSV in UTF-8."),
    ("metadata.csv", b'path,outlet\na.txt,"X\n', "row 2 is not CSV"),
    ("metadata.csv", b"path,outlet\na.txt," + b"x" * 200_000, "row 2 is not CSV .field larger"),
    ("statements.csv", b"claim_id,statement\na.c1", "row 2 has 1 cells"),
    ("statements.csv", b"claim_id,statement\na.c1,x\na.c2,Caf\xe9\n", "row 3 is not UTF-8"),
    ("statements.csv", b"claim_id\na.c1\n", "row 1 lacks 'statement'"),
])
def test_a_faulty_table_beside_the_articles_names_file_row_and_mend(tmp_path, name, table, fault):
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / name).write_bytes(table)
    with pytest.raises(ValueError, match=f"{name}: {fault}"):
        read_corpus(tmp_path)


def test_one_wrong_fact_beside_the_articles_is_left_out_and_told_with_its_row(tmp_path):
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "metadata.csv").write_text("path,outlet,published\na.txt,The Courier,1 March\na.txt,The Post,2024-03-02\n")
    (tmp_path / "statements.csv").write_text("claim_id;statement\na.c1;Boats burned\na.c1;Ships burned\nb.c1;Boats burned\n")
    corpus = read_corpus(tmp_path)
    assert [(article.outlet, article.published) for article in corpus.articles] == [("The Courier", None)]
    assert corpus.statements == (Statement(2, "a.c1", "Boats burned"),)
    assert [(item.path, item.reason) for item in corpus.left_out] == [
        ("metadata.csv", "row 2: published '1 March' is no day, so it is left out; write it as 2024-03-01"),
        ("metadata.csv", "row 3: row 2 tells of 'a.txt' too, and is kept; delete one of them"),
        ("statements.csv", "row 3: row 2 tells of 'a.c1' too, and is kept; delete one of them"),
        ("statements.csv", "row 4: 'b.c1' is none of the corpus's claims; take it from claims.csv"),
    ]


@pytest.mark.parametrize("published", ["yesterday", "0001-01-01", "2024-02-30", "²²²²-01-01", "\ud800", "9" * 5_000])
def test_a_day_that_cannot_be_read_leaves_its_article(tmp_path, published):
    (tmp_path / "all.jsonl").write_text("\n" + json.dumps({"id": "one", "text": BODY, "published": published}))
    corpus = read_corpus(tmp_path)
    assert [article.published for article in corpus.articles] == [None]
    assert [item.path for item in corpus.left_out] == ["all.jsonl"]
    assert re.fullmatch(r"line 2: published '.{1,400}' is no day, so it is left out; write it as 2024-03-01",
                        corpus.left_out[0].reason)


@pytest.mark.parametrize("article_id", ["s\ud800ur", "two\nlines", "a\x00b", "\x1b[31mred", "a\u2028b", "i" * 1_001])
def test_an_id_that_no_line_can_hold_leaves_out_its_article_alone(tmp_path, article_id):
    (tmp_path / "all.jsonl").write_text("\n".join(json.dumps({"id": name, "text": BODY}) for name in (article_id, "good")))
    corpus = read_corpus(tmp_path)
    assert [article.article_id for article in corpus.articles] == ["good"]
    assert left_out(corpus)["all.jsonl"].startswith("line 1: its id ") and left_out(corpus)["all.jsonl"].isprintable()


def test_an_id_may_look_like_a_path(tmp_path):
    (tmp_path / "all.jsonl").write_text("\n".join(json.dumps({"id": name, "text": BODY})
                                                  for name in ("../up", "/etc/passwd", "..", "a/../b")))
    assert len(read_corpus(tmp_path).articles) == 4


def test_an_id_that_comes_twice_says_where_it_came_first(tmp_path):
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b.jsonl").write_text("\n" + json.dumps({"id": "a", "text": "Other."}))
    assert left_out(read_corpus(tmp_path)) == {"b.jsonl": "line 2: its id 'a' is already that of an article in a.txt"}


def test_a_name_that_cannot_be_written_is_told_as_it_can(tmp_path):
    for name in (b"bad\xff.txt", b"two\nlines.txt", b"\x1b[31m.jsonl", b"good.txt"):
        (tmp_path / os.fsdecode(name)).write_text(BODY)
    corpus = read_corpus(tmp_path)
    assert [article.path for article in corpus.articles] == ["good.txt"]
    reason = "its name is not UTF-8, or holds a control character; rename it"
    assert left_out(corpus) == {"bad\\xff.txt": reason, "two\\nlines.txt": reason, "\\x1b[31m.jsonl": reason}


def test_what_is_known_of_an_article_stands_on_one_line(tmp_path):
    article = article_from_text("x", BODY, outlet=" The\nOldbridge\x00 \ud800 Courier", event="\t")
    assert (article.outlet, article.event) == ("The Oldbridge  \ufffd Courier", None)


def test_no_link_is_followed_and_each_is_told(tmp_path):
    corpus, elsewhere = tmp_path / "corpus", tmp_path / "elsewhere"
    for folder in (corpus / "sub", elsewhere):
        folder.mkdir(parents=True)
    (corpus / "a.txt").write_text(BODY)
    (elsewhere / "secret.txt").write_text("Secret.")
    for name, target in {"file.txt": elsewhere / "secret.txt", "folder": elsewhere, "loop": corpus,
                         "sub/inside.txt": corpus / "a.txt",
                         "gone.txt": "nowhere", "metadata.csv": elsewhere / "secret.txt", "self": "self"}.items():
        (corpus / name).symlink_to(target)
    (tmp_path / "named").symlink_to(corpus)
    read = read_corpus(tmp_path / "named")
    assert [article.path for article in read.articles] == ["a.txt"]
    reason = "it is a link, and links are not followed; put what it leads to in its place"
    assert left_out(read) == dict.fromkeys(["file.txt", "folder", "gone.txt", "loop", "metadata.csv", "self", "sub/inside.txt"], reason)


def test_folders_may_be_nested_deeper_than_the_stack(tmp_path):
    here = os.getcwd()
    try:
        os.chdir(tmp_path)
        for _ in range(1_200):
            os.mkdir("d")
            os.chdir("d")
        (tmp_path / "a.txt").write_text(BODY)
        assert len(read_corpus(tmp_path).articles) == 1
    finally:
        while os.getcwd() != str(tmp_path):
            os.chdir("..")
            os.rmdir("d")
        os.chdir(here)


def test_whatever_is_raised_at_one_article_the_others_are_read(tmp_path, monkeypatch, capsys):
    def furniture(text):
        if "bad" in text:
            raise MemoryError
        return ()
    monkeypatch.setattr("analysis.corpus.reading.furniture", furniture)
    monkeypatch.setattr(reader, "read", lambda article: article.reading and Extraction(article, [], [], [], []))
    (tmp_path / "a.txt").write_text("bad")
    (tmp_path / "b.jsonl").write_text('{"id": "b", "text": "good"}\n{"id": "c", "text": "bad"}')
    corpus, found = extract.extract_corpus(read_corpus(tmp_path), jobs=1)
    assert [article.article_id for article in corpus.articles] == [each.article.article_id for each in found] == ["b"]
    assert left_out(corpus) == {"a.txt": "reading it failed (MemoryError)", "b.jsonl": "line 2: reading it failed (MemoryError)"}
    assert cli.main(["read", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert [json.loads(line)["id"] for line in told.out.splitlines()] == ["b"]
    assert told.err.splitlines() == ["onrecord: a.txt: reading it failed (MemoryError).",
                                     "onrecord: b.jsonl: line 2: reading it failed (MemoryError)."]


def test_whatever_is_raised_at_what_a_file_holds_the_others_are_read(tmp_path, monkeypatch):
    def other_language(text, *told):
        if "bad" in text:
            raise MemoryError
    monkeypatch.setattr("analysis.corpus.folder.other_language", other_language)
    (tmp_path / "a.txt").write_text("bad")
    (tmp_path / "b.jsonl").write_text('{"id": "b", "text": "good"}\n{"id": "c", "text": "bad"}')
    corpus = read_corpus(tmp_path)
    assert [article.article_id for article in corpus.articles] == ["b"]
    assert left_out(corpus) == {"a.txt": "reading it failed (MemoryError)", "b.jsonl": "line 2: reading it failed (MemoryError)"}


def test_a_copy_names_the_first(tmp_path):
    for name, text in (("a.txt", BODY), ("b.txt", "Other."), ("c.txt", BODY + "\n")):
        (tmp_path / name).write_text(text)
    assert [article.duplicate_of for article in read_corpus(tmp_path).articles] == [None, None, "a"]


@pytest.mark.parametrize("text, expected", [
    (f"Twelve Boats Burn in Oldbridge\n\n{BODY}", "Twelve Boats Burn in Oldbridge"),
    (f" \r\n Is Oldbridge burning? \r\n\r\n{BODY}", "Is Oldbridge burning?"),
    (f"Twelve boats burn in the U.S.\n\n{BODY}", "Twelve boats burn in the U.S."),
    (f"Twelve Boats Burn in Oldbridge\n{BODY}", "Twelve Boats Burn in Oldbridge"),
    (f"Read more: Other News\n\nTwelve Boats Burn\n\n{BODY}", "Twelve Boats Burn"),
    (f"{BODY}\n\nNobody was hurt.", None),
    ("Twelve Boats Burn in Oldbridge", None),
    (f"OLDBRIDGE —\n\n{BODY}", None),
    (f"By Mira Oldfield\n\n{BODY}", None),
    ("The mayor of Oldbridge said on Monday that\ntwelve boats had burned and that nobody was hurt in it.", None),
])
def test_the_headline_is_the_first_line_that_looks_like_one(text, expected):
    assert title(text) == expected


def test_the_given_headline_is_found_in_the_text():
    assert title(f"Boats.\n\n{BODY}", title="Boats.") == "Boats."
    assert article_from_text("x", BODY, title="Boats").given_title == "Boats"


def test_hard_wrapped_lines_are_read_as_one_paragraph():
    text = ("Oldbridge said its crews had put out the fire in\n"
            "the harbour and that twelve boats had burned in\n"
            "the night. Nobody was hurt, the mayor of the town\n"
            "Mira Oldfield said on Monday in\n"
            "Oldbridge.\n"
            "   The harbour board said the crews had come late\n"
            "because a bridge was closed to all their engines.\n")
    reading = article_from_text("x", text).reading
    assert [paragraph.split()[0] for paragraph in reading.strip().split("\n")] == ["Oldbridge", "The"]


def test_paragraphs_of_a_line_each_stay_paragraphs():
    text = "The mayor came\nThe council stayed\nThe boats burned\nThe crews slept"
    assert article_from_text("x", "\n\n".join([text, BODY * 3])).reading.count("\n") == 5
