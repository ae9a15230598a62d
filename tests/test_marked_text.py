"""Marks in an article's text: cut at every boundary, every character kept."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as some
from markupsafe import Markup

from analysis import corpus
from analysis.compare.build import compare
from analysis.report.marked_text import Mark, mark_article, render
from analysis.story import Told
from tests.small_corpus import BROKEN


def words(html):
    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize(("marks", "html"), [
    ([], "abcdef"),
    ([Mark(1, 3, "x")], 'a<span class="x">bc</span>def'),
    ([Mark(0, 6, "x"), Mark(2, 4, "y")], '<span class="x">ab</span><span class="x y">cd</span><span class="x">ef</span>'),
    ([Mark(0, 4, "x"), Mark(2, 6, "y")], '<span class="x">ab</span><span class="x y">cd</span><span class="y">ef</span>'),
    ([Mark(0, 2, "x"), Mark(2, 4, "y")], '<span class="x">ab</span><span class="y">cd</span>ef'),
    ([Mark(2, 2, "x")], "abcdef"),
])
def test_marks_nest_overlap_and_touch(marks, html):
    assert render("abcdef", marks, {}) == html


def test_a_content_inside_a_content_is_deeper():
    assert 'class="content depth2"' in render("abc", [Mark(0, 3, "content"), Mark(1, 2, "content")], {})


@given(some.lists(some.tuples(some.integers(0, 12), some.integers(0, 12), some.sampled_from("xyz"))))
def test_any_marks_leave_the_text_as_it_was_and_no_element_open(spans):
    text = "a<b>&amp;\n\"d'"
    html = render(text, [Mark(min(a, b), max(a, b), name) for a, b, name in spans], {})
    assert words(html) == text and html.count("<span") == html.count("</span>")


def test_labels_stand_in_front_of_their_character():
    assert render("abc", [Mark(1, 2, "x")], {1: Markup("<i>1</i>")}) == 'a<i>1</i><span class="x">b</span>c'


def test_an_article_keeps_every_character_and_links_to_its_rows(found, small):
    article, told = small.articles[0], Told(compare(small, found))
    html = mark_article(article, article.article_id, told)
    bare = re.sub(r'<a class="label.*?</a>', "", html)
    assert words(bare) == article.text
    places = [told.hrefs[row_id].partition("#")[2] for row_id in told.hrefs if row_id.startswith("dam.")]
    assert len(places) == 9 and all(f'id="{place}" href="#row-{place}"' in html for place in places)
    assert '<span class="c4 c5 content cue unsure">fears</span>' in html
    assert '<span class="c4 c5 content f2 figure unsure depth2">1,000</span>' in html
    assert "Velmora, “fears” in a claim of The Ledger, “reported”; warns, 40% sure" in html


def test_a_lone_surrogate_and_a_turned_direction_move_no_offset():
    article = corpus.article_from_text("broken", BROKEN)
    html = render(article.text, [Mark(18, 20, "figure")], {})
    assert words(html) == "Mayor \ufffd Dunn said 12 bridges fell.\ufffd\n" and '<span class="figure">12</span>' in html
