"""One invented article in each format in; its text, title, outlet, author and day out."""

import io
import json
import re
import zipfile

import pytest

from analysis import cli
from analysis.corpus import Article, LeftOut, not_in_english, read_items
from tests import format_samples
from tests.format_samples import AUTHOR, BODY, DAY, OUTLET, SECOND, TEXT, TITLE, URL, samples

EARLY = DAY + "T06:30:00+02:00"
UTC = DAY + "T06:30:00Z"
# What each format gives of the first article: title, outlet, author, published, url, and how many articles the file holds.
GIVES = {
    "text.txt": (None, None, None, None, None, 1), "text.txt.gz": (None, None, None, None, None, 1),
    "markdown.md": (TITLE, OUTLET, AUTHOR, DAY, URL, 1),
    "page.html": (TITLE, OUTLET, AUTHOR, EARLY, URL, 1), "saved.mhtml": (TITLE, OUTLET, AUTHOR, EARLY, URL, 1),
    "crawl.warc": (TITLE, OUTLET, AUTHOR, EARLY, URL, 1), "crawl.warc.gz": (TITLE, OUTLET, AUTHOR, EARLY, URL, 1),
    "nexis.txt": (TITLE, OUTLET, AUTHOR, DAY, None, 2), "nexis.docx": (TITLE, OUTLET, AUTHOR, DAY + "T06:30+00:00", None, 2),
    "nexis.rtf": (TITLE, OUTLET, AUTHOR, DAY + "T06:30+00:00", None, 2), "typed.docx": (None, None, AUTHOR, None, None, 1),
    "factiva.html": (TITLE, OUTLET, AUTHOR, DAY + "T06:30", None, 2), "factiva.xml": (TITLE, OUTLET, AUTHOR, UTC, None, 2),
    "feed.rss": (TITLE, OUTLET, AUTHOR, EARLY, URL, 2), "feed.atom": (TITLE, OUTLET, AUTHOR, EARLY, URL, 1),
    "ninjs.json": (TITLE, OUTLET, AUTHOR, EARLY, URL, 1), "newsml.xml": (TITLE, OUTLET, AUTHOR, UTC, None, 1),
    "mediacloud.json": (TITLE, OUTLET, None, UTC, None, 1),
    "lines.jsonl": (TITLE, OUTLET, AUTHOR, DAY, URL, 2), "records.json": (TITLE, OUTLET, AUTHOR, DAY, URL, 2),
    "table.csv": (TITLE, OUTLET, AUTHOR, DAY, URL, 2),
    "table.tsv": (TITLE, OUTLET, AUTHOR, DAY, URL, 2), "table.parquet": (TITLE, OUTLET, AUTHOR, DAY, URL, 2),
    "page.pdf": (TITLE, None, AUTHOR, DAY, None, 1),
}
PACKED = {"packed.zip", "packed.tar.gz"}


def read(tmp_path, name, data):
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(data)
    return items(tmp_path / name)


def items(where):
    found = list(read_items(where))
    return [item for item in found if isinstance(item, Article)], {item.path: item.reason
                                                                   for item in found if isinstance(item, LeftOut)}


def words(text):
    return " ".join(text.split())


COPY = f"https://web.archive.org/web/20310507081500/{URL}"
TAKEN = "2031-05-07T08:15:00+00:00"
SINGLE_FILE = "<!--\n Page saved with SingleFile \n url: {} \n saved date: Wed May 07 2031 08:15:00 GMT+0200 (Central European Summer Time)\n-->"
WAYBACK = f'<script>__wm.wombat("{URL}","20310507081500","https://web.archive.org/","web","/_static/","1904199300");</script>'


def saved_in(page, mark):
    """A page that tells no address, with what a program that saved it wrote into its head."""
    return re.sub(rb"<link rel=.canonical. href=.[^'\"]*.>", b"", page).replace(b"<head>", f"<head>{mark}".encode())


@pytest.mark.parametrize("name, data, gives", [
    ("crawl.warc", samples()["crawl.warc"], (URL, None, "2031-05-06T00:00:00Z")),
    ("crawl.warc", samples()["crawl.warc"].replace(f"WARC-Target-URI: {URL}".encode(), f"WARC-Target-URI: {COPY}".encode()),
     (URL, COPY, TAKEN)),
    ("page.html", re.sub(rb"(<link rel=.canonical. href=.)[^'\"]*", rb"\g<1>" + COPY.encode(), samples()["page.html"]),
     (URL, COPY, TAKEN)),
    ("single.html", saved_in(samples()["page.html"], SINGLE_FILE.format(URL)), (URL, None, "2031-05-07T08:15:00+02:00")),
    ("single.html", saved_in(samples()["page.html"], SINGLE_FILE.format(COPY)), (URL, COPY, TAKEN)),
    ("wayback.html", saved_in(samples()["page.html"], WAYBACK), (URL, COPY, TAKEN)),
    ("wayback.html", saved_in(samples()["page.html"], WAYBACK.replace("20310507", "20311307")), (None, None, None)),
    ("saved.mhtml", b"Date: Fri, 07 May 2031 08:15:00 -0000\r\n" + samples()["saved.mhtml"], (URL, None, "2031-05-07T08:15:00")),
    ("lines.jsonl", json.dumps({"id": "a", "text": TEXT, "archive_url": COPY, "captured": "20310507081500"}).encode(),
     (None, COPY, "2031-05-07T08:15:00")),
    ("table.csv", f"id,text,memento,crawl_date\na,Nine boats burned at the quay.,{COPY},2031-05-07\n".encode(),
     (None, COPY, "2031-05-07")),
])
def test_where_a_copy_is_kept_and_when_it_was_taken(tmp_path, name, data, gives):
    first = read(tmp_path, name, data)[0][0]
    assert (first.url, first.archive_url, first.captured) == gives


def test_every_sample_is_asked_for():
    assert set(samples()) == set(GIVES) | PACKED


@pytest.mark.parametrize("name", GIVES)
def test_each_format_gives_text_title_outlet_author_day_and_address(tmp_path, name):
    articles, _ = read(tmp_path, name, samples()[name])
    first = articles[0]
    title, outlet, author, published, url, count = GIVES[name]
    assert (first.given_title, first.outlet, first.author, first.published, first.url) == (title, outlet, author, published, url)
    assert len(articles) == count
    assert words(first.text).endswith(words(TEXT))
    assert count == 1 or words(articles[1].text) == SECOND


@pytest.mark.parametrize("name", GIVES)
def test_a_format_is_known_by_its_content_under_a_wrong_name(tmp_path, name):
    if name.startswith(("text", "table.tsv", "table.csv")) or name == "lines.jsonl":
        pytest.skip("plain text shows itself by nothing but its name")
    articles, _ = read(tmp_path, "wrong.txt", samples()[name])
    assert words(BODY[0]) in words(articles[0].text) and len(articles) == GIVES[name][-1]


@pytest.mark.parametrize("name", sorted(PACKED))
def test_an_archive_is_read_as_its_files(tmp_path, name):
    articles, left_out = read(tmp_path, name, samples()[name])
    assert [article.path for article in articles] == [f"{name}/in/text.txt", f"{name}/page.html"] and left_out == {}
    assert articles[0].article_id == f"{name}/in/text"


def test_what_of_a_crawl_is_no_page_is_told(tmp_path):
    _, left_out = read(tmp_path, "crawl.warc", samples()["crawl.warc"])
    assert left_out == {"crawl.warc": "record 3: the page was answered with 404, not with 200"}


def test_a_page_keeps_what_is_not_its_article_out(tmp_path):
    article, = read(tmp_path, "page.html", samples()["page.html"])[0]
    assert article.text.split("\n") == list(BODY)


def test_articles_are_named_by_their_file_and_number(tmp_path):
    articles, _ = read(tmp_path, "in/nexis.txt", samples()["nexis.txt"])
    assert [(article.article_id, article.place) for article in articles] == [("nexis.txt#1", "nexis.txt, document 1"), ("nexis.txt#2", "nexis.txt, document 2")]
    assert "Copyright" not in articles[0].text and "LENGTH" not in articles[0].text and "rocks" not in articles[0].text


@pytest.mark.parametrize("encoding, known_as", [
    ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
    ("cp1252", "cp1252"), ("mac_roman", "mac-roman"),
])
def test_the_character_set_is_recognised_and_told(tmp_path, encoding, known_as):
    text = TEXT + "\n\nThe café of Quill took £3m, its owner didn’t say when."
    article, = read(tmp_path, "a.txt", text.encode(encoding))[0]
    assert (article.text, article.encoding) == (text, known_as)


def test_damaged_utf8_stays_utf8(tmp_path):
    article, = read(tmp_path, "a.txt", TEXT.encode().replace(b"hull", b"hu\xffll"))[0]
    assert article.text == TEXT.replace("hull", "hu\ufffdll") and article.encoding == "utf-8"


def test_a_page_may_declare_its_character_set(tmp_path):
    page = samples()["page.html"].decode().replace('charset="utf-8"', 'charset="windows-1252"')
    article, = read(tmp_path, "page.html", page.encode("cp1252"))[0]
    assert article.encoding == "cp1252" and BODY[1] in article.text


@pytest.mark.parametrize("text, language", [
    ("Die Fähre lief am Samstag vor der Stadt auf Grund, sagte der Hafenmeister am Abend. Niemand wurde verletzt, und das Schiff soll bald geborgen werden.", "German"),
    ("Le ferry s’est échoué samedi au large de la ville avec deux cents personnes à bord, a déclaré le capitaine du port. Personne n’a été blessé.", "French"),
    ("Паром сел на мель в субботу недалеко от города, сообщил начальник порта. Никто не пострадал, и судно скоро снимут с мели.", "Russian"),
])
def test_articles_in_other_languages_are_left_out_and_counted(tmp_path, text, language):
    (tmp_path / "b.txt").write_text(text, encoding="utf-8")
    (tmp_path / "c.txt").write_text(text + " 2", encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    articles, left_out = items(tmp_path)
    assert [article.path for article in articles] == ["a.txt"]
    assert left_out["b.txt"] == f"it is in {language}, and On Record reads English"
    assert not_in_english(left_out.values()) == f"2 articles not in English: 2 {language}"


@pytest.mark.parametrize("stated, text, is_read", [
    ("de", TEXT, True),  # the words are plainly English
    ("English", "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua.", True),
    ("sv", "Färjan gick på grund utanför staden.", False),
    (None, "Quill, 3 May: 12 Tote.", True),  # too short to tell
])
def test_a_stated_language_is_believed_unless_the_words_are_english(tmp_path, stated, text, is_read):
    articles, left_out = read(tmp_path, "a.jsonl", json.dumps({"id": "a", "text": text, "language": stated}).encode())
    assert bool(articles) == is_read and bool(left_out) != is_read


def test_where_sides_differ_the_one_that_is_believed_is_told_and_the_other_too(tmp_path):
    (tmp_path / "metadata.csv").write_text("path,outlet,published,title\npage.html,The Post,2031-05-03,\nlines.jsonl,The Post,,\n")
    (tmp_path / "lines.jsonl").write_bytes(samples()["lines.jsonl"])
    (tmp_path / "page.html").write_bytes(samples()["page.html"])
    articles, _ = items(tmp_path)
    told = {article.article_id: (article.outlet, article.given_title, article.differing) for article in articles}
    assert told["page.html"] == ("The Post", TITLE, "outlet: 'The Post' by metadata.csv, which goes before the page itself ('The Quill Gazette')")
    assert told["q1"] == (OUTLET, TITLE, "outlet: 'The Quill Gazette' by the file, which goes before metadata.csv ('The Post')")


def test_a_pattern_of_file_names_tells_what_nobody_else_does(tmp_path):
    (tmp_path / "corpus.toml").write_text('file_names = "{outlet}--{published}--{title}"')
    article, = read(tmp_path, "Quill_Post--20310503--Ferry_aground.txt", TEXT.encode())[0]
    assert (article.outlet, article.published, article.given_title) == ("Quill Post", DAY, "Ferry aground")


def test_the_user_names_the_columns_of_a_table(tmp_path):
    (tmp_path / "corpus.toml").write_text('[columns]\ntext = "Story so far"\noutlet = "Paper"\n')
    article, = read(tmp_path, "a.csv", f"Paper;Story so far;source\nThe Post;{SECOND};x\n".encode())[0]
    assert (article.text, article.outlet) == (SECOND, "The Post")


@pytest.mark.parametrize("settings, fault", [
    ("[columns", "it is not TOML"), ("columns = 3", "names for some of id, text"), ('[columns]\nbody = "x"', "names for some of"),
    ('file_names = "{outlet}{outlet}"', "file_names holds"), ('patern = "x"', "'patern' is none of its settings"),
])
def test_faulty_settings_name_file_and_mend(tmp_path, settings, fault):
    (tmp_path / "corpus.toml").write_text(settings)
    (tmp_path / "a.txt").write_text(TEXT)
    with pytest.raises(ValueError, match=f"corpus.toml: .*{re.escape(fault)}"):
        items(tmp_path)


@pytest.mark.parametrize("name, data, reason", [
    ("a.csv", b"one,two\nx,y\n", "none of its columns (one, two) is known to hold the texts"),
    ("a.csv", b"id,text\n", "it holds no article"),
    ("a.csv", b"id,text\na," + SECOND.encode() + b"\nb,too,many\n", "row 3: it has 3 cells for the 2 columns"),
    ("a.parquet", b"PAR1 not at all", "it is not Parquet that can be read"),
    ("a.pdf", b"%PDF-1.4 not at all", "it is not a PDF that can be read"),
    ("a.docx", b"PK\x03\x04 not at all", "it is not a Word file that can be read"),
    ("a.docx", b"", "it holds no text"),
    ("a.html", b"<html></html>", "it is a page without an article's text"),
    ("a.rss", b"<rss></rss>", "it is a feed without an entry"),
    ("a.zip", b"PK\x03\x04 not at all", "it is an archive that cannot be read"),
    ("a.zip", b"PK\x05\x06" + bytes(18), "it is an archive without a file that is not hidden"),
    ("a.txt.gz", b"\x1f\x8b not at all", "it cannot be unpacked"),
    ("a.txt", b"\x00\x01\x02\xff\xfe\xfd" * 50, "it is not text in a character set"),
    ("a.png", b"\x89PNG\r\n\x1a\n\x00", "its type (.png) is not one that On Record reads"),
    ("a.json", b'{"uri": "x", "headlines": []}', "item 1: it is an item without a text"),
    ("a.json", b'[{"id": "a", "text": 7}]', 'record 1: its "text" is not text'),
    ("README.md", b"# About", "it tells of the folder, and is no article"),
])
def test_what_cannot_be_read_is_told_with_its_reason(tmp_path, name, data, reason):
    _, left_out = read(tmp_path, name, data)
    assert reason in left_out[name]


def test_words_of_a_parquet_file_that_are_no_text_are_told(tmp_path):
    import pyarrow
    from pyarrow.parquet import write_table

    target = io.BytesIO()
    write_table(pyarrow.table({"text": pyarrow.array([b"Caf\xe9 burned"]).view(pyarrow.string())}), target)
    assert "it is not Parquet that can be read" in read(tmp_path, "a.parquet", target.getvalue())[1]["a.parquet"]


def test_encrypted_files_are_told(tmp_path):
    import pypdf

    writer, target = pypdf.PdfWriter(io.BytesIO(samples()["page.pdf"])), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(target)
    assert read(tmp_path, "a.pdf", target.getvalue())[1]["a.pdf"] == "it is encrypted; save it without a password"
    packed = bytearray(samples()["packed.zip"])
    for at in [found.start() for found in re.finditer(rb"PK\x01\x02", packed)]:
        packed[at + 8] |= 1
    _, left_out = read(tmp_path, "a.zip", bytes(packed))
    assert set(left_out.values()) == {"it is encrypted; unpack it with its password"}


def test_bombs_and_links_in_archives_are_told(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bomb.txt", b"a" * 20_000_000)
        packed.writestr("../up.txt", TEXT)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
        packed.writestr("inner.zip", samples()["packed.zip"])
        packed.writestr("good.txt", TEXT)
    articles, left_out = read(tmp_path, "a.zip", target.getvalue())
    assert [article.path for article in articles] == ["a.zip/good.txt"]
    assert left_out == {
        "a.zip/bomb.txt": "it unpacks to more than 200 times its size, as no text does",
        "a.zip/__/up.txt": "its name leads out of the archive",
        "a.zip/link.txt": "it is a link, and links are not followed",
        "a.zip/inner.zip": "it is an archive in an archive; unpack the outer one",
    }


def test_a_glob_and_an_address_are_read_as_a_folder_is(tmp_path):
    import fsspec

    for name in ("a.txt", "b.txt", "c.html"):
        (tmp_path / name).write_bytes(samples()["page.html"] if name.endswith("html") else (TEXT + name).encode())
    assert [article.path for article in items(str(tmp_path / "*.txt"))[0]] == ["a.txt", "b.txt"]
    with fsspec.open("memory://quill/in/a.txt", "wb") as file:
        file.write(TEXT.encode())
    assert [(article.path, article.text) for article in items("memory://quill")[0]] == [("in/a.txt", TEXT)]
    for nowhere in (str(tmp_path / "*.pdf"), "memory://nowhere", "nosuch://x"):
        with pytest.raises(ValueError, match=re.escape(nowhere)):
            items(nowhere)


def test_read_writes_the_articles_as_lines_and_tells_what_is_left_out(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(f"{TITLE}\n\n{TEXT}\n\nShare this:\n", encoding="utf-8")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (tmp_path / "lines.jsonl").write_bytes(b"{\n" + samples()["lines.jsonl"])
    assert cli.main(["read", str(tmp_path)]) == 0
    out, told = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(row["id"], row["path"], row["title"], row["outlet"], row["published"]) for row in rows] == [
        ("a", "a.txt", TITLE, None, None), ("q1", "lines.jsonl", TITLE, OUTLET, DAY),
        ("q2", "lines.jsonl", "Council to Meet", OUTLET, "2031-05-04")]
    assert [rows[0]["text"][start:end] for start, end, _ in rows[0]["removed"]] == ["Share this:"]
    assert "b.png: its type (.png)" in told and "lines.jsonl: line 1: it is not JSON" in told
    assert cli.main(["read", str(tmp_path / "b.png")]) == 1


@pytest.mark.parametrize("words, day", [
    ("May 3, 2031 Saturday 6:30 PM GMT", "2031-05-03T18:30+00:00"), ("3rd May 2031", "2031-05-03"), ("20310503", "2031-05-03"),
    ("20310503T063000+0200", "2031-05-03T06:30:00+02:00"),
    ("2031-05-03 06:30:00", "2031-05-03T06:30:00"), ("2031/5/3", "2031-05-03"),
    ("Sat, 03 May 2031 06:30:00 +0200", "2031-05-03T06:30:00+02:00"), ("29 décembre 2030", "2030-12-29"),
    ("03/05/2031", None), ("May 2031", None), ("31 February 2031", None), ("yesterday", None), ("", None), ("9" * 5_000, None),
])
def test_days_are_read_as_they_are_written_and_none_is_guessed(words, day):
    from analysis.corpus.days import iso

    assert iso(words) == day


def test_samples_are_the_same_bytes_each_time():
    assert format_samples._warc() == samples()["crawl.warc"] and format_samples._pdf() == samples()["page.pdf"]


def test_a_line_of_fifty_megabytes_and_a_bomb_in_a_gz_leave_out_nothing_else(tmp_path):
    import gzip

    line = b'{"id": "long", "text": "' + b"a " * 25_000_000 + b'"}\n'
    (tmp_path / "lines.jsonl").write_bytes(line + samples()["lines.jsonl"])
    (tmp_path / "long.txt").write_bytes(b"a " * 25_000_000)
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"a" * 30_000_000))
    articles, left_out = items(tmp_path)
    assert [article.article_id for article in articles] == ["q1", "q2"]
    assert left_out == {"lines.jsonl": "line 1: its text of 50,000,000 characters is longer than an article can be (5,000,000)",
                        "long.txt": "its text of 50,000,000 characters is longer than an article can be (5,000,000)",
                        "bomb.txt.gz": "it unpacks to more than 200 times its size, as no text does"}
