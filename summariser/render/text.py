"""Plain text: the header of an article page, and text that may be shown anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summariser.schema import Summary

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters: they start terminal escapes, and bidirectional overrides reorder what stands around them."""

_SURROGATES = re.compile("[\ud800-\udfff]")


def safe(text: str) -> str:
    """Text that cannot steer a terminal or a page and that UTF-8 can hold.

    Control and bidirectional override characters are gone, tabs are spaces, lone surrogates are replaced.
    """
    return _SURROGATES.sub("\ufffd", _UNSAFE.sub("", text.replace("\t", " ")))


def one_line(text: str) -> str:
    """Safe text on one line, single spaces."""
    return safe(" ".join(text.split()))


def header(summary: Summary) -> str:
    """Category, title, byline, reading time and highlights, as they stand above an article; absent facts left out."""
    from summariser.render.words import Words

    document = summary.document
    minutes = Words(summary.language)("ui", "minutes", document.reading_minutes)
    facts = [document.category, document.title, document.byline, minutes]
    lines = [one_line(fact) for fact in facts if fact]
    return "\n\n".join([*lines, *bullets(summary)]) + "\n"


def bullets(summary: Summary) -> list[str]:
    """The highlights as plain bullets."""
    return [f"• {one_line(highlight.text)}" for highlight in summary.highlights]
