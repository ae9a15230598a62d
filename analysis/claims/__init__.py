"""Claims: what an article says that somebody said, thought or announced."""

from spacy.tokens import Doc

from analysis.claims import chains, tagger
from analysis.claims.clauses import according_in, clauses_in, relays_in
from analysis.claims.quotes import carried_on, closed, kind, quoted
from analysis.claims.repairs import named, takes_lives, turned, whole_clause, without_noun
from analysis.claims.spans import Attributions, trimmed, whole_numbers, without
from analysis.claims.stance import stance
from analysis.corpus import Article, Span
from analysis.types import Attribution, Claim


def find_claims(article: Article, doc: Doc) -> list[Claim]:
    """Return the claims of an article, in text order, claims inside claims among them.

    `doc` is the parse of `article.reading`. The tagger finds the outermost claims; a quotation that it gave to nobody
    goes on with the speaker before; relays ("citing", "quoted by") are read off the parse; contents are read again for
    the claims inside. About 0.2 ms a word on one core, beside the parse.
    """
    text = article.reading
    regions = quoted(text)
    shown = Attributions(clauses_in(doc))
    found = [whole_clause(doc, text, without_noun(doc, claim)) for claim in tagger.attributions(text) if not takes_lives(doc, claim)]
    found = carried_on(text, regions, found)
    found = chains.attributed(chains.counted(doc, found, shown), according_in(doc), shown)
    relays, placed = list(relays_in(doc)), Attributions(found)
    later = [relay for relay in relays if chains.told_inside(relay, placed)]
    found = chains.relayed(found, [relay for relay in relays if relay not in later])
    found = found + [named(doc, claim) for claim in chains.inner(doc, found, shown)]
    found = chains.relayed(found, later)
    for attribution in found:
        attribution = turned(doc, attribution)
        attribution.source = without(attribution.source, attribution.content) or attribution.source
        attribution.source = trimmed(text, _by_paragraph(text, attribution.source), ",;:")
        attribution.cue = trimmed(text, _by_paragraph(text, attribution.cue), ",;")
        content = _below(article.title, attribution.cue, _by_paragraph(text, attribution.content))
        attribution.content = closed(text, whole_numbers(text, trimmed(text, content, ",;")))
    found = sorted((attribution for attribution in found if attribution.cue and attribution.content), key=_place)
    within = chains.parents(found)
    numbers = {id(attribution): number for number, attribution in enumerate(found)}
    return [_claim(text, doc, regions, attribution, numbers.get(id(outer))) for attribution, outer in zip(found, within)]


def _claim(text: str, doc: Doc, regions: list[Span], attribution: Attribution, parent: int | None) -> Claim:
    how, negated = stance(doc, attribution.cue, attribution.content)
    return Claim(attribution.source, attribution.cue, attribution.content, kind(text, attribution.content, regions), how,
                 negated, parent, attribution.found_by, round(attribution.confidence, 3))


def _place(attribution: Attribution) -> tuple:
    """Where an attribution begins; the wider of two that begin together comes first."""
    spans = attribution.source + attribution.cue + attribution.content
    return min(start for start, _ in spans), -max(end for _, end in spans), attribution.cue


def _below(headline: Span | None, cue: list[Span], content: list[Span]) -> list[Span]:
    """A content without the headline, where its cue and more of it stand below."""
    rest = [span for span in content if headline is None or span[0] >= headline[1]]
    return rest if rest and cue and cue[0][0] >= (headline or (0, 0))[1] else content


def _by_paragraph(text: str, spans: list[Span]) -> list[Span]:
    """Break spans where a line ends, so that each quotes one stretch of running text."""
    pieces = []
    for start, end in spans:
        for line in text[start:end].split("\n"):
            pieces.append((start, start + len(line)))
            start += len(line) + 1
    return pieces
