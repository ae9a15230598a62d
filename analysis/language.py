"""The one spaCy pipeline: load it, and parse an article in bounded memory, a headline in title case as its article would write it:
"Coast Guard Lowers Toll" is "coast guard lowers toll"."""

import re
from collections import Counter
from collections.abc import Container, Iterator
from functools import cache

import spacy
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc

from analysis import english
from analysis.corpus import Article
from analysis.words import WORD

UNREAD = ("ner", "senter")  # nearly half of the cost, and nobody reads them
LONGEST_BLOCK = 10_000  # characters parsed at once: parsing takes about 1 GB for 100,000
BATCH = 16  # blocks
BREAKS = ("\n", ". ", " ")  # where a block may end, best first
ENDLESS_WORD = re.compile(r"\S{500}")  # the tokenizer's time grows with the square of a word of quotation marks
OPENS_SENTENCE = re.compile(r"(?:^|[.!?:]|[“\"‘']|\n)\s*[“\"‘'(]*$")
SHORT = 3  # letters: words as short may be small in a title
MOSTLY = 0.8  # share of a title's other words that are capitalised
ENDINGS = (("", ""), ("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"),
           ("ing", ""), ("ing", "e"))


@Language.component("newline_ends_sentence")
def newline_ends_sentence(doc: Doc) -> Doc:
    """Begin a sentence after every run of newlines, and none at white space or right behind a number that begins one, before
    the parser decides the rest."""
    after_newline = False
    for token in doc:
        if token.is_space:
            after_newline = after_newline or "\n" in token.text
            token.is_sent_start = token.i == 0
        else:
            if after_newline:
                token.is_sent_start = True
            elif token.i and token.nbor(-1).is_sent_start and token.nbor(-1).like_num and token.is_alpha:
                token.is_sent_start = False
            after_newline = False
    return doc


@cache
def load() -> Language:
    """The pipeline: tok2vec, tagger, parser, attribute_ruler and lemmatizer. Takes about a second, once a process.

    Raises ValueError where no English model of the right version is installed.
    """
    nlp = spacy.load(english.folder(), exclude=list(UNREAD))
    nlp.add_pipe("newline_ends_sentence", before="parser")
    return nlp


def parse(article: Article) -> Doc:
    """The Doc of an article, made of its `reading`, a headline's capitals written as in running text.

    `token.idx` is an offset into the article's text. An article is parsed in no company, so that its Doc is the same in
    any; one of any length takes bounded memory beside its own Doc. About 10,000 words a second and core. What goes wrong
    is raised as it is.
    """
    docs = list(load().pipe(_blocks(as_written(article, _verbs())), batch_size=BATCH))
    return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False, exclude=["tensor"])


@cache
def irregular_forms() -> dict[str, dict[str, list[str]]]:
    """The irregular forms of English nouns and verbs that the lemmatizer has, with their base forms, by part of speech."""
    return load().get_pipe("lemmatizer").lookups.get_table("lemma_exc")


@cache
def _verbs() -> frozenset[str]:
    """The infinitives of English, and its irregular forms, as the lemmatizer knows them."""
    return frozenset(load().get_pipe("lemmatizer").lookups.get_table("lemma_index")["verb"]) | frozenset(irregular_forms()["verb"])


def _blocks(text: str) -> Iterator[str]:
    """`text` cut into pieces of at most LONGEST_BLOCK characters, between paragraphs where that is possible."""
    start = 0
    while True:  # an empty text is one empty block
        cut = _cut(text[start:start + LONGEST_BLOCK], whole=len(text) - start <= LONGEST_BLOCK)
        yield text[start:start + cut]
        start += cut
        if start >= len(text):
            return


def _cut(window: str, whole: bool) -> int:
    """How much of the window is one block; `whole` where the text ends with it."""
    if word := ENDLESS_WORD.search(window):
        return word.start() or word.end()
    if whole:
        return len(window)
    return next((window.rfind(mark) + len(mark) for mark in BREAKS if mark in window), len(window))


def as_written(article: Article, verbs: Container[str]) -> str:
    """`article.reading`, its headline's capitals kept only where they are those of names. No offset changes.

    A word of the headline is a name where the rest of the article writes it with a capital inside a sentence and never
    small, or with a capital beside the same neighbour; it is none where the rest writes it small, and where it is a
    function word or a verb that the rest does not hold (`verbs` are the infinitives of English and its irregular forms). In any other
    case it stays as it is.
    """
    text = article.reading
    if article.title is None or not _in_title_case(text[slice(*article.title)]):
        return text
    start, end = article.title
    below = text[end:]
    seen = Counter(match[0] for match in WORD.finditer(below) if not _opens_sentence(below, match.start()))
    words = list(WORD.finditer(text, start, end))
    written = list(text)
    for place, word in enumerate(words):
        beside = [words[place - 1][0] + " " + word[0]] * (place > 0) + [word[0] + " " + after[0]
                                                                        for after in words[place + 1 : place + 2]]
        small = word[0].lower()
        if len(small) == len(word[0]) and _is_small(word[0], beside, seen, below, verbs):
            written[word.start() : word.end()] = small
    return "".join(written)


def _in_title_case(title: str) -> bool:
    words = [word[0] for word in WORD.finditer(title) if len(word[0]) > SHORT]
    return len(words) > 1 and sum(word[0].isupper() for word in words) > MOSTLY * len(words)


def _opens_sentence(text: str, at: int) -> bool:
    return OPENS_SENTENCE.search(text, max(0, at - 4), at) is not None


def _is_small(word: str, beside: list[str], seen: Counter, below: str, verbs: Container[str]) -> bool:
    small = word.lower()
    if seen[small]:
        return not (seen[word] and any(pair in below for pair in beside))
    return not seen[word] and (small in STOP_WORDS or any(
        small.endswith(ending) and small.removesuffix(ending) + stem in verbs for ending, stem in ENDINGS))
