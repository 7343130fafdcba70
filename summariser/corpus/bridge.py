"""An async stream for callers without an event loop: the loop runs in a thread, the input is read in the caller's."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

_END = object()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The loop would like an item, and waits for it."""

    answer: asyncio.Future[object]


@dataclass(frozen=True, slots=True)
class _Result(Generic[R]):
    value: R


@dataclass(frozen=True, slots=True)
class _Over:
    error: BaseException | None


def bridged(stream: Callable[[AsyncIterator[T]], AsyncGenerator[R, None]], items: Iterable[T]) -> Iterator[R]:
    """What `stream` makes of `items`. The items are taken in the calling thread, one when the stream asks for one.

    Works where the caller is inside a running loop, too. Closing the iterator stops the stream; what the items' own
    iteration raises ends both.
    """
    events: queue.SimpleQueue[_Wanted | _Result[R] | _Over] = queue.SimpleQueue()
    loop = asyncio.new_event_loop()
    main = loop.create_task(_run(stream, events))
    thread = threading.Thread(target=_loop, args=(loop, main), name="summariser", daemon=True)
    thread.start()
    source = iter(items)
    try:
        while not isinstance(event := events.get(), _Over):
            if isinstance(event, _Result):
                yield event.value
            else:
                loop.call_soon_threadsafe(_answer, event.answer, next(source, _END))
        if event.error is not None:
            raise event.error
    finally:
        with suppress(RuntimeError):  # the loop is closed: it came to its end by itself
            loop.call_soon_threadsafe(main.cancel)
        thread.join()


async def _run(
    stream: Callable[[AsyncIterator[T]], AsyncGenerator[R, None]],
    events: queue.SimpleQueue[_Wanted | _Result[R] | _Over],
) -> None:
    async def wanted() -> AsyncIterator[T]:
        while True:
            answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
            events.put(_Wanted(answer))
            item = await answer
            if item is _END:
                return
            yield cast(T, item)  # what comes through the future is one of the items

    error: BaseException | None = None
    try:
        async with aclosing(stream(wanted())) as results:
            async for result in results:
                events.put(_Result(result))
    except asyncio.CancelledError:
        pass
    except BaseException as raised:  # noqa: BLE001 - raised again in the caller's thread
        error = raised
    events.put(_Over(error))


def _loop(loop: asyncio.AbstractEventLoop, main: asyncio.Task[None]) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(main)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        loop.close()


def _answer(future: asyncio.Future[object], item: object) -> None:
    if not future.done():
        future.set_result(item)
