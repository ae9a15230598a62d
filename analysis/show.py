"""Sentences and tables as HTML that is safe, stable to the byte, and links each row to its place in an article.

`show(rows)`, of rows of a frame, gives their sentences with the words marked (see `analysis.sentences`)."""

import difflib
import json
import numbers
import re
import sys
import types
from datetime import datetime

import pandas
from markupsafe import Markup

UNSURE = 0.6  # a claim found with less confidence than this is called unsure
OUTLET = "outlet"
COMPARED = {
    ">": "more than", ">=": "at least", "<": "less than", "<=": "at most", "~": "about", "=": "", "range": "", "vague": "",
}
NOBODY = "nobody named"
UNKNOWN = "unknown"

# An executed notebook lies in <report>/notebooks/; the page itself shortens this to "#...".
PAGE = "../index.html#"
# The articles of a corpus of more than ON_ONE_PAGE stand in pages of their own, PER_PAGE in each: <report>/articles/1.html.
ON_ONE_PAGE, PER_PAGE = 50, 50
# Rows of a table that are shown, of one source, and in a dossier; the table files beside the page have them all.
MOST_ROWS, MOST_OF_SOURCE, MOST_IN_DOSSIER = 300, 10, 50

# Control characters, lone surrogates, and the marks that turn the direction of the text after them.
ILLEGIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


class Shown:
    """Something a notebook's last line shows: `html`, and `plain` where no HTML can be shown."""

    def __init__(self, html, plain):
        self.html = str(html)
        self.plain = plain

    def _repr_html_(self):
        return self.html

    def __repr__(self):
        return self.plain


def legible(text):
    """`text` with every character that cannot or must not be shown replaced by U+FFFD, one for one; missing is ""."""
    return "" if text is None or text is pandas.NA or text != text else ILLEGIBLE.sub("\ufffd", str(text))


def number(value):
    """A number as people write it: "28", "1,000", "1.5 million"; "" for a missing one."""
    if pandas.isna(value):
        return ""
    for size, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if size <= abs(value) < 1e15:
            return f"{value / size:,.6g}{word}"
    return f"{value:,.10g}"


def count(amount, noun, plural=None):
    """"1 claim", "2 claims", "no claims"."""
    word = noun if amount == 1 else plural or noun + "s"
    return f"{amount or 'no':,} {word}" if amount else f"no {word}"


def listing(words, most=6):
    """"a, b and c", or "a, b; c" where one of them has a comma or a gap; what stands beyond the first `most` is counted."""
    words = list(words)
    if len(words) > most:
        words = words[: most - 1] + [f"{len(words) - most + 1:,} more"]
    if any(mark in word for word in words for mark in (", ", " … ")):
        return "; ".join(words)
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def anchor(kind, row_id):
    """The id of a place in the page: `kind` is "row", "text", "article" or "source"; one-to-one and free of spaces."""
    safe = re.sub(r"[^A-Za-z0-9._-]", lambda found: f"~{ord(found[0]):x}~", str(row_id))
    return f"{kind}-{safe}"


def text_pages(articles):
    """Where each article's text stands: dict of article_id to what a link to it begins with, seen from an executed notebook.

    Args:
        articles: the table `articles`.
    """
    if len(articles) <= ON_ONE_PAGE:
        return dict.fromkeys(articles["article_id"], PAGE)
    return {article_id: f"../articles/{place // PER_PAGE + 1}.html#" for place, article_id in enumerate(articles["article_id"])}


def text_link(pages, row_id, words):
    """Words that lead to a claim or figure in its article's text.

    Args:
        pages: dict, as `text_pages` gives it.
        row_id: str, the id of the claim or figure, which begins with its article's.
        words: str or Markup.
    """
    return Markup('<a href="{}{}">{}</a>').format(pages[row_id.rpartition(".")[0]], anchor("text", row_id), words)


def first_rows(rows, most, each=None, by="source_id"):
    """The first rows of a table: `most` of them, and of a longer one no more than `each` with the same `by`."""
    if len(rows) > most and each:
        rows = rows.groupby(by, sort=False, dropna=False).head(each)
    return rows.head(most)


def caption_of(title, name, whole, rows):
    """A table's caption, which tells where the rest is where only some of its rows are shown."""
    if len(whole) == len(rows):
        return title
    return Markup('{}: {:,} of {:,}; all are in <a href="../tables/{}.csv">{}.csv</a>').format(title, len(rows), len(whole), name, name)


def text(sentence):
    """A sentence of plain text as a paragraph that says the answer.

    Args:
        sentence: str, of our own words and of the articles'; everything in it is escaped.
    """
    return Shown(Markup('<p class="answer">{}</p>').format(legible(sentence)), legible(sentence))


def heading(title):
    """A heading made of an article's words, as the name of a source."""
    return Shown(Markup("<h1>{}</h1>").format(legible(title)), legible(title))


def table(columns, caption="", groups=None, row_ids=None, kind="cards"):
    """Columns as an HTML table.

    Args:
        columns: a frame, or a dict of heading to cells. Cells are text (escaped), Markup (kept) or numbers; missing is
            empty. A frame's own text columns hold no Markup: pandas makes it text, and it is escaped.
        caption: one line above it.
        groups: one heading per row, text or Markup; a row whose heading differs from the row before starts a group.
        row_ids: one anchor per row, or None for rows nothing links to.
        kind: "cards" become one card a row where the screen is narrow; "numbers" stay a table.

    Returns:
        Shown; a table without rows is a sentence that says so.
    """
    headings, rows = list(columns), list(zip(*(columns[heading] for heading in columns)))
    if not rows:
        return text(f"{caption or 'Rows'}: none.")
    head = Markup("").join(map(_heading, headings, rows[0]))
    title = Markup("<caption>{}</caption>").format(caption) if caption else ""
    opening = '<div class="scroll"><table class="{}">{}<thead><tr>{}</tr></thead><tbody>'
    parts, before = [Markup(opening).format(kind, title, head)], None
    for position, cells in enumerate(rows):
        if groups is not None and groups[position] != before:
            before = groups[position]
            parts.append(_group(before, len(headings)))
        parts.append(_row(headings, cells, row_ids[position] if row_ids else None))
    html = Markup("\n").join([*parts, Markup("</tbody></table></div>")])
    return Shown(html, f"{re.sub('<[^>]*>', '', str(caption)) or 'Table'}: {count(len(rows), 'row')}")


def _heading(name, first):
    return Markup('<th scope="col"{}>{}</th>').format(Markup(' class="number"') if _numeric(first) else "", legible(name))


def _group(title, width):
    return Markup('<tr class="group"><th colspan="{}" scope="rowgroup">{}</th></tr>').format(width, title)


def _row(columns, cells, row_id):
    opening = Markup('<tr id="{}">').format(row_id) if row_id else Markup("<tr>")
    return opening + Markup("").join(map(_cell, columns, cells)) + Markup("</tr>")


def _cell(column, value):
    shown = value if isinstance(value, Markup) else number(value) if _numeric(value) else legible(value.date() if _is_day(value) else value)
    return Markup('<td{} data-label="{}">{}</td>').format(Markup(' class="number"') if _numeric(value) else "", column, shown)


def _is_day(value):
    return isinstance(value, datetime) and value == value


def _numeric(value):
    return isinstance(value, numbers.Number) and not isinstance(value, bool) and value == value


def source_names(tables):
    """What each source is called: dict of source_id to name; a claim nobody is named for has the key ""."""
    names = dict(zip(tables["sources"]["source_id"], tables["sources"]["name"]))
    return {**names, "": NOBODY}


def sources(tables, linked=()):
    """The sources as a table, those with most to say first.

    Args:
        tables: dict of DataFrame, as `analysis.tables` builds them.
        linked: source_ids that have a dossier in the page.
    """
    rows = by_weight(tables["sources"]).head(MOST_ROWS)
    stances = tables["claims"].groupby("source_id")["stance"].value_counts(sort=False)
    columns = {
        "Source": [_source_link(row, linked) for row in rows.itertuples()],
        "What it is": [_kind(row) for row in rows.itertuples()],
        "Claims": rows["claims"].to_list(),
        "Figures": rows["figures"].to_list(),
        "Articles": rows["articles"].to_list(),
        "How it speaks": [_stances(stances, row.source_id) for row in rows.itertuples()],
    }
    return table(columns, caption_of("Who says how much", "sources", tables["sources"], rows))


def source(tables, source_id):
    """The row of one source, with `told`: its kind, and what the articles say of it; ValueError where there is none."""
    rows = tables["sources"][tables["sources"]["source_id"] == source_id]
    if rows.empty:
        known = tables["sources"]["source_id"].to_list()
        near = difflib.get_close_matches(source_id, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"it has {listing(known)}."
        raise ValueError(f"The corpus has no source {source_id!r}; {hint}")
    return next(rows.assign(told=[_kind(row) for row in rows.itertuples()]).itertuples())


def reporters(tables, source_id):
    """The names of those inside whose claims a source speaks ("NBC reported that Israel fears ..."), in order."""
    claims = tables["claims"]
    inside = claims[claims["source_id"] == source_id]["parent_id"].dropna()
    names = claims[claims["claim_id"].isin(inside)]["source_id"].dropna().map(source_names(tables))
    return sorted(names.unique())


def figure_words(rows, counted=True):
    """Figures in words, in the order of the text: "more than 50 fishing boats", "deaths … about 40 miners".

    Args:
        rows: rows of `figures`.
        counted: with the words that say what the number is of.
    """
    return [_figure_words(row, counted) for row in rows.itertuples()]


def _figure_words(row, counted):
    number_words = f"{COMPARED[row.comparator]} {legible(row.text)}".strip()
    pieces = sorted([*(_pieces(row) if counted else ()), (row.start, row.end, number_words)])
    words, end = "", pieces[0][0]
    for start, next_end, piece in pieces:
        words += ("" if not words else " " if start - end <= 1 else " … ") + piece
        end = next_end
    return words


def _pieces(row):
    """Start, end and words of each piece of `counted`, in which " … " stands between them."""
    at = 0
    for start, end in json.loads(row.counted_spans):
        yield start, end, legible(row.counted)[at : at + end - start]
        at += end - start + len(" … ")


def by_weight(rows):
    """The rows of `sources`, most claims and figures first, equals by source_id."""
    weight = rows["claims"] + rows["figures"]
    return rows.assign(weight=weight).sort_values(["weight", "source_id"], ascending=[False, True]).drop(columns="weight")


def _source_link(row, linked):
    name = legible(row.name)
    if row.source_id not in linked:
        return name
    return Markup('<a href="{}{}">{}</a>').format(PAGE, anchor("source", row.source_id), name)


def _kind(row):
    return row.kind if not legible(row.description) else f"{row.kind}: {legible(row.description)}"


def _stances(stances, source_id):
    if source_id not in stances.index.get_level_values(0):
        return ""
    counts = sorted(stances[source_id].items(), key=lambda item: (-item[1], item[0]))
    return listing(f"{stance} {times}" for stance, times in counts)


def claims(tables, rows=None, grouped=True, anchors=False):
    """Claims as a table, each linked to its place in the article.

    Args:
        tables: dict of DataFrame, as `analysis.tables` builds them.
        rows: the rows of `claims` to show, all unless given.
        grouped: under a heading for each source, those with most claims first; else in the order given.
        anchors: let the article's marks link back to these rows; for one table of the page only.
    """
    whole = tables["claims"] if rows is None else rows
    rows = _shown_rows(whole, grouped)
    pages = text_pages(tables["articles"])
    names = source_names(tables)
    speakers = dict(zip(tables["claims"]["claim_id"], tables["claims"]["source_id"].fillna("")))
    columns = {
        "What": [_quote(row) for row in rows.itertuples()],
        "Stance": [("not: " if row.negated else "") + row.stance for row in rows.itertuples()],
        "In the words": [legible(f"{legible(row.source)} · {row.cue}".strip(" ·")) for row in rows.itertuples()],
        "Inside a claim of": [names[speakers[parent]] if pandas.notna(parent) else "" for parent in rows["parent_id"]],
        "Where": [_place(pages, row.claim_id, row.article_id, row.content_spans) for row in rows.itertuples()],
        "Sure": [_sure(row.confidence) for row in rows.itertuples()],
    }
    return _listed(columns, rows, names, "claim_id", caption_of("Claims", "claims", whole, rows), grouped, anchors)


def figures(tables, rows=None, grouped=True, anchors=False):
    """Figures as a table, each linked to its place in the article; arguments as for `claims`."""
    whole = tables["figures"] if rows is None else rows
    rows = _shown_rows(whole, grouped)
    pages = text_pages(tables["articles"])
    names = source_names(tables)
    columns = {
        "Number": [Markup("<strong>{}</strong>").format(legible(words)) for words in rows["text"]],
        "Of what": [legible(row.counted) or legible(row.measure) for row in rows.itertuples()],
        "Reads as": [reading(row) for row in rows.itertuples()],
        "Kind": rows["kind"].to_list(),
        "Of another time or event": rows["background"].to_list(),
        "Asserted by the words": [_asserter(row) for row in rows.itertuples()],
        "Where": [_place(pages, row.figure_id, row.article_id, f"[[{row.start}, {row.end}]]") for row in rows.itertuples()],
    }
    return _listed(columns, rows, names, "figure_id", caption_of("Figures", "figures", whole, rows), grouped, anchors)


def _shown_rows(rows, grouped):
    """The rows to show of claims or figures: those of the sources with most first, or as they come."""
    rows = rows.assign(source_id=rows["source_id"].fillna(""))
    return first_rows(_grouped(rows), MOST_ROWS, MOST_OF_SOURCE) if grouped else rows.head(MOST_IN_DOSSIER)


def _grouped(rows):
    sizes = rows["source_id"].map(rows["source_id"].value_counts())
    return rows.assign(size=sizes).sort_values(["size", "source_id"], ascending=[False, True], kind="stable")


def _listed(columns, rows, names, key, caption, grouped, anchors):
    groups = [legible(names[source_id]) for source_id in rows["source_id"]] if grouped else None
    row_ids = [anchor("row", row_id) for row_id in rows[key]] if anchors else None
    return table(columns, caption, groups, row_ids)


def _quote(row):
    return Markup('<span class="content {}">{}</span>').format(row.kind, legible(row.content))


def _asserter(row):
    return legible(row.source) or ("the outlet's own voice" if pandas.isna(row.claim_id) else "")


def _place(pages, row_id, article_id, spans):
    pieces = json.loads(spans)
    offsets = f"{pieces[0][0]}–{pieces[-1][1]}" if pieces else ""
    return text_link(pages, row_id, Markup('{}, <span class="offsets">{}</span>').format(legible(article_id), offsets))


def _sure(confidence):
    percent = f"{confidence:.0%}"
    return Markup('<span class="unsure">unsure, {}</span>').format(percent) if confidence < UNSURE else percent


def reading(row):
    """How a figure is read: "> 1,000 people", "10 to 20 km", "dozens" as "24 to 99, vague"."""
    unit = f" {legible(row.unit)}" if legible(row.unit) else ""
    if row.comparator in ("range", "vague"):
        ends = [number(row.low), number(row.high)]
        span = " to ".join(ends) if all(ends) else f"{ends[0]} or more" if ends[0] else ends[1] and f"up to {ends[1]}"
        return legible(f"{span}{unit}{', vague' if row.comparator == 'vague' else ''}".strip(" ,"))
    sign = {"=": "", ">=": "≥ ", "<=": "≤ "}.get(row.comparator, f"{row.comparator} ")
    return legible(f"{sign}{number(row.value)}{unit}")


def articles(tables):
    """The articles as a table; what the corpus does not tell is shown as unknown."""
    rows, pages = tables["articles"], text_pages(tables["articles"])
    columns = {
        "Article": [_article_link(pages, row) for row in rows.itertuples()],
        "Words": rows["words"].to_list(),
        "Outlet": rows["outlet"].fillna(UNKNOWN).to_list(),
        "Published": rows["published"].fillna(UNKNOWN).to_list(),
        "Same text as": rows["duplicate_of"].to_list(),
        "File": rows["path"].to_list(),
    }
    return table(columns, "Articles read")


def _article_link(pages, row):
    title = legible(row.title) or legible(row.article_id)
    return Markup('<a href="{}{}">{}</a>').format(pages[row.article_id], anchor("article", row.article_id), title)


def removed(tables):
    """What was taken out of the articles before reading, quoted, with the rule that took it out."""
    rows = tables["removed"].head(MOST_ROWS)
    columns = {
        "Left out": [legible(words.strip()) for words in rows["text"]],
        "Because of": rows["rule"].to_list(),
        "Where": [f"{row.article_id}, {row.start}–{row.end}" for row in rows.itertuples()],
    }
    return table(columns, caption_of("Page furniture, not read", "removed", tables["removed"], rows))


def left_out(tables):
    """The files that could not be read, and why."""
    rows = tables["left_out"]
    return table({"File": rows["path"], "Why": rows["reason"]}, "Files left out")


def corrections(tables):
    """What people corrected by hand, and the corrections that found no row."""
    rows = tables["corrections"]
    columns = {"Words": rows["quote"], "What": rows["what"], "Before": rows["before"], "After": rows["after"], "Who": rows["who"],
               "When": rows["when"], "Why": rows["why"], "Outcome": rows["state"], "Where": rows["place"]}
    return table(columns, "Corrections by hand")


class _Callable(types.ModuleType):
    """This module as a notebook calls it."""

    def __call__(self, rows):
        from analysis.sentences import marked

        return marked(rows)


sys.modules[__name__].__class__ = _Callable
