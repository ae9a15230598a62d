"""The comparison in sentences and tables that link each row to its place in an article."""

import pandas

from analysis import addresses, show
from analysis.compare.intervals import between, in_words
from analysis.tables import rows as rows_of

MOST_ROWS, LONGEST_QUOTE = 25, 240
VERDICTS = {
    "agree": "agree", "overlap": "may all be right", "apart": "differ, but by day or a vague word only",
    "disagree": "cannot all be right", "may differ": "may differ", "one origin": "one origin only",
}


def comparisons(tables):
    """The comparisons of several origins, under their events: their range, and whether they can all be right."""
    names = dict(zip(tables["events"]["event_id"], tables["events"]["name"]))
    whole = tables["comparisons"][tables["comparisons"]["origins"] > 1]
    rows = whole.head(MOST_ROWS)
    order = rows["event_id"].map({event: place for place, event in enumerate(dict.fromkeys(rows["event_id"]))})
    rows = rows.assign(order=order).sort_values("order", kind="stable")
    columns = {
        "Of what": rows["what"].map(show.legible).to_list(),
        "Range": [in_words(between(row["low"], row["high"])) for row in rows_of(rows)],
        "Verdict": [VERDICTS[row["verdict"]] + (f"; {row['alarm']}" if row["alarm"] else "") for row in rows_of(rows)],
        "Origins": rows["origins"].to_list(),
        "Outlets": rows["outlets"].to_list(),
        "Who says what": [row.sentence.removeprefix(f"{row.what}: ") for row in rows.itertuples()],
    }
    caption = show.caption_of("Comparisons by event", "comparisons", whole, rows)
    return show.table(columns, caption, [show.legible(names[event]) for event in rows["event_id"]])


def _short(quote):
    quote = show.legible(quote)
    return quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1] + "…"


def copies(tables):
    """The near-copies of one text, which count once."""
    rows = tables["copies"].head(MOST_ROWS)
    outlets = tables["articles"].set_index("article_id")["outlet"].fillna(show.UNKNOWN)
    columns = {
        "Article": rows["article_id"].map(show.legible).to_list(),
        "Outlet": [show.legible(outlets[article_id]) for article_id in rows["article_id"]],
        "Prints the text of": [f"{show.legible(row.copy_of)} ({show.legible(outlets[row.copy_of])})"
                               for row in rows.itertuples()],
        "Shared": [f"{shared:.0%}" for shared in rows["shared"]],
    }
    return show.table(columns, show.caption_of("Near-copies: one text, counted once", "copies", tables["copies"], rows))


def denials(tables):
    """Each denial beside what it denies."""
    whole, claims = tables["denials"], tables["claims"].set_index("claim_id")
    rows, pages = whole.head(MOST_ROWS), addresses.hrefs(tables)
    names = show.source_names(tables)
    columns = {
        "Who denies": [show.legible(names[source_id]) for source_id in rows["source_id"]],
        "In these words": [_claim(pages, claims, claim_id) for claim_id in rows["claim_id"]],
        "Who says it": [show.legible(names[source_id]) if pandas.notna(source_id) else "no such claim found"
                        for source_id in rows["denied_source_id"]],
        "In these words then": [_claim(pages, claims, claim_id) if pandas.notna(claim_id) else ""
                                for claim_id in rows["denied_claim_id"]],
        "Set beside it because": rows["how"].to_list(),
    }
    return show.table(columns, show.caption_of("Denials and what they deny", "denials", whole, rows))


def _claim(pages, claims, claim_id):
    row = claims.loc[claim_id]
    words = show.legible(f"{row['cue']}: {_short(row['content'])}")
    return show.text_link(pages, claim_id, words)


def withdrawn(rows, left_out):
    """What becomes of comparisons and statements without the sources left out: the frame of `analysis.compare.withdraw`."""
    columns = {
        "What": [show.legible(what) for what in rows["what"]],
        "Before": [show.legible(before) for before in rows["before"]],
        "After": [show.legible(after) or "nothing" for after in rows["after"]],
        "Effect": rows["effect"].to_list(),
    }
    return show.table(columns, f"Without {show.listing(map(show.legible, left_out))}")
