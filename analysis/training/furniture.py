"""Make the weights by which a line of a page is told to be furniture: `python -m analysis.training.furniture PAGES.jsonl [--write]`.

Each line of PAGES.jsonl is {"id", "text", "furniture": [[start, end], ...]}. The weights are those of a logistic regression
on the marks of `analysis.corpus.line_marks`; the bar is set by five folds, at the score above which at most LOST of the
articles' own words would be lost in pages that were not trained on. Takes some seconds.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from analysis.corpus.furniture import WEIGHTS, lines, rule_of
from analysis.corpus.line_marks import WORD, in_question, marks

FOLDS, PENALTY, LOST = 5, 2.0, 0.0025


def read_lines(path):
    """The lines of all pages: marks, characters of furniture and of all, words of the article, the page's number, whether the line may be
    furniture, and whether a rule takes it."""
    found = []
    with open(path, encoding="utf-8") as file:
        for page, row in enumerate(map(json.loads, file)):
            text, mask = row["text"], np.zeros(len(row["text"]), bool)
            for start, end in row["furniture"]:
                mask[start:end] = True
            spans = list(lines(text))
            written = [text[start:end] for start, end in spans]
            seen_here = marks(written)
            for (start, end), seen, may_be in zip(spans, seen_here, in_question(written, seen_here)):
                words = sum(not mask[start + word.start()] for word in WORD.finditer(text[start:end]))
                found.append((seen, int(mask[start:end].sum()), end - start, words, page, may_be, rule_of(text[start:end]) is not None))
    return found


def matrix(seen, names):
    """One row a line, one column a mark."""
    place = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(seen), len(names)))
    for at, row in enumerate(seen):
        for name, value in row.items():
            if name in place:
                table[at, place[name]] = value
    return table


def fit(table, is_furniture, weights):
    """The weights of a logistic regression with a penalty, the last of them the constant."""
    signs = 2.0 * is_furniture - 1

    def loss(found):
        score = table @ found[:-1] + found[-1]
        slope = weights * (1 / (1 + np.exp(-np.clip(score, -30, 30))) - is_furniture)
        total = (weights * np.logaddexp(0, -score * signs)).sum() + PENALTY * (found[:-1] ** 2).sum() / 2
        return total, np.append(table.T @ slope + PENALTY * found[:-1], slope.sum())

    return minimize(loss, np.zeros(table.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x


def main():
    """Print what folds say, and with --write write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    options = parser.parse_args()
    rows = read_lines(options.pages)
    names = sorted({name for row in rows for name in row[0]})
    table = matrix([row[0] for row in rows], names)
    furniture, length, words, page, may_be, by_rule = (np.array([row[at] for row in rows]) for at in range(1, 7))
    is_furniture, weight = (furniture > 0.9 * length).astype(float), np.maximum(1, length / 60)
    fold = np.random.RandomState(0).permutation(page.max() + 1)[page] % FOLDS
    score = np.zeros(len(rows))
    for held in range(FOLDS):
        found = fit(table[fold != held], is_furniture[fold != held], weight[fold != held])
        score[fold == held] = table[fold == held] @ found[:-1] + found[-1]
    score[~may_be], score[by_rule] = -99, 99  # what the rules take is taken first
    order = np.argsort(-score, kind="stable")
    lost, removed = np.cumsum(words[order]) / words.sum(), np.cumsum(furniture[order]) / furniture.sum()
    in_lines = furniture[is_furniture == 1].sum() / furniture.sum()
    print(f"{len(rows)} lines, {int(is_furniture.sum())} of them furniture; whole lines hold {in_lines:.1%} of all furniture")
    for share in (0.0005, 0.001, 0.002, 0.003, 0.005, 0.01):
        at = np.searchsorted(lost, share, "right") - 1
        print(f"at most {share:.2%} of the body's words lost: {removed[at]:.1%} of the furniture removed, "
              f"{removed[at] / in_lines:.1%} of that in whole lines, bar {score[order][at]:.2f}")
    if options.write:
        found = fit(table, is_furniture, weight)
        bar = float(score[order][np.searchsorted(lost, LOST, "right") - 1])
        kept = {name: round(float(value), 3) for name, value in zip(names, found) if abs(value) >= 0.02}
        WEIGHTS.write_text(json.dumps({"bar": round(bar, 3), "constant": round(float(found[-1]), 3), "weights": kept}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
