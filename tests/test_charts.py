"""Charts: the same bytes, legible at any size, with alt text and the table behind them."""

import base64
import re
import subprocess
import sys

import pandas
import pytest

from analysis import charts

EVERY = [
    charts.claims_by_source, lambda found: charts.claims_by_source(found, by="kind"), charts.figures_by_source,
    charts.words_by_article, lambda found: charts.stances(found, "velmora"),
]


def many(found, times):
    """The same tables with every source, claim and figure `times` times over, each under a name of its own."""
    sources, claims, figures = (
        pandas.concat([found[name].assign(source_id=found[name]["source_id"] + f"-{n}") for n in range(times)], ignore_index=True)
        for name in ("sources", "claims", "figures")
    )
    sources["name"] = sources["name"] + [f" {n}" for n in range(len(sources))]
    figures["value"] = figures["value"] * pandas.Series(range(1, len(figures) + 1))
    return {**found, "sources": sources, "claims": claims, "figures": figures}


@pytest.mark.parametrize("draw", EVERY)
def test_every_chart_has_alt_text_and_its_numbers(found, draw):
    chart = draw(found)
    html = chart._repr_html_()
    assert len(chart.alt) > 30 and f'alt="{chart.alt[:20]}' in html and "data:image/svg+xml;base64," in html
    assert "<table" in html and len(chart.data) > 0


@pytest.mark.parametrize("draw", EVERY)
def test_a_chart_of_one_row_is_drawn_and_of_none_is_a_sentence(found, draw):
    one = {**found, "claims": found["claims"].head(1), "figures": found["figures"].head(1), "articles": found["articles"].head(1)}
    none = {name: table if name == "sources" else table.head(0) for name, table in found.items()}
    assert draw(one).svg.count("<svg") == 1
    assert draw(none).svg == "" and re.fullmatch(r'<p class="answer">[^<]+\.</p>', draw(none)._repr_html_())


def test_five_hundred_rows_draw_those_with_most_and_say_where_the_rest_is(found):
    large = many(found, 100)
    for draw in (charts.claims_by_source, charts.figures_by_source):
        chart = draw(large)
        height = float(re.search(r'height="([\d.]+)pt"', chart.svg)[1])
        assert height < 1600 and len(chart.alt) < 1200 and len(chart.data) >= 400
        assert "<details>" in chart._repr_html_()
    assert "the 25 with most, of 500 sources" in charts.claims_by_source(large).caption


def test_the_numbers_behind_the_claims_are_the_claims(found):
    data = charts.claims_by_source(found).data.set_index("Source")
    assert data.loc["Orrin Tass"].to_dict() == {"says": 1, "denies": 1, "warns": 0, "All": 2}
    assert data["All"].sum() == len(found["claims"])


def test_an_open_figure_is_an_arrow_and_a_wide_spread_is_logarithmic(found):
    figures = found["figures"].head(2).assign(unit="people", value=[10.0, 10_000.0])
    closed = charts.figures_by_source({**found, "figures": figures.assign(comparator="=")}).svg
    opened = charts.figures_by_source({**found, "figures": figures}).svg
    assert opened.count("<path") > closed.count("<path")
    assert "10,000" in closed and "100" in closed and "5,000" not in closed


def test_names_are_drawn_as_they_are_without_mathematics_or_markup(found):
    names = dict(found, sources=found["sources"].assign(name="$x^2$ <b>\x07\u05d0"))
    svg = charts.claims_by_source(names).svg
    assert "$x^2$ &lt;b&gt;\ufffd\u05d0" in svg


def test_a_number_that_is_not_finite_is_not_drawn(found):
    figures = found["figures"].head(2).assign(value=[float("inf"), 5.0])
    assert charts.figures_by_source({**found, "figures": figures}).data["Number"].to_list() == ["more than 1,000"]


def test_the_same_bytes_in_another_process_and_time_zone(found, tmp_path):
    found["articles"].to_parquet(tmp_path / "articles.parquet")
    code = (
        "import pandas, sys; from analysis import charts;"
        "print(charts.words_by_article({'articles': pandas.read_parquet(sys.argv[1])})._repr_html_())"
    )
    (tmp_path / "matplotlibrc").write_text("font.size: 30\naxes.facecolor: red\n")
    other = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "articles.parquet"], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": ":".join(sys.path), "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "MATPLOTLIBRC": str(tmp_path)},
    )
    assert other.stdout.strip() == charts.words_by_article(found)._repr_html_().strip()


def test_the_picture_holds_no_address_and_no_date(found):
    svg = charts.claims_by_source(found).svg
    assert "dc:date" not in svg and "matplotlib.org" not in svg
    assert base64.b64encode(svg.encode()).decode() in charts.claims_by_source(found)._repr_html_()
