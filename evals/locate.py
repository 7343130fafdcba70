"""Where labelled sentences stand in a document: from words to sentence numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summariser.schema import Document

_SPACE = re.compile(r"[\s\u00a0\u2060\u200b]+")


class Locator:
    """Finds quoted stretches in one document, white space apart.

    A labeller's sentence and the package's need not have the same ends: a stretch belongs to every sentence with
    which it shares at least half of the shorter of both.
    """

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def _squashed(self) -> tuple[str, list[int]]:
        """The text with runs of white space as one space, and the offset in the document of each character."""
        pieces: list[str] = []
        offsets: list[int] = []
        at = 0
        text = self._document.text
        for gap in _SPACE.finditer(text):
            pieces.append(text[at : gap.start()] + " ")
            offsets.extend(range(at, gap.start() + 1))
            at = gap.end()
        pieces.append(text[at:])
        offsets.extend(range(at, len(text) + 1))
        return "".join(pieces), offsets

    def span(self, words: str) -> tuple[int, int] | None:
        """Start and end of the first place where these words stand in the document's text, or None."""
        wanted = _SPACE.sub(" ", words).strip()
        text, offsets = self._squashed
        at = text.find(wanted) if wanted else -1
        return None if at < 0 else (offsets[at], offsets[at + len(wanted) - 1] + 1)

    def sentences(self, stretches: Iterable[str]) -> frozenset[int]:
        """The numbers of the sentences in which the stretches stand; words that are nowhere add none."""
        found: set[int] = set()
        for words in stretches:
            where = self.span(words)
            if where is not None:
                found |= self._overlapping(*where)
        return frozenset(found)

    def _overlapping(self, start: int, end: int) -> set[int]:
        numbers = set()
        for sentence in self._document.sentences:
            shared = min(end, sentence.end) - max(start, sentence.start)
            if shared > 0 and 2 * shared >= min(end - start, sentence.end - sentence.start):
                numbers.add(sentence.number)
        return numbers
