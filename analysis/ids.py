"""Ids made of names."""

import hashlib
import re
import unicodedata

LONGEST = 60  # characters


def slug(text: str) -> str:
    """Lower-case ASCII letters, digits and hyphens, at most 60; a hash stands for a text that has none of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
    return short or "source-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def untaken(name: str, taken: set[str]) -> tuple[str, int]:
    """A name that is not `taken`, and is from now on: itself, or with the first number from 2 on behind it; and that number, 1 for itself."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free, number
