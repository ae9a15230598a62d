"""Quotation marks in every style: rows in, rows out."""

import pytest

from analysis.claims.quotes import kind, plain, quoted


def pieces(text):
    return [text[start:end] for start, end in quoted(text)]


@pytest.mark.parametrize("text, expected", [
    ('"We are ready," she said.', ['"We are ready,"']),
    ("“We are ready,” she said. “We always were.”", ["“We are ready,”", "“We always were.”"]),
    ("''We are ready,'' she said.", ["''We are ready,''"]),
    ("``We are ready,'' she said.", ["``We are ready,''"]),
    ("«We are ready», she said.", ["«We are ready»"]),
    ("‘We are ready,’ said Ms Orre.", ["‘We are ready,’"]),
    ("'We are ready,' said Ms Orre.", ["'We are ready,'"]),
])
def test_every_style_of_quotation_is_found(text, expected):
    assert pieces(text) == expected


@pytest.mark.parametrize("text", [
    "The mayors’ plan wasn’t the council’s.",
    "It's the voters' choice, and they don't like it.",
    "In the '90s the miners' union was strong.",
])
def test_apostrophes_quote_nothing(text):
    assert pieces(text) == []


def test_a_quotation_left_open_ends_with_its_paragraph():
    text = "“We are ready.\n“We always were,” she said."
    assert pieces(text) == ["“We are ready.", "“We always were,”"]


def test_a_single_quotation_inside_a_double_one_is_part_of_it():
    text = '"He told me \'go home\' and I went," she said.'
    assert pieces(text) == ['"He told me \'go home\' and I went,"']


def test_plain_keeps_every_offset():
    assert plain("``Go,'' “he” ‘said’") == '" Go,"  "he" \'said\''


@pytest.mark.parametrize("content, expected", [
    ('"We will rebuild the bridge by spring,"', "direct"),
    ("that the bridge would be rebuilt", "indirect"),
    ('that the bridge was "a disgrace"', "mixed"),
])
def test_the_kind_follows_the_share_of_quoted_words(content, expected):
    text = f"The mayor said {content} on Monday."
    start = text.index(content)
    assert kind(text, [(start, start + len(content))], quoted(text)) == expected
