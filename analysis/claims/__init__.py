"""Claims: what an article says that somebody said, thought or announced."""

import re

from spacy.tokens import Doc

from analysis.claims import chains, tagger
from analysis.claims.basis import with_basis
from analysis.claims.clauses import according_in, clauses_in, relays_in
from analysis.claims.introduced import introduced
from analysis.claims.quotes import carried_on, closed, kind, quoted
from analysis.claims.repairs import inverted, is_deed, named, turned, whole_clause, without_noun
from analysis.claims.spans import Attributions, shared, trimmed, without
from analysis.claims.stance import stance
from analysis.confidence import sure_claims
from analysis.corpus import Article, Span
from analysis.types import Attribution, Claim

THAT_CLAUSE = re.compile(r"(?:.{5}|.{0,5})(?<!\w)(?:to \w+ )?that ", re.DOTALL)
QUESTION = re.compile(r"[^\"“”?\n]*\?\s+(?=[\"“])")
HEADING = re.compile(r"[^.!?:;…]{1,80}(?<![,\-–—])")  # "A night of fear"


def find_claims(article: Article, doc: Doc) -> list[Claim]:
    """Return the claims of an article that are sure enough, in text order, claims inside claims among them."""
    return with_basis(doc, sure_claims(all_claims(article, doc)))


def all_claims(article: Article, doc: Doc) -> list[Claim]:
    """Return all claims that an article may have, with the confidence that the tagger gives each.

    `doc` is the parse of `article.reading`. The tagger finds the outermost claims; a quotation that it gave to nobody
    goes on with the speaker before; relays ("citing", "quoted by") are read off the parse; contents are read again for
    the claims inside. About 0.2 ms a word on one core, beside the parse.
    """
    text, parsed = article.reading, doc.text  # joined anew at each look, so looked at once
    regions = quoted(text)
    shown = Attributions(clauses_in(doc))
    found = [claim for claim in tagger.attributions(text) if not is_deed(doc, claim)]
    found = [whole_clause(doc, text, without_noun(doc, inverted(doc, claim))) for claim in found]
    found = _outspoken(doc, parsed, found, shown)
    found = carried_on(text, regions, introduced(doc, text, regions, found))
    found = chains.attributed(chains.counted(doc, found, shown), according_in(doc), shown)
    found = chains.relayed(found, relays_in(doc))
    found = found + [named(doc, claim) for claim in chains.inner(doc, found, shown)]
    for attribution in found:
        attribution = turned(doc, attribution)
        attribution.source = without(attribution.source, attribution.content) or attribution.source
        attribution.source = trimmed(text, _by_paragraph(text, attribution.source), ",;:")
        attribution.cue = trimmed(text, _by_paragraph(text, attribution.cue), ",;")
        content = _below(article.title, attribution.cue, _by_paragraph(text, attribution.content))
        content = _without_question(text, attribution.cue, _without_headings(text, attribution.cue, content))
        attribution.content = closed(text, trimmed(text, content, ",;"))
    found = [attribution for attribution in found
             if attribution.cue and attribution.content and not _silent(doc, parsed, attribution)]
    found.sort(key=_place)
    within = chains.parents(found)
    numbers = {id(attribution): number for number, attribution in enumerate(found)}
    return [_claim(text, doc, regions, attribution, numbers.get(id(outer))) for attribution, outer in zip(found, within)]


def _silent(doc: Doc, text: str, attribution: Attribution) -> bool:
    """Whether it only tells that nothing was said: "declined | to comment", "did not say | how many"; "refused to confirm | that S" tells S."""
    start = attribution.content[0][0] if attribution.content else 0
    return not THAT_CLAUSE.match(text, max(0, start - 5)) and stance(doc, attribution.cue, attribution.content) == ("says", True)


def _outspoken(doc: Doc, text: str, found: list[Attribution], clauses: Attributions) -> list[Attribution]:
    """The attributions that say something, and what others say inside those that do not ("declined to confirm a report in the Post that S")."""
    silent = {id(attribution): attribution for attribution in found if _silent(doc, text, attribution)}
    inside = {id(clause): clause for attribution in silent.values() for clause in clauses.near(attribution.content)
              if clause.source and clause.found_by == "parse: noun and clause" and shared(clause.content, attribution.content)}
    return [attribution for attribution in found if id(attribution) not in silent] + list(inside.values())


def _without_headings(text: str, cue: list[Span], content: list[Span]) -> list[Span]:
    """A content without the lines of other paragraphs than its cue's that end no sentence: subheadings and buttons."""
    own = _line(text, cue[0]) if cue else (0, 0)
    if text[slice(*own)].rstrip().endswith(":"):
        return content
    rest = [span for span in content if _line(text, span) == own or not _is_heading(text, _line(text, span))]
    return rest or content


def _without_question(text: str, cue: list[Span], content: list[Span]) -> list[Span]:
    """A content without the question that its quotation answers: "Was it worth it? "Every penny," she said"."""
    asked = QUESTION.match(text, *content[0]) if content and cue and cue[0][0] >= content[0][1] else None
    return [(asked.end(), content[0][1]), *content[1:]] if asked else content


def _is_heading(text: str, line: Span) -> bool:
    """Whether a line stands alone and ends no sentence; one in the middle of a sentence that is wrapped does not stand alone."""
    before, after = text[max(0, line[0] - 200) : line[0]], text[line[1] : line[1] + 200]
    alone = before.endswith("\n\n") or not before.strip() or before.rstrip()[-1] in ".!?\"”’"
    return alone and (after.startswith("\n\n") or not after.strip()[:1].islower()) and HEADING.fullmatch(text[slice(*line)].strip()) is not None


def _line(text: str, span: Span) -> Span:
    """The whole line around a stretch of one line."""
    end = text.find("\n", span[0])
    return text.rfind("\n", 0, span[0]) + 1, len(text) if end < 0 else end


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
