"""The list of many summaries in a real browser: search, filters, links, hundreds of entries, hostile entries."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from summariser.render.index import Entry, Step, index, site
from summariser.schema import PartialDate
from tests.browser.conftest import Open
from tests.browser.test_accessibility import violations
from tests.browser.test_hostile import ATTACKS
from tests.render.samples import arabic, council


def entries() -> list[Entry]:
    return [
        Entry(
            href="one.html",
            title="Norland adopts its act",
            language="en",
            actors=(("Ada Brandt", "Mayor Brandt"), ("Élysée",)),
            highlights=("The act is adopted.",),
            steps=(
                Step("Adopted", PartialDate("2024-03"), "adopted", ("NO", "EU")),
                Step("A board", PartialDate("2026"), "planned", ("US",)),
            ),
        ),
        Entry(
            href="two.html",
            title="Harbour strike",
            language="en",
            actors=(("Dockers' Union",),),
            steps=(Step("Called for", None, "called_for", ("NO",)),),
        ),
        Entry(href="three.html", title="A quiet day", language="en", published=PartialDate("2024-Q3")),
    ]


def shown(page: Page) -> list[str]:
    return page.eval_on_selector_all(
        ".entry:not([hidden]) h2 a", "links => links.map(link => link.getAttribute('href').replace('.html', ''))"
    )


@pytest.mark.parametrize(
    ("fill", "left"),
    [
        ({}, ["one", "two", "three"]),
        ({"text": "harbour"}, ["two"]),
        ({"text": "norland ACT"}, ["one"]),
        ({"text": "elysee"}, ["one"]),
        ({"actor": "mayor brandt"}, ["one"]),
        ({"actor": "nobody"}, []),
        ({"jurisdiction": "NO"}, ["one", "two"]),
        ({"status": "adopted"}, ["one"]),
        ({"jurisdiction": "US", "status": "adopted"}, []),
        ({"from": "2024-03-15"}, ["one"]),
        ({"from": "2024-04-01", "to": "2025-12-31"}, []),
        ({"to": "2024-03-01"}, ["one"]),
        ({"from": "2026-06-01", "status": "planned"}, ["one"]),
    ],
)
def test_filters(open_page: Open, fill: dict[str, str], left: list[str]) -> None:
    page = open_page(index(entries()))

    for name, value in fill.items():
        field = page.locator(f"[name={name}]")
        if name in ("jurisdiction", "status"):
            field.select_option(value)
        else:
            field.fill(value)

    assert shown(page) == left
    expect(page.locator("#shown")).to_have_text(f"Shown: {len(left)} of 3")
    assert page.locator("#none").is_visible() is (not left)

    page.click("[type=reset]")
    expect(page.locator("#shown")).to_have_text("Shown: 3 of 3")


def test_the_milestone_that_fits_is_marked(open_page: Open) -> None:
    page = open_page(index(entries()))

    page.select_option("[name=status]", "planned")

    assert page.locator(".hit b").all_inner_texts() == ["2026"]


def test_entries_lead_to_their_pages_and_back(open_page: Open, tmp_path: Path) -> None:
    files = dict(site([council(), council(), arabic()]))
    for name, html in files.items():
        (tmp_path / name).write_text(html, "utf-8")
    page = open_page(files["index.html"])

    page.click(".entry a >> nth=2")
    expect(page.locator("h1")).to_have_text(arabic().document.title or "")
    page.click(".up")

    assert page.url.endswith("/index.html")
    assert page.locator(".entry").count() == 3


def test_five_hundred_entries(open_page: Open) -> None:
    many = [
        Entry(
            href=f"{n}.html",
            title=f"Document {n}",
            language="en",
            highlights=(f"Highlight {n} of the document.",) * 3,
            actors=tuple((f"Actor {n}-{m}",) for m in range(15)),
            steps=tuple(Step(f"Step {m}", PartialDate("2024-03"), "adopted", ("EU",)) for m in range(8)),
        )
        for n in range(500)
    ]
    html = index(many)
    page = open_page(html)

    page.fill("[name=actor]", "actor 77-3")

    expect(page.locator("#shown")).to_have_text("Shown: 1 of 500")
    assert len(html) < 3_000_000


def test_without_scripts_the_list_is_there_and_the_filters_are_not(open_page: Open) -> None:
    page = open_page(index(entries()), java_script_enabled=False)

    assert len(shown(page)) == 3
    expect(page.locator(".filters")).to_be_hidden()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_list_is_accessible(open_page: Open, axe: str, look: str) -> None:
    page = open_page(index([*entries(), Entry.of("c.html", council())]), color_scheme=look, bypass_csp=True)
    page.select_option("[name=status]", "adopted")

    assert violations(page, axe) == []


def test_the_list_fits_a_phone(open_page: Open) -> None:
    page = open_page(index([*entries(), Entry.of("c.html", council())]), width=360)

    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_hostile_entries_are_only_text(open_page: Open) -> None:
    def entry(text: str) -> Entry:
        return Entry(
            href=text,
            title=text,
            category=text,
            byline=text,
            highlights=(text,),
            actors=((text, text),),
            steps=(Step(text, None, "unknown", (text,)),),
        )

    page = open_page(index([entry(attack) for attack in ATTACKS], title=ATTACKS[0]))

    assert page.locator("h1").inner_text() == ATTACKS[0]
    assert page.locator(".entry").count() == len(ATTACKS)
    assert page.evaluate("document.querySelectorAll('script, style, iframe, img, svg, base, link').length") == 2
    hrefs = page.eval_on_selector_all("h2 a", "links => links.map(link => link.href)")
    assert all(href.startswith("file:") for href in hrefs)
