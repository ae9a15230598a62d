"""Score chains: a claim inside claims, read from the outermost inwards."""

from collections import Counter

from analysis.evaluate.claims import FOUND, Scored, overlap, same_source

Chain = list[Scored]


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
