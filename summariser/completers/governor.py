"""How fast a server may be asked: requests and tokens a minute, and the pauses that it asks for.

No I/O and no clock: times are given, in seconds of one monotonic clock. All calls of a run share one governor; its
state is a few numbers in a `Shared`, which may lie in memory that several processes share.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, MutableSequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

BURST = 1.0
"""Seconds of its allowance that a run may use at once after a rest: servers measure in windows of seconds."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server allows a minute, as the user says or as its response headers tell; None where nobody says.

    `wait` is the pause in seconds after which a spent allowance is whole again, 0 while there is some left.
    """

    requests: float | None = None
    tokens: float | None = None
    wait: float = 0.0


class Shared(Protocol):
    """A few numbers and the lock that guards them, in one process or in memory that several share."""

    @property
    def values(self) -> MutableSequence[float]: ...

    @property
    def lock(self) -> AbstractContextManager[object]: ...


class Local:
    """Numbers of one process."""

    def __init__(self, size: int) -> None:
        self.values: MutableSequence[float] = [0.0] * size
        self.lock: AbstractContextManager[object] = threading.Lock()


_REQUESTS_AT, _TOKENS_AT, _PAUSE, _REQUESTS, _TOKENS = range(5)
STATE = 5
"""How many numbers a governor keeps."""


class Governor:
    """Grants the starts of requests; `limits` of the user's go before what the server tells."""

    def __init__(self, limits: Limits | None = None, shared: Shared | None = None) -> None:
        self._given = limits or Limits()
        self._shared = shared or Local(STATE)

    def reserve(self, now: float, tokens: float) -> float:
        """Book one request of about `tokens` tokens: the seconds until its turn. Each call books a turn of its own."""
        with self._state() as state:
            start = now
            for place, rate, cost in (
                (_REQUESTS_AT, self._given.requests or state[_REQUESTS], 1.0),
                (_TOKENS_AT, self._given.tokens or state[_TOKENS], tokens),
            ):
                if rate:
                    # Virtual scheduling: `at` is when all that was booked so far will have been earned.
                    at = max(state[place], now)
                    start = max(start, at - BURST)
                    state[place] = at + cost * 60.0 / rate
            return start - now

    def pause(self, now: float) -> float:
        """Seconds for which nobody may send, because the server asked for a pause."""
        with self._state() as state:
            return max(state[_PAUSE] - now, 0.0)

    def refused(self, now: float, wait: float | None) -> None:
        """The server is overloaded: everybody waits as long as it asks for."""
        if wait:
            with self._state() as state:
                state[_PAUSE] = max(state[_PAUSE], now + wait)

    def told(self, now: float, limits: Limits) -> None:
        """What the headers of a response say; a spent allowance is a pause for everybody."""
        with self._state() as state:
            state[_REQUESTS] = limits.requests or state[_REQUESTS]
            state[_TOKENS] = limits.tokens or state[_TOKENS]
            if limits.wait:
                state[_PAUSE] = max(state[_PAUSE], now + limits.wait)

    def used(self, booked: float, actual: float) -> None:
        """Correct a booking by the tokens that the request really used."""
        with self._state() as state:
            rate = self._given.tokens or state[_TOKENS]
            if rate:
                state[_TOKENS_AT] += (actual - booked) * 60.0 / rate

    @contextmanager
    def _state(self) -> Iterator[MutableSequence[float]]:
        with self._shared.lock:
            yield self._shared.values


class Window:
    """How many requests of one process may be under way: fewer while a server refuses many, more again after.

    A lone refusal among answers is no overload: the share of refusals among the last results decides.
    """

    LEAST, CUT, TOO_MANY, MEMORY = 1.0, 0.6, 0.2, 0.05

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = float(most)
        self.under_way = 0
        self._refusals = 0.0

    def is_open(self) -> bool:
        """Whether one more may be sent."""
        return self.under_way < max(int(self.size), 1)

    def ended(self, refused: bool) -> None:
        """One came back. After a cut the memory starts anew, so that one burst of refusals cuts once."""
        self._refusals += (float(refused) - self._refusals) * self.MEMORY
        if self._refusals > self.TOO_MANY:
            self.size = max(self.size * self.CUT, self.LEAST)
            self._refusals = 0.0
        elif not refused:
            self.size = min(self.size + max(1.0 / self.size, 0.05), float(self.most))
