"""The words that matter: where, in a sentence or in a claim, the words stand that a verdict is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from summariser.render.text import one_line

if TYPE_CHECKING:
    from summariser.schema import Reason, Verdict

LAST_LATIN = "\u024f"

CONFLICT = "conflict"
"""The kind of a mark on words that say otherwise; the other kinds are those of `Match`."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text (`start` to `end`, in code points) that matter for the claim with this id."""

    start: int
    end: int
    kind: str
    claim: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and what it matters for, as class names and claim ids separated by spaces, or empty.

    `claims` are borne out by these words, `against` is what they contradict.
    """

    text: str
    kinds: str = ""
    claims: str = ""
    against: str = ""


def find(words: str, text: str) -> tuple[int, int] | None:
    """Where the words stand in the text: as whole words, or inside others in scripts that write so ("وفرنسا")."""
    if not words.strip():
        return None
    first: tuple[int, int] | None = None
    for haystack, needle in ((text, words), (text.lower(), words.lower())):
        if len(haystack) != len(text):  # a few capitals change length in lower case: offsets would shift
            continue
        start = haystack.find(needle)
        while start >= 0:
            end = start + len(needle)
            if _whole(text, start, end):
                return start, end
            first = first or (start, end)
            start = haystack.find(needle, end)
    # In Latin letters "US" inside "sustainable" is another word.
    return first if any(mark > LAST_LATIN for mark in words) else None


def source_marks(claim: str, verdict: Verdict, text: str) -> Iterator[Mark]:
    """The words of a sentence that bear a claim out, and those that say otherwise."""
    yield from _marks(claim, text, ((match.source, match.kind) for match in verdict.matches))
    yield from conflict_marks(claim, verdict.reasons, text)


def conflict_marks(claim: str, reasons: Iterable[Reason], text: str) -> Iterator[Mark]:
    """The words of a sentence that say otherwise than a claim."""
    yield from _marks(claim, text, ((reason.source, CONFLICT) for reason in reasons if reason.source))


def claim_marks(claim: str, verdict: Verdict, text: str) -> Iterator[Mark]:
    """The words of a claim, as `one_line` shows it, that were held against the source."""
    yield from _marks(claim, text, ((one_line(match.claim), match.kind) for match in verdict.matches))
    yield from _marks(claim, text, ((one_line(reason.claim), CONFLICT) for reason in verdict.reasons))


def pieces(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """The text cut at every edge of a mark, so that marks which overlap need no nesting."""
    edges = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    found = []
    for start, end in pairwise(edges):
        here = [mark for mark in marks if mark.start <= start and end <= mark.end]
        found.append(
            Piece(
                text[start:end],
                kinds=_joined(mark.kind for mark in here),
                claims=_joined(mark.claim for mark in here if mark.kind != CONFLICT),
                against=_joined(mark.claim for mark in here if mark.kind == CONFLICT),
            )
        )
    return found


def _joined(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(words))


def _marks(claim: str, text: str, wanted: Iterable[tuple[str, str]]) -> Iterator[Mark]:
    for words, kind in wanted:
        place = find(words, text)
        if place:
            yield Mark(*place, kind, claim)


def _whole(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not before and not after
