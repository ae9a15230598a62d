"""What the heads are taught: labelled articles read as the tagger reads them. Training itself needs torch and is not tested here."""

from analysis.claims.windows import load_tokenizer
from analysis.sources.meant import PRONOUNS
from analysis.training.articles import content_row, labelled
from analysis.training.parts import is_aside

TEXT = "Ana Reyl, the ports minister, said on Friday that 12 ships were late. She said the harbour union had asked for talks."


def spans(words):
    start = TEXT.index(words)
    return [[start, start + len(words)]]


def row():
    claims = [
        {"id": "c1", "source": spans("Ana Reyl, the ports minister"), "cue": spans("said on"),
         "content": spans("12 ships were late")},
        {"id": "c2", "source": spans("She"), "cue": [[TEXT.index("She") + 4, TEXT.index("She") + 8]],
         "content": spans("the harbour union had asked for talks")},
        {"id": "c3", "source": spans("the harbour union"), "cue": spans("had asked for"), "content": spans("talks"),
         "parent": "c2"},
    ]
    sources = {"S1": {"name": "Ana Reyl", "aliases": ["Reyl"]}, "S2": {"name": "harbour union", "aliases": []}}
    for claim, source in zip(claims, ("S1", "S1", "S2")):
        claim |= {"source_id": source, "source_name": sources[source]["name"]}
    return {"id": "made-up", "text": TEXT, "claims": claims, "sources": sources,
            "figures": [{"span": spans("12")[0], "part_of": None, "background": True, "source_id": "S1"}]}


def taught():
    article, = labelled([row()], load_tokenizer())
    return article


def words(reading, role):
    """The words of a reading that gold gives a role, joined."""
    spans = [span for stretch in reading.stretches for span in stretch.spans]
    return " ".join(reading.text[start:end] for (start, end), tag in zip(spans, reading.tags[role]) if tag)


def test_outermost_claims_and_claims_inside_are_taught_apart():
    article = taught()
    assert words(article.reading, "cue") == "said on said"
    assert [(words(reading, "cue"), holds) for reading, holds in article.contents] == [("had asked for", True)]


def test_each_number_is_taught_as_what_it_is():
    article = taught()
    assert article.numbers.tolist() == [spans("12")[0]]
    assert article.kinds.tolist() == [[1, 0, 1]]


def test_a_pronoun_is_taught_with_every_mention_of_whom_it_means():
    name, pronoun, union, _ = taught().questions
    assert [TEXT[slice(*name.span)], TEXT[slice(*pronoun.span)], TEXT[slice(*union.span)]] == ["Ana Reyl, the ports minister", "She", "the harbour union"]
    right = {TEXT[start:end] for start, end in pronoun.mentions[pronoun.right]}
    assert "Ana Reyl" in right and not right & {"the harbour union"}


def test_a_figure_is_taught_with_every_mention_of_who_tells_it():
    *_, figure = taught().questions
    assert (TEXT[slice(*figure.span)], PRONOUNS[figure.kind]) == ("12", "number")
    assert {TEXT[start:end] for start, end in figure.mentions[figure.right]} >= {"Ana Reyl"}


def test_a_figure_of_the_outlets_own_is_taught_as_told_by_nobody():
    told = row()
    told["figures"][0]["source_id"] = None
    article, = labelled([told], load_tokenizer())
    assert not article.questions[-1].right.any()


def test_a_content_read_alone_keeps_its_claims_in_place():
    content = [spans("12 ships were late")[0], spans("the harbour union had asked for talks")[0]]
    taught = content_row(TEXT, content, [row()["claims"][2]])
    claim = taught["attributions"][0]
    assert [[taught["text"][start:end] for start, end in claim[role]] for role in ("source", "cue", "content")] == [["the harbour union"], ["had asked for"], ["talks"]]


def test_articles_of_one_event_are_kept_aside_together():
    events = {f"report-{number}": f"event-{number // 5}" for number in range(100)}
    parts = {event: {is_aside(article, events) for article in events if events[article] == event} for event in events.values()}
    assert all(len(kept) == 1 for kept in parts.values())
    assert 5 <= sum(is_aside(article, events) for article in events) <= 40


def test_a_pronoun_that_stands_for_nobody_in_particular_can_be_taught_too():
    claim = {"id": "c1", "source": [[0, 7]], "cue": [[8, 12]], "content": [[13, 33]], "source_id": None, "source_name": None}
    article, = labelled([{"id": "made-up", "text": "Someone said the ferry was late.", "sources": {}, "claims": [claim], "figures": []}], load_tokenizer())
    question, = article.questions
    assert PRONOUNS[question.kind] == "other" and not question.right.any()
