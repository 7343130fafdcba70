"""What the checks of the source gate look at, and what they give back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from summariser.documents.normalise import plain
from summariser.schema import Document

Found = Iterator[tuple[str, tuple[int, ...]]]
"""(code, sentence numbers) for each thing that is wrong."""


class Subject:
    """A document under examination, and what more than one check asks of it."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def plain(self) -> list[str]:
        """The readable form of each sentence."""
        return [plain(sentence.text) for sentence in self.document.sentences]

    @cached_property
    def words(self) -> list[int]:
        """The words of each sentence, by white space."""
        return [len(sentence.text.split()) for sentence in self.document.sentences]
