"""What changed from one report to the next: as rows, as a page and a table beside the report, and in words."""

import json
from collections import Counter, defaultdict
from pathlib import Path

import pandas
from markupsafe import Markup

from analysis import manifests, show, tables, whole_file
from analysis.compare.intervals import between as compared
from analysis.compare.intervals import in_words
from analysis.report import publish

COLUMNS = ("table", "change", "row_id", "article_id", "what", "before", "after")
SIGNS = {"new": "+", "gone": "-", "altered": "~"}
# What a row says, wherever it stands: a row added above it changes its number and its offsets, and not the row.
SAID = {
    "articles": ("article_id", "sha256", "title", "outlet", "published", "url", "language", "words", "duplicate_of"),
    "claims": ("article_id", "source_id", "source", "cue", "content", "kind", "stance", "negated"),
    "figures": ("article_id", "source_id", "source", "text", "kind", "value", "low", "high", "comparator", "unit", "counted",
                "measure", "background"),
    "sources": ("source_id", "name", "kind", "aliases", "description", "articles", "claims", "figures"),
}
# By what a row that is gone and a row that is new are found to be one row, altered; the first that fits.
ONE_ROW = {
    "articles": (("article_id",),),
    "claims": (("article_id", "content"), ("article_id", "source_id", "source", "cue")),
    "figures": (("article_id", "kind", "unit", "counted", "measure"), ("article_id", "source_id", "text")),
    "sources": (("source_id",),),
}
RANGES = "ranges"


def between(old, new):
    """The rows that are new, gone or altered, and the ranges that moved.

    Args:
        old, new: dict of DataFrame, as `analysis.manifests.read_tables` gives them.

    Returns:
        DataFrame of text columns: table (articles, claims, figures, sources, or ranges), change (new, gone, altered),
        row_id (of the new row, or of the one that is gone), article_id, what (the columns altered), before and after
        (in words). An article in a file of many counts as altered when its words, facts or number of words are others.
    """
    rows = [row for name in SAID for row in _rows_between(name, old, new)]
    return pandas.DataFrame([*rows, *_ranges_between(old["comparisons"], new["comparisons"])], columns=list(COLUMNS)).astype("str")


def _rows_between(name, old, new):
    gone, added = _unmatched(_said(name, old), _said(name, new))
    altered = [pair for keys in ONE_ROW[name] for pair in _pairs(gone, added, [SAID[name].index(key) for key in keys])]
    words = [dict(zip(found[name][tables.IDS[name]], _words(name, found))) for found in (old, new)]
    places = {number: "article_id" in found[name] and dict(zip(found[name][tables.IDS[name]], found[name]["article_id"]))
              for number, found in enumerate((old, new))}
    changes = [("altered", before, after, _columns(name, was, now)) for (before, was), (after, now) in altered]
    changes += [("new", None, row_id, "") for row_id in added] + [("gone", row_id, None, "") for row_id in gone]
    for change, before, after, what in changes:
        row_id, place = (before, places[0]) if after is None else (after, places[1])
        yield (name, change, row_id, place[row_id] if place else "", what, words[0].get(before, ""), words[1].get(after, ""))


def _said(name, found):
    """Row id to what the row says, as text; missing is ""."""
    table = found[name]
    if name == "articles":  # a file of many articles is another with each of them
        table = table.assign(sha256=table["sha256"].where(~table["path"].str.endswith(".jsonl"), ""))
    said = zip(*(table[column].map(lambda value: "" if pandas.isna(value) else str(value)) for column in SAID[name]))
    return dict(zip(table[tables.IDS[name]], said))


def _unmatched(old, new):
    """The rows of each that say nothing that a row of the other says, as often as it says it."""
    common = Counter(old.values()) & Counter(new.values())
    return [_beyond(rows, Counter(common)) for rows in (old, new)]


def _beyond(rows, common):
    beyond = {}
    for row_id, said in rows.items():
        if common[said]:
            common[said] -= 1
        else:
            beyond[row_id] = said
    return beyond


def _pairs(gone, added, positions):
    """Take from both, in order, the rows that agree at `positions`, and return them as ((id, said), (id, said))."""
    waiting, pairs = defaultdict(list), []
    for row_id, said in gone.items():
        waiting[tuple(said[position] for position in positions)].append(row_id)
    for row_id, said in list(added.items()):
        if alike := waiting[tuple(said[position] for position in positions)]:
            before = alike.pop(0)
            pairs.append(((before, gone.pop(before)), (row_id, added.pop(row_id))))
    return pairs


def _columns(name, was, now):
    return ", ".join(column for column, before, after in zip(SAID[name], was, now) if before != after)


def _words(name, found):
    rows, names = found[name], show.source_names(found)
    if name == "articles":
        return [show.legible(row.title) or show.legible(row.article_id) for row in rows.itertuples()]
    if name == "sources":
        return [_of_source(row) for row in rows.itertuples()]
    speakers = map(show.legible, rows["source_id"].fillna("").map(names))
    if name == "claims":
        return [f"{who}: {show.legible(row.content)} ({'not: ' * row.negated}{row.stance})"
                for who, row in zip(speakers, rows.itertuples())]
    return [f"{show.words_of(row)} ({show.reading(row)}), {who}" for who, row in zip(speakers, rows.itertuples())]


def _of_source(row):
    counted = [show.count(row.claims, "claim"), show.count(row.figures, "figure"), show.count(row.articles, "article")]
    return f"{show.legible(row.name)} ({row.kind}): {', '.join(counted)}"


def _ranges_between(old, new):
    """The comparisons of both whose range moved, or whose verdict is another."""
    before, after = _ranges(old), _ranges(new)
    for key in before:
        if key in after and before[key] != after[key]:
            what = ", ".join(name for name, was, now in zip(("range", "verdict"), before[key], after[key]) if was != now)
            yield (RANGES, "altered", key, "", what, *(f"{words}, {verdict}" for words, verdict in (before[key], after[key])))


def _ranges(comparisons):
    """comparison_id to (its range in words, its verdict)."""
    return {row["comparison_id"]: (in_words(compared(row["low"], row["high"])), row["verdict"])
            for row in tables.rows(comparisons)}


def counts(changes):
    """How many rows changed: "claims: 2 new, 1 gone; sources: 1 altered", or "nothing"."""
    told = []
    for name in dict.fromkeys(changes["table"]):
        kinds = Counter(changes["change"][changes["table"] == name])
        told.append(f"{name}: " + ", ".join(f"{kinds[kind]:,} {kind}" for kind in SIGNS if kinds[kind]))
    return "; ".join(told) or "nothing"


def sentences(changes):
    """The changes in lines for a terminal: how many, and then each, with "+", "-" or "~" before it."""
    yield f"What changed: {counts(changes)}."
    for row in changes.itertuples():
        pair = " -> ".join(dict.fromkeys(filter(None, (row.before, row.after))))
        yield f"{SIGNS[row.change]} {row.table} {row.row_id}: {pair}" + (f" [{row.what}]" if row.what else "")


def read_reports(old, new):
    """The tables and the manifests of two reports: ((tables, tables), (manifest, manifest))."""
    folders = Path(old), Path(new)
    return [_tables(folder / "tables") for folder in folders], [manifests.read(folder) for folder in folders]


def _tables(folder):
    """The tables of a report, also of one that another version made: a column or a table that it lacks is empty."""
    found = {}
    for name, declared in manifests.declared().items():
        path = folder / f"{name}.parquet"
        try:
            table = tables.read_frame(path) if path.exists() else pandas.DataFrame()
        except Exception as error:  # of whatever a file that is no table, or a hostile one, does to its reader
            raise ValueError(f"{path}: it cannot be read as a table ({error}).") from error
        found[name] = table.reindex(columns=list(declared))
    return found


def write(old, new, folder):
    """Write the page and the table of what changed between two reports into a new folder.

    Args:
        old, new: Path of a report; the page names both by the SHA-256 of their manifests.
        folder: Path; index.html, changes.csv and reports.json are written there.
    """
    found, both = read_reports(old, new)
    changes = between(*found)
    hashes = {age: manifests.identity(report) for age, report in (("old", old), ("new", new))}
    page = publish.rendered(
        "changes.html.j2", name=show.legible(both[1]["corpus"]), counts=counts(changes), hashes=hashes,
        others=[name for name in manifests.MADE_BY if both[0].get(name) != both[1].get(name)],
        sections=[(name, Markup(_table(rows).html)) for name, rows in changes.groupby("table", sort=False)],
    )
    folder.mkdir()
    whole_file.write(folder / "index.html", page)
    tables.write_csv(changes, folder / "changes.csv")
    told = json.dumps({**hashes, "changes": counts(changes)}, indent=2, allow_nan=False)
    (folder / publish.TOLD).write_text(told + "\n", encoding="utf-8", newline="\n")


def _table(rows):
    titles = {"change": "Change", "row_id": "Row", "before": "Before", "after": "After", "what": "What is other"}
    return show.table({title: rows[column].to_list() for column, title in titles.items()})
