"""Sentences with what was found in them marked, for a notebook: whose words they are, what is said, and the numbers."""

import pandas as pd
from markupsafe import Markup

from analysis.legible import Shown, legible

MOST = 1000  # sentences shown at once
PARTS = {"source_spans": "u", "cue_spans": "i", "content_spans": "mark", "counted_spans": "i"}  # the mark of a number is "b"
LINKS = ("http://", "https://", "./", "../", "/")  # what a link may begin with


def marked(rows):
    """The sentences of rows of a frame, with the words that each row is made of marked, and where they stand.

    Args:
        rows: a frame of a `Record`, or one row of it; up to 1,000 rows are shown.

    Raises ValueError where the rows have no sentence.
    """
    rows = rows.to_frame().T if isinstance(rows, pd.Series) else rows
    if "sentence" not in rows:
        raise ValueError("These rows have no column 'sentence'; show rows of a frame such as .claims, .figures or .comparisons.")
    told = rows.head(MOST).to_dict("records")
    items = Markup("").join(Markup("<li>{} <small>{}</small></li>").format(_sentence(row), _where(row)) for row in told)
    more = Markup("<p>{} of {} rows.</p>").format(len(told), len(rows)) if len(rows) > len(told) else ""
    return Shown(Markup("<ul>{}</ul>{}").format(items, more), "\n".join(_plain(row) for row in told) or "No rows.")


def _plain(row):
    return f"{legible(row['sentence'])} ({_place(row)})"


def _place(row):
    """Who says it, and in which outlet; of what has neither, the event."""
    told = [legible(row.get(name)) for name in ("source_name", "outlet")]
    return ", ".join(dict.fromkeys(filter(None, told))) or legible(row.get("event"))


def _where(row):
    place, link = _place(row) or "where it stands", legible(row.get("link"))
    return Markup('<a href="{}">{}</a>').format(link, place) if link.startswith(LINKS) else place


def _sentence(row):
    """The sentence of a row, cut wherever a mark begins or ends."""
    text, start = row["sentence"], row.get("sentence_start")
    if pd.isna(text):
        return ""
    if start is None or pd.isna(start):
        return Markup("{}").format(legible(text))
    marks = [(tag, first - start, last - start) for name, tag in PARTS.items() for first, last in row.get(name) or ()]
    if "figure_id" in row and "start" in row:
        marks.append(("b", row["start"] - start, row["end"] - start))
    cuts = sorted({0, len(text), *(max(0, min(len(text), place)) for _, first, last in marks for place in (first, last))})
    return Markup("").join(
        _piece(text[first:last], [tag for tag, begins, ends in marks if begins <= first and last <= ends])
        for first, last in zip(cuts, cuts[1:])
    )


def _piece(text, tags):
    piece = Markup("{}").format(legible(text))
    for tag in dict.fromkeys(tags):
        piece = Markup("<{0}>{1}</{0}>").format(Markup(tag), piece)
    return piece
