"""Charts of a comparison: figures by origin, a toll over time, claims by source, who cites whom."""

import json
import math
from datetime import date

import pandas
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, DayLocator, date2num
from matplotlib.figure import Figure as Drawing

from analysis import show
from analysis.charts.chart import BAR, FAINT, INK, WIDTH, Chart, as_svg, shortened, styled, draw_panels

MOST_COMPARISONS = 8
MOST_STATEMENTS, MOST_SOURCES = 20, 14
MOST_NODES = 14  # in a layer
MOST_LINES = 6
MOST_DAYS = 21  # of a time axis with ticks at whole days
LAYERS = {"outlet": 0, "relay": 1, "origin": 2}
# Paul Tol's "bright" scheme: https://personal.sron.nl/~pault/
COLOURS = ["#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377"]
FALL = "#EE6677"
SIDES = {"made": ("o", "#228833"), "denied": ("X", "#EE6677"), "made and denied": ("D", "#CCBB44"), "left out": ("_", "#BBBBBB")}


def figures_by_origin(tables):
    """Each origin's figure as a dot or range, one panel for each comparison; those that disagree first.

    Args:
        tables: dict of DataFrame, as `analysis.compare.build.compare` makes them.
    """
    several = tables["comparisons"][tables["comparisons"]["origins"] > 1]
    rows = tables["origins"][tables["origins"]["comparison_id"].isin(several["comparison_id"])]
    what = dict(zip(several["comparison_id"], several["what"]))
    data = _drawable(rows, what)
    if data.empty:
        return Chart("", "", "No figure is told by two independent origins: there is nothing to draw.", data)
    shown = list(dict.fromkeys(data["Of what"]))[:MOST_COMPARISONS]
    drawn = draw_panels([(name, data[data["Of what"] == name]) for name in shown], alone=False)
    told = show.listing(data["Of what"] + ": " + data["Number"] + " by " + data["Source"], most=10)
    left = len(several) - len(shown)
    caption = f"Figures by independent origin{_rest(left, 'more comparison')}."
    alt = f"Dots and ranges of figures by origin, one panel for each comparison. {told}."
    return Chart(drawn, alt, caption, data[["Of what", "Source", "Number", "Outlets"]])


def timeline(tables):
    """Readings over time, one panel for each comparison with a dated series; a line is an origin, a red mark a fall."""
    series = tables["series"]
    names = dict(zip(tables["comparisons"]["comparison_id"], tables["comparisons"]["what"]))
    data = pandas.DataFrame({
        "Of what": series["comparison_id"].map(names).map(show.legible), "Origin": series["origin"].map(show.legible),
        "As of": series["as_of"], "Says": series["reading"].map(show.legible),
        "Falls": ["falls" if falls else "" for falls in series["falls"]],
        "value": (series["low"].fillna(series["high"]) + series["high"].fillna(series["low"])) / 2,
    })
    if data.empty:
        return Chart("", "", "No origin gives a figure on two days whose dates are known: there is no line to draw.", data)
    weights = data.groupby("Of what", sort=False).agg(days=("As of", "nunique"), falls=("Falls", lambda column: (column != "").sum()))
    shown = list(weights.sort_values(["falls", "days"], ascending=False, kind="stable").index[:MOST_COMPARISONS // 2])
    left = len(weights) - len(shown)
    told = show.listing(data["Of what"] + ", " + data["Origin"] + ", " + data["As of"] + ": " + data["Says"], most=10)
    caption = f"Figures over time, by origin{_rest(left, 'more figure')}. A red mark is a fall."
    svg = _lines([(name, data[data["Of what"] == name]) for name in shown])
    return Chart(svg, f"Lines of figures over time. {told}.", caption, data.drop(columns="value"))


def claim_matrix(tables):
    """Statements by source: who makes, denies and leaves out each; the statements that most sources speak of."""
    matrix = tables["matrix"]
    statements = dict(zip(tables["statements"]["statement_id"], tables["statements"]["statement"].map(show.legible)))
    data = pandas.DataFrame({
        "key": matrix["statement_id"], "Statement": matrix["statement_id"].map(statements), "Source": matrix["source"].map(show.legible),
        "Side": matrix["side"],
    })
    if data.empty:
        return Chart("", "", "No two sources speak of the same thing: there is no matrix to draw.", data)
    speaks = data[data["Side"] != "left out"]
    rows = list(speaks["key"].value_counts(sort=False).sort_values(ascending=False, kind="stable").index)
    speakers = speaks[speaks["key"].isin(rows[:MOST_STATEMENTS])]["Source"]
    columns = list(speakers.value_counts(sort=False).sort_values(ascending=False, kind="stable").index)
    speaking = set(zip(speaks["key"], speaks["Source"]))
    silent = [side == "left out" and tuple(pair) in speaking for side, *pair in zip(data["Side"], data["key"], data["Source"])]
    data = data[[not each for each in silent]]  # another source of that name speaks
    known = speaks["Source"].isin(columns[:MOST_SOURCES])
    shown = [key for key in rows if key in set(speaks["key"][known])][:MOST_STATEMENTS]
    told = show.listing(speaks["Statement"] + ": " + speaks["Side"] + " by " + speaks["Source"], most=10)
    sources = min(len(columns), MOST_SOURCES)
    beyond = f": {MOST_STATEMENTS} statements of {len(rows):,}, {sources} sources, the rest in the table" if len(rows) > MOST_STATEMENTS else ""
    svg = _grid(data, shown, columns[:MOST_SOURCES], statements)
    table = speaks.drop(columns="key").reset_index(drop=True)
    return Chart(svg, f"Grid of statements by source. {told}.", f"Claims by source{beyond}", table)


def who_cites_whom(tables):
    """Outlets, relays and origins in three layers; the width of a line is the number of claims."""
    rows = tables["citations"]
    data = pandas.DataFrame({
        "Who": rows["citing"].map(show.legible), "Layer": rows["citing_layer"], "Cites": rows["cited"].map(show.legible),
        "In the layer": rows["cited_layer"], "Claims": rows["claims"],
    })
    if data.empty:
        return Chart("", "", "No article names a source: nobody cites anybody.", data)
    shown = {layer: _heaviest(rows, layer) for layer in LAYERS}
    told = show.listing(data["Who"] + " cites " + data["Cites"] + " " + data["Claims"].astype(str), most=10)
    left = len({*rows["citing_id"], *rows["cited_id"]}) - sum(map(len, shown.values()))
    caption = f"Who cites whom, by claims{_rest(left, 'more source')}."
    return Chart(_layers(rows, shown), f"Lines from outlets to relays and origins. {told}.", caption, data)


def _rest(left, noun):
    return f"; {show.count(left, noun)} in the table" if left > 0 else ""


def _drawable(rows, what):
    """The finite ends of each origin's figure, and which are open; as `draw_panels` takes them."""
    open_ends = ["high" if math.isnan(row.high) else "low" if math.isnan(row.low) else "" for row in rows.itertuples()]
    outlets = [json.loads(outlets) for outlets in rows["outlets"]]
    return pandas.DataFrame({
        "Of what": [show.legible(what[key]) for key in rows["comparison_id"]],
        "Source": [show.legible(name) for name in rows["origin"]], "Number": rows["reading"].map(show.legible),
        "Outlets": [show.listing(map(show.legible, names)) for names in outlets],
        "low": rows["low"].fillna(rows["high"]), "high": rows["high"].fillna(rows["low"]), "open": open_ends,
        "vague": rows["comparator"] == "vague",
    }).dropna(subset=["low"]).reset_index(drop=True)


def _lines(panels):
    drawing = Drawing(figsize=(WIDTH, 2.3 * len(panels)), layout="constrained")
    with styled():
        for axes, (title, rows) in zip(drawing.subplots(len(panels), 1, squeeze=False)[:, 0], panels):
            origins = list(rows["Origin"].value_counts(sort=False).sort_values(ascending=False, kind="stable").index)[:MOST_LINES]
            for origin, colour in zip(origins, COLOURS):
                line = rows[rows["Origin"] == origin]
                days = [date2num(date.fromisoformat(day)) for day in line["As of"]]
                axes.plot(days, line["value"], "-o", color=colour, markersize=5, label=shortened(origin, 30))
                fallen = [(day, value) for day, value, falls in zip(days, line["value"], line["Falls"]) if falls]
                axes.plot([day for day, _ in fallen], [value for _, value in fallen], "v", color=FALL, markersize=11, zorder=3)
                for (day, value), says in dict(zip(zip(days, line["value"]), line["Says"])).items():
                    axes.annotate(shortened(says, 20), (day, value), xytext=(0, 7), textcoords="offset points", ha="center", fontsize=9)
            locator = _ticks(date2num([date.fromisoformat(day) for day in rows["As of"]]))
            axes.xaxis.set_major_locator(locator)
            axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
            axes.margins(0.12, 0.3)
            axes.set_title(shortened(title, 60), loc="left", fontsize=10, fontweight="bold")
            axes.legend(frameon=False, fontsize=9, loc="best")
        return as_svg(drawing)


def _ticks(days):
    """Whole days where they are few, else what matplotlib thinks best."""
    span = int(days.max() - days.min())
    return DayLocator(interval=max(1, span // 5)) if span <= MOST_DAYS else AutoDateLocator(minticks=2, maxticks=6)


def _grid(data, rows, columns, names):
    drawing = Drawing(figsize=(WIDTH, 1.9 + 0.34 * len(rows)), layout="constrained")
    with styled():
        axes = drawing.subplots()
        for side, (shape, colour) in SIDES.items():
            cells = data[(data["Side"] == side) & data["key"].isin(rows) & data["Source"].isin(columns)]
            if len(cells):
                axes.plot([columns.index(source) for source in cells["Source"]], [rows.index(key) for key in cells["key"]],
                          shape, color=colour, markersize=8, linestyle="", label=side)
        axes.set_xticks(range(len(columns)), [shortened(name, 22) for name in columns], rotation=60, ha="left", fontsize=9)
        axes.xaxis.tick_top()
        axes.set_yticks(range(len(rows)), [shortened(names[key], 34) for key in rows], fontsize=9)
        axes.set_xlim(-0.6, len(columns) - 0.4)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.grid(color="#eeeeee")
        axes.set_axisbelow(True)
        drawing.legend(loc="outside lower right", ncols=4, frameon=False, fontsize=9)
        return as_svg(drawing)


def _heaviest(rows, layer):
    """The ids of a layer's sources with most claims, and their names, in that order."""
    weights: dict[str, int] = {}
    names = {}
    for row in rows.itertuples():
        for source_id, name, where in ((row.citing_id, row.citing, row.citing_layer), (row.cited_id, row.cited, row.cited_layer)):
            if where == layer:
                weights[source_id] = weights.get(source_id, 0) + row.claims
                names[source_id] = name
    return {source_id: names[source_id] for source_id in sorted(weights, key=lambda each: (-weights[each], each))[:MOST_NODES]}


def _layers(rows, shown):
    tallest = max(len(names) for names in shown.values())
    drawing = Drawing(figsize=(WIDTH, 0.8 + 0.36 * tallest), layout="constrained")
    places = {
        source_id: (LAYERS[layer], (place + 0.5) * tallest / len(names))
        for layer, names in shown.items()
        for place, source_id in enumerate(names)
    }
    most = rows["claims"].max()
    with styled():
        axes = drawing.subplots()
        for row in rows.itertuples():
            if row.citing_id in places and row.cited_id in places:
                (x, y), (to_x, to_y) = places[row.citing_id], places[row.cited_id]
                axes.plot([x, to_x], [y, to_y], "-", color=FAINT, alpha=0.6, linewidth=0.6 + 5 * row.claims / most, zorder=1)
        for layer, names in shown.items():
            for source_id, name in names.items():
                x, y = places[source_id]
                side = {"outlet": "right", "relay": "center", "origin": "left"}[layer]
                axes.plot([x], [y], "o", color=BAR, markersize=6, zorder=2)
                beside = ({"right": -8, "center": 0, "left": 8}[side], 7 if side == "center" else 0)
                axes.annotate(shortened(name, 24), (x, y), xytext=beside, textcoords="offset points", ha=side,
                              va="bottom" if side == "center" else "center", fontsize=9, color=INK)
        axes.set_xlim(-0.9, 2.9)
        axes.set_ylim(tallest, -0.2)
        axes.set_xticks(list(LAYERS.values()), [f"{layer}s" for layer in LAYERS])
        axes.xaxis.tick_top()
        axes.set_yticks([])
        axes.spines["bottom"].set_visible(False)
        return as_svg(drawing)
