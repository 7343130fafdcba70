"""What a run has done and used so far."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

from summariser.corpus.prices import Price
from summariser.schema import Usage
from summariser.schema.summary import AttemptReason, CallKind


@dataclass(slots=True)
class Spent:
    """Requests and tokens of one kind of attempt."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0


@dataclass(slots=True)
class Totals:
    """Counts of documents by what became of them, and usage by call kind and reason of the attempt.

    `finished` were asked for and have their line, `shared` got the answer of another that says the same, `skipped` were
    finished by an earlier run, `skipped_failed` failed in one and are not tried again, `left` are for the next run.
    """

    price: Price | None = None
    finished: int = 0
    shared: int = 0
    failed: int = 0
    skipped: int = 0
    skipped_failed: int = 0
    left: int = 0
    rejected: int = 0
    estimated: bool = False
    errors: Counter[str] = field(default_factory=Counter)
    by_kind: dict[tuple[CallKind, AttemptReason], Spent] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    @property
    def handled(self) -> int:
        """Documents that this run is through with."""
        return self.finished + self.shared + self.failed

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    @property
    def tokens(self) -> int:
        return sum(spent.input_tokens + spent.output_tokens for spent in self.by_kind.values())

    @property
    def requests(self) -> int:
        return sum(spent.requests for spent in self.by_kind.values())

    @property
    def cost(self) -> float | None:
        """US dollars, None where the price is not known."""
        if self.price is None:
            return None
        return sum(self.price.of(s.input_tokens, s.output_tokens, s.cached_tokens) for s in self.by_kind.values())

    def use(self, usage: Usage) -> None:
        """Add what a document used, whatever became of it."""
        self.estimated = self.estimated or usage.estimated
        for attempt in usage.attempts:
            spent = self.by_kind.setdefault((attempt.call, attempt.reason), Spent())
            spent.requests += 1
            spent.input_tokens += attempt.input_tokens
            spent.output_tokens += attempt.output_tokens
            spent.cached_tokens += attempt.cached_tokens
