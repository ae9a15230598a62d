"""Grammar: from characters to tokens, and from a number to the noun it counts and the phrases around it."""

from bisect import bisect_right

from spacy.tokens import Doc, Token

from analysis.corpus import Span
from analysis.figures.units import PER, per_name
from analysis.words import of_kind, words_of

BEFORE_NOUN = {"ADJ", "NOUN", "PROPN", "VERB", "NUM", "ADV", "PUNCT", "CCONJ", "PART", "X", "SYM", "SPACE"}
SAYS_NOTHING = frozenset(of_kind("pronouns", "empty"))
RANKS, TIMES, OF_PARTS = (words_of("counting", name) for name in ("ranks", "times", "of_parts"))
SUBJECTS = {"nsubj", "nsubjpass", "csubj"}


class Grammar:
    """A parsed article with a way from characters to tokens; building it costs one pass over the tokens."""

    def __init__(self, doc: Doc):
        self.doc = doc
        self.text = doc.text  # spaCy joins it anew at every look
        self._starts = [token.idx for token in doc]
        self._sentences = list(doc.sents)
        self._first_tokens = [sentence.start for sentence in self._sentences]

    def at(self, offset: int) -> Token | None:
        """The token that holds the character `offset`, or the last before it."""
        index = bisect_right(self._starts, offset) - 1
        return self.doc[index] if index >= 0 else None

    def sentence_at(self, offset: int) -> Span:
        """The span of the sentence that holds the character `offset`."""
        sentence = self._sentences[self._sentence_of(self.at(offset))]
        return sentence.start_char, sentence.end_char

    def _sentence_of(self, token: Token | None) -> int:
        return max(0, bisect_right(self._first_tokens, token.i if token is not None else 0) - 1)


def counting_head(grammar: Grammar, end: int) -> Token | None:
    """The noun that the number before the character `end` counts, by the grammar and else by the words that follow; None if none."""
    last = grammar.at(end - 1)
    if last is None:
        return None
    if grammar.text[end : end + 1] == "-" and grammar.text[end + 1 : end + 2].isalpha() and last.i + 2 < len(grammar.doc):
        joined = grammar.doc[last.i + 2]
        return noun_after(joined) if joined.lower_ in ("odd", "plus") else joined
    return _partitive(last) or _by_grammar(last) or noun_after(last)


def _partitive(last: Token) -> Token | None:
    """ "dozens of people", "nine of them", "two-thirds of voters"."""
    of = next_in_sentence(last)
    if of is None or of.lower_ != "of":
        return None
    for child in of.children:
        if child.dep_ == "pobj" and child.pos_ in ("NOUN", "PROPN"):
            return child
    return None


def _by_grammar(last: Token) -> Token | None:
    token = last
    for _ in range(3):
        if token.dep_ not in ("nummod", "quantmod", "compound", "amod", "det", "nmod", "npadvmod"):
            break
        head = token.head
        named = head.pos_ in ("NOUN", "PROPN") and head.text[:1].isalpha()
        if named and last.i < head.i <= last.i + 7 and _only_premodifiers(last, head):
            return _end_of_compound(head)
        token = head
    return None


def _only_premodifiers(last: Token, head: Token) -> bool:
    between = last.doc[last.i + 1 : head.i]
    return all(
        token.pos_ in BEFORE_NOUN and token.lower_ not in TIMES and token.text not in ",;:()" or token.nbor(1).pos_ == "ADJ"
        for token in between
    )


def _end_of_compound(head: Token) -> Token:
    while head.dep_ == "compound" and head.head.i > head.i and head.head.i - head.i <= 2:
        head = head.head
    return head


def noun_after(last: Token) -> Token | None:
    """The first noun after the number with nothing but adjectives between."""
    token, seen = next_in_sentence(last), 0
    while token is not None and seen < 6:
        if token.pos_ in ("NOUN", "PROPN") and token.text[:1].isalpha():
            following = next_in_sentence(token)
            if following is None or following.pos_ not in ("NOUN", "PROPN") or following.is_sent_start or following.dep_ in SUBJECTS:
                return token
        elif token.lower_ in TIMES:
            return None
        elif not _may_stand_before_noun(token, seen):
            return None
        token, seen = next_in_sentence(token), seen + 1
    return None


def _may_stand_before_noun(token: Token, seen: int) -> bool:
    """Whether a token behind a number, and `seen` others, is an adjective, or joins two."""
    if token.pos_ == "CCONJ":
        return seen > 0 and token.nbor(-1).pos_ == "ADJ"
    return token.pos_ == "ADJ" or token.text == "-" or token.tag_ in ("VBN", "VBG", "JJ") and token.dep_ == "amod"


def next_in_sentence(token: Token) -> Token | None:
    following = token.i + 1
    while following < len(token.doc) and token.doc[following].is_space and not token.doc[following].is_sent_start:
        following += 1
    if following >= len(token.doc) or token.doc[following].is_sent_start:
        return None
    return token.doc[following]


def unit_noun(grammar: Grammar, head: Token, end: int) -> str:
    """The noun counted, in the singular and with its modifiers, less those of nationality: "missile strike"."""
    first = head.i
    while first > grammar.at(end - 1).i + 1:
        token = grammar.doc[first - 1]
        of_nationality = token.tag_ == "JJ" and token.text[:1].isupper() and token.i + 1 == first
        joins_number = token.pos_ in ("CCONJ", "ADV") and token.i == grammar.at(end - 1).i + 1
        if of_nationality or joins_number or token.text != "-" and _is_no_modifier(token):
            break
        first -= 1
    if grammar.text[end : end + 1] == "-" and head.i == grammar.at(end - 1).i + 2:
        return singular(head)
    modifiers = grammar.text[grammar.doc[first].idx : head.idx].lstrip(" -") if first < head.i else ""
    before = _rank_before(grammar.at(end - 1), head) + modifiers
    per = PER.match(grammar.text[head.idx + len(head) : head.idx + len(head) + 30])
    return before + singular(head) + (f" per {per_name(per['per'])}" if per else "")


def _is_no_modifier(token: Token) -> bool:
    """Whether a token before a noun says nothing of what the noun is."""
    if token.lower_ in SAYS_NOTHING or token.pos_ in ("DET", "NUM") or token.tag_ == "PRP$":
        return True
    return token.text[:1] == "-" or token.is_punct and token.text != "/"


def _rank_before(number: Token, head: Token) -> str:
    """The adjective of rank before the number that picks out what is counted: "the top three seeds", "the largest two banks"."""
    ranks = (token for token in head.lefts if token.i == number.i - 1 and (token.tag_ == "JJS" or token.lower_ in RANKS))
    return "".join(token.lower_ + " " for token in ranks)


def singular(token: Token) -> str:
    """The noun in the singular; "people" stays, and "others" are people."""
    if token.lower_ in ("others", "people"):
        return "people"
    if token.tag_ == "NNPS" and token.text.endswith("s"):
        return token.text[:-1]
    word = token.lemma_ if token.tag_ in ("NNS", "NNPS") or token.lower_.endswith("s") and token.pos_ == "NOUN" else token.text
    if word.endswith("os") and token.text == word + "es":
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
    of = next_in_sentence(head)
    if of is None or of.lower_ not in OF_PARTS or of.head.i != head.i:
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