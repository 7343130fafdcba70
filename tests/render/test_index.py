"""The files of many summaries: their names, and the list of them. What the list does is tested in a browser."""

from __future__ import annotations

import pytest

from summariser.render.index import Entry, index, page_name, site
from summariser.schema import PartialDate
from tests.render.samples import arabic, council


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        ("article.txt", "A title", "article.html"),
        (None, "A title: with / signs?", "a-title-with-signs.html"),
        ("../../etc/passwd", None, "passwd.html"),
        ("index.html", None, "index-2.html"),
        ("\x00\u202e..", None, "summary.html"),
        (None, None, "summary.html"),
        (None, "نورلاند تقرّ", "نورلاند-تقر.html"),
        ("x" * 300 + ".txt", None, "x" * 60 + ".html"),
    ],
)
def test_page_names(name: str | None, title: str | None, expected: str) -> None:
    summary = council()
    document = summary.document.model_copy(update={"name": name, "title": title})

    assert page_name(summary.model_copy(update={"document": document}), set()) == expected


def test_names_are_not_given_twice() -> None:
    assert [name for name, _ in site([council(), council(), arabic()])] == [
        "norland.html",
        "norland-2.html",
        page_name(arabic(), set()),
        "index.html",
    ]


def test_pages_are_made_as_the_summaries_come() -> None:
    def summaries() -> object:
        yield council()
        raise AssertionError("asked for the second before the first was written")

    name, html = next(site(summaries()))  # type: ignore[arg-type]

    assert name == "norland.html"
    assert 'href="index.html"' in html


def test_an_entry_keeps_what_the_list_shows() -> None:
    entry = Entry.of("a.html", council())

    assert entry.title == "Norland adopts its AI act"
    assert entry.actors == (("Ada Brandt", "Mayor Brandt"), ("Council of Norland",))
    assert [step.date for step in entry.steps] == [PartialDate("2026-06-30"), PartialDate("2024-03-21"), None]
    assert entry.rejected == 2


def test_the_list_speaks_the_language_of_most_summaries() -> None:
    entries = [Entry.of("a.html", arabic()), Entry.of("b.html", arabic()), Entry.of("c.html", council())]

    assert '<html lang="ar" dir="rtl">' in index(entries)
    assert '<html lang="en" dir="ltr">' in index([])
    assert "My news" in index([], title="My news")
