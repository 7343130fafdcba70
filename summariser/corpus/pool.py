"""Bounded concurrency over an event loop: a stream in, a stream out, no more held than is under way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from summariser.errors import UsageError

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4
"""In order, a slow document lets this many times the concurrency run ahead of it; then the pool waits for it."""


@dataclass(frozen=True, slots=True)
class _Raised:
    """What ended the pool; a result may be an exception too, and is then a value like any other."""

    error: BaseException


@dataclass(frozen=True, slots=True)
class _Taken:
    """All items were taken: so many."""

    count: int


async def pooled(
    items: Iterable[T] | AsyncIterable[T], work: Callable[[T], Awaitable[R]], *, concurrency: int, ordered: bool = False
) -> AsyncGenerator[R, None]:
    """The results of `work` on each of `items`, `concurrency` at a time, as completed or in the order of the items.

    Items are taken as they are needed. What `work` raises ends the pool: what is under way is cancelled and the error
    raised, so `work` returns failures as values. Close the generator to stop early.
    """
    if concurrency < 1:
        raise UsageError(f"concurrency must be at least 1, not {concurrency}")
    done: asyncio.Queue[tuple[int, R] | _Raised | _Taken] = asyncio.Queue()
    places = asyncio.Semaphore(concurrency)
    # A result that nobody has taken yet holds its place here, so a slow reader slows the pool.
    held = asyncio.Semaphore(concurrency * (AHEAD if ordered else 2))
    tasks: set[asyncio.Task[None]] = set()

    async def one(number: int, item: T) -> None:
        try:
            done.put_nowait((number, await work(item)))
        except BaseException as error:  # noqa: BLE001 - handed to the reader, who raises it
            done.put_nowait(_Raised(error))
        finally:
            places.release()

    async def feed() -> None:
        count = 0
        source = _each(items)
        try:
            while True:
                await held.acquire()
                await places.acquire()  # before the item is taken: one that waits here would be begun after a stop
                try:
                    item = await anext(source)
                except StopAsyncIteration:
                    break
                task = asyncio.create_task(one(count, item))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
                count += 1
        except Exception as error:  # noqa: BLE001 - the input's own error is the reader's to raise
            done.put_nowait(_Raised(error))
        else:
            done.put_nowait(_Taken(count))

    feeding = asyncio.create_task(feed())
    try:
        async for result in _results(done, held, ordered):
            yield result
    finally:
        for task in (feeding, *tasks):
            task.cancel()
        await asyncio.gather(feeding, *tasks, return_exceptions=True)


async def _results(
    done: asyncio.Queue[tuple[int, R] | _Raised | _Taken], held: asyncio.Semaphore, ordered: bool
) -> AsyncIterator[R]:
    """Results until as many have come as items were taken."""
    count, total = 0, -1
    waiting: dict[int, R] = {}
    while total < 0 or count < total:
        found = await done.get()
        if isinstance(found, _Raised):
            raise found.error
        if isinstance(found, _Taken):
            total = found.count
            continue
        number, result = found
        waiting[number if ordered else count] = result
        while count in waiting:
            held.release()
            yield waiting.pop(count)
            count += 1


async def _each(items: Iterable[T] | AsyncIterable[T]) -> AsyncIterator[T]:
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield item
    else:
        for item in items:
            yield item
