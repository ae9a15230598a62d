"""Words with soft hyphens or broken letters inside them, read as they were meant, without a change of any offset but inside them.

A repaired word is shorter than what stands in the text; spaces behind it fill the rest, and `places` says where in the text
a place inside it stands. Entities, and broken signs at a word's edge, are read sign for sign (see reading.py).
"""

import re

SOFT_HYPHEN = "\xad"
MIXED = "ÂÃâÅÐÑÎÏ"  # what UTF-8 read as another character set is full of
BROKEN = re.compile(rf"[A-Za-z][{MIXED}][^\x00-\x7f]|{SOFT_HYPHEN}")
WORD = re.compile(r"\S+")
PIECE = re.compile(rf"{SOFT_HYPHEN}+|[^\x00-\x7f{SOFT_HYPHEN}]+")
LONGEST_WORD = 1_000  # characters


def repaired(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text, as long as before, with its broken words repaired; and the place in `text` of each place that moved."""
    if not BROKEN.search(text):
        return text, ()
    pieces, places, at = [], [], 0
    for word in WORD.finditer(text):
        if len(word[0]) > LONGEST_WORD or not BROKEN.search(word[0]):
            continue
        mended, moved = _mended(word[0])
        if mended != word[0]:
            pieces += [text[at:word.start()], mended.ljust(len(word[0]))]
            places += [(word.start() + new, word.start() + old) for new, old in moved if new != old]
            at = word.end()
    return "".join([*pieces, text[at:]]), tuple(places)


def _mended(word: str) -> tuple[str, list[tuple[int, int]]]:
    """A word as it was meant, and for each place in it, its end included, the place in the word as it stands."""
    mended, moved, at = "", [], 0
    for found in [*PIECE.finditer(word), None]:
        until = found.start() if found else len(word)
        moved += [(len(mended) + step, at + step) for step in range(until - at)]
        mended += word[at:until]
        if found:
            meant = _meant(found[0])
            moved += [(len(mended) + step, found.start() + step) for step in range(len(meant))]
            mended, at = mended + meant, found.end()
    return mended, [*moved, (len(mended), len(word))]


def _meant(piece: str) -> str:
    """Nothing for a soft hyphen, and what was meant by characters that a wrong character set made."""
    if piece.startswith(SOFT_HYPHEN):
        return ""
    if not any(sign in piece for sign in MIXED):
        return piece
    import ftfy

    meant = ftfy.fix_encoding(piece)
    return meant if len(meant) <= len(piece) else piece
