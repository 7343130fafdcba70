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
from playwright.sync_api import Browser, Dialog, Page, Request, sync_playwright

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


class Window:
    """Pages by the options of their context, each used again from test to test, and what went wrong in them.

    A context and a page take longer to make than most tests take.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.pages: dict[str, Page] = {}
        self.trouble: list[str] = []

    def page(self, **options: object) -> Page:
        key = repr(sorted(options.items()))
        if key not in self.pages:
            page = self.browser.new_context(**options).new_page()  # type: ignore[arg-type]
            page.set_default_timeout(5_000)
            page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
            page.on("console", lambda message: self.trouble.append(f"console: {message.text}"))
            page.on("dialog", self._dialog)
            page.on("request", self._request)
            self.pages[key] = page
        return self.pages[key]

    def _dialog(self, dialog: Dialog) -> None:
        self.trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith("file:"):
            self.trouble.append(f"asked: {request.url}")


@pytest.fixture(scope="package")
def window(browser: Browser) -> Window:
    return Window(browser)


@pytest.fixture
def open_page(window: Window, tmp_path: Path) -> Iterator[Open]:
    """Opens HTML from a file, as a reader would: `open_page(html, at="#k1", width=360, color_scheme="dark")`.

    At the end of the test it fails if a page ran into an error, had its policy broken, or asked for anything;
    `forgive` is what a message may hold.
    """
    opened = 0
    forgiven: list[str] = []
    window.trouble.clear()

    def open_(
        html: str, *, at: str = "", width: int = 1280, height: int = 800, forgive: str | None = None, **options: object
    ) -> Page:
        nonlocal opened
        file = tmp_path / f"page{opened}.html"
        opened += 1
        file.write_text(html, "utf-8")
        if forgive:
            forgiven.append(forgive)
        page = window.page(**options)
        page.emulate_media(media="null")
        page.set_viewport_size({"width": width, "height": height})
        page.goto(file.as_uri() + at)
        return page

    yield open_
    assert [message for message in window.trouble if not any(words in message for words in forgiven)] == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        missing(INSTALL_AXE)
    return AXE.read_text("utf-8")
