"""A folder of articles in, articles out, and what was left out with its reason."""

import hashlib
import json
import os

import pytest

from analysis.corpus import article_from_json, article_from_text, read_corpus

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
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "page.pdf").write_bytes(b"%PDF")
    (tmp_path / "long.txt").write_text("a " * 2_500_001)
    (tmp_path / ".hidden.txt").write_text("not ours")
    os.mkfifo(tmp_path / "pipe.txt")
    corpus = read_corpus(tmp_path)
    assert [article.path for article in corpus.articles] == ["good.txt"]
    assert left_out(corpus) == {
        "empty.txt": "it holds no text (id 'empty')",
        "latin.txt": "it is not UTF-8 (byte 3 is 0xe9); save it as UTF-8",
        "long.txt": "its text of 5,000,002 characters is longer than an article can be (5,000,000)",
        "page.pdf": "its type (.pdf) is not one that On Record reads (.txt, .jsonl)",
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
    with pytest.raises(ValueError, match="a.txt: it is not UTF-8"):
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
        "its id 'one' is already that of an article in all.jsonl",
        'line 5: its "text" is not text',
    ]


@pytest.mark.parametrize("line, fault", [
    (b"\xff", "not UTF-8"), ("[1]", "not an object"), ('{"text": "a"}', 'no "id"'), ('{"id": true, "text": "a"}', 'no "id"'),
    ('{"id": "a"}', '"text" is not text'), ('{"id": "a", "text": "b", "url": 3}', '"url" is not text'), ("[" * 100_000, "cannot be read"),
])
def test_a_faulty_line_says_what_is_wrong(line, fault):
    with pytest.raises(ValueError, match=fault):
        article_from_json(line)


def test_metadata_beside_the_articles(tmp_path):
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b.txt").write_text(BODY + " Again.")
    (tmp_path / "metadata.csv").write_text("path,outlet,published,title\na.txt,The Courier,2024-03-01,Boats burn\ngone.txt,X,,\n")
    corpus = read_corpus(tmp_path)
    first, second = corpus.articles
    assert (first.outlet, first.published, first.given_title, first.title) == ("The Courier", "2024-03-01", "Boats burn", None)
    assert (second.outlet, second.published, second.given_title) == (None, None, None)
    assert left_out(corpus) == {"metadata.csv": "it tells of 'gone.txt', which is not in the folder"}


@pytest.mark.parametrize("table", ["path,outlett\na.txt,X\n", "outlet\nX\n", "path,outlet\na.txt\n", "path,outlet\na.txt,X,Y\n"])
def test_faulty_metadata_names_the_row(tmp_path, table):
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "metadata.csv").write_text(table)
    with pytest.raises(ValueError, match="metadata.csv: row 2 "):
        read_corpus(tmp_path)


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
