"""HTTP/1.1 as far as a mock server needs it, on a bare `asyncio.Protocol`: keep-alive, bodies with Content-Length.

A framework would cost more than the clients that are measured against it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

_LARGEST = 64 * 1024 * 1024
_REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error",
            502: "Bad Gateway"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Delivery:
    """A response, and how it goes out: after `delay` seconds, whole or in `pieces` over `spread` seconds."""

    data: bytes
    delay: float = 0.0
    pieces: int = 1
    spread: float = 0.0
    keep: float = 1.0
    """The part of the response that is sent; below 1 the connection ends there."""
    copies: int = 1
    silent: bool = False


Handler = Callable[[str, str, bytes], Delivery]
"""Method, path and body in, response out."""


def response(status: int, body: bytes, kind: str = "application/json", headers: dict[str, str] | None = None) -> bytes:
    """The bytes of a response."""
    lines = [f"HTTP/1.1 {status} {_REASONS[status]}", f"content-type: {kind}", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Connection(asyncio.Protocol):
    """One connection: requests one after the other, each answered before the next is read."""

    def __init__(self, handle: Handler, opened: Callable[[], None]) -> None:
        self._handle = handle
        self._opened = opened
        self._loop = asyncio.get_running_loop()
        self._buffer = bytearray()
        self._busy = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._opened()

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._next()

    def _next(self) -> None:
        if self._busy or self._transport is None:
            return
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._buffer[:end])
        length = _length(head)
        if length is None or length > _LARGEST:
            self._transport.write(response(400, b"{}", headers={"connection": "close"}))
            self._transport.close()
            return
        if len(self._buffer) < end + 4 + length:
            return
        body = bytes(self._buffer[end + 4 : end + 4 + length])
        del self._buffer[: end + 4 + length]
        method, path, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
        self._busy = True
        self._deliver(self._handle(method, path, body))

    def _deliver(self, delivery: Delivery) -> None:
        if delivery.silent:
            return
        if delivery.delay > 0:
            self._loop.call_later(delivery.delay, self._send, delivery)
        else:
            self._send(delivery)

    def _send(self, delivery: Delivery) -> None:
        if self._transport is None:
            return
        if delivery.keep < 1:
            self._transport.write(delivery.data[: int(len(delivery.data) * delivery.keep)])
            self._transport.close()
            return
        if delivery.pieces > 1:
            size = -(-len(delivery.data) // delivery.pieces)
            parts = [delivery.data[i : i + size] for i in range(0, len(delivery.data), size)]
            self._drip(parts, delivery.spread / len(parts))
            return
        self._transport.write(delivery.data * delivery.copies)
        self._done()

    def _drip(self, parts: list[bytes], pause: float) -> None:
        if self._transport is None:
            return
        self._transport.write(parts.pop(0))
        if parts:
            self._loop.call_later(pause, self._drip, parts, pause)
        else:
            self._done()

    def _done(self) -> None:
        self._busy = False
        if self._buffer:
            self._next()


def _length(head: bytes) -> int | None:
    """The Content-Length, 0 where there is none; None where it cannot be understood or the body comes in chunks."""
    lower = head.lower()
    if b"\r\ntransfer-encoding:" in lower:
        return None
    start = lower.find(b"\r\ncontent-length:")
    if start < 0:
        return 0
    value = lower[start + 17 :].split(b"\r\n", 1)[0].strip()
    return int(value) if value.isdigit() else None
