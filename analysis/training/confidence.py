"""Make model/confidence.json: `python -m analysis.training.confidence GOLD...`.

GOLD: {"id", "text", "sources", "claims", "figures"} a line, articles labelled whole that the tagger did not learn. Prints for claims and
figures how many of the rows said to be so sure are right, by five folds over the articles, and the expected calibration error.
"""

import argparse
import json
from pathlib import Path

import numpy

from analysis.confidence import WEIGHTS, of_claim, of_figure, with_sure_claims
from analysis.corpus import article_from_text
from analysis.evaluate.rows import right_rows
from analysis.extract import as_read, to_json

FOLDS, BINS, PENALTY = 5, 10, 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    rows = [json.loads(line) for path in parser.parse_args().gold for line in path.read_text(encoding="utf-8").splitlines()]
    articles = [article_from_text(str(row["id"]), row["text"]) for row in rows]
    found = [as_read(article) for article in articles]
    right = [right_rows(row, to_json(each)) for row, each in zip(rows, found)]
    weights = {}
    claims = [[of_claim(each, index) for index in range(len(each.claims))] for each in found]
    weights["claims"] = taught("claims", claims, [each["claims"] for each in right])
    WEIGHTS.write_text(json.dumps(weights | {"figures": {}}, indent=1), encoding="utf-8")
    found = [with_sure_claims(each) for each in found]  # reads the weights just written
    figures = [[of_figure(each, figure) for figure in each.figures] for each in found]
    weights["figures"] = taught("figures", figures, [each["figures"] for each in right])
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def taught(table: str, features: list[list[dict]], right: list[list[bool | None]]) -> dict[str, float]:
    """Print how well the weights hold by folds over the articles; return those of all."""
    articles = [[(list(row.values()), answer) for row, answer in zip(*each) if answer is not None] for each in zip(features, right)]
    names = list(next(row for rows in features for row in rows))
    chances, answers = [], []
    for fold in range(FOLDS):
        learned = fitted([row for place, rows in enumerate(articles) if place % FOLDS != fold for row in rows])
        for place, rows in enumerate(articles):
            if place % FOLDS == fold and rows:
                chances += chance(numpy.array([row for row, _ in rows]), learned).tolist()
                answers += [answer for _, answer in rows]
    told(table, numpy.array(chances), numpy.array(answers, dtype=float))
    return {name: round(float(weight), 4) for name, weight in zip(names, fitted([row for rows in articles for row in rows]))}


def fitted(rows: list[tuple[list[float], bool]]) -> numpy.ndarray:
    """The weights of a logistic regression with a quadratic penalty, by Newton's method."""
    features, right = numpy.array([row for row, _ in rows]), numpy.array([answer for _, answer in rows], dtype=float)
    weights = numpy.zeros(features.shape[1])
    penalty = numpy.diag([0.01] + [PENALTY] * (features.shape[1] - 1))
    for _ in range(30):
        likely = chance(features, weights)
        slope = features.T @ (right - likely) - penalty @ weights
        weights += numpy.linalg.solve(features.T @ (features * (likely * (1 - likely))[:, None]) + penalty, slope)
    return weights


def chance(features: numpy.ndarray, weights: numpy.ndarray) -> numpy.ndarray:
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
    for bar in (0.5, 0.6, 0.7, 0.8, 0.9):
        kept = chances >= bar
        print(f"  from {bar}: {kept.sum()} rows, {right[kept].mean():.1%} right, {right[kept].sum() / right.sum():.1%} of the right ones")


if __name__ == "__main__":
    main()
