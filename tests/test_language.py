"""One pipeline, whose offsets are those of the text."""

import pytest

from analysis import english
from analysis.corpus import article_from_text
from analysis.language import LONGEST_BLOCK, load, parse


def doc_of(text):
    article = article_from_text("x", text)
    doc = parse(article)
    assert doc.text.casefold() == article.reading.casefold()
    return doc


def test_every_token_stands_where_the_text_has_it():
    text = "Oldbridge\r\n\r\n“12 boats burned,” said Mira\x00Oldfield.\n\nRead more: Other News\n\n\ud800 Nobody   was hurt."
    for token in doc_of(text):
        if token.text.isalpha():
            assert text[token.idx:token.idx + len(token)] == token.text


def test_a_sentence_ends_at_a_newline():
    sentences = [sentence.text.strip()
                 for sentence in doc_of("Boats Burn in Oldbridge\n\nThe mayor came and\nsaid nothing").sents]
    assert sentences == ["boats burn in Oldbridge", "The mayor came and", "said nothing"]


def test_words_have_tags_lemmas_and_heads():
    boats, burned = doc_of("Twelve boats burned.")[1:3]
    assert (boats.lemma_, boats.pos_, boats.dep_, boats.head) == ("boat", "NOUN", "nsubj", burned)
    assert "ner" not in load().pipe_names


@pytest.mark.parametrize("text", ["First.", "", "The mayor said so. " * 800])
def test_an_article_comes_back_whole_whatever_its_length(text):
    assert parse(article_from_text("x", text)).text == text


@pytest.mark.parametrize("text", [
    "The mayor of Oldbridge said 12 boats burned. " * (2 * LONGEST_BLOCK // 45),
    "a" * 1_000_000, " " * 100_000 + "x", "x" + "\n" * 100_000, "\"'" * 1_000, "(((" * 500,
], ids=["one line", "one word", "white space", "newlines", "quotes", "brackets"])
def test_endless_lines_are_parsed_whole(text):
    assert doc_of(text).has_annotation("SENT_START")


def test_the_model_is_named_by_its_content():
    identity = english.identity()
    assert identity["name"].startswith("en_core_web_sm") and identity["version"] == "3.8.0"
    assert identity["sha256"] == "392586cc8ec186fbd78fb117e31a17beb69346b367e4bffb1b01e30479223a28"
