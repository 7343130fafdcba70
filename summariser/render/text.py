"""Plain text: the header of an article page, and the summary for a pipe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summariser.schema import Summary

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters: they start terminal escapes, and bidirectional overrides reorder what stands around them."""


def safe(text: str) -> str:
    """Text that cannot steer a terminal: control and bidirectional override characters are gone, tabs are spaces."""
    return _UNSAFE.sub("", text.replace("\t", " "))


def header(summary: Summary) -> str:
    """Category, title, byline, reading time and highlights, as they stand above an article; absent facts left out."""
    document = summary.document
    facts = [document.category, document.title, document.byline, f"{document.reading_minutes} min"]
    lines = [safe(" ".join(fact.split())) for fact in facts if fact]
    bullets = [f"• {safe(highlight.text)}" for highlight in summary.highlights]
    return "\n\n".join([*lines, *bullets]) + "\n"
