"""One invented article, and where a format holds several a second, in each format that is read."""

import csv
import gzip
import io
import json
import tarfile
import zipfile
import zlib
from functools import cache

TITLE, OUTLET, AUTHOR, DAY, URL = "Ferry Aground off Quill", "The Quill Gazette", "Mira Oldfield", "2031-05-03", "https://gazette.example/ferry"
BODY = (
    "A ferry ran aground off Quill on Saturday with 212 people on board, the harbour master said.",
    "“Nobody was hurt, and the tide will lift her by noon,” said Tam Harrow, who runs the harbour of Quill.",
    "Divers found a tear of three metres in the hull, according to the coastguard of Orlavia.",
)
TEXT = "\n\n".join(BODY)
SECOND = "The council of Quill will meet on Monday to hear what the harbour master found, its clerk said. She named 12 witnesses."
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{TITLE} - {OUTLET}</title>
<meta property="og:site_name" content="{OUTLET}"><link rel="canonical" href="{URL}">
<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": TITLE, "datePublished": DAY + "T06:30:00+02:00", "author": {"name": AUTHOR}})}</script>
</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>{TITLE}</h1><div>{PARAGRAPHS}</div></article>
<aside><p>Most read</p><p><a href="/a">Twelve boats burn in Oldbridge</a></p></aside>
<footer><p>Copyright {OUTLET}. All rights reserved.</p></footer></body></html>"""
MARKDOWN = f"---\ntitle: {TITLE}\nsource: {OUTLET}\nauthor: {AUTHOR}\ndate: {DAY}\nurl: {URL}\n---\n# The tide\n\n{BODY[0]}\n\n**{BODY[1]}**\n\n[Divers](http://x.example){BODY[2][6:]}\n"
NEXIS = """
Terms: (ferry)



                               1 of 2 DOCUMENTS



                               The Quill Gazette

                             May 3, 2031 Saturday
                                First Edition

Ferry Aground off Quill

BYLINE: By Mira Oldfield

SECTION: NEWS; Pg. 6

LENGTH: 412 words

A ferry ran aground off Quill on Saturday with 212 people on board, the
harbour master said.

“Nobody was hurt, and the tide will lift her by noon,” said Tam Harrow, who
runs the harbour of Quill.

Divers found a tear of three metres in the hull, according to the coastguard
of Orlavia.

LOAD-DATE: May 4, 2031

LANGUAGE: ENGLISH

GRAPHIC: The ferry on the rocks of Quill with its lights on

PUBLICATION-TYPE: Newspaper


                       Copyright 2031 Gazette Newspapers
                              All Rights Reserved

                               2 of 2 DOCUMENTS


                               The Quill Gazette

                             May 4, 2031 Sunday

Council to Meet

LENGTH: 21 words

The council of Quill will meet on Monday to hear what the harbour master
found, its clerk said. She named 12 witnesses.

LOAD-DATE: May 5, 2031
"""
NEXIS_LINES = (
    "Date and Time: Monday, 5. May 2031", "Documents (2)", "1. Ferry Aground off Quill", "", "", TITLE, OUTLET,
    "May 3, 2031 Saturday 6:30 AM GMT", "",
    "Copyright 2031 Gazette Newspapers All Rights Reserved", "", "Section:\xa0NEWS; Pg. 6", "Length:\xa0412 words",
    "Byline:\xa0Mira Oldfield", "Body", "", *BODY,
    "Load-Date:\xa0May 4, 2031", "", "End of Document", "", "Council to Meet", OUTLET, "May 4, 2031 Sunday",
    "Length:\xa021 words", "Body", SECOND, "End of Document",
)
FACTIVA_CODES = {"HD": f"<b class='enHeadline'>{TITLE}</b>", "BY": f"By {AUTHOR}", "WC": "412 words", "PD": "3 May 2031",
                 "ET": "06:30", "SN": OUTLET, "LA": "English"}
FACTIVA_HTML = "<!DOCTYPE html>\n<html><head><title>Factiva</title></head><body>" + "".join(
    '<div class="article enArticle"><table>' + "".join(f"<tr><td><b>{code}</b>&nbsp;</td><td>{cell}</td></tr>"
                                                       for code, cell in codes.items())
    + f"<tr><td><b>LP</b></td><td><p>{first}</p></td></tr><tr><td><b>TD</b></td><td>{rest}</td></tr><tr><td><b>AN</b></td><td>Document Q1</td></tr></table></div>"
    for codes, first, rest in ((FACTIVA_CODES, BODY[0], f"<p>{BODY[1]}</p><p>{BODY[2]}</p>"),
                               (FACTIVA_CODES | {"HD": "Council to Meet", "PD": "4 May 2031"}, SECOND, ""))) + "</body></html>"
FACTIVA_XML = '<?xml version="1.0" encoding="utf-8"?>\n<PPSResponse><ppsArticleResponse xmlns="http://factiva.example/pps">' + "".join(
    f"<ppsarticle><article><accessionNo>Q{day}</accessionNo><baseLanguage>EN</baseLanguage><headline><paragraph>{title}</paragraph></headline>"
    f"<byline>{AUTHOR}</byline><leadParagraph><paragraph>{first}</paragraph></leadParagraph><publicationDate><dateTime>{day}T06:30:00Z</dateTime></publicationDate>"
    f"<sourceName>{OUTLET}</sourceName><tailParagraphs>{rest}</tailParagraphs></article></ppsarticle>"
    for title, day, first, rest in ((TITLE, DAY, BODY[0], "".join(f"<paragraph>{each}</paragraph>" for each in BODY[1:])),
                                    ("Council to Meet", "2031-05-04", SECOND, ""))
) + "</ppsArticleResponse></PPSResponse>"
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{OUTLET}</title><language>en</language>
<item><title>{TITLE}</title><link>{URL}</link><dc:creator>{AUTHOR}</dc:creator><pubDate>Sat, 03 May 2031 06:30:00 +0200</pubDate><description>A ferry ran aground.</description>
<content:encoded><![CDATA[{PARAGRAPHS}]]></content:encoded></item>
<item><title>Council to Meet</title><pubDate>Sun, 04 May 2031 06:30:00 GMT</pubDate><description>{SECOND}</description></item></channel></rss>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>{OUTLET}</title><entry><title>{TITLE}</title><link href="{URL}"/><author><name>{AUTHOR}</name></author>
<published>{DAY}T06:30:00+02:00</published><content type="html">{PARAGRAPHS.replace("<", "&lt;")}</content></entry></feed>"""
NINJS = json.dumps({
    "uri": URL, "type": "text", "language": "en", "contentCreated": DAY + "T06:30:00+02:00",
    "infoSources": [{"role": "cptr", "name": OUTLET}], "by": AUTHOR, "byline": AUTHOR,
    "headlines": [{"role": "main", "value": TITLE}],
    "bodies": [{"role": "html", "contentType": "text/html", "value": PARAGRAPHS}],
}, indent=1)
NEWSML = f"""<?xml version="1.0" encoding="utf-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:q:1" xml:lang="en"><itemMeta><provider literal="gazette"><name>{OUTLET}</name></provider>
<versionCreated>{DAY}T07:00:00Z</versionCreated></itemMeta><contentMeta><contentCreated>{DAY}T06:30:00Z</contentCreated><by>{AUTHOR}</by><headline>{TITLE}</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{PARAGRAPHS}</body></html></inlineXML></contentSet></newsItem>"""
ROWS = [{"id": "q1", "headline": TITLE, "source": OUTLET, "byline": AUTHOR, "date": DAY, "link": URL, "body": TEXT},
        {"id": "q2", "headline": "Council to Meet", "source": OUTLET, "byline": "", "date": "2031-05-04", "link": "",
         "body": SECOND}]
SENTENCES = json.dumps({"77": [{"sentence": sentence, "sentence_number": number, "publish_date": DAY + "T06:30:00Z",
                                "language": "en", "media_name": OUTLET, "title": TITLE}
                               for number, sentence in enumerate(BODY)]})
RTF_SIGNS = str.maketrans({"“": r"\'93", "”": r"\'94", "\n": "\\par\n", "\xa0": r"\~"})
MHT = ("From: <Saved by Blink>\r\nSnapshot-Content-Location: " + URL + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"--q\"\r\n\r\n"
       "----q\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + PAGE.replace("\n", "\r\n") + "\r\n----q--\r\n")


@cache
def samples() -> dict[str, bytes]:
    """File name to bytes: one for each format, and for each way of packing."""
    written = {
        "text.txt": TEXT, "markdown.md": MARKDOWN, "page.html": PAGE, "saved.mhtml": MHT, "nexis.txt": NEXIS,
        "factiva.html": FACTIVA_HTML, "factiva.xml": FACTIVA_XML,
        "feed.rss": RSS, "feed.atom": ATOM, "ninjs.json": NINJS, "newsml.xml": NEWSML, "mediacloud.json": SENTENCES,
        "lines.jsonl": "".join(json.dumps(row) + "\n" for row in ROWS), "records.json": json.dumps(ROWS),
        "table.csv": _table(","), "table.tsv": _table("\t"),
        "nexis.rtf": "{\\rtf1\\ansi\\ansicpg1252\n" + "\n".join(NEXIS_LINES).translate(RTF_SIGNS) + "}",
    }
    packed = {name: text.encode("utf-8") for name, text in written.items()}
    packed |= {"nexis.docx": _word(NEXIS_LINES), "typed.docx": _word((TITLE, *BODY)), "table.parquet": _parquet(),
               "page.pdf": _pdf(), "crawl.warc": _warc()}
    packed |= {"crawl.warc.gz": gzip.compress(_warc(), mtime=0), "text.txt.gz": gzip.compress(TEXT.encode(), mtime=0)}
    return packed | {"packed.zip": _zip({"in/text.txt": TEXT.encode(), "page.html": PAGE.encode()}),
                     "packed.tar.gz": _tar({"in/text.txt": TEXT.encode(), "page.html": PAGE.encode()})}


def _table(separator):
    target = io.StringIO()
    writer = csv.DictWriter(target, ROWS[0], delimiter=separator)
    writer.writeheader()
    writer.writerows(ROWS)
    return target.getvalue()


def _word(lines):
    import docx

    document, target = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.core_properties.author = AUTHOR
    document.save(target)
    return target.getvalue()


def _parquet():
    import pyarrow
    import pyarrow.parquet

    target = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(ROWS), target)
    return target.getvalue()


def _pdf():
    """A page of text, written by hand, with its title among the properties."""
    lines = [line for paragraph in BODY for line in (*_wrapped(paragraph), "")]
    signs = str.maketrans({"“": r"\223", "”": r"\224", "(": r"\(", ")": r"\)"})
    drawn = zlib.compress(b"BT /F1 11 Tf 50 780 Td 14 TL " + b" ".join(f"({line.translate(signs)}) Tj T*".encode("ascii") for line in lines) + b" ET")
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
             b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(drawn), drawn),
             b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
             f"<< /Title ({TITLE}) /Author ({AUTHOR}) /CreationDate (D:20310503063000Z) >>".encode()]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 7\n0000000000 65535 f \n%btrailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (table, len(data))


def _wrapped(paragraph, width=60):
    lines = [""]
    for word in paragraph.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _warc():
    record = b"WARC/1.0\r\nWARC-Type: %b\r\nWARC-Record-ID: <urn:uuid:0a1b2c3d-0000-4000-8000-00000000000%d>\r\nWARC-Date: 2031-05-06T00:00:00Z\r\n%bContent-Length: %d\r\n\r\n%b\r\n\r\n"
    answer = b"HTTP/1.1 %b\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n%b"
    at = f"WARC-Target-URI: {URL}\r\nContent-Type: application/http; msgtype=response\r\n".encode()
    bodies = [(b"warcinfo", b"Content-Type: application/warc-fields\r\n", b"software: by hand\r\n")]
    for status, kind, body in ((b"200 OK", b"text/html; charset=utf-8", PAGE.encode()),
                               (b"404 Not Found", b"text/html", b"<html>gone</html>"), (b"200 OK", b"image/png", b"\x89PNG")):
        bodies.append((b"response", at, answer % (status, kind, len(body), body)))
    return b"".join(record % (kind, number, extra, len(body), body) for number, (kind, extra, body) in enumerate(bodies))


def _zip(members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


def _tar(members):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as packed:
        for name, data in members.items():
            part = tarfile.TarInfo(name)
            part.size = len(data)
            packed.addfile(part, io.BytesIO(data))
    return gzip.compress(target.getvalue(), mtime=0)
