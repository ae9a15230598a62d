"""The stance of a cue: sentences with the cue in [brackets] and the content in {braces}; all invented."""

import re

import pytest

from analysis.claims.stance import STANCES, load_cues, stance

ROWS = [
    ("Mayor Ilka Dorn [said] {the bridge was safe}.", "says", False),
    ("{The bridge is safe}, [according to] the ministry.", "says", False),
    ("The minister [told reporters] {that the pier had collapsed}.", "says", False),
    ("Dorn [put] {the toll} [at] {31}.", "says", False),
    ("{Two boats reportedly sank}.", "says", False),
    ("{The boats} [reportedly] {sank}.", "says", False),
    ("The ministry [has not said] {how many were hurt}.", "says", True),
    ("The mayor [did not say] {when the road would open}.", "says", True),
    ("Dorn [never said] {she would resign}.", "says", True),
    ("The company [declined] {to comment on the leak}.", "says", True),
    ("The company [declined to comment] {on the leak}.", "says", True),
    ("A spokesman [refused to say] {who had paid}.", "says", True),
    ("The court [asked] {whether the paper had been signed}.", "says", False),
    ("The governor [insisted] {that talks would go on}.", "says", False),
    ("The statement [made no mention of] {the tunnel}.", "says", True),
    ("The army [not only said] {the hill was taken} but showed it.", "says", False),
    ("The ministry [denied] {that its boats had fired}.", "denies", False),
    ("The ministry [did not deny] {that its boats had fired}.", "denies", True),
    ("Orland [rejected] {the accusation}.", "denies", False),
    ("Orland [dismissed] {the report} [as baseless].", "denies", False),
    ("The general [ruled out] {a truce}.", "denies", False),
    ("The general [refused to rule out] {a truce}.", "denies", True),
    ("The general [did not rule out] {a truce}.", "denies", True),
    ("Dorn later [walked back] {the remark}.", "denies", False),
    ("The port's [denial that] {it took bribes} came on Monday.", "denies", False),
    ("The guards [refused] {to leave the gate}.", "denies", False),
    ("The envoy [disputed] {the count}.", "denies", False),
    ("The bank [admitted] {that it had lost the files}.", "admits", False),
    ("Veld [acknowledged] {the delay}.", "admits", False),
    ("The driver [pleaded guilty to] {theft}.", "admits", False),
    ("Its [admission that] {the wells were dry} shocked farmers.", "admits", False),
    ("The airline [has not acknowledged] {the fault}.", "admits", True),
    ("Sarn [accused] Orland of {shelling the harbour}.", "accuses", False),
    ("Sarn [blamed] {the blast} [on] {rebels}.", "accuses", False),
    ("Villagers [condemned] {the raid}.", "accuses", False),
    ("The union [lashed out at] {the plan}.", "accuses", False),
    ("Sarn's [accusation that] {Orland broke the truce} was aired.", "accuses", False),
    ("The envoy [stopped short of accusing] {the guards of theft}.", "accuses", True),
    ("Doctors [warned] {that stocks would run out}.", "warns", False),
    ("The navy [threatened] {to sink any ship}.", "warns", False),
    ("She [issued a warning that] {the dam could fail}.", "warns", False),
    ("The agency [sounded the alarm over] {the dam}.", "warns", False),
    ("The premier [promised] {that taxes would fall}.", "promises", False),
    ("The premier [vowed] {to rebuild the town}.", "promises", False),
    ("The two sides [agreed] {to meet again}.", "promises", False),
    ("Their [pledge to] {rebuild the town} was repeated.", "promises", False),
    ("The firm [has made no promise to] {pay}.", "promises", True),
    ("The court [ordered] {the port to close}.", "demands", False),
    ("Orland [called on] {Sarn to withdraw}.", "demands", False),
    ("Orland [called for] {a truce}.", "demands", False),
    ("The mayor [asked] {to be heard}.", "demands", False),
    ("The police [told] {drivers} {to stay at home}.", "says", False),
    ("The mayor [urged] {people to stay at home}.", "demands", False),
    ("The council's [demand that] {the gate be opened} was ignored.", "demands", False),
    ("Analysts [believe] {the tunnel is flooded}.", "believes", False),
    ("The envoy [no longer believes] {a deal is near}.", "believes", True),
    ("Sarn [is increasingly concerned that] {Orland is rearming}.", "believes", False),
    ("Farmers [fear] {a drought}.", "believes", False),
    ("The fisherman [is believed to] {have drowned}.", "believes", False),
    ("Voters [doubt] {that the pier will be built}.", "believes", True),
    ("There is a [belief that] {the hills are mined}.", "believes", False),
    ("The general [does not think] {the bridge will hold}.", "believes", True),
    ("The premier [is expected to] {offer talks}.", "expects", False),
    ("The premier [is not expected to] {offer talks}.", "expects", True),
    ("The bank [predicted] {growth of 2%}.", "expects", False),
    ("She [hoped] {the ferry would sail}.", "expects", False),
    ("Its [forecast of] {growth} was cut.", "expects", False),
]


def marked(row, left, right):
    """The text of a row without its marks, and the spans that `left` and `right` enclose."""
    text, spans, open_at = "", [], None
    for piece in re.split(r"([\[\]{}])", row):
        if piece in "[]{}" and piece:
            if piece == left:
                open_at = len(text)
            elif piece == right:
                spans.append((open_at, len(text)))
        else:
            text += piece
    return text, spans


@pytest.mark.parametrize(("row", "expected", "negated"), ROWS)
def test_stance_of_a_cue(pipeline, row, expected, negated):
    text, cue = marked(row, "[", "]")
    _, content = marked(row, "{", "}")
    assert stance(pipeline(text), cue, content) == (expected, negated)


def test_no_cue_is_the_default(pipeline):
    assert stance(pipeline("The bridge is safe."), [], []) == ("says", False)


def test_every_listed_word_has_a_stance():
    cues = load_cues()
    assert set(cues.verbs.values()) == set(STANCES)
    assert set(cues.nouns.values()) == set(STANCES)
    assert all(word == word.lower() for words in (cues.verbs, cues.nouns, cues.attitudes) for word in words)
