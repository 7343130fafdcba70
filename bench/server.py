"""A mock OpenAI-compatible server in a process of its own: latency, canned answers, faults, rate limits, counters.

``python -m bench.server --port 0`` prints its address. ``POST /v1/chat/completions`` is answered by `bench.answers`;
``GET /stats`` gives the counters, ``GET /bodies`` the last request bodies; ``POST /reset`` clears both and, where its
body is a JSON object, sets the behaviour (the fields of `Behaviour`). ``--ceiling`` measures what the server itself
can do, so that nobody mistakes it for what a client can.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.answers import WRONG_SHAPE, Question, answer, question
from bench.faults import FaultPlan
from bench.protocol import Connection, Delivery, response
from bench.replies import CHARACTERS_A_TOKEN, completion, error, reply


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the server answers. Times in seconds, sizes in tokens of 4 characters."""

    latency: float = 0.0
    seed: int = 1
    faults: Mapping[str, float] = field(default_factory=dict)
    """Shares of requests by fault, see `bench.faults`."""
    script: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The faults of a document's first attempts, by its id; "ok" for none."""
    misquotes: float = 0.0
    """Share of documents whose answer holds wrong sums of money."""
    retry_after: float = 0.05
    slow: float = 1.0
    """How long a slow answer takes to arrive."""
    context: int = 0
    """Longest request that is read; 0: any."""
    rate_requests: int = 0
    """Requests in each window; 0: no limit, and no x-ratelimit headers."""
    rate_tokens: int = 0
    rate_window: float = 1.0
    keep_bodies: int = 0
    """How many of the last request bodies are kept for GET /bodies."""


class State:
    """The behaviour, the counters, and what follows from both for a request."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.connections = 0
        self.reset(behaviour)

    def reset(self, behaviour: Behaviour) -> None:
        self._plan = FaultPlan(behaviour.seed, behaviour.faults, behaviour.script)
        self.behaviour = behaviour
        self._count: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()
        self._shapes: Counter[str] = Counter()
        self._documents: Counter[str] = Counter()
        self._attempts: Counter[str] = Counter()
        self._bodies: deque[str] = deque(maxlen=behaviour.keep_bodies)
        self._window = (0.0, 0, 0)
        self._started = time.monotonic(), time.process_time()

    def opened(self) -> None:
        self.connections += 1

    def handle(self, method: str, path: str, body: bytes) -> Delivery:
        path = path.partition("?")[0]
        if method == "POST" and path.endswith("/chat/completions"):
            return self._complete(body)
        if path == "/stats":
            return reply(200, self.stats())
        if path == "/bodies":
            return reply(200, list(self._bodies))
        if method == "POST" and path == "/reset":
            try:
                self.reset(Behaviour(**json.loads(body)) if body else self.behaviour)
            except (ValueError, TypeError) as wrong:
                return error(400, str(wrong))
            return reply(200, {})
        return error(404, "no such path")

    def stats(self) -> dict[str, Any]:
        wall, cpu = time.monotonic() - self._started[0], time.process_time() - self._started[1]
        counters = {"faults": self._faults, "shapes": self._shapes, "documents": self._documents}
        return {**self._count, **counters, "connections": self.connections, "wall": wall, "cpu": cpu}

    def _complete(self, body: bytes) -> Delivery:
        now = self.behaviour
        try:
            asked_body = json.loads(body)
            asked = question(asked_body)
        except (ValueError, KeyError, TypeError, AttributeError):
            return error(400, "the request is no chat completion")
        self._note(asked, body)
        tokens = asked.characters // CHARACTERS_A_TOKEN
        if now.context and tokens > now.context:
            self._faults["context"] += 1
            message = f"This model's maximum context length is {now.context} tokens, the messages have {tokens}."
            return error(400, message, code="context_length_exceeded")
        headers, wait = self._limits(tokens)
        if wait:
            self._faults["rate"] += 1
            return error(429, "rate limit reached", headers | {"retry-after": f"{wait:.3f}"})
        attempt = self._attempts[asked.key]
        self._attempts[asked.key] += 1
        fault = self._plan.fault(asked.document, attempt)
        self._faults[fault] += 1
        if refused := self._refused(fault, headers):
            return refused
        text = self._text(asked, fault)
        self._count["completion_characters"] += len(text)
        finish = "length" if fault == "length" else "stop"
        streamed = bool(asked_body.get("stream"))
        data = completion(asked, text, finish, str(asked_body.get("model")), headers, streamed=streamed)
        self._count["bytes_out"] += len(data)
        return self._delivery(data, fault)

    def _note(self, asked: Question, body: bytes) -> None:
        self._count["requests"] += 1
        self._count["bytes_in"] += len(body)
        self._count["prompt_characters"] += asked.characters
        self._shapes[asked.shape] += 1
        self._documents[asked.document] += 1
        if self.behaviour.keep_bodies:
            self._bodies.append(body.decode())

    def _limits(self, tokens: int) -> tuple[dict[str, str], float]:
        """The x-ratelimit headers, and how long to wait where a limit is reached (0.0: go ahead)."""
        now = self.behaviour
        if not now.rate_requests and not now.rate_tokens:
            return {}, 0.0
        clock = time.monotonic()
        start, requests, used = self._window
        if clock - start >= now.rate_window:
            start, requests, used = clock, 0, 0
        left = now.rate_window - (clock - start)
        over = (now.rate_requests and requests + 1 > now.rate_requests) or (
            now.rate_tokens and used + tokens > now.rate_tokens and used
        )
        if not over:
            requests, used = requests + 1, used + tokens
        self._window = start, requests, used
        headers: dict[str, str] = {}
        for name, limit, spent in (("requests", now.rate_requests, requests), ("tokens", now.rate_tokens, used)):
            if limit:
                headers |= {
                    f"x-ratelimit-limit-{name}": str(limit),
                    f"x-ratelimit-remaining-{name}": str(max(limit - spent, 0)),
                    f"x-ratelimit-reset-{name}": f"{left:.3f}s",
                }
        return headers, left if over else 0.0

    def _refused(self, fault: str, headers: dict[str, str]) -> Delivery | None:
        delay = self.behaviour.latency
        match fault:
            case "429":
                return error(429, "too many requests", headers, delay=delay)
            case "429-after":
                told = headers | {"retry-after": f"{self.behaviour.retry_after:g}"}
                return error(429, "too many requests", told, delay=delay)
            case "500":
                return error(500, "the server had an error", headers, delay=delay)
            case "502":
                return Delivery(response(502, b"<html><body>Bad gateway</body></html>", "text/html"), delay)
            case "drop":
                return Delivery(b"", delay, keep=0.0)
            case "silent":
                return Delivery(b"", silent=True)
        return None

    def _text(self, asked: Question, fault: str) -> str:
        now = self.behaviour
        text = answer(asked, misquotes=now.misquotes, seed=now.seed, other=fault == "other")
        match fault:
            case "invalid":
                return "Here is the summary: {'highlights': [" + text[20:200]
            case "truncated" | "length":
                return text[: len(text) * 6 // 10]
            case "schema":
                return WRONG_SHAPE
        return text

    def _delivery(self, data: bytes, fault: str) -> Delivery:
        now = self.behaviour
        match fault:
            case "cut":
                return Delivery(data, now.latency, keep=0.5)
            case "slow":
                return Delivery(data, now.latency, pieces=10, spread=now.slow)
            case "twice":
                return Delivery(data, now.latency, copies=2)
        return Delivery(data, now.latency)


async def serve(port: int, behaviour: Behaviour, *, with_parent: bool) -> None:
    """Serve until cancelled, or until standard input ends where `with_parent`. Prints the address when ready."""
    loop = asyncio.get_running_loop()
    state = State(behaviour)
    server = await loop.create_server(lambda: Connection(state.handle, state.opened), "127.0.0.1", port, backlog=2048)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    if with_parent:
        # A parent that dies, however it dies, closes its end of the pipe.
        await loop.run_in_executor(None, sys.stdin.buffer.read)
    else:
        await server.serve_forever()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 (the default): a free one")
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--behaviour", type=json.loads, default={}, metavar="JSON", help="fields of Behaviour")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input ends")
    parser.add_argument("--ceiling", action="store_true", help="measure requests a second, and end")
    chosen = parser.parse_args(arguments)
    if chosen.ceiling:
        from bench.ceiling import ceiling

        print(ceiling().line())
        return 0
    behaviour = Behaviour(**{**asdict(Behaviour(latency=chosen.latency)), **chosen.behaviour})
    try:
        asyncio.run(serve(chosen.port, behaviour, with_parent=chosen.with_parent))
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
