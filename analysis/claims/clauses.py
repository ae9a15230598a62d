"""What the parse shows by itself: a verb of saying or thinking with its subject and its clause; "according to"; and who
relays whom where the parse says it in so many words: "citing X", "quoted X as saying"."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from analysis.claims.stance import load_cues
from analysis.corpus import Span
from analysis.types import Attribution
from analysis.words import lists, of_kind, rows_of, words_of

SURE = 0.5  # of an attribution that the tagger did not show
AUXILIARIES = {"aux", "auxpass", "neg", "prt", "advmod"}
SUBJECTS = {"nsubj", "nsubjpass", "expl"}
# What may do for a clause (see words/verbs.csv): after verbs of these stances an infinitive or a gerund,
OF_DEEDS = {"denies", "admits", "warns", "promises", "demands", "expects"}
TELLING = frozenset(of_kind("verbs", "telling"))
ORDERING = frozenset(of_kind("verbs", "ordering"))
OF_DANGERS = {"accuses", "warns"}  # or "of" a thing, after these stances
OF_NEWS = frozenset(of_kind("verbs", "news"))  # and these verbs
PREPOSITIONS, ISSUED = words_of("cues", "told_of", "prepositions"), words_of("nouns", "issued", "words")
OF_THINGS = frozenset(of_kind("verbs", "thing"))
OF_OFFERS = {"promises", "expects"}  # and after these stances ("promised vaccine"),
OF_REQUESTS = frozenset(of_kind("verbs", "request"))  # and these verbs
PREDICATES = {row["word"]: row["predicate"] for row in rows_of("verbs") if row["predicate"]}
AS_TOLD = lists("cues")["as_told"]
RELAYS = frozenset(of_kind("verbs", "relay"))
HELPING = {"aux", "auxpass", "neg"}
NOT_WORDS = ".,;:!?-—–"
COUNTING, NAMING, GIVING = (frozenset(of_kind("verbs", kind)) for kind in ("counting", "naming", "giving"))


def clauses_in(doc: Doc) -> Iterator[Attribution]:
    """Yield an attribution for each verb of saying or thinking that has a subject and, after it or before it, a clause
    of its own, or words that do for one ("promised to pay", "warned of costs", "denied the report"), and for each noun
    of saying with a clause ("the auditor's claim that ...")."""
    verbs = load_cues().verbs
    for verb in doc:
        if (verb.pos_ == "NOUN" or verb.dep_ == "dobj") and verb.lemma_.lower() in load_cues().nouns:
            yield from _of_noun(verb)
            continue
        lemma = verb.lemma_.lower()
        if verb.tag_ == "VBN" and lemma in GIVING and (given := _given_number(verb)):
            yield given
        stance = (
            verbs.get(lemma, "says" if lemma in PREDICATES or lemma in OF_THINGS or lemma == "raise" else None)
            if verb.pos_ == "VERB"
            else None
        )
        source = _source(verb) if stance else None
        content = _content(verb, stance) if source is not None else []
        if content and not (lemma == "admit" and any(word.like_num for word in content)):  # to a hospital
            before = [child for child in verb.children if child.dep_ in AUXILIARIES and child.i < verb.i]
            yield Attribution(spans_of(source), spans_of([*before, verb]), spans_of(content), SURE, "parse: verb and clause")


def _given_number(verb: Token) -> Attribution | None:
    """"the 44 given by the ministry", "1,100 deaths reported by the army": the number is theirs."""
    by = next((noun for child in verb.children if child.dep_ == "agent" for noun in child.children if noun.dep_ == "pobj"), None)
    what = verb.head if verb.dep_ in ("acl", "relcl") else verb.nbor(-1) if verb.i else verb
    if by is None or what.i >= verb.i or not any(word.like_num for word in (what, *what.lefts)):
        return None
    content = [word for word in what.doc[what.left_edge.i : what.i + 1]]
    return Attribution(spans_of(by.subtree), spans_of([verb]), spans_of(content), SURE, "parse: number given by")


def _source(verb: Token) -> list[Token] | None:
    """The words for who says it: the subject, or, where somebody "was told" or "was ordered", who is named after "by",
    perhaps nobody; None where the verb has no subject."""
    children = {child.dep_: child for child in reversed(list(verb.children))}
    if "nsubj" in children:
        return list(children["nsubj"].subtree)
    if "nsubjpass" in children and verb.lemma_.lower() in TELLING | ORDERING:
        by = children.get("agent")
        return [word for noun in by.children if noun.dep_ == "pobj" for word in noun.subtree] if by is not None else []
    return None


def _of_noun(noun: Token) -> Iterator[Attribution]:
    behind = [name for child in noun.children if child.lower_ in ISSUED for name in child.children]
    for clause in [child for holder in (noun, *behind) for child in holder.children]:
        if clause.dep_ in ("acl", "ccomp", "relcl") and _is_that_clause(clause):
            owner = [word for child in noun.children if child.dep_ == "poss" for word in child.subtree if word.dep_ != "case"]
            owner = owner or [word for name in behind for word in name.subtree
                              if word.i < clause.left_edge.i and (name.head.lower_ != "in" or name.pos_ == "PROPN")]
            if not owner and any(child.dep_ == "compound" for child in noun.children):  # "Western media reports that"
                owner = [word for child in noun.children if child.dep_ in ("amod", "compound") for word in child.subtree]
            yield Attribution(spans_of(owner), spans_of([noun]), spans_of(clause.subtree), SURE, "parse: noun and clause")


def _is_that_clause(clause: Token) -> bool:
    """Whether a clause begins with "that" and has a subject besides; the parser takes some for relative clauses ("a report that they left")."""
    first = clause.left_edge
    subject = next((word for word in clause.children if word.dep_ in SUBJECTS), None)
    return first.lower_ == "that" and (first.dep_ == "mark" or subject is not None and subject.i > first.i and any(
        word.dep_ == "dobj" and word.i > clause.i for word in clause.children) or first.pos_ == "SCONJ")


def cue_places(doc: Doc) -> list[int]:
    """Return the characters at which words stand that could be a cue, in order: verbs of saying and thinking, words for
    what people believe, fear, demand and the like."""
    cues = load_cues()
    return [word.idx for word in doc if word.lower_ == "according"
            or word.pos_ in ("VERB", "AUX") and (word.lemma_.lower() in cues.verbs or word.lemma_.lower() in RELAYS)
            or word.pos_ in ("NOUN", "ADJ") and cues.nouns.get(word.lemma_.lower(), "says") != "says"]


def according_in(doc: Doc) -> Iterator[Attribution]:
    """Yield an attribution for each "according to X" and "as per X", its content the clause it hangs on."""
    for word in doc:
        second = AS_TOLD.get(word.lower_)
        to = next((child for child in word.children if child.lower_ == second), None) if second else None
        source = next((child for child in to.children if child.dep_ == "pobj"), None) if to is not None else None
        if source is not None:
            clause = word
            while clause.head.i != clause.i and (clause.i == word.i or clause.pos_ not in ("VERB", "AUX")):
                clause = clause.head
            phrase = {token.i for token in word.subtree}
            content = [token for token in clause.subtree if token.i not in phrase]
            yield Attribution(spans_of(source.subtree), spans_of([word, to]), spans_of(content), SURE, "parse: according to")


def _tells_of(word: Token) -> bool:
    return word.dep_ == "prep" and word.lower_ in PREPOSITIONS


def _of_hearer(verb: Token) -> Token | None:
    """The "of ..." in "warned the owners of ...", where the parse hangs it on the owners."""
    return next((word for child in verb.children if child.dep_ == "dobj" for word in child.children if _tells_of(word)), None)


def _content(verb: Token, stance: str) -> list[Token]:
    """The words of what is said: a clause with a subject, else what the verb takes for one."""
    lemma = verb.lemma_.lower()
    def first(fits) -> Token | None:
        return next((child for child in verb.children if fits(child)), None)
    number = first(lambda child: child.i > verb.i and _is_number(child, lemma))
    if number is not None:
        return list(number.subtree)
    clause = first(lambda child: child.dep_ == "ccomp" and any(word.dep_ in SUBJECTS for word in child.children))
    if clause is not None:
        return list(clause.subtree)
    thing = first(lambda child: child.dep_ == "dobj" and (child.pos_ != "PRON" or lemma == "deny"))
    deed = first(lambda child: child.dep_ in ("xcomp", "ccomp") and child.i > verb.i)
    if deed is not None and (stance in OF_DEEDS or lemma == "claim" or lemma in load_cues().infinitive):
        doer = thing if thing is not None and lemma not in TELLING else None
        return [*(doer.subtree if doer is not None else ()), *deed.subtree]
    news = (first(_tells_of) or _of_hearer(verb)) if stance in OF_DANGERS or lemma in OF_NEWS else None
    if news is not None:
        return list(news.subtree)
    offers = stance in OF_OFFERS or lemma in OF_REQUESTS
    more = [word for child in verb.children if _predicates(child, PREDICATES.get(lemma)) for word in child.subtree]
    raised = lemma == "raise" and thing is not None and thing.lemma_.lower() in load_cues().nouns
    if thing is not None and (lemma in OF_THINGS or offers or raised or lemma in PREDICATES and more):
        return [*thing.subtree, *more]
    feeling = first(lambda child: child.dep_ in ("acomp", "oprd")) if lemma == "feel" else None
    return list(feeling.subtree) if feeling is not None else []


def _is_number(word: Token, lemma: str) -> bool:
    """Whether a word after a verb of saying is a number alone ("the rebels said 45"), or after one of counting a noun with a number."""
    if word.dep_ not in ("dobj", "npadvmod", "attr"):
        return False
    if word.like_num:
        return lemma in NAMING and word.lower_ != "one" and not list(word.rights)
    return lemma in COUNTING and word.dep_ == "dobj" and any(child.dep_ == "nummod" for child in word.lefts)


def _predicates(child: Token, preposition: str | None) -> bool:
    return preposition is not None and (child.dep_ == "oprd" or child.dep_ == "prep" and child.lower_ == preposition)


@dataclass
class Relay:
    """One step of a chain that the parse shows, as spans of the text: `relayer` (by `relayer_cue`) hands on what
    `source` (by `cue`) says. Either pair is empty, and `content` is, where other claims of the sentence hold it.
    """

    rule: str
    sentence: Span
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    relayer: list[Span]
    relayer_cue: list[Span]


def relays_in(doc: Doc) -> Iterator[Relay]:
    """Yield the relays of `doc` in text order."""
    for verb in doc:
        if verb.lemma_.lower() in RELAYS and verb.pos_ == "VERB":
            saying = _saying(verb)
            if saying is not None:
                yield from _as_saying(verb, saying)
            elif verb.tag_ == "VBG" or verb.dep_ == "relcl" and any(child.tag_ in ("WDT", "WP") for child in verb.children):
                yield from _citing(verb)


def _citing(verb: Token) -> Iterator[Relay]:
    """"A reported S, citing B", "A, quoting B, put the dead at nine", "S, according to A, which cites B": B's claim
    stands inside A's."""
    # Of two objects the second is the subject, which the parse took for one: "Quoting a report, the daily said S".
    source = next((child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i), None)
    if source is not None and _speaks(source, verb):
        host = _reporting(verb, {word.i for word in source.subtree}) or (verb.head if verb.dep_ == "advcl" else None)
        after = next((child for child in verb.children
                      if child.dep_ == "prep" and child.left_edge.i == source.right_edge.i + 1), None)
        whole = [*source.subtree, *(after.subtree if after is not None else ())]  # "an aide to the premier"
        yield Relay("rule: citing", _sentence(verb), spans_of(whole), spans_of([verb]), [], [],
                    spans_of([host] if host is not None else []))


def _as_saying(verb: Token, saying: Token) -> Iterator[Relay]:
    """"B quoted A as saying S" and "A was quoted (by B) as saying S": S is A's, and inside B's where B is named."""
    quoted = next((child for child in reversed(list(verb.children)) if child.dep_ in ("dobj", "nsubjpass")), None)
    if quoted is None:
        return
    by = _by(verb) + _by(saying)
    away = {word.i for relayer in by for word in relayer.head.subtree}
    content = next((child for holder in (saying, verb) for child in holder.children if child.dep_ == "ccomp"), None)
    content = spans_of([word for word in content.subtree if word.i not in away] if content is not None else [])
    cue = [saying.head, saying]
    passive = quoted.dep_ != "dobj"
    if passive:
        cue += [verb] + [child for child in verb.children if child.dep_ in HELPING]
    else:
        by = [child for child in verb.children if child.dep_ == "nsubj"]
    relayer, relayer_cue = [], []
    if by:
        relayer = spans_of(by[0].subtree)
        relayer_cue = spans_of([verb, by[0].head] if passive else [verb])
    yield Relay("rule: quoted as saying", _sentence(verb), spans_of(quoted.subtree), spans_of(cue), content, relayer, relayer_cue)


def _reporting(verb: Token, cited: set[int]) -> Token | None:
    """The verb of saying, outside the words cited, that a verb stands before and hangs on ("B, citing C, had said"); else
    the sentence's nearest with a subject."""
    verbs = load_cues().verbs
    near = [word for word in verb.sent if word.pos_ == "VERB" and word.lemma_.lower() in verbs and word.i not in cited]
    if verb.head in near and verb.i < verb.head.i and not any(child.dep_ == "nsubj" and child.i > verb.i
                                                              for child in verb.head.lefts):
        return verb.head
    near = [word for word in near if any(child.dep_ == "nsubj" for child in word.children)]
    return min(near, key=lambda word: abs(word.i - verb.i), default=None)


def _by(verb: Token) -> list[Token]:
    """The nouns after the verb's "by"."""
    return [noun for by in verb.children if by.lower_ == "by" for noun in by.children if noun.dep_ == "pobj"]


def _saying(verb: Token) -> Token | None:
    cues = load_cues()
    return next((child for as_ in verb.children if as_.lower_ == "as" for child in as_.children if child.tag_ == "VBG"
                 and (child.lemma_.lower() in cues.verbs or child.lemma_.lower() in cues.attitudes)), None)


def _speaks(noun: Token, verb: Token) -> bool:
    """Whether a noun can be a source: a name or a word for people, bodies and documents. Reasons are cited too, but
    nobody quotes a reason."""
    lemma = noun.lemma_.lower()
    cues = load_cues()
    return noun.pos_ == "PROPN" or noun.pos_ == "NOUN" and (
        verb.lemma_.lower() == "quote" or lemma in cues.speakers
        or lemma not in cues.reasons and not lemma.endswith(cues.abstract))


def _sentence(token: Token) -> Span:
    return token.sent.start_char, token.sent.end_char


def spans_of(tokens: Iterable[Token]) -> list[Span]:
    """Return the stretches of text that the tokens cover, without punctuation or blanks at their ends."""
    runs: list[list[Token]] = []
    for token in sorted(tokens, key=lambda token: token.i):
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    found = []
    for run in runs:
        worded = [token for token in run if token.text.strip(NOT_WORDS).strip()]
        if worded:
            found.append((worded[0].idx, worded[-1].idx + len(worded[-1])))
    return found
