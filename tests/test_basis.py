"""How sources of invented sentences can know, or where they said it: rows in, rows out."""

import json

import pytest

from analysis import extract, reader, tables, tabulate
from analysis.claims import find_claims
from analysis.corpus import Corpus, article_from_text


@pytest.fixture(scope="module")
def found(pipeline):
    """The basis of the claims of a text, by their source."""
    def find(text):
        article = article_from_text("one", text)
        claims = find_claims(article, pipeline(article.reading))
        return {tables.quote(text, claim.source): tables.quote(text, claim.basis) for claim in claims}
    return find


TOLD = [
    ("The mayor told reporters that the bridge would open in May.", "told reporters"),
    ('"The bridge will open in May," the mayor told the Oldbridge Gazette.', "told the Oldbridge Gazette"),
    ("The mayor told the BBC by telephone that the bridge would open in May.", "told the BBC by telephone"),
    ("The mayor told the court that the bridge was unsafe.", "told the court"),
    ("The mayor confirmed to journalists that the bridge was unsafe.", "to journalists"),
]
SAID = [
    ("The mayor said in a statement that the bridge was unsafe.", "in a statement"),
    ("In an interview with the Oldbridge Gazette, the mayor said the bridge was unsafe.", "In an interview with the Oldbridge Gazette"),
    ('"The bridge is unsafe," the mayor said at a news conference.', "at a news conference"),
    ('"The bridge is unsafe," the mayor wrote on Twitter.', "on Twitter"),
    ("Speaking at a rally in Oldbridge, the mayor said the bridge was unsafe.", "Speaking at a rally in Oldbridge"),
    ("The mayor in a letter said the bridge was unsafe.", "in a letter"),
    ("Elsewhere in his speech, the mayor said the bridge was unsafe.", "in his speech"),
    ("The mayor said in a report that was published on Monday that the bridge was unsafe.", "in a report"),
]
SEEN = [
    ("A fisherman who saw the blast said the bridge fell at once.", "who saw the blast"),
    ("An engineer familiar with the plans, and a friend of the mayor, said the bridge was unsafe.", "familiar with the plans"),
]


@pytest.mark.parametrize("text, basis", TOLD + SAID + SEEN)
def test_the_words_that_tell_how_or_where(found, text, basis):
    assert [*found(text).values()] == [basis]


@pytest.mark.parametrize("text", [
    "The mayor said the bridge was unsafe.",
    "The mayor told his wife that the bridge was unsafe.",
    "The mayor said the bridge would be named in a statement.",
    "The mayor commented on the report, and said the bridge was unsafe.",
    "The mayor said on Monday that the bridge was unsafe.",
    "An engineer who likes the mayor said the bridge was unsafe.",
    "According to the Oldbridge Gazette, the bridge is unsafe.",
])
def test_nothing_is_guessed_where_the_text_does_not_say(found, text):
    assert not any(found(text).values())


def test_who_cites_knows_from_whom_they_cite(found):
    rows = found("The Oldbridge Gazette reported that the bridge was unsafe, citing two engineers.")
    assert rows == {"The Oldbridge Gazette": "citing two engineers", "two engineers": ""}


def test_what_the_outer_source_says_on_the_air_is_not_how_the_inner_knows(found):
    rows = found("The mayor said in an interview that engineers believe the bridge is unsafe.")
    assert rows["The mayor"] == "in an interview" and rows["engineers"] == ""


def test_a_row_quotes_its_basis_and_a_line_of_json_has_it(tmp_path):
    text = 'The mayor said in a statement that the bridge was unsafe.\n\n"It is old," a clerk said.'
    article = article_from_text("one", text)
    corpus = Corpus("town", tmp_path, (article,), ())
    reading = list(extract.extract([article], jobs=1))
    built = tabulate.build(corpus, reading)
    tables.check(built, corpus)
    start = text.index("in a statement")
    assert [*built["claims"]["basis"]] == ["in a statement", ""]
    assert [*map(json.loads, built["claims"]["basis_spans"])] == [[[start, start + len("in a statement")]], []]
    assert [claim["basis"] for claim in reader.to_json(reading[0])["claims"]] == ["in a statement", None]
    tables.write(built, tmp_path / "tables")
    assert tables.read_csv(tmp_path / "tables" / "claims.csv").equals(built["claims"])


def test_a_basis_that_does_not_stand_in_the_text_is_told(tmp_path):
    article = article_from_text("one", "The mayor said in a statement that the bridge was unsafe.")
    corpus = Corpus("town", tmp_path, (article,), ())
    built = tabulate.build(corpus, extract.extract([article], jobs=1))
    built["claims"].loc[0, "basis"] = "in a letter"
    with pytest.raises(ValueError, match="row one.c1: basis_spans .* does not slice to 'in a letter'"):
        tables.check(built, corpus)


def test_what_is_cited_for_a_demand_is_a_reason(found):
    rows = found("The mayor demanded that the council close the bridge, citing two engineers.")
    assert rows == {"The mayor": "", "two engineers": ""}


def test_who_comments_on_a_thing_does_not_say_it_there(found):
    assert not any(found("The mayor commented on the bridge programme, and said it was late.").values())


def test_a_basis_ends_with_its_line(found):
    rows = found("The mayor told reporters\nthat the bridge was unsafe.\n\nIn a statement\n\nThe clerk said the bridge was old.")
    assert "told reporters" in rows.values() and not any("\n" in basis for basis in rows.values())
