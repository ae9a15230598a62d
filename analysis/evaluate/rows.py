"""Score whole rows: a claim with who says it, a figure with what it counts and who asserts it, as a reader of the tables sees them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from analysis.evaluate.figures import COMPARED
from analysis.types import BETWEEN_PIECES
from analysis.words import words_of

SHARED = 0.5  # of the letters of two contents, or of the words of the shorter of two names
LEFT_OUT = words_of("scoring", "left_out")
NO_WORD = re.compile(r"[^\w%$€£]+")


def count_rows(gold: dict, predicted: dict) -> Counter:
    """Count the rows of one article that are right as a whole, and what the wrong ones have wrong.

    A claim is found where its content shares half of the letters; its row is right where the name of its source is too
    (`source_id` null: nobody is named). A figure is found where its place and its value are; its row is right where
    comparator, what is counted and who asserts it are. What gold does not tell is not asked for.
    """
    counts = Counter()
    if "claims" in gold:
        counts += _count_claims(gold, predicted.get("claims", []))
    if "figures" in gold:
        counts += _count_figures(gold, predicted.get("figures", []))
    return counts


def looked_at(gold: dict, predicted: dict) -> dict:
    """Of what was found in an article that was read in part (gold has `rejected`), the rows that somebody looked at; else all."""
    if "rejected" not in gold:
        return predicted
    claims = [*gold["claims"], *({"content": spans} for spans in gold["rejected"]["claims"])]
    figures = [*gold["figures"], *({"span": span} for span in gold["rejected"]["figures"])]
    pairs = [
        *_paired(claims, predicted.get("claims", []), lambda one, other: _shared_letters(gold["text"], one, other)),
        *_paired(figures, predicted.get("figures", []), _same_place),
    ]
    seen = {id(found) for _, found in pairs}
    return {**predicted, **{part: [row for row in predicted.get(part, []) if id(row) in seen] for part in ("claims", "figures")}}


def right_rows(gold: dict, predicted: dict) -> dict[str, list[bool | None]]:
    """Whether each predicted claim, each name of a claim that is, and each figure's row of one article is right, in their order; None
    where that is not asked."""
    claims = {id(found): _named(gold, claim, found) for claim, found in _paired_claims(gold, predicted["claims"])}
    figures = {id(found): _right(_answers(gold, figure, found))
               for figure, found in _paired(gold["figures"], predicted["figures"], _same_figure)}
    return {"claims": [id(row) in claims for row in predicted["claims"]],
            "names": [claims.get(id(row)) for row in predicted["claims"]],
            "figures": [figures.get(id(row), False) for row in predicted["figures"]]}


def _paired_claims(gold: dict, predicted: list[dict]) -> list[tuple[dict, dict]]:
    return _paired(gold["claims"], predicted, lambda one, other: _shared_letters(gold["text"], one, other))


def _count_claims(gold: dict, predicted: list[dict]) -> Counter:
    counts = Counter({"gold claim rows": len(gold["claims"]), "found claim rows": len(predicted)})
    for claim, found in _paired_claims(gold, predicted):
        right = _named(gold, claim, found)
        counts.update({"claim rows found": 1, "claim rows right": right is not False})
        if right is not None:
            counts.update({"claim names": 1, "claim names right": right})
    return counts


def _answers(gold: dict, figure: dict, found: dict) -> dict[str, bool | None]:
    """What of a figure that was found is right; None where gold does not tell it."""
    return {
        "comparator": _comparator(figure) == _comparator(found),
        "asserter": _named(gold, figure, found),
        "counted": _counted(figure, found),
        "measure": _measured(figure, found),
    }


def _right(answers: dict[str, bool | None]) -> bool:
    return False not in (answers[part] for part in ("comparator", "asserter", "counted"))


def _count_figures(gold: dict, predicted: list[dict]) -> Counter:
    counts = Counter({"gold figure rows": len(gold["figures"]), "found figure rows": len(predicted)})
    for figure, found in _paired(gold["figures"], predicted, _same_figure):
        answers = _answers(gold, figure, found)
        counts.update({"figure rows found": 1, "figure rows right": _right(answers)})
        counts.update(f"asked {part}" for part, right in answers.items() if right is not None)
        counts.update(f"right {part}" for part, right in answers.items() if right)
        if figure.get("source_id") is not None:
            counts.update({"asked speaker": 1, "right speaker": answers["asserter"]})
        counts.update(_count_standing(figure, found))
    return counts


def _count_standing(figure: dict, found: dict) -> Counter:
    """Count parts of other figures and background, where gold tells of them."""
    counts = Counter()
    told = {"part": bool(figure.get("part_of")), "background": bool(figure.get("background"))}
    for standing, key in (("part", "part_of"), ("background", "background")):
        if key in figure:
            said = found.get("standing") == standing
            counts.update({f"gold {standing}": told[standing], f"found {standing}": said,
                           f"right {standing}": told[standing] and said})
    return counts


def _paired(gold: list[dict], predicted: list[dict], likeness: Callable[[dict, dict], float]) -> list[tuple[dict, dict]]:
    """Pair rows one to one, the likest first; of pairs equally alike the later ones first, as the published scores do."""
    alike = [(likeness(one, other), place, at) for place, one in enumerate(gold) for at, other in enumerate(predicted)]
    left, right, pairs = set(), set(), []
    for share, place, at in sorted(alike, reverse=True):
        if share >= SHARED and place not in left and at not in right:
            left.add(place)
            right.add(at)
            pairs.append((gold[place], predicted[at]))
    return pairs


def _shared_letters(text: str, one: dict, other: dict) -> float:
    """The share of the letters and digits of either content that both have."""
    if not one["content"] or not other["content"]:
        return 0.0
    if one["content"][0][0] >= other["content"][-1][1] or other["content"][0][0] >= one["content"][-1][1]:
        return 0.0  # as nearly all do
    letters, others = (_letters(text, claim["content"]) for claim in (one, other))
    return len(letters & others) / len(letters | others) if letters | others else 0.0


def _letters(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end) if text[place].isalnum()}


def _named(gold: dict, row: dict, found: dict) -> bool | None:
    """Whether a row has the right source by name; None where gold does not tell it."""
    names = _names(gold, row)
    said, words = found.get("source_name") or "", _text(gold, found)
    if names is None:
        return None
    if not names:
        return not said and not words
    return any(same_name(name, said or ("" if "content" in row else words)) for name in names)  # of a claim, "he" is no name


def _names(gold: dict, row: dict) -> list[str] | None:
    """The names that a row's source goes by, none for nobody or the outlet; None where gold does not tell it."""
    source = gold.get("sources", {}).get(row.get("source_id"))
    if source:
        return [source["name"], *source["aliases"]]
    if row.get("source_name"):
        return [row["source_name"]]
    if row.get("source_id", 0) is None and "source_name" in row:
        return []
    if "source" in row and "content" not in row:
        return [_text(gold, row)] if row["source"] else []
    return None


def _text(gold: dict, row: dict) -> str:
    return BETWEEN_PIECES.join(gold["text"][start:end] for start, end in row.get("source") or [])


def same_name(gold: str, said: str) -> bool:
    """Whether two names share half of the words of the shorter one."""
    names, others = _words(gold), _words(said)
    return bool(names and others) and len(names & others) >= SHARED * min(len(names), len(others))


def _same_figure(gold: dict, found: dict) -> float:
    """1 for the same figure in the same place, a half where the places only touch or are not told, 0 for another."""
    return _same_place(gold, found) if _same_value(gold, found) else 0.0


def _same_place(gold: dict, found: dict) -> float:
    one, other = gold.get("span"), found.get("span")
    if one and other and (one[0] >= other[1] or other[0] >= one[1]):
        return 0.0
    return 1.0 if one and other and list(one) == list(other) else 0.5


def _same_value(gold: dict, found: dict) -> bool:
    if "vague" in (gold.get("comparator"), found.get("comparator")):
        return gold.get("comparator") == found.get("comparator")
    ends = ("value",) if gold.get("value") is not None else ("low", "high")
    return all(_near(gold.get(end), found.get(end)) for end in ends)


def _near(gold: float | None, found: float | None) -> bool:
    """Whether two numbers are one; of fractions ("two-thirds") the first two digits count."""
    if gold is None or found is None:
        return gold is found
    return abs(gold - found) <= 1e-5 * max(1.0, abs(gold)) + (5e-3 if abs(gold) < 1 else 0.0)


def _comparator(figure: dict) -> str:
    comparator = figure.get("comparator") or "="
    return COMPARED.get(comparator, comparator)


def _counted(gold: dict, found: dict) -> bool | None:
    """Whether a word of what is counted, unit or noun, is found; where gold has none, none is asked for."""
    wanted = _things(gold)
    return bool(wanted & _things(found)) if wanted else None


def _things(figure: dict) -> set[str]:
    counted = figure.get("counted") or ""
    text = counted if isinstance(counted, str) else " ".join(counted)
    return set(map(_singular, _words(f"{text} {figure.get('unit') or ''}")))


def _measured(gold: dict, found: dict) -> bool | None:
    """Whether the plain name of what is measured shares a word with gold's."""
    wanted = set(map(_singular, _words(gold.get("measure"))))
    return bool(wanted & set(map(_singular, _words(found.get("measure"))))) if wanted else None


def _words(text: str | None) -> set[str]:
    plain = NO_WORD.sub(" ", unicodedata.normalize("NFKC", text or "")).lower()
    return set(plain.split()) - LEFT_OUT


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
