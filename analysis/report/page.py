"""Render executed notebooks and marked articles as pages that run no script and ask nobody for anything."""

import json
import re
from functools import cache
from pathlib import Path

import mistune
from markupsafe import Markup
from nbconvert.exporters import TemplateExporter

from analysis import show
from analysis.report.marked_text import mark_article
from analysis.report.publish import TEMPLATES, rendered

QUALITY = Path(__file__).parent / "quality.json"
TITLES = {"comparison": "Where sources differ", "claims": "Claims by source", "figures": "Figures by source", "corpus": "The corpus"}
ROW = re.compile(r'<tr id="(row-[^"]+)"')
ANSWER = "answer"  # the tag of a notebook's cell whose output also opens the page


def render(corpus, tables, executed, manifest, rule):
    """The whole report as HTML: one page; with more articles than `show.ON_ONE_PAGE`, their texts and the dossiers in pages beside it.

    Args:
        corpus: analysis.corpus.Corpus.
        tables: dict of DataFrame, as `analysis.tables` builds them.
        executed: dict of name to executed notebook, in the page's order; a dossier's name starts with "source-".
        manifest: dict, the manifest without its outputs.
        rule: str, a sentence that says which sources have a dossier.

    Returns:
        dict of path in the report's folder to HTML; the first is index.html.
    """
    dossiers = [name.removeprefix("source-") for name in executed if name.startswith("source-")]
    quality = _quality()
    sections = [{"id": name, "html": _section(executed[name])} for name in TITLES if name in executed]
    places = list(dict.fromkeys(show.text_pages(tables["articles"]).values()))
    beside = [place.removeprefix("../").removesuffix("#") for place in places if place != show.PAGE]
    rows = {row for section in sections for row in ROW.findall(section["html"])}
    told = [{"id": show.anchor("source", name), "html": _section(executed[f"source-{name}"], 2)} for name in dossiers]
    articles = _articles(corpus, tables, rows, "../index.html" if beside else "")
    common = {"name": show.legible(corpus.name), "highlights": _highlights(tables)}
    index = rendered(
        "page.html.j2", **common,
        parts=_parts(executed, dossiers, quality),
        answers=Markup("\n").join(_answers(executed[name]) for name in TITLES if name in executed),
        sources=Markup(show.sources(tables, dossiers).html),
        named=[(show.anchor("source", name), name) for name in dossiers],
        sections=sections,
        dossiers=[] if beside else told,
        rule=rule,
        quality=quality,
        articles=[] if beside else articles,
        beside=beside,
        listed=articles,
        per_page=show.PER_PAGE,
        inputs=show.count(len(manifest["inputs"]), "file"),
        code=manifest["code"][:12],
        tables=sorted(tables),
        notebooks=list(executed),
        versions=Markup(_versions(manifest).html),
    )
    pages = {"index.html": index.replace(f'href="{show.PAGE}', 'href="#').replace('href="../', 'href="')}
    for number, path in enumerate(beside):
        pages[path] = rendered("articles.html.j2", **common, articles=articles[number * show.PER_PAGE :][: show.PER_PAGE])
    for dossier in told if beside else ():
        pages["index.html"] = pages["index.html"].replace(f'href="#{dossier["id"]}"', f'href="sources/{dossier["id"]}.html"')
        pages[f"sources/{dossier['id']}.html"] = rendered("dossier.html.j2", **common, section=dossier)
    return pages


def _parts(executed, dossiers, quality):
    """The navigation: anchor and title of every part of the page."""
    middle = [(name, title) for name, title in TITLES.items() if name in executed]
    ends = [("sources", "Source by source")] * bool(dossiers) + [("quality", "How good")] * bool(quality)
    return [("answer", "In short"), *middle, *ends, ("articles", "Articles"), ("made", "How made")]


def _section(notebook, deeper=1):
    body, _ = _exporter().from_notebook_node(notebook)
    return Markup(re.sub(r"(</?h)(\d)", lambda tag: f"{tag[1]}{int(tag[2]) + deeper}", body))


@cache
def _exporter():
    exporter = TemplateExporter(
        template_file=str(TEMPLATES / "notebook.html.j2"), filters={"as_html": mistune.create_markdown(escape=True, plugins=["table"])}
    )
    exporter.output_mimetype = "text/html"
    return exporter


def _answers(notebook):
    cells = [cell for cell in notebook.cells if ANSWER in cell.metadata.get("tags", [])]
    return Markup("\n").join(Markup(output.data["text/html"]) for cell in cells for output in cell.outputs if "data" in output)


def _articles(corpus, tables, rows, page):
    grouped = {name: dict(list(tables[name].groupby("article_id"))) for name in ("claims", "figures")}
    none = {name: tables[name].head(0) for name in grouped}
    return [
        _article(article, row, rows, page, *(grouped[name].get(row.article_id, none[name]) for name in grouped))
        for article, row in zip(corpus.articles, tables["articles"].itertuples())
    ]


def _article(article, row, rows, page, claims, figures):
    facts = [
        ("Outlet", article.outlet or show.UNKNOWN),
        ("Published", article.published or show.UNKNOWN),
        ("Address", article.url or show.UNKNOWN),
        ("Words", f"{row.words:,}"),
        ("File", article.path),
    ]
    if row.duplicate_of == row.duplicate_of:
        facts.append(("Same text as", row.duplicate_of))
    return {
        "id": show.anchor("article", article.article_id),
        "title": show.legible(row.title) or show.legible(article.article_id),
        "facts": [(term, show.legible(value)) for term, value in facts],
        "text": mark_article(article, claims, figures, rows, page),
    }


def _highlights(tables):
    """The numbers that marks bear ("c1", "f2"): following a link to one frames every piece of it."""
    found = {row_id.rpartition(".")[2] for row_id in [*tables["claims"]["claim_id"], *tables["figures"]["figure_id"]]}
    return sorted(found, key=lambda number: (number[0], len(number), number))


def _quality():
    """The measured quality, from quality.json: a list of {"caption", "note", "columns", "rows"}; empty without the file."""
    if not QUALITY.is_file():
        return Markup("")
    parts = []
    for measured in json.loads(QUALITY.read_text(encoding="utf-8")):
        columns = {heading: [row[at] for row in measured["rows"]] for at, heading in enumerate(measured["columns"])}
        parts += [Markup("<p>{}</p>").format(measured.get("note", "")), Markup(show.table(columns, measured["caption"]).html)]
    return Markup("\n").join(parts)


def _versions(manifest):
    model = manifest["model"]
    versions = {**manifest["versions"], f"language model {model['name']}": model["version"]}
    return show.table({"Package": list(versions), "Version": list(versions.values())}, "Versions")
