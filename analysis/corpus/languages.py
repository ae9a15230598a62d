"""Is an article in English? Other languages are recognised by name, so that what is left out can be counted by language."""

import re
from functools import cache

from analysis.words import lists

SAMPLE = 4_000  # characters that are looked at
SHORTEST = 60  # letters: fewer are not enough to tell
ENOUGH = 0.2  # of the words of an English text, at least so many are among the commonest
SURE = 0.99
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
UNTOLD = {"la"}  # placeholder text ("lorem ipsum") is no newspaper in Latin


def other_language(text: str, stated: str | None = None, by_page: bool = False) -> str | None:
    """The language of a text that is not English, in words; None where it is English, or where that cannot be told.

    `stated` is the language that the corpus, or the page itself (`by_page`), gives. A text of plainly English words is
    English whatever is stated; else a corpus is taken at its word, a page only where the text leaves it open.
    Most English texts cost a fifth of a millisecond; the model for the others takes a second to load, once a process.
    """
    sample = text[:SAMPLE]
    words = WORD.findall(sample.lower())
    if not words or sum(map(_commonest().__contains__, words)) >= ENOUGH * len(words):
        return None
    code = primary(stated)
    if code and not by_page:
        return None if code == "en" or _recognised(sample, words, likely=True) == "en" else name_of(code)
    told = _recognised(sample, words, likely=_is_foreign_script(words)) or code
    return None if told in (None, "en") else name_of(told)


def _is_foreign_script(words: list[str]) -> bool:
    """Whether most words have letters that no English word has, as Russian ones do."""
    return sum(max(word) >= "\u0250" for word in words) > len(words) / 2


def primary(language: str | None) -> str | None:
    """The two letters for a language that a corpus gives as "en-GB", "eng", "English" or "ENGLISH"; None where it is unknown."""
    word = re.split(r"[-_;,( ]", (language or "").strip().lower(), maxsplit=1)[0]
    return word if word in names() else _codes().get(word)


def name_of(code: str) -> str:
    """The English name of a language."""
    return names().get(code, code)


@cache
def names() -> dict[str, str]:
    """Two letters to the language's English name."""
    return lists("languages")["names"]


@cache
def _codes() -> dict[str, str]:
    return {**{name.lower(): code for code, name in names().items()}, **lists("languages")["other_words"]}


@cache
def _commonest() -> frozenset[str]:
    return frozenset(lists("languages")["commonest_english"])


def _recognised(sample: str, words: list[str], likely: bool = False) -> str | None:
    """The language that the model is sure of, or finds most `likely`; None where the text is too short to tell."""
    if sum(map(len, words)) < SHORTEST and not _is_foreign_script(words):
        return None
    code, sure = _model().classify(sample.encode("utf-8", "replace").decode("utf-8"))
    return str(code) if (likely or sure >= SURE) and code not in UNTOLD else None


@cache
def _model():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
