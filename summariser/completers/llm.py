"""The LLM completer: runs conversations against a model, sync or async, over one client that is kept."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Generic, Literal, Self
from urllib.parse import urlsplit
from weakref import finalize

from tenacity import AsyncRetrying, Retrying

from summariser.calls import Call, D_co, Reply
from summariser.completers.clients import Target, key_for, open_target, route
from summariser.completers.conversation import Conversation, Dialect, conversation
from summariser.completers.direct import PATH
from summariser.completers.failures import Failure, Place
from summariser.completers.retrying import Policy, policy
from summariser.completers.sharing import shared
from summariser.completers.wire import Answer, Exchange, Request
from summariser.errors import InvalidAnswerError, ReplayError, SettingsError
from summariser.replay import ReplayMode, ReplayStore

if TYPE_CHECKING:
    import httpx2

    from summariser.completers.gate import Gate, Size
    from summariser.settings import Settings

__all__ = ["LLMCompleter"]

_SHORTEST = 0.05
"""Seconds: a request that is begun gets at least this long, even at the deadline."""


class LLMCompleter:
    """Answers calls through a language model. Safe to share between threads and event loops.

    The same question, asked while it is under way already, is asked once (async, live): the reply to the second holds
    no attempts. Clients are opened at the first call and kept: one for all threads, and one for each event loop, which
    is closed with its loop. `close` and `aclose` close them earlier; so does leaving a ``with`` or ``async with``.
    """

    engine: Literal["llm"] = "llm"
    reads_prompts = True

    def __init__(self, settings: Settings, gate: Gate | None = None) -> None:
        self.settings = settings
        self.gate = gate
        """What async requests wait at, for the rate limits and the budget of a run; None: nothing."""
        self.recordings = _recordings(settings)
        """What is played from or written to; None for live calls."""
        self.model = settings.model or _only_model(self.recordings)
        self.dialect = Dialect(settings.mode)
        self._route = route(settings, self.model)
        key_for(settings, self._route)  # a missing key is told now, not at the first call
        self.place = Place(self.model, _server(self._route.address or str(self._route.provider)))
        if self.recordings is not None:
            host = self.place.address.rpartition("/")[2]
            self.recordings.note = settings.record_note or f"{self.model} through {host}"
        self._lock = threading.Lock()
        self._target: Target | None = None
        self._async: dict[asyncio.AbstractEventLoop, asyncio.Task[tuple[Target, AsyncGenerator[None, None]]]] = {}
        self._asked: dict[tuple[asyncio.AbstractEventLoop, str, str], asyncio.Future[object]] = {}

    def complete(self, call: Call[D_co]) -> Reply[D_co]:
        """Answer a call. Raises `CompletionError` with the attempts that were made, or `ReplayError`."""
        target = self._sync_target()
        run = _Run(call, target, self)
        while run.reply is None:
            run.advance(Retrying(**run.policy())(_send, run))
        return run.reply

    async def acomplete(self, call: Call[D_co]) -> Reply[D_co]:
        """`complete` for a running event loop."""
        if self.recordings is not None:
            return await self._acomplete(call)
        return await shared(self._asked, call, self._acomplete)

    async def _acomplete(self, call: Call[D_co]) -> Reply[D_co]:
        target = await self._async_target()
        run = _Run(call, target, self)
        while run.reply is None:
            run.advance(await AsyncRetrying(**run.policy())(_asend, run))
        return run.reply

    def provenance(self) -> tuple[Literal["live", "replay", "cache"], str | None]:
        """Where the answers so far came from, and what gave them where they were recorded."""
        played = self.recordings.recorded_by() if self.recordings else None
        if self.settings.replay:
            return "replay", played
        return ("cache", played) if played else ("live", None)

    def close(self) -> None:
        """Close the client that threads share; the next call would open another."""
        with self._lock:
            target, self._target = self._target, None
        if target is not None:
            target.close()

    async def aclose(self) -> None:
        """Close the running loop's client and the one that threads share."""
        self.close()
        opening = self._async.pop(asyncio.get_running_loop(), None)
        if opening is not None:
            _, lifetime = await opening
            await lifetime.aclose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"<LLMCompleter {self.model} at {self.place.address}>"

    def forget(self, request: Request, target: Target) -> None:
        """Take an answer that could not be used out of the cache."""
        if self.recordings is not None and self.recordings.mode == "cache":
            self.recordings.forget(PATH, target.body(request))

    def _sync_target(self) -> Target:
        with self._lock:
            if self._target is None:
                self._target = self._open(is_async=False)
                finalize(self, self._target.close)
            return self._target

    async def _async_target(self) -> Target:
        """The running loop's client: connections belong to the loop that opened them."""
        loop = asyncio.get_running_loop()
        opening = self._async.get(loop)
        if opening is None:
            opening = self._async[loop] = loop.create_task(self._open_async())
        # Shielded: several calls may wait for it, and one that is cancelled must not take it from the others.
        target, _ = await asyncio.shield(opening)
        return target

    async def _open_async(self) -> tuple[Target, AsyncGenerator[None, None]]:
        """In a thread, because importing the library and reading the certificates would hold up the loop."""
        loop = asyncio.get_running_loop()
        try:
            target = await asyncio.to_thread(self._open, is_async=True)
        except BaseException:
            self._async.pop(loop, None)
            raise
        lifetime = _lifetime(target, lambda: self._async.pop(loop, None))
        await anext(lifetime)
        return target, lifetime

    def _open(self, *, is_async: bool) -> Target:
        return open_target(self.settings, self._route, is_async=is_async, http=self._http(is_async=is_async))

    def _http(self, *, is_async: bool) -> httpx2.Client | httpx2.AsyncClient | None:
        """The HTTP client to speak through, over the recording transport where there is one; None: the target's own."""
        if self.recordings is None:
            return None
        import httpx2

        from summariser.completers.patience import patient_client
        from summariser.replay.transport import AsyncReplayTransport, ReplayTransport

        if is_async:
            return httpx2.AsyncClient(transport=AsyncReplayTransport(self.recordings))
        return httpx2.Client(transport=ReplayTransport(self.recordings, patient_client))


class _Run(Generic[D_co]):
    """One conversation under way: its request, its deadline, and its reply in the end."""

    def __init__(self, call: Call[D_co], target: Target, completer: LLMCompleter) -> None:
        self.target = target
        self.reply: Reply[D_co] | None = None
        self.gate = completer.gate
        self._completer = completer
        self._settings = completer.settings
        self._end = time.monotonic() + self._settings.deadline
        self._retried: list[Failure] = []
        self._talk: Conversation[D_co] = conversation(
            call, completer.dialect, completer.place, self._settings.max_reasks
        )
        self.request: Request = next(self._talk)

    def policy(self) -> Policy:
        """The retry policy for the next request, within what is left of the deadline."""
        self._retried = []
        return policy(self._settings, lambda: self._end - time.monotonic(), self._retried)

    def seconds(self) -> float:
        """How long the next request may take."""
        return max(min(self._settings.timeout, self._end - time.monotonic()), _SHORTEST)

    async def enter(self, gate: Gate) -> Size:
        """Wait for this request's turn; the time is not the call's own and moves its deadline."""
        start = time.monotonic()
        try:
            return await gate.enter(self.request.characters)
        finally:
            self._end += time.monotonic() - start

    def advance(self, result: Answer | Failure) -> None:
        """Hand the result of a request to the conversation: a reply, another request, or an error follows."""
        asked = self.request
        try:
            self.request = self._talk.send(Exchange(result, tuple(self._retried)))
            if time.monotonic() > self._end:
                self._talk.send(Exchange(Failure("deadline", f"{self._settings.deadline:g}")))
        except StopIteration as done:
            self.reply = done.value
            return
        except InvalidAnswerError:
            self._completer.forget(asked, self.target)
            raise
        if isinstance(result, Answer):
            self._completer.forget(asked, self.target)


def _send(run: _Run[D_co]) -> Answer | Failure:
    target = run.target
    try:
        return target.read(target.create(**target.arguments(run.request, run.seconds())))
    except Exception as error:  # noqa: BLE001 - `excuse` raises again what is no failure of the line
        return target.excuse(error)


async def _asend(run: _Run[D_co]) -> Answer | Failure:
    gate = run.gate
    if gate is None:
        return await _exchange(run)
    size = await run.enter(gate)
    result: Answer | Failure | None = None
    try:
        result = await _exchange(run)
        return result
    finally:
        gate.leave(size, result)


async def _exchange(run: _Run[D_co]) -> Answer | Failure:
    target, seconds = run.target, run.seconds()
    try:
        # The client's own timeout starts again with every byte: a server that drips would hold us for ever.
        async with asyncio.timeout(seconds):
            return target.read(await target.create(**target.arguments(run.request, seconds)))
    except Exception as error:  # noqa: BLE001 - `excuse` raises again what is no failure of the line
        return target.excuse(error)


async def _lifetime(target: Target, gone: Callable[[], object]) -> AsyncGenerator[None, None]:
    """Closes a client when its loop ends: a loop that shuts down closes the generators that were begun in it."""
    try:
        yield
    finally:
        gone()
        closing = target.close()
        if closing is not None:
            await closing


def _recordings(settings: Settings) -> ReplayStore | None:
    modes: tuple[ReplayMode, ...] = ("replay", "record", "cache")
    for mode in modes:
        folder: Path | None = getattr(settings, mode)
        if folder is not None:
            return ReplayStore(folder, mode)
    return None


def _only_model(recordings: ReplayStore | None) -> str:
    """Replay without a model: the one that the recordings name."""
    models = recordings.models() if recordings else []
    if len(models) == 1:
        return models[0]
    if not models:
        raise ReplayError(f"there are no recordings in {str(recordings.folder)!r}" if recordings else "no model is set")
    raise SettingsError(f"the recordings are of several models ({', '.join(models)}): name one (SUMMARISER_MODEL)")


def _server(address: str) -> str:
    """Scheme, host and port: what errors may show of an address."""
    parts = urlsplit(address)
    if not parts.hostname:
        return address
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port else "")
