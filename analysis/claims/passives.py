"""Passive cues: in "the envoy is expected to resign" nobody is named who expects it, and the envoy is in the content."""

from spacy.tokens import Doc

from analysis.claims.attribution import Attribution
from analysis.claims.spans import shared

# Verbs whose passive subject is talked about; "was quoted", "was told", "was asked" have one who speaks or hears.
TALKED_ABOUT = {"accuse", "anticipate", "assume", "believe", "consider", "estimate", "expect", "fear", "forecast", "know",
                "predict", "presume", "project", "regard", "report", "rumor", "rumour", "say", "see", "suppose", "suspect",
                "think", "understand", "view"}


def turned(doc: Doc, attribution: Attribution) -> Attribution:
    """Return the attribution, the subject of a passive cue moved from its source into its content."""
    for start, end in attribution.cue:
        for token in doc.char_span(start, end, alignment_mode="expand") or ():
            if token.lemma_.lower() in TALKED_ABOUT and token.tag_ == "VBN":
                children = {child.dep_: child for child in token.children}
                subject = children.get("nsubjpass")
                if subject is not None and "agent" not in children and shared(attribution.source, [_place(subject)]):
                    attribution.content = sorted(attribution.source + attribution.content)
                    attribution.source = []
    return attribution


def _place(token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)
