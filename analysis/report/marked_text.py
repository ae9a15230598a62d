"""An article's text with its sources, cues, contents and numbers marked in place."""

import json
from collections import defaultdict
from typing import NamedTuple

from markupsafe import Markup

from analysis import show, story


class Mark(NamedTuple):
    """Characters `start` to `end` of the raw text, and the CSS classes that say what they are."""

    start: int
    end: int
    classes: str


def mark_article(article, article_id, told):
    """An article's raw text with everything found in it marked; every character stays, control characters as U+FFFD.

    Args:
        article: analysis.corpus.Article.
        article_id: str, its id as the tables have it.
        told: analysis.story.Told, which knows its claims and figures.

    Returns:
        Markup; each claim and figure has its place and a link to its row below the text.
    """
    marks, labels = [], defaultdict(list)
    for row in told.of("claims", "article_id", article_id):
        number = row.claim_id.rpartition(".")[2]
        unsure = " unsure" if row.confidence < show.UNSURE else ""
        own = [Mark(start, end, f"{part} {number}{unsure}") for part in ("source", "cue", "content")
               for start, end in json.loads(getattr(row, f"{part}_spans"))]
        marks += own
        labels[min(own).start].append(_label(told, row.claim_id,
                                             f"{story.article.chain(told, row)}; {row.stance}, {row.confidence:.0%} sure"))
    for row in told.of("figures", "article_id", article_id):
        number = row.figure_id.rpartition(".")[2]
        marks.append(Mark(row.start, row.end, f"figure {number}"))
        labels[row.start].append(_label(told, row.figure_id, f"{show.legible(told.names[row.source_id])}: {story.reading(row)}"))
    marks += [Mark(cut.start, cut.end, "removed") for cut in article.removed]
    return render(article.text, marks, {start: Markup("").join(found) for start, found in labels.items()})


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


def _label(told, row_id, words):
    """The small number in front of what it numbers: its place, and a link to its row."""
    number = row_id.rpartition(".")[2]
    return Markup('<a class="label {0}" id="{1}" href="#{2}" data-told="{3}" aria-label="{0}: {3}">{0}</a>').format(
        number, story.article.place(told, row_id), story.article.row_of(told, row_id), words)
