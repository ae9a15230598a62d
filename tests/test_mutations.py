"""Damaged inputs stop nothing and lose no article; `make mutations N=10000` is the long run."""

import pytest

from tests.format_mutations import format_faults_of
from tests.mutations import faults_of


@pytest.mark.parametrize("number", range(8))
def test_damaged_inputs_stop_nothing_and_lose_nothing(tmp_path, number):
    inputs, faults = faults_of(number, tmp_path)
    assert inputs == 26 and faults == []


@pytest.mark.parametrize("number", range(8))
def test_damaged_files_of_every_format_stop_nothing_and_are_told(tmp_path, number):
    inputs, faults = format_faults_of(number, tmp_path)
    assert inputs > 25 and faults == []
