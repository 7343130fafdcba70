"""Cut a long document where its structure allows, with sentence numbers that stay global."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summariser.schema import Document, Sentence

ONE_CALL = 36_000
"""Characters that still go out in one request (about 9,000 tokens of English)."""

CHUNK = 40_000
"""Characters of one part of a longer document: the fixed part of a request stays under an eighth of it."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """The sentence numbers of one part and its place among the parts (from 1)."""

    sentences: tuple[int, ...]
    part: int = 1
    parts: int = 1


def chunks(document: Document, one_call: int = ONE_CALL, size: int = CHUNK) -> tuple[Chunk, ...]:
    """The document in parts of about `size` characters, or whole where it has at most `one_call`."""
    sentences = document.sentences
    total = sum(len(sentence.text) for sentence in sentences)
    if total <= one_call:
        return (Chunk(tuple(sentence.number for sentence in sentences)),)
    return _numbered(_pack(document, sentences, -(-total // size)))


def halves(document: Document, chunk: Chunk) -> tuple[Chunk, ...]:
    """A part in two, for a server that cannot read it whole; one sentence alone stays as it is."""
    if len(chunk.sentences) < 2:
        return (chunk,)
    sentences = [sentence for number in chunk.sentences if (sentence := document.sentence(number))]
    return _numbered(_pack(document, sentences, 2))


def _pack(document: Document, sentences: Sequence[Sentence], count: int) -> list[list[int]]:
    """`count` groups (fewer where sentences are few) of about one size, each broken at a good seam near its end."""
    heads = {section.first_sentence: section.level for section in document.sections}
    groups: list[list[int]] = [[]]
    left = sum(len(sentence.text) for sentence in sentences)
    held = 0
    previous: Sentence | None = None
    for sentence in sentences:
        # What is left is shared out anew after every cut, so that early cuts leave no crumb at the end.
        target = left / (count - len(groups) + 1)
        if previous and len(groups) < count and held >= target * _readiness(previous, sentence, heads):
            groups.append([])
            left -= held
            held = 0
        groups[-1].append(sentence.number)
        held += len(sentence.text)
        previous = sentence
    return groups


def _readiness(before: Sentence, after: Sentence, heads: dict[int, int]) -> float:
    """How full a part must be before it may end here: a heading is a good seam, mid-paragraph a bad one."""
    if after.number in heads:
        return 0.75 if heads[after.number] <= 2 else 0.8
    return 0.9 if before.paragraph != after.paragraph else 1.0


def _numbered(groups: list[list[int]]) -> tuple[Chunk, ...]:
    return tuple(Chunk(tuple(group), part, len(groups)) for part, group in enumerate(groups, start=1))
