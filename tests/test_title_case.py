"""A headline in title case, written as its article would write it."""

import pytest

from analysis.corpus import article_from_text
from analysis.language import as_written

VERBS = {"lower", "deny", "kill", "mark", "sink"}


def written(headline, below):
    """The headline as it is to be read."""
    article = article_from_text("x", f"{headline}\n\n{below}")
    text = as_written(article, VERBS)
    assert len(text) == len(article.reading) and text[article.title[1] :] == article.reading[article.title[1] :]
    return text[slice(*article.title)]


@pytest.mark.parametrize(("headline", "below", "expected"), [
    ("Coast Guard Lowers Toll to 47", "The coast guard lowered the toll.", "coast guard lowers toll to 47"),
    ("Ferry Marigold Sinks on Lake Tolva", "The ferry Marigold sank on Lake Tolva, and the lake was calm.",
     "ferry Marigold sinks on Lake Tolva"),
    ("Army Denies Firing at Orvel", "In Orvel the army said it was calm.", "army denies Firing at Orvel"),
    ("Mark Brann Denies It All", "Yesterday, Mark Brann said no.", "Mark Brann denies it all"),
    ("Sarn Blames Brask", "It rained.", "Sarn Blames Brask"),  # nothing tells
    ("Coast guard lowers Toll to 47", "The toll fell.", "Coast guard lowers Toll to 47"),  # no title case
    ("İzmir Denies İt All", "Nothing else.", "İzmir denies İt all"),  # a small İ would be longer
])
def test_capitals_are_kept_where_they_are_those_of_names(headline, below, expected):
    assert written(headline, below) == expected


def test_an_article_without_a_headline_stays_as_it_is():
    article = article_from_text("x", "The Coast Guard Denies. It All.")
    assert as_written(article, VERBS) == article.reading
