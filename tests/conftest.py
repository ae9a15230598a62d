"""What several test modules share: the language pipeline, and a small invented corpus with its tables."""

import os

import pytest

from analysis import tabulate
from analysis.corpus import read_corpus
from analysis.language import load
from tests.made_articles import make_large_report
from tests.small_corpus import extract_by_hand, make_small_report, write_corpus

os.environ["ONRECORD_STORE"] = ""  # no test takes what another has read, nor what the user has


@pytest.fixture(scope="session")
def pipeline():
    return load()


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A small invented corpus, one article of it hostile."""
    return read_corpus(write_corpus(tmp_path_factory.mktemp("small") / "small"))


@pytest.fixture(scope="session")
def found(small):
    """The tables of the small corpus, from claims and figures found by hand."""
    return tabulate.build(small, extract_by_hand(small.articles))


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    """The folder of a report on the small corpus, which lies beside it as "small"."""
    return make_small_report(tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="session")
def large(tmp_path_factory):
    """The folder of a report on 250 articles of 25 events, with as many claims as news articles have."""
    return make_large_report(tmp_path_factory.mktemp("large"), articles=250, claims=14)
