"""Measure what is found against gold: whole rows, claims, chains of claims, figures and who asserts them.

The definitions are those by which PolNeAR, Citron and CofeNet are scored: contents and sources as sets of words, a
content found where it shares half of its words or more, a source right where the head of one stands in the other.
"""

import json
from collections import Counter
from pathlib import Path

import pandas

from analysis.evaluate.claims import Scored, count_chains, count_claims, scored
from analysis.evaluate.figures import count_figures
from analysis.evaluate.gold import read_gold
from analysis.evaluate.overlap import Words
from analysis.evaluate.rows import count_rows, looked_at

__all__ = ["evaluate", "quality", "read_gold", "show", "write_quality"]

# measure, what is right, how many there are in gold, how many were predicted: gives precision, recall and F1
ROWS = (
    ("rows of claims: content and name of the source", "claim rows right", "gold claim rows", "found claim rows"),
    ("rows of claims: content", "claim rows found", "gold claim rows", "found claim rows"),
    ("rows of figures: value, comparator, what is counted and asserter", "figure rows right", "gold figure rows",
     "found figure rows"),
    ("rows of figures: value", "figure rows found", "gold figure rows", "found figure rows"),
    ("rows of figures found: a part of another", "right part", "gold part", "found part"),
    ("rows of figures found: background", "right background", "gold background", "found background"),
)
CLAIMS = (
    ("claims: exact content", "exact", "gold", "predicted"),
    ("claims: content words", "words", "gold_words", "predicted_words"),
    ("claims: content found", "found", "gold", "predicted"),
    ("claims: content and source", "triple", "gold", "predicted"),
)
FIGURES = (
    ("figures: value", "values", "gold figures", "predicted figures"),
    ("figures: value and comparator", "comparators", "gold figures", "predicted figures"),
)
# measure, what is right, of how many
OF_ROWS = (
    ("rows of claims found: name of the source", "claim names right", "claim names"),
    ("rows of figures found: comparator", "right comparator", "asked comparator"),
    ("rows of figures found: asserter", "right asserter", "asked asserter"),
    ("rows of figures found: asserter, where not the outlet", "right speaker", "asked speaker"),
    ("rows of figures found: what is counted", "right counted", "asked counted"),
    ("rows of figures found: what is measured", "right measure", "asked measure"),
)
OF_CLAIMS = (
    ("claims: direct ones found", "found direct", "gold direct"),
    ("claims: indirect ones found", "found indirect", "gold indirect"),
    ("claims: mixed ones found", "found mixed", "gold mixed"),
    ("claims: direct ones found with their source", "triple direct", "gold direct"),
    ("claims: indirect ones found with their source", "triple indirect", "gold indirect"),
    ("claims: mixed ones found with their source", "triple mixed", "gold mixed"),
    ("of claims found: source, by its head", "head", "sourced"),
    ("of claims found: source, to the word", "source exact", "sourced"),
    ("of claims found: no source where there is none", "left empty", "sourceless"),
    ("of claims found: name of the source", "name", "named"),
    ("of claims found: stance", "stance", "stance told"),
    ("of claims found: negated or not", "negated", "negated told"),
    ("of claims found: direct, indirect or mixed", "kind", "kind told"),
    ("chains: two hops, every source in order", "2 hops right", "2 hops"),
    ("chains: three hops, every source in order", "3 hops right", "3 hops"),
    ("chains: four hops, every source in order", "4 hops right", "4 hops"),
    ("chains: all, every source in order", "chains", "gold chains"),
    ("chains: predicted ones that are right", "predicted chains right", "predicted chains"),
)
OF_FIGURES = (
    ("of figures found: asserter", "asserter right", "asserted"),
    ("of figures found: the outlet's own voice", "own voice right", "own voice"),
)


def evaluate(gold: list[dict], predicted: list[dict]) -> pandas.DataFrame:
    """Score predicted rows against gold rows, both in the extract format; gold may have `sources`, {id: {"name", "aliases"}}, too.

    Returns measure (str), value (float64, in percent) and n (int64, how many it is a share of; for an F1 how many there
    are in gold), a row for each measure that the gold allows: a gold row without "claims" or without "figures" is not
    scored for them. An article that was not predicted counts as one in which nothing was found. Where gold has no
    claim inside another, predicted ones are left aside. `discard`, spans of a gold row, are stretches that nobody
    labelled: predictions in them are left aside too. Where a gold row has `rejected`, {"claims": [spans, ...], "figures": [span, ...]},
    only some rows of the article were looked at: predictions that are neither these nor the rejected ones are left aside.
    Raises ValueError where the two texts of an article differ.
    """
    predicted_rows = {row["id"]: row for row in predicted}
    nested = has_nested(gold)
    counts = Counter()
    for row in gold:
        counts.update(count(row, predicted_rows.get(row["id"], {}), nested))
    return pandas.DataFrame(measures(counts), columns=["measure", "value", "n"])


def has_nested(gold: list[dict]) -> bool:
    """Whether gold has a claim inside another, or does not tell, as only some of its claims were looked at."""
    return any("rejected" in row or any(claim.get("parent") is not None for claim in row.get("claims", [])) for row in gold)


def count(gold: dict, prediction: dict, nested: bool) -> Counter:
    """Count what the measures are made of, for one article; the counts of several add up. ValueError where the texts differ."""
    if prediction.get("text", gold["text"]) != gold["text"]:
        raise ValueError(f"{gold['id']}: the predictions were made on another text; make them on the gold's.")
    prediction = looked_at(gold, prediction)
    words, counts = Words(gold["text"]), count_rows(gold, prediction)
    if "claims" in gold:
        expected = [claim for claim in scored(words, gold["claims"]) if claim.content]
        found = _considered(words, gold, scored(words, prediction.get("claims", [])), nested)
        counts += count_claims(words, expected, found)
        counts += Counter() if "rejected" in gold else count_chains(expected, found)
    if "figures" in gold:
        counts += count_figures(words, gold["figures"], prediction.get("figures", []))
    return counts


def _considered(words: Words, gold: dict, predicted: list[Scored], nested: bool) -> list[Scored]:
    left_out = words.of(gold.get("discard", []))
    return [claim for claim in predicted if claim.content and (nested or claim.claim.get("parent") is None)
            and 2 * len(claim.content & left_out) <= len(claim.content)]


def measures(counts: Counter) -> list[tuple[str, float, int]]:
    """Return measure, value in percent, and of how many, for each measure that the counts allow."""
    rows = _balanced(counts, ROWS) + _shares(counts, OF_ROWS)
    claims = _balanced(counts, CLAIMS) + _shares(counts, OF_CLAIMS)
    return claims + _balanced(counts, FIGURES) + _shares(counts, OF_FIGURES) + rows


def _balanced(counts: Counter, measures: tuple) -> list[tuple[str, float, int]]:
    rows = []
    for measure, right, gold, predicted in measures:
        if counts[gold]:
            rows.append((f"{measure}, precision", _percent(counts[right], counts[predicted]), counts[predicted]))
            rows.append((f"{measure}, recall", _percent(counts[right], counts[gold]), counts[gold]))
            rows.append((f"{measure}, F1", _percent(2 * counts[right], counts[gold] + counts[predicted]), counts[gold]))
    return rows


def _shares(counts: Counter, measures: tuple) -> list[tuple[str, float, int]]:
    return [(measure, _percent(counts[right], counts[of]), counts[of]) for measure, right, of in measures if counts[of]]


def _percent(part: int, of: int) -> float:
    return 100 * part / of if of else 0.0


def show(table: pandas.DataFrame) -> str:
    """Return the measures as lines for a terminal."""
    width = max(map(len, table["measure"]), default=0)
    return "\n".join(f"{row.measure:<{width}}  {row.value:5.1f}  of {row.n}" for row in table.itertuples())


def quality(table: pandas.DataFrame, caption: str, note: str = "") -> dict:
    """Return the measures as a part of the quality file: a caption, a note, columns and rows."""
    rows = [[row.measure, f"{row.value:.1f}", row.n] for row in table.itertuples()]
    return {"caption": caption, "note": note, "columns": ["Measure", "Percent", "Of"], "rows": rows}


def write_quality(parts: list[dict], path: Path) -> None:
    """Write the quality file that the report shows."""
    Path(path).write_text(json.dumps(parts, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")
