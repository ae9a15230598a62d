"""What the parse shows by itself: a verb of saying or thinking with its subject and its clause; "according to"."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from analysis.claims.attribution import Attribution
from analysis.claims.cues import load_cues
from analysis.claims.relays import spans_of

SURE = 0.5  # of an attribution that the tagger did not show
AUXILIARIES = {"aux", "auxpass", "neg", "prt", "advmod"}
SUBJECTS = {"nsubj", "nsubjpass", "expl"}


def clauses(doc: Doc) -> Iterator[Attribution]:
    """Yield an attribution for each verb of saying or thinking that has a subject and, after it or before it, a clause
    of its own."""
    verbs = load_cues().verbs
    for verb in doc:
        if verb.pos_ == "VERB" and verb.lemma_.lower() in verbs:
            subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
            clause = next((child for child in verb.children if _says_something(child)), None)
            if subject is not None and clause is not None:
                before = [child for child in verb.children if child.dep_ in AUXILIARIES and child.i < verb.i]
                yield Attribution(spans_of(subject.subtree), spans_of([*before, verb]), spans_of(clause.subtree), SURE,
                                  "parse: verb and clause")


def according(doc: Doc) -> Iterator[Attribution]:
    """Yield an attribution for each "according to X", its content the clause it hangs on."""
    for word in doc:
        to = next((child for child in word.children if child.lower_ == "to"), None) if word.lower_ == "according" else None
        source = next((child for child in to.children if child.dep_ == "pobj"), None) if to is not None else None
        if source is not None:
            clause = word
            while clause.head.i != clause.i and (clause.i == word.i or clause.pos_ not in ("VERB", "AUX")):
                clause = clause.head
            phrase = {token.i for token in word.subtree}
            content = [token for token in clause.subtree if token.i not in phrase]
            yield Attribution(spans_of(source.subtree), spans_of([word, to]), spans_of(content), SURE, "parse: according to")


def _says_something(child: Token) -> bool:
    """Whether the child is a clause with a subject: "that the bridge had fallen"."""
    return child.dep_ == "ccomp" and any(word.dep_ in SUBJECTS for word in child.children)
