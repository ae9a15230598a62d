"""Whether of two claims one denies the other: decided by the words that carry them, never by likeness.

The rules were chosen on the pairs of tests/invented/denials.csv (`python -m tests.denials`) and on 1,275 real articles.
"""

import json
import re
from functools import cache

from spacy.lang.en.stop_words import STOP_WORDS

from analysis.compare.propositions import ACTS, NEGATION
from analysis.compare.rows import Claim, SaidClaim
from analysis.language import irregular_forms
from analysis.sources.lexicon import load_lexicon
from analysis.words import LETTERS, words_of
from analysis.words.patterns import named

FEWEST = 2  # telling words: "any involvement" is said of anything
SAID, OF_WHAT_IS_SAID, IS_SAID = named("denying", "said", "of_what_is_said", "is_said")
NAMES_IT, CALLED_FALSE = named("denying", "names_it", "called_false")
DENYING, REJECTING, OWN = named("denying", "denying", "rejecting", "own")
LIGHT, AUXILIARY = named("denying", "light", "auxiliary")
REGULAR = re.compile(r"[^\W\d_]{2,}(?:ed|ing)")  # verbs by their form
NEAR, NEXT = 200, 2  # characters between the sentence of a claim and that of its denial; at most a line's end
TELLING = words_of("comparing", "telling", "of_claims")


def is_denial(cue: str, content: str) -> bool:
    """Whether a claim that takes a stand against something says that it is not so, and does not only turn it down ("rejected the offer")."""
    return bool(DENYING.search(cue) or REJECTING.search(cue) and (IS_SAID.match(content) or CALLED_FALSE.fullmatch(content)))


def is_answer(row: Claim) -> bool:
    """Whether a claim only says no to one that stands before it ("denied that", "called the claim false", "That is a lie")."""
    return bool(CALLED_FALSE.fullmatch(row.content) or row.stance == "denies" and NAMES_IT.fullmatch(row.content))


def denied_before(row: Claim, article: list[Claim]) -> Claim | None:
    """The claim that an answer (`is_answer`) is to: the nearest before it, by somebody else; None where none is near.

    Where the sentence goes on after "That is a lie," he said, it may say itself what is one ("when asked about the tapes").
    """
    start = min(first for part in ("source_spans", "cue_spans", "content_spans") for first, _ in json.loads(getattr(row, part)))
    end = max(last for other in article if other.sentence_start == row.sentence_start
              for part in ("source_spans", "cue_spans", "content_spans")
              for _, last in json.loads(getattr(other, part)))
    if row.stance != "denies" and row.sentence_end - end > NEXT:
        return None
    near = NEAR if row.stance == "denies" else NEXT
    found = [(*json.loads(other.content_spans)[-1][::-1], other) for other in article]
    found = [(last, first, other)
             for last, first, other in found if last <= start and row.sentence_start - other.sentence_end <= near
             and other.source_id is not None and other.source_id != row.source_id and other.stance not in (*ACTS, "denies")
             and says_something(other.content) and not is_answer(other)]
    return max(found, key=lambda each: each[:2])[2] if found else None


def denied_within(row: Claim, inside: list[Claim]) -> Claim | None:
    """Of the claims inside a denial, the one that it names as somebody else's words ("denied the mayor's report that"); None where there is none.

    Between the word for what is said and what that says stands nothing but whose it is: in "denied reports on the leak, saying
    that rain had got in" the rain is in no report.
    """
    for claim in inside:
        between = row.content.partition(claim.cue)[2].partition(claim.content)[0]
        named = SAID.search(claim.cue) and {*telling(between)} <= {*telling(claim.source)}
        if named and claim.source_id != row.source_id and claim.stance not in ACTS and says_something(claim.content):
            return claim
    return None


def denies(row: SaidClaim, other: SaidClaim) -> bool:
    """Whether of two claims, in either order, one says no to what the other says.

    All telling words of one must stand in the other, in any form of theirs, a verb of the claim and the word that is negated
    among them; whoever denies a deed of their own must be named by the claim, and nobody denies themselves.
    """
    denial, claim = sorted((row, other), key=lambda each: -each.proposition.noes)
    if denial.source and denial.source.lower() == claim.source.lower() or denial.proposition.noes - claim.proposition.noes != 1:
        return False
    if denial.denied_claim == claim.claim_id:
        return True
    telling_something = says_something(denial.content) and says_something(claim.content)
    return telling_something and _of_one_thing(denial, claim) and _of_one_doer(denial, claim)


def says_something(content: str) -> bool:
    """Whether a claim has a verb that its words show to be one, and not a topic only ("about the water")."""
    return bool(AUXILIARY.search(content) or _verbs(content))


def _verbs(text: str) -> list[str]:
    """The words of a text that are verbs by their form."""
    return [word for word in LETTERS.findall(text) if REGULAR.fullmatch(word) or word.lower() in irregular_forms()["verb"]]


def _of_one_thing(denial: SaidClaim, claim: SaidClaim) -> bool:
    words = [telling(row.content) for row in (denial, claim)]
    whole = [{*here, *_doer(row)} for here, row in zip(words, (denial, claim))]
    if min(map(len, words)) < FEWEST or not any({*here} <= there for here, there in zip(words, reversed(whole))):
        return False
    deeds = {base(verb) for verb in _verbs(claim.content)} & {*words[1]}
    if deeds and not deeds & whole[0]:
        return False
    negated = [{base(word) for word in row.proposition.negated} for row in (denial, claim)]
    return all(here <= there for here, there in zip(negated, reversed(whole)))


def _of_one_doer(denial: SaidClaim, claim: SaidClaim) -> bool:
    """Whether what one of the claims says of its own source, the other says of the same."""
    doers = [_doer(row) for row in (denial, claim)]
    whole = [{*telling(row.content), *doer} for row, doer in zip((denial, claim), doers)]
    return all(not doer or {*doer} & there for doer, there in zip(doers, reversed(whole)))


def _doer(row: SaidClaim) -> tuple[str, ...]:
    """The telling words of a claim's source, if the claim is about it: "its guns", "selling grain"."""
    return telling(row.source) if OWN.match(row.content) else ()


@cache
def telling(text: str) -> tuple[str, ...]:
    """The base forms of the words of a text that say something by themselves, without words that say no and words of what is said."""
    plain = OF_WHAT_IS_SAID.sub(" ", NEGATION.sub(" ", LIGHT.sub(" ", text)))
    words = (match[0] for match in LETTERS.finditer(plain))
    return tuple(dict.fromkeys(base(word) for word in words if word.lower() not in STOP_WORDS - TELLING and len(word) > 1))


@cache
def base(word: str) -> str:
    """What the forms of a word share: "sold" and "selling", "Velmora" and "Velmoran", where the lexicon knows the country."""
    country = load_lexicon().adjectives.get(word)
    if country:
        return country.lower()
    lower = word.lower()
    lower = next((irregular_forms()[part][lower][0] for part in ("verb", "noun") if lower in irregular_forms()[part]), lower)
    stem = re.sub(r"(?<=\w\w)(?:ing|ied|ies|ed|es)$|(?<=\w\w\w)s$", "", lower)
    stem = re.sub(r"[ye]$", "", stem) if len(stem) > 3 else stem
    return re.sub(r"(.)\1$", r"\1", stem)
