"""What a report of 250 articles comes to: pages that can be opened and read, found in, and left for the sentence."""

import pytest

from analysis import tables
from tests.browser import CHROMIUM, chromium
from tests.pages import Page

LARGEST, SCREEN, SCREENS = 400_000, 800, 12  # bytes, pixels, screens
KINDS = 3  # so many of the largest pages of each kind are looked at


def test_no_page_is_larger_than_one_can_open_at_once(large):
    assert len(tables.read(large / "tables")["claims"]) == 250 * 14
    sizes = {path.relative_to(large): path.stat().st_size for path in large.rglob("*.html")}
    assert {path: size for path, size in sizes.items() if size > LARGEST} == {} and len(sizes) > 500
    assert (large / "index.html").stat().st_size < 120_000


def test_the_first_screen_is_made_of_cards_of_events(large):
    html = (large / "index.html").read_text(encoding="utf-8")
    assert html.count('class="card"') == 8 and html.index('class="card"') < html.index("Who is heard most")
    assert len([link for link in Page(html).links if link.startswith("articles/") and "#f-" in link]) >= 8


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed (Debian: apt-get install chromium)")
def test_no_page_is_longer_than_one_can_read(large):
    kinds = {}
    for path in sorted(large.rglob("*.html"), key=lambda path: -path.stat().st_size):
        kinds.setdefault(path.parent if path.parent != large else path, []).append(path)
    with chromium() as tab:
        for path in [path for paths in kinds.values() for path in paths[:KINDS]]:
            tab.open(path, height=SCREEN)
            tab.wait("!document.getElementById('packed') || document.documentElement.dataset.ready === 'yes'")
            assert tab.ask("document.documentElement.scrollHeight") <= SCREENS * SCREEN, path
        tab.open(large / "index.html", height=SCREEN)
        assert tab.ask("document.querySelector('.card').getBoundingClientRect().bottom") <= SCREEN
