"""From text to `Document`: plain text, Markdown, pages as people paste them, and what other readers extracted."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summariser.documents import body, dates, head, language
from summariser.documents.blocks import Block, blocks
from summariser.documents.furniture import kind
from summariser.documents.gating import GateMode, checked
from summariser.documents.normalise import Normal, normalise
from summariser.documents.sentences import split
from summariser.errors import SourceError
from summariser.schema import Document, Furniture, FurnitureKind, Note, PartialDate, Section, Sentence

MAX_CHARACTERS = 5_000_000
"""A longer text (some 800,000 words, five thick books) is no one document: refused before anything is done with it."""

_Basis = Literal["given", "metadata", "dateline", "none"]
_BAD = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a source's own metadata says (HTML meta tags, PDF info, a record); goes before what the page's text says."""

    title: str | None = None
    byline: str | None = None
    category: str | None = None
    published: PartialDate | None = None
    language: str | None = None
    url: str | None = None
    stated_minutes: int | None = None
    publisher_highlights: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


def read_text(
    text: str,
    *,
    published: str | PartialDate | dt.date | None = None,
    language: str | None = None,
    name: str | None = None,
    url: str | None = None,
    facts: Facts | None = None,
    pages: Sequence[int] = (),
    gate: GateMode = "default",
) -> Document:
    """A `Document` from text: plain, Markdown, or a page as pasted, with its furniture told from its sentences.

    `published` and `language` (ISO 639-1) go before what the text says; `facts` are those of a source's metadata;
    `pages` are the offsets in `text` at which the pages of a paged source begin. Raises `RefusedSourceError` where the
    gate refuses the text (`gate="off"` never does), `SourceError` for more than `MAX_CHARACTERS`.
    """
    if len(text) > MAX_CHARACTERS:
        size = f"{len(text):,} characters, at most {MAX_CHARACTERS:,}"
        raise SourceError(f"{name or 'the text'} is too long: {size}; split it")
    stated = dates.given(published)
    facts = facts or Facts()
    text, notes = _clean(text)
    normal = normalise(text)
    parts = blocks(normal.text)
    kinds = [kind(block) for block in parts]
    found = head.read(parts, kinds, facts.title)
    levels = body.read(parts, kinds, found.end)
    told = language or facts.language or found.language
    tongue = _code(told) or _detect(parts, kinds)
    laid = _lay(normal, parts, kinds, levels, tongue, pages)
    when, basis = _dated(stated, facts.published or found.published, laid.dateline)
    document = Document(
        text=text,
        sentences=tuple(laid.sentences),
        sections=tuple(laid.sections),
        furniture=tuple(laid.furniture),
        title=_line(facts.title or found.title),
        byline=_line(facts.byline or found.byline),
        category=_line(facts.category or found.category),
        published=when,
        published_basis=basis,
        language=tongue,
        url=url or facts.url or found.url,
        name=name,
        stated_minutes=facts.stated_minutes or found.minutes,
        publisher_highlights=facts.publisher_highlights or tuple(_line(parts[i].text) or "" for i in found.highlights),
        notes=(*facts.notes, *notes),
    )
    return checked(document, gate)


def _dated(
    stated: PartialDate | None, metadata: PartialDate | None, line: PartialDate | None
) -> tuple[PartialDate | None, _Basis]:
    """The publication date and where it is from: the caller, the page's facts, the dateline."""
    if stated is not None:
        return stated, "given"
    if metadata is not None:
        return metadata, "metadata"
    return line, "dateline" if line is not None else "none"


def _clean(text: str) -> tuple[str, list[Note]]:
    """The text without characters that cannot be stored, one for one, so that offsets stay those of the source."""
    notes = []
    if zeros := text.count("\0"):
        text = text.replace("\0", "\u200b")
        notes.append(Note(code="nul_characters", message=f"{zeros} NUL characters were replaced by invisible spaces"))
    text, surrogates = _BAD.subn("\ufffd", text) if not text.isascii() else (text, 0)
    if surrogates:
        notes.append(Note(code="lone_surrogates", message=f"{surrogates} lone surrogates were replaced by U+FFFD"))
    return text, notes


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _code(tag: str | None) -> str | None:
    """The ISO 639-1 code of a language tag ("en-GB" gives "en")."""
    code = re.split(r"[-_]", tag.strip().lower())[0] if tag else ""
    return code if re.fullmatch(r"[a-z]{2,3}", code) else None


def _detect(parts: list[Block], kinds: list[FurnitureKind | None]) -> str | None:
    sample: list[str] = []
    size = 0
    free = [block.text for block, found in zip(parts, kinds, strict=True) if found is None]
    for text in free[:: max(1, len(free) // 200)]:
        sample.append(text[:4000])
        size += len(sample[-1])
        if size > 20_000:
            break
    return language.detect("\n".join(sample))


@dataclass(slots=True)
class _Laid:
    sentences: list[Sentence]
    sections: list[Section]
    furniture: list[Furniture]
    dateline: PartialDate | None = None


def _lay(
    normal: Normal,
    parts: list[Block],
    kinds: list[FurnitureKind | None],
    levels: dict[int, int],
    tongue: str | None,
    pages: Sequence[int],
) -> _Laid:
    """Sentences, sections and furniture with offsets into the given text."""
    laid = _Laid([], [], [])
    waiting: list[tuple[str, int]] = []
    paragraph = 0
    for index, block in enumerate(parts):
        found = kinds[index]
        if found is not None:
            laid.furniture.append(_piece(normal, found, block.start, block.end))
            if index in levels:
                waiting.append((_line(block.text) or "", levels[index]))
            if found == "dateline" and laid.dateline is None:
                laid.dateline = dates.place_and_date(block.text)
            continue
        skipped, when = dates.dateline(block.text) if not laid.sentences and block.shape == "text" else (0, None)
        if skipped:
            laid.dateline = laid.dateline or when
            laid.furniture.append(_piece(normal, "dateline", block.start, block.start + skipped))
        before = len(laid.sentences)
        for start, end in split(block.text[skipped:], tongue):
            begin, stop = block.start + skipped + start, block.start + skipped + end
            if not any(map(str.isalnum, normal.text[begin:stop])):
                laid.furniture.append(_piece(normal, "other", begin, stop))
                continue
            first, last = normal.original(begin), normal.original_end(stop)
            page = bisect_right(pages, first) if pages else None
            number, words = len(laid.sentences) + 1, normal.given[first:last]
            laid.sentences.append(
                Sentence(number=number, start=first, end=last, paragraph=paragraph, page=page, text=words)
            )
        if len(laid.sentences) > before:
            paragraph += 1
            laid.sections.extend(Section(title=t, level=n, first_sentence=before + 1) for t, n in waiting if t)
            waiting = []
    return laid


def _piece(normal: Normal, found: FurnitureKind, start: int, end: int) -> Furniture:
    return Furniture(
        kind=found, start=normal.original(start), end=max(normal.original_end(end), normal.original(start))
    )
