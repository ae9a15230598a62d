"""Quotation marks: which stretches of a text stand between them, whatever their style."""

import re

from analysis.corpus import Span

# One character for one, so that offsets stay: every double mark reads as ", every single one as '.
PLAIN = str.maketrans({
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "＂": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'",
})
DOUBLED = re.compile("''")
PARAGRAPH = re.compile(r"[^\n]+")
MARK = re.compile("[\"']")
LONGEST_SINGLE = 400  # characters; a longer stretch between single marks is two apostrophes


def plain(text: str) -> str:
    """Return `text` with straight quotation marks, character for character ('' and `` become a mark and a space)."""
    return DOUBLED.sub('" ', text.translate(PLAIN))


def quoted(text: str) -> list[Span]:
    """Return the stretches of `text` inside quotation marks, marks included, in order and apart from each other.

    A double mark left open runs to the end of its paragraph, as a quotation carried on in the next one does; an open
    single mark is an apostrophe. Cost: one pass.
    """
    straight = plain(text)
    found = []
    for paragraph in PARAGRAPH.finditer(straight):
        found += _quoted_in(paragraph.group(), text[paragraph.start():paragraph.end()], paragraph.start())
    return found


def _quoted_in(straight: str, original: str, offset: int) -> list[Span]:
    found, double, single = [], None, None
    for mark in MARK.finditer(straight):
        place = mark.start()
        if mark.group() == '"':
            if double is None and not (original[place] in "”»" and _closes(straight, place)):
                double, single = place, None
            elif double is not None and original[place] not in "“„«" and not _only_opens(straight, place):
                found.append((offset + double, offset + place + 1))
                double = None
        elif double is None:
            if single is not None and _closes(straight, place) and place - single > 3:
                if place - single < LONGEST_SINGLE:
                    found.append((offset + single, offset + place + 1))
                single = None
            elif _only_opens(straight, place) and original[place] in "'‘`‛":
                single = place
    if double is not None:
        found.append((offset + double, offset + len(straight)))
    return found


def _only_opens(text: str, place: int) -> bool:
    """Whether the mark stands before a word and after none: blank or bracket before it, a character after it."""
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    return (before.isspace() or before in "([—–-:") and not after.isspace() and after not in ",.;)"


def _closes(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    return not before.isspace() and not after.isalnum()
