"""The words of a noun phrase, and what they tell of who it is: its name, role, kind, gender and country."""

import re

from analysis.sources.lexicon import Lexicon
from analysis.types import Mention
from analysis.words import of_kind, words_of

PARTICLES = words_of("nouns", "beside_names", "particles")
SUFFIXES = words_of("nouns", "beside_names", "suffixes")
NEIGHBOURING, BEGINNING = words_of("nouns", "places", "neighbouring"), words_of("nouns", "outlets", "beginning")
BEFORE_NOUNS = frozenset(of_kind("pronouns", "determiner", "possessive"))
ACRONYM = re.compile(r"[A-Z][A-Z.&-]{1,7}s?")
ONE_BODY = words_of("nouns", "plurals", "bodies") | words_of("nouns", "plurals", "only_in_form")
ENDINGS = tuple(sorted(words_of("nouns", "people", "endings")))
EDGES = "“”\"'‘’()[],;:.!?–—-*•|"


def is_pronoun(word: str, lexicon: Lexicon) -> bool:
    return word.lower() in lexicon.pronouns and word not in lexicon.names  # "us", and not "US"


def read_words(mention: Mention, lexicon: Lexicon) -> None:
    """Set name, role, noun, kind, gender and country of a mention from its words alone."""
    words = mention.text.split()
    pieces = [
        word if _of_many(word) and after[:1].isupper() else word.strip(EDGES.replace(".", ""))
        for word, after in zip(words, [*words[1:], ""])
    ]
    pieces = [piece for piece in pieces if piece]
    while pieces and pieces[0].lower() in BEFORE_NOUNS:
        pieces = pieces[1:]
    if not pieces or (len(pieces) == 1 and is_pronoun(pieces[0], lexicon)):
        mention.kind = "unnamed"
        return
    mention.country = _country(pieces, lexicon)
    if _read_known(mention, pieces, lexicon):
        return
    lower = [piece.lower().rstrip(".") for piece in pieces]
    noun = lower[-1]
    singular = singular_of(noun)
    name = _name_at_end(pieces, lexicon)
    if singular in lexicon.documents and not _is_proper_outlet(pieces, lexicon):
        mention.kind, mention.noun, mention.role = "document", singular, tuple(lower)
    elif _is_body(pieces, singular, lexicon):
        _read_body(mention, pieces, name, singular, lexicon)
    elif name:
        _read_name(mention, pieces, name, lexicon)
    else:
        mention.noun, mention.role, mention.kind = singular, tuple(lower), "unnamed"
        mention.gender = lexicon.roles.get(singular, "")


def _of_many(piece: str) -> bool:
    """"Farmers'", "Women's": a possessive that may be a part of a body's name."""
    return piece[:1].isupper() and piece.lower().replace("’", "'").endswith(("s'", "men's", "people's", "children's"))


def _country(pieces: list[str], lexicon: Lexicon) -> str | None:
    for piece in (pieces[0], " ".join(pieces[:2])):
        bare = re.sub(r"['’]s?$", "", piece)
        if bare in lexicon.adjectives:
            return lexicon.adjectives[bare]
        known = lexicon.names.get(bare, ("", ""))[1]
        if known in lexicon.adjective_of:
            return known
    return None


def _read_known(mention: Mention, pieces: list[str], lexicon: Lexicon) -> bool:
    """A country, a capital, or a body or outlet with a well-known name, alone or after lower-case words."""
    for start in range(len(pieces)):
        if start and pieces[start - 1][:1].isupper() and not _is_country_word(pieces[start - 1], lexicon):
            break
        whole = " ".join(pieces[start:])
        known = lexicon.names.get(whole) or (("state", lexicon.capitals[whole]) if whole in lexicon.capitals else None)
        if known and not (start and known[0] == "state"):
            mention.kind, mention.name = known[0], tuple(known[1].split())
            mention.role = tuple(piece.lower() for piece in pieces[:start])
            return True
    return False


def _is_country_word(piece: str, lexicon: Lexicon) -> bool:
    return piece in lexicon.adjectives or piece in lexicon.names


def singular_of(noun: str) -> str:
    if noun.endswith("men") and len(noun) > 4:
        return noun[:-2] + "an"
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith("ses"):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _name_at_end(pieces: list[str], lexicon: Lexicon) -> list[str]:
    """The capitalised words the phrase ends in, as far back as a possessive or a lower-case word."""
    start = len(pieces)
    while start and (_of_many(pieces[start - 1]) or not pieces[start - 1].endswith(("'s", "’s", "s'", "s’"))):
        piece = pieces[start - 1]
        if start < len(pieces) and (piece.lower() in lexicon.before_names or piece.lower().endswith("-based")):
            break
        capital = piece[:1].isupper() or piece == "&" or (len(piece) > 3 and piece[:3] in ("al-", "el-"))
        if not capital and not (piece.lower() in PARTICLES and start < len(pieces)):
            break
        start -= 1
    while start < len(pieces) and pieces[start].lower() in PARTICLES and not pieces[start][:1].isupper():
        start += 1
    return pieces[start:]


def _is_proper_outlet(pieces: list[str], lexicon: Lexicon) -> bool:
    return pieces[-1][:1].isupper() and pieces[-1].lower() in lexicon.outlet_words


def _is_body(pieces: list[str], noun: str, lexicon: Lexicon) -> bool:
    last = pieces[-1].lower()
    bodies = lexicon.organisations | lexicon.outlets
    capital = pieces[-1][:1].isupper()
    if noun in lexicon.roles and noun != "guard" or (capital and len(pieces) == 2 and pieces[0].lower() in lexicon.given_names):
        return False
    return last in bodies or noun in bodies or (capital and last in lexicon.outlet_words)


def _read_body(mention: Mention, pieces: list[str], name: list[str], noun: str, lexicon: Lexicon) -> None:
    last = pieces[-1].lower()
    outlet = last in lexicon.outlets | lexicon.outlet_words or noun in lexicon.outlets
    mention.kind = "outlet" if outlet and last not in ("agency",) or "news" in [piece.lower() for piece in pieces] else "organisation"
    mention.noun, mention.role = noun, tuple(piece.lower() for piece in pieces)
    if mention.plural and last not in ONE_BODY and len(name) < 2:
        mention.kind = "unnamed"
        return
    if name and not (len(pieces) == 1 and mention.common):
        mention.name = tuple(_as_adjective(piece, lexicon) for piece in name)
    elif any(piece[:1].isupper() for piece in pieces[mention.opening :]) and not mention.common:
        mention.name = tuple(_as_adjective(piece, lexicon) for piece in pieces)


def _as_adjective(piece: str, lexicon: Lexicon) -> str:
    """One writing for "Israel's army" and "Israeli army"."""
    bare = piece if _of_many(piece) else re.sub(r"['’]s?$", "", piece)
    known = lexicon.names.get(bare)
    if known and known[0] == "state":
        return lexicon.adjective_of.get(known[1], bare)
    return bare


def is_title(piece: str, lexicon: Lexicon) -> bool:
    word = piece.lower().rstrip(".")
    return word in lexicon.honorifics or word in lexicon.roles


def _read_name(mention: Mention, pieces: list[str], name: list[str], lexicon: Lexicon) -> None:
    titles = [at for at in range(len(name)) if is_title(name[at], lexicon)]
    if mention.plural and singular_of(name[-1].lower()) in lexicon.roles:
        titles.append(len(name) - 1)
    if titles and name[0].lower() in lexicon.given_names and titles[-1] > 0 and not is_title(name[0], lexicon):
        titles = []
    if titles and titles[-1] == len(name) - 1:
        mention.noun, mention.kind = name[-1].lower().rstrip("."), "unnamed"
        mention.role = tuple(piece.lower().rstrip(".") for piece in pieces)
        mention.gender = lexicon.roles.get(mention.noun) or lexicon.honorifics.get(mention.noun, "")
        return
    rest = name[titles[-1] + 1 :] if titles else name[_first_name(name, lexicon) :]
    before = pieces[: len(pieces) - len(rest)]
    if mention.indefinite and len(rest) == 1 or len(rest[-1]) == 1:
        mention.noun, mention.kind, mention.role = rest[-1].lower(), "unnamed", tuple(piece.lower() for piece in pieces)
        return
    while (len(rest) > 1 and rest[0].lower() in lexicon.portfolios) or (len(rest) > 2 and rest[0] in lexicon.adjectives):
        before, rest = before + rest[:1], rest[1:]
    mention.name, mention.role = tuple(rest), tuple(piece.lower().rstrip(".") for piece in before)
    mention.kind = _kind_of_name(mention, rest, before, lexicon)
    if mention.kind == "person":
        mention.gender = _gender(rest, mention.role, lexicon)


def _first_name(name: list[str], lexicon: Lexicon) -> int:
    """Where a person's name begins after an unlisted title: "Harbour Warden | Andrew Reil"; 0 where nothing tells."""
    at = len(name) - 2
    if at < 1 or name[0].lower() in lexicon.given_names or name[at].lower() not in lexicon.given_names:
        return 0
    title = name[0].lower().endswith(ENDINGS)  # and no third name: "Tarun Anand Velkar"
    return at if at > 1 or title else 0


def _kind_of_name(mention: Mention, name: list[str], before: list[str], lexicon: Lexicon) -> str:
    before = [piece.lower().rstrip(".") for piece in before]
    if any(piece in lexicon.honorifics or piece in lexicon.roles for piece in before):
        return "person"
    if NEIGHBOURING & {*before[-1:]} or (name[-1].lower() in lexicon.places and len(name) > 1):
        return "state"
    if any(piece in lexicon.outlets for piece in before[-2:]) or (len(name) > 1 and name[0] in BEGINNING):
        return "outlet"
    if any(piece in lexicon.organisations for piece in before[-2:]):
        return "organisation"
    if name[0].lower() in lexicon.given_names and len(name) > 1:
        return "person"
    if name[-1] in lexicon.people or name[-1] in lexicon.adjectives or (mention.plural and name[0] in lexicon.adjectives):
        return "unnamed"
    if len(name) == 1:
        return "organisation" if ACRONYM.fullmatch(name[0]) else ""
    company = "&" in name or name[-1].lower() in lexicon.trades
    if mention.definite or company or any(piece.lower() in lexicon.organisations for piece in name):
        return "organisation"
    return ""


def _gender(name: list[str], role: tuple[str, ...], lexicon: Lexicon) -> str:
    for word in reversed(role):
        found = lexicon.honorifics.get(word) or lexicon.roles.get(word)
        if found:
            return found
    return lexicon.given_names.get(name[0].lower(), "") if len(name) > 1 else ""
