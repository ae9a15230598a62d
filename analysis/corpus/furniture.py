"""Page furniture: what of a saved web page is not the article.

A rule, a row of words/furniture.toml, speaks of a whole line or not at all, and a line that might be the article's own
("Read more than ten books, she told the pupils.") stays. Only a wire's dateline is taken off the line it begins. What no
rule knows, and what runs on in a line, is left to a regression on the marks of a line or sentence and of those around it, whose
weights are made by analysis.training.furniture; its removals are logged as "learned".
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from analysis.corpus.line_marks import Marks
from analysis.corpus.pieces import pieces
from analysis.types import Removal, Span
from analysis.words.patterns import either_of, rows

BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # what str.splitlines breaks at
LINE = re.compile(f"[^{BREAKS}]+")
LONGEST = 250  # furniture is short; a longer line is somebody's sentence
LONGEST_HEADLINE = 120
REPEATED_STANDFIRST, LEARNED = "repeated standfirst", "learned"
WEIGHTS = Path(__file__).with_name("line_weights.json")


def lines(text: str) -> Iterator[Span]:
    """The span of every line that is not blank, without the white space around it."""
    for match in LINE.finditer(text):
        line = match.group()
        if stripped := line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            yield start, start + len(stripped)


def furniture(text: str) -> tuple[Removal, ...]:
    """What of `text` is page furniture, in text order, whole lines or sentences, without the white space around them."""
    spans = list(lines(text))
    found = [Removal(start, end, rule) for start, end in spans if (rule := rule_of(text[start:end]))]
    found += [Removal(start, start + match.end(), "dateline") for start, end in spans
              if (match := either_of("datelines").match(text[start:end])) and match.end() < end - start - 40]
    found += _boxes(text, [span for span in spans if all(span[0] != removal.start for removal in found)])
    standing = [span for span in spans if all(span[0] != removal.start for removal in found)]
    found += _repeated_standfirst(text, standing)
    taken = [(removal.start, removal.end) for removal in found]
    found += [Removal(start, end, LEARNED)
              for start, end in _learned(text, spans) if all(end <= first or last <= start for first, last in taken)]
    return tuple(sorted(found, key=lambda removal: removal.start))


def rule_of(line: str) -> str | None:
    """The first rule that the whole `line` fits, or None."""
    if len(line) > LONGEST:
        return None
    return next((row.name for row in rows("furniture") if row.pattern.fullmatch(line)), None)


def _boxes(text: str, spans: list[Span]) -> Iterator[Removal]:
    """The lines of a box of other stories, from its heading to its end: a line that says so, or the next long one."""
    box = None
    for start, end in spans:
        opens = either_of("boxes").fullmatch(text[start:end])
        box = opens.lastgroup if opens else box
        if not opens and (end - start > LONGEST_HEADLINE or box == "stories" and text[end - 1] in ".!?\"”"):
            box = None
        if box:
            yield Removal(start, end, "other stories")
        if box == "list" and text[start:end].lower() == "end of list":
            box = None


@cache
def _weights() -> dict:
    return json.loads(WEIGHTS.read_text(encoding="utf-8"))


def _learned(text: str, spans: list[Span]) -> list[Span]:
    """The lines and sentences that the regression takes for furniture; a tenth of a millisecond each."""
    weights, constant, bar = (_weights()[name] for name in ("weights", "constant", "bar"))
    cut = list(pieces(text, spans))
    seen = Marks(text, cut)
    return [(cut[at].start, cut[at].end) for at in seen.in_question()
            if constant + sum(weights.get(name, 0) * value for name, value in seen.of(at).items()) > bar]


def _repeated_standfirst(text: str, spans: list[Span]) -> list[Removal]:
    """A sentence on a line of its own near the top that a later, longer paragraph says again, word for word."""
    for start, end in spans[:3]:
        sentence = text[start:end]
        if end - start > LONGEST or len(sentence.split()) < 5 or sentence[-1] not in ".!?":
            continue
        again = re.compile(rf"(?:(?<=^)|(?<=[.!?”\"]\s)){re.escape(sentence)}(?=\s|$)")
        later = (text[a:b] for a, b in spans if a > end and b - a > end - start)
        if any(again.search(paragraph) for paragraph in later):
            return [Removal(start, end, REPEATED_STANDFIRST)]
    return []
