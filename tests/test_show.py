"""Tables and sentences as HTML: safe, stable, linked."""

import pandas
import pytest
from markupsafe import Markup

from analysis import show


def test_a_cell_is_text_whatever_it_holds():
    html = show.table({"What": ["<script>alert(1)</script>"], "Mark": [Markup("<b>kept</b>")]}).html
    assert "<script" not in html and "&lt;script&gt;" in html and "<b>kept</b>" in html


def test_a_frame_cannot_smuggle_markup_in_its_text():
    assert "<b>" not in show.table(pandas.DataFrame({"What": ["<b>bold</b>"]})).html


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x85", "\ud800", "\u202e", "\u2066"])
def test_what_cannot_be_shown_is_replaced_one_for_one(character):
    assert show.legible(f"a{character}b") == "a\ufffdb"


def test_missing_text_is_empty_and_line_breaks_stay():
    assert [show.legible(text) for text in (None, pandas.NA, float("nan"), "a\n\tb")] == ["", "", "", "a\n\tb"]


@pytest.mark.parametrize(("value", "words"), [(28, "28"), (1000, "1,000"), (2.5, "2.5"), (1.5e6, "1.5 million"), (-3e9, "-3 billion"),
                                              (float("nan"), ""), (0, "0"), (1e300, "1e+300")])
def test_numbers_read_as_people_write_them(value, words):
    assert show.number(value) == words


def test_lists_and_counts_read_as_sentences():
    assert [show.listing(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert show.listing(["a, b", "c", "d"]) == "a, b; c; d"
    assert show.listing("abcdefgh", most=3) == "a, b and 6 more"
    assert [show.count(n, "claim") for n in (0, 1, 1200)] == ["no claims", "1 claim", "1,200 claims"]


def test_anchors_are_free_of_spaces_and_never_the_same_for_two_ids():
    ids = ["a b", "a~20~b", "a_b", "a/b", "é"]
    anchors = [show.anchor("row", row_id) for row_id in ids]
    assert len(set(anchors)) == len(ids) and not any(set(anchor) & set(" <>\"'/") for anchor in anchors)


@pytest.mark.parametrize(("comparator", "value", "low", "high", "unit", "words"), [
    ("=", 28, None, None, "people", "28 people"), (">", 1000, None, None, "people", "> 1,000 people"),
    (">=", 5, None, None, "", "≥ 5"), ("~", 5, None, None, "km", "~ 5 km"), ("range", None, 2, 3, "day", "2 to 3 day"),
    ("vague", None, 24, None, "boat", "24 or more boat, vague"), ("vague", None, None, None, "", "vague"),
])
def test_a_figure_says_how_it_is_read(comparator, value, low, high, unit, words):
    row = pandas.DataFrame({"comparator": [comparator], "value": [value], "low": [low], "high": [high], "unit": [unit]})
    row = row.astype({"value": "float64", "low": "float64", "high": "float64"})
    assert show.reading(next(row.itertuples())) == words


def test_the_sources_with_most_to_say_stand_first(found):
    order = show.by_weight(found["sources"])["source_id"].to_list()
    assert order[:2] == ["orrin-tass", "velmora"]


def test_claims_stand_under_their_source_and_link_to_their_place(found):
    html = show.claims(found, anchors=True).html
    assert html.index("Orrin Tass</th>") < html.index("will not break") < html.index("Velmora</th>")
    assert 'href="../index.html#text-dam.c2"' in html and 'id="row-dam.c2"' in html and "dam, <span class=\"offsets\">62–107</span>" in html


def test_an_unsure_claim_says_so_and_a_claim_inside_another_names_it(found):
    html = show.claims(found).html
    assert "unsure, 40%" in html and html.count("unsure") == 2  # the class and the word
    assert 'data-label="Inside a claim of">The Ledger<' in html


def test_a_number_in_the_outlets_own_voice_is_the_outlets(found):
    html = show.figures(found).html
    assert html.index("the outlet (not named)</th>") < html.index("Dozens")
    assert show.figure_words(found["figures"])[:3] == ["dam at Quill … more than 40 million", "more than 1,000 people would", "Dozens"]


def test_an_unknown_source_is_refused_with_the_nearest(found):
    with pytest.raises(ValueError, match="'orin-tass'; did you mean 'orrin-tass'"):
        show.source(found, "orin-tass")
    assert show.reporters(found, "velmora") == ["The Ledger"]


def test_what_the_corpus_does_not_tell_is_shown_as_unknown(found):
    html = show.articles(found).html
    assert html.count(">unknown<") == 6 and "photo.png" in show.left_out(found).html


def test_of_a_long_table_the_first_rows_of_each_source_are_shown_and_where_the_rest_is(found, monkeypatch):
    monkeypatch.setattr(show, "MOST_ROWS", 4)
    monkeypatch.setattr(show, "MOST_OF_SOURCE", 1)
    html = show.claims(found).html
    assert html.count("offsets") == 4 and 'Claims: 4 of 7; all are in <a href="../tables/claims.csv">claims.csv</a>' in html
    assert "Claims: 4 of 7; all are in claims.csv" in show.claims(found).plain
