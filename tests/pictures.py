"""Take the README's pictures, of the report on the invented demo: `python -m tests.pictures`.

Needs Chromium (Debian: `apt-get install chromium`). Writes reports/demo-first.png, -event, -source, -article and -phone.
"""

import io
import sys
from pathlib import Path

from PIL import Image

from analysis.report import REPORTS, make_report
from tests.browser import chromium
from tests.pages import Page

DEMO = Path(__file__).parent / "invented" / "demo"
COLOURS = 256
PICTURES = {  # name: the page (of several the one that the first screen leads to first), the width and the height of the screen
    "first": ("index.html", 1280, 960),
    "event": ("events/", 1280, 1200),
    "source": ("sources/fair-fuel-alliance.html", 1280, 960),
    "article": ("articles/march-2-meridian.html", 1280, 960),
    "phone": ("index.html", 360, 780),
}


def take(report: Path, folder: Path) -> list[Path]:
    """Write the pictures of a report into a folder; their paths. ValueError where there is no browser, or no such page."""
    taken, links = [], Page((report / "index.html").read_text(encoding="utf-8")).links
    with chromium() as tab:
        for name, (page, width, height) in PICTURES.items():
            page = next((link for link in links if link.startswith(page)), page)
            if not (report / page).is_file():
                raise ValueError(f"{report / page}: there is no such page to take a picture of.")
            tab.open(report / page, width=width, height=height)
            taken.append(folder / f"demo-{name}.png")
            Image.open(io.BytesIO(tab.picture())).convert("RGB").quantize(COLOURS).save(taken[-1], optimize=True)
    return taken


def main() -> None:
    print(*take(make_report(DEMO).page.parent, REPORTS), sep="\n")


if __name__ == "__main__":
    try:
        main()
    except ValueError as error:
        sys.exit(str(error))
