"""What the parse knows better than the tagger: deeds that are no claims, nouns that are no cues, who "which" is, and passives:
in "the envoy is expected to resign" nobody is named who expects it, and the envoy is in the content."""

from spacy.tokens import Doc, Token

from analysis.claims.clauses import spans_of
from analysis.claims.spans import holds, shared, without
from analysis.claims.stance import load_cues
from analysis.corpus import Span
from analysis.types import Attribution
from analysis.words import of_kind, words_of

SUBJECTS = {"nsubj", "nsubjpass"}
MOST = 0.8  # of a piece of content; where it ends, at a mark or behind it, parse and tagger differ
TALKED_ABOUT = frozenset(of_kind("verbs", "talked_about"))
HEARING = frozenset(of_kind("verbs", "hearing"))
HEARERS = words_of("cues", "hearers", "nouns")


def is_deed(doc: Doc, claim: Attribution) -> bool:
    """Whether what the tagger took for a claim is a deed ("has hired | the clerk"): verbs alone, none of which says or judges anything,
    with neither a clause nor a quotation after them; or the dismissal of a person."""
    cue, content, cues = _words(doc, claim.cue), _words(doc, claim.content), load_cues()
    lemmas = {word.lemma_.lower() for word in cue}
    if "dismiss" in lemmas and any(word.dep_ == "dobj" and word.lemma_.lower() in cues.speakers and word.head in cue
                                   for word in content):
        return True
    if not claim.source or any(word.pos_ not in ("VERB", "AUX", "ADV", "PART") for word in cue):
        return False
    verbs = [word.lemma_.lower() for word in cue if word.pos_ == "VERB"]
    says = any(lemma in known for lemma in verbs for known in (cues.verbs, cues.nouns, cues.judging, cues.light))
    return bool(verbs) and not says and not any(word.dep_ in SUBJECTS or word.is_quote for word in content)


def inverted(doc: Doc, claim: Attribution) -> Attribution:
    """Return the claim with the subject right behind its verb for its source: of "S," said A. "T," said B. each has his own."""
    for verb in _words(doc, claim.cue):
        subject = next((child for child in verb.rights if child.dep_ == "nsubj" and child.left_edge.i == verb.i + 1), None)
        words = list(subject.subtree) if subject is not None else _capitals_after(verb)
        elsewhere = not shared(claim.source, [(verb.sent.start_char, verb.sent.end_char)])
        if words and claim.source and (subject is not None or elsewhere) and not shared(claim.source, spans_of(words)):
            claim.source = spans_of(words)
    return claim


def _capitals_after(verb: Token) -> list[Token]:
    """The words with a capital right behind a verb: a name that the parser took for something else ("said Per Dahl")."""
    found = []
    while verb.i + len(found) + 1 < verb.sent.end and verb.doc[verb.i + len(found) + 1].text[0].isupper():
        found.append(verb.doc[verb.i + len(found) + 1])
    return found


def named(doc: Doc, claim: Attribution) -> Attribution:
    """Return the claim with the audit for its source, not "which", in "an audit which found": PolNeAR's guidelines,
    which the tagger learned, take the pronoun; around a claim inside a claim nothing else tells who it is."""
    pronoun = doc.char_span(*claim.source[0], alignment_mode="expand") if len(claim.source) == 1 else None
    if pronoun is not None and len(pronoun) == 1 and pronoun[0].tag_ in ("WP", "WDT"):
        clause = next((token for token in pronoun[0].ancestors if token.dep_ == "relcl"), None)
        if clause is not None:
            claim.source = spans_of(token for token in clause.head.subtree if token.i < pronoun[0].i)[:1]
    return claim


def without_noun(doc: Doc, claim: Attribution) -> Attribution:
    """Return the claim, "denied | reports that S": the reports are part of what is denied, not of the cue; "made a claim | that" stays."""
    cue, cues = _words(doc, claim.cue), load_cues()
    for verb in cue:
        noun = next((child for child in verb.children if child.dep_ == "dobj" and child.lemma_.lower() in cues.nouns), None)
        if noun is None or verb.lemma_.lower() in cues.light:
            continue
        if any(child.dep_ in ("acl", "ccomp") and shared(claim.content, [(child.idx, child.idx + 1)]) for child in noun.children):
            claim.cue = spans_of(token for token in cue if token.i < noun.left_edge.i)
            claim.content = spans_of(noun.subtree)
    return claim


def whole_clause(doc: Doc, text: str, claim: Attribution) -> Attribution:
    """Return the claim, "said her son had texted | S", "said a clerk had told her | S": a content that begins inside the clause
    after its cue takes the rest of the clause along; a name of the source taken for a content gives way to it."""
    for verb in _words(doc, claim.cue):
        clause = next((child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i
                       and any(word.dep_ in SUBJECTS for word in child.children)), None)
        if verb.pos_ != "VERB" or clause is None or not claim.content:
            continue
        spans, end = spans_of(clause.subtree), claim.content[-1][1]
        named = spans_of(word for child in verb.children if child.dep_ in SUBJECTS for word in child.subtree)
        if holds(named, claim.content, 1):
            claim.content = spans
        elif holds(spans, claim.content[:1], MOST) and claim.content[0][0] > clause.left_edge.idx and not shared(claim.source, spans):
            claim.content = sorted(spans + without(claim.content, spans))
        elif holds(spans, claim.content, 1) and text.startswith(" that ", end):
            claim.content = [*claim.content[:-1], (claim.content[-1][0], spans[-1][1])]
    return claim


def turned(doc: Doc, attribution: Attribution) -> Attribution:
    """Return the attribution, the subject of a passive cue moved from its source into its content, where it is
    talked about, or out of it, where it hears; so the active subject of "hears" that is one of HEARERS."""
    for start, end in attribution.cue:
        for token in doc.char_span(start, end, alignment_mode="expand") or ():
            lemma = token.lemma_.lower()
            children = {child.dep_: child for child in token.children}
            if "nsubj" in children and children["nsubj"].lemma_.lower() in HEARERS and (
                    lemma == "hear" or lemma == "tell" and not {"dobj", "dative"} & set(children)):
                attribution.source = []
            if lemma in TALKED_ABOUT | HEARING and token.tag_ == "VBN":
                subject = children.get("nsubjpass")
                if subject is not None and "agent" not in children and shared(attribution.source, [_place(subject)]):
                    if lemma in TALKED_ABOUT:
                        attribution.content = sorted(attribution.source + attribution.content)
                    attribution.source = []
    return attribution


def _words(doc: Doc, spans: list[Span]) -> list[Token]:
    return [token for span in spans for token in doc.char_span(*span, alignment_mode="expand") or ()]


def _place(token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)
