"""Which labelled articles are learned from and which are kept aside to judge on."""

import hashlib
import json
from pathlib import Path

OUT_OF = 5  # one article of so many is kept aside


def rows_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def split(data: Path) -> tuple[dict[str, list[dict]], dict[str, list[dict]]]:
    """Return the articles of each file of reading/ to learn from, and those kept aside: a fifth by a hash, articles about one event together."""
    events = _events(data)
    learned, aside = {}, {}
    for path in sorted((data / "reading").glob("*.jsonl")):
        style, rows = path.stem, rows_of(path)
        learned[style] = [row for row in rows if not is_aside(row["id"], events)]
        aside[style] = [row for row in rows if is_aside(row["id"], events)]
    return learned, aside


def is_aside(article_id: str, events: dict[str, str]) -> bool:
    name = article_id.split("/")[-1]
    day = name.split("_")[1] if name.count("_") > 1 else name  # PolNeAR's ids: outlet, day, headline
    event = events.get(name, day)
    return int(hashlib.sha256(event.encode()).hexdigest(), 16) % OUT_OF == 0


def _events(data: Path) -> dict[str, str]:
    """What the corpora themselves say of which articles are about one event."""
    found = {}
    for path in sorted((data / "corpora").glob("*/articles.jsonl")):
        for row in rows_of(path):
            if row.get("cluster"):
                found[str(row.get("id") or row.get("doc_id"))] = row["cluster"]
    return found
