"""Tables and sentences as HTML: safe, stable, linked."""

import pandas
import pytest
from markupsafe import Markup

from analysis import show, story


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


@pytest.mark.parametrize(("value", "words"),
                         [(28, "28"), (1000, "1,000"), (2.5, "2.5"), (1.5e6, "1.5 million"), (-3e9, "-3 billion"),
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


def test_a_number_s_words_stand_in_the_order_of_the_text(found):
    assert list(map(show.words_of, found["figures"].itertuples()))[:3] == ["dam at Quill … more than 40 million", "more than 1,000 people would", "Dozens"]


def test_a_table_without_rows_is_nothing():
    assert show.table({"What": []}).html == ""


def test_what_could_not_be_read_is_told(found):
    assert "photo.png" in show.left_out(found).html and "not in English" not in show.left_out(found).html


def test_articles_that_are_not_in_english_are_counted_by_language(found):
    rows = pandas.DataFrame([("a.txt", "it is in German, and On Record reads English"),
                             ("b.jsonl", "line 2: it is in French, and On Record reads English"),
                             ("c.txt", "it holds no text"), ("d.txt", "it is in French, and On Record reads English")],
                             columns=["path", "reason"])
    told = "3 articles not in English: 2 French, 1 German"
    assert f"<caption>Files left out, {told}</caption>" in show.left_out({"left_out": rows}).html
    assert f"4 files left out</a> ({told})" in story.front.corpus_line(story.Told({**found, "left_out": rows}))


@pytest.mark.parametrize(("first", "last", "told"), [
    ("2031-05-05", "2031-05-05", "5 May 2031"), ("2031-05-05", "2031-05-07", "5–7 May 2031"),
    ("2031-05-30", "2031-06-02", "30 May – 2 June 2031"),
    ("2030-12-31", "2031-01-01", "31 December 2030 – 1 January 2031"), (None, None, ""), ("2031-05-05T10:00", None, "5 May 2031"),
    ("May", "May", "May"),
])
def test_days_read_as_people_write_them(first, last, told):
    assert show.days(first, last) == told
