"""The last steps: highlights in number and form, and a word for the reader on whatever is not as asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from summariser.merge import redundant
from summariser.plan.asking import Wish
from summariser.plan.checking import Checker, misshapen
from summariser.plan.salvage import fails
from summariser.schema import (
    Actor,
    Attempt,
    Claim,
    Highlight,
    KeyPoint,
    Milestone,
    Note,
    Rejected,
    Usage,
)

REDUNDANT = 75
"""Similarity from which two highlights say the same to a reader."""

KEY_POINTS = 8


@dataclass
class Sorted:
    """Claims by kind while they are being settled."""

    highlights: list[Highlight] = field(default_factory=list)
    key_points: list[KeyPoint] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    def add(self, claim: Claim | None, rejected: Sequence[Rejected]) -> None:
        self.rejected += rejected
        match claim:
            case Highlight():
                self.highlights.append(claim)
            case KeyPoint():
                self.key_points.append(claim)
            case Actor():
                self.actors.append(claim)
            case Milestone():
                self.milestones.append(claim)


@dataclass(frozen=True)
class Outline:
    """A summary but for its provenance, which only the driver knows."""

    highlights: tuple[Highlight, ...]
    key_points: tuple[KeyPoint, ...]
    actors: tuple[Actor, ...]
    milestones: tuple[Milestone, ...]
    rejected: tuple[Rejected, ...]
    notes: tuple[Note, ...]
    usage: Usage


def compose_by_rule(points: Sequence[KeyPoint]) -> list[KeyPoint]:
    """Key points spread evenly over the document, where nobody else can choose."""
    step = max(1.0, len(points) / KEY_POINTS)
    return [points[int(i * step)] for i in range(min(KEY_POINTS, len(points)))]


def finish(
    settled: Sorted, checker: Checker, wish: Wish, attempts: tuple[Attempt, ...], estimated: bool, notes: list[Note]
) -> Outline:
    """The outline of the summary, with the highlights filled up from verified key points."""
    highlights, said = _fill(settled, checker, wish)
    return Outline(
        highlights=tuple(highlights),
        key_points=tuple(settled.key_points),
        actors=tuple(settled.actors),
        milestones=tuple(settled.milestones),
        rejected=tuple(settled.rejected),
        notes=(*notes, *said),
        usage=Usage(attempts=attempts, estimated=estimated),
    )


def _fill(settled: Sorted, checker: Checker, wish: Wish) -> tuple[list[Highlight], list[Note]]:
    """As many highlights as were asked for, and notes on those that are not the completer's own or are missing."""
    chosen: list[Highlight] = []
    for highlight in settled.highlights:
        if len(chosen) < wish.highlights and not redundant(highlight.text, (h.text for h in chosen), REDUNDANT):
            chosen.append(highlight)
    own = len(chosen)
    for point in settled.key_points:
        if len(chosen) < wish.highlights and _fits(point, chosen, wish.language or checker.document.language):
            chosen.append(Highlight(text=point.text, evidence=point.evidence, verdict=point.verdict))
    notes = []
    if len(chosen) > own:
        message = f"{len(chosen) - own} of {len(chosen)} highlights are verified key points in place of missing ones"
        notes.append(Note(code="highlights_replaced", message=message))
    if len(chosen) < wish.highlights:
        message = f"{len(chosen)} highlights instead of {wish.highlights}: no more statements fit and are supported"
        notes.append(Note(code="fewer_highlights", message=message))
    return chosen, notes


def _fits(point: KeyPoint, chosen: list[Highlight], language: str | None) -> bool:
    """Whether a key point can stand as a highlight: its form, its verdict, and nothing said twice."""
    # A speaker's view without the speaker would become the article's own statement.
    if fails(point) or point.speaker or misshapen(point.text, language):
        return False
    return not redundant(point.text, (highlight.text for highlight in chosen), REDUNDANT)
