"""What the project set out to reach, and whether a run reached it; all of it as ratios and counts within one run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bench.measures import cold, endurance, load, long, recorded, robustness, wire
from bench.peers import DRAFT, FULL, INSTRUCTOR, WORKERS
from bench.results import Results


@dataclass(frozen=True, slots=True)
class Goal:
    """`value` is None where a run did not measure what it needs."""

    name: str
    sense: Literal["at most", "at least"]
    bound: float
    value: Callable[[Results], float | None]

    def met(self, value: float) -> bool:
        return value <= self.bound if self.sense == "at most" else value >= self.bound


def ratio(results: Results, table: str, column: str, subject: str, other: str) -> float | None:
    """The median of a subject over that of another, in one column."""
    above, below = results.median(table, subject, column), results.median(table, other, column)
    return above / below if above is not None and below else None


def _of(table: str, column: str, subject: str = FULL) -> Callable[[Results], float | None]:
    return lambda results: results.median(table, subject, column)


def _over(table: str, column: str, subject: str, other: str = INSTRUCTOR) -> Callable[[Results], float | None]:
    return lambda results: ratio(results, table, column, subject, other)


def _worst(table: str) -> Callable[[Results], float | None]:
    """Documents that are neither right nor named as failed, in the worst run."""

    def value(results: Results) -> float | None:
        found = results.tables.get(table)
        columns = [found.samples(FULL, fate) for fate in (robustness.WRONG, robustness.MISSING)] if found else []
        return max(map(sum, zip(*columns, strict=True)), default=None)

    return value


def _most(table: str, column: str) -> Callable[[Results], float | None]:
    """The worst run, not the median."""

    def value(results: Results) -> float | None:
        found = results.tables.get(table)
        samples = found.samples(FULL, column) if found else []
        return max(samples) if samples else None

    return value


GOALS: tuple[Goal, ...] = (
    Goal("client CPU a document before verification, over instructor's (50 in flight)", "at most", 0.5,
         _over("cpu", load.column(50), DRAFT)),
    Goal("client CPU a document with verification, over instructor's (50 in flight)", "at most", 0.85,
         _over("cpu", load.column(50), FULL)),
    Goal("cold start of one document, over instructor's", "at most", 0.7, _over("cold", cold.ONE, FULL)),
    Goal("share of the ideal rate, 50 in flight", "at least", 0.93, _of("throughput", load.column(50))),
    Goal("share of the ideal rate, 200 in flight, one process", "at least", 0.65, _of("throughput", load.column(200))),
    Goal("share of the ideal rate, 200 in flight, 2 workers", "at least", 0.9,
         _of("throughput", load.column(200), WORKERS)),
    Goal("the same before verification (the peers verify nothing), 50 in flight", "at least", 0.93,
         _of("throughput", load.column(50), DRAFT)),
    Goal("the same before verification, 200 in flight", "at least", 0.65,
         _of("throughput", load.column(200), DRAFT)),
    Goal("growth of memory from 100 to 10,000 documents, MB", "at most", 10, _most("memory", load.GROWTH)),
    Goal("characters sent beyond a 700-word article's, over the article's", "at most", 1.0, _of("wire", wire.SHARE)),
    Goal("share of those that is a cacheable prefix, as sent", "at least", 0.9, _of("wire", wire.PREFIX)),
    Goal("characters of the answer, over those of a schema that quotes", "at most", 0.45,
         _over("wire", wire.ANSWER, FULL)),
    Goal("the same, recorded answers of a model", "at most", 0.45, _of("recorded", recorded.SHARE, recorded.SUBJECT)),
    Goal("requests for 120,000 words", "at most", 60, _of("long", long.REQUESTS)),
    Goal("characters sent for 120,000 words, over the document's", "at most", 1.25, _of("long", long.SENT)),
    Goal("13 % faults: silently wrong or lost, worst run", "at most", 0, _worst("faults_mixed")),
    Goal("20 % truncated JSON: silently wrong or lost, worst run", "at most", 0,
         _worst("faults_truncated")),
    Goal("2,000 documents, a tenth of faults: silently wrong or lost, worst run", "at most", 0, _worst("endurance")),
    Goal("the same: time over the fault-free run's", "at most", 1.3, _of("endurance", endurance.RATIO)),
    Goal("the same: requests a document beyond the faults", "at most", 1.25, _of("endurance", endurance.BEYOND)),
    Goal("10 % answers of another document: silently wrong or lost, worst run", "at most", 0, _worst("faults_other")),
)  # fmt: skip
