"""Make the weights by which a line or sentence of a page is told to be furniture: `python -m analysis.training.furniture FILES [--write]`.

Each line of a file is {"id", "text", "furniture": [[start, end], ...]}; articles without furniture, as of a wire, have no such key: from
them is learned, too, and what they would lose is told apart. The weights are those of a logistic regression on the marks of
`analysis.corpus.line_marks`; the bar is set by five folds over articles, at the score above which at most LOST of the pages'
own words would be lost in pages that were not trained on. Takes a minute or two.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from analysis.corpus.furniture import WEIGHTS, lines, rule_of
from analysis.corpus.line_marks import WORD, Marks
from analysis.corpus.pieces import pieces

FOLDS, PENALTY, LOST = 5, 3.0, 0.0025


def read_pieces(paths):
    """The pieces of all articles: marks, characters of furniture and of all, words of the article, the article's number, whether it is a page,
    whether the piece may be furniture, and whether a rule takes its line."""
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [piece for number, row in enumerate(rows) for piece in _pieces_of(row, number)]


def _pieces_of(row, number):
    text, mask = row["text"], np.zeros(len(row["text"]), bool)
    for start, end in row.get("furniture", ()):
        mask[start:end] = True
    spans = list(lines(text))
    ruled = [(start, end) for start, end in spans if rule_of(text[start:end])]
    cut = list(pieces(text, spans))
    marks = Marks(text, cut)
    asked = set(marks.in_question())
    for at, (start, end, *_) in enumerate(cut):
        words = sum(not mask[word.start()] for word in WORD.finditer(text, start, end))
        by_rule = any(first <= start < last for first, last in ruled)
        yield marks.of(at), int(mask[start:end].sum()), end - start, words, number, "furniture" in row, at in asked, by_rule


def matrix(seen, names):
    """One row a piece, one column a mark."""
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


def held_out(table, is_furniture, weight, article):
    """The score of each piece by weights learned on other articles."""
    fold = np.random.RandomState(0).permutation(article.max() + 1)[article] % FOLDS
    score = np.zeros(len(table))
    for held in range(FOLDS):
        found = fit(table[fold != held], is_furniture[fold != held], weight[fold != held])
        score[fold == held] = table[fold == held] @ found[:-1] + found[-1]
    return score


def bars(score, furniture, words, shares):
    """For each share of the pages' own words: the bar above which no more are lost, and the share of furniture that is removed there."""
    order = np.argsort(-score, kind="stable")
    lost, removed = np.cumsum(words[order]) / words.sum(), np.cumsum(furniture[order]) / furniture.sum()
    places = [np.searchsorted(lost, share, "right") - 1 for share in shares]
    return [(float(score[order][at]), float(removed[at])) for at in places]


def main():
    """Print what folds say, and with --write write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    options = parser.parse_args()
    rows = read_pieces(options.files)
    names = sorted({name for row in rows for name in row[0]})
    table = matrix([row[0] for row in rows], names)
    furniture, length, words, article, page, may_be, by_rule = (np.array([row[at] for row in rows]) for at in range(1, 8))
    is_furniture, weight = (furniture > 0.9 * length).astype(float), np.maximum(1, length / 60)
    score = held_out(table, is_furniture, weight, article)
    score[~may_be], score[by_rule] = -99, 99  # what the rules take is taken first
    print(f"{len(rows)} lines and sentences, {int(is_furniture.sum())} of them furniture")
    shares = (0.0005, 0.001, 0.002, LOST, 0.003, 0.005, 0.01)
    found = bars(score[page], furniture[page], words[page], shares)
    for share, (bar, removed) in zip(shares, found):
        lost = words[~page & (score >= bar)].sum() / max(1, words[~page].sum())
        print(f"at most {share:.2%} of the pages' own words lost: {removed:.1%} of their furniture removed, bar {bar:.2f}; "
              f"{lost:.2%} of the words of other articles lost")
    if options.write:
        weights = fit(table, is_furniture, weight)
        kept = {name: round(float(value), 3) for name, value in zip(names, weights) if abs(value) >= 0.02}
        made = {"bar": round(found[shares.index(LOST)][0], 3), "constant": round(float(weights[-1]), 3), "weights": kept}
        WEIGHTS.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
