"""What is counted: the noun a number counts, the words that decide what it means, and a plain name for the commonest."""

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from analysis.corpus import Span
from analysis.figures.ranges import LIST_GAP, Mention
from analysis.figures.units import PER, named_unit, per_name

BEFORE_NOUN = {"ADJ", "NOUN", "PROPN", "VERB", "NUM", "ADV", "PUNCT", "CCONJ", "PART", "X", "SYM"}
SAYS_NOTHING = {"more", "other", "others", "additional", "further", "extra", "another", "such", "so", "-", "–", "the", "of", "these", "those", "a", "an"}
REPORTING = {"say", "report", "tell", "announce", "claim", "state", "add", "confirm", "estimate", "put", "note", "see", "find", "count", "record", "register", "document"}
REACH = 60  # tokens looked at either way of a number
LONGEST_TITLE = 40  # tokens
SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
OBJECTS = {"dobj", "attr", "pobj", "nsubj", "nsubjpass", "conj", "appos", "npadvmod", "oprd", "obj", "dative", "ROOT", "nmod", "compound", "quantmod", "nummod", "amod", "dep"}
AMOUNTS = {"ten", "dozen", "score", "hundred", "thousand", "million", "billion", "lakh", "crore"}
PEOPLE = {"people", "person", "man", "woman", "child", "civilian", "soldier"}


@dataclass
class Counted:
    """The singular noun a number counts (`unit`; "" for a measurement), the spans of the words that say what it is of, its measure."""

    unit: str = ""
    spans: list[Span] = field(default_factory=list)
    measure: str | None = None
    head: int | None = None


class Grammar:
    """A parsed article with a way from characters to tokens; building it costs one pass over the tokens."""

    def __init__(self, doc: Doc):
        self.doc = doc
        self.text = doc.text  # spaCy joins it anew at every look
        self._starts = [token.idx for token in doc]
        self._sentences = list(doc.sents)
        self._first_tokens = [sentence.start for sentence in self._sentences]
        self._titles: dict[int, bool] = {}

    def at(self, offset: int) -> Token | None:
        """The token that holds the character `offset`, or the last before it."""
        index = bisect_right(self._starts, offset) - 1
        return self.doc[index] if index >= 0 else None

    def sentence_at(self, offset: int) -> Span:
        """The span of the sentence that holds the character `offset`."""
        sentence = self._sentences[self._sentence_of(self.at(offset))]
        return sentence.start_char, sentence.end_char

    def in_title(self, token: Token) -> bool:
        """Whether the words of the token's sentence are capitalised, as in headlines; capitals then name nothing."""
        place = self._sentence_of(token)
        if place not in self._titles:
            words = [word.text for word in self._sentences[place][:LONGEST_TITLE] if len(word.text) > 3 and word.text.isalpha()]
            self._titles[place] = len(words) > 2 and sum(word[0].isupper() for word in words) > 0.8 * len(words)
        return self._titles[place]

    def _sentence_of(self, token: Token | None) -> int:
        return max(0, bisect_right(self._first_tokens, token.i if token is not None else 0) - 1)


@cache
def measures() -> dict[str, dict[str, str]]:
    """For "people" and "things", the plain name of each deciding lemma."""
    with open(Path(__file__).with_name("measures.toml"), "rb") as file:
        tables = tomllib.load(file)
    return {table: {lemma: name for name, lemmas in names.items() for lemma in reversed(lemmas)} for table, names in tables.items()}


def counting_head(grammar: Grammar, start: int, end: int) -> Token | None:
    """The noun that the number text[start:end] counts, by the grammar and else by the words that follow; None if none."""
    last = grammar.at(end - 1)
    if last is None:
        return None
    if grammar.text[end : end + 1] == "-" and grammar.text[end + 1 : end + 2].isalpha() and last.i + 2 < len(grammar.doc):
        return grammar.doc[last.i + 2]
    head = _partitive(last) or _by_grammar(last, start) or _by_order(last)
    return head


def _partitive(last: Token) -> Token | None:
    """ "dozens of people", "nine of them", "two-thirds of voters"."""
    of = _next(last)
    if of is None or of.lower_ != "of":
        return None
    for child in of.children:
        if child.dep_ == "pobj" and child.pos_ in ("NOUN", "PROPN"):
            return child
    return None


def _by_grammar(last: Token, start: int) -> Token | None:
    token = last
    for _ in range(3):
        if token.dep_ not in ("nummod", "quantmod", "compound", "amod", "det", "nmod", "npadvmod"):
            break
        head = token.head
        if head.i > last.i and head.pos_ in ("NOUN", "PROPN") and head.text[:1].isalpha() and head.i - last.i <= 7 and _only_premodifiers(last, head):
            return _end_of_compound(head)
        token = head
    return None


def _only_premodifiers(last: Token, head: Token) -> bool:
    doc = last.doc
    return all(doc[i].pos_ in BEFORE_NOUN and doc[i].lower_ not in ("last", "next", "this") and doc[i].text not in ",;:()" or doc[i + 1].pos_ == "ADJ" for i in range(last.i + 1, head.i))


def _end_of_compound(head: Token) -> Token:
    while head.dep_ == "compound" and head.head.i > head.i and head.head.i - head.i <= 2:
        head = head.head
    return head


def _by_order(last: Token) -> Token | None:
    """The first noun after the number with nothing but adjectives between."""
    token, seen = _next(last), 0
    while token is not None and seen < 6:
        if token.pos_ in ("NOUN", "PROPN") and token.text[:1].isalpha():
            following = _next(token)
            if following is None or following.pos_ not in ("NOUN", "PROPN") or following.is_sent_start or following.dep_ in SUBJECTS:
                return token
        elif token.lower_ in ("last", "next", "this"):
            return None
        elif not (token.pos_ == "ADJ" or token.pos_ == "CCONJ" and seen and token.nbor(-1).pos_ == "ADJ" or token.text == "-" or token.tag_ in ("VBN", "VBG", "JJ") and token.dep_ == "amod"):
            return None
        token, seen = _next(token), seen + 1
    return None


def _next(token: Token) -> Token | None:
    following = token.i + 1
    if following >= len(token.doc) or token.doc[following].is_sent_start:
        return None
    return token.doc[following]


def unit_noun(grammar: Grammar, head: Token, end: int) -> str:
    """The noun counted, in the singular and with its modifiers, less those of nationality: "missile strike"."""
    first = head.i
    while first > grammar.at(end - 1).i + 1:
        token = grammar.doc[first - 1]
        if token.lower_ in SAYS_NOTHING and token.text != "-" or token.pos_ in ("NUM", "DET") or token.text[:1] == "-" and token.text != "-" or token.tag_ == "PRP$" or token.is_punct and token.text not in "-/":
            break
        if token.tag_ == "JJ" and token.text[:1].isupper() and token.i + 1 == first or token.pos_ in ("CCONJ", "ADV") and token.i == grammar.at(end - 1).i + 1:
            break
        first -= 1
    before = grammar.text[grammar.doc[first].idx : head.idx].lstrip(" -") if first < head.i else ""
    if grammar.text[end : end + 1] == "-":
        return singular(head)
    per = PER.match(grammar.text[head.idx + len(head) : head.idx + len(head) + 30])
    return before + singular(head) + (f" per {per_name(per['per'])}" if per else "")


def singular(token: Token) -> str:
    """The noun in the singular; "people" stays, and "others" are people."""
    if token.lower_ == "others":
        return "people"
    if token.lower_ == "people":
        return "people"
    if token.tag_ == "NNPS" and token.text.endswith("s"):
        return token.text[:-1]
    word = token.lemma_ if token.tag_ in ("NNS", "NNPS") or token.lower_.endswith("s") and token.pos_ == "NOUN" else token.text
    if word.endswith("s") and not word.endswith("ss") and token.text == word + "es":
        word += "e"  # the lemmatizer makes "dos" of "doses"
    return word if token.pos_ == "PROPN" else word.lower()


def noun_phrase(head: Token, without: Span | None = None) -> Span:
    """The span of a noun with the modifiers that stand right before it, its number, article and comparator left out."""
    first = head
    for child in sorted(head.lefts, key=lambda child: -child.i):
        if child.dep_ in ("amod", "compound", "poss", "nmod") and child.right_edge.i == first.i - 1 or child.dep_ in ("punct", "case"):
            edge = child.left_edge
            if any(token.like_num or token.pos_ == "DET" or token.dep_ == "nummod" for token in child.doc[edge.i : first.i]):
                if child.dep_ == "poss" and not any(token.like_num for token in child.doc[edge.i : first.i]):
                    edge = child.doc[edge.i + (edge.pos_ == "DET")]
                else:
                    break
            first = edge
        elif child.dep_ in ("nummod", "det", "quantmod"):
            break
    ends = without[1] if without and without[0] < head.idx else 0
    while first.i < head.i and (first.idx < ends or not first.text[:1].isalnum()):
        first = first.nbor(1)
    last = head
    while last.i + 2 < len(head.doc) and not last.whitespace_ and last.nbor(1).text in ("-", "–") and not last.nbor(1).whitespace_:
        last = last.nbor(2)
    return first.idx, last.idx + len(last)


def of_phrase(head: Token) -> Span | None:
    """The noun phrase that an "of" right after the noun brings ("members of parliament")."""
    of = _next(head)
    if of is None or of.lower_ not in ("of", "among", "from") or of.head.i != head.i:
        return None
    for child in of.children:
        if child.dep_ == "pobj" and child.pos_ in ("NOUN", "PROPN") and child.i - of.i <= 6:
            return noun_phrase(child)
    return None


def subject_of(verb: Token) -> Token | None:
    """The subject a verb has, or shares with the verb it is joined to; the noun a relative or participle clause stands at."""
    for _ in range(5):
        for child in verb.lefts:
            if child.dep_ in SUBJECTS:
                if child.lower_ in ("that", "which", "who") and verb.dep_ in ("relcl", "acl", "ccomp"):
                    return verb.head
                return child
        for child in verb.rights:
            if child.dep_ in SUBJECTS:
                return child
        if verb.dep_ in ("acl", "relcl"):
            return verb.head if verb.head.pos_ in ("NOUN", "PROPN") else None
        if verb.dep_ in ("ROOT", "parataxis") or verb.head is verb:
            return None
        verb = verb.head
        if verb.dep_ == "prep":
            verb = verb.head
    return None


def deciding_verb(head: Token) -> Token | None:
    """The verb a noun is subject or object of, or the participle that follows it ("people killed", "were injured")."""
    for child in head.rights:
        if child.dep_ in ("acl", "relcl") and child.i - head.i <= 3 and not _acts_on_others(child, head):
            return child
    token = head
    if head.dep_ == "pobj" and head.head.lower_ == "of" and (head.head.head.like_num or head.head.head.lemma_.lower() in AMOUNTS):
        token = head.head.head
    for _ in range(3):
        if token.dep_ in ("nsubjpass", "nsubj", "dobj", "obj"):
            return None if token.dep_ == "nsubj" and _acts_on_others(token.head, token) else token.head
        if token.dep_ not in ("conj", "appos"):
            return None
        token = token.head
    return None


def _acts_on_others(verb: Token, noun: Token) -> bool:
    """Whether a verb has an object other than the noun: "three gunmen killed 12" tells nothing of the gunmen."""
    return any(child.dep_ in ("dobj", "obj") and child.i != noun.i for child in verb.rights)


def measure_of(lemmas: list[str], is_people: bool) -> str | None:
    """The plain name for what the words decide, the first deciding word first."""
    tables = measures()
    for lemma in lemmas:
        name = tables["people"].get(lemma) if is_people else tables["things"].get(lemma)
        if name:
            return name
    return None


def _surroundings(token: Token) -> Tokens:
    """The tokens of the sentence around a token, no more than REACH either way: a text without full stops costs no more."""
    first = last = token.i
    while first > 0 and token.i - first < REACH and not token.doc[first].is_sent_start:
        first -= 1
    while last + 1 < len(token.doc) and last - token.i < REACH and not token.doc[last + 1].is_sent_start:
        last += 1
    return token.doc[first : last + 1]


def holders(token: Token) -> list[Token]:
    """The nouns a measurement is of, nearest first: what it modifies, what it is said of, the subject of its verb."""
    found: list[Token] = []
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "for", "from", "on", "to") and child.i - token.i <= 3:
            found += [grand for grand in child.children if grand.dep_ == "pobj" and grand.pos_ in ("NOUN", "PROPN")][:1]
            break
    for _ in range(8):
        if token.dep_ == "ROOT" or token.head is token:
            break
        token, below = token.head, token
        if token.pos_ in ("NOUN", "PROPN") and below.dep_ != "conj":
            found.append(token)
        elif token.pos_ in ("VERB", "AUX"):
            found += _sides_of(token, below)
            break
    if not found and token.pos_ in ("VERB", "AUX"):
        subject = subject_of(token)
        if subject is not None:
            found.append(subject)
    return [noun for noun in found if _can_be_measured(noun)]


def _sides_of(verb: Token, below: Token) -> list[Token]:
    """The object and the subject of a verb, less the phrase the number itself stands in."""
    sides = [child for child in verb.rights if child.dep_ in ("dobj", "obj") and child is not below and child.i < below.i]
    subject = subject_of(verb)
    if subject is not None and subject is not below and verb.lemma_ not in REPORTING:
        sides.append(subject)
    return sides


def _can_be_measured(noun: Token) -> bool:
    """Whether a token is a noun and no unit of measurement itself."""
    if not noun.text[:1].isalpha() or noun.is_stop or noun.i and noun.lower_ == "cent" and noun.nbor(-1).lower_ == "per" or noun.pos_ not in ("NOUN", "PROPN") and not (noun.dep_ in SUBJECTS and noun.pos_ in ("ADJ", "X", "VERB", "ADV", "INTJ")):
        return False
    is_unit = named_unit(noun.lemma_.lower()) or named_unit(noun.text)
    return not is_unit or not (noun.i and (noun.nbor(-1).like_num or noun.nbor(-1).pos_ in ("NUM", "SYM")))


def nearest_noun(token: Token, start: int) -> Token | None:
    """The last noun before the number with neither verb nor comma between; else the last subject; else, in a fragment, any noun."""
    sentence = _surroundings(token)
    for i in range(token.i - 1, sentence.start - 1, -1):
        before = token.doc[i]
        if before.idx < start and _can_be_measured(before):
            return before
        if before.pos_ in ("VERB", "AUX", "PUNCT", "SCONJ"):
            break
    for i in range(token.i - 1, sentence.start - 1, -1):
        if token.doc[i].dep_ in SUBJECTS and _can_be_measured(token.doc[i]):
            return token.doc[i]
    if any(word.pos_ in ("VERB", "AUX") for word in sentence):
        return None
    return next((word for word in sentence if _can_be_measured(word)), None)


PARTICIPLES = {"killed", "dead", "injured", "wounded", "missing", "hurt", "arrested", "detained", "displaced", "homeless", "hospitalised", "hospitalized",
               "trapped", "evacuated", "rescued", "infected", "kidnapped", "abducted", "jailed", "slain", "died", "fled", "perished", "drowned", "unaccounted"}  # fmt: skip


HARM_BEFORE = re.compile(
    r"\b(?P<verb>kill|injur|wound|displac|arrest|detain|evacuat|rescu|abduct|kidnapp?|infect|hospitali[sz])(?:e?s|ed|ing)\s(?:[a-z]+\s){0,3}$", re.IGNORECASE
)
HARM_MEASURES = {"kill": "killed", "injur": "injured", "wound": "injured", "displac": "displaced", "arrest": "arrested", "detain": "arrested",
                 "evacuat": "displaced", "rescu": "rescued", "abduct": "abducted", "kidnap": "abducted", "kidnapp": "abducted", "infect": "infected",
                 "hospitalis": "injured", "hospitaliz": "injured"}  # fmt: skip
TAKES_TIME = {"last", "take", "spend", "wait", "run", "be", "need", "endure", "serve"}


def count_of(grammar: Grammar, mention: Mention) -> Counted:
    """What a mention counts or measures."""
    if mention.form == "zero" or mention.kind in ("count", "share", "score") and not mention.unit:
        return _count(grammar, mention)
    return _measurement(grammar, mention)


def counts_noun(grammar: Grammar, mention: Mention) -> bool:
    """Whether the number itself brings a noun or a participle that it counts."""
    if mention.unit or mention.form not in ("digits", "words"):
        return True
    return counting_head(grammar, mention.number_start, mention.number_end) is not None or _bare_people(grammar, mention) is not None


def _count(grammar: Grammar, mention: Mention) -> Counted:
    head = counting_head(grammar, mention.number_start, mention.number_end)
    bare = _bare_people(grammar, mention)
    if bare is not None and (head is None or bare.i < head.i):
        unit = "" if mention.kind == "share" else "people"
        return Counted(unit, [(bare.idx, bare.idx + len(bare))], measure_of([bare.lemma_.lower(), bare.lower_], True))
    if head is not None and head.lemma_.lower() in ("injure", "kill"):
        head = None  # a verb of a headline, tagged a noun
    if head is None and mention.kind == "count" and (harmed := _object_of_harm(grammar, mention)):
        return harmed
    if head is None or mention.kind == "score":
        return _measurement(grammar, mention)
    unit = "" if mention.kind == "share" else unit_noun(grammar, head, mention.number_end)
    measured = named_unit(head.lemma_.lower()) if mention.kind == "count" else None
    if measured and measured[0] in ("duration", "distance", "money", "percent"):
        mention.kind, mention.unit = measured
        return _measurement(grammar, mention)
    spans = [noun_phrase(head, (mention.start, mention.end))]
    of = of_phrase(head)
    if of:
        spans.append(of)
    verb = deciding_verb(head)
    words = [head.lemma_.lower()] + [token.lemma_.lower() for token in head.lefts if token.dep_ in ("amod", "compound")]
    if verb is not None:
        words.insert(0, verb.lemma_.lower())
    people = is_people(head)
    measure = measure_of(words, people) or measure_of(words, True)
    if verb is not None and measure and measure in (measure_of(words[:1], True), measure_of(words[:1], False)):
        spans.append((verb.idx, verb.idx + len(verb)))
    elif measure is None or not spans[1:]:
        for noun in holders(head):
            _add_phrase(spans, noun, mention)
            measure = measure or measure_of([noun.lemma_.lower()], people)
            if measure:
                break
    if len(spans) == 1 and unit == singular(head) and mention.kind == "count":
        spans = []  # the unit says it all
    return Counted(unit, sorted(spans), measure, head.i)


def _object_of_harm(grammar: Grammar, mention: Mention) -> Counted | None:
    """ "Blast kills 16": people, though no noun says so."""
    text = grammar.text
    found = HARM_BEFORE.search(text[max(0, mention.start - 50) : mention.start])
    if found is None:
        return None
    start = max(0, mention.start - 50) + found.start("verb")
    word = grammar.at(start)
    return Counted("people", [(word.idx, word.idx + len(word))], HARM_MEASURES[found["verb"].lower()])


def is_people(noun: Token) -> bool:
    """Whether a noun names people, by a short list of what reports count."""
    return noun.lemma_.lower() in PEOPLE or noun.lower_ in PEOPLE or noun.lemma_.lower().endswith(("man", "woman", "er", "or", "ist", "ian", "ee", "ant"))


def _bare_people(grammar: Grammar, mention: Mention) -> Token | None:
    """The participle that stands for people where the noun is left out: "28 killed", "five were injured"."""
    token = _next(grammar.at(mention.number_end - 1))
    for _ in range(4):
        if token is None:
            return None
        if token.lower_ in PARTICIPLES:
            return token
        if token.lower_ not in ("were", "was", "are", "is", "have", "has", "had", "been", "people", "others", "more", "other", "reported", "reportedly", "confirmed", "of", "them", "still", "later", "also", "remain", "remained", "remains", "badly", "seriously", "left", "feared"):
            return None
        if token.lower_ == "people":
            return None
        token = _next(token)
    return None


def _measurement(grammar: Grammar, mention: Mention) -> Counted:
    token = grammar.at(mention.end - 1)
    if token is None:
        return Counted()
    found = [] if mention.kind == "duration" and _only_says_when(token) else holders(token)
    if mention.kind in ("duration", "age") and found and token.dep_ in ("nmod", "compound", "amod", "nummod", "npadvmod") and found[0].i > token.i:
        found = found[:1]  # "the 12-day war": of the war and of nothing else
    if not found and mention.kind != "duration":
        noun = nearest_noun(token, mention.start)
        found = [noun] if noun is not None else []
    spans: list[Span] = []
    for noun in found:
        _add_phrase(spans, noun, mention)
    nouns = [noun.lemma_.lower() for noun in found]
    return Counted("", sorted(spans), measure_of(nouns, True) if mention.kind == "count" else None)


def _only_says_when(token: Token) -> bool:
    """Whether a time stands beside a verb and measures nothing named: "In three months the firm ...", "fell over two days"."""
    while token.dep_ in ("pobj", "npadvmod", "advmod", "prep") and token.head is not token:
        if token.dep_ in ("npadvmod", "prep", "advmod") and token.head.pos_ in ("VERB", "AUX"):
            return token.head.lemma_ not in TAKES_TIME
        token = token.head
    return False


def _add_phrase(spans: list[Span], noun: Token, mention: Mention) -> None:
    """Add a noun's phrase and its "of" phrase, where they overlap neither the number nor what is there."""
    for phrase in (noun_phrase(noun, (mention.start, mention.end)), of_phrase(noun)):
        if phrase and not any(phrase[0] < end and start < phrase[1] for start, end in spans + [(mention.start, mention.end)]):
            spans.append(phrase)


def restate(text: str, mentions: list[Mention], counts: list[Counted]) -> None:
    """Let a measurement in brackets ("7 miles (11 km)") and a number in a list ("four- and five-seat cars") be of its neighbour's thing."""
    for place in range(1, len(mentions)):
        before, here = mentions[place - 1], mentions[place]
        gap = text[before.end : here.start]
        if here.unit and before.unit and gap.strip() in ("(", "/", "or"):
            counts[place].spans = counts[place - 1].spans
            here.restates = place - 1
    for place in reversed(range(len(mentions) - 1)):
        here = mentions[place]
        if not here.unit and not counts[place].unit and here.kind == "count" and LIST_GAP.fullmatch(text[here.end : mentions[place + 1].start]):
            counts[place].unit, counts[place].spans = counts[place + 1].unit, counts[place + 1].spans
