"""Workers behind one limiter against a server with limits, in virtual time: the package's own governors, no waiting.

A discrete-event simulation: `LeasedGovernor`, `Limiter` and `Window` are those that a cluster runs with; the network,
the server and the documents are numbers.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from summariser.completers.governor import Governor, Limits, Window
from summariser.corpus.ray_limits import LeasedGovernor, Limiter, Lot, Report


@dataclass(frozen=True)
class World:
    """Seconds and tokens; the limits are a minute's. `spread` is the share by which latency and tokens vary."""

    workers: int
    concurrency: int
    requests: float
    tokens: float
    document_tokens: float
    latency: float = 20.0
    spread: float = 0.5
    delay: float = 0.2
    """A request reaches the server up to so much after its turn: busy event loops and the network."""
    window: float = 60.0
    minutes: float = 6.0
    shared: bool = True
    """One limiter for all; else every worker keeps to the whole limit by itself."""
    seed: int = 1


@dataclass
class Outcome:
    """Counts of the time after the first window, and shares of what was allowed in it."""

    sent: int = 0
    refused: int = 0
    answered: int = 0
    tokens: float = 0.0
    asked_limiter: int = 0
    share: float = 0.0
    """Of the allowance that binds: requests or tokens, whichever is nearer to its limit."""


class Server:
    """Fixed windows that begin with the first request, as the mock server's do."""

    def __init__(self, world: World) -> None:
        self._requests = world.requests * world.window / 60
        self._tokens = world.tokens * world.window / 60
        self._length = world.window
        self._start, self._seen, self._used = 0.0, 0, 0.0

    def wait(self, now: float, tokens: float) -> float:
        """0 where the request is taken, else the pause that the server asks for."""
        if now - self._start >= self._length:
            self._start, self._seen, self._used = now, 0, 0.0
        if self._seen + 1 > self._requests or (self._used and self._used + tokens > self._tokens):
            return self._length - (now - self._start)
        self._seen, self._used = self._seen + 1, self._used + tokens
        return 0.0


@dataclass
class _Worker:
    governor: Governor
    window: Window
    waiting: int
    """Documents that have no place in the window yet."""
    booked: float


@dataclass
class Simulation:
    """One run: `now` is the only clock."""

    world: World
    now: float = 0.0
    outcome: Outcome = field(default_factory=Outcome)

    def run(self) -> Outcome:
        world = self.world
        self._random = random.Random(world.seed)
        self._server = Server(world)
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0
        limits = Limits(world.requests, world.tokens)
        self._limiter = Limiter(limits, clock=lambda: self.now)
        for _ in range(world.workers):
            governor = LeasedGovernor(self, limits) if world.shared else Governor(limits)
            worker = _Worker(governor, Window(world.concurrency), world.concurrency, world.document_tokens)
            self._fill(worker)
        end = world.minutes * 60
        while self._events and self._events[0][0] < end:
            self.now, _, event = heapq.heappop(self._events)
            event()
        minutes = world.minutes - world.window / 60
        self.outcome.share = max(
            self.outcome.answered / (world.requests * minutes), self.outcome.tokens / (world.tokens * minutes)
        )
        return self.outcome

    def take(self, count: int, tokens: float, report: Report) -> Lot:
        """The channel's: a worker takes turns."""
        self.outcome.asked_limiter += 1
        return self._limiter.take(count, tokens, report)

    def tell(self, report: Report) -> None:
        self._limiter.hear(report)

    def begin(self, work: bytes) -> int:
        return self._limiter.begin(work)

    def end(self, work: bytes) -> None:
        self._limiter.end(work)

    def _fill(self, worker: _Worker) -> None:
        while worker.waiting and worker.window.is_open():
            worker.waiting -= 1
            worker.window.under_way += 1
            tokens = self.world.document_tokens * self._vary()
            wait = worker.governor.reserve(self.now, worker.booked)
            self._at(wait, partial(self._send, worker, tokens, worker.booked))

    def _send(self, worker: _Worker, tokens: float, booked: float) -> None:
        if (pause := worker.governor.pause(self.now)) > 0:
            self._at(pause, partial(self._send, worker, tokens, booked))
            return
        self._at(self.world.delay * self._random.random(), partial(self._arrive, worker, tokens, booked))

    def _arrive(self, worker: _Worker, tokens: float, booked: float) -> None:
        wait = self._server.wait(self.now, tokens)
        counted = self.now >= self.world.window
        self.outcome.sent += counted
        if wait:
            self.outcome.refused += counted
            self._at(0.05, partial(self._refused, worker, wait))
        else:
            self.outcome.answered += counted
            self.outcome.tokens += tokens * counted
            self._at(self.world.latency * self._vary(), partial(self._answered, worker, tokens, booked))

    def _answered(self, worker: _Worker, tokens: float, booked: float) -> None:
        worker.governor.used(booked, tokens)
        worker.booked += (tokens - worker.booked) / 20  # the gate's running average
        self._ended(worker, refused=False)

    def _refused(self, worker: _Worker, wait: float) -> None:
        worker.governor.refused(self.now, wait)
        self._ended(worker, refused=True)

    def _ended(self, worker: _Worker, *, refused: bool) -> None:
        worker.window.under_way -= 1
        worker.window.ended(refused)
        worker.waiting += 1
        self._fill(worker)

    def _vary(self) -> float:
        return 1 + self.world.spread * (2 * self._random.random() - 1)

    def _at(self, seconds: float, event: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._events, (self.now + seconds, self._count, event))
