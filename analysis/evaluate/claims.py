"""Score claims: contents by their words, sources by their heads, then what was told of the claims found; and chains, a claim
inside claims, read from the outermost inwards."""

from collections import Counter
from dataclasses import dataclass

from analysis.evaluate.overlap import Words, kind_of

FOUND = 0.5  # of the words of either content, those they share
LEADING = ("the ", "a ", "an ")


@dataclass(eq=False)
class Scored:
    """A claim as sets of words of its text, and the head word of its source."""

    claim: dict
    source: frozenset[int]
    content: frozenset[int]
    head: int | None


Chain = list[Scored]


def scored(words: Words, claims: list[dict]) -> list[Scored]:
    """Return the claims as sets of words, in their order."""
    sources = [words.of(claim["source"]) for claim in claims]
    return [Scored(claim, source, words.of(claim["content"]), words.head(source)) for claim, source in zip(claims, sources)]


def overlap(one: Scored, other: Scored) -> float:
    """Return the share of the words of either content that both have."""
    either = one.content | other.content
    return len(one.content & other.content) / len(either) if either else 0.0


def same_source(gold: Scored, predicted: Scored) -> bool:
    """Whether the head of one source stands in the other, or neither has a source."""
    if not gold.source or not predicted.source:
        return not gold.source and not predicted.source
    return gold.head in predicted.source or predicted.head in gold.source


def same_name(gold: str, predicted: str | None) -> bool:
    """Whether two names are one, whatever their case and a leading article."""
    return _plain(gold) == _plain(predicted or "")


def _plain(name: str) -> str:
    name = " ".join(name.replace("’", "'").casefold().split())
    return next((name.removeprefix(article) for article in LEADING if name.startswith(article)), name)


def matched(gold: list[Scored], predicted: list[Scored]) -> list[tuple[int, int]]:
    """Return pairs of gold and predicted places, one to one, the greatest overlap first, at least `FOUND`."""
    pairs = []
    for place, claim in enumerate(gold):
        for other, candidate in enumerate(predicted):
            shared = overlap(claim, candidate)
            if shared >= FOUND:
                pairs.append((-shared, not same_source(claim, candidate), place, other))
    found, taken = {}, set()
    for _, _, place, other in sorted(pairs):
        if place not in found and other not in taken:
            found[place] = other
            taken.add(other)
    return sorted(found.items())


def count_claims(words: Words, gold: list[Scored], predicted: list[Scored]) -> Counter:
    """Count what the measures of claims are made of, for one text."""
    counts = Counter({"gold": len(gold), "predicted": len(predicted)})
    exact = Counter(claim.content for claim in gold) & Counter(claim.content for claim in predicted)
    counts["exact"] = exact.total()
    gold_words = frozenset().union(*(claim.content for claim in gold))
    predicted_words = frozenset().union(*(claim.content for claim in predicted))
    counts.update(gold_words=len(gold_words), predicted_words=len(predicted_words), words=len(gold_words & predicted_words))
    kinds = [kind_of(words, claim.claim["content"]) for claim in gold]
    counts.update(f"gold {kind}" for kind in kinds)
    for place, other in matched(gold, predicted):
        counts.update(_count_pair(gold[place], predicted[other], kinds[place]))
    return counts


def _count_pair(gold: Scored, predicted: Scored, kind: str) -> Counter:
    right = same_source(gold, predicted)
    counts = Counter({"found": 1, f"found {kind}": 1, "triple": right, f"triple {kind}": right})
    if gold.source:
        counts.update({"sourced": 1, "head": right, "source exact": gold.source == predicted.source})
    else:
        counts.update({"sourceless": 1, "left empty": right})
    for told in ("stance", "negated", "kind"):
        if told in gold.claim and told in predicted.claim:
            counts.update({f"{told} told": 1, told: gold.claim[told] == predicted.claim[told]})
    if gold.claim.get("source_name"):
        counts.update({"named": 1, "name": same_name(gold.claim["source_name"], predicted.claim.get("source_name"))})
    return counts


def chains(claims: list[Scored]) -> list[Chain]:
    """Return, for every claim that stands inside another, the claims around it and it, the outermost first."""
    by_id = {claim.claim["id"]: claim for claim in claims if "id" in claim.claim}
    found = []
    for claim in claims:
        chain = [claim]
        while (around := by_id.get(chain[0].claim.get("parent"))) is not None and around not in chain:
            chain.insert(0, around)
        if len(chain) > 1:
            found.append(chain)
    return found


def whole(found: list[Chain]) -> list[Chain]:
    """Return the chains that no other chain goes on."""
    around = {id(claim) for chain in found for claim in chain[:-1]}
    return [chain for chain in found if id(chain[-1]) not in around]


def same_chain(gold: Chain, predicted: Chain) -> bool:
    """Whether both have as many claims, the same source hop by hop, and their innermost contents overlap."""
    return (
        len(gold) == len(predicted)
        and overlap(gold[-1], predicted[-1]) >= FOUND
        and all(same_source(one, other) for one, other in zip(gold, predicted))
    )


def count_chains(gold: list[Scored], predicted: list[Scored]) -> Counter:
    """Count the whole chains of one text, by hops, and those that the other side has too, gone on or not."""
    gold_chains, predicted_chains = chains(gold), chains(predicted)
    counts = Counter()
    for chain in whole(gold_chains):
        right = any(same_chain(chain, other) for other in predicted_chains)
        counts.update({"gold chains": 1, f"{len(chain)} hops": 1, "chains": right, f"{len(chain)} hops right": right})
    for chain in whole(predicted_chains):
        right = any(same_chain(other, chain) for other in gold_chains)
        counts.update({"predicted chains": 1, "predicted chains right": right})
    return counts
