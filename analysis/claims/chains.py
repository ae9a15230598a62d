"""Claims inside claims: contents read again, relays, and who stands inside whom."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

from spacy.tokens import Doc

from analysis.claims import tagger
from analysis.claims.clauses import GIVING, Relay, cue_places
from analysis.claims.quotes import plain, quoted
from analysis.claims.repairs import without_noun
from analysis.claims.spans import Attributions, holds, shared, size, within, without
from analysis.claims.stance import stance
from analysis.corpus import Span
from analysis.types import Attribution
from analysis.words import of_kind, rows_of

FEWEST = 5  # words of a content that can hold a claim
DEEPEST = 4  # claims inside claims inside claims; no chain in the news goes deeper
COUNTED = 0.7  # how sure a number is that somebody puts: of 20 such in real articles 17 were right, read by eye
HELD = 0.8  # share of a content that its parent's holds; boundaries are not exact
MARKS = "\"'"
NAMED, SOURCELESS = 0.2, 0.85  # a claim inside a claim is kept from this confidence on, with a source and without
OWN = frozenset(of_kind("pronouns", "own"))  # never somebody else's claim
TOLD_BEFORE = frozenset(of_kind("saying", "earlier"))  # by "I" or "we", in a quotation: words of an earlier day
INSIDE = frozenset(of_kind("saying", "inside"))
THOUGHT = {"believes", "expects", "promises"}  # stances that no earlier day makes a step
SAME = frozenset(of_kind("pronouns", "own", "subject"))  # in reported speech most often the one who speaks


def inner(doc: Doc, claims: list[Attribution], clauses: Attributions) -> list[Attribution]:
    """Return the claims inside the contents of `claims`, and those inside these.

    Of an article the tagger shows outermost claims only; given a content alone it shows the next ones. A content without
    a word that could be a cue is not read. `clauses` are what the parse shows of it. What a source says of its own
    thoughts ("he said he believes") is no further claim.
    """
    text, hints = doc.text, cue_places(doc)  # joined anew at each look, so looked at once
    found, level, regions = [], claims, quoted(text)
    for _ in range(DEEPEST - 1):
        seen = [(outer, attribution) for outer, attributions in _reread(text, level, hints) for attribution in attributions
                if attribution.confidence >= (NAMED if attribution.source else SOURCELESS)]
        seen += [(outer, clause) for outer in level for clause in clauses.near([(start, end) for start, end in outer.content])
                 if outer.content[0][0] <= clause.cue[0][0] < outer.content[-1][1] and _surely_says(text, clause)
                 and holds(outer.content, clause.cue + clause.content, HELD)
                 and holds(outer.content, clause.source or clause.cue, 1)]
        level, taken = [], _places(claims + found)
        for outer, attribution in seen:
            if taken.isdisjoint(_places([attribution])):
                _read_off(doc, text, attribution, outer, clauses)
                clauses.moved(attribution)
                if _another(doc, text, attribution, outer, regions) and not _says_nothing(doc, attribution):
                    attribution.confidence, attribution.found_in = attribution.confidence * outer.confidence, outer
                    level.append(attribution)
                    taken |= _places([attribution])
        found += level
    return found


def _surely_says(text: str, clause: Attribution) -> bool:
    """Whether a clause's verb says beyond doubt that something is said, or a noun does."""
    return clause.found_by != "parse: verb and clause" or text[slice(*clause.cue[-1])].split()[-1].lower() in INSIDE


def _places(claims: list[Attribution]) -> set[int]:
    """The places of the characters of all cues."""
    return {place for claim in claims for start, end in claim.cue for place in range(start, end)}


def attributed(claims: list[Attribution], according: Iterable[Attribution], clauses: Attributions) -> list[Attribution]:
    """Return `claims` with both of two that share a content: in "S, X said, according to Y" and "According to Y, X said
    S" the tagger shows one, Y's or X's; X's stands inside Y's."""
    claims = Attributions(claims)
    for outer in according:
        known = next((claim for claim in claims.near(outer.cue) if shared(claim.cue, outer.cue)), None)
        if known is None and outer.content:
            claims.append(outer)
        elif known is not None:
            if holds(outer.content, known.content, 1) and any(holds(outer.content, claim.cue, 1)
                                                              for claim in claims.near(outer.content)):
                known.content = outer.content
            inside = [
                clause
                for clause in clauses.near(outer.content)
                if holds(known.content, clause.content, HELD)
                and holds(outer.content, clause.cue, 1)
                and not any(shared(clause.cue, claim.cue) for claim in claims.near(clause.cue))
            ]
            if inside:
                widest = max(inside, key=lambda clause: size(clause.content))
                widest.inside, widest.confidence = known, widest.confidence * known.confidence
                claims.append(widest)
    return claims


def counted(doc: Doc, claims: list[Attribution], clauses: Attributions) -> list[Attribution]:
    """Return `claims` with those of `clauses` that the tagger left out and that put a number ("X put the dead at nine"), or deny."""
    placed, found = Attributions(claims), []
    for clause in clauses:
        if clause.source and _puts_number(doc, clause):
            if not any(shared(clause.cue, claim.cue + claim.content) for claim in placed.near(clause.cue)):
                found.append(Attribution(clause.source, clause.cue, clause.content, COUNTED, "parse: count"))
    return claims + found


def _puts_number(doc: Doc, clause: Attribution) -> bool:
    cue, content = (doc.char_span(*spans[-1], alignment_mode="expand") or () for spans in (clause.cue, clause.content))
    lemmas, numbers = {word.lemma_.lower() for word in cue}, [word.like_num for word in content]
    denies = "deny" in lemmas and [word.lower_ for word in content] in (["it"], ["this"])
    return denies or any(numbers) and (bool(lemmas & GIVING) or all(numbers))


def relayed(claims: list[Attribution], relays: Iterable[Relay]) -> list[Attribution]:
    """Return `claims` with what `relays` tell of them: claims added, and `parent` set to the claim that hands on."""
    claims = Attributions(claims)
    for relay in relays:
        if relay.rule == "rule: citing":
            claims = _cited(claims, relay)
        else:
            _quoted_as_saying(claims, relay)
    return claims


def parents(claims: list[Attribution]) -> list[Attribution | None]:
    """Return for each claim the one it stands inside: as a relay told, else the smallest whose content holds it."""
    found = []
    placed = Attributions(claims)
    for claim in claims:
        around = [outer for outer in placed.near(claim.cue[:1]) if outer is not claim and holds(outer.content, claim.cue, 1)
                  and holds(outer.content, claim.content, HELD) and size(outer.content) > size(claim.content)]
        found.append(claim.inside or min(around, key=lambda outer: (size(outer.content), outer.inside is None),
                                         default=claim.found_in))
    return found


def _reread(text: str, claims: list[Attribution], hints: list[int]) -> list[tuple[Attribution, list[Attribution]]]:
    """Read each content as a text of its own."""
    found = []
    for claim in claims:
        hinted = any(bisect_left(hints, start) < bisect_left(hints, end) for start, end in claim.content)
        if hinted and sum(text[start:end].count(" ") for start, end in claim.content) >= FEWEST - 1:
            part = as_text(" ".join(text[start:end] for start, end in claim.content))
            again = [_carried_back(attribution, claim.content) for attribution in tagger.attributions(part, NAMED, reported=True)]
            found.append((claim, again))
    return found


def as_text(content: str) -> str:
    """Write a content as a text of its own, character for character: a sentence, without "that" and quotation marks."""
    part = plain(content).replace("\n", " ").replace('"', " ")
    part = "     " + part[5:] if part[:5].lower() == "that " else part
    first = len(part) - len(part.lstrip())
    capital = part[first:first + 1].upper()
    part = part[:first] + capital + part[first + 1:] if len(capital) == 1 else part
    return part if part.rstrip().endswith((".", "?", "!")) else part + "."


def _carried_back(attribution: Attribution, content: list[Span]) -> Attribution:
    """Turn offsets into the pieces of a content, joined by a blank, into offsets into the text."""
    def carried(spans: list[Span]) -> list[Span]:
        found, at = [], 0
        for start, end in content:
            found += [(start + max(first - at, 0), min(start + last - at, end)) for first, last in spans
                      if max(first - at, 0) < min(last - at, end - start)]
            at += end - start + 1
        return sorted(found)
    return Attribution(carried(attribution.source), carried(attribution.cue), carried(attribution.content),
                       attribution.confidence, "tagger, reading a content again")


def _read_off(doc: Doc, text: str, attribution: Attribution, outer: Attribution, clauses: Attributions) -> None:
    """Give a claim inside `outer` the content, and where it has none the source, that the parse shows of its cue."""
    without_noun(doc, attribution)
    parsed = next(
        (
            clause
            for clause in clauses.near(attribution.cue)
            if shared(clause.cue, attribution.cue) and shared(clause.content, outer.content)
        ),
        attribution,
    )
    attribution.source = attribution.source or parsed.source
    attribution.content = _to_its_end(doc, text, attribution.cue, within(parsed.content, outer.content))


def _to_its_end(doc: Doc, text: str, cue: list[Span], content: list[Span]) -> list[Span]:
    """The content where it is a quotation in the quotation, else without other sentences than the cue's."""
    said = doc.char_span(*cue[0], alignment_mode="expand") if cue else None
    if said is None or not content:
        return content
    start, end = content[0][0], content[-1][1]
    quotation = quoted(text[start:end]) if plain(text[start]) in MARKS else []
    if quotation:
        return within(content, [(start + first, start + last) for first, last in quotation])
    return within(content, [(said.sent.start_char, said.sent.end_char)])


def _another(doc: Doc, text: str, attribution: Attribution, outer: Attribution, regions: list[Span]) -> bool:
    """Whether the source inside is somebody else than the one outside, as far as a pronoun tells, or the same one who
    tells what they said on an earlier day ("she said she had warned them")."""
    if not attribution.cue or not attribution.content or shared(attribution.source, attribution.content):
        return False
    def words(spans: list[Span]) -> str:
        return " ".join(text[start:end] for start, end in spans).lower()
    source, cue = words(attribution.source), words(attribution.cue)
    if shared(outer.content, regions) > size(outer.content) / 2 or words(outer.cue) == ":":
        return source not in OWN or cue in TOLD_BEFORE
    owner = _possessive(source)  # "his lawyer said he ...": not the lawyer
    other = owner is not None and words(outer.source).startswith(owner) or words(outer.cue).startswith("ask")
    earlier = cue.startswith("had ")
    return source not in SAME or other or earlier and stance(doc, attribution.cue, attribution.content)[0] not in THOUGHT


@cache
def _possessive(pronoun: str) -> str | None:
    """What is before what they have whom a pronoun stands for: "his " of "he"; None for any other word."""
    if pronoun not in of_kind("pronouns", "subject"):
        return None
    who = {row["word"]: row["pronoun"] for row in rows_of("pronouns")}
    return next(f"{word} " for word in of_kind("pronouns", "possessive") if who[word] == who[pronoun])


def _says_nothing(doc: Doc, attribution: Attribution) -> bool:
    """Whether a tagger's claim inside a claim has a noun for its cue, with which the parse shows no clause ("its
    criticism of the plan"), or an infinitive ("is expected to present options"): such are named, and nobody speaks."""
    cue = doc.char_span(*attribution.cue[0], alignment_mode="expand") or ()
    infinitive = len(cue) > 0 and cue[0].tag_ == "TO"
    return attribution.found_by.startswith("tagger") and (
        infinitive or all(token.pos_ in ("NOUN", "ADP", "ADJ", "DET") for token in cue))


def _cited(claims: Attributions, relay: Relay) -> Attributions:
    """"A reported S, citing B": B's claim has A's content and stands inside A's."""
    same = [claim for claim in claims.near(relay.cue)
            if shared(claim.cue, relay.cue) and size(claim.content) > 2 * size(relay.source)]
    hosts = [claim for claim in claims.near([relay.sentence])
             if holds([relay.sentence], claim.cue, 1) and not shared(claim.cue, relay.cue)]
    if not hosts and same and relay.relayer_cue:  # the tagger took "citing" for the cue of it all
        hosts, same[0].cue = same[:1], relay.relayer_cue
        claims.moved(same[0])
    if not hosts:
        return claims
    place = relay.cue[0][0]
    host = min(hosts, key=lambda claim: (min(abs(place - start) for start, _ in claim.cue), claim.cue))
    host.content = without(host.content, relay.cue + relay.source)
    host.source = without(host.source, relay.cue + relay.source)
    if any(claim is not host and shared(claim.cue, relay.cue) for claim in claims.near(relay.cue)):
        claims = Attributions(claim for claim in claims if claim is host or not shared(claim.cue, relay.cue))
    claims.append(Attribution(relay.source, relay.cue, list(host.content), host.confidence, relay.rule, host))
    return claims


def _quoted_as_saying(claims: Attributions, relay: Relay) -> None:
    """"B quoted A as saying S", "A was quoted by B as saying S": A's claim stands inside B's, if there is a B."""
    claim = next((claim for claim in claims.near(relay.cue)
                  if shared(claim.cue, relay.cue) and claim.found_by != relay.rule), None)
    if claim is None and not relay.content:
        return
    if claim is None:
        claim = Attribution(relay.source, relay.cue, relay.content, 0.5, relay.rule)
        claims.append(claim)
    claim.source, claim.cue = relay.source, relay.cue
    claim.content = relay.content or without(claim.content, relay.cue + relay.source + relay.relayer + relay.relayer_cue)
    claims.moved(claim)
    if not relay.relayer:
        return
    outer = next((other for other in claims.near(relay.relayer_cue)
                  if other is not claim and shared(other.cue, relay.relayer_cue)), None)
    if outer is None:
        outer = Attribution(relay.relayer, relay.relayer_cue, list(claim.content), claim.confidence, relay.rule)
        claims.append(outer)
    claim.inside = outer
