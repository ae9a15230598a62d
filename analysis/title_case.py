"""A headline in title case, written as its article would write it: "Coast Guard Lowers Toll" is "coast guard lowers toll"."""

import re
from collections import Counter
from collections.abc import Container

from spacy.lang.en.stop_words import STOP_WORDS

from analysis.corpus import Article

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
OPENS_SENTENCE = re.compile(r"(?:^|[.!?:]|[“\"‘']|\n)\s*[“\"‘'(]*$")
SHORT = 3  # letters: words as short may be small in a title
MOSTLY = 0.8  # share of a title's other words that are capitalised
ENDINGS = (("", ""), ("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))


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
