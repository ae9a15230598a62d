"""What the heads are taught: labelled articles read as the tagger reads them. Training itself needs torch and is not tested here."""

from analysis.training.articles import content_row, labelled
from analysis.training.parts import is_aside

TEXT = "Ana Reyl, the ports minister, said on Friday that 12 ships were late. She said the harbour union had asked for talks."


def spans(words):
    start = TEXT.index(words)
    return [[start, start + len(words)]]


def row():
    claims = [
        {"id": "c1", "source": spans("Ana Reyl, the ports minister"), "cue": spans("said on"), "content": spans("12 ships were late")},
        {"id": "c2", "source": spans("She"), "cue": [[TEXT.index("She") + 4, TEXT.index("She") + 8]], "content": spans("the harbour union had asked for talks")},
        {"id": "c3", "source": spans("the harbour union"), "cue": spans("had asked for"), "content": spans("talks"), "parent": "c2"},
    ]
    return {"id": "made-up", "text": TEXT, "figures": [{"span": spans("12")[0]}], "claims": claims}


def test_outermost_claims_and_claims_inside_are_taught_apart():
    article = labelled(row())
    assert [claim["id"] for claim in article.outermost] == ["c1", "c2"]
    assert [(claim["id"], [each["id"] for each in inside]) for claim, inside in article.inside] == [("c1", []), ("c2", ["c3"]), ("c3", [])]
    assert article.numbers == [(tuple(spans("12")[0]), True)]


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
