"""Bounded concurrency: order, limits, flatness, ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing

import pytest

from summariser.corpus.bridge import bridged
from summariser.corpus.pool import pooled
from summariser.errors import UsageError


class Worker:
    """Work that ends when it is told to, and counts what is under way."""

    def __init__(self) -> None:
        self.under_way: dict[int, asyncio.Event] = {}
        self.most = 0

    async def __call__(self, item: int) -> int:
        self.under_way[item] = asyncio.Event()
        self.most = max(self.most, len(self.under_way))
        try:
            await self.under_way[item].wait()
        finally:
            del self.under_way[item]
        return item


async def _until(condition: object) -> None:
    while not condition():  # type: ignore[operator]
        await asyncio.sleep(0)


def test_no_more_is_under_way_than_allowed_and_input_is_taken_as_needed() -> None:
    taken: list[int] = []

    def source() -> Iterator[int]:
        for number in range(1_000):
            taken.append(number)
            yield number

    async def run() -> None:
        worker = Worker()
        async with aclosing(pooled(source(), worker, concurrency=3)) as results:
            first = asyncio.ensure_future(anext(results))
            await _until(lambda: len(worker.under_way) == 3)
            for _ in range(50):
                await asyncio.sleep(0)
            assert len(taken) == 3
            worker.under_way[1].set()
            assert await first == 1
            await _until(lambda: set(worker.under_way) == {0, 2, 3})
        assert worker.most == 3
        assert not worker.under_way  # closing stopped what was under way

    asyncio.run(run())


def test_results_come_as_completed_or_in_order() -> None:
    async def run(ordered: bool) -> list[int]:
        async def work(item: int) -> int:
            for _ in range(10 - item):
                await asyncio.sleep(0)
            return item

        return [r async for r in pooled(range(10), work, concurrency=10, ordered=ordered)]

    assert asyncio.run(run(True)) == list(range(10))
    assert asyncio.run(run(False)) == list(reversed(range(10)))


def test_a_slow_document_does_not_let_the_rest_run_away() -> None:
    async def run() -> None:
        worker = Worker()
        async with aclosing(pooled(range(1_000), worker, concurrency=2, ordered=True)) as results:
            first = asyncio.ensure_future(anext(results))
            finished = 0
            for _ in range(200):
                await asyncio.sleep(0)
                for item, event in list(worker.under_way.items()):
                    if item:
                        event.set()
                        finished = max(finished, item)
            assert finished < 10
            worker.under_way[0].set()
            assert await first == 0

    asyncio.run(run())


def test_what_work_raises_ends_the_pool() -> None:
    async def work(item: int) -> int:
        if item == 2:
            raise RuntimeError("broken")
        return item

    async def run() -> list[int]:
        return [r async for r in pooled(range(5), work, concurrency=1)]

    with pytest.raises(RuntimeError, match="broken"):
        asyncio.run(run())


def test_what_the_input_raises_ends_the_pool() -> None:
    def source() -> Iterator[int]:
        yield 1
        raise OSError("disk")

    async def work(item: int) -> int:
        return item

    async def run() -> None:
        async for _ in pooled(source(), work, concurrency=2):
            pass

    with pytest.raises(OSError, match="disk"):
        asyncio.run(run())


def test_concurrency_must_be_possible() -> None:
    async def run() -> None:
        async for _ in pooled([1], Worker(), concurrency=0):
            pass

    with pytest.raises(UsageError, match="at least 1"):
        asyncio.run(run())


# The bridge to callers without a loop


async def _doubled(items: AsyncIterator[int]) -> AsyncIterator[int]:
    async for item in items:
        await asyncio.sleep(0)
        yield 2 * item


def test_a_bridge_takes_its_items_in_the_callers_thread() -> None:
    import threading

    threads: set[int] = set()

    def source() -> Iterator[int]:
        for number in range(5):
            threads.add(threading.get_ident())
            yield number

    assert list(bridged(_doubled, source())) == [0, 2, 4, 6, 8]  # type: ignore[arg-type]
    assert threads == {threading.get_ident()}


def test_a_bridge_works_inside_a_running_loop() -> None:
    async def run() -> list[int]:
        return list(bridged(_doubled, range(3)))  # type: ignore[arg-type]

    assert asyncio.run(run()) == [0, 2, 4]


def test_closing_a_bridge_stops_the_stream() -> None:
    import threading

    closed = threading.Event()

    async def endless(items: AsyncIterator[int]) -> AsyncIterator[int]:
        try:
            async for item in items:
                yield item
            await asyncio.Event().wait()
        finally:
            closed.set()

    stream = bridged(endless, range(2))  # type: ignore[arg-type]
    assert next(stream) == 0
    stream.close()  # type: ignore[attr-defined]
    assert closed.is_set()


def test_errors_cross_the_bridge_both_ways() -> None:
    async def broken(items: AsyncIterator[int]) -> AsyncIterator[int]:
        async for item in items:
            yield item
            raise RuntimeError("in the loop")

    with pytest.raises(RuntimeError, match="in the loop"):
        list(bridged(broken, range(2)))  # type: ignore[arg-type]

    def source() -> Iterator[int]:
        yield 1
        raise OSError("in the input")

    with pytest.raises(OSError, match="in the input"):
        list(bridged(_doubled, source()))  # type: ignore[arg-type]
