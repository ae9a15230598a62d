"""Make model/confidence.json: `python -m analysis.training.confidence GOLD...`.

GOLD: {"id", "text", "sources", "claims", "figures"} a line, articles labelled whole that the tagger did not learn. Prints for claims and
figures how many of the rows said to be so sure are right, by five folds over the articles, and the expected calibration error.
"""

import argparse
import dataclasses
import json
from pathlib import Path

import numpy

from analysis import confidence, reader
from analysis.claims import all_claims
from analysis.corpus import article_from_text
from analysis.evaluate.rows import right_rows
from analysis.language import parse
from analysis.types import Claim, Extraction

FOLDS, BINS, PENALTY = 5, 10, 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    rows = [json.loads(line) for path in parser.parse_args().gold for line in path.read_text(encoding="utf-8").splitlines()]
    articles = [article_from_text(str(row["id"]), row["text"]) for row in rows]
    docs = [parse(article) for article in articles]
    claims = [all_claims(article, doc) for article, doc in zip(articles, docs)]
    found, right = read(rows, articles, docs, claims)
    weights = {"claims": taught("claims", [[confidence.of_claim(claim) for claim in each] for each in claims], [each["claims"] for each in right])}
    write(weights)
    found, right = read(rows, articles, docs, [confidence.sure_claims(each) for each in claims])
    weights["names"] = taught("names", [[confidence.of_name(*each) for each in zip(one.claims, one.asserters)] for one in found],
                              [each["names"] for each in right])
    write(weights | {"figures": dict.fromkeys(confidence.of_figure(found[0], found[0].figures[0]), 0)})
    sure = [confidence.with_confidence(each) for each in found]
    of_rows = [[name is not False and claim for claim, name in zip(each["claims"], each["names"])] for each in right]
    chances = numpy.array([claim.confidence for each in sure for claim in each.claims])
    told("rows of claims", chances, numpy.array([row for rows in of_rows for row in rows]))
    features = [[confidence.of_figure(raised(one, raw), figure) for figure in raw.figures] for one, raw in zip(sure, found)]
    weights["figures"] = taught("figures", features, [each["figures"] for each in right])
    write(weights)


def raised(sure: Extraction, found: Extraction) -> Extraction:
    """An extraction with its claims' confidence and the figures as the head reads them."""
    return dataclasses.replace(sure, figures=found.figures)


def read(rows: list[dict], articles: list, docs: list, claims: list[list[Claim]]) -> tuple[list[Extraction], list[dict]]:
    """The extractions with these claims, and which of their rows are right."""
    found = [reader.told(*each) for each in zip(articles, docs, claims)]
    return found, [right_rows(row, reader.to_json(each)) for row, each in zip(rows, found)]


def write(weights: dict[str, dict[str, float]]) -> None:
    confidence.WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    confidence.weights.cache_clear()


def taught(table: str, features: list[list[dict]], right: list[list[bool | None]]) -> dict[str, float]:
    """Print how well the weights hold by folds over the articles; return those of all."""
    articles = [[(list(row.values()), answer) for row, answer in zip(*each) if answer is not None] for each in zip(features, right)]
    names = list(next(row for rows in features for row in rows))
    chances, answers = [], []
    for fold in range(FOLDS):
        learned = fitted([row for place, rows in enumerate(articles) if place % FOLDS != fold for row in rows])
        for place, rows in enumerate(articles):
            if place % FOLDS == fold and rows:
                chances += likely(numpy.array([row for row, _ in rows]), learned).tolist()
                answers += [answer for _, answer in rows]
    told(table, numpy.array(chances), numpy.array(answers, dtype=float))
    return {name: round(float(weight), 4) for name, weight in zip(names, fitted([row for rows in articles for row in rows]))}


def fitted(rows: list[tuple[list[float], bool]]) -> numpy.ndarray:
    """The weights of a logistic regression with a quadratic penalty, by Newton's method."""
    features, right = numpy.array([row for row, _ in rows]), numpy.array([answer for _, answer in rows], dtype=float)
    weights = numpy.zeros(features.shape[1])
    penalty = numpy.diag([0.01] + [PENALTY] * (features.shape[1] - 1))
    for _ in range(30):
        chances = likely(features, weights)
        slope = features.T @ (right - chances) - penalty @ weights
        weights += numpy.linalg.solve(features.T @ (features * (chances * (1 - chances))[:, None]) + penalty, slope)
    return weights


def likely(features: numpy.ndarray, weights: numpy.ndarray) -> numpy.ndarray:
    return 1 / (1 + numpy.exp(-features @ weights))


def told(table: str, chances: numpy.ndarray, right: numpy.ndarray) -> None:
    """Print a reliability table."""
    error = 0.0
    print(f"{table}: {len(right)} rows, {right.mean():.1%} right")
    for low in numpy.arange(0, 1, 1 / BINS):
        inside = (chances >= low) & (chances < low + 1 / BINS)
        if inside.any():
            error += inside.sum() * abs(chances[inside].mean() - right[inside].mean())
            print(f"  said {chances[inside].mean():.1%}, right {right[inside].mean():.1%} of {inside.sum()}")
    print(f"  expected calibration error {error / len(right):.1%}")
    for bar in (0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9):
        kept = chances >= bar
        print(f"  from {bar}: {kept.sum()} rows, {right[kept].mean():.1%} right, {right[kept].sum() / right.sum():.1%} of the right ones")


if __name__ == "__main__":
    main()
