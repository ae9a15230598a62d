"""Broken words in, words as they were meant out, and every place of them in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus import article_from_text
from analysis.corpus.repair import repaired


@pytest.mark.parametrize("text, meant", [
    ("The min\xadis\xadter said", "The minister said"),
    ("Orlaviaâ€™s fleet of the cafÃ© sailed", "Orlavia’s fleet of the café sailed"),
    ("José said “no” — and Ângela agreed", "José said “no” — and Ângela agreed"),
])
def test_broken_words_are_read_as_they_were_meant(text, meant):
    reading, _ = repaired(text)
    assert len(reading) == len(text) and reading.split() == meant.split()


def test_quotation_marks_of_windows_are_read():
    assert article_from_text("a", "\x93No,\x94 he said. It\x92s over \x96 now.").reading == "“No,” he said. It’s over – now."


def test_each_place_in_a_repaired_word_has_one_in_the_text():
    text = "Orlaviaâ€™s fleet, min\xadis\xadters."
    reading, places = repaired(text)
    moved = dict(places)
    for word, raw in (("Orlavia’s", "Orlaviaâ€™s"), ("ministers", "min\xadis\xadters"), ("ministers.", "min\xadis\xadters."),
                      ("fleet", "fleet")):
        start = reading.index(word)
        end = start + len(word)
        assert text[moved.get(start, start):moved.get(end, end)] == raw


@given(st.text(alphabet=st.sampled_from("ab .&#amp;8217\xadÃ©â€™\x93“"), max_size=60))
def test_no_text_changes_its_length_and_no_place_leads_out_of_it(text):
    reading, places = repaired(text)
    assert len(reading) == len(text)
    assert all(0 <= new <= len(text) and new < old <= len(text) for new, old in places)
