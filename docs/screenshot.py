"""Makes the README's picture of the page: `python docs/screenshot.py` writes docs/page.png.

The sample article's page, opened in headless Chromium (which has to be on the path) with one statement selected. Made
from the recorded answers where they are there, else by the embedded engine; the page itself says which.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from summariser import summarise

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "evals" / "cases" / "morocco-us-ai" / "article.txt"
RECORDINGS = ROOT / "evals" / "recordings" / "pipeline" / "morocco-us-ai"
PICTURE = ROOT / "docs" / "page.png"


def main() -> int:
    """Writes the picture; the exit code is 1 where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium on the path: apt-get install -y chromium", file=sys.stderr)
        return 1
    if RECORDINGS.is_dir() and any(RECORDINGS.iterdir()):
        summary = summarise(ARTICLE, replay=RECORDINGS)
    else:
        summary = summarise(ARTICLE, model="extractive")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "page.html"
        file.write_text(summary.to_html(), "utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(
            viewport={"width": 1200, "height": 760}, device_scale_factor=1.25, reduced_motion="reduce"
        )
        page.goto(file.as_uri())
        # The statement with the most words checked shows best what a selection does.
        rows = page.locator(".highlights .row")
        checked = rows.evaluate_all("rows => rows.map(row => row.querySelectorAll('mark').length)")
        rows.nth(checked.index(max(checked))).locator(".claim").click()
        page.mouse.move(0, 0)
        page.wait_for_timeout(300)
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
