"""The lines of a text, whatever ends them."""

import re
from collections.abc import Iterator

from analysis.corpus.article import Span

BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # what str.splitlines breaks at
LINE = re.compile(f"[^{BREAKS}]+")


def lines(text: str) -> Iterator[Span]:
    """The span of every line that is not blank, without the white space around it."""
    for match in LINE.finditer(text):
        line = match.group()
        if stripped := line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            yield start, start + len(stripped)
