"""Compile the hand-labelled articles of tests/gold/*.txt to gold in the extract format.

    python -m tests.markup        writes each tests/gold/NAME.jsonl from NAME.txt

An article opens with a line `=== ID`; below it stands its text with the labels in brackets, `[1s ...]` for the source
of claim 1, `[1c ...]` for its cue and `[1q ...]` for its content; `[1q2q ...]` labels the same words for two claims
and a label may come again for another piece. After a line `---` come remarks on the claims, one claim a line, parts
apart by commas: a stance (else "says"), "negated", "under N" (its parent, where the cue does not show it by standing
in N's content), "is NAME" (who the source is), "direct", "indirect" or "mixed" (where the quotation marks mislead).
"""

import json
import re
from pathlib import Path

from analysis.evaluate.overlap import Words, kind_of

GOLD = Path(__file__).with_name("gold")
TOKEN = re.compile(r"\[((?:\d+[scq])+) |\[|\]")
LABEL = re.compile(r"(\d+)([scq])")
ROLES = {"s": "source", "c": "cue", "q": "content"}
STANCES = ("says", "denies", "admits", "accuses", "warns", "promises", "demands", "believes", "expects")
KINDS = ("direct", "indirect", "mixed")


def compile_markup(markup: str) -> list[dict]:
    """Return the gold rows of a markup file. Raises ValueError naming the article for labels that do not fit."""
    articles = re.split(r"(?m)^=== *(.+)\n", markup)[1:]
    return [_article(name.strip(), body) for name, body in zip(articles[::2], articles[1::2], strict=True)]


def _article(name: str, body: str) -> dict:
    labelled, _, remarks = body.partition("\n---\n")
    text, claims = _labels(name, labelled.strip("\n"))
    for claim in claims.values():
        claim["parent"] = _parent(claim, claims)
    for line in filter(None, remarks.split("\n")):
        number, _, rest = line.partition(":")
        if number not in claims:
            raise ValueError(f"{name}: the remark {line!r} is about no claim of the text; correct its number.")
        for remark in rest.split(","):
            _remark(name, claims[number], remark.strip(), claims)
    words = Words(text)
    for claim in claims.values():
        claim["kind"] = claim.get("kind") or kind_of(words, claim["content"])
    ordered = sorted(claims.values(), key=lambda claim: int(claim["id"][1:]))
    return {"id": name, "text": text, "claims": ordered}


def _labels(name: str, labelled: str) -> tuple[str, dict]:
    text, place, open_labels, claims = "", 0, [], {}
    for token in TOKEN.finditer(labelled):
        text += labelled[place:token.start()]
        place = token.end()
        if token[1]:
            open_labels.append((len(text), token[1]))
        elif token[0] == "[":
            open_labels.append((None, ""))
            text += "["
        elif not open_labels:
            raise ValueError(f"{name}: a ] too many after {text[-40:]!r}; take it away.")
        else:
            start, labels = open_labels.pop()
            text += "]" if start is None else ""
            for number, role in LABEL.findall(labels):
                _claim(claims, number)[ROLES[role]].append([start, len(text)])
    text += labelled[place:]
    if open_labels:
        raise ValueError(f"{name}: a [ is not closed; close it.")
    for claim in claims.values():
        for role in ROLES.values():
            claim[role].sort()
        if not claim["content"]:
            raise ValueError(f"{name}: claim {claim['id']} has no content; label it.")
    return text, claims


def _claim(claims: dict, number: str) -> dict:
    empty = {"id": f"c{number}", "source": [], "cue": [], "content": [], "stance": "says", "negated": False}
    return claims.setdefault(number, empty | {"parent": None, "source_name": None})


def _parent(claim: dict, claims: dict) -> str | None:
    """The claim with the shortest content around this one's cue."""
    around = [
        other for other in claims.values()
        if other is not claim and claim["cue"] and other["content"] != claim["content"]
        and _inside(claim["cue"], other["content"])
    ]
    return min(around, key=lambda other: sum(end - start for start, end in other["content"]))["id"] if around else None


def _inside(pieces: list, content: list) -> bool:
    return all(any(start <= piece[0] and piece[1] <= end for start, end in content) for piece in pieces)


def _remark(name: str, claim: dict, remark: str, claims: dict) -> None:
    word, _, rest = remark.partition(" ")
    if remark in STANCES:
        claim["stance"] = remark
    elif remark == "negated":
        claim["negated"] = True
    elif remark in KINDS:
        claim["kind"] = remark
    elif word == "under" and rest in claims:
        claim["parent"] = claims[rest]["id"]
    elif word == "is" and rest:
        claim["source_name"] = rest
    else:
        raise ValueError(f"{name}: {remark!r} of claim {claim['id']} is no remark; see the top of markup.py.")


def write_gold(folder: Path = GOLD) -> None:
    """Write each NAME.jsonl of the folder from its NAME.txt."""
    for path in sorted(folder.glob("claims.*.txt")):
        rows = compile_markup(path.read_text(encoding="utf-8"))
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        path.with_suffix(".jsonl").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write_gold()
