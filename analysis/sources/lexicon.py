"""What words tell of a source: countries, roles, bodies, outlets, documents, pronouns, first names."""

from dataclasses import dataclass
from functools import cache

from analysis.words import lists, rows_of


@dataclass(frozen=True)
class Lexicon:
    """The data files as look-ups. Keys are lower case, except those of `names`, `capitals`, `adjectives` and `people`.

    `names` gives the kind and the full name for a country, body or outlet however written ("UK", "IAEA"). Honorifics,
    roles and first names map to "m", "f" or "". `pronouns` maps a pronoun to its class in pronouns.csv. `speaking` is
    every noun for a person, body, outlet or document. `after_names` are written as they stand after a name ("KC").
    """

    names: dict[str, tuple[str, str]]
    capitals: dict[str, str]
    adjectives: dict[str, str]
    adjective_of: dict[str, str]
    people: dict[str, str]
    honorifics: dict[str, str]
    roles: dict[str, str]
    given_names: dict[str, str]
    after_names: frozenset[str]
    before_names: frozenset[str]
    portfolios: frozenset[str]
    role_wider: dict[str, frozenset[str]]
    places: frozenset[str]
    organisations: frozenset[str]
    trades: frozenset[str]
    of_what: frozenset[str]
    organisation_wider: dict[str, frozenset[str]]
    outlets: frozenset[str]
    outlet_words: frozenset[str]
    documents: frozenset[str]
    alike: dict[str, frozenset[str]]
    issued: frozenset[str]
    pronouns: dict[str, str]
    speaking: frozenset[str]


GENDERS = {"male": "m", "female": "f", "either": ""}


@cache
def load_lexicon() -> Lexicon:
    """The lexicon, read once; about 10 ms. Raises ValueError for a row of countries.csv that names no country."""
    nouns = lists("nouns")
    names, capitals, adjectives, adjective_of, people = _countries()
    names |= {place: ("state", place) for place in nouns["place_names"]["words"]}
    for kind in ("organisation", "outlet"):
        for name, others in nouns[f"{kind}_names"].items():
            names |= {form: (kind, name) for form in (name, *others)}
    organisations = frozenset(nouns["organisations"]["words"])
    outlets = frozenset(nouns["outlets"]["nouns"])
    documents = frozenset(nouns["documents"]["words"])
    roles = _gendered(nouns["roles"])
    return Lexicon(
        names=names,
        capitals={city: country for city, country in capitals.items() if city not in names},
        adjectives=adjectives,
        adjective_of=adjective_of,
        people=people,
        honorifics=_gendered(nouns["honorifics"]),
        roles=roles,
        given_names=_gendered({key: words.split() for key, words in lists("given_names").items()}),
        after_names=frozenset(nouns["beside_names"]["after"]),
        before_names=frozenset((*nouns["beside_names"]["before"], *nouns["places"]["neighbouring"])),
        portfolios=frozenset(nouns["portfolios"]["words"]),
        role_wider={word: frozenset(others) for word, others in nouns["role_wider"].items()},
        places=frozenset(nouns["places"]["words"]),
        organisations=organisations,
        trades=frozenset(nouns["organisations"]["trades"]),
        of_what=frozenset(nouns["organisations"]["of_what"]),
        organisation_wider=_wider(nouns["organisation_wider"]),
        outlets=outlets,
        outlet_words=frozenset(nouns["outlets"]["name_words"]),
        documents=documents,
        alike=_alike(nouns["alike"]["groups"]),
        issued=frozenset((*nouns["issued"]["words"], *nouns["issued"]["of_documents"])),
        pronouns={row["word"]: row["pronoun"] for row in rows_of("pronouns") if row["pronoun"]},
        speaking=organisations | outlets | documents | frozenset(roles),
    )


def _gendered(table: dict) -> dict[str, str]:
    return {word.lower(): GENDERS[key] for key, words in table.items() for word in words}


def _wider(table: dict[str, list[str] | str]) -> dict[str, frozenset[str]]:
    return {word: frozenset(others) if isinstance(others, list) else frozenset((*table[others], others)) - {word}
            for word, others in table.items()}


def _alike(groups: list[list[str]]) -> dict[str, frozenset[str]]:
    alike: dict[str, frozenset[str]] = {}
    for group in groups:
        for word in group:
            alike[word] = alike.get(word, frozenset()) | frozenset(group)
    return alike


def _countries() -> tuple[dict, dict, dict, dict, dict]:
    names, capitals, adjectives, adjective_of, people = {}, {}, {}, {}, {}
    for row in rows_of("countries"):
        country = row["name"]
        names |= {form: ("state", country) for form in (country, *_pieces(row["other names"]))}
        capitals |= {city: country for city in _pieces(row["capitals"])}
        adjectives |= {word: country for word in _pieces(row["adjectives"])}
        people |= {word: country for word in _pieces(row["people"])}
        adjective_of[country] = (_pieces(row["adjectives"]) or [country])[0]
    return names, capitals, adjectives, adjective_of, people


def _pieces(cell: str) -> list[str]:
    return [piece for piece in (cell or "").split(";") if piece]
