"""The page of a ledger in a real browser: filters, zoom, marks, threads, conflicts, phones, no scripts, attacks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from summariser.render.timeline.page import page as made
from summariser.schema import Document, Sentence
from summariser.timeline.exports.selecting import Filters, View, compared, filtered, select
from summariser.timeline.model import Ledger
from tests.browser.conftest import Open
from tests.browser.test_accessibility import violations
from tests.browser.test_hostile import ATTACKS, handlers, shape
from tests.timeline.ledgers import attacked, many, norland


def page_of(ledger: Ledger, **options: object) -> str:
    return made(View(ledger), **options)  # type: ignore[arg-type]


def shown(page: Page) -> str:
    """The entries in sight, by id."""
    found = page.eval_on_selector_all(".entry", "all => all.filter(e => e.offsetParent !== null).map(e => e.id)")
    return " ".join(found).replace("e-", "")


def drawn(page: Page) -> dict[str, float]:
    """Where the marks stand that are in sight, in per cent of the lane's width."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".lane .m")]
            .filter(mark => mark.getBoundingClientRect().width > 0)
            .map(mark => [mark.dataset.e, parseFloat(mark.getAttribute("x"))]))"""
    )


@pytest.mark.parametrize(
    ("fill", "left"),
    [
        ({}, "e1 e2 e3 e4 e5"),
        ({"text": "REGISTRATION"}, "e4"),
        ({"text": "elysee"}, "e1 e2"),
        ({"text": "norland ai act"}, "e1 e2 e3 e4"),
        ({"jurisdiction": "EU"}, "e5"),
        ({"status": "planned"}, "e3 e4"),
        ({"instrument": "event"}, "e5"),
        ({"conflicts": "1"}, "e2"),
        ({"from": "2025"}, "e3 e4"),
        ({"from": "2024", "to": "2025"}, "e2 e3"),
        ({"status": "planned", "jurisdiction": "EU"}, ""),
    ],
)
def test_filters(open_page: Open, fill: dict[str, str], left: str) -> None:
    page = open_page(page_of(norland()))

    for name, value in fill.items():
        field = page.locator(f"[name={name}]")
        if name in ("jurisdiction", "status", "instrument"):
            field.select_option(value)
        elif name == "conflicts":
            field.check()
        else:
            field.fill(value)

    assert shown(page) == left
    expect(page.locator("#shown")).to_have_text(f"Shown: {len(left.split())} of 5")
    assert page.locator("#none").is_visible() is (not left)
    assert page.locator(".thread").is_visible() is any(stage in left for stage in ("e1", "e2", "e3", "e4"))
    dated = [entry for entry in left.split() if entry != "e5"]
    assert sorted(drawn(page)) == dated

    page.click("[type=reset]")
    expect(page.locator("#shown")).to_have_text("Shown: 5 of 5")
    assert shown(page) == "e1 e2 e3 e4 e5"


def test_marks_stand_where_their_dates_are(open_page: Open) -> None:
    page = open_page(page_of(norland()))

    found = drawn(page)

    # 2023 to 2026: 1461 days. April 2023, March 2024, the start of the third quarter of 2025, 30 June 2026.
    expected = {"e1": 105, "e2": 440.5, "e3": 912, "e4": 1276.5}
    assert found == pytest.approx({entry: 100 * days / 1461 for entry, days in expected.items()}, abs=0.2)


def test_without_scripts_the_marks_stand_there_too(open_page: Open) -> None:
    page = open_page(page_of(norland()))
    with_scripts = drawn(page)
    html = page_of(norland())

    plain = open_page(html, java_script_enabled=False)
    places = plain.locator(".lane .m").evaluate_all(
        "marks => marks.map(m => [m.dataset.e, parseFloat(m.getAttribute('x'))])"
    )

    assert dict(places) == pytest.approx(with_scripts, abs=0.1)
    assert shown(plain) == "e1 e2 e3 e4 e5"
    expect(plain.locator(".filters")).to_be_hidden()
    plain.click("#e-e2 summary")
    expect(plain.locator("#e-e2 .telling").nth(2)).to_contain_text("Le conseil a adopté la loi en mars 2024.")
    plain.click(".years a >> nth=2")
    assert plain.url.endswith("#y2025")


def test_a_click_on_a_year_zooms_to_it_and_another_back(open_page: Open) -> None:
    page = open_page(page_of(norland()))

    page.click("[data-year='2024']")

    assert shown(page) == "e2"
    assert drawn(page) == {"e2": pytest.approx(100 * (31 + 29 + 15.5) / 366, abs=0.2)}
    ticks = page.locator(".axis text").all_text_contents()
    assert ticks[0] == "Jan"
    assert len(ticks) == 12
    expect(page.locator("[data-year='2024']")).to_have_attribute("aria-current", "true")

    page.click("[data-year='2024']")
    assert shown(page) == "e1 e2 e3 e4 e5"
    assert page.locator(".axis text").all_text_contents() == ["2023", "2024", "2025", "2026"]


def test_the_keyboard_reaches_a_year_and_its_milestone(open_page: Open) -> None:
    page = open_page(page_of(norland()))

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#list")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#e-e1 .facts a")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#e-e1 .telling")).to_be_visible()
    page.focus("[data-year='2026']")
    page.keyboard.press("Enter")
    assert shown(page) == "e4"


def test_a_mark_leads_to_its_milestone_and_opens_its_sentences(open_page: Open) -> None:
    page = open_page(page_of(norland()), height=500, reduced_motion="reduce")

    page.click("use[data-e=e4]")

    expect(page.locator("#e-e4 .telling")).to_be_visible()
    expect(page.locator("#e-e4 h4")).to_be_in_viewport()
    assert page.url.endswith("#e-e4")


def test_a_stage_leads_to_its_milestone_even_where_filters_hide_it(open_page: Open) -> None:
    page = open_page(page_of(norland()), reduced_motion="reduce")
    page.select_option("[name=status]", "adopted")
    assert shown(page) == "e2"

    page.click("#e-e2 .facts a")
    expect(page.locator("#t-t1")).to_be_in_viewport()
    assert page.locator("#t-t1 .when").all_inner_texts() == ["April 2023", "March 2024", "Q3 2025", "30 June 2026"]
    page.click("#t-t1 a >> nth=3")

    expect(page.locator("#e-e4")).to_be_in_viewport()
    assert shown(page) == "e1 e2 e3 e4 e5"


def test_a_deep_link_opens_its_milestone(open_page: Open) -> None:
    page = open_page(page_of(norland()), at="#e-e3")

    expect(page.locator("#e-e3 .telling")).to_be_visible()
    expect(page.locator("#e-e3 h4")).to_be_in_viewport()


def test_both_sides_of_a_conflict_stand_side_by_side_with_their_words_marked(open_page: Open) -> None:
    page = open_page(page_of(norland()))

    first = page.locator("#e-e2 .dispute").nth(0)
    sides = first.locator("li")

    assert sides.locator(".value").all_inner_texts() == ["2024-03-13", "2024-03-14"]
    assert sides.locator("mark").all_inner_texts() == ["on 13 March 2024", "On 14 March"]
    assert sides.locator(".from").all_inner_texts() == ["wire published 14 March 2024", "paper published 15 March 2024"]
    boxes = [sides.nth(n).bounding_box() for n in (0, 1)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]


def test_a_sentence_leads_to_its_place_in_the_article(open_page: Open) -> None:
    page = open_page(page_of(norland()))
    page.click("#e-e2 summary")

    links = page.eval_on_selector_all("#e-e2 .telling .open", "all => all.map(link => link.href)")

    assert links == [
        "https://news.example/norland-act#:~:text=The%20council%20adopted%20the,2024%20with%2037%20votes.",
        "https://paper.example/a?b=1#top:~:text=On%2014%20March%20the,members%20voted%20for%20it.",
    ], "the third article has no address"


def test_a_sentence_stands_among_its_neighbours(open_page: Open) -> None:
    words = ["Before it.", "The council adopted the act on 13 March 2024 with 37 votes.", "After it."]
    text = " ".join(words)
    starts = [text.index(sentence) for sentence in words]
    around = Document(
        text=text,
        sentences=tuple(
            Sentence(number=n, start=start, end=start + len(sentence))
            for n, (start, sentence) in enumerate(zip(starts, words, strict=True), 1)
        ),
    )
    page = open_page(made(View(norland(), contexts={"wire": around})))
    page.click("#e-e2 summary")

    assert page.locator("#e-e2 .telling blockquote").nth(0).inner_text().startswith("Before it. 2 The council")
    assert "After it." in page.locator("#e-e2 .telling blockquote").nth(0).inner_text()


def test_a_comparison_marks_what_is_new_and_lists_what_is_gone(open_page: Open) -> None:
    old = select(norland(), lambda entry: entry.id in ("e1", "e2", "e5"))
    new = select(norland(), lambda entry: entry.id != "e5")
    page = open_page(made(compared(old, new, new, Filters(), "the last look")))

    expect(page.locator(".since")).to_have_text("Compared with the last look")
    assert page.locator("#e-e4 .change").all_inner_texts() == ["new"]
    assert page.locator("#e-e1 .change").all_inner_texts() == ["changed"]
    expect(page.locator("#gone-title + ul")).to_contain_text("Sommet sur l’IA")
    page.select_option("[name=change]", "new")
    assert shown(page) == "e3 e4"


def test_a_thread_is_told_whole_where_one_stage_is_shown(open_page: Open) -> None:
    page = open_page(made(filtered(norland(), Filters(conflicts=True))))

    assert page.locator("#t-t1 li").count() == 4
    assert page.eval_on_selector_all("#t-t1 a", "all => all.map(a => a.getAttribute('href'))") == ["#e-e2"]


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_wider_than_the_screen(open_page: Open, width: int, language: str) -> None:
    page = open_page(page_of(norland(), language=language), width=width)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")

    assert page.evaluate("document.documentElement.scrollWidth") == width
    for mark in page.locator(".lane .m").all():
        box = mark.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_right_to_left_the_words_turn_and_the_years_do_not(open_page: Open) -> None:
    page = open_page(page_of(norland(), language="ar"))

    assert page.evaluate("document.documentElement.dir") == "rtl"
    found = drawn(page)
    assert found["e1"] < found["e2"] < found["e3"] < found["e4"]
    boxes = [page.locator(f"[data-e={entry}]").bounding_box() for entry in ("e1", "e4")]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["x"] < boxes[1]["x"]


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_violations_at_rest_and_at_work(open_page: Open, axe: str, look: str, width: int) -> None:
    old = select(norland(), lambda entry: entry.id in ("e1", "e2"))
    html = made(compared(old, norland(), norland(), Filters(), "then"))
    page = open_page(html, width=width, color_scheme=look, bypass_csp=True, reduced_motion="reduce")
    assert violations(page, axe) == []

    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    page.click("use[data-e=e4]")
    assert violations(page, axe) == []
    page.click("[data-year='2024']")
    assert violations(page, axe) == []


@pytest.mark.parametrize("ledger", [Ledger(), many(60)], ids=["empty", "many"])
def test_no_violations_with_nothing_and_with_much(open_page: Open, axe: str, ledger: Ledger) -> None:
    page = open_page(page_of(ledger, language="ar"), bypass_csp=True)

    assert violations(page, axe) == []


def test_a_thousand_milestones_are_filtered_and_drawn(open_page: Open) -> None:
    html = page_of(many(1000))
    page = open_page(html)
    expect(page.locator("#shown")).to_have_text("Shown: 1000 of 1000")

    page.fill("[name=text]", "milestone 777")
    expect(page.locator("#shown")).to_have_text("Shown: 1 of 1000")
    assert set(drawn(page)) == {"e777"}
    page.click("[type=reset]")
    page.click("[data-year='2021']")

    count = len(shown(page).split())
    expect(page.locator("#shown")).to_have_text(f"Shown: {count} of 1000")
    assert 0 < count < 200
    assert len(html.encode()) < 3_000_000


@pytest.fixture(scope="module")
def harmless(browser: Browser) -> dict[str, int]:
    page = browser.new_page()
    page.set_content(page_of(attacked("harmless")))
    found = shape(page)
    page.close()
    return found


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_only_text(open_page: Open, harmless: dict[str, int], attack: str) -> None:
    page = open_page(page_of(attacked(attack)))

    assert shape(page) == harmless, "the page has the elements that it has with harmless text"
    # A filter's value and what the script reads are data: no browser follows them.
    assert [found for found in handlers(page) if not found.startswith(("value=", "data-", "aria-label="))] == []
    page.click("#e-e1 summary")
    page.fill("[name=text]", "sentence")
    assert shown(page) == "e1"
    assert "\u202e" not in page.inner_text("body")
    links = page.eval_on_selector_all("a[href]", "links => links.map(a => a.href)")
    assert all(link.startswith(("file:", "https://ok.example/")) for link in links)
