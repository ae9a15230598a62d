"""Passive cues: in "the envoy is expected to resign" nobody is named who expects it, and the envoy is in the content."""

from spacy.tokens import Doc

from analysis.claims.attribution import Attribution
from analysis.claims.spans import shared

# Verbs whose passive subject is talked about; "was quoted", "was told", "was asked" have one who speaks or hears.
TALKED_ABOUT = {"accuse", "anticipate", "assume", "believe", "consider", "estimate", "expect", "fear", "forecast", "know",
                "predict", "presume", "project", "regard", "report", "rumor", "rumour", "say", "see", "suppose", "suspect",
                "think", "understand", "view"}
# Verbs whose passive subject hears: "the council was told that ...".
HEARING = {"assure", "brief", "inform", "notify", "remind", "tell", "warn"}
# Who hears, and is told, though the verb be active: "a jury heard that ...", "MPs hear".
HEARERS = {"commission", "committee", "court", "hearing", "inquest", "inquiry", "jury", "mps", "mp", "panel", "tribunal"}


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


def _place(token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)
