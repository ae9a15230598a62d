"""An article's text with its sources, cues, contents and numbers marked in place."""

import json
from collections import defaultdict
from typing import NamedTuple

from markupsafe import Markup

from analysis import show


class Mark(NamedTuple):
    """Characters `start` to `end` of the raw text, and the CSS classes that say what they are."""

    start: int
    end: int
    classes: str


def mark_article(article, claims, figures, rows, page=""):
    """An article's raw text with everything found in it marked; every character stays, control characters as U+FFFD.

    Args:
        article: analysis.corpus.Article.
        claims: DataFrame, this article's rows of `claims`.
        figures: DataFrame, this article's rows of `figures`.
        rows: the anchors of the rows that are shown in tables.
        page: str, the page they are in; "" for this one.

    Returns:
        Markup; each claim and figure has the anchor `show.anchor("text", its id)` and a link back to its row, where that is shown.
    """
    marks, labels = [], defaultdict(list)
    for row in claims.itertuples():
        number = row.claim_id.rpartition(".")[2]
        unsure = " unsure" if row.confidence < show.UNSURE else ""
        own = [
            Mark(start, end, f"{part} {number}{unsure}")
            for part, spans in (("source", row.source_spans), ("cue", row.cue_spans), ("content", row.content_spans))
            for start, end in json.loads(spans)
        ]
        marks += own
        labels[min(own).start].append((row.claim_id, number, f"{row.stance}, {row.confidence:.0%} sure"))
    for row in figures.itertuples():
        number = row.figure_id.rpartition(".")[2]
        marks.append(Mark(row.start, row.end, f"figure {number}"))
        labels[row.start].append((row.figure_id, number, show.reading(row)))
    marks += [Mark(cut.start, cut.end, "removed") for cut in article.removed]
    return render(article.text, marks, {start: _labels(found, rows, page) for start, found in labels.items()})


def render(text, marks, labels):
    """Mark spans that may nest, overlap or come in pieces: cut at every boundary, so that no element is left open.

    Args:
        text: str, raw.
        marks: list of Mark.
        labels: dict of offset to Markup, put in front of that character.
    """
    starts, ends = defaultdict(list), defaultdict(list)
    for mark in marks:
        if mark.start < mark.end:
            starts[mark.start].append(mark.classes)
            ends[mark.end].append(mark.classes)
    cuts = sorted({0, len(text), *starts, *ends, *labels})
    open_marks, parts = [], []
    for start, end in zip(cuts, cuts[1:]):
        for classes in ends[start]:
            open_marks.remove(classes)
        open_marks += starts[start]
        parts += [labels.get(start, Markup("")), _piece(text[start:end], open_marks)]
    return Markup("").join(parts)


def _piece(text, open_marks):
    if not open_marks:
        return Markup("{}").format(show.legible(text))
    names = " ".join(open_marks).split()
    depth = names.count("content")
    classes = sorted(set(names)) + ([f"depth{min(depth, 3)}"] if depth > 1 else [])
    return Markup('<span class="{}">{}</span>').format(" ".join(classes), show.legible(text))


def _labels(found, rows, page):
    """The small numbers in front of what they number; each leads back to its row, where that is shown."""
    parts = []
    for row_id, number, told in found:
        row = show.anchor("row", row_id)
        tag, link = ("a", Markup(' href="{}#{}"').format(page, row)) if row in rows else ("span", "")
        label = Markup('<{} class="label {}" id="{}"{} title="{}">{}</{}>')
        parts.append(label.format(tag, number, show.anchor("text", row_id), link, told, number, tag))
    return Markup("").join(parts)

