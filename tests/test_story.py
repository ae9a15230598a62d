"""What a report tells: cards of events, pages of events and sources, tables of all; each row leads to its place."""

import base64
import gzip
import json
import re

import pytest
from markupsafe import Markup

from analysis import story, tables, tabulate
from analysis.compare.build import compare
from analysis.corpus import read_corpus
from analysis.extract import extract
from analysis.story.told import Row
from tests.pictures import DEMO


@pytest.fixture(scope="module")
def demo():
    corpus = read_corpus(DEMO)
    return story.Told(compare(corpus, tabulate.build(corpus, extract(corpus.articles))))


@pytest.fixture(scope="module")
def told(small, found):
    """The small corpus, an article of which is hostile."""
    return story.Told(compare(small, found))


def words(html):
    return " ".join(Markup(html).striptags().split())


def links(html):
    return re.findall(r'href="([^"]*)"', html)


def event_named(told, word):
    return next(row.event_id for row in told.rows("events") if word in story.headline(told, row.event_id))


def test_the_first_screen_says_what_the_corpus_is_and_comes_to(demo):
    assert words(story.front.corpus_line(demo)).startswith("20 articles of 6 outlets, 10–23 March 2026.")
    apart = sum(map(story.finding.is_apart, demo.rows("comparisons")))
    assert apart and story.front.finding_of_all(demo).startswith(f"Sources disagree on {story.front.in_words(apart)} number")


def test_a_card_has_who_says_which_and_both_sentences_marked(demo):
    card = story.front.card(demo, event_named(demo, "blast"))
    assert "Health Ministry" in words(card) and "St Brannoc Hospital" in words(card) and "sources disagree" in card
    assert "people had been killed" in words(card) and card.count("<mark>") == 2 and "<circle" in card
    assert "events/" in links(card)[0] and any("articles/" in link and "#f-" in link for link in links(card))


def test_a_disagreement_that_is_not_sure_is_told_as_none(demo):
    verdicts = demo.tables["comparisons"]["verdict"].replace("disagree", "may differ")
    unsure = story.Told({**demo.tables, "comparisons": demo.tables["comparisons"].assign(verdict=verdicts)})
    assert "disagree" not in story.front.finding_of_all(unsure).partition("surely")[0] and 'class="apart"' not in story.front.cards(unsure)


def test_an_event_s_page_has_each_reading_with_its_sentence_and_day(demo):
    page = story.event.page(demo, event_named(demo, "blast"))
    for told in ("33 people had been killed", "13 March 2026", "Denied", "The articles", "left out, and why", "Who is heard"):
        assert told in words(page)
    assert "Health Ministry went from at least 14 to 22" in words(page)


def test_one_article_gives_an_honest_card(told):
    event_id = next(row.event_id for row in told.rows("event_articles") if row.article_id == "dam")
    card = story.front.card(told, event_id)
    assert "Orrin Tass" in card and "says:" in card and "disagree" not in card


def test_a_part_of_which_there_is_nothing_is_left_out(told):
    page = story.event.page(told, told.event_of["bro ken/1"])
    assert "Denied" not in page and "One origin" not in page and "none" not in words(page)


@pytest.mark.parametrize("kept, words_of_it", [
    ({"archive_url": "https://archive.example/<a>", "captured": "2031-05-07T08:15:00Z"},
     '<a href="https://archive.example/&lt;a&gt;" rel="noreferrer nofollow">archived copy, captured 7 May 2031</a>'),
    ({"archive_url": "javascript:alert(1)", "captured": None}, None),
    ({"captured": "2031-05-07", "archive_url": None}, "captured 7 May 2031"),
])
def test_an_article_s_page_leads_to_its_copy(small, found, kept, words_of_it):
    told = story.Told(compare(small, {**found, "articles": found["articles"].assign(**kept).astype(tables.TABLES["articles"])}))
    assert [fact for fact in story.article.facts(told, "dam") if "archive" in fact or "captured" in fact or "alert" in fact] == [words_of_it] * bool(words_of_it)


def test_a_source_s_page_has_its_numbers_and_what_it_said(demo):
    page = story.source.page(demo, "fair-fuel-alliance")
    assert "80,000" in words(page) and "Denied" in words(page) and "Meridian Press" in words(page)
    assert "11 claims" in words(story.source.facts(demo, "fair-fuel-alliance"))
    assert len(story.source.claims(demo, "fair-fuel-alliance").rows) == 11


def test_one_that_is_not_there_is_refused_with_the_nearest(told):
    with pytest.raises(ValueError, match="no source 'orin-tass'; did you mean 'orrin-tass'"):
        story.source.found(told, "orin-tass")
    with pytest.raises(ValueError, match="no event 'nothing'"):
        story.event.found(told, "nothing")
    assert story.source.found(told, "") == "orrin-tass" and story.event.found(told, "") in told.event_of.values()


@pytest.mark.parametrize("name", ["claims", "figures", "sources", "articles"])
def test_a_table_of_all_has_every_row_packed_and_the_first_ones_in_the_page(demo, name, monkeypatch):
    monkeypatch.setattr(story.listing, "FIRST", 3)
    listing = getattr(story.listing, name)(demo)
    packed = json.loads(gzip.decompress(base64.b64decode(listing.packed)))
    assert len(listing.rows) == len(demo.rows(name)) == len(packed["columns"][0]["words"])
    assert len(packed["columns"]) == len(packed["headings"]) and set(packed["facets"]) <= set(packed["headings"])
    assert listing.html.count("<tr") == 4 and f"first 3 of {len(listing.rows)}" in listing.html
    assert listing.packed == getattr(story.listing, name)(demo).packed


def test_what_is_too_much_for_one_page_is_in_several(demo, monkeypatch):
    whole = story.listing.claims(demo)
    monkeypatch.setattr(story.listing, "MOST", len(whole.packed) // 2)
    sizes = [len(part.rows) for part in whole.parts()]
    assert sum(sizes) == len(whole.rows) and len(sizes) == 2 and max(sizes) - min(sizes) < 4


def test_hostile_words_stay_words(told):
    everything = [story.front.cards(told), *(story.event.page(told, row.event_id) for row in told.rows("events")),
                  *(story.source.page(told, row.source_id) for row in told.rows("sources")), story.listing.claims(told).html]
    html = "".join(everything)
    assert "<script" not in html and "<img" not in html and "<b>Quill" not in html and "\x07" not in html
    assert "bells rang in &lt;b&gt;Quill&lt;/b&gt;" in html and max(map(len, everything)) < 100_000


def test_a_feed_s_entries_have_the_articles_days_and_lasting_places(demo):
    every = story.feed.of_all(demo)
    assert [entry.updated for entry in every] == ["2026-03-23T00:00:00Z", "2026-03-13T00:00:00Z"] and "8 articles" in every[0].summary
    blast = story.feed.of_event(demo, event_named(demo, "blast"))
    readings = {entry.title: entry for entry in blast}
    killed = readings["Killed: 33, by St Brannoc Hospital"]
    assert killed.updated.startswith("2026-03-13") and "#f-" in killed.path
    assert "Halvard Storage denies what dockers' union says" in readings and len({entry.path for entry in blast}) == len(blast)
    assert [entry.updated for entry in blast] == sorted((entry.updated for entry in blast), reverse=True)
    assert len(story.feed.of_source(demo, "fair-fuel-alliance")) == 11


def test_a_day_that_nothing_tells_is_the_first_of_all_in_a_feed(told):
    assert {entry.updated for entry in story.feed.of_source(told, "orrin-tass")} == {"1970-01-01T00:00:00Z"}


def test_what_is_plainly_measured_comes_before_whatever_was_counted(demo):
    blast = event_named(demo, "blast")
    several = [row.comparison_id for row in story.finding.comparisons_of(demo, blast)
               if row.origins > 1 and not story.finding.is_apart(row)]
    rows = demo.tables["compared"]
    measures = ["killed" if comparison_id == several[-1] else None for comparison_id in rows["comparison_id"]]
    other = story.Told({**demo.tables, "compared": rows.assign(measure=measures)})
    assert next(row for row in story.finding.comparisons_of(other, blast) if not story.finding.is_apart(row)).comparison_id == several[-1]


def test_each_chart_of_an_event_stands_alone_too(demo):
    blast = event_named(demo, "blast")
    alone, page = dict(story.event.charts_of(demo, blast)), story.event.page(demo, blast)
    assert {link.removeprefix("../") for link in links(page) if "embed/" in link} <= set(alone)
    assert "Killed: Health Ministry says 22, St Brannoc Hospital 33" in {chart.finding for chart in alone.values()}


@pytest.mark.parametrize(("name", "verb"), [("Corvane police", "say"), ("witnesses", "say"), ("Health Ministry", "says"),
                                            ("the press", "says"),
                                            ("United Nations", "says"), ("", "says")])
def test_several_say_and_one_says(demo, name, verb):
    assert story.finding._says(name) == verb


def test_a_chain_is_told_in_words(told):
    inner = next(row for row in told.rows("claims") if row.parent_id)
    assert story.article.chain(told, inner) == "Velmora, “fears” in a claim of The Ledger, “reported”"


@pytest.mark.parametrize(("value", "unit", "words"), [(9, "minute", "9 minutes"), (1, "day", "1 day"),
                                                      (3, "country", "3 countries"), (5, "km", "5 km"), (5, "%", "5%"),
                                                      (300, "crown per year", "300 crowns per year"), (40, "people", "40 people"),
                                                      (2, "fishing boat", "2 fishing boats")])
def test_a_unit_is_written_as_people_write_it(value, unit, words):
    assert story.reading(Row(value=value, low=None, high=None, comparator="=", unit=unit)) == words
