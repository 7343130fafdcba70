"""The page of one summary in a real browser: clicks, keyboard, deep links, copies, sizes, print, no scripts."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from summariser.schema import Summary
from tests.browser.conftest import Open
from tests.render.samples import council


@pytest.fixture(scope="module")
def html() -> str:
    return council().to_html()


def lit(page: Page) -> list[str]:
    return page.eval_on_selector_all(".s.on", "found => found.map(s => s.id)")


def marked(page: Page, where: str = ".s") -> list[str]:
    """The words marked in the sentences that are lit, in their order."""
    return page.eval_on_selector_all(f"{where}.on mark.on", "found => found.map(mark => mark.textContent)")


def in_source_pane(page: Page, selector: str) -> bool:
    """Whether an element is in sight inside the source's own pane."""
    return page.evaluate(
        """selector => {
            const pane = document.getElementById("source").getBoundingClientRect();
            const box = document.querySelector(selector).getBoundingClientRect();
            return box.top >= pane.top && box.bottom <= pane.bottom && box.bottom <= innerHeight && box.top >= 0;
        }""",
        selector,
    )


def test_a_click_on_a_statement_lights_up_its_sentences_and_marks_the_words_checked(open_page: Open, html: str) -> None:
    page = open_page(html)

    page.click("#k2 .claim")

    assert lit(page) == ["s1", "s2"]
    assert marked(page) == ["37 members", "12"]
    assert marked(page, "#k2") == ["37"]
    assert page.evaluate("location.hash") == "#k2"

    page.click("#k1 .claim")

    assert lit(page) == ["s3"]
    assert marked(page) == ["a floor, not a ceiling"]


def test_a_click_scrolls_the_sentence_into_view_beside_the_statement(open_page: Open, long: Summary) -> None:
    page = open_page(long.to_html(), reduced_motion="reduce")
    assert not in_source_pane(page, "#s150")

    page.click("#k1 .claim")

    assert in_source_pane(page, "#s150")
    assert page.evaluate("scrollY") == 0, "only the source moves"


@pytest.fixture(scope="module")
def long() -> Summary:
    from summariser.schema import SUPPORTED, KeyPoint
    from tests.render.samples import RECORDED, document

    source = document([[f"Sentence {n} of a long text about a law."] for n in range(1, 200)], title="Long")
    point = KeyPoint(text="The law is long.", evidence=source.spans([150]), verdict=SUPPORTED)
    return Summary(document=source, language="en", key_points=(point,), provenance=RECORDED)


def test_on_a_phone_a_statement_leads_to_its_sentence_and_back(open_page: Open, long: Summary) -> None:
    page = open_page(long.to_html(), width=360, height=640, reduced_motion="reduce")

    page.click("#k1 .claim")
    expect(page.locator("#s150")).to_be_in_viewport()
    page.click("#back")

    expect(page.locator("#k1")).to_be_in_viewport()
    expect(page.locator("#back")).to_be_hidden()
    assert page.evaluate("document.activeElement.closest('.row').id") == "k1"


def test_a_click_on_a_sentence_lists_what_rests_on_it(open_page: Open, html: str) -> None:
    page = open_page(html)

    page.click("#s1 mark >> nth=0")

    assert page.locator("#rests a").all_inner_texts() == [
        "Norland adopted its AI act on 21 March 2024.",
        "The council adopted the act with 37 votes.",
        "Council of Norland",
        "The council adopted the Artificial Intelligence Act",
    ]
    assert page.eval_on_selector_all(".row.on", "rows => rows.map(row => row.id)") == ["h1", "k2", "m2", "a2"]

    page.click("#rests a >> nth=1")

    assert lit(page) == ["s1", "s2"]
    expect(page.locator("#rests")).to_be_hidden()


def test_a_sentence_without_statements_says_so(open_page: Open, html: str) -> None:
    page = open_page(html)

    page.click("#s5")

    expect(page.locator("#rests .title")).to_have_text("Nothing in the summary rests on this sentence.")
    assert page.locator("#rests a").count() == 0


def test_the_keyboard_alone_goes_from_statement_to_sentence_and_back(open_page: Open, html: str) -> None:
    page = open_page(html)
    while page.evaluate("document.activeElement.closest('.row')?.id") != "k2":
        page.keyboard.press("Tab")
    assert lit(page) == ["s1", "s2"], "focus alone lights up"

    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.s')?.id") == "s1"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "rests"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('.s')?.id") == "s1"
    expect(page.locator("#rests")).to_be_hidden()
    page.click("#k2 .claim")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('.row')?.id") == "k2"
    assert lit(page) == []


def test_escape_leads_back_from_the_sentence_to_the_statement(open_page: Open, html: str) -> None:
    page = open_page(html)
    page.focus("#k2 .claim")
    page.keyboard.press("Enter")

    page.keyboard.press("Escape")

    assert page.evaluate("document.activeElement.closest('.row')?.id") == "k2"


def test_the_skip_link_is_first_and_leads_to_the_source(open_page: Open, html: str) -> None:
    page = open_page(html)

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#source")).to_be_focused()


@pytest.mark.parametrize(("link", "sentences"), [("#h2", ["s2"]), ("#k3", ["s6"]), ("#m1", ["s4"]), ("#a1", ["s3"])])
def test_a_link_to_a_statement_opens_the_page_on_it(
    open_page: Open, html: str, link: str, sentences: list[str]
) -> None:
    page = open_page(html, at=link)

    assert lit(page) == sentences
    expect(page.locator(link)).to_be_in_viewport()


def test_a_link_to_a_rejected_statement_unfolds_it_and_marks_what_the_text_says_instead(
    open_page: Open, html: str
) -> None:
    page = open_page(html)
    expect(page.locator("#x1 .claim")).to_be_hidden()

    page = open_page(html, at="#x1")

    expect(page.locator("#x1 .claim")).to_be_visible()
    assert lit(page) == ["s2"]
    assert page.locator("#s2 mark.against").all_inner_texts() == ["37 members"]
    assert marked(page) == []


@pytest.mark.parametrize("kind", ["markdown", "json", "bullets"])
def test_copies(open_page: Open, html: str, kind: str) -> None:
    page = open_page(html, permissions=["clipboard-read", "clipboard-write"])

    page.click(f"[data-copy={kind}]")

    expect(page.locator("#said")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    summary = council()
    if kind == "markdown":
        assert copied == summary.to_markdown()
    elif kind == "bullets":
        assert copied == "".join(f"• {highlight.text}\n" for highlight in summary.highlights)
    else:
        told = json.loads(copied)
        assert told["highlights"][0]["text"] == summary.highlights[0].text
        assert (
            told["milestones"][0]["evidence"][0]["quote"]
            == "Providers must register high-risk systems by 30 June 2026."
        )
        assert "text" not in told["document"]


def test_copies_without_a_clipboard_of_the_page_s_own(open_page: Open, html: str) -> None:
    page = open_page(html, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not here')); }")

    page.click("[data-copy=bullets]")

    expect(page.locator("#said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("• Norland adopted its AI act")
    assert page.locator("textarea").count() == 0


def test_without_scripts_every_statement_still_leads_to_its_sentence(open_page: Open, html: str) -> None:
    page = open_page(html, java_script_enabled=False)
    expect(page.locator(".tools")).to_be_hidden()
    plain = page.locator("#s3").evaluate("element => getComputedStyle(element).backgroundColor")

    page.click("#k1 .claim")

    assert page.url.endswith("#s3")
    expect(page.locator("#s3")).to_be_in_viewport()
    assert page.locator("#s3").evaluate("element => getComputedStyle(element).backgroundColor") != plain
    page.click("#s3 .n")
    assert page.url.endswith("#k1")
    assert page.locator("noscript a").all_inner_texts()[:4] == ["h1", "k2", "a2", "m2"]


@pytest.mark.parametrize("width", [360, 768, 1024, 1600])
def test_nothing_is_wider_than_the_window(open_page: Open, width: int) -> None:
    summary = council()
    wide = summary.document.model_copy(update={"title": "Un" + "believably" * 12, "byline": "x" * 90})
    page = open_page(summary.model_copy(update={"document": wide}).to_html(), width=width)

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_print_shows_everything_and_no_controls(open_page: Open, html: str) -> None:
    page = open_page(html)

    page.emulate_media(media="print")

    expect(page.locator("#x1 .claim")).to_be_visible()
    expect(page.locator("#s6")).to_be_visible()
    for control in (".bar", "#rests", "#back", ".hint"):
        expect(page.locator(control)).to_be_hidden()
    assert page.locator("#source").evaluate("element => getComputedStyle(element).overflowY") == "visible"
    assert page.pdf().startswith(b"%PDF")


def test_dark_mode_is_dark(open_page: Open, html: str) -> None:
    def brightness(scheme: str) -> int:
        page = open_page(html, color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in colour.removeprefix("rgb(").rstrip(")").split(","))

    assert brightness("dark") < 150 < 600 < brightness("light")


def test_right_to_left_puts_the_source_on_the_left(open_page: Open) -> None:
    from tests.render.samples import arabic

    page = open_page(arabic().to_html())

    assert page.get_attribute("html", "dir") == "rtl"
    expect(page.get_by_role("heading", name="النقاط الرئيسية")).to_be_visible()
    story, source = page.locator("main").bounding_box(), page.locator("#source").bounding_box()
    assert story is not None
    assert source is not None
    assert source["x"] < story["x"]
    page.click("#k1 .claim")
    assert lit(page) == ["s1"]


def test_the_strip_shows_where_the_cited_sentences_stand(open_page: Open, html: str) -> None:
    page = open_page(html)
    assert page.eval_on_selector_all(".strip rect", "bars => bars.map(bar => bar.dataset.n)") == [
        "1",
        "2",
        "3",
        "4",
        "6",
    ]

    page.click(".strip [data-n='4']")

    assert lit(page) == ["s4"]
    expect(page.locator("#rests .title")).to_have_text("What rests on sentence 4")
