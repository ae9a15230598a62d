"""What the parse knows better than the tagger: whose verb a cue is, and where a clause begins."""

from bisect import bisect_left, insort

from spacy.tokens import Doc, Token

from analysis.claims.attribution import Attribution, Attributions
from analysis.claims.cues import load_cues
from analysis.claims.relays import spans_of
from analysis.claims.spans import holds, shared, without
from analysis.corpus import Span

SUBJECTS = {"nsubj", "nsubjpass"}
MOST = 0.8  # of a piece of content; where it ends, at a mark or behind it, parse and tagger differ
GAP = 300  # characters: a source and a cue stand between
LOST = {"life", "victim", "casualty"}
STUB = 20  # characters; "that the minister" is no content but the beginning of one


def repaired(doc: Doc, text: str, claim: Attribution, clauses: Attributions) -> Attribution:
    """Return the claim with the cue that is its source's, and with the whole clause that it has a part of."""
    _whose_cue(claim, clauses)
    _without_noun(doc, claim)
    _whole_clause(doc, text, claim)
    _with_subject(doc, claim)
    return claim


def takes_lives(doc: Doc, claim: Attribution) -> bool:
    """Whether what the tagger took for a claim is a deed: "the blast claimed hundreds of lives"."""
    return any(verb.lemma_.lower() == "claim" and any(word.lemma_.lower() in LOST for child in verb.children if child.dep_ == "dobj" for word in child.subtree)
               for verb in _words(doc, claim.cue))


def named(doc: Doc, claim: Attribution) -> Attribution:
    """Return the claim with the audit for its source, not "which", in "an audit which found": PolNeAR's guidelines,
    which the tagger learned, take the pronoun; around a claim inside a claim nothing else tells who it is."""
    pronoun = doc.char_span(*claim.source[0], alignment_mode="expand") if len(claim.source) == 1 else None
    if pronoun is not None and len(pronoun) == 1 and pronoun[0].tag_ in ("WP", "WDT"):
        clause = next((token for token in pronoun[0].ancestors if token.dep_ == "relcl"), None)
        if clause is not None:
            claim.source = spans_of(token for token in clause.head.subtree if token.i < pronoun[0].i)[:1]
    return claim


def joined(text: str, claims: list[Attribution]) -> list[Attribution]:
    """Return the claims, a content that breaks off at another claim going on with it: in "said it has a letter in which
    he warns S" and in "said the army | had denied S" the tagger shows both, and gives each word to one of them alone."""
    starts = sorted((claim.content[0][0], number) for number, claim in enumerate(claims) if claim.content)
    for number, claim in enumerate(claims):
        following = _following(starts, claim, 0)
        while following is not None:
            other = claims[following]
            if _breaks_off(text, claim, other):
                starts.remove((claim.content[0][0], number))
                rest = (claim.content[-1][1], other.content[-1][1])
                claim.content = without([*claim.content, rest], claim.cue + claim.source)
                if claim.content:
                    insort(starts, (claim.content[0][0], number))
            following = _following(starts, claim, following + 1)
    return claims


def _following(starts: list[tuple[int, int]], claim: Attribution, first: int) -> int | None:
    """The number, from `first` on, of the next attribution whose content begins soon behind the claim's; None where none does."""
    if not claim.content:
        return None
    end = claim.content[-1][1]
    soon = starts[bisect_left(starts, (end, -1)):bisect_left(starts, (end + GAP + 1, -1))]
    return min((number for _, number in soon if number >= first), default=None)


def _breaks_off(text: str, claim: Attribution, other: Attribution) -> bool:
    """Whether what the other one says comes next in the line, its source and cue just before it, in this content or
    after the first words of one."""
    start, end = claim.content[0][0], claim.content[-1][1]
    if "\n" in text[end:other.content[-1][1]]:
        return False
    begins = min(first for first, _ in other.source + other.cue)
    inside = holds(claim.content, other.source + other.cue, 1) and not text[end:other.content[0][0]].strip(" ,:")
    stub = claim.content[0][1] - start <= STUB and claim.content[0][1] <= begins < other.content[0][0]
    after = stub and not text[claim.content[0][1]:begins].strip(" ")
    return (inside or after) and not any(end <= first < other.content[-1][1] for first, _ in claim.cue)


def _whose_cue(claim: Attribution, clauses: Attributions) -> None:
    """"She said an officer told her S": where "told" was taken for her cue, hers is "said", with all that follows."""
    if not claim.cue or not claim.source:
        return
    theirs = next((clause for clause in clauses.near(claim.cue) if clause.cue[0][0] < claim.cue[-1][1] and shared(clause.cue, claim.cue)), None)
    if theirs is None or shared(theirs.source, claim.source):
        return
    for own in clauses.near(claim.source):
        if shared(own.source, claim.source) and holds(own.content, theirs.source + theirs.cue, 1):
            claim.cue, claim.content = own.cue, own.content


def _without_noun(doc: Doc, claim: Attribution) -> None:
    """"denied reports | that S": the reports are part of what is denied, not of the cue; "made a claim that" stays."""
    cue, cues = _words(doc, claim.cue), load_cues()
    for verb in cue:
        noun = next((child for child in verb.children if child.dep_ == "dobj" and child.lemma_.lower() in cues.nouns), None)
        if noun is None or verb.lemma_.lower() in cues.light:
            continue
        if any(child.dep_ in ("acl", "ccomp") and shared(claim.content, [(child.idx, child.idx + 1)]) for child in noun.children):
            claim.cue = spans_of(token for token in cue if token.i < noun.left_edge.i)
            claim.content = spans_of(noun.subtree)


def _whole_clause(doc: Doc, text: str, claim: Attribution) -> None:
    """"said her son had texted | S", "said a clerk had told her | S": a content that begins inside the clause after its
    cue takes the rest of the clause along; a name of the source taken for a content gives way to it."""
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


def _words(doc: Doc, spans: list[Span]) -> list[Token]:
    return [token for span in spans for token in doc.char_span(*span, alignment_mode="expand") or ()]


def _with_subject(doc: Doc, claim: Attribution) -> None:
    """"said her son | had texted": a content that begins with a verb takes the verb's subject along."""
    if not claim.content:
        return
    start, end = claim.content[0]
    stretch = doc.char_span(start, end, alignment_mode="expand")
    verb = _first_verb(stretch) if stretch is not None else None
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None) if verb is not None else None
    if subject is None or subject.right_edge.i >= stretch.start:
        return
    before = spans_of(doc[subject.left_edge.i:stretch.start])
    if before and not shared(before, claim.source + claim.cue + claim.content):
        claim.content = [(before[0][0], end), *claim.content[1:]]


def _first_verb(stretch) -> Token | None:
    """The verb that a stretch begins with, behind its auxiliaries."""
    for token in stretch[:4]:
        if token.pos_ == "VERB" or token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass"):
            return token
        if token.pos_ not in ("AUX", "PART", "ADV") or token.tag_ == "TO":
            return None
    return None
