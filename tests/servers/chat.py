"""An OpenAI-compatible server on loopback with canned answers and faults.

``with ChatServer([reply, reply, …]) as server`` plays its replies in order and the last one for ever; `server.requests`
holds what was asked. The shapes of success and failure are those of OpenAI, Ollama, vLLM and llama.cpp.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Canned:
    """A reply: `cut` sends that many bytes of the body and drops the line (-1: drops it before the status line).

    `drip` seconds pass between single bytes.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    delay: float = 0.0
    drip: float = 0.0


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        return json.loads(self.raw)


Reply = Canned | Callable[[Asked], Canned]


def completion(
    content: str | None,
    *,
    finish: str | None = "stop",
    usage: dict[str, Any] | None = None,
    refusal: str | None = None,
    **extra: Any,
) -> Canned:
    """A chat completion with `content` as the message."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    if usage is None:
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "prompt_tokens_details": {"cached_tokens": 64}}
    return as_json(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            **({"usage": usage} if usage else {}),
            **extra,
        }
    )


def tool_call(arguments: str, name: str = "DraftSummary") -> Canned:
    """A chat completion that calls a function."""
    call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    return as_json(
        {
            "id": "c",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5},
        }
    )


def as_json(body: Any, status: int = 200, **headers: str) -> Canned:
    content = json.dumps(body, ensure_ascii=False).encode()
    return Canned(status, content, {"Content-Type": "application/json", **headers})


def error(message: str, status: int, *, code: str | int | None = None, **headers: str) -> Canned:
    """An error as OpenAI shapes it."""
    return as_json({"error": {"message": message, "type": "e", "param": None, "code": code}}, status, **headers)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is no news; anything else is."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class ChatServer:
    """Replies in order, the last one again and again; a reply may be a function of the request."""

    def __init__(self, replies: Reply | Iterable[Reply]) -> None:
        self._replies = [replies] if isinstance(replies, Canned) or callable(replies) else list(replies)
        self._lock = threading.Lock()
        self.requests: list[Asked] = []
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def take(self, asked: Asked) -> Canned:
        with self._lock:
            self.requests.append(asked)
            reply = self._replies[min(len(self.requests), len(self._replies)) - 1]
        return reply(asked) if callable(reply) else reply

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def unused_address() -> str:
    """An address on loopback where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/v1"


def _handler(server: ChatServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            canned = server.take(Asked(self.path, headers, raw))
            time.sleep(canned.delay)
            try:
                self._play(canned)
            except OSError:
                self.close_connection = True

        def _play(self, canned: Canned) -> None:
            if canned.cut == -1:
                return self._drop()
            self.send_response(canned.status)
            for name, value in {"Content-Length": str(len(canned.body)), **canned.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if canned.drip:
                for byte in canned.body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(canned.drip)
            elif canned.cut is None:
                self.wfile.write(canned.body)
            else:
                self.wfile.write(canned.body[: canned.cut])
                self._drop()
            return None

        def _drop(self) -> None:
            self.close_connection = True
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
