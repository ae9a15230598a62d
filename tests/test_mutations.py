"""Damaged inputs stop nothing and lose no article; `make mutations N=10000` is the long run."""

import pytest

from tests.mutations import faults_of


@pytest.mark.parametrize("number", [*range(3), *range(4, 8), 9])
def test_damaged_inputs_stop_nothing_and_lose_nothing(tmp_path, number):
    inputs, faults = faults_of(number, tmp_path)
    assert inputs == 26 and faults == []
