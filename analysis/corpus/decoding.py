"""Bytes into text, and which character set that took."""

import codecs
import re
from typing import NamedTuple

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LIKELY = ["cp1252", "mac_roman"]  # what English newspapers were written in before UTF-8
CLEAR = 0.1  # of the disorder that charset-normalizer measures, what a likely character set may show
SAMPLE = 100_000  # bytes that are looked at
LETTERS = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")  # a character in UTF-8 beyond ASCII
NO_TEXT_BYTES = bytes({*range(32)} - {*b"\t\n\f\r\v\x1b\x1c\x1d\x1e\x00"})


class Decoded(NamedTuple):
    """A text, and the character set it was decoded from, as Python names it."""

    text: str
    encoding: str


def decoded(data: bytes, declared: str | None = None) -> Decoded:
    """The text of some bytes, the first of these that fits: the byte order mark's character set, UTF-8, UTF-8 with a few
    damaged bytes (which become U+FFFD), UTF-16 without a mark, the one `declared`, or what charset-normalizer finds.

    Raises ValueError where the bytes are no text.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _marked(data, encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    return _wide(data) or _damaged(data) or _declared(data, declared) or _recognised(data, first)


def _marked(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, "utf-8" if encoding == "utf-8-sig" else encoding)


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: of every two bytes one is nothing, nearly always."""
    pairs = min(len(data), SAMPLE) // 2
    zeros = [data[start:2 * pairs:2].count(0) for start in (0, 1)]
    if pairs < 2 or max(zeros) < 0.7 * pairs or min(zeros) > 0.1 * pairs:
        return None
    encoding = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    return Decoded(data.decode(encoding, "replace"), encoding)


def _damaged(data: bytes) -> Decoded | None:
    """UTF-8 in which fewer bytes are wrong than characters beyond ASCII are right."""
    text = data.decode("utf-8", "replace")
    right = len(LETTERS.findall(data))
    return Decoded(text, "utf-8") if text.count("\ufffd") < right else None


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    try:
        return Decoded(data.decode(declared), codecs.lookup(declared).name) if declared else None
    except (LookupError, ValueError):  # no such character set, or another
        return None


def _recognised(data: bytes, first: int) -> Decoded:
    import charset_normalizer

    fault = ValueError(f"it is not text in a character set that On Record knows (byte {first} is {data[first]:#04x}); save it as UTF-8")
    sample = data[:SAMPLE] if first < SAMPLE else data[:SAMPLE // 2] + data[first:first + SAMPLE // 2]
    if sum(map(sample.count, NO_TEXT_BYTES)) > len(sample) / 100 or sample.count(0) > len(sample) / 100:
        raise fault
    likely = charset_normalizer.from_bytes(sample, cp_isolation=LIKELY).best()
    best = likely if likely and likely.chaos <= CLEAR else charset_normalizer.from_bytes(sample).best() or likely
    if best is None or best.encoding.startswith("utf_7"):
        raise fault
    return Decoded(data.decode(best.encoding, "replace"), codecs.lookup(best.encoding).name)
