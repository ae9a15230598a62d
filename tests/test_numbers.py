"""Numbers written in every supported way are read back as they were meant."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.figures.numbers import find_numbers, load_vague

EXAMPLES = int(os.environ.get("EXAMPLES", 1000))  # set EXAMPLES=20000 for the long run, about a minute
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spell(number: int, joint: str = " and ", hyphen: str = "-") -> str:
    """An integer below a thousand billion in English words."""
    for scale, name in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            tail = "" if not rest else (joint if rest < 100 else " ") + spell(rest, joint, hyphen)
            return f"{spell(number // scale, joint, hyphen)} {name}{tail}"
    if number < 20:
        return ONES[number]
    return TENS[number // 10 - 2] + (hyphen + ONES[number % 10] if number % 10 else "")


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def indian(number: int) -> str:
    text = str(number)
    head, tail = text[:-3], text[-3:]
    while len(head) > 2:
        head, tail = head[:-2], f"{head[-2:]},{tail}"
    return f"{head},{tail}" if head else tail


integers = st.integers(0, 10**12 - 1)
tenths = st.integers(1, 9999).map(lambda n: n / 10)
scales = st.sampled_from(
    [(" million", 1e6), (" billion", 1e9), (" trillion", 1e12), (" thousand", 1e3), (" lakh", 1e5), (" crore", 1e7),
     ("bn", 1e9), ("mn", 1e6),
     (" hundred million", 1e8)]
)  # fmt: skip
phrases = st.one_of(
    integers.map(lambda n: (str(n), n)),
    integers.map(lambda n: (grouped(n, ","), n)),
    st.tuples(integers, st.sampled_from([" ", "\u00a0", "\u202f"])).map(lambda pair: (grouped(pair[0], pair[1]), pair[0])),
    st.integers(10**6, 10**12 - 1).map(lambda n: (grouped(n, "."), n)),
    st.integers(10**5, 10**11).map(lambda n: (indian(n), n)),
    st.tuples(integers, st.integers(1, 99)).map(lambda pair: (f"{pair[0]:,}.{pair[1]:02d}", pair[0] + pair[1] / 100)),
    st.tuples(tenths, scales).map(lambda pair: (f"{pair[0]}{pair[1][0]}", pair[0] * pair[1][1])),
    st.tuples(tenths, st.sampled_from([("k", 1e3), ("m", 1e6), ("b", 1e9)])).map(lambda pair: (f"${pair[0]}{pair[1][0]}", pair[0] * pair[1][1])),
    st.tuples(integers, st.sampled_from([" and ", " "]), st.sampled_from(["-", " "])).map(lambda t: (spell(*t), t[0])),
    integers.map(lambda n: (spell(n).capitalize(), n)),
    st.tuples(st.integers(1, 999), scales).filter(lambda t: t[1][0].startswith(" ") and "hundred" not in t[1][0]).map(lambda t: (spell(t[0]) + t[1][0], t[0] * t[1][1])),
    st.integers(1, 99).map(lambda n: (f"{spell(n)} and a half million", (n + 0.5) * 1e6)),
    st.integers(1, 19).map(lambda n: (f"{spell(n)} dozen", 12 * n)),
    st.tuples(st.integers(1, 9), st.sampled_from([3, 4, 5, 6, 7, 8, 9, 10])).map(
        lambda t: (f"{spell(t[0])}-{dict(zip(range(3, 11), 'third quarter fifth sixth seventh eighth ninth tenth'.split()))[t[1]]}{'s' * (t[0] > 1)}", t[0] / t[1])
    ),
    st.tuples(st.integers(1, 98), st.integers(1, 900)).map(lambda t: (f"{t[0]} in {t[0] + t[1]}", t[0] / (t[0] + t[1]))),
    st.tuples(st.integers(1, 9), st.integers(1, 10)).map(lambda t: (f"{spell(t[0])} out of {spell(t[0] + t[1])}",
                                                                    t[0] / (t[0] + t[1]))),
    st.tuples(st.integers(1, 8), st.integers(1, 8)).map(lambda t: (f"{t[0]}/{t[0] + t[1]}", t[0] / (t[0] + t[1]))),
    st.integers(2, 19).map(lambda n: (f"{spell(n)}fold", n)),
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(phrases)
def test_a_number_written_in_any_supported_way_is_read_back(phrase):
    words, value = phrase
    for before, after in (("They counted ", " of them."), ("", ""), ("(", ")"), ("About ", ", he said")):
        found = find_numbers(before + words + after)
        assert [round(number.value / (value or 1), 6) for number in found] == [1 if value else 0], (words, found)
        assert (before + words + after)[found[0].start : found[0].end] == words.removeprefix("$")


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("dozens", 12, 120),
        ("Scores", 20, 200),
        ("hundreds of thousands", 100_000, 1_000_000),
        ("tens of millions", 10**7, 10**8),
        ("several hundred", 300, 900),
        ("a few thousand", 2000, 5000),
    ],
)
def test_vague_amounts_have_a_low_and_a_high(words, low, high):
    (number,) = find_numbers(f"{words} of lamps")
    assert (number.value, number.low, number.high) == (None, low, high)


def test_vague_amounts_are_read_from_a_file_that_a_user_may_replace(tmp_path):
    rules = tmp_path / "mine.toml"
    rules.write_text("[amounts]\ndozens = [24, 60]\n[several]\n")
    (number,) = find_numbers("dozens of lamps", load_vague(rules))
    assert (number.low, number.high) == (24, 60)
    rules2 = tmp_path / "wrong.toml"
    rules2.write_text("[amounts]\ndozens = [60, 24]\n")
    with pytest.raises(ValueError, match="dozens.*low first"):
        load_vague(rules2)


def test_a_very_long_line_takes_no_more_than_its_length():
    assert len(find_numbers("one " * 250_000)) == 250_000
    assert find_numbers("1," * 400_000) is not None
    assert find_numbers("a" * 1_000_000) == []


@pytest.mark.parametrize("words", [
    "9" * 400, "9" * 5_000, "9" * 5_000 + " million", "9" * 5_000 + "m", "1" + ",000" * 2_000, "1" + ".000" * 2_000,
    "9" * 400 + " 1/2", "9" * 5_000 + "½",
    "1 in 1" + ",000" * 200, "9" * 400 + " in 5", "9" * 400 + "-fold", "3 x 10^400", "3 x 10^-400000000000",
    "0." + "0" * 200 + "1", "1e400", "\u0669" * 5_000,
])
def test_what_is_too_large_to_be_a_number_of_anything_is_none(words):
    found = find_numbers(f"They counted {words} lamps and 12 boats.")
    assert found[-1].value == 12
    assert all(number.value == 0 or 1e-100 <= abs(number.value) <= 1e100 for number in found)


def test_a_number_as_long_as_a_line_is_still_read_where_it_is_small():
    assert [number.value for number in find_numbers("0" * 5_000 + "7 lamps, " + "9" * 90 + " motes")] == [7, pytest.approx(1e90)]
