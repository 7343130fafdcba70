"""A document as the rest of the package sees it: its text, its sentences with exact offsets, and its facts."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from summariser.schema.base import Frozen
from summariser.schema.dates import PartialDate

FurnitureKind = Literal[
    "title",
    "byline",
    "category",
    "dateline",
    "reading_time",
    "publisher_highlight",
    "caption",
    "heading",
    "link",
    "share",
    "contact",
    "cookie",
    "menu",
    "page_number",
    "running_head",
    "other",
]


class Span(Frozen):
    """A sentence as evidence: `document.text[start:end] == quote`, offsets in Unicode code points."""

    sentence: int
    start: int
    end: int
    quote: str


class Sentence(Frozen):
    """One sentence: `document.text[start:end] == text`; `number` counts from 1 through the whole document."""

    number: int
    start: int
    end: int
    paragraph: int = 0
    """Counts from 0 through the whole document."""
    page: int | None = None
    """The page of a paged source (PDF), from 1."""
    text: str = Field(default="", exclude=True)


class Section(Frozen):
    """A heading and the number of the first sentence under it; `level` 1 is the highest."""

    title: str
    level: int
    first_sentence: int


class Furniture(Frozen):
    """A stretch of the text that is no sentence of the article: `kind` says what it is."""

    kind: FurnitureKind
    start: int
    end: int


class Note(Frozen):
    """Something that the reader of a result should know: `code` is stable, `message` is one line in English."""

    code: str
    message: str
    sentences: tuple[int, ...] = ()


class Document(Frozen):
    """One article or policy document, read once.

    `text` is what the user gave, decoded (for HTML, PDF and the like: what was extracted); every offset in the
    package points into it, in Unicode code points. Facts that the source does not give are None, never guessed.
    """

    text: str
    sentences: tuple[Sentence, ...] = ()
    sections: tuple[Section, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    title: str | None = None
    byline: str | None = None
    category: str | None = None
    published: PartialDate | None = None
    """The publication date: from the source's metadata or the caller, else the dateline (`published_basis`)."""
    published_basis: Literal["given", "metadata", "dateline", "none"] = "none"
    language: str | None = None
    """ISO 639-1 code of the text, or None where it could not be told."""
    url: str | None = None
    """Canonical address, where the source gives one."""
    name: str | None = None
    """What to call the source in messages: a file's name without its folders, or a host name."""
    stated_minutes: int | None = None
    """Reading time in minutes as the page states it."""
    publisher_highlights: tuple[str, ...] = ()
    """The publisher's own bullets above the article; never part of what is summarised."""
    notes: tuple[Note, ...] = ()
    """What the reader noticed: gate warnings, a guessed encoding, dropped control characters."""

    @model_validator(mode="after")
    def _spans_are_exact(self) -> Self:
        size = len(self.text)
        filled: list[Sentence] = []
        for sentence in self.sentences:
            if not 0 <= sentence.start < sentence.end <= size:
                raise ValueError(f"sentence {sentence.number} lies outside the text")
            words = self.text[sentence.start : sentence.end]
            filled.append(sentence if sentence.text == words else sentence.model_copy(update={"text": words}))
        object.__setattr__(self, "sentences", tuple(filled))
        return self

    @property
    def words(self) -> int:
        """Words in the article's sentences, furniture left out (white-space separated)."""
        return sum(len(sentence.text.split()) for sentence in self.sentences)

    @property
    def reading_minutes(self) -> int:
        """As the page states it, else `words` at 238 words a minute (Brysbaert 2019), rounded up, at least 1."""
        return self.stated_minutes or max(1, -(-self.words // 238))

    @cached_property
    def planted(self) -> frozenset[int]:
        """Numbers of sentences that are addressed to a language model: read, sent as data, and nobody's evidence."""
        return frozenset(n for note in self.notes if note.code == "instructions" for n in note.sentences)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the text, hexadecimal: two sources with the same text are the same document."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _by_number(self) -> dict[int, Sentence]:
        return {sentence.number: sentence for sentence in self.sentences}

    def sentence(self, number: int) -> Sentence | None:
        """The sentence with this number, or None."""
        return self._by_number.get(number)

    def spans(self, numbers: tuple[int, ...] | list[int]) -> tuple[Span, ...]:
        """Sentence numbers as exact spans, in the order of the text; unknown numbers are left out."""
        known = (self._by_number.get(number) for number in sorted(set(numbers)))
        return tuple(Span(sentence=s.number, start=s.start, end=s.end, quote=s.text) for s in known if s)
