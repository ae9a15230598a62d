"""Mentions: the noun phrases of an article that can be a source."""

import numpy
from spacy.attrs import DEP, HEAD, POS, SENT_START, TAG
from spacy.tokens import Doc

from analysis.corpus import Span
from analysis.sources.lexicon import Lexicon, load_lexicon
from analysis.sources.phrases import ACRONYM, EDGES, is_title, read_words, singular_of
from analysis.types import Mention
from analysis.words import MONTHS, PLURAL_NOUNS, SHORT_MONTHS, WEEKDAYS, of_kind

NOMINAL = ("NOUN", "PROPN")
INSIDE = ("compound", "nmod", "case")
LONGEST_PHRASE = 16
INDEFINITE = frozenset(of_kind("pronouns", "indefinite"))
DEFINITE = frozenset(of_kind("pronouns", "definite", "possessive"))
CLAUSES = frozenset("relcl ccomp parataxis advcl csubj".split())
BREAKS = frozenset("“ ” \" '' `` — – -- : ; |".split())
CALENDAR = frozenset((*WEEKDAYS, *MONTHS, *(f"{month}." for month in SHORT_MONTHS), *(day[:3] for day in WEEKDAYS)))


class Reading:
    """A parsed article as plain lists, and its mentions in text order; `by_token` finds one by any token in it.

    `headline` is where the article's headline stands, if it has one.
    """

    def __init__(self, doc: Doc, headline: Span | None = None, lexicon: Lexicon | None = None):
        self.doc, self.headline = doc, headline or (0, 0)
        self.lexicon = lexicon or load_lexicon()
        self.words = [token.text for token in doc]
        table = doc.to_array([HEAD, DEP, POS, TAG, SENT_START])
        strings = doc.vocab.strings
        labels = {int(key): strings[int(key)] if key else "" for key in numpy.unique(table[:, 1:4])}
        self.heads = (table[:, 0].astype(numpy.int64) + numpy.arange(len(doc))).tolist()
        self.deps, self.tags, self.fine = ([labels[key] for key in column.tolist()] for column in table[:, 1:4].T)
        # The tagger takes "Sanders" for a common noun now and then, but hardly everywhere.
        self.proper = {word for word, tag in zip(self.words, self.tags) if tag == "PROPN" and word[:1].isupper()}
        self.sentences = numpy.cumsum(table[:, 4].astype(numpy.int64) == 1).tolist()
        self.paragraphs = numpy.cumsum(["\n" in word for word in self.words]).tolist()
        self.left, self.right = _edges(self.heads)
        self.by_token: dict[int, Mention] = {}
        self.mentions = list(self._find())

    def span(self, mention: Mention) -> Span:
        last = self.doc[mention.end - 1]
        return self.doc[mention.start].idx, last.idx + len(last)

    def text(self, start: int, end: int) -> str:
        return " ".join(self.doc[start:end].text.split())

    def tokens_of(self, span: Span) -> range:
        """The tokens a character span touches, without spaces at its ends."""
        found = self.doc.char_span(*span, alignment_mode="expand")
        if found is None:
            return range(0)
        start, end = found.start, found.end
        while start < end and not self.words[start].strip(EDGES + " \n\t"):
            start += 1
        while start < end and not self.words[end - 1].strip(EDGES + " \n\t"):
            end -= 1
        return range(start, end)

    def _find(self):
        for at, tag in enumerate(self.tags):
            if tag in NOMINAL and at not in self.by_token and self._can_speak(at) and not self._inside(at):
                yield self.mention_at(at)

    def _can_speak(self, at: int) -> bool:
        """Is it worth reading: a name, or a noun for a person, a body, an outlet, a document?"""
        word = self.words[at]
        if word in self.proper:
            return word not in CALENDAR
        word = word.lower()
        return word in self.lexicon.speaking or singular_of(word) in self.lexicon.speaking

    def _inside(self, at: int) -> bool:
        """Is this noun a part of the noun phrase of a noun to its right?"""
        head = self.heads[at]
        return self.deps[at] in INSIDE and at < head and self.tags[head] in NOMINAL

    def mention_at(self, at: int) -> Mention:
        """The mention that token `at` stands in, made where there is none yet."""
        while self._inside(at) or (self.deps[at] in ("det", "nummod", "amod") and self.heads[at] > at):
            at = self.heads[at]
        if at not in self.by_token:
            mention = self._make(at)
            for token in range(max(mention.start, at - 2) if mention.owner is None else at, mention.end):
                self.by_token.setdefault(token, mention)
            self.by_token[at] = mention
        return self.by_token[at]

    def _make(self, head: int) -> Mention:
        start, end = self._start(head), self._end(head)
        while end - start > 2 and self.words[end - 1] in self.lexicon.after_names:
            end -= 1
        mention = Mention(start, end, head, self.text(start, end))
        mention.in_headline = self.headline[0] <= self.doc[head].idx < self.headline[1]
        mention.subject = self.deps[head] in ("nsubj", "nsubjpass")
        first = self.words[start].lower()
        mention.definite = first in DEFINITE
        mention.indefinite = first in INDEFINITE
        mention.common = self.tags[head] == "NOUN" and (end - start == 1)
        mention.opening = self.tags[start] != "PROPN" and (not start or self.sentences[start - 1] < self.sentences[start])
        mention.plural = self.fine[head] in ("NNS", "NNPS") or self.words[head].lower() in PLURAL_NOUNS
        mention.owner = next((at for at in range(start, head) if self.deps[at] == "poss"), None)
        read_words(mention, self.lexicon)
        if mention.kind in ("organisation", "outlet") and (mention.name or not mention.in_headline):
            self._take_of(mention)
        if mention.kind in ("organisation", "outlet") and mention.name:
            mention.acronym = self._acronym(mention.end)
        if mention.kind == "document" or mention.role == ("figures",) and self.words[mention.end : mention.end + 1] in (["by"], ["from"]):
            mention.issuer = self._issuer(mention)
            mention.kind = "document" if mention.issuer is not None else mention.kind  # "figures | from the ministry"
        return mention

    def _start(self, head: int) -> int:
        start = max(self.left[head], head - LONGEST_PHRASE)
        for at in range(head - 1, start - 1, -1):
            if "\n" in self.words[at] or self.words[at] in BREAKS or self.deps[at] in CLAUSES:
                start = at + 1
                break
        while start < head and (
            self.tags[start] in ("PUNCT", "SPACE", "CCONJ", "SCONJ", "ADP", "INTJ", "VERB", "AUX", "SYM", "PART")
            or (self.tags[start] == "ADV" and self.deps[start] in ("advmod", "cc", "preconj"))
        ):
            start += 1
        return start

    def _end(self, head: int) -> int:
        """After the head, or after a name that the parser hung on it ("spokesman | Ivo Brandt")."""
        end = head + 1
        while (
            end < len(self.words)
            and self.tags[end] == "PROPN"
            and self.words[end][:1].isupper()
            and self.left[head] <= end <= self.right[head]
            and self.words[head].lower() not in self.lexicon.documents
        ):
            end += 1
        while end + 1 < len(self.words) and self.words[end] == "&" and self.words[end + 1] in self.proper:
            end += 2
        return end

    def _take_of(self, mention: Mention) -> None:
        """Lengthen a body's name: "Ministry | of Ports", "Observatory | for Human Rights", "chamber | of commerce"."""
        at, last = mention.end, self.words[mention.end - 1]
        if at + 1 >= len(self.words) or self.words[at].lower() not in ("of", "for", "on"):
            return
        station = mention.name and set(mention.role) & self.lexicon.outlets  # "The rebel station Voice | of the North"
        if not (last.lower() in self.lexicon.organisations or station) or bool(mention.name) != last[:1].isupper():
            return
        first = at + 2 if self.words[at + 1].lower() == "the" else at + 1
        end = self._capitals(first)
        joined = first < end < len(self.words) - 1 and self.words[end] == "and" and self.heads[end] >= at
        if joined and not is_title(self.words[end + 1], self.lexicon):
            end = max(end, self._capitals(end + 1))
        if (
            end == first and last.lower() in self.lexicon.of_what and self.words[at] == "of"
        ):  # "chamber of commerce", "ministry of the interior"
            end += self.tags[first] in NOMINAL
        adjective = end < len(self.words) and self.tags[end] == "NOUN"  # "committee of the Iranian | parliament"
        if end > first and not (adjective and self.words[end].islower()):
            mention.name += tuple(self.text(at, end).split()) if mention.name else ()
            mention.end = end
            mention.text = self.text(mention.start, end)

    def _capitals(self, at: int) -> int:
        """Where the capitalised words from token `at` on end."""
        while (
            at < len(self.words)
            and self.words[at][:1].isupper()
            and self.words[at] not in CALENDAR
            and self.tags[at] in ("PROPN", "NOUN", "ADJ")
        ):
            at += 1
        return at

    def _acronym(self, at: int) -> str:
        if at + 2 < len(self.words) and self.words[at] == "(" and self.words[at + 2] == ")":
            if ACRONYM.fullmatch(self.words[at + 1]):
                return self.words[at + 1]
        return ""

    def _issuer(self, mention: Mention) -> int | None:
        if mention.owner is not None and self.words[mention.owner] not in CALENDAR:
            return mention.owner
        for at in range(mention.end, min(self.right[mention.head] + 1, mention.end + 12)):
            if self.deps[at] == "pobj" and self.words[self.heads[at]].lower() in self.lexicon.issued:
                if self._hangs_on(self.heads[at], mention.head):
                    return at
        return None

    def _hangs_on(self, at: int, head: int) -> bool:
        # "a report published on Monday by the ministry": the preposition may hang on a participle.
        over = self.heads[at]
        return over == head or (self.heads[over] == head and self.deps[over] in ("acl", "relcl"))


def _edges(heads: list[int]) -> tuple[list[int], list[int]]:
    """Left and right edge of every token's subtree."""
    left, right = list(range(len(heads))), list(range(len(heads)))
    for at in range(len(heads)):
        node, steps = heads[at], 0
        while steps < 40:
            changed = left[node] > at or right[node] < at
            left[node], right[node] = min(left[node], at), max(right[node], at)
            if heads[node] == node or not changed:
                break
            node, steps = heads[node], steps + 1
    return left, right
