"""What all workers of a cluster share: one rate limit, and how often a piece of work was begun.

A named Ray actor holds the governor and hands out turns in small lots.

A worker is not to ask another machine before every request: it takes a few turns at a time, each with
the moment from which it may be used, and reports with the next lot what the requests really used.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from summariser.completers.governor import Governor, Limits

if TYPE_CHECKING:
    from collections.abc import Callable

LOT = 4
"""Turns that a worker takes at a time. What it does not use is lost to the others, so it stays small."""

STALE = 2.0
"""Seconds after which a worker asks, before it sends, whether the server has asked for a pause elsewhere."""

HEADROOM = 0.97
"""Share of the allowance that is handed out. At all of it, what one stall has put off is never caught up with: every
window of the server's then begins with arrears and ends with refusals."""

FREE_LOT = 64
"""Turns in a lot while no limit is known: they cost nobody anything."""


@dataclass(slots=True)
class Report:
    """What a worker has to say since it took its last lot."""

    surplus: float = 0.0
    """Tokens used beyond what was booked, over all requests; negative where fewer were used."""
    refused: float | None = None
    """The longest pause that the server asked for, in seconds; None: it refused nothing."""
    limits: Limits | None = None


@dataclass(frozen=True, slots=True)
class Lot:
    """`waits`: seconds from now until each turn may be used; `pause`: seconds in which nobody may send."""

    waits: tuple[float, ...]
    pause: float


class Limiter:
    """The one that hands out turns and counts; it lives in a Ray actor, or in the same process."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._governor = Governor(_less(limits))
        self._given = limits
        self._told = False
        self._begun: Counter[bytes] = Counter()

    def take(self, count: int, tokens: float, report: Report) -> Lot:
        """`count` turns for requests of about `tokens` tokens each."""
        now = self._clock()
        self.hear(report)
        known = self._told or self._given.requests or self._given.tokens
        waits = (0.0,) * FREE_LOT
        if known:
            waits = tuple(self._governor.reserve(now, tokens) for _ in range(count))
        return Lot(waits, self._governor.pause(now))

    def hear(self, report: Report) -> float:
        """Take a report; the seconds in which nobody may send."""
        now = self._clock()
        if report.surplus:
            self._governor.used(0.0, report.surplus)
        if report.limits is not None:
            self._told = self._told or bool(report.limits.requests or report.limits.tokens)
            self._governor.told(now, _less(report.limits))
        if report.refused is not None:
            self._governor.refused(now, report.refused)
        return self._governor.pause(now)

    def begin(self, work: bytes) -> int:
        """Note that a worker begins with this; how often it was begun and not ended, this time included."""
        self._begun[work] += 1
        return self._begun[work]

    def end(self, work: bytes) -> None:
        """The worker has survived it."""
        del self._begun[work]


def _less(limits: Limits) -> Limits:
    return Limits(
        limits.requests and HEADROOM * limits.requests, limits.tokens and HEADROOM * limits.tokens, limits.wait
    )


class Channel(Protocol):
    """The way to a limiter. `tell` and `end` do not wait for an answer."""

    def take(self, count: int, tokens: float, report: Report) -> Lot: ...

    def tell(self, report: Report) -> None: ...

    def begin(self, work: bytes) -> int: ...

    def end(self, work: bytes) -> None: ...


@dataclass(slots=True)
class _Stock:
    turns: deque[float] = field(default_factory=deque)
    booked: float = 0.0
    """Tokens that each of the turns was booked for."""


class LeasedGovernor(Governor):
    """A worker's own: same questions as a `Governor`'s, answered from turns that the limiter has handed out."""

    def __init__(self, channel: Channel, limits: Limits | None = None) -> None:
        super().__init__(limits)
        self._channel = channel
        self._stock = _Stock()
        self._report = Report()
        self._pause_until = self._heard = 0.0
        given = limits or Limits()
        self._limits = (given.requests, given.tokens)

    def reserve(self, now: float, tokens: float) -> float:
        if not self._stock.turns:
            lot = self._take(now, LOT, tokens)
            self._stock = _Stock(deque(now + wait for wait in lot.waits), tokens)
        start = self._stock.turns.popleft()
        self._report.surplus += tokens - self._stock.booked
        return max(start - now, 0.0)

    def pause(self, now: float) -> float:
        if now - self._heard > STALE and now > self._pause_until:
            self._take(now, 0, 0.0)
        return max(self._pause_until - now, 0.0)

    def _take(self, now: float, count: int, tokens: float) -> Lot:
        report, self._report = self._report, Report()
        lot = self._channel.take(count, tokens, report)
        self._heard, self._pause_until = now, max(self._pause_until, now + lot.pause)
        return lot

    def refused(self, now: float, wait: float | None) -> None:
        """Told at once: the others must not run into the same refusal."""
        if wait:
            self._pause_until = max(self._pause_until, now + wait)
            self._channel.tell(Report(refused=wait))

    def told(self, now: float, limits: Limits) -> None:
        """Told at once where it is news; the turns that were taken without a limit in mind are given up."""
        news = (limits.requests, limits.tokens) != self._limits
        if limits.wait:
            self._pause_until = max(self._pause_until, now + limits.wait)
        if news and any(self._limits) < any((limits.requests, limits.tokens)):
            self._stock.turns.clear()
        if news or limits.wait:
            self._limits = (limits.requests, limits.tokens)
            self._channel.tell(Report(limits=limits))

    def used(self, booked: float, actual: float) -> None:
        self._report.surplus += actual - booked
