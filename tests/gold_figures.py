"""The hand-marked gold of figures: compile tests/gold/figures.txt to records in the extract format, with offsets."""

import json
import re
from pathlib import Path

from analysis.types import Claim

MARKUP = Path(__file__).parent / "gold" / "figures.txt"
COMPILED = MARKUP.with_suffix(".jsonl")
TAG = re.compile(r"<(?P<close>/?)(?P<part>[sqc])(?P<claim>\d)(?:=(?P<same>\d))?(?::(?P<name>[^>]+))?>|\{(?P<words>[^|{}]*)\|(?P<value>\S+) (?P<comparator>\S+)\|(?P<unit>[^|]*)\|(?P<by>[\d-])\}")
PARTS = {"s": "source", "q": "cue", "c": "content"}


def read_gold() -> list[dict]:
    """One record a report: id, text, claims (source, cue, content as spans, parent) and figures (span, value, claim, ...)."""
    reports = re.split(r"^== (\S+)\n", MARKUP.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [_compile(name, text.strip()) for name, text in zip(reports[::2], reports[1::2])]


def _compile(name: str, marked: str) -> dict:
    text, position, claims, figures, open_at, same, names, inside = "", 0, {}, [], {}, {}, {}, []
    for tag in TAG.finditer(marked):
        text += marked[position : tag.start()]
        position = tag.end()
        if tag["part"] is None:
            figures.append(_figure(tag, len(text)))
            text += tag["words"]
            continue
        number, part = int(tag["claim"]), PARTS[tag["part"]]
        claim = claims.setdefault(number, {"id": number, "source": [], "cue": [], "content": [], "parent": None})
        if tag["same"]:
            same[number] = int(tag["same"])
        if tag["name"]:
            names[number] = tag["name"]
        if tag["close"]:
            claim[part].append([open_at.pop((number, part)), len(text)])
            if part == "content":
                inside.remove(number)
        else:
            open_at[number, part] = len(text)
            if inside and inside[-1] != number:
                claim["parent"] = inside[-1]
            if part == "content":
                inside.append(number)
    text += marked[position:]
    assert not open_at, (name, open_at)
    for figure in figures:
        first = _first(figure["claim"], same)
        figure["source"] = claims[first]["source"] if first else []
        if first in names:
            figure["source_name"] = names[first]
    return {"id": name, "text": text, "claims": [claims[number] for number in sorted(claims)], "figures": figures}


def _first(number: int | None, same: dict[int, int]) -> int | None:
    while number in same:
        number = same[number]
    return number


def _figure(tag: re.Match, start: int) -> dict:
    low, _, high = tag["value"].partition("..")
    return {
        "span": [start, start + len(tag["words"])],
        "value": None if high else float(low),
        "low": float(low) if high else None,
        "high": float(high) if high else None,
        "comparator": tag["comparator"],
        "unit": "" if tag["unit"] == "-" else tag["unit"],
        "claim": None if tag["by"] == "-" else int(tag["by"]),
    }


def as_claims(record: dict) -> list[Claim]:
    """The claims of a gold record as find_figures takes them; their index in the list is their number less one."""
    index = {claim["id"]: place for place, claim in enumerate(record["claims"])}
    return [
        Claim(*([tuple(span) for span in claim[part]] for part in ("source", "cue", "content")), "indirect", "says", False,
              index.get(claim["parent"]), "gold", 1.0)
        for claim in record["claims"]
    ]  # fmt: skip


def compiled() -> str:
    """The records as lines for `onrecord evaluate`, without their claims: only those that hold a number are marked."""
    rows = ({part: record[part] for part in ("id", "text", "figures")} for record in read_gold())
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    COMPILED.write_text(compiled(), encoding="utf-8")
