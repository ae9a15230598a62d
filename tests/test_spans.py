"""Lists of spans: rows in, rows out."""

from analysis.claims.spans import holds, shared, size, trimmed, without


def test_size_and_shared_count_characters():
    assert size([(0, 4), (10, 12)]) == 6
    assert shared([(0, 4), (10, 12)], [(2, 11)]) == 3


def test_holds_asks_for_a_share_and_nothing_holds_nothing():
    assert holds([(0, 10)], [(2, 4), (9, 12)], 0.6)
    assert not holds([(0, 10)], [(2, 4), (9, 12)], 0.8)
    assert not holds([(0, 10)], [], 0.0)


def test_without_cuts_a_hole():
    assert without([(0, 10), (20, 30)], [(3, 5), (18, 22)]) == [(0, 3), (5, 10), (22, 30)]


def test_trimmed_takes_blanks_and_marks_off_the_ends():
    text = " , the mayor, and \n"
    assert [text[start:end] for start, end in trimmed(text, [(0, len(text)), (1, 2)], ",")] == ["the mayor, and"]
