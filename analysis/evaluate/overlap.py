"""Spans of a text as sets of words, so that quotation marks, punctuation and blanks at their ends never matter."""

import bisect
import re
from collections.abc import Iterable, Sequence

from analysis.words import words_of

WORD = re.compile(r"\w+(?:['’ʼ]\w+)*")
PARAGRAPH = re.compile(r"[^\n]+")
MARK = re.compile("''|``|[“”\"„‟«»‘’]")
LONGEST_SINGLE = 400  # characters; a longer stretch between single marks is two apostrophes
DETERMINERS = words_of("scoring", "determiners")
AFTER_HEAD = words_of("scoring", "after_head")
BREAK = re.compile("[,;:()“”\"—–]")


class Words:
    """The words of one text, by number; spans are pairs of characters, half-open."""

    def __init__(self, text: str):
        self.text = text
        self.spans = [word.span() for word in WORD.finditer(text)]
        self.starts = [start for start, _ in self.spans]
        self.quoted = self.of(quoted_regions(text))

    def of(self, spans: Iterable[Sequence[int]]) -> frozenset[int]:
        """Return the numbers of the words that the spans touch."""
        found = set()
        for start, end in spans:
            number = max(0, bisect.bisect_right(self.starts, start) - 1)
            while number < len(self.spans) and self.spans[number][0] < end:
                if self.spans[number][1] > start:
                    found.add(number)
                number += 1
        return frozenset(found)

    def word(self, number: int) -> str:
        """Return a word by its number, in lower case."""
        start, end = self.spans[number]
        return self.text[start:end].lower()

    def head(self, words: Iterable[int]) -> int | None:
        """Return the head word of a source: its last before a comma, a preposition or a relative clause."""
        numbers = sorted(words)
        head = None
        for number in numbers:
            if head is not None and self._ends_before(head, number):
                break
            head = number
        if head is not None and self.word(head) in DETERMINERS:
            return numbers[-1]
        return head

    def _ends_before(self, head: int, number: int) -> bool:
        between = self.text[self.spans[head][1]:self.spans[number][0]]
        after = self.word(number) in AFTER_HEAD and self.word(head) not in DETERMINERS
        return number != head + 1 or after or bool(BREAK.search(between))


def quoted_regions(text: str) -> list[tuple[int, int]]:
    """Return the stretches of `text` between quotation marks (“ ”, " ", '' '', « », ‘ ’), in order.

    A double mark left open runs to its paragraph's end. Straight single marks are apostrophes.
    """
    found = []
    for paragraph in PARAGRAPH.finditer(text):
        found += [(paragraph.start() + start, paragraph.start() + end) for start, end in _quoted(paragraph.group())]
    return sorted(found)


def _quoted(text: str) -> list[tuple[int, int]]:
    found, double, single = [], None, None
    for mark in MARK.finditer(text):
        start, end = mark.span()
        if mark.group() == "‘" and double is None:
            single = start if start == 0 or not text[start - 1].isalnum() else single
        elif mark.group() == "’" and double is None and single is not None:
            if _closes(text, end) and end - single < LONGEST_SINGLE:
                found += [(single, end)] if end - single > 3 else []
                single = None
        elif mark.group() in "‘’":
            continue
        elif double is None:
            double = start if mark.group() not in "”»" else None
        elif mark.group() not in ("“", "„", "‟", "«", "``"):
            found.append((double, end))
            double = None
    return found + ([(double, len(text))] if double is not None else [])


def _closes(text: str, end: int) -> bool:
    return end == len(text) or not text[end].isalnum()


def kind_of(words: Words, content: Iterable[Sequence[int]]) -> str:
    """Return direct (nine of ten content words or more between quotation marks), indirect (none) or mixed."""
    numbers = words.of(content)
    quoted = len(numbers & words.quoted)
    if quoted == 0 and numbers:
        return "indirect"
    return "direct" if quoted >= 0.9 * len(numbers) else "mixed"
