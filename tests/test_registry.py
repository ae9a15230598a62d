"""The register: asserters of several articles made one source."""

from analysis.ids import slug
from analysis.sources import Asserter, register


def asserter(name, kind="person", description="", entity=0, aliases=()):
    return Asserter([(0, 1)], name, kind, description, entity, aliases)


def ids(*articles, **options):
    return register(list(articles), **options).claims


def test_full_names_are_one_source_in_all_articles():
    found = register(
        [
            ("a", [asserter("Ana Reyl", description="minister", aliases=("Reyl",)), None]),
            ("b", [asserter("Ana M. Reyl"), asserter("Iran", "state", aliases=("Tehran",))]),
        ]
    )
    assert found.claims == {"a": ["ana-reyl", None], "b": ["ana-reyl", "iran"]}
    assert [(row.source_id, row.name, row.aliases, row.description) for row in found.sources] == [
        ("ana-reyl", "Ana M. Reyl", ["Ana Reyl", "Reyl"], "minister"), ("iran", "Iran", ["Tehran"], ""),
    ]


def test_surnames_alone_and_unnamed_sources_stay_in_their_article():
    one, other = asserter("Reyl"), asserter("two officials", "unnamed", "two officials", 1)
    assert ids(("a", [one, other]), ("b", [one, other])) == {
        "a": ["reyl-in-a", "two-officials-in-a"], "b": ["reyl-in-b", "two-officials-in-b"],
    }


def test_two_unnamed_sources_of_one_article_are_two():
    found = ids(("a", [asserter("official", "unnamed", "an official", 4), asserter("official", "unnamed", "an official", 9)]))
    assert found == {"a": ["official-in-a", "official-in-a-2"]}


def test_bodies_without_a_proper_name_stay_in_their_article():
    assert ids(("a", [asserter("police", "organisation")])) == {"a": ["police-in-a"]}
    assert ids(("a", [asserter("Sarn police", "organisation")])) == {"a": ["sarn-police"]}


def test_an_acronym_joins_the_one_body_that_bears_it():
    full = asserter("Halden Observatory", "organisation", aliases=("HO",))
    short = asserter("HO", "organisation")
    assert ids(("a", [full]), ("b", [short]))["b"] == ["halden-observatory"]
    rival = asserter("Harrow Office", "organisation", aliases=("HO",))
    assert ids(("a", [full, rival]), ("b", [short]))["b"] == ["ho"]


def test_a_part_of_a_name_joins_the_one_body_that_it_nearly_always_stands_for():
    full = asserter("Halden Observatory for Lakes", "organisation", aliases=("Halden Observatory",))
    short, articles = asserter("Halden Observatory", "organisation"), [("a", [full]), ("b", [full]), ("c", [full])]
    assert ids(*articles, ("d", [short]))["d"] == ["halden-observatory-for-lakes"]
    assert ids(*articles[:2], ("d", [short]))["d"] == ["halden-observatory"]  # too few to know
    rival = asserter("Halden Observatory of Winds", "organisation", aliases=("Halden Observatory",))
    assert ids(*articles, ("d", [short]), ("e", [rival]))["d"] == ["halden-observatory"]


def test_the_order_of_articles_changes_nothing():
    articles = [("b", [asserter("Reyl"), asserter("Georgia", "state")]), ("a", [asserter("Georgia", "organisation")])]
    forwards, backwards = register(articles), register(articles[::-1])
    assert forwards.claims == backwards.claims == {"b": ["reyl-in-b", "georgia"], "a": ["georgia-2"]}
    assert forwards.sources == backwards.sources


def test_an_outlet_is_a_source_too():
    found = register([("a", [asserter("Skerrow Gazette", "outlet")]), ("b", [])], outlets={"a": "The Skerrow Gazette", "b": None})
    assert found.outlets == {"a": "skerrow-gazette", "b": "outlet-unknown"}
    assert [(row.source_id, row.name, row.kind) for row in found.sources] == [
        ("outlet-unknown", "the outlet (not named)", "outlet"), ("skerrow-gazette", "The Skerrow Gazette", "outlet"),
    ]


def test_an_unresolved_pronoun_is_shown_as_such():
    lost = Asserter([], "", "unnamed", "“he”, nobody named before it", -1)
    found = register([("a", [lost, lost])])
    assert found.claims["a"][0] == found.claims["a"][1]
    assert found.sources[0].name == "“he”, nobody named before it"


def test_slugs_are_plain_and_never_empty():
    assert slug("Željko Ångström, Jr.") == "zeljko-angstrom-jr"
    assert slug("<script>") == "script"
    assert slug("外交部").startswith("source-") and slug("\ud800").startswith("source-")
    assert len(slug("word " * 40)) <= 60
