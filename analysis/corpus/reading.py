"""From the text of an article to what is analysed of it, character for character."""

import hashlib
import html
import re
from functools import cached_property

from analysis.corpus.found import FACTS
from analysis.corpus.furniture import BREAKS, furniture, lines
from analysis.corpus.repair import repaired
from analysis.types import Article, Removal, Span

LONGEST_ID = 1_000  # characters: it is repeated in every row of its article
LONGEST_ARTICLE = 5_000_000  # characters: some ten novels; more is not an article
REPLACED = str.maketrans({
    **{chr(code): " " for code in [*range(32), *range(127, 160)]},  # control characters
    **{chr(code): bytes([code]).decode("cp1252") for code in (0x80, *range(0x91, 0x98))},  # but marks of Windows
    **{chr(code): " " for code in [0xA0, 0x1680, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x3000, 0xFEFF]},  # other spaces
    **{chr(code): "�" for code in range(0xD800, 0xE000)},  # half a character, which no file can hold
    **{character: "\n" for character in BREAKS},
})
# What neither an id nor a file's name may hold: control characters, ends of lines, and halves of characters.
UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# Characters of UTF-8 that were read as another code ("â€œ" is “), each with what it was.
BROKEN = {"".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in sign.encode()): sign
          for sign in "“”‘’–—…£€\u00a0"}
WRITTEN = re.compile(rf"&(?:#\d{{2,6}}|#[xX][0-9a-fA-F]{{2,5}}|[A-Za-z]{{2,8}});|{'|'.join(map(re.escape, BROKEN))}")
ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’)\]]*$")


def article_from_text(article_id: str, text: str, *, path: str = "", sha256: str | None = None, title: str | None = None,
                      outlet: str | None = None, published: str | None = None, url: str | None = None,
                      language: str | None = None, event: str | None = None, line: int | None = None, unit: str = "line",
                      author: str | None = None, encoding: str | None = None, differing: str | None = None,
                      archive_url: str | None = None, captured: str | None = None) -> Article:
    """An article made of its text and what is known about it.

    `sha256` is that of the file's bytes; without one, that of the text in UTF-8. What is known is kept in one line, and
    what no file can hold of it becomes U+FFFD. Raises ValueError where the text is longer than LONGEST_ARTICLE characters,
    or where the id is no text that can be written in a line.
    """
    if len(article_id) > LONGEST_ID:
        raise ValueError(f"its id of {len(article_id):,} characters is longer than an id can be ({LONGEST_ID:,})")
    if UNWRITABLE.search(article_id):
        raise ValueError(f"its id {article_id!r} holds a control character or half a character; give it another")
    if len(text) > LONGEST_ARTICLE:
        raise ValueError(f"its text of {len(text):,} characters is longer than an article can be ({LONGEST_ARTICLE:,})")
    given_title = _in_line(title)
    return Article(
        article_id=article_id, path=path, sha256=sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text=text, as_read=AsRead(text, given_title),
        outlet=_in_line(outlet), published=_in_line(published), url=_in_line(url), language=_in_line(language),
        given_title=given_title, event=_in_line(event), line=line, unit=unit,
        author=_in_line(author), encoding=encoding, differing=_in_line(differing),
        archive_url=_in_line(archive_url), captured=_in_line(captured),
    )


class AsRead:
    """How a text is read, found out when it is first asked for; what is left out of it may be told instead, as it costs most (some milliseconds)."""

    def __init__(self, text: str, given_title: str | None) -> None:
        self._text, self._given_title = text, given_title

    @cached_property
    def removed(self) -> tuple[Removal, ...]:
        """The page furniture that is left out."""
        return furniture(self._text)

    @cached_property
    def reading(self) -> str:
        """What is analysed, as long as the text."""
        return _reading(self._repaired[0], self.removed)

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Places in `reading`, each with its place in the text, where that is another."""
        return self._repaired[1]

    @cached_property
    def title(self) -> Span | None:
        """Where the headline stands."""
        return _headline(self._text, self.removed, self._given_title)

    @cached_property
    def _repaired(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        return repaired(self._text)


def to_json(article: Article) -> dict:
    """One line of `onrecord read`; `removed` holds [start, end, rule] of the text."""
    at = article.title
    return {
        "id": article.article_id, "path": article.path, "text": article.text,
        "title": article.given_title or (article.text[at[0]:at[1]] if at else None),
        **{name: getattr(article, name) for name in FACTS if name != "title"}, "encoding": article.encoding,
        "removed": [[removal.start, removal.end, removal.rule] for removal in article.removed], "differing": article.differing,
    }


def _in_line(known: str | None) -> str | None:
    """What is known, on one line and without characters that cannot be shown; None where nothing is left."""
    return (known or "").translate(REPLACED).replace("\n", " ").strip() or None


def _reading(text: str, removed: tuple[Removal, ...]) -> str:
    """`text` with the same length, made plain: paragraphs end in newlines, and furniture is an end of paragraph."""
    reading = list(WRITTEN.sub(_signs, text.replace("\r\n", " \n")).translate(REPLACED))
    for place in _soft_breaks(text):
        reading[place] = " "
    for removal in removed:
        reading[removal.start:removal.end] = " " * (removal.end - removal.start)
        reading[removal.start] = reading[removal.end - 1] = "\n"
    return "".join(reading)


def _signs(found: re.Match) -> str:
    """The sign that an entity ("&pound;") or a broken character stands for, with blanks on the side where it stands apart."""
    written = found[0]
    sign = BROKEN.get(written) or html.unescape(written)
    if len(sign) != 1 or not sign.isprintable() and sign != "\u00a0":
        return written
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    closes = sign in "”’»\"'" and bool(before.strip()) and not (sign != "\"" and after.isalnum())
    return sign.ljust(len(written)) if closes else sign.rjust(len(written))


def _soft_breaks(text: str) -> list[int]:
    """Where the lines of a hard-wrapped text break in mid-paragraph; nothing for texts with a paragraph a line.

    A break is soft where the line before it ends no sentence, or where the next word would not have fitted on it.
    """
    spans = list(lines(text))
    width = max((end - start for start, end in spans), default=0)
    unfinished = sum(not ENDS_SENTENCE.search(text[max(start, end - 5):end]) for start, end in spans)
    if len(spans) < 4 or width > 100 or unfinished < 0.6 * len(spans):
        return []
    breaks = []
    for (start, end), (following, following_end) in zip(spans, spans[1:]):
        gap = text[end:following]
        first_word = text[following:following_end].split(maxsplit=1)[0]
        fits = end - start + 1 + len(first_word) <= width
        if gap.strip(" ") in ("\n", "\r\n") and not (fits and ENDS_SENTENCE.search(text[max(start, end - 5):end])):
            breaks += [place for place in range(end, following) if text[place] == "\n"]
    return breaks


def _headline(text: str, removed: tuple[Removal, ...], given: str | None) -> Span | None:
    """The first line, where it is the given headline or looks like one: short, no full stop, and an article below."""
    left_out = {removal.start for removal in removed}
    spans = [span for span in lines(text) if span[0] not in left_out]
    if len(spans) < 2:
        return None
    (start, end), (following, following_end) = spans[:2]
    line = text[start:end]
    if given and given == _in_line(line):
        return start, end
    if not 2 <= len(line.split()) <= 30 or end - start > 200 or line.lower().startswith("by "):
        return None
    if re.search(r"(?<!\b[A-Z])[.,;:–—-][\"'”’)\]]*$", line):
        return None
    blank_line_below = len(re.findall(r"\r\n|[\n\r\u2028\u2029]", text[end:following])) > 1
    below = text[following:following_end]
    body_below = len(below) > end - start and not below[0].islower() and ENDS_SENTENCE.search(below[-5:])
    return (start, end) if blank_line_below or body_below else None
