"""From invented texts to what is compared: extraction and comparison together."""

from pathlib import Path

import pytest

from analysis import tabulate
from analysis.compare.build import compare
from analysis.corpus import Corpus, article_from_text
from analysis.extract import extract


def compared(*articles):
    """The tables of a comparison over one event whose articles are (outlet, published, text)."""
    read = tuple(article_from_text(f"{outlet}-{place}", text, outlet=outlet, published=published, event="the raid")
                 for place, (outlet, published, text) in enumerate(articles))
    corpus = Corpus("raid", Path("nowhere"), read, ())
    return compare(corpus, tabulate.build(corpus, extract(read)))


def killed(found):
    """Each comparison of people killed: its verdict and the readings of its origins; what "may differ" is set against each other as well."""
    rows = found["comparisons"][found["comparisons"]["what"].str.startswith("Killed")]
    readings = found["origins"].groupby("comparison_id")["reading"].agg(sorted).to_dict()
    return sorted((row.verdict.replace("may differ", "disagree"), *readings[row.comparison_id]) for row in rows.itertuples())


POST = ("Post", "2031-05-05",
        "Raid Kills 42 in Orvel\n\nA raid killed 42 people in Orvel on Monday, the Vellin Observatory said.")


@pytest.mark.parametrize(("sentence", "why"), [
    ("Fourteen of the victims died at the port, a photographer said.", "a part"),
    ("The Observatory was updating a previous toll of 37 people killed.", "an earlier count, no longer told: previous toll"),
])
def test_what_is_not_the_count_itself_is_set_aside(sentence, why):
    title, text = POST[2].split("\n\n")
    found = compared(("Post", "2031-05-05", f"{title}\n\n{text} {sentence}"),
                     ("Gazette", "2031-05-05", POST[2].replace("42", "50").replace("Vellin Observatory", "Orvel hospital")))
    assert killed(found) == [("disagree", "42", "50")]
    assert any(reason.startswith(why) for reason in found["set_aside"]["why"])


def test_counts_of_incidents_on_two_days_are_not_set_against_each_other():
    later = "Raid Kills 10 in Orvel\n\nA raid killed 10 people in Orvel on Sunday, Orvel hospital said."
    assert killed(compared(POST, ("Gazette", "2031-05-05", later))) == [("one origin", "10"), ("one origin", "42")]
    assert killed(compared(POST, ("Gazette", "2031-05-05", later.replace("Sunday", "Monday")))) == [("disagree", "10", "42")]


def test_a_dateline_comes_before_the_metadata():
    dated = "Raid Kills 10 in Orvel\n\nWire, 5 May 2031. A raid killed 10 people in Orvel on Monday, Orvel hospital said."
    assert killed(compared(POST, ("Gazette", "2031-03-01", dated))) == [("disagree", "10", "42")]


def test_an_opening_is_of_the_event_wherever_it_says_that_was():
    near = ("Raid Kills 10 in Tarsk\n\nA raid killed 10 people in the village of Tarsk on Monday, Orvel hospital said. "
            "Tarsk lies in al-Orvel province.")
    assert killed(compared(POST, ("Gazette", "2031-05-05", near))) == [("disagree", "10", "42")]


# Below it an article is past its opening.
LONG = ("The road to the valley was closed for the whole of the morning, and drivers waited in a line of lorries that reached back "
        "to the old bridge. "
        "Shops stayed shut until noon, and the school beside the river sent its pupils home. "
        "Women carried water in buckets from the one pump that still "
        "worked, and boys sold bread along the queue. A priest went from door to door with a list of names, "
        "and dogs slept in the shade of the wall, as on any other day. ")


@pytest.mark.parametrize(("below", "verdicts"), [
    ("Tolva Radio put the dead at 57.", [("disagree", "42", "57")]),
    ("The mayor said 57 people were killed.", [("disagree", "42", "57")]),
    ("The mayor said on Tuesday that 57 people were killed.", [("disagree", "42", "57")]),
    ("The mayor said that 57 people were killed on Saturday.", [("one origin", "42"), ("one origin", "57")]),
])
def test_counts_below_the_opening_are_of_the_event_where_no_other_day_is_named(below, verdicts):
    found = compared(("Post", "2031-05-06", f"{POST[2]} {LONG}{below}"), ("Gazette", "2031-05-06", POST[2]))
    assert [row for row in killed(found) if row != ("agree", "42", "42")] == verdicts


def test_a_group_told_more_fully_is_the_same_group():
    text = "Officers Hurt in Orvel\n\nThe police said 17 officers were injured in Orvel on Monday."
    fuller = "Officers Hurt in Orvel\n\nThe interior minister said 22 police officers were injured in Orvel on Monday."
    found = compared(("Post", "2031-05-05", text), ("Gazette", "2031-05-05", fuller))
    assert found["comparisons"]["origins"].to_list() == [2]


def test_what_no_plain_measure_names_is_compared_where_two_tell_it():
    text = "Fair Opens in Orvel\n\nThe mayor said 12 stalls stood on the old quay in Orvel."
    alone = compared(("Post", "2031-05-05", text))
    assert alone["comparisons"].empty and alone["set_aside"]["why"].to_list() == ["only one origin tells it, and no plain measure is told"]
    found = compared(("Post", "2031-05-05", text),
                     ("Gazette", "2031-05-05", text.replace("mayor", "harbour master").replace("12", "15")))
    assert found["comparisons"]["sentence"].to_list() == ["Stalls in Orvel: 12 (mayor) against 15 (harbour master)."]


def test_a_monitor_is_the_body_that_the_article_also_names():
    text = ("Raid Kills 31 in Orvel, Monitor Says\n\nA raid killed 31 people in Orvel on Monday, a monitor said. "
            "The Vellin Observatory said jets flew at dawn.")
    assert killed(compared(POST, ("Herald", "2031-05-05", text))) == [("one origin", "42")]  # the higher of a day
    found = compared(("Herald", "2031-05-05", text))
    assert found["origins"]["origin"].to_list() == ["Vellin Observatory"]


def test_a_headline_cuts_its_words_and_is_no_claim_beside_its_articles_own():
    found = compared(("Post", "2031-05-05",
                      "Mayor Blames Guards, Union Says\n\nThe union said the guards had locked the gate of Orvel."))
    assert found["statement_claims"]["claim_id"].to_list() == ["Post-0.c2"]


def test_a_ministry_is_the_one_of_its_country_where_the_event_has_no_other():
    first = "Soldiers Killed in Orvel\n\nThe defence ministry said 27 soldiers were killed in Orvel on Monday."
    later = first.replace("27", "35").replace("The defence ministry", "Orland's defence ministry")
    found = compared(("Post", "2031-05-05", first), ("Gazette", "2031-05-06", later))
    assert found["comparisons"]["sentence"].to_list() == ["Soldiers killed in Orvel: 35 (defence ministry)."]
    other = first.replace("27", "40").replace("The defence ministry", "Velmora's defence ministry")
    found = compared(("Post", "2031-05-05", first), ("Gazette", "2031-05-06", later), ("Herald", "2031-05-06", other))
    assert found["comparisons"]["origins"].to_list() == [3]


def test_what_an_event_is_called_by_makes_no_two_claims_one():
    said = ("The army said the Orvel night raid had been planned for weeks.",
            "The mayor said the Orvel night raid had been a crime.")
    read = tuple(article_from_text(str(place), f"Raid\n\n{text}", event="the Orvel night raid")
                 for place, text in enumerate(said))
    corpus = Corpus("raid", Path("nowhere"), read, ())
    assert len(compare(corpus, tabulate.build(corpus, extract(read)))["statements"]) == 2


TOLD = ("Between one and six civilians were killed in an alleged air strike on a market in Orvel on May 5th. The Vellin Monitor said that "
        "four civilians had been killed, two of them children. According to Orvel Online, six civilians died when a missile struck the fruit stalls.")


@pytest.mark.parametrize("rest", [
    "The Halden Air Force said that it had killed twelve fighters near Tarsk.",
    "In the whole war 4,000 people have been killed, the Tarsk Health Ministry said.",
])
def test_the_dead_are_ranged_over_the_sources_of_one_text(rest):
    origins = compared(("Recorder", "2031-05-05", f"{TOLD} {rest}"))["origins"]
    readings = origins.groupby("comparison_id")["reading"].agg(sorted).to_list()
    assert ["1 to 6", "4", "6"] in readings
