"""Take the README's picture, the first screen of the report on the invented demo: `python -m tests.pictures`.

Needs Chromium (Debian: `apt-get install chromium`). Writes reports/demo.png.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from analysis.report import REPORTS, make_report

DEMO = Path(__file__).parent / "invented" / "demo"
PICTURE = REPORTS / "demo.png"
WIDTH, HEIGHT, COLOURS = 1280, 1000, 256
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OFFLINE = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run")


def photograph(page: Path, picture: Path) -> None:
    """Write the first screen of a page as a PNG. Raises ValueError where no browser is there, or it takes no picture."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise ValueError(f"No browser takes the picture: install one of {', '.join(BROWSERS)}.")
    with tempfile.TemporaryDirectory() as profile:
        taken = Path(profile) / "taken.png"
        subprocess.run([browser, "--headless", "--disable-gpu", "--hide-scrollbars", *OFFLINE, *_as_root(), f"--user-data-dir={profile}",
                        f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={taken}", page.resolve().as_uri()],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not taken.is_file():
            raise ValueError(f"{browser} took no picture of {page}.")
        Image.open(taken).convert("RGB").quantize(COLOURS).save(picture, optimize=True)


def _as_root() -> list[str]:
    """Chromium does not run as root inside its sandbox."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


def main() -> None:
    photograph(make_report(DEMO).page, PICTURE)
    print(PICTURE)


if __name__ == "__main__":
    try:
        main()
    except ValueError as error:
        sys.exit(str(error))
