"""The comparison in sentences and tables that link each row to its place in an article."""

import json

import pandas
from markupsafe import Markup

from analysis import show
from analysis.compare.intervals import between, in_words
from analysis.tables import rows as rows_of

MOST = 12  # disagreements told in sentences
MOST_ROWS = 150
VERDICTS = {
    "agree": "agree", "overlap": "may all be right", "apart": "differ, but by day or a vague word only", "disagree": "cannot all be right",
    "one origin": "one origin only",
}
SIGNS = {"made": "made", "denied": "denied", "made and denied": "made and denied", "left out": "–"}


def answer(tables):
    """The disagreements, largest first, a sentence each; where there are none, why not."""
    comparisons = tables["comparisons"]
    apart = comparisons[comparisons["verdict"] == "disagree"]
    several = int((comparisons["origins"] > 1).sum())
    if apart.empty:
        return show.text(f"No figures disagree. {_why_none(tables, several)}")
    told = [f"{sentence}" for sentence in apart["sentence"].head(MOST)]
    rest = f" {len(apart) - MOST:,} more are in the table." if len(apart) > MOST else ""
    opening = (f"{show.count(len(apart), 'disagreement')} in {show.count(several, 'comparison')} of figures with two independent "
               f"origins or more, the largest first.")
    lines = Markup("").join(Markup("<li>{}</li>").format(show.legible(sentence)) for sentence in told)
    html = Markup('<p class="answer">{}</p><ul>{}</ul>{}').format(opening, lines, Markup("<p>{}</p>").format(rest.strip()) if rest else "")
    return show.Shown(html, f"{opening} {' '.join(told)}{rest}")


def _why_none(tables, several):
    """Why nothing disagrees, in words."""
    events, comparisons = tables["events"], tables["comparisons"]
    if several:
        return f"{show.count(several, 'figure is', 'figures are')} told by two independent origins or more, and they may all be right."
    shared = int((events["outlets"] > 1).sum())
    told = comparisons["sentence"].str.removesuffix(".").head(4)
    reasons = [f"{show.count(len(comparisons), 'kind of figure is', 'kinds of figures are').capitalize()} told, each by one origin only "
               f"({show.listing(told)})" if len(comparisons) else "No figure says enough of what it counts to be compared"]
    if len(tables["articles"]) == 1:
        reasons.append("there is only one article")
    elif not shared:
        reasons.append("no two outlets write about one event")
    undated = int(tables["articles"]["published"].isna().sum())
    if undated:
        reasons.append(f"{'no article tells' if undated == len(tables['articles']) else show.count(undated, 'article does not tell', 'articles do not tell')} its date")
    return "; ".join(reasons) + ". Figures of different groups, places or times are never set against each other."


def comparisons(tables, most=MOST_ROWS):
    """The comparisons, under their events: the range over independent origins, and whether they can all be right.

    Of more than `most`, those with several origins come first.
    """
    names = dict(zip(tables["events"]["event_id"], tables["events"]["name"]))
    whole = tables["comparisons"]
    rows = whole if len(whole) <= most else whole.sort_values("origins", key=lambda origins: origins < 2, kind="stable").head(most)
    order = rows["event_id"].map({event: place for place, event in enumerate(dict.fromkeys(rows["event_id"]))})
    rows = rows.assign(order=order).sort_values("order", kind="stable")
    columns = {
        "Of what": rows["what"].map(show.legible).to_list(),
        "Range": [in_words(between(row["low"], row["high"])) for row in rows_of(rows)],
        "Verdict": rows["verdict"].map(VERDICTS).to_list(),
        "Origins": rows["origins"].to_list(),
        "Outlets": rows["outlets"].to_list(),
        "Who says what": [row.sentence.removeprefix(f"{row.what}: ") for row in rows.itertuples()],
    }
    return show.table(columns, show.caption_of("Comparisons by event", "comparisons", tables["comparisons"], rows), [show.legible(names[event]) for event in rows["event_id"]])


def origins(tables, most=MOST_ROWS):
    """Each origin of the comparisons that have several: its reading, its outlets, and its words side by side."""
    several = tables["comparisons"][tables["comparisons"]["origins"] > 1]
    whole = tables["origins"][tables["origins"]["comparison_id"].isin(several["comparison_id"])]
    rows, pages = whole.head(most), show.text_pages(tables["articles"])
    sentences = dict(zip(several["comparison_id"], several["what"] + " (" + several["verdict"].map(VERDICTS) + "): " + several["why"]))
    columns = {
        "Origin": [show.legible(name) for name in rows["origin"]],
        "Says": [_says(row) for row in rows.itertuples()],
        "As of": rows["as_of"].fillna(show.UNKNOWN).to_list(),
        "Outlets": [show.listing(json.loads(outlets)) for outlets in rows["outlets"]],
        "How we know": [show.legible(how) for how in rows["how"]],
        "In these words": [_quotes(pages, row) for row in rows.itertuples()],
    }
    return show.table(columns, show.caption_of("Origins side by side", "origins", whole, rows), [show.legible(sentences[key]) for key in rows["comparison_id"]])


def _says(row):
    others = json.loads(row.other_readings)
    return show.legible(row.reading + (f" (also {show.listing(others)})" if others else ""))


def _quotes(pages, row):
    """The first two different sentences an origin is quoted in, each linked to its figure."""
    first = dict(zip(reversed(json.loads(row.quotes)), reversed(json.loads(row.figures))))
    pieces = [show.text_link(pages, first[quote], _short(quote)) for quote in reversed(first)]
    return Markup("<br>").join(pieces[:2])


def _short(quote, most=240):
    quote = show.legible(quote)
    return quote if len(quote) <= most else quote[: most - 1] + "…"


def set_aside(tables, most=MOST_ROWS):
    """The figures that are no figures of the event, and why."""
    whole = tables["set_aside"]
    rows = whole.head(most).merge(tables["figures"], on="figure_id", how="left")
    pages = show.text_pages(tables["articles"])
    columns = {
        "Figure": [show.legible(words) for words in show.figure_words(rows)],
        "Why": [show.legible(why) for why in rows["why"]],
        "Where": [show.text_link(pages, row.figure_id, show.legible(row.article_id)) for row in rows.itertuples()],
    }
    return show.table(columns, show.caption_of("Set aside", "set_aside", whole, rows))


def copies(tables):
    """The near-copies of one text, which count once."""
    rows = tables["copies"].head(MOST_ROWS)
    outlets = tables["articles"].set_index("article_id")["outlet"].fillna(show.UNKNOWN)
    columns = {
        "Article": rows["article_id"].map(show.legible).to_list(),
        "Outlet": [show.legible(outlets[article_id]) for article_id in rows["article_id"]],
        "Prints the text of": [f"{show.legible(row.copy_of)} ({show.legible(outlets[row.copy_of])})" for row in rows.itertuples()],
        "Shared": [f"{shared:.0%}" for shared in rows["shared"]],
    }
    return show.table(columns, show.caption_of("Near-copies: one text, counted once", "copies", tables["copies"], rows))


def matrix(tables, most=60):
    """Statements by source: who makes, denies, leaves out; each with the score of its grouping."""
    rows = tables["matrix"]
    shown = tables["statements"][tables["statements"]["statement_id"].isin(rows["statement_id"])].head(most)
    by_statement = {key: group for key, group in rows.groupby("statement_id")}
    names = dict(zip(tables["events"]["event_id"], tables["events"]["name"]))
    columns = {
        "Statement": [show.legible(statement) for statement in shown["statement"]],
        **{heading: [show.listing(_on_side(by_statement[key], side), 8) for key in shown["statement_id"]]
           for heading, side in (("Made by", "made"), ("Denied by", "denied"), ("Left out by", "left out"))},
        "Score": [f"{score:.2f}" for score in shown["score"]],
        "Grouped": shown["how"].to_list(),
    }
    return show.table(columns, show.caption_of("The same claim across sources", "matrix", tables["statements"][tables["statements"]["statement_id"].isin(by_statement)], shown),
                      [show.legible(names[event]) for event in shown["event_id"]])


def _on_side(rows, side):
    return [show.legible(row.source) for row in rows.itertuples() if side in row.side.split(" and ")]


def denials(tables):
    """Each denial beside what it denies."""
    whole, claims = tables["denials"], tables["claims"].set_index("claim_id")
    rows, pages = whole.head(MOST_ROWS), show.text_pages(tables["articles"])
    names = show.source_names(tables)
    columns = {
        "Who denies": [show.legible(names[source_id]) for source_id in rows["source_id"]],
        "In these words": [_claim(pages, claims, claim_id) for claim_id in rows["claim_id"]],
        "Who says it": [show.legible(names[source_id]) if pandas.notna(source_id) else "no such claim found" for source_id in rows["denied_source_id"]],
        "In these words then": [_claim(pages, claims, claim_id) if pandas.notna(claim_id) else "" for claim_id in rows["denied_claim_id"]],
        "Set beside it because": rows["how"].to_list(),
    }
    return show.table(columns, show.caption_of("Denials and what they deny", "denials", whole, rows))


def _claim(pages, claims, claim_id):
    row = claims.loc[claim_id]
    words = show.legible(f"{row['cue']}: {_short(row['content'])}")
    return show.text_link(pages, claim_id, words)


def series(tables, most=MOST_ROWS):
    """Readings over time, each origin its own line; falls are marked."""
    whole = tables["series"]
    rows = whole.head(most)
    what = dict(zip(tables["comparisons"]["comparison_id"], tables["comparisons"]["what"]))
    columns = {
        "As of": rows["as_of"].to_list(),
        "Says": [show.legible(reading) for reading in rows["reading"]],
        "Date from": rows["as_of_from"].to_list(),
        "Outlets": [show.listing(json.loads(outlets)) for outlets in rows["outlets"]],
        "Note": [show.legible(note) for note in rows["note"]],
    }
    groups = [show.legible(f"{what[row.comparison_id]}: {row.origin}") for row in rows.itertuples()]
    return show.table(columns, show.caption_of("Over time", "series", whole, rows), groups)


def withdrawn(rows, left_out):
    """What becomes of comparisons and statements without the sources left out: the frame of `analysis.compare.withdraw`."""
    columns = {
        "What": [show.legible(what) for what in rows["what"]],
        "Before": [show.legible(before) for before in rows["before"]],
        "After": [show.legible(after) or "nothing" for after in rows["after"]],
        "Effect": rows["effect"].to_list(),
    }
    return show.table(columns, f"Without {show.listing(map(show.legible, left_out))}")
