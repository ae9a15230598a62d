"""An article, and what is read of it, as typed rows: every step of the reading takes some of these and returns some of these.

Spans count Unicode code points of the article's raw text, half-open.
"""

import bisect
from dataclasses import dataclass, field
from typing import Protocol

Span = tuple[int, int]
STANCES = ("says", "denies", "admits", "accuses", "warns", "promises", "demands", "believes", "expects")
BETWEEN_PIECES = " … "  # where words that a row quotes are cut out of a longer stretch
SOURCE_KINDS = ("person", "state", "organisation", "outlet", "document", "unnamed")


@dataclass(frozen=True)
class Removal:
    """A stretch of page furniture left out: characters `start` to `end` of the raw text, and the rule that saw it."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class LeftOut:
    """A file of the corpus, or a part of it, that could not be read, and why."""

    path: str
    reason: str


class AsRead(Protocol):
    """How a text is read (see `Article`)."""

    removed: tuple[Removal, ...]
    reading: str
    places: tuple[tuple[int, int], ...]
    title: Span | None


@dataclass(frozen=True)
class Article:
    """One article. Every offset in On Record counts Unicode code points of `text`, half-open.

    `reading` is what is analysed: as long as `text`, with furniture, control characters and lone surrogates replaced one for
    one, and entities by their sign among blanks, so that an offset into it is an offset into `text`, but inside words that
    were repaired: for these `places` has (place in `reading`, place in `text`). That is found out when it is first asked for
    (`as_read`). `title` is where the headline stands in the text, `given_title` the headline that the corpus's metadata gives,
    `event` the name under which it puts the article with others about the same event, `line` its number in a file of several,
    by `unit`. `encoding` is the character set that the file was decoded from, `differing` what was told otherwise of the
    article and was not believed, `archive_url` where a copy is kept, `captured` when that was taken. What is not known is None.
    """

    article_id: str
    path: str
    sha256: str
    text: str
    as_read: AsRead = field(repr=False, compare=False)
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    duplicate_of: str | None = None
    given_title: str | None = None
    event: str | None = None
    line: int | None = None
    unit: str = "line"
    author: str | None = None
    encoding: str | None = None
    differing: str | None = None
    archive_url: str | None = None
    captured: str | None = None

    @property
    def removed(self) -> tuple[Removal, ...]:
        """The page furniture that is left out, in text order."""
        return self.as_read.removed

    @property
    def reading(self) -> str:
        """What is analysed."""
        return self.as_read.reading

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Places in `reading`, each with its place in `text`, where that is another."""
        return self.as_read.places

    @property
    def title(self) -> Span | None:
        """Where the headline stands in the text."""
        return self.as_read.title

    @property
    def place(self) -> str:
        """Where it stands, in words: its path, and the line."""
        return self.path if self.line is None else f"{self.path}, {self.unit} {self.line}"

    def left_out(self, reason: str) -> LeftOut:
        """This article as one that is left out."""
        return LeftOut(self.path, reason if self.line is None else f"{self.unit} {self.line}: {reason}")


@dataclass(eq=False)
class Attribution:
    """Who, by which words, what: spans of a text, with what found it and how sure that is (0 to 1).

    `inside` is the attribution it stands inside, where words say so ("citing"); else its place in the text tells, or, where
    that fails, `found_in`, the one whose content it was found in.
    """

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    confidence: float
    found_by: str = "tagger"
    inside: "Attribution | None" = None
    found_in: "Attribution | None" = None


@dataclass
class Claim:
    """One attribution: who (`source`), by which words (`cue`), what (`content`); spans of the article's raw text.

    `source` is empty where the text names none ("is expected to"). `parent` is the index, in the article's list of
    claims, of the claim this one stands inside. `found_by` says why the row is there, `confidence` (0 to 1) how
    sure it is. `basis` is how the source can know, or where it said it, where the text says so.
    """

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    kind: str
    stance: str
    negated: bool
    parent: int | None
    found_by: str
    confidence: float
    basis: list[Span] = field(default_factory=list)


@dataclass
class Number:
    """A number expression: `start` and `end` count characters of the text, half-open.

    `value` is None for a range, `low` and `high` are None for a single value. `form` tells how it is written:
    digits, words, vague, fraction, share ("one in five"), times ("doubled"), zero ("no casualties").
    `scaled` is whether a scale word ("million") or sign ("bn") belongs to it.
    """

    start: int
    end: int
    value: float | None
    low: float | None = None
    high: float | None = None
    form: str = "digits"
    scaled: bool = False


@dataclass(frozen=True)
class Unit:
    """A unit as the text gives it: its `kind`, its `name`, and the characters (`start`, `end`) of number and unit together."""

    kind: str
    name: str
    start: int
    end: int


@dataclass
class Amount:
    """A number on its way to be a figure; `start` and `end` take its unit in, `number_end` does not; `chance` is how
    likely it is one.

    `ends` are the two readings of a change ("from 31 to 38"); `earlier` is, of the first of them, the words that say so.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: float | None
    low: float | None
    high: float | None
    form: str
    scaled: bool
    kind: str = "count"
    unit: str = ""
    comparator: str = "="
    restates: int | None = None
    ends: tuple["Amount", ...] = ()
    earlier: str | None = None
    chance: float = 0.9


@dataclass
class Counted:
    """The singular noun a number counts (`unit`; "" for a measurement), the spans of the words that say what it is of, its measure.

    `people` says that people are counted.
    """

    unit: str = ""
    spans: list[Span] = field(default_factory=list)
    measure: str | None = None
    people: bool = False


@dataclass
class Figure:
    """One number about the world; `span` is its place in the article's raw text.

    `value` is None for a range, `low` and `high` are None for a single value; a change ("from 5% to 3%") is two figures,
    the first of them background. `unit` is the unit of measurement or the singular noun counted; `counted` holds the words
    that say more of what the number is of, and is empty where they would only repeat the unit. `claim` is the index, in the
    article's list of claims, of the innermost claim the number stands in, or of the one whose source goes on telling it; None is
    the outlet's own voice. `confidence` (0 to 1) is how sure the row is.
    """

    span: Span
    value: float | None
    low: float | None
    high: float | None
    comparator: str
    kind: str
    unit: str
    counted: str
    counted_spans: list[Span] = field(default_factory=list)
    measure: str | None = None
    part_of: int | None = None
    background: str | None = None
    claim: int | None = None
    confidence: float = 0.9


@dataclass(eq=False)
class Mention:
    """A noun phrase: tokens `start` to `end`, whose head is `head`; its words, read.

    `name` is empty for a phrase that names nobody ("the army chief"); `noun` is then its head noun and `role` all of
    its words. For a person `role` is what stands before the name. `owner` and `issuer` are head tokens of the noun
    phrases that the phrase hangs on ("Iran's ...", "a report by ..."). `common` is a lone noun, capital or not ("Police").
    `opening` is a phrase whose capital is that of a sentence ("Central bank").
    """

    start: int
    end: int
    head: int
    text: str
    kind: str = ""
    name: tuple[str, ...] = ()
    noun: str = ""
    role: tuple[str, ...] = ()
    gender: str = ""
    plural: bool = False
    definite: bool = False
    indefinite: bool = False
    country: str | None = None
    owner: int | None = None
    issuer: int | None = None
    acronym: str = ""
    common: bool = False
    opening: bool = False
    subject: bool = False
    in_headline: bool = False
    entity: object = field(default=None, repr=False)


@dataclass
class Asserter:
    """Who one claim's source is, within its article.

    `naming` is the nearest naming of the source in the text, a noun phrase and never a pronoun, as spans of the raw
    text; [] where there is none. `name` is its fullest name in the article, without its role; for unnamed ones the
    short noun phrase, and "" for a pronoun that could not be resolved, of which `description` then says so. `kind` is
    one of SOURCE_KINDS. `description` is a person's role, or what the text
    says of an unnamed source. Claims whose asserters share an `entity` have, in their
    article, the same source; `aliases` are the other names the article gives it ("Baqaei", "Tehran").
    """

    naming: list[Span]
    name: str
    kind: str
    description: str
    entity: int = 0
    aliases: tuple[str, ...] = ()


@dataclass
class Extraction:
    """What was found in one article. `asserters` is parallel to `claims`; None where a claim names no source.

    `sentences` are the spans of the article's sentences, in order, without the white space around them.
    """

    article: Article
    claims: list[Claim]
    figures: list[Figure]
    asserters: list[Asserter | None]
    sentences: list[Span]

    def put_in_text(self) -> None:
        """Turn spans of the article's `reading` into spans of its text, which are others inside words that were repaired."""
        places = dict(self.article.places)
        if not places:
            return
        for claim in self.claims:
            for part in ("source", "cue", "content", "basis"):
                setattr(claim, part, _moved(getattr(claim, part), places))
        for figure in self.figures:
            [figure.span], figure.counted_spans = _moved([figure.span], places), _moved(figure.counted_spans, places)
        for asserter in {id(each): each for each in self.asserters if each}.values():
            asserter.naming = _moved(asserter.naming, places)
        self.sentences = _moved(self.sentences, places)

    def claim_id(self, index: int | None) -> str | None:
        """The id of the claim at `index`, numbered from 1 in text order; None for None, the outlet's own voice."""
        return None if index is None else f"{self.article.article_id}.c{index + 1}"

    def figure_id(self, index: int | None) -> str | None:
        """The id of the figure at `index`, numbered from 1 in text order; None for None."""
        return None if index is None else f"{self.article.article_id}.f{index + 1}"

    def asserting(self, figure: Figure) -> int | None:
        """The index of the innermost claim around the figure that has a source; None in the outlet's own voice."""
        index = figure.claim
        while index is not None and self.asserters[index] is None:
            index = self.claims[index].parent
        return index

    def sentence(self, spans: list[Span]) -> Span:
        """From the start of the first sentence that holds the spans to the end of the last."""
        start, end = min(span[0] for span in spans), max(span[1] for span in spans)
        first = bisect.bisect_right(self.sentences, start, key=lambda sentence: sentence[0]) - 1
        last = bisect.bisect_left(self.sentences, end, key=lambda sentence: sentence[0]) - 1
        return min(start, self.sentences[first][0]), max(end, self.sentences[last][1])

    def naming(self, index: int | None) -> list[Span]:
        """Where the source of the claim at `index` is named: its nearest noun phrase, else its own words ("he")."""
        if index is None or self.asserters[index] is None:
            return []
        return self.asserters[index].naming or self.claims[index].source


def _moved(spans: list[Span], places: dict[int, int]) -> list[Span]:
    return [(places.get(start, start), places.get(end, end)) for start, end in spans]


@dataclass
class Source:
    """One source of a corpus. `source_id` is a readable slug; `aliases` are its other names, sorted."""

    source_id: str
    name: str
    kind: str
    aliases: list[str] = field(default_factory=list)
    description: str = ""


NOT_NAMED = "the outlet{} (not named)"
UNKNOWN_OUTLET = ("outlet-unknown", NOT_NAMED.format(""))  # source_id and name of the outlet that nobody names


@dataclass
class Register:
    """All sources, by source_id; and for each article the source_id of each claim (None: no source) and its outlet."""

    sources: list[Source]
    claims: dict[str, list[str | None]]
    outlets: dict[str, str]
