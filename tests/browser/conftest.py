"""A real headless Chromium for the pages: Debian's `chromium` (or any on the path), driven by Playwright.

Nothing is installed from here. Where the browser or axe-core is missing the tests skip and say how to get it; with
`CI=true` in the environment they fail instead, so that a run there cannot pass without them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
INSTALL_BROWSER = "no Chromium on the path: apt-get install -y chromium"
INSTALL_AXE = "no axe-core: npm install --no-save --no-package-lock --prefix tests/browser axe-core@4"

Open = Callable[..., Page]
Contexts = Callable[..., BrowserContext]


def missing(how: str) -> NoReturn:
    """Skips with what to type; fails where CI must have it."""
    if os.environ.get("CI") == "true":
        pytest.fail(how)
    pytest.skip(how)


# Not for the whole session: while Playwright's own event loop lives in this thread, no other test can start one.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        missing(INSTALL_BROWSER)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="package")
def contexts(browser: Browser) -> Iterator[Contexts]:
    """A browser context for each set of options, made once: they take longer than most tests."""
    made: dict[str, BrowserContext] = {}

    def context(**options: object) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = browser.new_context(**options)  # type: ignore[arg-type]
            made[key].set_default_timeout(5_000)
        return made[key]

    yield context
    for one in made.values():
        one.close()


@pytest.fixture
def open_page(contexts: Contexts, tmp_path: Path) -> Iterator[Open]:
    """Opens HTML from a file, as a reader would: `open_page(html, at="#k1", width=360, color_scheme="dark")`.

    At the end of the test it fails if a page ran into an error, had its policy broken, or asked for anything;
    `forgive` is what a message may hold.
    """
    pages: list[Page] = []
    trouble: list[str] = []

    def open_(
        html: str, *, at: str = "", width: int = 1280, height: int = 800, forgive: str = "\n", **options: object
    ) -> Page:
        def note(message: str) -> None:
            if forgive not in message:
                trouble.append(message)

        file = tmp_path / f"page{len(pages)}.html"
        file.write_text(html, "utf-8")
        page = contexts(**options).new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.on("pageerror", lambda error: note(f"error: {error}"))
        page.on("console", lambda message: note(f"console: {message.text}"))
        page.on("dialog", lambda dialog: (note(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: request.url.startswith("file:") or note(f"asked: {request.url}"))
        page.goto(file.as_uri() + at)
        return page

    yield open_
    for page in pages:
        page.close()
    assert trouble == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        missing(INSTALL_AXE)
    return AXE.read_text("utf-8")
