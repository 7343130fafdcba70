"""Several processes that work for one run: one output, one budget, one rate limit over all of them.

The parent hands out items and takes back outcomes over pipes; every process has an event loop and a `Work` of its own.
A worker that dies is replaced, and what it had is given to another once more.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import multiprocessing
import signal
import threading
from collections import Counter, deque
from collections.abc import AsyncGenerator, Iterable, Iterator, MutableSequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, cast

from summariser.completers.governor import STATE as GOVERNOR_STATE
from summariser.completers.governor import Governor, Limits, Shared
from summariser.corpus.budget import Allowance, Budget, state_size
from summariser.corpus.index import Index
from summariser.corpus.items import Item
from summariser.corpus.pool import pooled
from summariser.corpus.prices import Price
from summariser.corpus.work import Outcome, Work, failed
from summariser.errors import ServerError, SummariserError

if TYPE_CHECKING:
    from multiprocessing.context import SpawnContext
    from multiprocessing.process import BaseProcess
    from multiprocessing.synchronize import Lock

    from summariser.options import Options

AHEAD = 4
"""Items that wait in each worker, so that it never waits for the parent."""

REPLACEMENTS = 3
"""How often, for each worker, a dead one is replaced before the run gives up."""

_LOCK_SECONDS = 2.0
"""A lock that is held longer was held by a process that was killed: its sections take microseconds."""


@dataclass(frozen=True)
class SharedNumbers:
    """`summariser.completers.governor.Shared` over several processes."""

    values: MutableSequence[float]
    mutex: Lock

    @property
    def lock(self) -> AbstractContextManager[object]:
        return self._held()

    @contextmanager
    def _held(self) -> Iterator[None]:
        self.mutex.acquire(timeout=_LOCK_SECONDS)
        try:
            yield
        finally:
            with contextlib.suppress(ValueError):  # two took over from the same dead holder
                self.mutex.release()


@dataclass(frozen=True)
class Spec:
    """What a process is told: all of it can be pickled. `index` is the file in which several share their claims."""

    options: Options
    concurrency: int
    limits: Limits
    allowance: Allowance | None
    price: Price | None
    index: Path | None

    def work(
        self,
        *,
        index: Index,
        governor: Shared | None = None,
        budget: Shared | None = None,
        process: int = 0,
    ) -> Work:
        """The work of one process."""
        return Work(
            self.options,
            concurrency=self.concurrency,
            governor=Governor(self.limits, governor),
            purse=Budget(self.allowance, self.price, budget, process) if self.allowance else None,
            index=index,
        )


class Workers:
    """`count` processes with `spec.concurrency` documents under way in each; an engine of `CorpusRun`."""

    def __init__(self, spec: Spec, count: int) -> None:
        self._spec = spec
        self._context: SpawnContext = multiprocessing.get_context("spawn")
        self._governor = self._shared(GOVERNOR_STATE)
        self._budget = self._shared(state_size(count))
        self._slots = [_Slot(number) for number in range(count)]
        self._again: deque[Item] = deque()
        self._deaths: Counter[str] = Counter()
        self._replacements = REPLACEMENTS * count

    async def outcomes(self, items: Iterable[Item]) -> AsyncGenerator[Outcome, None]:
        """The outcomes of all items, as completed. Raises what a worker could not begin for."""
        source = iter(items)
        messages: asyncio.Queue[tuple[_Slot, int, object]] = asyncio.Queue()
        try:
            for slot in self._slots:
                self._start(slot, messages)
            while True:
                for slot in self._slots:
                    self._fill(slot, source)
                if not any(slot.held for slot in self._slots) and not self._again:
                    return
                slot, life, message = await messages.get()
                if life != slot.life:
                    continue  # from a worker that was replaced since
                if isinstance(message, BaseException):
                    for outcome in self._bury(slot, message, messages):
                        yield outcome
                    continue
                item_id, outcome = cast("tuple[str, Outcome]", message)
                slot.held.pop(item_id, None)
                yield outcome
        finally:
            for slot in self._slots:
                slot.stop()

    def _shared(self, size: int) -> SharedNumbers:
        return SharedNumbers(self._context.RawArray("d", size), self._context.Lock())

    def _start(self, slot: _Slot, messages: asyncio.Queue[tuple[_Slot, int, object]]) -> None:
        ours, theirs = self._context.Pipe()
        arguments = (theirs, self._spec, slot.number, self._governor, self._budget)
        process = self._context.Process(target=work_for, args=arguments, daemon=True, name=f"worker {slot.number + 1}")
        process.start()
        theirs.close()
        slot.begin(process, ours)
        loop = asyncio.get_running_loop()
        threading.Thread(target=_listen, args=(slot, slot.life, ours, loop, messages), daemon=True).start()

    def _fill(self, slot: _Slot, source: Iterator[Item]) -> None:
        while len(slot.held) < self._spec.concurrency + AHEAD:
            item = self._again.popleft() if self._again else next(source, None)
            if item is None:
                return
            slot.give(item)

    def _bury(
        self, slot: _Slot, error: BaseException, messages: asyncio.Queue[tuple[_Slot, int, object]]
    ) -> list[Outcome]:
        """Replace a worker that is gone; what it had is tried once more, and has failed where it died of it twice."""
        if isinstance(error, SummariserError):
            raise error
        self._replacements -= 1
        if self._replacements < 0:
            raise ServerError("the worker processes die again and again: see what the system says (out of memory?)")
        orphans = list(slot.held.values())
        slot.stop()
        self._budget.values[1 + slot.number] = 0.0
        self._start(slot, messages)
        lost: list[Outcome] = []
        for item in orphans:
            self._deaths[item.id] += 1
            if self._deaths[item.id] < 2:
                self._again.append(item)
            else:
                lost.append(failed(item, item.source_hash(), ServerError("the worker process died twice over it")))
        return lost


class _Slot:
    """The place of one worker: its process, and the items that it has."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.life = 0
        self.held: dict[str, Item] = {}
        self._process: BaseProcess | None = None
        self._pipe: Connection[object, object] | None = None

    def begin(self, process: BaseProcess, pipe: Connection[object, object]) -> None:
        self.life += 1
        self.held = {}
        self._process, self._pipe = process, pipe

    def give(self, item: Item) -> None:
        assert self._pipe is not None
        self.held[item.id] = item
        with contextlib.suppress(OSError):  # it is dead: the listener says so, and the item goes to the next
            self._pipe.send(item)

    def stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.terminate()
            self._process.join()


def _listen(
    slot: _Slot,
    life: int,
    pipe: Connection[object, object],
    loop: asyncio.AbstractEventLoop,
    messages: asyncio.Queue[tuple[_Slot, int, object]],
) -> None:
    """In a thread of the parent: what a worker says, until it is gone."""
    message: object = None
    while not isinstance(message, BaseException):
        try:
            message = pipe.recv()
        except Exception as error:  # noqa: BLE001 - a pipe that is closed while it is read breaks in several ways
            message = error
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            loop.call_soon_threadsafe(messages.put_nowait, (slot, life, message))


@contextmanager
def settled_memory() -> Iterator[None]:
    """While a run works: modules and tables stay, and documents are freed by their counts, not by search.

    The collector's default of a look every 700 objects costs a tenth of the time of verifying.
    """
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if not frozen:  # else the caller has frozen some of his own
            gc.unfreeze()


def work_for(
    pipe: Connection[object, object], spec: Spec, number: int, governor: SharedNumbers, budget: SharedNumbers
) -> None:
    """The main function of a worker: items in, outcomes out, until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; what becomes of it the parent says
    try:
        with settled_memory():
            asyncio.run(_work(pipe, spec, number, governor, budget))
    except SummariserError as error:
        pipe.send(error)
    except (EOFError, OSError):
        return  # the parent is gone


async def _work(
    pipe: Connection[object, object], spec: Spec, number: int, governor: SharedNumbers, budget: SharedNumbers
) -> None:
    with Index(spec.index) as index:
        work = spec.work(index=index, governor=governor, budget=budget, process=number)

        async def one(item: Item) -> tuple[str, Outcome]:
            return item.id, await work.do(item)

        async for answer in pooled(_received(pipe), one, concurrency=spec.concurrency):
            pipe.send(answer)
        await work.close()


async def _received(pipe: Connection[object, object]) -> AsyncGenerator[Item, None]:
    """Items as they come; a thread waits for them."""
    items: asyncio.Queue[Item | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def listen() -> None:
        item: Item | None = None
        while True:
            try:
                item = cast(Item, pipe.recv())
            except (EOFError, OSError):
                item = None
            loop.call_soon_threadsafe(items.put_nowait, item)
            if item is None:
                return

    threading.Thread(target=listen, daemon=True).start()
    while (item := await items.get()) is not None:
        yield item
