"""How well denials that do not say "deny" are told from other sentences with a "not": `python -m tests.denials`.

invented/denials.csv holds pairs of invented claims and whether one denies the other: 40 on which the rules of
analysis/compare/denials.py were chosen, 24 marked "fresh", which were looked at too, and 16 marked "later", written when
the rules were done.
"""

from analysis.compare.propositions import in_full, proposition
from analysis.compare.rows import GroupedClaim
from analysis.compare.similarity import vectors
from analysis.compare.statements import ALIKE, likeness
from tests import invented


def said(pair):
    """Whether the two claims of a pair are grouped, and on two sides."""
    rows = [GroupedClaim(
                claim_id=side, article_id=side, source_id=side, source="", cue="", content=pair[side],
                stance=pair[f"{stance}stance"], negated=False,
                parent_id=None, confidence=1, source_spans="[]", cue_spans="[]", content_spans="[]", sentence_start=0,
                sentence_end=0,
                event_id="one", outlet_id="", relays="[]", topic=frozenset(), vector=vector, score=1, how="first",
                proposition=proposition(pair[side], pair[f"{stance}stance"], False))
            for (side, stance), vector in zip((("claim", ""), ("other", "other_")),
                                              vectors([in_full(pair["claim"], "it"), in_full(pair["other"], "it")]))]
    return likeness(rows[1], rows[:1]) >= ALIKE and rows[0].proposition.positive != rows[1].proposition.positive


def measure(pairs):
    """Precision and recall of denials over pairs."""
    found, true = [said(pair) for pair in pairs], [pair["denied"] == "yes" for pair in pairs]
    right = sum(yes and also for yes, also in zip(found, true))
    return right / max(1, sum(found)), right / sum(true)


def main():
    """Print both for the pairs the thresholds were chosen on, and for the others."""
    pairs = invented.rows("denials.csv")
    for sample in ("chosen on", "fresh", "later"):
        rows = [pair for pair in pairs if pair["sample"] == sample]
        print(f"{sample}, {len(rows)} pairs: precision {measure(rows)[0]:.2f}, recall {measure(rows)[1]:.2f}")


if __name__ == "__main__":
    main()
