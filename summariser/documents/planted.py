"""Passages that are addressed to a language model instead of the reader.

They stay in the text, are sent as the data that they are, and are nobody's evidence: a statement that only a planted
passage bears out is not supported by the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from summariser.schema import Document, Sentence

_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"|‘[^’]{12,}’")
_LEFT = 4
"""Words around a quotation from which on a sentence speaks *about* the quoted order."""

_FENCE = re.compile(
    r"^[^\w\n]{0,12}(?P<which>end|begin|start)\b(?: of)?(?: the)?(?: original)? (?:document|article|text|source)\b",
    re.IGNORECASE | re.MULTILINE,
)
_FORGED = re.compile(r"\s*\[\d{1,5}\]\s")


def passages(document: Document, given: Sequence[Sentence]) -> tuple[int, ...]:
    """Numbers of all sentences of planted passages; empty where no sentence (`given`) gives a model an order.

    A passage is an order and what follows it in its paragraph, what stands between a forged end of the document and
    its forged new beginning, and sentences that carry forged numbers.
    """
    if not given:
        return ()
    found = {s.number for s in given}
    first: dict[int, int] = {}
    for order in given:
        first.setdefault(order.paragraph, order.number)
    gaps = _gaps(document.text)
    for sentence in document.sentences:
        follows = sentence.paragraph in first and sentence.number > first[sentence.paragraph]
        if follows or _FORGED.match(sentence.text) or _within(sentence.start, gaps):
            found.add(sentence.number)
    return tuple(sorted(found))


def unquoted(readable: str) -> str:
    """A sentence (its readable form) without what it quotes, where enough is left to be speaking about it."""
    rest, quotations = _QUOTED.subn(" ", readable)
    return rest if quotations and len(rest.split()) >= _LEFT else readable


def _gaps(text: str) -> list[tuple[int, int]]:
    """Stretches from a line that ends the document to the next that begins it."""
    gaps: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in _FENCE.finditer(text):
        ends = mark["which"].lower() == "end"
        if ends and opened is None:
            opened = mark.start()
        elif not ends and opened is not None:
            gaps.append((opened, mark.start()))
            opened = None
    return gaps


def _within(place: int, gaps: list[tuple[int, int]]) -> bool:
    before = bisect_left(gaps, (place, place)) - 1
    return before >= 0 and gaps[before][0] <= place < gaps[before][1]
