"""What of a page's markup is its article: no links to other stories, whatever their tags, and every paragraph."""

import pytest

from analysis.corpus.formats.pages import page_article

PARAGRAPHS = [
    "The harbour master of Quill said on Monday that twelve boats had burned in the night and that nobody had been hurt in the fire.",
    "Crews from three towns came to the harbour before dawn, and the last of the flames were put out by noon, the council told reporters.",
    "“We will rebuild every one of them before the summer,” said Tam Harrow, who speaks for the owners of the boats in the harbour of Quill.",
    "The fire was the third in the harbour in two years, and the council has asked the owners to keep no fuel on board while they are moored.",
]
HEAD = "<html><head><title>Boats Burn in the Harbour of Quill</title></head><body><h1>Boats Burn in the Harbour of Quill</h1>"


def text_of(body):
    return page_article(f"{HEAD}<article>{body}</article></body></html>", "utf-8").text


def tagged(paragraphs):
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


@pytest.mark.parametrize("between", [
    '<ul><li><a href="/1">Nine Things to Know About Ferries</a></li><li><a href="/2">The Oldest Boats of the Coast</a></li></ul>',
    '<p>Related: <a href="/1">How the Second Fire Began at the Quay</a></p>',
    '<p>[See also: <a href="/1">How the Second Fire Began at the Quay</a>]</p>',
    '<a href="/1"><span>Also on quill.example</span> <span>Owners of ferries threatened with a fine for late boats</span></a>',
    '<a href="/1"><p>A guide to the ferries of the coast that tells when they leave. It is made anew every summer.</p></a>',
])
def test_links_to_other_stories_are_no_part_of_an_article(between):
    assert text_of(tagged(PARAGRAPHS[:2]) + between + tagged(PARAGRAPHS[2:])).split("\n") == PARAGRAPHS


@pytest.mark.parametrize("kept", [
    '<p>Most boats had lain there <a href="/1">since the second fire at the old quay</a> in May.</p>',
    '<p>The owners asked <a href="/1">the council of the town of Quill</a> on Monday to pay for the boats.</p>',
    '<ul><li>Twelve boats burned in <a href="/1">the harbour</a>.</li><li>Nobody was hurt in it.</li></ul>',
    '<blockquote><p>The harbour is closed today.</p><p>— Town of Quill <a href="/1">on Monday morning early</a></p></blockquote>',
])
def test_sentences_with_links_and_quoted_posts_stay(kept):
    text = text_of(tagged(PARAGRAPHS[:2]) + kept + tagged(PARAGRAPHS[2:]))
    assert all(word in text for word in "".join(piece.partition(">")[2] + " " for piece in kept.split("<")).split())


def test_text_between_line_breaks_is_read_from_its_first_word():
    body = f"{PARAGRAPHS[0]} See <em>the <b>Ledger</b></em>.<br> <br><img src='a.jpg'><br><br>" \
        + "<br><br>\n".join(PARAGRAPHS[1:3]) + f"<br>{PARAGRAPHS[3]}"
    lines = [" ".join(line.split()) for line in text_of(f"<div>{body}</div>").split("\n")]
    assert lines[:2] == [f"{PARAGRAPHS[0]} See the Ledger.", PARAGRAPHS[1]]
    assert " ".join(lines[2:]) == f"{PARAGRAPHS[2]} {PARAGRAPHS[3]}"


@pytest.mark.parametrize("above", ["Report\nBoats Burn in the Harbour of Quill",
                                   "Ferries Now at the New Quay\nBoats burn in the harbour of Quill",
                                   "News: Boats Burn in the Harbour of Quill"])
def test_a_title_and_what_stands_above_it_are_no_text(above):
    assert text_of(tagged([*above.split("\n"), *PARAGRAPHS])).split("\n") == PARAGRAPHS


def test_a_sentence_that_ends_in_the_title_stays():
    first = "The council of the town told reporters on Monday what it knew of the boats: Boats Burn in the Harbour of Quill"
    assert text_of(tagged([first, *PARAGRAPHS])).split("\n") == [first, *PARAGRAPHS]
