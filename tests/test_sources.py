"""Who the sources are: short invented articles with each claim's [source], <cue> and {content} marked."""

import re

import pytest

from analysis.corpus import article_from_text
from analysis.reader import read
from analysis.sources import resolve, resolver
from analysis.types import Claim, Figure


def read_marked(marked):
    """Text without the marks, and the claims: the n-th source, cue and content make the n-th claim."""
    marked = re.sub(r"(?<!\n)\n(?!\n)", " ", marked)
    text, open_marks, spans = "", [], {"[": [], "<": [], "{": []}
    for piece in re.split(r"([\[\]<>{}])", marked):
        if piece in ("[", "<", "{"):
            spans[piece].append([len(text), None])
            open_marks.append(spans[piece][-1])
        elif piece in ("]", ">", "}"):
            open_marks.pop()[1] = len(text)
        else:
            text += piece
    contents = [tuple(span) for span in spans["{"]]
    claims = []
    for number, (source, cue, content) in enumerate(zip(spans["["], spans["<"], spans["{"], strict=True)):
        holders = [at for at, (start, end) in enumerate(contents) if at != number and start <= source[0] < end]
        parent = max(holders, key=lambda at: contents[at][0], default=None)
        claims.append(Claim([tuple(source)], [tuple(cue)], [tuple(content)], "indirect", "says", False, parent, "", 1.0))
    return article_from_text("made-up", text), claims


def resolved(pipeline, marked):
    article, claims = read_marked(marked)
    return article, claims, resolve(article, pipeline(article.reading), claims, [])[0]


ARTICLES = {
    "wire, British": (
        """Ferry sinks off Calder Head

Port of Skerrow: [The harbour master, Duncan Pell,] <said> {11 people were missing} on Tuesday. [Mr Pell] <told>
reporters {the search would go on}. {"We have four boats out,"} [he] <said>.

[Elspeth Rowe, chief executive of Northmere Ferries,] <said> {the ship had passed every test}. [She] <added> that {the
company would open its books}. [Rowe] <declined> {to say when}.

[The company] <said> in a statement that {it would help families}. [It] <put> {the number of those on board at 63}.""",
        [
            ("Duncan Pell", "person"), ("Duncan Pell", "person"), ("Duncan Pell", "person"), ("Elspeth Rowe", "person"),
            ("Elspeth Rowe", "person"), ("Elspeth Rowe", "person"), ("Northmere Ferries", "organisation"),
            ("Northmere Ferries", "organisation"),
        ],
    ),
    "broadcaster's report": (
        """<According to> a [report by broadcaster Calder Vision], {the dam is leaking}. [The report] <suggested> that {the
leak began in May}. [Calder Vision] also <reported> that {[engineers] <fear> {a collapse}}.""",
        [("Calder Vision", "outlet"), ("Calder Vision", "outlet"), ("Calder Vision", "outlet"), ("engineers", "unnamed")],
    ),
    "monitor with an acronym": (
        """[The Halden Observatory for Human Rights (HOHR)] <said> {40 people were killed} in shelling near Marrow.

[The Observatory] <said> {most of them were women}. [The monitor], which has a network of volunteers, <blamed> {rebels}.
[HOHR] <said> {the toll might rise}, and [it] <urged> {both sides to stop}.""",
        [("Halden Observatory for Human Rights", "organisation")] * 5,
    ),
    "capitals": (
        """[Tehran] <denied> {it had sent the ship}. [Iran] <said> {the crew were fishermen}, and [it] <warned> {of a
reply}.

[Washington] <said> {it would wait}. [The US] <has called for> {calm}. [Iranian officials] <were> {silent}.""",
        [
            ("Iran", "state"), ("Iran", "state"), ("Iran", "state"), ("United States", "state"),
            ("United States", "state"), ("Iranian officials", "unnamed"),
        ],
    ),
    "ministry and spokesman, Iranian desk": (
        """Tehran: [Iranian Foreign Ministry spokesman Behrad Sohrani] <said> on Sunday {the talks had failed}. [The
spokesman] <added> that {a new round was likely}. {“We are in no hurry,”} [he] <said>.

[Sohrani] <stressed> {the door was open}.""",
        [
            ("Behrad Sohrani", "person"), ("Behrad Sohrani", "person"), ("Behrad Sohrani", "person"),
            ("Behrad Sohrani", "person"),
        ],
    ),
    "Indian desk": (
        """Chief Minister Ratna Velkar on Friday visited Dharampet. [Smt Velkar] <said> {the canal would be ready}. [The
chief minister] <promised> {Rs 40 crore}. [She] <accused> {the opposition of lies}.

[Opposition leader Girish Banoli] <called> {the claim a joke}. [He] <said> {no canal existed}. [The Congress of Farmers]
<said> {it would protest}.""",
        [
            ("Ratna Velkar", "person"), ("Ratna Velkar", "person"), ("Ratna Velkar", "person"),
            ("Girish Banoli", "person"), ("Girish Banoli", "person"), ("Congress of Farmers", "organisation"),
        ],
    ),
    "American desk, two of one surname": (
        """Gov. Dale Orrick and his wife, Marsha Orrick, toured the flooded town of Pine Fork. [Gov. Orrick] <said> {the
levee held}. [Mrs. Orrick] <said> {she had met 30 families}. {"They lost it all,"} [she] <said>.

[The governor] <said> {aid was coming}.""",
        [("Dale Orrick", "person"), ("Marsha Orrick", "person"), ("Marsha Orrick", "person"), ("Dale Orrick", "person")],
    ),
    "unnamed officials": (
        """[Three officials briefed on the talks] <said> {a truce was close}. [The officials] <said> {it would last a
month}. [They] <asked> {not to be named}.

[A senior diplomat] <said> {the terms were vague}. [The diplomat] <warned> {of delays}. [Another diplomat] <disagreed>
{with that}.""",
        [
            ("Three officials", "unnamed"), ("Three officials", "unnamed"), ("Three officials", "unnamed"),
            ("senior diplomat", "unnamed"), ("senior diplomat", "unnamed"), ("Another diplomat", "unnamed"),
        ],
    ),
    "army chief": (
        """[Ostrava's army chief, General Milo Varga,] <said> {his men had taken the ridge}. [The army chief] <said> {300
rebels had fled}. [Varga] <vowed> {to go on}. [A spokesman for the rebels] <denied> {the claim}. [The spokesman] <said>
{the ridge was theirs}.""",
        [
            ("Milo Varga", "person"), ("Milo Varga", "person"), ("Milo Varga", "person"), ("spokesman", "unnamed"),
            ("spokesman", "unnamed"),
        ],
    ),
    "study": (
        """[A study by the Merrow Institute of Health] <found> that {one in nine has asthma}. [The study] <blamed> {smoke}.
[The institute] <said> {it had asked 4,000 people}. [Its director, Paula Senn,] <said> {the figure was low}.""",
        [
            ("Merrow Institute of Health", "organisation"), ("Merrow Institute of Health", "organisation"),
            ("Merrow Institute of Health", "organisation"), ("Paula Senn", "person"),
        ],
    ),
    "documents of nobody": (
        """[A leaked memo] <says> {the bridge is unsafe}. [The memo] <warns> {of cracks}. [The document] <names> {no
builder}. [The Harrow report] <said> {much the same}.""",
        [
            ("leaked memo", "document"), ("leaked memo", "document"), ("leaked memo", "document"),
            ("Harrow report", "document"),
        ],
    ),
    "chain": (
        """[State television] <quoted> [the army] <as saying> {{the town had fallen}}, [Reuters] <reports> {that}.
[The news agency] <said> {it could not check}.""",
        [("State television", "outlet"), ("army", "organisation"), ("Reuters", "outlet"), ("Reuters", "outlet")],
    ),
    "relative clauses": (
        """The blaze was seen by Odile Marchetti, [who] <said> {it began in the attic}. The council, [which] <runs>
{the block}, was told in May. Ministers met tenants [who] <complained> {of damp}.""",
        [("Odile Marchetti", "person"), ("council", "organisation"), ("tenants", "unnamed")],
    ),
    "inside a claim": (
        """[Lena Fisk] <said> that {[she] <believed> {the mast would fall}}. [Anton Reil] <said> {"[I] <think> {it is
safe}"}. [Ivo Brandt] <said> {[his sister] <feared> {the sea}}.""",
        [
            ("Lena Fisk", "person"), ("Lena Fisk", "person"), ("Anton Reil", "person"), ("Anton Reil", "person"),
            ("Ivo Brandt", "person"), ("his sister", "unnamed"),
        ],
    ),
    "headline's surname": (
        """[Kessary] <says> {harvest is lost}

[Farm minister Tibor Kessary] <said> on Monday that {the harvest was lost}. [The minister] <spoke of> {hail}.
[Farmers] <blame> {the ministry}. [They] <want> {cash}.""",
        [
            ("Tibor Kessary", "person"), ("Tibor Kessary", "person"), ("Tibor Kessary", "person"), ("Farmers", "unnamed"),
            ("Farmers", "unnamed"),
        ],
    ),
    "two speakers of one gender": (
        """[Pieter Maan] <met> {Joris Kool} in Dorn. [Maan] <said> {the price was high}. Kool's boat was sold in June.
[He] <said> {he would sue}.

[Joris Kool] <denied> {the debt}. {"Not a penny,"} [he] <said>.""",
        [
            ("Pieter Maan", "person"), ("Pieter Maan", "person"), ("Pieter Maan", "person"), ("Joris Kool", "person"),
            ("Joris Kool", "person"),
        ],
    ),
    "police": (
        """[Police] <said> {a man of 40 was held}. [They] <said> {he was armed}. [The force] <gave> {no name}.""",
        [("Police", "organisation"), ("Police", "organisation"), ("Police", "organisation")],
    ),
    "newspaper": (
        """[The Skerrow Gazette] <reported> {a strike}. [The newspaper] <said> {600 workers had walked out}. [The Gazette]
<cited> {a union}.""",
        [("Skerrow Gazette", "outlet")] * 3,
    ),
    "joint": (
        """[Ana Reyl and Tom Brisk] <said> {the well was dry}. [They] <asked> {for a new one}. [Both] <left> {early}.""",
        [("Ana Reyl and Tom Brisk", "person"), ("Ana Reyl and Tom Brisk", "person"), ("", "unnamed")],
    ),
    "possessive": (
        """[Orlan Teague's lawyer] <said> {his client was ill}. [The lawyer] <asked> {for bail}. In [Judge Ines Corrado's]
<view>, {he could stand}. [The judge] <ruled> {against him}.""",
        [
            ("Orlan Teague's lawyer", "unnamed"), ("Orlan Teague's lawyer", "unnamed"), ("Ines Corrado", "person"),
            ("Ines Corrado", "person"),
        ],
    ),
    "scraps of a tagger": (
        """Israeli Prime [Minister Dov Arbel] <said> {the road was shut}. The [spokesman] for Dr Arbel <said> {more}.
According <to> the [Sarn police], {nobody was hurt}.""",
        [("Dov Arbel", "person"), ("spokesman", "unnamed"), ("Sarn police", "organisation")],
    ),
    "apposition in the source": (
        """[The harbour engineer, Dame Petra Vance,] <said> {the wall would hold}. [A diver on the second boat, Oskar Lind,]
<saw> {cracks}. [One, a cook called Bruno,] <heard> {a bang}. [The surveyor, Lowfield Systems,] <gave> {no comment}.""",
        [("Petra Vance", "person"), ("Oskar Lind", "person"), ("Bruno", "person"), ("Lowfield Systems", "organisation")],
    ),
    "apposition of a firm": (
        """[The owner, Brightwater Textiles,] <said> {it would pay}. [The company] <denied> {the rest}.""",
        [("Brightwater Textiles", "organisation"), ("Brightwater Textiles", "organisation")],
    ),
    "apposition of another role": (
        """[A lawyer for the mayor, Petra Vance,] <said> {no}. [Nurses, Oskar Lind and a cook] <said> {yes}.""",
        [("lawyer", "unnamed"), ("Nurses and Oskar Lind and cook", "unnamed")],
    ),
    "outlets by their kind": (
        """[The broadcaster Kanal Osten] <said> {it rained}. [The opposition daily Evening Lamp] <said> {it hailed}. [The
Dorn-based Marsh Courier] <cited> {a farmer}.""",
        [("Kanal Osten", "outlet"), ("Evening Lamp", "outlet"), ("Marsh Courier", "outlet")],
    ),
    "titles and letters": (
        """[Superintendent Oskar Lind] <said> {two were held}. [Petra Vance MP, whose seat it is,] <said> {more}.
[Sir Ivo Marsh KC] <said> {less}. [Alhaji Sule Dando] <said> {enough}. [Opposition MLA Asha Torne] <said> {nothing}.""",
        [
            ("Oskar Lind", "person"), ("Petra Vance", "person"), ("Ivo Marsh", "person"), ("Sule Dando", "person"),
            ("Asha Torne", "person"),
        ],
    ),
    "names of bodies": (
        """[The Weavers’ Union] <said> {no}. [The Board for Roads and Bridges] on Friday <said> {yes}. [Neighbouring Ostany]
<said> {maybe}. [The water ministry of Gorvat] <asked> {why}. [The ministry] <asked> {when}. [Ash & Reed] <asked> {who}.""",
        [
            ("Weavers’ Union", "organisation"), ("Board for Roads and Bridges", "organisation"), ("Ostany", "state"),
            ("water ministry of Gorvat", "organisation"), ("water ministry of Gorvat", "organisation"),
            ("Ash & Reed", "organisation"),
        ],
    ),
    "company by its first word": (
        """[Lowfield Logistics] <said> {the lorry was new}. [Lowfield] <denied> {a crash}. [The company] <paid> {nothing}.""",
        [("Lowfield Logistics", "organisation")] * 3,
    ),
    "opening with two who are told apart": (
        """Bees die in Dorn

[A teacher] <said> {half had died}.

[Petra Vance, a vet in Dorn,] <blamed> {mites}.""",
        [("teacher", "unnamed"), ("Petra Vance", "person")],
    ),
    "transcript": (
        """[OSKAR LIND]<:> {It rained.} [LIND]<:> {All day.} [The DRPA]<:> {No.}""",
        [("OSKAR LIND", "person"), ("OSKAR LIND", "person"), ("DRPA", "organisation")],
    ),
    "who spoke last in the article's own voice": (
        """[Petra Vance] <said> {[a clerk] <had told> her {the till was empty}}. [She] <said> {she wept}.""",
        [("Petra Vance", "person"), ("clerk", "unnamed"), ("Petra Vance", "person")],
    ),
    "country's body": (
        """[Israel's military] <said> {it struck a depot}. [The Israeli military] <said> {no one was hurt}. [The military]
<gave> {no proof}. [Lebanon's health ministry] <said> {nine died}. [The ministry] <said> {two were children}.""",
        [
            ("Israeli military", "organisation"), ("Israeli military", "organisation"), ("Israeli military", "organisation"),
            ("Lebanese health ministry", "organisation"), ("Lebanese health ministry", "organisation"),
        ],
    ),
    "another union": (
        """[The dockers' union] <said> {900 marched}. [The nurses' union] <said> {62 stayed away}. [The union] <said> {it would go on}.""",
        [("dockers' union", "organisation"), ("nurses' union", "organisation"), ("nurses' union", "organisation")],
    ),
    "a body's paper": (
        """[The town council] <said> {80 flats were unsafe}. [Council records] <show> {9 fires}.""",
        [("town council", "organisation"), ("Council records", "document")],
    ),
    "ministry of the": (
        """[The ministry of the interior] <said> {it knew of 25}. [Figures from the ministry] <show> {9 losses}.""",
        [("ministry of the interior", "organisation"), ("ministry of the interior", "organisation")],
    ),
    "no body": (
        """[Ana Reyl, the union leader,] <said> {four left}. [Sara McCall] <said> {it was late}. [McCall] <said> {no more}.""",
        [("Ana Reyl", "person"), ("Sara McCall", "person"), ("Sara McCall", "person")],
    ),
}
CASES = [(title, number) for title, (_, rows) in ARTICLES.items() for number in range(len(rows))]


@pytest.fixture(scope="module")
def asserters(pipeline):
    return {title: resolved(pipeline, marked) for title, (marked, _) in ARTICLES.items()}


@pytest.mark.parametrize(("title", "number"), CASES)
def test_source_is_resolved(asserters, title, number):
    asserter = asserters[title][2][number]
    assert (asserter.name, asserter.kind) == ARTICLES[title][1][number]


def test_a_claim_without_source_has_no_asserter(pipeline):
    article = article_from_text("made-up", "The premier is expected to resign.")
    claim = Claim([], [(12, 26)], [(27, 33)], "indirect", "expects", False, None, "", 1.0)
    assert resolve(article, pipeline(article.reading), [claim], []) == ([None], [])
    assert resolve(article, pipeline(article.reading), [], []) == ([], [])


def test_naming_is_the_nearest_noun_phrase_before_a_pronoun(pipeline):
    article, claims, found = resolved(pipeline, ARTICLES["ministry and spokesman, Iranian desk"][0])
    quoted = [[article.text[start:end] for start, end in each.naming] for each in found]
    assert quoted[:3] == [
        ["Iranian Foreign Ministry spokesman Behrad Sohrani"], ["The spokesman"], ["The spokesman"],
    ]


def test_a_document_resolved_to_its_maker_keeps_its_own_words_as_naming(pipeline):
    article, claims, found = resolved(pipeline, ARTICLES["broadcaster's report"][0])
    assert [article.text[start:end] for start, end in found[1].naming] == ["The report"]


def test_descriptions_hold_roles_and_what_is_said_of_unnamed_ones(pipeline):
    _, _, found = resolved(pipeline, ARTICLES["unnamed officials"][0])
    assert found[0].description == "Three officials briefed on the talks"
    _, _, found = resolved(pipeline, ARTICLES["ministry and spokesman, Iranian desk"][0])
    assert found[2].description == "Iranian Foreign Ministry spokesman"
    _, _, found = resolved(pipeline, ARTICLES["wire, British"][0])
    assert found[4].description == "chief executive of Northmere Ferries"


@pytest.mark.parametrize(
    "marked",
    [
        "{Nothing will change}, [he] <said>.",
        "[She] <said> {the tide was late}. Anton Reil agreed.",
        "Andrew Reil and Ian Brandt met in Dorn. [She] <said> {it was late}.",
    ],
)
def test_a_pronoun_without_clear_antecedent_stays_unresolved(pipeline, marked):
    article, claims, found = resolved(pipeline, marked)
    assert (found[0].naming, found[0].name, found[0].kind) == ([], "", "unnamed")
    assert article.text[slice(*claims[0].source[0])].lower() in found[0].description


def test_another_official_is_another_source(pipeline):
    _, _, found = resolved(pipeline, "[An official] <said> {no}. [An official] in Dorn <said> {yes}. [The official] <left> {it}.")
    assert found[0].entity != found[1].entity == found[2].entity


@pytest.mark.parametrize("text", ["\ud800 said so.", "<script>alert(1)</script> said so.", "” said ”” so.", "\u200b said so."])
def test_odd_sources_do_not_break(pipeline, text):
    article = article_from_text("made-up", text)
    end = text.index(" said")
    claim = Claim([(0, end)], [(end + 1, end + 5)], [(end + 6, len(text))], "indirect", "says", False, None, "", 1.0)
    for asserter in resolve(article, pipeline(article.reading), [claim], [])[0]:
        assert asserter is None or all(0 <= start < stop <= len(text) for start, stop in asserter.naming)


POLL = """A Quarrel University poll found Ann Tolle ahead by 20 points among voters in Orvel.

In the Quarrel poll, Tolle's lead narrowed to 13 points. Tolle was supported by 42 percent of the voters surveyed in the poll."""


def test_a_poll_goes_on_telling_a_figure_that_stands_in_no_claim():
    found = read(article_from_text("made-up", POLL))
    figure = next(figure for figure in found.figures if POLL[slice(*figure.span)] == "42 percent")
    assert not any(start <= figure.span[0] < end for claim in found.claims for start, end in claim.content)
    assert "Quarrel University poll" in found.asserters[found.asserting(figure)].name


@pytest.mark.parametrize("likely, teller", [(0.9, 1), (0.1, None)])
def test_a_figure_is_given_to_the_claim_before_it_of_whom_the_scorer_finds_likely(pipeline, monkeypatch, likely, teller):
    article, claims = read_marked("""[The union] <said> {the mine was old}. [The police] <said> {men were missing}. Some 14 were dug out. [The police] <left>
{soon}.""")
    start = article.text.index("14")
    figure = Figure((start, start + 2), 14.0, None, None, "~", "count", "man", "")
    monkeypatch.setattr(resolver, "chances", lambda asked, setting, vectors: {None: 1 - likely} | {
        entity: likely for entity in setting.entities if entity.name == "police"})
    assert [each.claim for each in resolve(article, pipeline(article.reading), claims, [figure])[1]] == [teller]


@pytest.mark.parametrize("text, name", [
    ("The east of Orvel mayor, Dan Quill, said the road would open in May.", "Dan Quill"),
    ("Dora Wick, whose husband, the miner Ty Wick, was one of four men killed in the pit, said the pit should close.", "Dora Wick"),
])
def test_the_person_named_in_a_source_is_meant_where_the_rules_take_another_word_for_it(text, name):
    assert [asserter.name for asserter in read(article_from_text("made-up", text)).asserters] == [name]
