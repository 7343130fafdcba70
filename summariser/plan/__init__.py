"""What to ask next, and what to make of the answers: a generator that does no I/O.

A document's way: chunk → extract → merge → verify → repair (at most once) → compose (long documents) → finish.
`plan` yields batches of calls and is sent their outcomes in the same order; the drivers in `summariser.api` do the
asking, one after another or side by side.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from summariser.calls import Call, Reply
from summariser.errors import BudgetError, CompletionError, ContextLimitError
from summariser.merge import merge
from summariser.plan.asking import Failed, Wish, compose_call, extract_call, repair_call
from summariser.plan.checking import Checker
from summariser.plan.chunks import CHUNK, ONE_CALL, Chunk, chunks, halves
from summariser.plan.finishing import Outline, Sorted, compose_by_rule, finish
from summariser.plan.salvage import fails, kind_of, rejection, salvage
from summariser.schema import (
    Attempt,
    Claim,
    Document,
    DraftComposition,
    DraftHighlight,
    DraftItem,
    DraftRepair,
    DraftSummary,
    KeyPoint,
    Note,
    Rejected,
    RepairedActor,
    RepairedHighlight,
    RepairedKeyPoint,
    RepairedMilestone,
)

__all__ = ["AnyCall", "Checker", "Outcome", "Outline", "Plan", "Wish", "plan"]

AnyCall = Call[DraftSummary | DraftRepair | DraftComposition]
AnyReply = Reply[DraftSummary | DraftRepair | DraftComposition]
Outcome = AnyReply | CompletionError
Plan = Generator[tuple[AnyCall, ...], Sequence[Outcome], Outline]
OnUnsupported = Literal["reject", "keep", "raise"]

SPLITS = 4
"""How often a part that is too long for the server is halved: 40,000 characters down to about 2,500."""


@dataclass
class Ledger:
    """What a run spends and notices, whatever becomes of it."""

    attempts: list[Attempt] = field(default_factory=list)
    estimated: bool = False
    notes: list[Note] = field(default_factory=list)

    def take(self, outcome: Outcome) -> None:
        self.attempts += outcome.attempts
        if isinstance(outcome, Reply):
            self.estimated = self.estimated or outcome.estimated


def plan(document: Document, wish: Wish, *, keep: bool = False, one_call: int = ONE_CALL, chunk: int = CHUNK) -> Plan:
    """Summarise one document: yields calls, is sent outcomes, returns the outline of the summary.

    `keep` leaves unsupported items in their places, marked by their verdict. Raises the `CompletionError` of the first
    part where no part could be read; what a failed part held is named in the notes otherwise.
    """
    ledger = Ledger()
    parts = chunks(document, one_call, chunk)
    read = yield from _extract(document, parts, wish, ledger)
    checker = Checker(document, wish.language)
    items = merge([draft for _, draft in read])
    results = _check(checker, items)
    if wish.prompts is not None:
        results = yield from _repair(checker, results, wish, ledger)
    sorted_out = _settle(checker, results, keep)
    if len(read) > 1:
        yield from _compose(checker, sorted_out, wish, ledger)
    return finish(sorted_out, checker, wish, tuple(ledger.attempts), ledger.estimated, ledger.notes)


def _extract(
    document: Document, parts: Sequence[Chunk], wish: Wish, ledger: Ledger
) -> Generator[tuple[AnyCall, ...], Sequence[Outcome], list[tuple[Chunk, DraftSummary]]]:
    """Every part read; one that is too long is halved, one that failed is tried once more alone."""
    read: list[tuple[Chunk, DraftSummary]] = []
    unread: list[tuple[Chunk, CompletionError]] = []
    waiting = [(part, 0) for part in parts]
    tried: set[tuple[int, ...]] = set()
    while waiting:
        outcomes = yield tuple(extract_call(document, part, wish) for part, _ in waiting)
        again: list[tuple[Chunk, int]] = []
        for (part, splits), outcome in zip(waiting, outcomes, strict=True):
            ledger.take(outcome)
            if isinstance(outcome, Reply):
                assert isinstance(outcome.draft, DraftSummary)
                read.append((part, outcome.draft))
            elif isinstance(outcome, BudgetError):
                raise _with_attempts(outcome, ledger.attempts)  # half a document is not what was paid for
            elif isinstance(outcome, ContextLimitError) and splits < SPLITS and len(part.sentences) > 1:
                again += [(half, splits + 1) for half in halves(document, part)]
            elif len(parts) > 1 and part.sentences not in tried:
                tried.add(part.sentences)
                again.append((part, splits))
            else:
                unread.append((part, outcome))
        waiting = again
    if not read:
        raise _with_attempts(unread[0][1], ledger.attempts)
    for part, error in unread:
        ledger.notes.append(
            Note(
                code="unread",
                message=f"sentences {part.sentences[0]} to {part.sentences[-1]} were not read: {error}",
                sentences=part.sentences,
            )
        )
    return sorted(read, key=lambda pair: pair[0].sentences[0])


def _with_attempts(error: CompletionError, attempts: list[Attempt]) -> CompletionError:
    error.attempts = tuple(attempts)
    return error


@dataclass(frozen=True, slots=True)
class Result:
    """An item and the claim that it became."""

    item: DraftItem
    claim: Claim


def _check(checker: Checker, draft: DraftSummary) -> list[Result]:
    items: list[DraftItem] = [*draft.highlights, *draft.key_points, *draft.actors, *draft.milestones]
    return [Result(item, checker.check(item)) for item in items]


def _repair(
    checker: Checker, results: list[Result], wish: Wish, ledger: Ledger
) -> Generator[tuple[AnyCall, ...], Sequence[Outcome], list[Result]]:
    """One call for all that failed; what comes back is verified again, what does not stays failed."""
    places = [place for place, result in enumerate(results) if fails(result.claim)]
    failed = [
        Failed(number, kind_of(results[place].item), results[place].item, results[place].claim.verdict)
        for number, place in enumerate(places, start=1)
    ]
    if not failed:
        return results
    (outcome,) = yield (repair_call(checker.document, failed, wish),)
    ledger.take(outcome)
    if isinstance(outcome, CompletionError):
        ledger.notes.append(Note(code="repair_failed", message=f"failed items could not be repaired: {outcome}"))
        return results
    assert isinstance(outcome.draft, DraftRepair)
    mended = list(results)
    draft = outcome.draft
    repairs: list[RepairedHighlight | RepairedKeyPoint | RepairedActor | RepairedMilestone]
    repairs = [*draft.highlights, *draft.key_points, *draft.actors, *draft.milestones]
    for repaired in repairs:
        place = places[repaired.id - 1] if 0 < repaired.id <= len(places) else None
        if place is None or kind_of(results[place].item) != kind_of(repaired):
            continue
        claim = checker.check(repaired)
        if not fails(claim):
            mended[place] = Result(repaired, claim)
    return mended


def _settle(checker: Checker, results: list[Result], keep: bool) -> Sorted:
    """Claims by kind, what failed for good among the rejected."""
    settled = Sorted()
    for result in results:
        claim: Claim | None = result.claim
        rejected: list[Rejected] = []
        if fails(result.claim) and not keep:  # kept items stay in their places, marked by their verdict
            claim, rejected = salvage(result.item, result.claim, checker)
        settled.add(claim, rejected)
    return settled


def _compose(
    checker: Checker, settled: Sorted, wish: Wish, ledger: Ledger
) -> Generator[tuple[AnyCall, ...], Sequence[Outcome], None]:
    """One small call that chooses the key points and words the highlights of a document read in parts."""
    points = [point for point in settled.key_points if not fails(point)]
    if not points:
        return
    (outcome,) = yield (compose_call(checker.document, points, wish),)
    ledger.take(outcome)
    if isinstance(outcome, CompletionError):
        ledger.notes.append(
            Note(code="compose_failed", message=f"highlights were chosen by rule, not by the model: {outcome}")
        )
        chosen = compose_by_rule(points)
        highlights: list[DraftHighlight] = []
    else:
        assert isinstance(outcome.draft, DraftComposition)
        chosen, highlights = _composed(outcome.draft, points)
    settled.key_points = chosen
    for item in highlights:
        claim = checker.check(item)
        settled.add(None if fails(claim) else claim, [rejection(item, claim)] if fails(claim) else [])


def _composed(draft: DraftComposition, points: list[KeyPoint]) -> tuple[list[KeyPoint], list[DraftHighlight]]:
    known = dict(enumerate(points, start=1))
    chosen = [known[number] for number in dict.fromkeys(draft.key_points) if number in known]
    highlights = [
        DraftHighlight(
            text=item.text,
            ev=sorted({s.sentence for number in item.points if number in known for s in known[number].evidence}),
        )
        for item in draft.highlights
    ]
    return chosen or compose_by_rule(points), highlights
