"""axe-core, from its npm package, on the pages: WCAG 2.2 A and AA and its best practices, in every look."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.render.samples import arabic, council

RUN = """async () => (await axe.run(document, {runOnly: [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})).violations.map(
        (found) => found.id + ": " + found.nodes.map((node) => node.html.slice(0, 200)).join(" | "))"""


def violations(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    return page.evaluate(RUN)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_has_no_violations_at_rest_and_at_work(open_page: Open, axe: str, look: str, width: int) -> None:
    page = open_page(council().to_html(), width=width, color_scheme=look, bypass_csp=True, reduced_motion="reduce")
    assert violations(page, axe) == []

    page.click("summary >> nth=0")
    page.click("#x1 .claim")
    assert violations(page, axe) == []
    page.click("#s1 mark >> nth=0")
    assert violations(page, axe) == []


def test_right_to_left(open_page: Open, axe: str) -> None:
    page = open_page(arabic().to_html(), bypass_csp=True)

    assert violations(page, axe) == []
