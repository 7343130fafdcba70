"""What a hostile document tries in a real browser: nothing runs, nothing is asked for, nothing breaks out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from summariser.schema import (
    SUPPORTED,
    Actor,
    Highlight,
    KeyPoint,
    Match,
    Milestone,
    Note,
    Reason,
    Rejected,
    Summary,
    Verdict,
)
from tests.browser.conftest import Open
from tests.render.samples import RECORDED, document

ATTACKS = [
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<!--<script>",
    "--><img src=x onerror=alert(3)>",
    '"><svg onload=alert(4)>',
    "' onmouseover='alert(5)' x='",
    '" autofocus onfocus="alert(6)" tabindex="1',
    "</style><style>body{display:none}</style>",
    "</title></textarea></noscript><iframe srcdoc='<script>parent.alert(7)</script>'></iframe>",
    "<base href='https://evil.example/'><link rel=stylesheet href='https://evil.example/x.css'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<a href='javascript:alert(8)'>click</a>",
    "{{ 7*7 }} {% if x %} {# c #} {{ config.__class__ }}",
    "}</style>} body { background: url(https://evil.example/b.png) } /*",
    "\u2028alert(9)\u2029//",
    "javascript:alert(12)",
    "]]></details></div></main></body></html>",
    "\u202egnp.exe\u202c \x1b[31mred\x00\x07",
    "\ud800 lone",
    "$& $1 ${alert(10)} `${alert(11)}`",
    "<mark data-c='h1'></mark><span id='s1' class='row'>",
]


def hostile(attack: str) -> Summary:
    source = document(
        [[f"First {attack} sentence.", f"Second {attack} sentence."]],
        head=attack.replace("\n", " "),
        tail=attack,
        title=attack,
        byline=attack,
        category=attack,
        name=attack,
        url=f"https://ok.example/{attack}",
        language="en",
    )
    seen = source.spans([1])
    verdict = Verdict(status="supported", matches=(Match(kind="quote", claim=attack, source=attack),))
    denied = Verdict(status="contradicted", reasons=(Reason(code="polarity", claim=attack, source=attack),))
    return Summary(
        document=source,
        language="en",
        highlights=(Highlight(text=attack, evidence=seen, verdict=verdict),),
        key_points=(KeyPoint(text=attack, speaker=attack, evidence=seen, verdict=denied),),
        actors=(Actor(name=attack, aliases=(attack,), role=attack, kind="other", evidence=seen, verdict=SUPPORTED),),
        milestones=(
            Milestone(title=attack, date_text=attack, jurisdictions=(attack,), evidence=seen, verdict=SUPPORTED),
        ),
        rejected=(
            Rejected(kind="highlight", claim=attack, reasons=(Reason(code=attack, claim=attack),), evidence=seen),
        ),
        notes=(Note(code="x", message=attack),),
        provenance=RECORDED.model_copy(update={"model": attack, "recorded_by": attack}),
    )


def shape(page: Page) -> dict[str, int]:
    """How many elements there are of each name."""
    return page.evaluate(
        """() => [...document.querySelectorAll("*")].reduce(
            (all, element) => ({...all, [element.localName]: (all[element.localName] ?? 0) + 1}), {})"""
    )


def handlers(page: Page) -> list[str]:
    return page.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes])
            .filter((a) => a.name.startsWith("on") || a.name === "style" || /^\\s*(javascript|data):/i.test(a.value))
            .map((a) => a.name + "=" + a.value)"""
    )


@pytest.fixture(scope="module")
def harmless(browser: Browser) -> dict[str, int]:
    page = browser.new_page()
    page.set_content(hostile("harmless").to_html())
    found = shape(page)
    page.close()
    return found


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_only_text(open_page: Open, harmless: dict[str, int], attack: str) -> None:
    page = open_page(hostile(attack).to_html())

    assert shape(page) == harmless, "the page has the elements that it has with harmless text"
    assert handlers(page) == []
    page.click("#h1 .claim", position={"x": 5, "y": 5})
    assert page.eval_on_selector_all(".s.on", "found => found.map(s => s.id)") == ["s1"]
    assert "\u202e" not in page.inner_text("body")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "javascript://ok.example/%0aalert(1)",
        "ftp://ok.example/",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "https:evil",
        "http://[::1",
    ],
)
def test_only_web_addresses_become_links(open_page: Open, url: str) -> None:
    summary = hostile("harmless")
    page = open_page(
        summary.model_copy(update={"document": summary.document.model_copy(update={"url": url})}).to_html()
    )

    links = page.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))")
    assert links
    assert all(link.startswith("#") for link in links)


def test_the_policy_stops_a_script_that_got_in(open_page: Open) -> None:
    """The second wall: even with escaping broken, the browser runs only the page's own script."""
    html = hostile("harmless").to_html().replace("</h1>", "</h1><script>document.title = 'ran'</script>", 1)
    html = html.replace("<h1", "<h1 onclick=\"document.title = 'ran'\"", 1)
    page = open_page(html, forgive="Content Security Policy")
    page.click("h1")

    assert page.title() != "ran"
