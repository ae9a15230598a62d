"""Claims of invented sentences: rows in, rows out."""

import pytest

from analysis.claims import find_claims
from analysis.corpus import article_from_text


@pytest.fixture(scope="module")
def found(pipeline):
    """Return the claims of a text as rows of source, cue, content (pieces joined by " … "), and the source around."""
    def find(text):
        article = article_from_text("one", text)
        claims = find_claims(article, pipeline(article.reading))

        def words(spans):
            return " … ".join(text[start:end] for start, end in spans)
        return [{
            "source": words(claim.source), "cue": words(claim.cue), "content": words(claim.content), "kind": claim.kind,
            "stance": claim.stance, "negated": claim.negated,
            "inside": None if claim.parent is None else words(claims[claim.parent].source),
        } for claim in claims]
    return find


def row(rows, source):
    """The one row of a source."""
    [only] = [row for row in rows if row["source"] == source]
    return only


@pytest.mark.parametrize("text, source, content, kind", [
    ('"The bridge will open in May," the mayor of Oldbridge said.', "the mayor of Oldbridge",
     '"The bridge will open in May,"', "direct"),
    ("The mayor of Oldbridge said the bridge would open in May.", "The mayor of Oldbridge",
     "the bridge would open in May", "indirect"),
    ("The mayor of Oldbridge said the bridge was “a disgrace to the whole county” and would be rebuilt.",
     "The mayor of Oldbridge", "the bridge was “a disgrace to the whole county” and would be rebuilt", "mixed"),
    ("According to the harbour office, nine boats sank in the storm.", "the harbour office",
     "nine boats sank in the storm", "indirect"),
])
def test_direct_indirect_and_mixed_claims(found, text, source, content, kind):
    only = row(found(text), source)
    assert only["content"].rstrip(".") == content and only["kind"] == kind


@pytest.mark.parametrize("quotation", [
    '"We were never asked,"', "“We were never asked,”", "''We were never asked,''", "‘We were never asked,’",
])
def test_quotation_marks_of_every_style(found, quotation):
    only = row(found(f"{quotation} said Ilse Varn, who runs the ferry."), "Ilse Varn, who runs the ferry")
    assert only["kind"] == "direct" and only["content"] == quotation


def test_a_content_broken_by_its_cue_is_one_claim_in_two_pieces(found):
    [only] = found('"The bridge," Ilse Varn said, "will never be finished."')
    assert (only["source"], only["content"]) == ("Ilse Varn", '"The bridge," … "will never be finished."')


def test_a_quotation_goes_on_over_paragraphs(found):
    rows = found("“We came down from the hills at night,” Ilse Varn said. “There was nothing left of the farm.\n\n"
                 "“The well was dry and the barn had gone.\n\n“Nobody came to help us.”")
    assert row(rows, "Ilse Varn")["content"].endswith("“The well was dry and the barn had gone. … “Nobody came to help us.”")


@pytest.mark.parametrize("text, outer, inner", [
    ("Radio Halden reported that 14 people were killed, citing local officials.", "Radio Halden", "local officials"),
    ("Radio Halden, citing a harbour pilot, put the dead at 14.", "Radio Halden", "a harbour pilot"),
    ("The ferries would stay in port until Monday, a council spokeswoman was quoted as saying by the Halden Post.",
     "the Halden Post", "a council spokeswoman"),
    ("The Halden Post reported that a former inspector had warned the council of the quarry.",
     "The Halden Post", "a former inspector"),
    ("The Halden Post reported on Monday, quoting an aide to the premier, that a vote was near.", "The Halden Post",
     "an aide to the premier"),
    ("The council rejected the auditor's claim that the books were false.", "The council", "the auditor"),
    ("The union said drivers were ordered by managers to skip the checks.", "The union", "managers"),
    ("The inspector said the owner had warned the tenants of damp.", "The inspector", "the owner"),
    ("“They told us the wall was safe,” Ilse Varn said.", "Ilse Varn", "They"),
    ("His lawyer said he denied the charge.", "His lawyer", "he"),
    ("Ilse Varn said she had warned the council in May that the dam would fail.", "Ilse Varn", "she"),
    ("Kesh TV, quoting a source in the defence ministry, said the pilot had ejected safely.", "Kesh TV",
     "a source in the defence ministry"),
    ("State television quoted the army as saying that two drones had been shot down.", "State television", "the army"),
    ("The Observatory said residents feared the army would shell the town again.", "The Observatory", "residents"),
    ("The ministry said the rebels had warned that more attacks would follow.", "The ministry", "the rebels"),
    ("Radio Sanday, quoting the port's registry, said two tugs had sunk.", "Radio Sanday", "the port's registry"),
    ("Ilse Varn said a guard had told her that the gate was shut.", "Ilse Varn", "a guard"),
    ("“The council says it has no money,” Ilse Varn told reporters.", "Ilse Varn", "The council"),
    ("Two aides said the premier wanted a vote, according to the Daily Beacon.", "the Daily Beacon", "Two aides"),
])
def test_a_claim_inside_a_claim_names_it(found, text, outer, inner):
    rows = found(text)
    assert row(rows, inner)["inside"] == outer and row(rows, outer)["inside"] is None


@pytest.mark.parametrize("text, inner, content", [
    ("The union said a manager had promised the drivers a bonus by Friday.", "a manager", "a bonus"),
    ("The union said a manager had urged the drivers to strike and that nobody had.", "a manager", "the drivers to strike"),
    ("The union said a manager had called the drivers lazy.", "a manager", "the drivers lazy"),
    ("“A clerk said the vault was shut. We saw it open,” Ilse Varn said.", "A clerk", "the vault was shut"),
])
def test_where_the_content_of_a_claim_inside_a_claim_ends(found, text, inner, content):
    assert row(found(text), inner)["content"] == content


def test_the_name_of_the_page_is_no_source(found):
    assert found("Dam fails in Orre - The Daily\n\nThe valley of Orre was flooded on Monday.") == []


def test_those_who_hear_a_case_are_no_source(found):
    rows = found("A jury heard that the clerk had told his wife the safe was open.")
    assert [row["source"] for row in rows] == ["", "the clerk"]


def test_what_is_to_be_done_is_nobodys_claim_inside_a_claim(found):
    rows = found("The daily said a panel is expected to submit its findings within a week.")
    assert "a panel" not in {row["source"] for row in rows}


def test_a_figure_put_at_is_a_claim(found):
    only = row(found("The insurer put the damage at nine million crowns."), "The insurer")
    assert only["content"] == "the damage at nine million crowns"


def test_who_was_told_is_no_source(found):
    rows = found("The school said parents had been told to collect their children.")
    assert [(row["source"], row["content"]) for row in rows if row["inside"]] == [("", "to collect their children")]


def test_a_reason_is_no_source(found):
    assert "security concerns" not in {row["source"] for row in found("The club cancelled the match, citing security concerns.")}


def test_a_headline_is_no_part_of_what_a_sentence_below_it_says(found):
    rows = found("Raid Kills 10 in Orvel\n\nA raid killed 10 people in Orvel on Sunday, Orvel hospital said.")
    assert [row["content"] for row in rows] == ["A raid killed 10 people in Orvel on Sunday"]


def test_a_chain_of_three(found):
    rows = found("The Lendal Post reported that the envoy had told colleagues that Veldania rejected the plan.")
    assert [row(rows, source)["inside"] for source in ("The Lendal Post", "the envoy", "Veldania")] == [
        None, "The Lendal Post", "the envoy"]


@pytest.mark.parametrize("text, sources", [
    ("A spokesman for the port told Radio Halden that the crane would be repaired.", ["A spokesman for the port"]),
    ("The prime minister said he believes the talks will resume.", ["The prime minister"]),
    ("The minister was quoted as saying that no prisoners would be released.", ["The minister"]),
])
def test_channels_and_own_beliefs_are_no_hops(found, text, sources):
    assert [row["source"] for row in found(text)] == sources


def test_whom_the_passive_talks_about_is_no_source(found):
    [only] = found("The envoy is expected to resign on Friday.")
    assert (only["source"], only["stance"]) == ("", "expects")
    assert only["content"].startswith("The envoy")


def test_a_denied_and_a_negated_cue_differ(found):
    assert row(found("The army denied that it had shelled the market."), "The army")["stance"] == "denies"
    negated = row(found("The army did not say that it had shelled the market."), "The army")
    assert (negated["stance"], negated["negated"]) == ("says", True)


@pytest.mark.parametrize("text", [
    "", "\n\n\n", "“", "'" * 50, "a" * 2000, "said " * 300, "\u200f\u202e said “ the \x00 mayor", "😀 said 😀.",
])
def test_hostile_text_breaks_nothing(found, text):
    for claim in found(text):
        assert claim["cue"] and claim["content"]


@pytest.mark.parametrize("text", [
    "The brewery declined to comment on the report that 30 barrels had burst.",
    "A clerk at the harbour office would not say how many boats had sunk.",
    "The brewery has hired Ada Penn as its head of safety.",
    "The duchess dismissed her spokesman on Monday.",
])
def test_what_says_nothing_is_no_claim(found, text):
    assert found(text) == []


def test_who_only_declines_leaves_what_somebody_else_says(found):
    [only] = found("The brewery declined to confirm a report in the Courier that 30 barrels had burst.")
    assert (only["source"], only["content"], only["inside"]) == ("the Courier", "that 30 barrels had burst", None)


def test_a_refusal_to_confirm_a_clause_still_tells_it(found):
    only = row(found("The brewery refused to confirm that 30 barrels had burst."), "The brewery")
    assert only["negated"] and only["content"].endswith("30 barrels had burst")


@pytest.mark.parametrize("text, claims", [
    ("The prefect said 20 boats had sunk; fishermen claimed 50.", [("The prefect", "20 boats had sunk"), ("fishermen", "50")]),
    ("Doctors counted 23 bodies, compared with the 18 given by the harbour office.",
     [("Doctors", "23 bodies"), ("the harbour office", "the 18")]),
])
def test_a_second_number_is_its_own_source_s(found, text, claims):
    assert [(row["source"], row["content"]) for row in found(text)] == claims


@pytest.mark.parametrize("heading", ["A winter of fear", "'Nothing left'", "Read the whole story", "40 boats lost"])
def test_a_subheading_is_nobody_s_words(found, heading):
    [only] = found(f"The ferry sank at noon.\n\n{heading}\n\nThe wind had turned in the night, the pilot, Ilse Varn, said.")
    assert only["content"] == "The wind had turned in the night"


def test_a_question_before_the_quotation_that_answers_it_is_nobody_s_words(found):
    [only] = found('Will the ferry run? "We hope so," said the pilot, Ilse Varn.')
    assert (only["content"], only["kind"]) == ('"We hope so,"', "direct")


def test_each_quotation_of_a_paragraph_is_of_the_one_named_behind_it(found):
    rows = found('"He left," said Jan Oster. "He stayed," said Per Lund. "He lied," said the judge.')
    assert [(row["source"], row["content"]) for row in rows] == [
        ("Jan Oster", '"He left,"'), ("Per Lund", '"He stayed,"'), ("the judge", '"He lied,"')]


@pytest.mark.parametrize("introduction, source", [
    ("Ferry pilot Ilse Varn has another view.", "Ferry pilot Ilse Varn"),
    ("For Ilse Varn, who lost her boat, there is no doubt.", "Ilse Varn, who lost her boat"),
])
def test_a_quotation_without_a_cue_is_of_the_one_introduced_before_it(found, introduction, source):
    rows = found(f'The harbour was safe, the prefect said on Monday.\n\n{introduction} "It was a trap. Everyone knew.\n\n"Nobody came."')
    assert [(row["source"], row["content"]) for row in rows] == [
        ("the prefect", "The harbour was safe"), (source, '"It was a trap. Everyone knew. … "Nobody came."')]
