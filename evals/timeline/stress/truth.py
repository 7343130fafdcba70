"""Which of the values that articles give can all be so: the labels of conflicts and of what only looks like one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from evals.timeline.labels import CompatibleLabel, ConflictLabel, Statement
from summariser.schema import PartialDate


@dataclass(frozen=True)
class Given:
    """A value that an article gives for an entry: a date, or a count (`bound`: more than that)."""

    kind: Literal["date", "count"]
    entry: str
    article: str
    words: str
    date: PartialDate | None = None
    count: int = 0
    bound: bool = False

    @property
    def value(self) -> tuple[str | None, int, bool]:
        return self.date, self.count, self.bound

    @property
    def vague(self) -> bool:
        return self.bound or (self.date is not None and self.date.precision != "day")

    def agrees(self, other: Given) -> bool:
        """Whether both can be so."""
        if self.date is not None and other.date is not None:
            return self.date.compatible(other.date)
        if self.bound and other.bound:
            return True
        if self.bound or other.bound:
            exact, bound = (other, self) if self.bound else (self, other)
            return exact.count > bound.count
        return self.count == other.count

    def statement(self) -> Statement:
        return Statement(article=self.article, value=self.words)


def conflict(given: Sequence[Given]) -> ConflictLabel | None:
    """The conflict among the values given for one entry; a value that agrees with two sides is on none."""
    sides: list[list[Given]] = []
    for one in sorted(given, key=lambda one: one.vague):
        fitting = [side for side in sides if all(one.agrees(other) for other in side)]
        if not fitting:
            sides.append([one])
        elif len(fitting) == 1:
            fitting[0].append(one)
    if len(sides) < 2:
        return None
    first = given[0]
    return ConflictLabel(
        kind=first.kind, entry=first.entry, sides=[[one.statement() for one in side] for side in sides]
    )


def compatible(given: Sequence[Given]) -> CompatibleLabel | None:
    """Two values for one entry that differ and agree."""
    for one, other in combinations(given, 2):
        if one.value != other.value and one.agrees(other):
            return CompatibleLabel(
                kind=one.kind,
                entries=[one.entry],
                statements=[one.statement(), other.statement()],
                why="one is only less exact",
            )
    return None
