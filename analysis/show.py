"""Sentences and tables as HTML that is safe, stable to the byte, and links each row to its place in an article.

`show(rows)`, of rows of a frame, gives their sentences with the words marked (see `analysis.sentences`)."""

import json
import numbers
import re
import sys
import types
from datetime import date, datetime

import pandas
from markupsafe import Markup

from analysis.corpus import not_in_english
from analysis.legible import Shown, legible
from analysis.sentences import marked
from analysis.types import BETWEEN_PIECES
from analysis.words import COMPARED, MONTHS
from analysis.words import number as as_written

UNSURE = 0.6  # a claim found with less confidence than this is called unsure
NOBODY = "nobody named"
UNKNOWN = "unknown"

MOST_ROWS = 30  # of a table that are shown; the table files have them all


def number(value):
    """A number as people write it: "28", "1,000", "1.5 million"; "" for a missing one."""
    return "" if pandas.isna(value) else as_written(value)


def count(amount, noun, plural=None):
    """"1 claim", "2 claims", "no claims"."""
    word = noun if amount == 1 else plural or noun + "s"
    return f"{amount or 'no':,} {word}" if amount else f"no {word}"


def listing(words, most=6):
    """"a, b and c", or "a, b; c" where one of them has a comma or a gap; what stands beyond the first `most` is counted."""
    words = list(words)
    if len(words) > most:
        words = words[: most - 1] + [f"{len(words) - most + 1:,} more"]
    if any(mark in word for word in words for mark in (", ", BETWEEN_PIECES)):
        return "; ".join(words)
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def day(published, year=True):
    """A day as people write it: "10 March 2026"; what is no day stays as it is."""
    try:
        found = date.fromisoformat(published[:10])
    except ValueError:
        return legible(published)
    return f"{found.day} {MONTHS[found.month - 1]}" + (f" {found.year}" if year else "")


def days(first, last):
    """From one day to another: "10 March 2026", "10–13 March 2026", "30 March – 2 April 2026"; "" where none is known."""
    if not first:
        return ""
    begun, ended = day(first), day(last or first)
    if begun == ended:
        return begun
    early, late = begun.split(" "), ended.split(" ")
    while len(early) > 1 and early[-1] == late[-1]:
        early, late = early[:-1], late[:-1]
    return f"{' '.join(early)}{'–' if len(early) == 1 else ' – '}{ended}"


def anchor(kind, row_id):
    """The id of a place in the page: `kind` is "row", "text", "article" or "source"; one-to-one and free of spaces."""
    safe = re.sub(r"[^A-Za-z0-9._-]", lambda found: f"~{ord(found[0]):x}~", str(row_id))
    return f"{kind}-{safe}"


def text_link(hrefs, row_id, words):
    """Words that lead to a claim or figure in its article's text, from a page in a folder of the report or an executed notebook.

    Args:
        hrefs: dict, as `analysis.addresses.hrefs` gives it.
        row_id: str, the id of the claim or figure.
        words: str or Markup.
    """
    return Markup('<a href="../{}">{}</a>').format(hrefs[row_id], words)


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


def html(markup):
    """Markup as something that a notebook's last line shows."""
    return Shown(markup, " ".join(Markup(markup).striptags().split())[:80])


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
        Shown; of a table without rows there is nothing.
    """
    headings, rows = list(columns), list(zip(*(columns[heading] for heading in columns)))
    if not rows:
        return Shown("", f"{caption or 'Rows'}: none")
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


def words_of(row, counted=True):
    """A row of `figures` in words, in the order of the text: "more than 50 fishing boats", "deaths … about 40 miners".

    `counted`: with the words that say what the number is of.
    """
    number_words = COMPARED.get(row.comparator, "") + legible(row.text)
    pieces = sorted([*(_pieces(row) if counted else ()), (row.start, row.end, number_words)])
    words, end = "", pieces[0][0]
    for start, next_end, piece in pieces:
        words += ("" if not words else " " if start - end <= 1 else BETWEEN_PIECES) + piece
        end = next_end
    return words


def _pieces(row):
    """Start, end and words of each piece of `counted`, in which " … " stands between them."""
    at = 0
    for start, end in json.loads(row.counted_spans):
        yield start, end, legible(row.counted)[at : at + end - start]
        at += end - start + len(BETWEEN_PIECES)


def kind_of(row):
    """What a source is, and what the articles say of it: "person: mayor of Halden"."""
    return row.kind if not legible(row.description) else f"{row.kind}: {legible(row.description)}"


def reading(row):
    """How a figure is read: "> 1,000 people", "10 to 20 km", "dozens" as "24 to 99, vague"."""
    unit = legible(row.unit)
    unit = f" {unit}" if unit and unit != "%" else unit
    if row.comparator in ("range", "vague"):
        ends = [number(row.low), number(row.high)]
        span = " to ".join(ends) if all(ends) else f"{ends[0]} or more" if ends[0] else ends[1] and f"up to {ends[1]}"
        return legible(f"{span}{unit}{', vague' if row.comparator == 'vague' else ''}".strip(" ,"))
    sign = {"=": "", ">=": "≥ ", "<=": "≤ "}.get(row.comparator, f"{row.comparator} ")
    return legible(f"{sign}{number(row.value)}{unit}")


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
    """The files and articles that were not read, and why; how many in which language."""
    rows = tables["left_out"]
    foreign = not_in_english(rows["reason"])
    return table({"File": rows["path"], "Why": rows["reason"]}, "Files left out" + (f", {foreign}" if foreign else ""))


def corrections(tables):
    """What people corrected by hand, and the corrections that found no row."""
    rows = tables["corrections"]
    columns = {"Words": rows["quote"], "What": rows["what"], "Before": rows["before"], "After": rows["after"], "Who": rows["who"],
               "When": rows["when"], "Why": rows["why"], "Outcome": rows["state"], "Where": rows["place"]}
    return table(columns, "Corrections by hand")


class _Callable(types.ModuleType):
    """This module as a notebook calls it."""

    def __call__(self, rows):
        return marked(rows)


sys.modules[__name__].__class__ = _Callable
