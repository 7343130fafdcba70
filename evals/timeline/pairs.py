"""Pairwise scores: which mentions belong together, in entries, in actors and in threads. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from evals.metrics.score import Score, f1, share
from evals.timeline.matching import Place, Sight
from summariser.timeline import Entry

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Counts of pairs: `right` together in both, `said` together in the ledger, `wanted` together in the labels."""

    right: int = 0
    said: int = 0
    wanted: int = 0


def count(places: Iterable[T], said: Callable[[T, T], bool], wanted: Callable[[T, T], bool | None]) -> Pairs:
    """Count over all pairs of mentions; pairs of which the labels say neither (None) are left out."""
    right = together = should = 0
    for one, other in combinations(sorted(places), 2):  # type: ignore[type-var]
        truth = wanted(one, other)
        if truth is None:
            continue
        claim = said(one, other)
        right += truth and claim
        together += claim
        should += truth
    return Pairs(right, together, should)


def milestone_scores(sight: Sight) -> list[Score]:
    """Mentions of events in one entry; which of them the summaries have at all is a score of its own."""
    either = [frozenset(names) for names in sight.one.labels.either]

    def wanted(one: Place, other: Place) -> bool | None:
        if one[0] != other[0] and any({one[0], other[0]} <= names for names in either):
            return None
        return one[0] == other[0]

    def said(one: Place, other: Place) -> bool:
        return sight.milestones[one].entry == sight.milestones[other].entry

    return _scores("milestones", sight, sight.milestones, said, wanted, sight.labelled_milestones)


def actor_scores(sight: Sight) -> list[Score]:
    """Mentions of actors of two articles under one actor."""

    def wanted(one: Place, other: Place) -> bool:
        return one[0] == other[0]

    def said(one: Place, other: Place) -> bool:
        return sight.actors[one] == sight.actors[other]

    return _scores("actors", sight, sight.actors, said, wanted, sight.labelled_actors)


def _scores(
    what: str,
    sight: Sight,
    places: Iterable[Place],
    said: Callable[[Place, Place], bool],
    wanted: Callable[[Place, Place], bool | None],
    labelled: int,
) -> list[Score]:
    found = list(places)
    pairs = count(found, said, wanted)

    def across(one: Place, other: Place) -> bool | None:
        return wanted(one, other) if sight.language(one) != sight.language(other) else None

    foreign = count(found, said, across)
    return [
        f1(f"ledger.{what}_f1", pairs.right, pairs.said, pairs.wanted, "no two mentions belong together"),
        share(f"ledger.{what}_precision", pairs.right, pairs.said, "no two mentions are together"),
        share(f"ledger.{what}_recall", pairs.right, pairs.wanted, "no two mentions belong together"),
        share(f"ledger.{what}_across", foreign.right, foreign.wanted, "no two languages tell of one"),
        share(f"ledger.{what}_coverage", len(found), labelled),
    ]


def thread_scores(sight: Sight) -> list[Score]:
    """Mentions of different events in one thread, and whether the stages stand in order.

    Two events that the ledger has merged into one entry count as in one thread: that error is the milestones'.
    """
    entries = {entry.id: entry for entry in sight.ledger.entries}

    def entry(place: Place) -> Entry:
        return entries[sight.milestones[place].entry]

    def said(one: Place, other: Place) -> bool:
        left, right = entry(one), entry(other)
        return left.id == right.id or (left.thread is not None and left.thread == right.thread)

    def wanted(one: Place, other: Place) -> bool | None:
        return in_one_thread(sight, one[0], other[0])

    found = list(sight.milestones)
    pairs = count(found, said, wanted)

    def ordered(one: Place, other: Place) -> bool | None:
        apart = entry(one).id != entry(other).id
        return True if apart and wanted(one, other) and said(one, other) else None

    order = count(found, lambda one, other: _in_order(sight, one, other, entry(one), entry(other)), ordered)
    return [
        f1("ledger.threads_f1", pairs.right, pairs.said, pairs.wanted, "no two stages belong together"),
        share("ledger.threads_order", order.right, order.wanted, "no two stages are rightly in one thread"),
    ]


def in_one_thread(sight: Sight, one: str, other: str) -> bool | None:
    """Whether the labels have two entries in one thread; None where a careful reader could say either."""
    if one == other:
        return None
    if any({one, other} <= set(names) for names in sight.one.labels.either):
        return None
    for thread in sight.one.labels.threads:
        if {one, other} <= set(thread.entries):
            return True
        if {one, other} <= {*thread.entries, *thread.may}:
            return None
    return False


def _in_order(sight: Sight, one: Place, other: Place, left: Entry, right: Entry) -> bool:
    stages = next(thread.entries for thread in sight.one.labels.threads if one[0] in thread.entries)
    assert left.thread is not None
    built = sight.ledger.thread(left.thread).entries
    return (stages.index(one[0]) < stages.index(other[0])) == (built.index(left.id) < built.index(right.id))
