"""Articles labelled whole: from gold rows to what the heads are taught of each."""

from dataclasses import dataclass

from analysis.claims.chains import as_text
from analysis.corpus import Article, Span, article_from_text
from analysis.figures.numbers import find_numbers
from analysis.training.examples import ROLES


@dataclass
class Labelled:
    """One labelled article: its outermost claims, its claims by the one around, its numbers and which are figures."""

    row: dict
    article: Article
    outermost: list[dict]
    inside: list[tuple[dict, list[dict]]]
    numbers: list[tuple[Span, bool]]


def labelled(row: dict) -> Labelled:
    """Return a gold row with what can be taught from it. Claims inside claims are taught where the row tells which they are."""
    article = article_from_text(str(row["id"]), row["text"])
    within = {}
    for claim in row["claims"]:
        within.setdefault(claim.get("parent"), []).append(claim)
    told = any("parent" in claim for claim in row["claims"])
    inside = [(claim, within.get(claim["id"], [])) for claim in row["claims"]] if told else []
    return Labelled(row, article, within.get(None, []), inside, _numbers(article, row["figures"]))


def content_row(text: str, content: list[Span], within: list[dict]) -> dict:
    """The gold row of a content read by itself, as `chains` gives it to the tagger."""
    part = as_text(" ".join(text[start:end] for start, end in content))
    def moved(spans: list[Span]) -> list[Span]:
        found, at = [], 0
        for start, end in content:
            found += [(max(first, start) - start + at, min(last, end) - start + at) for first, last in spans if max(first, start) < min(last, end)]
            at += end - start + 1
        return found
    claims = [{role: moved(claim[role]) for role in ROLES} for claim in within]
    return {"text": part, "attributions": [claim for claim in claims if claim["cue"] and claim["content"]]}


def _numbers(article: Article, figures: list[dict]) -> list[tuple[Span, bool]]:
    spans = [figure["span"] for figure in figures]
    return [((number.start, number.end), any(start < number.end and number.start < end for start, end in spans))
            for number in find_numbers(article.reading, None)]
