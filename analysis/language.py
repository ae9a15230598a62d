"""The one spaCy pipeline: load it, and parse articles in bounded memory, a headline in title case as its article would write it:
"Coast Guard Lowers Toll" is "coast guard lowers toll"."""

import itertools
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import cache

import spacy
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

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
ENDINGS = (("", ""), ("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))


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


def parse(articles: Iterable[Article]) -> Iterator[Doc | Exception]:
    """One Doc for each article, in order, made of its `reading`, a headline's capitals written as in running text.

    `token.idx` is an offset into the article's text. Where an article cannot be parsed, what was raised at it stands in
    the place of its Doc.

    About 10,000 words a second and core; an article of any length takes bounded memory beside its own Doc.
    """
    verbs = _verbs()
    numbered = ((block, number) for number, article in enumerate(articles) for block in _blocks_of(article, verbs))
    parsed = (
        (doc, number)
        for batch in minibatch(numbered, BATCH)
        for doc, (_, number) in zip(_parsed([block for block, _ in batch]), batch)
    )
    for _, group in itertools.groupby(parsed, key=lambda pair: pair[1]):
        yield _one_doc([doc for doc, _ in group])


def _blocks_of(article: Article, verbs: frozenset[str]) -> list[str | Exception]:
    """The blocks of an article, or what was raised at it."""
    try:
        return list(_blocks(as_written(article, verbs)))
    except Exception as error:
        return [error]


def _parsed(blocks: list[str | Exception]) -> list[Doc | Exception]:
    """The Doc of each block; where one of them cannot be parsed, each is parsed by itself, so that none loses another."""
    try:
        return list(load().pipe(blocks, batch_size=BATCH))
    except Exception:
        return [_attempted(block) for block in blocks]


def _attempted(block: str | Exception) -> Doc | Exception:
    if isinstance(block, Exception):
        return block
    try:
        return next(load().pipe([block]))
    except Exception as error:
        return error


def _one_doc(blocks: list[Doc | Exception]) -> Doc | Exception:
    """The blocks of one article put together; the first thing that was raised at one, where something was."""
    raised = next((block for block in blocks if isinstance(block, Exception)), None)
    if raised is not None or len(blocks) == 1:
        return raised or blocks[0]
    try:
        return Doc.from_docs(blocks, ensure_whitespace=False, exclude=["tensor"])
    except Exception as error:
        return error


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
        beside = [words[place - 1][0] + " " + word[0]] * (place > 0) + [word[0] + " " + after[0] for after in words[place + 1 : place + 2]]
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
