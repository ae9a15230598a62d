"""Outbreaks: cases and sick people of a text that tells of an infectious disease ("the number of cases rose to 187")."""

import re

from analysis.corpus import Span

DISEASE = re.compile(
    r"\b(?:cholera|measles|malaria|polio|typhoid|typhus|dengue|meningitis|ebola|mpox|influenza|flu|covid\S*|coronavirus|plague|rabies|anthrax|diphtheria|hepatitis|tuberculosis|salmonella|"
    r"pneumonia|fever|virus(?:es)?|epidemics?|pandemic|outbreaks?|infections?|infected|infectious|contagious|disease)\b",
    re.IGNORECASE,
)
COURT = re.compile(r"\b(?:courts?|judges?|prosecutors?|lawyers?|lawsuits?|legal|criminal|trials?|police|murder|fraud|asylum|corruption)\b", re.IGNORECASE)
CASE = re.compile(r"(?:^|[\s-])case$")
FAR = 1500  # characters


def of_disease(text: str, sentence: Span, unit: str, measure: str | None) -> bool:
    """Whether what a number counts in text[sentence] are cases, or people fallen ill, of an infectious disease told of near it."""
    if not (CASE.search(unit) and measure is None or measure == "fallen ill"):
        return False
    start, end = sentence
    return not COURT.search(text, start, end) and DISEASE.search(text, max(0, start - FAR), end + FAR) is not None


def case(unit: str) -> str:
    """A case without the name of its disease: "suspected case" for "suspected cholera case"."""
    return re.sub(rf"{DISEASE.pattern}\s", "", unit, flags=re.IGNORECASE)
