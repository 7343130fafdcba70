"""Plain text and Markdown: the header, and what hostile text can do in either."""

from __future__ import annotations

import pytest

from summariser.render.markdown import escape
from summariser.render.text import safe
from summariser.schema import KeyPoint
from tests.render.samples import arabic, council


def test_the_header_stands_as_above_an_article() -> None:
    assert council().header() == (
        "Policy\n\nNorland adopts its AI act\n\nIris Holm\n\n1 min\n\n"
        "• Norland adopted its AI act on 21 March 2024.\n\n• 37 members voted for it and 12 against.\n"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]8;;http://x\x07link", "]8;;http://xlink"),
        ("a\x9b31mb", "a31mb"),
        ("a\rb", "ab"),
        ("a\tb\nc", "a b\nc"),
        ("\u202eevil\u2066", "evil"),
        ("\ud800", "\ufffd"),
        ("العربية\u200f", "العربية\u200f"),
    ],
)
def test_safe(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_markdown_has_every_part_with_its_sentences() -> None:
    text = council().to_markdown()

    assert text.startswith("# Norland adopts its AI act\n\nPolicy · Iris Holm · 2024-03-22 · 1 min\n")
    assert "- The act is “a floor, not a ceiling”. — Ada Brandt \\[3\\]\n" in text
    assert "- An oversight board will be set up in 2025. *(contradicted)* \\[6\\]\n" in text
    assert "- **Ada Brandt (Mayor Brandt)** — Mayor \\[3\\]\n" in text
    assert "- **2026-06-30 (deadline)** Registration of high-risk systems (NO (not found); law; planned;" in text
    assert "another number in the text: “47 members” (the text says “37 members”) \\[2\\]\n" in text
    assert "- \\[2\\] A total of 37 members voted for it, and 12 against.\n" in text


def test_markdown_headings_follow_the_language() -> None:
    text = arabic().to_markdown()

    assert "## النقاط الرئيسية" in text
    assert "## المحطات" in text


@pytest.mark.parametrize(
    "hostile", ["<b onclick=x>", "[a](javascript:b)", "# h", "a\n\n# h", "`x`", "![i](u)", "| a |"]
)
def test_markdown_shows_syntax_as_text(hostile: str) -> None:
    source = council()
    point = KeyPoint(text=hostile, evidence=(), verdict=source.key_points[0].verdict)
    text = source.model_copy(update={"key_points": (point,)}).to_markdown()

    line = next(line for line in text.splitlines() if line == f"- {escape(hostile)}")
    assert not any(symbol in line.replace(f"\\{symbol}", "") for symbol in "<[`|")
    assert text.count("\n## ") == council().to_markdown().count("\n## ")
