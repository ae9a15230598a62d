"""The first screen: what the corpus is, in a line, and a card for each of the events that say most."""

from markupsafe import Markup

from analysis import addresses, show
from analysis.corpus import not_in_english
from analysis.story.event import carrying, facts, range_of, said, section, sentence, speakers, weight
from analysis.story.finding import comparisons_of, is_apart, named, subject
from analysis.story.told import UP, Row, Told, filled, headline
from analysis.words import lists

MOST_CARDS, MOST_NUMBERS, MOST_SPEAKERS, MOST_HEARD, MOST_OUTLETS = 8, 4, 4, 10, 8
IN_WORDS = ("no", *lists("numbers")["small"][1:13])


def ranked(told: Told) -> list[str]:
    """The ids of all events, those that say most first."""
    return sorted((row.event_id for row in told.rows("events")), key=lambda event_id: weight(told, event_id))


def finding_of_all(told: Told) -> str:
    """What the whole corpus comes to, as a heading."""
    rows = [row for row in told.rows("comparisons") if row.origins > 1]
    apart = sum(map(is_apart, rows))
    agreed = sum(row.verdict in ("agree", "overlap") for row in rows)
    if apart:
        return f"Sources disagree on {_times(apart, 'number')}" + (f" and agree on {in_words(agreed)}" if agreed else "")
    if agreed:
        return f"Sources agree on {_times(agreed, 'number')}, and surely disagree on none"
    heard = sum(row.claims > 0 for row in told.rows("sources"))
    parts = [_times(len(told.rows("articles")), "article"), _times(heard, "source"), _times(len(told.rows("figures")), "number")]
    return show.listing(parts).capitalize()


def in_words(amount: int) -> str:
    """"two", "1,200"."""
    return IN_WORDS[amount] if amount < len(IN_WORDS) else f"{amount:,}"


def _times(amount: int, noun: str) -> str:
    return f"{in_words(amount)} {noun}{'s' * (amount != 1)}"


def corpus_line(told: Told) -> Markup:
    """How many articles of which outlets and days there are, and how many are left out."""
    rows = told.rows("articles")
    outlets = {row.outlet for row in rows} - {None}
    amount = show.count(len(rows), "article") + (f" of {show.count(len(outlets), 'outlet')}" if outlets else "")
    told_line = ", ".join(filter(None, [amount, days_of(told)]))
    missing = [_unknown(rows, "outlet"), _unknown(rows, "published")]
    notes = [_left_out(told)] * bool(told.rows("left_out"))
    unsure = sum(row.confidence < show.UNSURE for row in told.rows("claims"))
    notes += [f"{show.count(unsure, 'claim')} marked unsure"] * bool(unsure)
    return Markup('<p class="lede">{}. <small>{}</small></p>').format(told_line, Markup(" · ").join(filter(None, [*missing, *notes])))


def _left_out(told: Told) -> Markup:
    """How many files and articles are left out, and in which languages, with a link to why."""
    foreign = not_in_english(row.reason for row in told.rows("left_out"))
    amount = show.count(len(told.rows("left_out")), "file")
    return Markup('<a href="{}articles.html#left-out">{} left out</a>{}').format(UP, amount, f" ({foreign})" if foreign else "")


def days_of(told: Told) -> str:
    """From which day to which its articles are; "" where none tells."""
    days = sorted(row.published[:10] for row in told.rows("articles") if row.published)
    return show.days(days[0], days[-1]) if days else ""


def _unknown(rows: list[Row], column: str) -> str:
    missing = sum(getattr(row, column) is None for row in rows)
    noun = {"outlet": "outlet", "published": "day"}[column]
    return "" if not missing else f"{noun} unknown" if missing == len(rows) else f"{noun} unknown for {missing:,}"


def cards(told: Told) -> Markup:
    """A card for each of the events that say most."""
    return Markup("").join(card(told, event_id) for event_id in ranked(told)[:MOST_CARDS])


def card(told: Told, event_id: str) -> Markup:
    """An event in short: what it is called, when and where; the range of its chief number by origin, or the numbers it has; who says which."""
    several = [row for row in comparisons_of(told, event_id) if row.origins > 1]
    title = Markup('<h2><a href="{}{}">{}</a></h2>').format(UP, addresses.event(event_id), headline(told, event_id))
    drawn = Markup(range_of(told, several[0]).html) if several else Markup("")
    beside = drawn or numbers(told, event_id)
    words = quotes(told, several[0]) if several else voices(told, event_id)
    return Markup('<article class="card"><div>{}{}{}{}</div><div>{}{}</div></article>').format(
        title, facts(told, event_id), chips(told, event_id), words, beside, outlets(told, event_id))


def chips(told: Told, event_id: str) -> Markup:
    """What is to be known of an event at a glance, as small marks."""
    rows = comparisons_of(told, event_id)
    apart = sum(map(is_apart, rows))
    marks = [Markup('<li class="apart">sources disagree{}</li>').format(f" on {in_words(apart)} numbers" if apart > 1 else "")] * bool(apart)
    if rows and rows[0].origins > 1:
        marks.append(Markup("<li>{}</li>").format(f"{in_words(rows[0].origins)} independent sources"))
    elif rows and rows[0].outlets > 1:
        marks.append(Markup("<li>{}</li>").format(f"one source behind {in_words(rows[0].outlets)} outlets"))
    return _marks(marks)


def outlets(told: Told, event_id: str) -> Markup:
    """The outlets that tell of an event, as small marks."""
    found = dict.fromkeys(show.legible(row.outlet) for row in told.articles(event_id) if row.outlet)
    more = [f"{len(found) - MOST_OUTLETS} more"] * (len(found) > MOST_OUTLETS)
    return _marks([Markup('<li class="outlet">{}</li>').format(outlet) for outlet in [*list(found)[:MOST_OUTLETS], *more]])


def _marks(marks: list[Markup]) -> Markup:
    return Markup('<ul class="chips">{}</ul>').format(Markup("").join(marks)) if marks else Markup("")


def quotes(told: Told, comparison: Row) -> Markup:
    """The sentences of the lowest and the highest reading, their numbers marked."""
    origins = told.of("origins", "comparison_id", comparison.comparison_id)
    group = told.of("compared", "comparison_id", comparison.comparison_id)
    first = [carrying(group, origin) for origin in dict.fromkeys([0, len(origins) - 1]) for origin in [origins[origin]]]
    lines = [Markup("<p>{}</p>").format(sentence(told, row)) for row in {row.quote: row for row in first}.values()]
    return Markup("<blockquote>{}</blockquote>").format(Markup("").join(lines))


def numbers(told: Told, event_id: str) -> Markup:
    """The numbers that one source each gives: the number, of what, and whose."""
    lines = []
    for row in comparisons_of(told, event_id)[:MOST_NUMBERS]:
        origin = told.of("origins", "comparison_id", row.comparison_id)[0]
        lines.append(Markup("<div><dt>{}</dt><dd>{} <small>{}</small></dd></div>").format(
            show.legible(origin.reading), subject(told, row), told.source_link(origin.origin_id, named(origin))))
    return Markup('<dl class="given">{}</dl>').format(Markup("").join(lines)) if lines else Markup("")


def voices(told: Told, event_id: str) -> Markup:
    """Who speaks, each with a claim that is surely theirs."""
    lines = []
    for source_id, claims in speakers(told, event_id)[:MOST_SPEAKERS]:
        claim = max(claims, key=lambda row: (row.parent_id is None, row.confidence, -len(row.content)))
        lines.append(Markup("<li><b>{}</b> {}: {}</li>").format(told.source_link(source_id), claim.stance,
                                                                said(told, claim, 160)))
    return Markup('<ul class="voices">{}</ul>').format(Markup("").join(lines)) if lines else Markup("")


def heard_most(told: Told) -> Markup:
    """The sources with most to say, and who denies them."""
    rows = sorted((row for row in told.rows("sources") if row.claims), key=lambda row: (-row.claims, -row.figures, row.source_id))[:MOST_HEARD]
    columns = {
        "Source": [Markup("{} <small>{}</small>").format(told.source_link(row.source_id), show.kind_of(row)) for row in rows],
        "Claims": [row.claims for row in rows],
        "Figures": [row.figures for row in rows],
        "Denied by": [_deniers(told, row.source_id) for row in rows],
    }
    return section("Who is heard most", Markup(show.table(filled(columns), kind="numbers").html))


def _deniers(told: Told, source_id: str) -> str:
    return show.listing(dict.fromkeys(show.legible(told.names[row.source_id])
                                      for row in told.of("denials", "denied_source_id", source_id)))
