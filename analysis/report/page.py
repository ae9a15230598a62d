"""Render a report's pages: each readable without a script, asking nobody for anything, and running nothing but the script of our own."""

import base64
import hashlib
import json
import re
from functools import partial
from pathlib import Path

import mistune
from markupsafe import Markup

from analysis import addresses, manifests, show, story
from analysis.report.publish import TEMPLATES, rendered
from analysis.report.marked_text import mark_article

QUALITY = Path(__file__).parent / "quality.json"
FEED = "feed.xml"
PARTS = (
    ("events", "events.html", "Events"), ("sources", "sources.html", "Sources"), ("claims", "claims.html", "Claims"),
    ("figures", "figures.html", "Figures"), ("articles", "articles.html", "Articles"), ("data", "data.html", "Data"),
    ("sure", "sure.html", "How sure"), ("made", "made.html", "How made"),
)
LISTING, ELSEWHERE = "listing", {"notebook-only", "elsewhere", "listing"}  # tags of a notebook's cells
AS_HTML = mistune.create_markdown(escape=True, plugins=["table"])
# All that ever runs in a page
COPY, LIST = (Markup((TEMPLATES / name).read_text(encoding="utf-8")) for name in ("copy.js", "list.js"))


def render(corpus, tables, executed, manifest):
    """The whole report: the first screen, a page for each event, source, article and chart, a table of all of each, and feeds of what changed.

    Args:
        corpus: analysis.corpus.Corpus.
        tables: dict of DataFrame, as `analysis.compare.build.compare` makes them.
        executed: dict of name to executed notebook.
        manifest: dict, the manifest without its outputs.

    Yields:
        (path in the report's folder, HTML or Atom); the first is index.html. Takes about 5 ms a page.
    """
    told = story.Told(tables)
    common = {"name": show.legible(corpus.name), "parts": PARTS, "days": story.front.days_of(told),
              "fingerprint": manifests.fingerprint(manifest)}
    for path, template, values in _pages(corpus, told, executed, manifest):
        values["path"], scripts = path, [COPY] * bool("within" in values or "text" in values) + [LIST] * bool(values.get("packed"))
        html = rendered(template, **common, **values, scripts=scripts,
                        hashes=Markup(" ").join(map(hash_of, scripts)) or Markup("'none'"))
        yield path, html if "/" in path else html.replace('href="../', 'href="')


def hash_of(script):
    """What the page's policy names a script by; nothing else runs."""
    return Markup("'sha256-{}'").format(base64.b64encode(hashlib.sha256(script.encode()).digest()).decode())


def _pages(corpus, told, executed, manifest):
    """Each page's path, its template, and what is put into it."""
    ranked = story.front.ranked(told)
    yield "index.html", "index.html.j2", {
        "here": "index", "title": story.front.finding_of_all(told), "feed": FEED, "lede": story.front.corpus_line(told),
        "cards": story.front.cards(told), "heard": story.front.heard_most(told),
        "more": len(ranked) if len(ranked) > story.front.MOST_CARDS else 0,
    }
    yield from _listed("events", "Events", story.listing.events(told, ranked), executed.get("comparison"))
    yield from _listed("sources", "Sources", story.listing.sources(told), None)
    yield from _listed("claims", "Claims", story.listing.claims(told), executed.get("claims"))
    yield from _listed("figures", "Figures", story.listing.figures(told), executed.get("figures"))
    yield from _listed("articles", "Articles", story.listing.articles(told), executed.get("corpus"))
    for event_id in ranked:
        yield from _event(event_id, told)
    for row in told.rows("sources"):
        yield _source(row, told)
    for article, row in zip(corpus.articles, told.rows("articles")):  # in one order
        yield _article(article, row.article_id, told)
    yield "sure.html", "story.html.j2", {"here": "sure", "title": "How sure this is", "body": _quality()}
    yield "made.html", "story.html.j2", {"here": "made", "title": "How this was made", "body": _made(manifest, executed)}
    yield "data.html", "story.html.j2", {"here": "data", "title": "The data", "body": story.dictionary.page(told)}
    for page, path, title, entries in _feeds(show.legible(corpus.name), told):
        updated = entries[0].updated if entries else story.feed.UNDATED
        id_of = partial(story.feed.id_of, corpus.name)
        yield path, "feed.xml.j2", {"page": page, "title": title, "updated": updated, "entries": entries, "id_of": id_of}


def _event(event_id, told):
    """The page of an event, and one for each of its charts."""
    title, page = story.headline(told, event_id), addresses.event(event_id)
    yield page, "story.html.j2", _story("events", "Events", title, story.event, told, event_id, addresses.feed(page))
    for path, chart in story.event.charts_of(told, event_id):
        yield path, "embed.html.j2", {"title": chart.finding, "chart": Markup(chart.html), "of": page, "event": title}


def _source(row, told):
    claims, page = story.source.claims(told, row.source_id), addresses.source(row.source_id)
    feed = addresses.feed(page) if story.feed.is_followed(told, row.source_id) else ""
    return page, "story.html.j2", {
        **_story("sources", "Sources", show.legible(row.name), story.source, told, row.source_id, feed),
        "listing": Markup(claims.html), "listing_title": "What it said",
        "packed": claims.packed if len(claims.rows) > story.listing.FIRST else "",
    }


def _feeds(name, told):
    """The feed of all, of each event, and of each source that may say more: the page it belongs to, its path, title and entries."""
    yield "index.html", FEED, name, story.feed.of_all(told)
    for row in told.rows("events"):
        page = addresses.event(row.event_id)
        yield page, addresses.feed(page), story.headline(told, row.event_id), story.feed.of_event(told, row.event_id)
    for row in told.rows("sources"):
        if story.feed.is_followed(told, row.source_id):
            page = addresses.source(row.source_id)
            yield page, addresses.feed(page), show.legible(row.name), story.feed.of_source(told, row.source_id)


def _story(key, words, title, part, told, row_id, feed):
    return {"here": key, "within": (f"{key}.html", words), "title": title, "facts": part.facts(told, row_id),
            "body": part.page(told, row_id),
            "feed": feed}


def _listed(key, title, listing, notebook):
    """The page of a table of all, in as many pages as it takes; what its notebook tells stands above the table and below it."""
    above, below = _cells(notebook)
    parts = listing.parts()
    for number, part in enumerate(parts):
        first = sum(len(before.rows) for before in parts[:number])
        others = f"Rows {first + 1:,} to {first + len(part.rows):,} of {len(listing.rows):,}." if len(parts) > 1 else ""
        pages = [Markup('<a href="../{}">{}</a>').format(_path(key, place), place + 1)
                 for place in range(len(parts)) if place != number]
        yield _path(key, number), "story.html.j2", {
            "here": key, "title": title, "body": Markup("") if number else above, "below": Markup("") if number else below,
            "listing": Markup(part.html), "packed": part.packed if part.rows else "",
            "others": Markup("{} Other pages: {}.").format(others, Markup(", ").join(pages)) if others else "",
        }


def _path(key, number):
    return f"{key}-{number + 1}.html" if number else f"{key}.html"


def _cells(notebook):
    """What an executed notebook tells, before its table of all and after it; a sentence before nothing is left out."""
    before, after = [], []
    parts, sentence = before, Markup("")
    for cell in notebook.cells if notebook else ():
        tags = set(cell.metadata.get("tags", []))
        if cell.cell_type == "markdown":
            sentence = Markup("") if tags & ELSEWHERE else _markdown(cell.source)
        elif tags & ELSEWHERE:
            parts = after if LISTING in tags else parts
        elif html := _html_of(cell):
            parts += [sentence, html]
    return Markup("\n").join(before), Markup("\n").join(after)


def _markdown(source):
    """Words of a notebook as HTML without its title, which the page has; each heading has its own words as its place."""
    html = AS_HTML(re.sub(r"\A# .*\n*", "", source))
    return Markup(re.sub("<h2>([^<]*)</h2>", _placed, html))


def _placed(heading):
    return f'<h2 id="{addresses.file_name(heading[1].lower().replace(" ", "-"))}">{heading[1]}</h2>'


def _html_of(cell):
    return Markup("").join(Markup(output["data"]["text/html"])
                           for output in cell.get("outputs", ()) if "text/html" in output.get("data", {}))


def _article(article, article_id, told):
    numbers = [row_id.rpartition(".")[2] for name, key in (("claims", "claim_id"), ("figures", "figure_id"))
               for row_id in (getattr(row, key) for row in told.of(name, "article_id", article_id))]
    return addresses.article(article_id), "article.html.j2", {
        "here": "articles", "title": told.title(article_id), "facts": story.article.facts(told, article_id),
        "highlights": numbers,
        "text_marked": numbers, "text": mark_article(article, article_id, told), "rows": story.article.rows(told, article_id),
    }


def _quality():
    """The measured quality, from quality.json: a list of {"caption", "note", "columns", "rows"}; empty without the file."""
    if not QUALITY.is_file():
        return Markup("")
    parts = []
    for measured in json.loads(QUALITY.read_text(encoding="utf-8")):
        columns = {heading: [row[at] for row in measured["rows"]] for at, heading in enumerate(measured["columns"])}
        parts += [Markup("<p>{}</p>").format(measured.get("note", "")), Markup(show.table(columns, measured["caption"]).html)]
    return Markup("\n").join(parts)


def _made(manifest, executed):
    """What the report is made from, where everything is, and the versions."""
    model = manifest["model"]
    versions = {**manifest["versions"], f"language model {model['name']}": model["version"], "Python": manifest["python"]}
    notebooks = Markup(", ").join(Markup('<a href="../notebooks/{0}.ipynb">{0}</a>').format(name) for name in executed)
    return Markup('''<p>From {} by code <code>{}</code>. The same files, parameters, code and versions give the same bytes:
<code>onrecord verify</code> checks that they do. <a href="../manifest.json">The manifest</a> names every file with its SHA-256.</p>
<p>This report is cited as <code>{}</code>: the SHA-256 of its manifest without the outputs, which follow from the rest.
Whoever makes a report that bears this number has every page, row and word of this one.</p>
<p>The notebooks, as they were run: {}. <a href="../data.html">The tables</a>, and who cites whom as
<a href="../tables/citations.graphml">GraphML</a>.</p>
<h2>Versions</h2>{}''').format(
        show.count(len(manifest["inputs"]), "file"), manifest["code"], manifests.fingerprint(manifest), notebooks,
        Markup(show.table({"Package": list(versions), "Version": list(versions.values())}).html))
