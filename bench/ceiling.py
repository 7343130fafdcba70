"""How many requests a second the mock server can answer: a load generator on raw sockets that does next to nothing.

What a client reaches is only then the client's own when it stays well below this.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass

from bench.articles import article
from bench.running import running

CONNECTIONS = 32
REQUESTS = 6_000


@dataclass(frozen=True, slots=True)
class Ceiling:
    """`rate` in requests a second; `cpu` is the server's CPU seconds a request."""

    rate: float
    cpu: float

    def line(self) -> str:
        return f"mock server: {self.rate:.0f} requests a second, {1000 * self.cpu:.3f} ms CPU a request"


def ceiling(requests: int = REQUESTS, connections: int = CONNECTIONS) -> Ceiling:
    """Requests as the package sends them (an article in numbered sentences), as many connections as stated."""
    prepared = [_request(number) for number in range(1, 257)]
    with running() as server:
        asyncio.run(_load(server.port, prepared, connections, connections))
        server.reset()
        start = time.perf_counter()
        asyncio.run(_load(server.port, prepared, requests, connections))
        wall = time.perf_counter() - start
        stats = server.stats()
    assert stats["requests"] == requests
    return Ceiling(requests / wall, stats["cpu"] / requests)


def _request(number: int) -> bytes:
    made = article(number)
    sentences = (sentence for paragraph in made.paragraphs for sentence in paragraph)
    lines = "\n".join(f"[{place}] {sentence}" for place, sentence in enumerate(sentences, start=1))
    schema: dict[str, object] = {"properties": {"highlights": {"items": {"properties": {"text": {}, "ev": {}}}}}}
    body = {
        "model": "mock",
        "messages": [{"role": "system", "content": "Read." * 500}, {"role": "user", "content": lines}],
        "response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}},
    }
    data = json.dumps(body).encode()
    head = f"POST /v1/chat/completions HTTP/1.1\r\nhost: mock\r\ncontent-length: {len(data)}\r\n\r\n"
    return head.encode() + data


class _Client(asyncio.Protocol):
    def __init__(self, queue: list[bytes], done: asyncio.Future[None]) -> None:
        self._queue, self._done = queue, done
        self._buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._next()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        length = int(self._buffer[:end].split(b"content-length: ", 1)[1].split(b"\r\n", 1)[0])
        if len(self._buffer) < end + 4 + length:
            return
        self._buffer.clear()
        self._next()

    def _next(self) -> None:
        if self._queue:
            self._transport.write(self._queue.pop())
        elif not self._done.done():
            self._transport.close()
            self._done.set_result(None)


async def _load(port: int, prepared: list[bytes], requests: int, connections: int) -> None:
    loop = asyncio.get_running_loop()
    queue = [prepared[i % len(prepared)] for i in range(requests)]
    ends: list[asyncio.Future[None]] = [loop.create_future() for _ in range(connections)]
    for end in ends:
        await loop.create_connection(lambda end=end: _Client(queue, end), "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.gather(*ends)
