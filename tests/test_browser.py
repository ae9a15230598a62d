"""The report in a browser: nothing scrolls sideways, nothing of others runs or leaves, every row lands on its mark, all can be found."""

import importlib.resources
import json
import random
import shutil
from pathlib import Path

import pytest
from markupsafe import Markup

from analysis import addresses, manifests, tables
from analysis.corpus import read_corpus
from analysis.report import changes, dated_reports, history
from analysis.report import page as page_of
from analysis.story.listing import Link, Listing
from tests.browser import CHROMIUM, chromium

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed (Debian: apt-get install chromium)")
SEEDS = manifests.ROOT / "reports" / "seeds"
MANY = 10_000
TABLES = 897  # pixels; on a screen this wide tables are tables, on a narrower one each row is a card


@pytest.fixture(scope="module")
def tab():
    with chromium() as tab:
        yield tab


@pytest.fixture(scope="module")
def kinds(report, large):
    """A page of each kind, of the seeds, of the small corpus, which is hostile, and of a large one, which has charts."""
    folders = [next((report / folder).glob("*.html")) for folder in ("events", "sources")]
    folders += [large / "index.html", large / "events.html", large / "data.html",
                *(next((large / folder).glob("*.html")) for folder in ("events", "embed"))]
    return [*sorted(SEEDS.glob("*.html")),
            *(next((SEEDS / folder).glob("*.html")) for folder in ("events", "sources", "articles")),
            report / "index.html", report / "claims.html", report / "articles" / "dam.html", *folders]


@pytest.fixture(scope="module")
def beside(report, tmp_path_factory):
    """The pages beside a report: what changed, how its runs ended, and which reports there are."""
    folder = tmp_path_factory.mktemp("beside")
    changes.write(SEEDS, report, folder / "changes")
    with pytest.raises(ValueError), history.kept(folder / "runs") as run:
        run |= {"articles": 3, "code": "0" * 64, "corpus": "1" * 64}
        raise ValueError(f"{'/a/long/path' * 20}: it is no article.")
    dated = folder / "nights" / "2031-05-06T01-00-00Z"
    dated.mkdir(parents=True)
    shutil.copy(report / manifests.MANIFEST, dated)
    dated_reports.settle(dated.parent)
    return [folder / "changes" / "index.html", folder / "runs" / history.PAGE, dated.parent / "index.html"]


@pytest.mark.parametrize("width", [360, 768, 820, TABLES, 1280])
def test_no_page_scrolls_sideways(tab, kinds, beside, width):
    for path in kinds + beside:
        tab.open(path, width=width)
        tab.ask("for (const folded of document.querySelectorAll('details')) folded.open = true")
        assert tab.ask("document.scrollingElement.scrollWidth") <= width, path


def test_on_a_phone_no_cell_stands_over_the_name_of_its_column(tab, large):
    tab.open(large / "events.html", width=360)
    room = "parseFloat(getComputedStyle(cell).paddingLeft) - parseFloat(getComputedStyle(cell, '::before').width)"
    assert tab.ask(f"Math.min(...[...document.querySelectorAll('.cards td')].map(cell => {room}))") > 0


def test_no_script_of_an_article_runs_and_no_request_leaves(tab, report):
    tab.asked.clear(), tab.said.clear()
    for path in sorted(report.rglob("*.html")):
        tab.open(path)
    assert [address for address in tab.asked if not address.startswith(("file:", "about:", "data:", "blob:"))] == []
    assert tab.said == []


@pytest.mark.parametrize("of", ["seeds", "a large corpus"])
def test_rows_land_on_the_mark_with_exactly_their_text(tab, large, of):
    folder, articles = (SEEDS, manifests.ROOT / "seeds") if of == "seeds" else (large, large.parent / "articles")
    found = tables.read(folder / "tables")
    hrefs, texts = addresses.hrefs(found), {article.article_id: article.text for article in read_corpus(articles).articles}
    rows = [(row.claim_id, row.article_id,
             [*json.loads(row.source_spans), *json.loads(row.cue_spans), *json.loads(row.content_spans)])
            for row in found["claims"].itertuples()]
    rows += [(row.figure_id, row.article_id, [(row.start, row.end)]) for row in found["figures"].itertuples()]
    for row_id, article_id, spans in random.Random(7).sample(rows, min(20, len(rows))):
        page, _, place = hrefs[row_id].partition("#")
        tab.open(folder / page, place)
        number = row_id.rpartition(".")[2]
        assert tab.ask("document.querySelector(':target').textContent") == number
        places = sorted({at for start, end in spans for at in range(start, end)})
        marked = tab.ask(f"[...document.querySelectorAll('.raw .{number}:not(.label)')].map(mark => mark.textContent).join('')")
        assert marked == "".join(texts[article_id][at] for at in places), row_id


def test_the_sentence_behind_a_disagreement_is_two_clicks_from_the_first_screen(tab, large):
    tab.open(large / "index.html")
    for leads_to in (".card h2 a", "td[data-label='The sentence'] mark a"):
        tab.ask(f"document.querySelector({leads_to!r}).click()")
        tab.wait(f"document.readyState === 'complete' && !document.querySelector({leads_to!r})")
    number = tab.ask("document.querySelector(':target').textContent")
    assert tab.ask(f"getComputedStyle(document.querySelector('.raw .{number}:not(.label)')).outlineStyle") == "solid"
    assert 0 <= tab.ask("document.querySelector(':target').getBoundingClientRect().top") < 800


def test_a_table_of_all_is_searched_filtered_and_sorted(tab, report):
    tab.open(report / "claims.html")
    tab.wait("document.documentElement.dataset.ready === 'yes'")
    rows = "[...document.querySelectorAll('.rows tbody tr')].map(row => row.cells[1].textContent)"
    everything = tab.ask(rows)
    assert len(everything) == 7
    assert tab.ask(_typed("will not break") + rows) == ['"It will not break,"']
    assert tab.ask(_typed("") + "const how = document.querySelector('.find select'); how.value = 'warns'; "
                   "how.dispatchEvent(new Event('change')); " + rows) == ["more than 1,000 people would drown"]
    assert tab.ask("document.querySelector('.find output').textContent") == "1 of 7"
    tab.ask("const all = document.querySelector('.find select'); all.value = ''; all.dispatchEvent(new Event('change')); "
            "document.querySelectorAll('.rows th button')[1].click()")
    order = tab.ask(rows)
    assert sorted(order) == sorted(everything) and order[0] == '"It will not break,"' and tab.ask("document.querySelectorAll('[aria-sort]').length") == 1
    assert tab.ask("document.querySelectorAll('.rows script, .rows img, .rows b').length") == 0


def _typed(words):
    return f"{{ const search = document.querySelector('input[type=search]'); search.value = {words!r}; search.dispatchEvent(new Event('input')); }} "


def test_ten_thousand_rows_answer_within_a_tenth_of_a_second(tab, tmp_path):
    rows = [(Link(f"sources/s{n % 300}.html", f"source {n % 300}"),
             Link(f"articles/a.html#c-{n}", f"the bridge number {n} is closed to lorries"), "says")
            for n in range(MANY)]
    listing = Listing("claims", ("Who", "Says what", "How"), rows, ("How",))
    (tmp_path / "claims.html").write_text(page_of.rendered(
        "story.html.j2", name="many", parts=page_of.PARTS, here="claims", title="Claims", scripts=[page_of.LIST],
        hashes=page_of.hash_of(page_of.LIST), listing=Markup(listing.html), packed=listing.packed))
    tab.open(tmp_path / "claims.html")
    tab.wait("document.documentElement.dataset.ready === 'yes'")
    timed = "(() => { const start = performance.now(); " + _typed("number 77 closed") + " return performance.now() - start; })()"
    assert min(tab.ask(timed) for _ in range(5)) < 100
    assert tab.ask("document.querySelectorAll('.rows tbody tr').length") > 0


def test_a_link_is_copied_and_the_keyboard_goes_to_the_content_first(tab, report):
    tab.open(report / "articles" / "dam.html")
    tab.press("Tab")
    assert tab.ask("document.activeElement.textContent") == "To the content"
    tab.ask("window.copied = []; navigator.clipboard.writeText = async (words) => { window.copied.push(words); }; "
            "document.querySelector('td .copy').click()")
    tab.wait("window.copied.length === 1")
    place = tab.ask("document.querySelector('td .copy').dataset.place")
    assert tab.ask("window.copied[0]").endswith(f"/articles/dam.html#{place}") and tab.ask(f"!!document.getElementById('{place}')")


def test_without_a_script_the_rows_are_there(report):
    html = (report / "claims.html").read_text(encoding="utf-8")
    assert html.count('<td data-label="Says what"') == 7


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_serious_fault(tab, kinds, dark):
    axe = importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    for path in kinds:
        tab.open(path, dark=dark)
        tab.ask(f"for (const folded of document.querySelectorAll('details')) folded.open = true; {axe}; undefined")
        faults = tab.ask("axe.run().then(told => told.violations.filter(one => ['serious', 'critical'].includes(one.impact))"
                         ".map(one => one.id + ': ' + one.nodes[0].html.slice(0, 200)))")
        assert faults == [], path
