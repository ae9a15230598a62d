"""Charts: their finding as a title, every number beside its mark, alt text, and the table behind them."""

import base64
import re
from types import SimpleNamespace

import pandas
import pytest

from analysis import charts
from analysis.charts.chart import scale_of

INFINITE = float("inf")


def origin(name, reading, low, high, comparator="=", outlets='["Ledger"]'):
    return SimpleNamespace(origin=name, reading=reading, low=low, high=high, comparator=comparator, as_of="2031-05-05",
                           outlets=outlets)


def on_day(name, day, value, falls=False):
    return SimpleNamespace(origin=name, as_of=f"2031-05-0{day}", reading=f"{value}", low=value, high=value, comparator="=",
                           falls=falls, note="")


MAYOR, UNION = origin("mayor", "12", 12.0, 12.0), origin("union", "at least 30", 30.0, None, ">=", '["Ledger", "Post"]')


def places(html, mark="circle"):
    """Where the marks of a chart stand, in percent of its width."""
    return [float(at) for at in re.findall(f'<{mark}[^>]* (?:cx|x|x2)="([0-9.]+)%"', html)]


def test_a_range_has_its_finding_its_numbers_and_its_table():
    chart = charts.ranges("Killed: mayor says 12, union at least 30", [MAYOR, UNION], apart=True)
    html = chart.html
    assert "<figcaption>Killed: mayor says 12, union at least 30</figcaption>" in html and "<details><summary>The same as a table" in html
    assert 'role="img" aria-label="Killed: mayor says 12, union at least 30. mayor 12 and union at least 30."' in html
    assert ">12</text>" in html and ">at least 30</text>" in html and "in 2 outlets" in html
    assert chart.data["Says"].to_list() == ["12", "at least 30"]


def test_a_larger_number_stands_further_right_and_an_open_end_is_an_arrow():
    html = charts.ranges("Killed", [MAYOR, UNION], apart=False).html
    assert places(html)[0] < places(html)[1] and html.count("<polygon") == 1


def test_only_a_sure_disagreement_has_its_colour():
    assert 'class="apart"' not in charts.ranges("Killed", [MAYOR, UNION], apart=False).html
    drawn = charts.ranges("Killed", [MAYOR, UNION], apart=True).html
    assert 'class="sure" cx' in drawn and 'class="apart" cx' in drawn


@pytest.mark.parametrize("rows", [[], [MAYOR], [MAYOR, origin("x", "many", None, None, "vague")],
                                  [MAYOR, origin("x", "9", INFINITE, INFINITE)],
                                  [MAYOR, origin("x", "1e300", 1e300, 1e300)]])
def test_there_is_no_chart_where_nothing_can_be_compared(rows):
    assert charts.ranges("Killed", rows, apart=False).html == ""


@pytest.mark.parametrize(("low", "high"), [(12, 30), (0, 1), (5, 5), (0, 0), (-3, 4), (1, 1e9), (0.001, 0.002), (99, 101),
                                           (1e17, 1e17 + 64)])
def test_a_scale_holds_all_its_numbers_between_a_few_round_ones(low, high):
    place, ticks = scale_of(low, high)
    assert 0 <= place(low) <= place(high) <= 100 and 2 <= len(ticks) <= 8
    assert [at for at, _ in ticks] == sorted(at for at, _ in ticks)


def test_growth_has_a_lane_for_each_origin_and_a_dot_for_each_day():
    chart = charts.growth("Injured: from 60 to 94",
                          [on_day("brigade", 1, 60.0), on_day("brigade", 2, 94.0), on_day("hospital", 2, 80.0)])
    assert chart.html.count('class="lane"') == 2 and chart.html.count("<circle") == 3
    assert "brigade: 60.0 on 1 May 2031 and 94.0 on 2 May 2031" in chart.alt
    assert charts.growth("One day", [on_day("brigade", 1, 60.0)]).html == ""


def test_a_fall_has_the_colour_of_what_is_apart():
    chart = charts.growth("Killed", [on_day("mayor", 1, 30.0), on_day("mayor", 2, 12.0, falls=True)])
    assert chart.html.count('class="apart" cx') == 1


def test_bars_are_as_long_as_what_they_count_and_those_beyond_the_first_are_in_the_table():
    chart = charts.bars("Ana is heard most", [f"Ana {n}" for n in range(40)], list(range(40, 0, -1)), [""] * 40, "Claims")
    widths = [float(width) for width in re.findall(r'<rect[^>]* width="([0-9.]+)%"', chart.html)]
    assert len(widths) == 15 and widths == sorted(widths, reverse=True) and len(chart.data) == 40
    assert charts.bars("", [], [], [], "Claims").html == ""


def test_a_frame_is_plotted_with_the_same_bytes_and_hostile_names_are_words():
    numbers = pandas.Series({"says": 12, "denies $x_$": 3, "<script>\x07": 1})
    chart = charts.plotted(numbers, "How sources speak")
    drawn = base64.b64decode(re.search('base64,([^"]*)', chart.html)[1]).decode()
    assert "denies $x_$" in drawn and "&lt;script&gt;\ufffd" in drawn and "<script" not in drawn and "says 12" in chart.alt
    assert chart.html == charts.plotted(numbers, "How sources speak").html and charts.plotted(numbers[:0], "Nothing").html == ""
    assert charts.plotted(pandas.DataFrame({"said": [1], "denied": [2]}, index=["mayor"]), "The mayor").alt == "The mayor. mayor 1 2."


def test_names_are_drawn_as_they_are_without_markup():
    html = charts.ranges("Killed", [origin("<b>\x07א", "12", 12.0, 12.0), UNION], apart=False).html
    assert "&lt;b&gt;\ufffdא" in html and "<b>" not in html


def test_a_long_table_behind_a_chart_says_how_much_it_shows():
    rows = [origin(f"witness {n}", f"{n}", float(n), float(n)) for n in range(1, 151)]
    html = charts.ranges("Seen", rows, apart=False).html
    assert "100 rows of 150" in html and html.count('class="lane"') == 10
