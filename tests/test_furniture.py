"""Page furniture is left out in whole lines; what might be the article's own stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus import article_from_text
from analysis.corpus.furniture import furniture, rule_of


@pytest.mark.parametrize("line, rule", [
    ("Read more: Harbour Council Votes Against Tolls", "teaser"),
    ("Also read | Ferry crews back to work", "teaser"),
    ("RELATED:", "teaser"),
    ("Related articles", "teaser"),
    ("Watch the full interview below:", "teaser"),
    ("Read the full report here.", "teaser"),
    ("Comments are closed.", "comment form"),
    ("Comments are closed, but trackbacks and pingbacks are open.", "comment form"),
    ("Leave a Reply", "comment form"),
    ("12 Comments", "comment form"),
    ("Your email address will not be published. Required fields are marked *", "comment form"),
    ("Share this article on Facebook, Twitter and WhatsApp", "share line"),
    ("Share this:", "share line"),
    ("Click to share on Twitter (Opens in new window)", "share line"),
    ("Follow Mira Oldfield on Twitter @miraoldfield.", "share line"),
    ("Sign up for our weekly morning newsletter here.", "newsletter"),
    ("© 2024 The Oldbridge Courier", "copyright"),
    ("Copyright 2024 Oldbridge Courier. All rights reserved.", "copyright"),
    ("Copyright 2024 The Oldbridge Courier", "copyright"),
    ("Photo: Mira Oldfield/Oldbridge Courier", "photo credit"),
    ("(File photo: Reuters)", "photo credit"),
    ("Mira Oldfield/AFP", "photo credit"),
    ("ADVERTISEMENT", "advertisement"),
    ("Story continues below advertisement", "advertisement"),
])
def test_furniture_is_named_by_its_rule(line, rule):
    assert rule_of(line) == rule
    text = f"Bridge Reopens in Oldbridge\n\nThe bridge reopened on Monday, the mayor said.\n\n{line}\n\nCars crossed it again."
    removal, = furniture(text)
    assert (text[removal.start:removal.end], removal.rule) == (line, rule)


@pytest.mark.parametrize("line", [
    "Read more than ten books, she told the pupils.",
    "Read more in the annual report, the minister urged on Tuesday.",
    "Comments are closed to outsiders at the harbour board, its chairman said.",
    "Comments made by the mayor were denied by the council.",
    "Related to this, the ministry said 12 boats were missing.",
    "Share of the harbour's income fell by 12 percent, the board said.",
    "Share prices on the Oldbridge exchange fell.",
    "Follow the money, the auditor said.",
    "Follow us, the captain shouted.",
    "Subscribe to our view or leave, the leader told the party.",
    "Copyright 2020 rules were opposed by printers, the guild said.",
    "Copyright is theft, she said.",
    "Photographs showed 12 burned boats.",
    "Photo: the minister said he was shown one. It was blurred.",
    "Image is everything, the coach said.",
    "Watch the video, the police asked witnesses.",
    "No comment was given by the ministry.",
    "Leave a reply on the desk, the judge ordered.",
    "Advertisement spending rose by 3 percent.",
    "Tehran: The ministry said nothing.",
    "The mayor said: “Read more: it is good for you.”",
])
def test_what_might_be_the_articles_own_stays(line):
    assert rule_of(line) is None


def test_nothing_is_taken_out_of_running_text():
    assert furniture("The mayor said so. Read more: Council Votes. Comments are closed. He left.") == ()


def test_a_long_line_is_somebodys_sentence():
    assert rule_of("Read more: " + "the council met and " * 15) is None


STANDFIRST = "Twelve boats burned in the harbour of Oldbridge."


def test_a_standfirst_said_again_below_is_left_out_once():
    text = f"Boats Burn in Oldbridge\n\n{STANDFIRST}\n\nThe mayor came.\n\nNobody was hurt. {STANDFIRST} Crews came at night."
    removal, = furniture(text)
    assert (removal.start, removal.rule) == (text.index(STANDFIRST), "repeated standfirst")


@pytest.mark.parametrize("again", [
    "Twelve boats burned in the harbour of Newbridge. Crews came at night.",  # another sentence
    "Nobody saw that twelve boats burned in the harbour of Oldbridge. Crews came at night.",  # a part of a sentence
    "Twelve boats burned in the harbour of Oldbridge.",  # a paragraph of its own
])
def test_a_standfirst_that_is_not_repeated_stays(again):
    assert furniture(f"Boats Burn in Oldbridge\n\n{STANDFIRST}\n\nThe mayor came.\n\n{again}") == ()


@given(st.text(alphabet=st.sampled_from("ab .\n\r\t©\u2028\ud800\x00Read more:"), max_size=80))
def test_reading_is_as_long_as_the_text_and_plain(text):
    article = article_from_text("x", text)
    assert len(article.reading) == len(text)
    assert all(character == "\n" or character.isprintable() for character in article.reading)
    for removal in article.removed:
        assert article.reading[removal.start:removal.end].strip() == ""
        assert article.reading[removal.start] == article.reading[removal.end - 1] == "\n"


@pytest.mark.parametrize("dateline", [
    "HALDEN, Feb 20 (Norlink) - ", "MARVAND – ", "NEW SARN, Veldania (AP) — ", "LINDAU/SARN -- ", "New Sarn, Feb 20: ",
    "Lindau, February 20, 2031 (Norlink): ",
])
def test_a_wires_dateline_is_taken_off_the_line_it_begins(dateline):
    text = f"{dateline}The bank of Orlavia said on Friday that it would cut its rate again before the summer."
    [removal] = furniture(text)
    assert (text[removal.start:removal.end], removal.rule) == (dateline, "dateline")


@pytest.mark.parametrize("text", [
    "US-led forces said on Monday that they had struck a convoy near the town of Sarn and killed two men.",
    "NATO - the alliance founded long ago - said on Monday that it would not send any more troops there.",
    "HALDEN WINS AGAIN",
    "SMITH: The bank said on Friday that it would cut its rate again before the summer, and it did not.",
])
def test_words_in_capitals_are_no_dateline(text):
    assert [removal for removal in furniture(text) if removal.rule == "dateline"] == []
