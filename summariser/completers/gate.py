"""The gate that every live request of a run goes through: rate limits, pauses, overload and budget in one place.

`Governor`, `Window` and `Purse` decide without I/O; here is the waiting, for the event loop.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from dataclasses import dataclass
from typing import Literal, Protocol

from summariser.completers.failures import Failure
from summariser.completers.governor import Governor, Window
from summariser.completers.wire import Answer
from summariser.errors import BudgetError

OVERLOADED = frozenset({429, 503, 529})
"""A server that answers so wants fewer requests; other failures say nothing about the load."""


CHARACTERS_A_TOKEN = 4
"""Of requests, about: no tokeniser of any one model is loaded for an estimate."""


def most_output(input_tokens: int) -> float:
    """Tokens that an answer to so long a request hardly ever passes: it grows, but slower than the request does."""
    return 40.0 * math.pow(max(input_tokens, 1_000), 0.55)


@dataclass(frozen=True, slots=True)
class Size:
    """What a request is expected to use, in tokens; `most_output` is what its answer hardly ever passes."""

    input_tokens: int
    output_tokens: int
    most_output: int

    @property
    def tokens(self) -> int:
        return self.input_tokens + self.output_tokens


class Purse(Protocol):
    """What a run may spend. `take` reserves for a request; `settle` says what it used (None: nothing was billed)."""

    def take(self, size: Size) -> Literal["go", "wait", "stop"]: ...

    def settle(self, size: Size, used: Answer | None) -> None: ...


class Gate:
    """For one event loop; `governor` and `purse` may be shared with other processes."""

    def __init__(
        self, governor: Governor, window: Window, purse: Purse | None = None, output_limit: int | None = None
    ) -> None:
        self.governor = governor
        self.window = window
        self._purse = purse
        self._limit = output_limit
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._outputs = 1_000.0  # tokens of an answer, the average so far
        self._largest = 0.0  # the largest answer so far, in shares of what `most_output` expects of its request

    async def enter(self, characters: int) -> Size:
        """Wait until a request of this many characters may be sent. Raises `BudgetError` where it must not be."""
        size = self._size(characters)
        await self._place()
        paid = False
        try:
            await self._pay(size)
            paid = True
            wait = self.governor.reserve(time.monotonic(), size.tokens) or self.governor.pause(time.monotonic())
            while wait > 0:
                await asyncio.sleep(wait)
                wait = self.governor.pause(time.monotonic())
        except BaseException:
            if paid:
                self._settle(size, None)
            self._leave(refused=False)
            raise
        return size

    def leave(self, size: Size, result: Answer | Failure | None) -> None:
        """The request ended so (None: it was cancelled, or failed by a fault of ours)."""
        answer = result if isinstance(result, Answer) else None
        if answer and answer.output_tokens:
            self.governor.used(size.tokens, answer.input_tokens + answer.output_tokens)
            self._outputs += (answer.output_tokens - self._outputs) / 20
            self._largest = max(self._largest, answer.output_tokens / most_output(size.input_tokens))
        refused = isinstance(result, Failure) and result.status in OVERLOADED
        if isinstance(result, Failure) and refused:
            self.governor.refused(time.monotonic(), result.wait)
        if result is not None and result.limits is not None:
            self.governor.told(time.monotonic(), result.limits)
        self._settle(size, answer)
        self._leave(refused)

    def _settle(self, size: Size, answer: Answer | None) -> None:
        if self._purse is not None:
            self._purse.settle(size, answer)

    def _size(self, characters: int) -> Size:
        tokens = characters // CHARACTERS_A_TOKEN
        margin = max(self._largest * 1.25, 1.0)
        return Size(tokens, int(self._outputs), self._limit or int(most_output(tokens) * margin))

    async def _pay(self, size: Size) -> None:
        if self._purse is None:
            return
        while (said := self._purse.take(size)) != "go":
            if said == "stop":
                raise BudgetError("the budget does not cover another request")
            await asyncio.sleep(0.05)  # what is under way may turn out cheaper than was reserved for it

    async def _place(self) -> None:
        """First come, first served: a place in the window."""
        if self.window.is_open() and not self._waiting:
            self.window.under_way += 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except BaseException:
            if turn.done() and not turn.cancelled():
                self._leave(refused=False)
            else:
                self._waiting.remove(turn)
            raise

    def _leave(self, refused: bool) -> None:
        self.window.under_way -= 1
        self.window.ended(refused)
        while self._waiting and self.window.is_open():
            turn = self._waiting.popleft()
            if not turn.done():
                self.window.under_way += 1
                turn.set_result(None)
