"""The recording transport for the HTTP client, sync and async; what to play and what to keep is decided once, below."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

import httpx2
from pydantic import JsonValue

from summariser.errors import ReplayError
from summariser.replay.store import ReplayStore

T = TypeVar("T")

_OF_THE_LINE = ("content-encoding", "content-length", "transfer-encoding", "connection")
_KEY_HEADERS = ("authorization", "api-key", "x-api-key")


class ReplayTransport(httpx2.BaseTransport):
    """Answers from `store`, or asks through a live client and stores.

    `live` makes that client (a client and no transport, so that proxies are honoured) when it is first needed: reading
    the certificates costs more than a whole document out of the cache. `replay` needs none.
    """

    def __init__(self, store: ReplayStore, live: Callable[[], httpx2.Client] = httpx2.Client) -> None:
        self._store = store
        self._live = _Lazy(live)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = _Asked(self._store, request, request.read())
        if answer := asked.stored():
            return answer
        return asked.kept(self._live.get().send(request))

    def close(self) -> None:
        if self._live.made is not None:
            self._live.made.close()


class AsyncReplayTransport(httpx2.AsyncBaseTransport):
    """`ReplayTransport` for the async client."""

    def __init__(self, store: ReplayStore, live: Callable[[], httpx2.AsyncClient] = httpx2.AsyncClient) -> None:
        self._store = store
        self._live = _Lazy(live)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = _Asked(self._store, request, await request.aread())
        if answer := asked.stored():
            return answer
        return asked.kept(await self._live.get().send(request))

    async def aclose(self) -> None:
        if self._live.made is not None:
            await self._live.made.aclose()


class _Lazy(Generic[T]):
    """Something that is made once, when it is first asked for, whichever thread asks."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self.made: T | None = None

    def get(self) -> T:
        with self._lock:
            if self.made is None:
                self.made = self._make()
            return self.made


class _Asked:
    """One request: the answer that is stored for it, or what to keep of the live one."""

    def __init__(self, store: ReplayStore, request: httpx2.Request, content: bytes) -> None:
        self._store = store
        # What stands before the last two segments is where the server lives, not what was asked.
        self._path = "/" + "/".join(request.url.path.rstrip("/").split("/")[-2:])
        self._body: JsonValue = json.loads(content) if content else None
        given = (request.headers.get(name, "") for name in _KEY_HEADERS)
        self._secrets = tuple(key for key in (value.removeprefix("Bearer ") for value in given) if len(key) > 5)

    def stored(self) -> httpx2.Response | None:
        """The answer to play; in `replay` there always is one, if only to say that there is none."""
        if self._store.mode == "record":
            return None
        try:
            recording = self._store.play(self._path, self._body)
            if recording is None and self._store.mode == "replay":
                return _refusal(self._store.explain_miss(self._path, self._body))
        except ReplayError as error:
            return _refusal(str(error))
        if recording is None:
            return None
        headers = {"content-type": recording.content_type}
        if recording.status >= 400:
            # Whatever pause the server asked for then: a recording is ready at once.
            headers["retry-after"] = "0"
        return httpx2.Response(recording.status, headers=headers, content=recording.body())

    def kept(self, response: httpx2.Response) -> httpx2.Response:
        """Store the live answer, where it is to be stored, and hand it on."""
        if self._store.mode == "cache" and not _is_usable(response.status_code, response.content):
            return response
        kind = response.headers.get("content-type", "")
        try:
            self._store.save(self._path, self._body, response.status_code, kind, response.content, self._secrets)
        except ReplayError as error:
            return _refusal(str(error))
        headers = [(name, value) for name, value in response.headers.items() if name not in _OF_THE_LINE]
        return httpx2.Response(response.status_code, headers=headers, content=response.content)


def _is_usable(status: int, content: bytes) -> bool:
    """Whether an answer may serve again: a chat completion that is whole and no refusal."""
    try:
        body = json.loads(content)
        choice = body["choices"][0]
        message = choice["message"]
        text = message.get("content") or message["tool_calls"][0]["function"]["arguments"]
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return False
    ended_well = choice.get("finish_reason") not in ("length", "content_filter", "error")
    return 200 <= status < 300 and bool(text) and ended_well and not message.get("refusal") and not body.get("error")


def _refusal(message: str) -> httpx2.Response:
    error = {"message": message, "type": "replay_error", "code": "replay_error"}
    return httpx2.Response(404, headers={"x-should-retry": "false"}, json={"error": error})
