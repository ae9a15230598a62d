"""What several test modules share: the language pipeline."""

import pytest

from analysis.language import load


@pytest.fixture(scope="session")
def pipeline():
    return load()
