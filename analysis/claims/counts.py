"""Who counts, where no word of saying stands: "X counted 43 hurt", "raised the toll to 35", "by the police count"."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from analysis.claims.attribution import Attribution
from analysis.claims.cues import load_cues
from analysis.claims.relays import spans_of

COUNT = "parse: count"
SURE = 0.7  # of 20 such in real articles 17 were right, read by eye
DEEDS = {"attack", "airstrike", "strike", "blast", "bomb", "bomber", "bombing", "crash", "explosion", "fire", "jet", "raid", "shelling", "storm", "warplane"}  # tell nothing
AUXILIARIES = {"aux", "auxpass", "neg", "prt"}
COUNTING = {"count", "tally"}  # a number for their object is enough
SAYING = {"claim", "say"}  # "has said 6.5 million crowns", "claimed 60,000"
KEEPING = {"document", "list", "log", "record", "register"}  # goals and profits too, so only of what is in COUNTED
MOVING = {"adjust", "correct", "cut", "downgrade", "increase", "lower", "raise", "reduce", "revise", "update", "upgrade"}
PLACING = {"put": "at", "estimate": "at", "give": "as", "speak": "of"}
TOLLS = {"count", "estimate", "figure", "number", "reckoning", "tally", "toll", "total"}
OWNED = TOLLS - {"number", "toll", "total"}  # of these a name may be the owner: "Orlec's toll" is not Orlec's word
COUNTED = {"arrest", "attack", "body", "case", "casualty", "civilian", "dead", "death", "detention", "displaced", "fatality", "home", "homeless", "house",
           "incident", "infection", "injured", "injury", "killed", "killing", "missing", "people", "person", "victim", "violation", "wounded"}  # fmt: skip
HARMED = {"arrested", "dead", "detained", "displaced", "homeless", "hurt", "injured", "killed", "missing", "wounded"}
MORE = 4  # words: "at least 102 wounded"
PUBLISHED = {"announce", "compile", "give", "issue", "keep", "provide", "publish", "release"}
THINGS = {"dobj", "nsubjpass", "npadvmod"}
CLAUSES = {"acl", "advcl", "cc", "ccomp", "conj", "mark", "parataxis", "punct", "relcl"}


def counts_in(doc: Doc) -> Iterator[Attribution]:
    """Yield an attribution for each number that somebody counts, records, puts, raises, or that is said to be by their count."""
    for word in doc:
        if word.pos_ == "VERB":
            yield from _of_verb(word)
        elif word.pos_ == "NOUN" and word.lemma_.lower() in TOLLS:
            yield from _of_noun(word)


def _of_verb(verb: Token) -> Iterator[Attribution]:
    content = [word for child in verb.rights if child.dep_ not in CLAUSES | {"agent"} for word in child.subtree]
    if verb.lemma_.lower() in PLACING and not _numbered(content):
        content = _placed(verb)
    thing = next((child for child in verb.children if child.dep_ in THINGS), verb)
    counter = _counter(verb)
    if counter is None or not _counts(verb, thing, content) or not _speaks(counter, verb):
        return
    if thing.dep_ == "npadvmod" and thing.i < counter.i < verb.i:
        return  # "Toll of ferry Marigold lowered to 47"
    before = [child for child in verb.children if child.dep_ in AUXILIARIES and child.i < verb.i]
    content = sorted(content, key=lambda word: word.i)
    while content[-1].lower_ in ("and", ","):
        content.pop()
    content += _and_more(content[-1])
    content += list(thing.subtree) if thing.dep_ == "nsubjpass" else []
    yield Attribution(spans_of(_after_semicolon(verb) or _naming(counter)), spans_of([*before, verb]), spans_of(content), SURE, COUNT)


def _counter(verb: Token) -> Token | None:
    """The subject, of the verb before where two are joined ("gave a number and put the losses at 3"), or who is named after "by"."""
    clause = _after_semicolon(verb)
    if clause:
        return clause[-1]
    while verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children):
        verb = verb.head
    agent = next((noun for child in verb.children if child.dep_ == "agent" for noun in child.children if noun.dep_ == "pobj"), None)
    counter = agent or next((child for child in verb.children if child.dep_ == "nsubj"), None)
    return verb.head if counter is not None and counter.tag_ in ("WP", "WDT") and verb.dep_ == "relcl" else counter


def _after_semicolon(verb: Token) -> list[Token]:
    """The words that a clause after a semicolon begins with, up to a comma or a verb, where the parse took its subject from before."""
    start = next((word.i for word in reversed(verb.doc[verb.sent.start : verb.i]) if word.text == ";"), None)
    if start is None or any(child.dep_ == "nsubj" and child.i > start for child in verb.children):
        return []
    words = []
    for word in verb.doc[start + 1 : verb.i]:
        if word.text == "," or word.pos_ in ("AUX", "VERB"):
            break
        words += [word] if word.pos_ not in ("CCONJ", "SCONJ") else []
    return words if words and words[-1].pos_ in ("NOUN", "PROPN", "PRON") else []


def _naming(counter: Token) -> list[Token]:
    """A counter's words, without a clause that hangs on it."""
    away = {word.i for child in counter.children if child.dep_ in ("relcl", "acl") for word in child.subtree}
    return [word for word in counter.subtree if word.i not in away]


def _counts(verb: Token, thing: Token, content: list[Token]) -> bool:
    """Whether the verb, with `thing` for its object, gives the number that is in `content`."""
    lemma, words = verb.lemma_.lower(), {word.lemma_.lower() for word in thing.subtree}
    if not _numbered(content) or thing is verb and lemma != "speak":
        return False
    if lemma in COUNTING | SAYING:
        return _numbered(thing.subtree)
    if lemma in KEEPING:
        return _numbered(thing.subtree) and bool(words & COUNTED)
    if lemma in MOVING:
        return thing.lemma_.lower() in TOLLS and _numbered_after(("to", "at"), content)
    if lemma == "give" and thing.lemma_.lower() in TOLLS and _numbered(thing.subtree):
        return True
    if lemma == "speak":
        return any(child.lower_ == "of" and _numbered(child.subtree) for child in verb.rights)
    return lemma in PLACING and _numbered_after((PLACING[lemma],), content)


def _placed(verb: Token) -> list[Token]:
    """What is "put ... at 3", read off the words, where the parse took one between them for a verb ("tram stops")."""
    for word in verb.doc[verb.i + 1 : verb.sent.end]:
        if word.text in (",", ";") or word.lemma_.lower() in load_cues().verbs and word.pos_ == "VERB":
            return []
        if word.lower_ == PLACING[verb.lemma_.lower()] and _numbered(word.subtree):
            return list(verb.doc[verb.i + 1 : word.right_edge.i + 1])
    return []


def _and_more(last: Token) -> list[Token]:
    """The "and 102 wounded" behind "put the toll at 45 dead", which the parse hangs elsewhere."""
    more = list(last.doc[last.i + 1 : min(last.i + 2 + MORE, last.sent.end)])
    if len(more) < 3 or more[0].lower_ != "and" or not _numbered(more):
        return []
    harmed = next((place for place, word in enumerate(more) if word.lemma_.lower() in HARMED or word.lower_ in HARMED), None)
    return more[: harmed + 1] if harmed is not None and all(word.pos_ != "VERB" or word.lower_ in HARMED for word in more[: harmed + 1]) else []


def _numbered(words: Iterable[Token]) -> bool:
    return any(word.like_num for word in words)


def _numbered_after(prepositions: tuple[str, ...], words: list[Token]) -> bool:
    places = [word.i for word in words if word.lower_ in prepositions]
    return bool(places) and any(word.like_num and word.i > places[0] for word in words)


def _speaks(counter: Token, verb: Token) -> bool:
    """Whether somebody counts: a landslide raises a toll too, and of a province it is only said that it recorded deaths."""
    lemma = counter.lemma_.lower()
    if counter.pos_ == "PRON":
        return lemma in ("he", "she", "it", "they")
    if counter.pos_ == "PROPN":
        return verb.lemma_.lower() not in KEEPING or len(_naming(counter)) > 1 or counter.text.isupper()
    return counter.pos_ == "NOUN" and lemma not in DEEDS and (lemma in load_cues().speakers or verb.lemma_.lower() in COUNTING | PLACING.keys())


def _of_noun(noun: Token) -> Iterator[Attribution]:
    counter = _owner(noun)
    content = _counted_by(noun) if counter is not None else []
    if _numbered(content):
        yield Attribution(spans_of(word for word in _naming(counter) if word.dep_ != "case"), spans_of([noun]), spans_of(content), SURE, COUNT)


def _owner(noun: Token) -> Token | None:
    """Whose count it is: "the clinic's", "the police count", "by the clinic", "given by the clinic"."""
    for child in noun.children:
        owned = noun.lemma_.lower() in OWNED or child.lemma_.lower() in load_cues().speakers
        if child.dep_ in ("poss", "compound", "nmod") and owned and _is_speaker(child):
            return child
        if child.dep_ == "acl" and child.lemma_.lower() in PUBLISHED or child.lower_ in ("by", "from"):
            holder = next((by for by in child.children if by.dep_ == "agent"), None) if child.dep_ == "acl" else child
            named = next((name for name in holder.children if name.dep_ == "pobj"), None) if holder is not None else None
            if named is not None and _is_speaker(named):
                return named
    return None


def _is_speaker(word: Token) -> bool:
    return word.pos_ == "PROPN" or word.pos_ == "NOUN" and word.lemma_.lower() in load_cues().speakers


def _counted_by(noun: Token) -> list[Token]:
    """What the count is of: "a count | of 21 dead", "the toll | is 22", the clause in "by the police count, | 400 marched"."""
    of = next((child for child in noun.children if child.lower_ == "of"), None)
    if of is not None and _numbered(of.subtree):
        return list(of.subtree)
    over = noun.head
    if noun.dep_ == "nsubj" and over.lemma_.lower() in ("be", "stand", "remain"):
        return [word for child in over.rights for word in child.subtree]
    if noun.dep_ == "pobj" and over.lower_ in ("by", "in", "on"):
        clause = next((word for word in over.ancestors if word.pos_ in ("VERB", "AUX")), None)
        phrase = {word.i for word in over.subtree}
        return [word for word in clause.subtree if word.i not in phrase] if clause is not None else []
    return []
