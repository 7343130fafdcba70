"""The source text as a page shows it: paragraphs of sentences, headings, and what is no part of the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from summariser.render.marks import Mark, Piece, pieces
from summariser.render.text import safe
from summariser.schema import Document, Furniture, Sentence


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: its pieces, the ids of the claims that rest on it, and whether a space follows."""

    number: int
    pieces: list[Piece]
    claims: tuple[str, ...]
    space: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the source: a paragraph has `lines`, a heading one text, a fold the texts of furniture."""

    kind: Literal["paragraph", "heading", "fold", "page"]
    lines: list[Line] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    level: int = 3
    """Of a heading: 3 for the highest, since the page's own headings come above; never a level skipped."""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A cited sentence on the coverage strip: place and width in thousandths of the article, and how many claims."""

    number: int
    start: float
    width: float
    claims: int


def blocks(
    document: Document, resting: Mapping[int, Sequence[str]], marks: Mapping[int, Sequence[Mark]]
) -> Iterator[Block]:
    """The document in its order; `resting` and `marks` are by sentence number."""
    levels = {section.first_sentence: section.level for section in document.sections}
    starts = [sentence.start for sentence in document.sentences]
    depth, page = 2, None
    for key, run in groupby(_parts(document), key=_group):
        parts = list(run)
        if isinstance(parts[0], Sentence):
            sentences = [part for part in parts if isinstance(part, Sentence)]
            if sentences[0].page != page:
                page = sentences[0].page
                yield Block("page", page=page)
            yield Block("paragraph", lines=list(_lines(sentences, resting, marks)))
            continue
        texts = [" ".join(safe(document.text[part.start : part.end]).split()) for part in parts]
        if key == ("heading",):
            for part, text in zip(parts, texts, strict=True):
                following = bisect_left(starts, part.end)
                level = levels.get(document.sentences[following].number, 1) if following < len(starts) else 1
                depth = min(depth + 1, level + 2, 6)
                yield Block("heading", texts=[text], level=max(depth, 3))
        elif any(texts):
            yield Block("fold", texts=[text for text in texts if text])


def strip(document: Document, resting: Mapping[int, Sequence[str]]) -> list[Bar]:
    """Where in the article the cited sentences stand, by their characters."""
    total = sum(sentence.end - sentence.start for sentence in document.sentences)
    bars, done = [], 0
    for sentence in document.sentences:
        size = sentence.end - sentence.start
        claims = len(resting.get(sentence.number, ()))
        if claims:
            bars.append(Bar(sentence.number, round(1000 * done / total, 1), round(1000 * size / total, 1), claims))
        done += size
    return bars


def _parts(document: Document) -> Iterator[Sentence | Furniture]:
    """Sentences and furniture in order; what overlaps something earlier is left out."""
    reached = 0
    everything: list[Sentence | Furniture] = [*document.sentences, *document.furniture]
    for part in sorted(everything, key=lambda part: (part.start, part.end)):
        if part.start >= reached:
            reached = part.end
            yield part


def _group(part: Sentence | Furniture) -> tuple[object, ...]:
    if isinstance(part, Sentence):
        return ("paragraph", part.paragraph, part.page)
    return ("heading",) if part.kind == "heading" else ("fold",)


def _lines(
    sentences: Sequence[Sentence], resting: Mapping[int, Sequence[str]], marks: Mapping[int, Sequence[Mark]]
) -> Iterator[Line]:
    for sentence, following in zip(sentences, [*sentences[1:], None], strict=True):
        cut = [replace(piece, text=safe(piece.text)) for piece in pieces(sentence.text, marks.get(sentence.number, ()))]
        space = following is not None and following.start > sentence.end
        yield Line(sentence.number, cut, tuple(resting.get(sentence.number, ())), space)
