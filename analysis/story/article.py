"""What an article's page tells beside its marked text: each claim and number found in it, with who asserts it, and the chain they stand in."""

from markupsafe import Markup

from analysis import show
from analysis.story.event import section
from analysis.story.told import Row, Told, filled, short
from analysis.types import BETWEEN_PIECES


def facts(told: Told, article_id: str) -> list[str | Markup]:
    """An article's outlet, day, event, address, copy, length and file; what its file does not tell is left out."""
    row = told.one("articles", "article_id", article_id)
    event_id = told.event_of.get(article_id)
    known = [
        show.legible(row.outlet), show.day(row.published) if row.published else "", _of_event(told, event_id) if event_id else "",
        _address(row.url), _kept(row),
        f"same text as {told.title(row.duplicate_of)}" if row.duplicate_of else "", show.count(row.words, "word"),
        show.legible(row.path),
    ]
    return [fact for fact in known if fact]


def _address(url: str | None, words: str | None = None) -> Markup | str:
    """A link to an address of the web; "" for none and for any other."""
    if not (url or "").startswith(("https://", "http://")):
        return ""
    return Markup('<a href="{}" rel="noreferrer nofollow">{}</a>').format(show.legible(url), words or show.legible(url))


def _kept(row: Row) -> Markup | str:
    """Where a copy of an article is kept, and when it was taken from the web."""
    taken = f"captured {show.day(row.captured)}" if row.captured else ""
    return _address(row.archive_url, f"archived copy{taken and ', '}{taken}") or taken


def _of_event(told: Told, event_id: str) -> Markup:
    others = len(told.of("event_articles", "event_id", event_id)) - 1
    return told.event_link(event_id, f"its event, with {show.count(others, 'more article')}" if others else "its event")


def chain(told: Told, claim: Row) -> str:
    """Who says a claim, and inside whose claims, in words: "NBC reported: Israel believes"."""
    parts, seen = [], set()
    while claim is not None and claim.claim_id not in seen:
        seen.add(claim.claim_id)
        cue = short(claim.cue.split(BETWEEN_PIECES)[0], 40)
        parts.append(f"{short(told.names[claim.source_id], 60)}, “{cue}”" if cue else short(told.names[claim.source_id], 60))
        claim = told.claim(claim.parent_id) if claim.parent_id else None
    return " in a claim of ".join(parts)


def rows(told: Told, article_id: str) -> Markup:
    """What is said in an article, and its numbers, as tables whose rows lead to their marks and are led to from them."""
    claims, figures = told.of("claims", "article_id", article_id), told.of("figures", "article_id", article_id)
    return _claims(told, claims) + _figures(told, figures)


def _claims(told: Told, claims: list[Row]) -> Markup:
    columns = {
        "Mark": [_mark(told, row.claim_id) for row in claims],
        "Who": [_who(told, row) for row in claims],
        "Says what": [short(row.content, 120) for row in claims],
    }
    return section("What is said here", _listed(columns, [row_of(told, row.claim_id) for row in claims]))


def _figures(told: Told, figures: list[Row]) -> Markup:
    columns = {
        "Mark": [_mark(told, row.figure_id) for row in figures],
        "Whose": [told.source_link(row.source_id) for row in figures],
        "Number": [short(show.words_of(row, counted=False), 80) for row in figures],
        "Of what": [told.counted(row) for row in figures],
        "Of another time": [show.legible(row.background) for row in figures],
    }
    return section("The numbers", _listed(filled(columns), [row_of(told, row.figure_id) for row in figures]))


def _listed(columns: dict[str, list], row_ids: list[str]) -> Markup:
    return Markup(show.table(columns, row_ids=row_ids).html) if row_ids else Markup("")


def place(told: Told, row_id: str) -> str:
    """Where a claim or figure stands in its article's page."""
    return told.hrefs[row_id].partition("#")[2]


def row_of(told: Told, row_id: str) -> str:
    """Where its row stands in the same page."""
    return f"row-{place(told, row_id)}"


def _who(told: Told, claim: Row) -> Markup:
    how = ("not: " if claim.negated else "") + claim.stance + (", unsure" if claim.confidence < show.UNSURE else "")
    how = f"{how}: {short(claim.basis, 60)}" if claim.basis else how
    return Markup("{} <small>{}</small>").format(told.source_link(claim.source_id), how)


def _mark(told: Told, row_id: str) -> Markup:
    """A row's number, which leads to its mark, and a button that copies its address."""
    return Markup('<a class="by" href="#{0}">{1}</a> '
                  '<button type="button" class="copy" data-place="{0}" aria-label="Copy the link to {1}" hidden>link</button>').format(
        place(told, row_id), row_id.rpartition(".")[2])
