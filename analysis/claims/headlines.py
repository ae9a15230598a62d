"""Who says what a headline says: "Dam was unsafe - inspectors"."""

import re

from analysis.claims.attribution import Attribution
from analysis.claims.cues import load_cues

# A dash and one to three words end the line. Two words with capitals are the page's own name ("Dam fails - The Daily").
AFTER_DASH = re.compile(r"\s(?P<dash>[-–—]{1,2})\s(?P<source>(?:[\w’']+ ){0,2}[\w’']+)\s*$")
LONGEST = 150  # characters of a headline
SURE = 0.8


def headline_claims(text: str) -> list[Attribution]:
    """Return the claim of a text's first line, where words for people or documents stand after a dash at its end."""
    line = next((line for line in text.split("\n") if line.strip()), "")
    found = AFTER_DASH.search(line) if len(line) <= LONGEST else None
    words = found["source"].split() if found else []
    if not words or sum(word[:1].isupper() for word in words) > 1 or not _speak(words[-1].lower()):
        return []
    at = text.index(line)
    source, dash = ((at + found.start(name), at + found.end(name)) for name in ("source", "dash"))
    content = (at + len(line) - len(line.lstrip()), at + found.start())
    return [Attribution([source], [dash], [content], SURE, "rule: headline")] if content[1] > content[0] else []


def _speak(word: str) -> bool:
    speakers = load_cues().speakers
    return word in speakers or word.removesuffix("s") in speakers or word.removesuffix("ies") + "y" in speakers
