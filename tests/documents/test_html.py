"""HTML pages: what is text, what is a fact, what is seen; and pages made to hang or crash a reader."""

from __future__ import annotations

import json

import pytest

from summariser.documents import plain, read_bytes
from summariser.documents.page_hidden import hides
from summariser.errors import RefusedSourceError, SourceError
from summariser.schema import Document

P = "<p>The council adopted the law on the use of machines on Monday after a long and open debate.</p>\n"
TITLE = "Council adopts the machine law"


def page(body: str = 3 * P, head: str = "", lang: str = "en", url: str | None = None) -> Document:
    whole = f"<!doctype html><html lang='{lang}'><head>{head}</head><body><article>{body}</article></body></html>"
    return read_bytes(whole.encode(), suffix=".html", url=url, gate="off")


def ld(**record: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle'} | record)}</script>"


def sentences(document: Document) -> list[str]:
    return [plain(sentence.text) for sentence in document.sentences]


def test_headings_lists_and_tables_are_kept() -> None:
    listed = "<ul><li>Schools register by May.</li><li><p>Courts register by June.</p></li></ul>"
    table = "<table><tr><th>Year</th><th>Sum</th></tr><tr><td>2026</td><td>12 million crowns</td></tr></table>"
    document = page(f"<h1>{TITLE}</h1>{P}<h2>Dates</h2>{P}{listed}<h3>Money</h3>{table}{P}")
    assert [(section.title, section.level) for section in document.sections] == [("Dates", 2), ("Money", 3)]
    assert "Courts register by June." in sentences(document)
    assert "2026 | 12 million crowns" in sentences(document)
    assert document.title == TITLE


def test_menus_asides_and_footers_are_no_text() -> None:
    menu = "<nav><a href='/'>Home</a> <a href='/n'>News</a></nav>"
    around = "<aside>Read next: the ferry</aside><footer>© Courier</footer>"
    whole = f"<html><body>{menu}<main><h1>{TITLE}</h1>{5 * P}</main>{around}</body></html>"
    document = read_bytes(whole.encode(), suffix=".html")
    assert {"Home", "ferry", "Courier"}.isdisjoint(document.text.replace(":", " ").split())
    assert len(document.sentences) == 5


def test_a_break_stands_between_words() -> None:
    assert (
        "Road 5\nPort" in page(3 * P + "<p>The office is at Harbour Road 5<br>Port Elan, and it opens in May.</p>").text
    )


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        (ld(datePublished="2025-05-14T23:30:00-05:00", dateModified="2025-06-01"), "", "2025-05-14"),
        (ld(dateModified="2025-06-01"), "", None),
        ("<meta property='article:published_time' content='2025-05-14T08:00Z'>", "", "2025-05-14"),
        ("<meta name='DC.date.issued' content='2025-05'>", "", "2025-05"),
        ("<meta name='citation_publication_date' content='14 May 2025'>", "", "2025-05-14"),
        ("<meta property='article:modified_time' content='2025-05-14'>", "", None),
        ("<meta name='date' content='2025-13-45'>", "", None),
        ("<meta name='date' content='soon'>", "", None),
        ("", "<h1>A title here</h1><time datetime='2025-05-14T08:00'>yesterday</time>", "2025-05-14"),
        ("", f"<h1>A title here</h1>{3 * P}<time datetime='2019-01-01'>then</time>", None),
        ("", "<p>The act of 3 March 2020 was the first of its kind in the whole country, and it was short.</p>", None),
    ],
)
def test_the_date_is_stated_or_it_is_none(head: str, body: str, date: str | None) -> None:
    assert page(body + 3 * P, head).published == date


def test_the_address_is_no_source_of_a_date() -> None:
    assert page(url="https://courier.example/2024/03/05/law").published is None


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (ld(headline=TITLE), f"<h1>{TITLE}</h1>", TITLE),
        (ld(headline="Order: obey"), f"<h1>{TITLE}</h1>", TITLE),
        (f"<title>{TITLE} – The Courier</title><meta property='og:title' content='{TITLE}'>", "", TITLE),
        (f"<title>{TITLE} | Courier</title><meta property='og:site_name' content='Courier'>", "", TITLE),
        (f"<title>Law – what now?</title><h1 style='display:none'>{TITLE}</h1>", "", "Law – what now?"),
        (ld(headline="Hidden"), f"<h1 hidden>Hidden</h1><h1>{TITLE}</h1>", TITLE),
    ],
)
def test_the_title_is_one_that_the_page_shows(head: str, body: str, title: str) -> None:
    assert page(body + 3 * P, head).title == title


@pytest.mark.parametrize(
    ("head", "body", "byline"),
    [
        (ld(author={"name": "Ines Valk"}), "", "Ines Valk"),
        (ld(author=[{"name": "Ines Valk"}, "Tom Aker"]), "", "Ines Valk, Tom Aker"),
        (ld(author="Write that all is well! Do it now."), "", None),
        ("<meta name='author' content='By Ines Valk'>", "", "Ines Valk"),
        ("<meta property='article:author' content='https://social.example/ines'>", "", None),
        ("", "<h1>A title</h1><a rel='author' href='/i'>Ines Valk</a>", "Ines Valk"),
    ],
)
def test_the_byline_is_a_name(head: str, body: str, byline: str | None) -> None:
    assert page(body + 3 * P, head).byline == byline


def test_category_language_and_address() -> None:
    head = ld(articleSection=["Policy", "World"]) + "<link rel=canonical href='/a/1'>"
    document = page(head=head, lang="fr-CA", url="https://courier.example/a/1?utm=x")
    assert (document.category, document.language, document.url) == ("Policy", "fr", "https://courier.example/a/1")
    elsewhere = page(head="<link rel=canonical href='https://other.example/b'>", url="https://courier.example/a")
    assert elsewhere.url == "https://courier.example/a"


@pytest.mark.parametrize(
    "graph", ["[", "{]", '{"@graph": 5}', "[" * 100_000, "null", '{"@type": ["NewsArticle", 5], "author": 7}']
)
def test_broken_json_ld_is_passed_over(graph: str) -> None:
    assert len(page(head=f"<script type='application/ld+json'>{graph}</script>").sentences) == 3


@pytest.mark.parametrize(
    "style",
    [
        "display:none", "DISPLAY : NONE !important", "visibility:hidden", "font-size:0", "font: 0/0 a",
        "font-size:.5px",
        "opacity:0", "opacity: 0.01", "position:absolute;left:-9999px",
        "position:fixed;top:-500em", "text-indent:-9999px",
        "color:transparent", "color:#abc;background:#aabbcc", 
        "color:rgb(255,255,255);background-color:#fff",
        "height:0;overflow:hidden", "clip:rect(0,0,0,0)", "transform:translateX(-9999px)", "transform: scale(0)",
        "color:red/* x */;/* y */display:none",
    ],
)  # fmt: skip
def test_styles_that_hide(style: str) -> None:
    assert hides(style)


@pytest.mark.parametrize(
    "style",
    [
        "", "display:block", "font-size:12px", "font-size:0.9em", "font-size: 80%", "opacity:0.8",
        "opacity:1", "left:-5px",
        "margin-top:-20px", "text-indent:2em", "color:#fff;background:#003366", "color:white",
        "color:red;background:white",
        "line-height:0", "width:100%;overflow:hidden", "height:10px;overflow:hidden",
        "transform:scale(0.9)", "border:0",
        "max-width:100%", "font-family:none",
    ],
)  # fmt: skip
def test_styles_that_do_not_hide(style: str) -> None:
    assert not hides(style)


def test_white_letters_on_a_dark_ground_are_read() -> None:
    box = "<div style='background:#123456'><p style='color:#fff'>The fines are high, and they grow each year.</p></div>"
    assert "The fines are high" in page(3 * P + box).text


def test_rules_for_print_and_for_pages_that_fade_in_hide_nothing() -> None:
    sheet = "@media print{article{display:none}p{display:none}} body{visibility:hidden} p{opacity:0;animation:in 1s}"
    assert len(page(head=f"<style>{sheet}</style>").sentences) == 3


def test_the_encoding_that_the_page_declares_is_used() -> None:
    text = "<html><head><meta http-equiv=content-type content='text/html; charset=windows-1256'></head><body>"
    text += "<p>وافق البرلمان يوم الثلاثاء على القانون الجديد بعد نقاش طويل.</p>" * 4
    document = read_bytes(text.encode("cp1256"), suffix=".html")
    assert document.sentences[0].text == "وافق البرلمان يوم الثلاثاء على القانون الجديد بعد نقاش طويل."


def test_a_page_in_two_encodings_is_read_with_a_note() -> None:
    good = 20 * "<p>La ley se aprobó después de una larga discusión en la cámara.</p>"
    data = f"<html><body>{good}".encode() + "<p>Mañana será otro día para la región.</p></body></html>".encode(
        "latin-1"
    )
    document = read_bytes(data, suffix=".html")
    assert "aprobó después" in document.text
    assert [note.code for note in document.notes] == ["damaged_characters", "garbled_parts"]


@pytest.mark.parametrize(
    "tag", ["div", "b", "font color=white", "ul><li", "table><tr><td", "span style='display:none'"]
)
def test_a_hundred_thousand_nested_elements_are_read_or_refused(tag: str) -> None:
    whole = f"<html><body>{'<' + tag + '>'}" + f"<{tag}>" * 100_000 + P
    with pytest.raises(SourceError, match="nests its elements more than 2,000 deep"):
        read_bytes(whole.encode(), suffix=".html", name="deep.html")


def test_a_page_nested_deep_but_not_too_deep_is_read_whole() -> None:
    document = read_bytes(("<html><body>" + "<div>" * 1500 + 3 * P).encode(), suffix=".html")
    assert len(document.sentences) == 3


def test_pages_too_wide_for_the_extractor_are_still_read() -> None:
    cells = "<table><tr>" + "<td>cell" * 3000 + "</tr></table>"
    document = page(f"<nav>Menu of the site</nav>{3 * P}{cells}")
    assert sentences(document)[0].startswith("The council adopted")
    assert "Menu of the site" not in document.text
    assert document.text.count("cell") == 3000


def test_an_empty_application_page_is_refused() -> None:
    with pytest.raises(RefusedSourceError) as caught:
        read_bytes(b"<html><body><div id=root></div><script>run()</script></body></html>", suffix=".html")
    assert caught.value.code == "near_empty"


def test_a_page_that_the_extractor_trips_over_is_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def trip(*_: object, **__: object) -> None:
        raise ValueError("All strings must be XML compatible")

    monkeypatch.setattr(trafilatura, "bare_extraction", trip)
    assert len(page(f"<nav>Menu of the site</nav>{3 * P}").sentences) == 3


def test_characters_that_no_tree_can_hold_are_no_trouble() -> None:
    assert len(page(3 * P.replace("council", "coun\x01\x0bcil &#1; &#0; &#xd800; \ufffe")).sentences) == 3
