"""Page furniture is left out in whole lines and sentences; what might be the article's own stays."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus import article_from_text
from analysis.corpus.furniture import furniture, rule_of
from analysis.corpus.pieces import pieces


@pytest.mark.parametrize("line, rule", [("Also read | Ferry crews back to work", "teaser"), ("ADVERTISEMENT", "advertisement")])
def test_furniture_is_named_by_its_rule(line, rule):
    assert rule_of(line) == rule
    text = f"Bridge Reopens in Oldbridge\n\nThe bridge reopened on Monday, the mayor said.\n\n{line}\n\nCars crossed it again."
    removal, = furniture(text)
    assert (text[removal.start:removal.end], removal.rule) == (line, rule)


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


@pytest.mark.parametrize("box", [
    "Top stories\n\nMill burns in Lendal\n\n40 held as strike spreads",
    "Recommended Stories\n\nlist of 2 items\n\nlist 1 of 2\n\nMayor denies 12 charges.\n\nlist 2 of 2\n\nBaker missing\n\nend of list",
])
def test_a_box_of_other_stories_is_left_out_and_what_follows_it_stays(box):
    text = f"The bridge reopened on Monday, the mayor said.\n\n{box}\n\nCars crossed it again."
    removed = furniture(text)
    assert "\n\n".join(text[removal.start : removal.end] for removal in removed) == box


def test_a_box_without_an_end_does_not_take_the_article():
    paragraph = "The bridge had been shut since the flood of last spring, when three of its piers were washed into the sea by the river Lend."
    assert len(furniture(f"list of 2 items\n\nBaker missing\n\n{paragraph}\n\nCars crossed it again.")) == 2


@pytest.mark.parametrize("text, reading", [
    ("&ldquo;Go,&rdquo; she said", "      “Go,”       she said"),
    ("&quot;Go,&quot; she said", '     "Go,"      she said'),
    ("the town&rsquo;s 12&nbsp;mills", "the town      ’s 12      mills"),
    ("it paid &pound;3m", "it paid       £3m"),
    ("\x93Go,\x94 she said", "“Go,” she said"),
    ("â€œGo,â€\x9d she said", "  “Go,”   she said"),
    ("R&D; and &nosuch; stay", "R&D; and &nosuch; stay"),
])
def test_entities_and_broken_characters_are_read_as_what_they_stand_for(text, reading):
    assert article_from_text("x", text).reading == reading


PARAGRAPHS = [
    "The harbour master of Quill said on Monday that twelve boats had burned in the night and that nobody had been hurt in the fire.",
    "Crews from three towns came to the harbour before dawn, and the last of the flames were put out by noon, the council told reporters.",
    "“We will rebuild every one of them before the summer,” said Tam Harrow, who speaks for the owners of the boats in the harbour of Quill.",
]


@pytest.mark.parametrize("line", [
    "Sign up to the Quill Briefing, our free daily newsletter – every weekday morning at 7am",
    "Boats on fire in the harbour of Quill. Photograph: Mira Oldfield/Getty Images",
    "A crew member looks at a burned boat in the harbour of Quill on May 3, 2031. (Mira Oldfield/AP)",
])
def test_furniture_that_no_rule_knows_is_learned(line):
    text = "\n".join(["Boats Burn in Quill", PARAGRAPHS[0], line, *PARAGRAPHS[1:]])
    removal, = furniture(text)
    assert rule_of(line) is None and (text[removal.start:removal.end], removal.rule) == (line, "learned")


@pytest.mark.parametrize("inside", [
    "(Photo: Mira Oldfield, Getty Images)",
    "Get daily updates directly to your inbox + Subscribe Thank you for subscribing!",
    "Video Loading Video Unavailable Click to play Tap to play The video will start in 8 Cancel Play now Share this video.",
])
def test_furniture_that_runs_on_in_a_line_is_learned(inside):
    text = " ".join([PARAGRAPHS[0], inside, *PARAGRAPHS[1:]])
    removal, = furniture(text)
    assert (text[removal.start:removal.end], removal.rule) == (inside, "learned")
    assert article_from_text("x", text).reading[removal.end:] == text[removal.end:]


@pytest.mark.parametrize("inside", [
    "Mr. Harrow told Reuters that the owners would meet again on May 3.",
    "The owners (12 of them) came to the quay, and J. Orre read their names.",
    "Police said: “Stay away.” Nobody did.",
])
def test_sentences_that_run_on_in_a_line_stay(inside):
    assert furniture(" ".join([PARAGRAPHS[0], inside, *PARAGRAPHS[1:]])) == ()


def test_a_line_is_cut_where_its_sentences_end_and_before_and_behind_a_credit():
    text = "Dr. Orre came on Jan. 3. “He slept.” Then he left (Photo: AFP) The U.S. fleet did not. 9 saw it!"
    assert [text[piece.start:piece.end] for piece in pieces(text, [(0, len(text))])] == [
        "Dr. Orre came on Jan. 3.", "“He slept.”", "Then he left", "(Photo: AFP)", "The U.S. fleet did not.", "9 saw it!"]
    caption = "A boat burns. It was the third. (Photo: AFP)"
    assert list(pieces(caption, [(0, len(caption))])) == [(0, len(caption), 0, 1, len(caption))]


@pytest.mark.parametrize("text", [" " * 300_000 + "x", ". " * 100_000, ("(" * 90 + "Photo: ") * 2_000, ".\"" * 100_000 + " A",
                                  "a (AP) " * 30_000])
def test_a_long_line_is_cut_in_time(text):
    began = time.process_time()
    furniture(f"a{text}\nb\nc\nd")
    assert time.process_time() - began < 20


@pytest.mark.parametrize("line", [
    "Boats Burn in Quill", "Nobody was hurt.", "“It was a long night,” she said.",
    "The fire was the third in the harbour in two years.", "What burned", "—Tam Harrow, owner",
])
def test_short_lines_of_an_article_stay(line):
    assert furniture("\n".join([*PARAGRAPHS, line, PARAGRAPHS[0].replace("twelve", "nine")])) == ()


def test_nothing_is_learned_of_paragraphs_broken_into_lines():
    text = "\n".join(["The boats of Quill that burned on Monday night were twelve --", "such as the Tern, in a photo that the",
                      "council showed, and the ferry that stood --", "it said --", "by the pier."])
    assert furniture(text) == ()
