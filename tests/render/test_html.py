"""The page as text: self-contained, its policy, its size, its source text. What it does is tested in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from summariser.render.html import json_block
from summariser.render.origin import web_address
from summariser.schema import SUPPORTED, KeyPoint, PartialDate, Reason, Section, Summary, Verdict
from tests.render.samples import RECORDED, arabic, council, document


class Elements(HTMLParser):
    """Every start tag with its attributes, and the text inside `#source`'s sentences."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_nothing_is_loaded_from_anywhere() -> None:
    elements = Elements(council().to_html()).found

    assert not [tag for tag, _ in elements if tag in ("link", "img", "iframe", "object", "embed", "base", "audio")]
    assert not [attrs for _, attrs in elements if "src" in attrs or "style" in attrs]
    outward = [attrs["href"] for _, attrs in elements if not (attrs.get("href") or "#").startswith("#")]
    assert outward == ["https://news.example/norland-ai-act"]


def test_the_policy_allows_just_the_page_s_own_style_and_script() -> None:
    html = council().to_html()
    policy = next(attrs["content"] for tag, attrs in Elements(html).found if attrs.get("http-equiv"))
    style = re.search("<style>(.*?)</style>", html, re.DOTALL)
    script = re.search("<script>(.*?)</script>", html, re.DOTALL)
    assert policy is not None
    assert style is not None
    assert script is not None

    def digest(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    allowed = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert allowed["default-src"] == "'none'"
    assert allowed["script-src"] == digest(script[1])
    assert allowed["style-src"] == digest(style[1])
    assert html.index("Content-Security-Policy") < html.index("<style>")


def test_a_page_of_many_claims_stays_small_beside_its_text() -> None:
    source = document([[f"Sentence {n} says what the law asks of providers in {n} words." for n in range(1, 401)]])
    points = tuple(
        KeyPoint(text=f"The law asks {n} things.", evidence=source.spans([n, n + 1]), verdict=SUPPORTED)
        for n in range(1, 100, 2)
    )
    html = Summary(document=source, language="en", key_points=points, provenance=RECORDED).to_html()

    assert len(html.encode()) - len(source.text.encode()) < 150_000


def test_the_source_is_all_there_with_headings_and_folded_furniture() -> None:
    html = council().to_html()

    assert all(f'id="s{sentence.number}"' in html for sentence in council().document.sentences)
    assert '<h3 dir="auto"># What comes next</h3>' in html
    assert re.search(r'<details class="furniture">.*?By Iris Holm.*?</details>', html, re.DOTALL)
    assert '<p class="aside furniture" dir="auto">Read next</p>' in html


def test_heading_levels_are_never_skipped() -> None:
    paragraphs = [["# One"], ["A."], ["# Two"], ["B."], ["# Three"], ["C."]]
    source = document(
        paragraphs,
        sections=tuple(
            Section(title=name, level=level, first_sentence=first)
            for name, level, first in (("# One", 4, 1), ("# Two", 4, 2), ("# Three", 1, 3))
        ),
    )
    html = Summary(document=source, provenance=RECORDED).to_html()

    assert re.findall(r"<(h[3-6]) ", html) == ["h3", "h4", "h3"]


def test_milestones_come_in_order_of_date_and_undated_ones_last() -> None:
    summary = council()
    dates = ("2025", None, "2024-Q4", "2024-11-02", "2024-02")
    steps = tuple(
        summary.milestones[2].model_copy(update={"date": date and PartialDate(date), "title": f"Step {date}"})
        for date in dates
    )
    html = summary.model_copy(update={"milestones": steps}).to_html()

    assert re.findall(r">Step ([\w-]+)</a>", html) == ["2024-02", "2024-Q4", "2024-11-02", "2025", "None"]
    assert re.findall(r'id="(m\d)"', html) == ["m5", "m3", "m4", "m1", "m2"]


def test_headings_and_statuses_follow_the_language_of_the_summary() -> None:
    html = arabic().to_html()

    assert '<html lang="ar" dir="rtl">' in html
    assert "المحطات" in html
    assert "معتمد" in html
    assert "الاتحاد الأوروبي" in html
    assert "٢١" in html or "21 مارس 2024" in html


def test_marked_words_say_what_they_are() -> None:
    html = council().to_html()

    assert '<mark class="date" title="date" data-c="h1 m2">21 March 2024</mark>' in html
    assert 'title="number, the text says otherwise" data-c="h2 k2" data-x="x1">37 members</mark>' in html


def test_what_could_not_be_checked_does_not_look_like_what_is_wrong() -> None:
    summary = council()
    reasons = (Reason(code="language_unchecked", claim="x"), Reason(code="polarity", claim="y"))
    point = summary.key_points[2].model_copy(update={"verdict": Verdict(status="contradicted", reasons=reasons)})
    html = summary.model_copy(update={"key_points": (point,)}).to_html()

    assert '<li class="unchecked" dir="auto">could not be checked in this language: “x”</li>' in html
    assert '<li class="contradicted" dir="auto">the text says the opposite: “y”</li>' in html


def test_a_recording_is_called_a_recording() -> None:
    assert "This is a recording" in council().to_html()
    live = council().model_copy(update={"provenance": RECORDED.model_copy(update={"source": "live"})})
    assert "This is a recording" not in live.to_html()
    assert "Answered live by openai/sample-model." in live.to_html()


def test_paragraphs_are_cited_by_the_claims_that_rest_on_them_only() -> None:
    cited = {
        attrs["id"]: attrs.get("data-c")
        for _, attrs in Elements(council().to_html()).found
        if re.fullmatch(r"s\d+", attrs.get("id") or "")
    }
    assert cited == {"s1": "h1 k2 a2 m2", "s2": "h2 k2", "s3": "k1 a1", "s4": "m1", "s5": None, "s6": "k3 m3"}


@pytest.mark.parametrize("text", ["</script>", "<!--", "a\u2028b\u2029c", "\x7f \ud800", "' \" &amp;", "\u202e"])
def test_json_in_a_script_element_cannot_end_it(text: str) -> None:
    block = str(json_block({"text": text}))

    assert not set(block) & set("<>&\u2028\u2029\x7f\ud800\u202e")
    kept = text.replace("\x7f", "").replace("\u202e", "").replace("\ud800", "\ufffd")
    assert json.loads(block)["text"] == kept


def test_an_empty_summary_has_a_page() -> None:
    from summariser.schema import Document

    html = Summary(document=Document(text=""), provenance=RECORDED).to_html()
    assert "<h1" in html
    assert "Untitled" in html


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.example/b?c=d", True),
        ("http://a.example", True),
        ("javascript:alert(1)", False),
        ("javascript://a.example/%0aalert(1)", False),
        ("https:", False),
        ("http://[", False),
        (None, False),
        ("", False),
    ],
)
def test_web_addresses(url: str | None, linked: bool) -> None:
    assert web_address(url) == (url if linked else None)
