"""Read gold: rows in the extract format, checked line by line."""

import json
import math
from pathlib import Path

from analysis.corpus import article_from_text

SPANS = ("source", "cue", "content")


def read_gold(path: Path) -> list[dict]:
    """Return the rows of a gold file, JSON Lines in the extract format with the text; blank lines are passed over.

    A row has "id", "text" and "claims", "figures" or both, and may have "sources", the names that a `source_id` goes by, and
    "rejected", where only some of its rows were looked at (see `evaluate`).
    Raises ValueError naming file, line and mend for a line that is no such row or no article that can be read, an id that
    comes twice, a span outside of the text, or a parent that is no claim of the row.
    """
    rows, lines = [], {}
    for number, line in enumerate(Path(path).read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = _row(line.removeprefix(b"\xef\xbb\xbf"))
            if row["id"] in lines:
                raise ValueError(f"the id {row['id']!r} stands in line {lines[row['id']]} too; give each article its own")
        except ValueError as error:
            raise ValueError(f"{path}, line {number}: {error}.") from None
        rows.append(row)
        lines[row["id"]] = number
    return rows


def _row(line: bytes) -> dict:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON ({error}); write one object a line") from None
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in ("id", "text")):
        raise ValueError('not an article; write an object with "id" and "text", both text')
    article_from_text(row["id"], row["text"])
    for part in ("claims", "figures"):
        if part in row and not (isinstance(row[part], list) and all(isinstance(entry, dict) for entry in row[part])):
            raise ValueError(f'"{part}" is no list of objects; write [] where there are none')
    if "claims" not in row and "figures" not in row:
        raise ValueError('neither "claims" nor "figures"; give one of them')
    _check_sources(row)
    _check_claims(row)
    _check_figures(row)
    _check_rejected(row)
    return row


def _check_sources(row: dict) -> None:
    sources = row.get("sources", {})
    for name, source in sources.items() if isinstance(sources, dict) else [("", None)]:
        told = source if isinstance(source, dict) else {}
        names = [told.get("name"), *(told["aliases"] if isinstance(told.get("aliases"), list) else [None])]
        if not all(isinstance(each, str) for each in names):
            raise ValueError(f'source {name!r} has no name and aliases; write "sources" as {{"s1": {{"name": "...", "aliases": []}}}}')


def _check_claims(row: dict) -> None:
    parents = {}
    for place, claim in enumerate(row.get("claims", []), 1):
        name = claim.get("id")
        if not isinstance(name, str) or name in parents:
            raise ValueError(f"the id of claim {place} is {name!r}; give each claim a text of its own")
        parents[name] = claim.get("parent")
        for role in SPANS:
            _check_spans(claim.get(role), row["text"], f"{role} of claim {name}")
    for name in parents:
        _check_parents(name, parents)


def _check_parents(name: str, parents: dict) -> None:
    seen, around = {name}, parents[name]
    while around is not None:
        if not isinstance(around, str) or around not in parents:
            raise ValueError(f"claim {name} has the parent {around!r}, no claim of the article; correct its parent")
        if around in seen:
            raise ValueError(f"claim {name} stands inside itself; correct its parent")
        seen.add(around)
        around = parents[around]


def _check_figures(row: dict) -> None:
    for place, figure in enumerate(row.get("figures", []), 1):
        name = f"figure {figure.get('id', place)}"
        if figure.get("span") is not None:
            _check_spans([figure["span"]], row["text"], f"span of {name}")
        _check_spans(figure.get("source", []), row["text"], f"source of {name}")
        for key in ("value", "low", "high"):
            number = figure.get(key)
            if number is not None and (type(number) not in (int, float) or not -math.inf < number < math.inf):
                raise ValueError(f"{key} of {name} is {number!r}; write a number or null")


def _check_rejected(row: dict) -> None:
    if "rejected" not in row:
        return
    told = row["rejected"] if isinstance(row["rejected"], dict) else {}
    if "claims" not in row or "figures" not in row or not all(isinstance(told.get(part), list) for part in ("claims", "figures")):
        raise ValueError('"rejected" stands for no rows; write {"claims": [[[start, end], ...], ...], "figures": [[start, end], ...]}')
    for spans in (*told["claims"], told["figures"]):
        _check_spans(spans, row["text"], "a rejected row")


def _check_spans(spans, text: str, name: str) -> None:
    if not isinstance(spans, list):
        raise ValueError(f"{name} is no list of spans; write [[start, end], ...], or [] for none")
    for span in spans:
        whole = isinstance(span, list) and len(span) == 2 and all(type(end) is int for end in span)
        if not whole or not 0 <= span[0] < span[1] <= len(text):
            raise ValueError(f"{name} has {span!r}, no stretch of the text; write [start, end], start before end")
