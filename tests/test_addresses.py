"""Addresses that last: made of what a row says, so that other rows may come and go."""

import pandas
import pytest

from analysis import addresses


def table_of(*claims):
    """The tables of one article, of whose claims (source, content) are told."""
    rows = [{"claim_id": f"dam.c{n}", "article_id": "dam", "source": source, "cue": "said", "content": content}
            for n, (source, content) in enumerate(claims, 1)]
    figures = pandas.DataFrame(columns=["figure_id", "article_id", "text", "counted", "source"])
    return {"articles": pandas.DataFrame({"article_id": ["dam"]}), "claims": pandas.DataFrame(rows), "figures": figures}


def test_a_claim_keeps_its_address_when_one_is_added_above_it():
    before = addresses.hrefs(table_of(("Tass", "it will not break")))
    after = addresses.hrefs(table_of(("Velmora", "it is safe"), ("Tass", "it will not break")))
    assert before["dam.c1"] == after["dam.c2"] != after["dam.c1"] and before["dam.c1"].startswith("articles/dam.html#c-")


def test_what_is_said_twice_has_two_addresses():
    twice = addresses.places(table_of(("Tass", "no"), ("Tass", "no")))
    assert twice["dam.c2"] == f"{twice['dam.c1']}-2"


@pytest.mark.parametrize("row_id", ["a b", "a/b", "../up", "É", "é", "Dam", "dam ", "外交部", "\ud800", "con:1", "a" * 300, "",
                                    ".hidden", "-x"])
def test_a_page_s_name_is_plain_and_no_other_s(row_id):
    name = addresses.file_name(row_id)
    assert addresses.PLAIN.fullmatch(name) and name != addresses.file_name(f"{row_id}x") and len(name) <= 60
    assert name != addresses.file_name("dam")


def test_a_plain_id_is_its_page_s_name():
    assert addresses.source("velmora") == "sources/velmora.html" and addresses.event("port-merrow") == "events/port-merrow.html"
