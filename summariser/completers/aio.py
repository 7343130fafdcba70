"""An OpenAI-compatible server over aiohttp, for event loops: a third of the CPU that a request through openai costs.

The address, the headers and the key are those of an openai client; what it would do beyond sending (building its own
objects, retrying) is not wanted here: the body is ours, the answer is read raw, and retries are `retrying`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.request import getproxies

from pydantic_core import to_json

from summariser.completers.failures import Failure, quotable
from summariser.completers.wire import Answer, Manner, Request, read_response, request_body

if TYPE_CHECKING:
    import aiohttp
    import openai
    from pydantic import JsonValue

CONNECTIONS = 1_000
"""At once to one server, as openai's own clients allow."""

CONNECT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Raw:
    """A response as it came."""

    status: int
    headers: dict[str, str]
    content: bytes


class AioTarget:
    """One session of a running event loop. Proxies are taken from the environment, as openai's clients do."""

    def __init__(self, client: openai.AsyncOpenAI, path: str, manner: Manner, secrets: tuple[str, ...]) -> None:
        import aiohttp

        self._aiohttp = aiohttp
        self._client = client
        self._url = str(client.base_url).rstrip("/") + path
        self._manner = manner
        self._secrets = secrets
        self._session: aiohttp.ClientSession | None = None

    def arguments(self, request: Request, timeout: float) -> dict[str, JsonValue]:
        return {"body": request_body(request, self._manner), "timeout": timeout}

    async def create(self, body: JsonValue, timeout: float) -> Raw:
        data = to_json(body)
        limits = self._aiohttp.ClientTimeout(sock_connect=min(timeout, CONNECT_SECONDS), sock_read=timeout)
        async with self._opened().post(self._url, data=data, timeout=limits) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Raw(response.status, headers, await response.read())

    def read(self, result: object) -> Answer | Failure:
        assert isinstance(result, Raw)
        return read_response(result.status, result.headers, result.content, self._secrets)

    def excuse(self, error: Exception) -> Answer | Failure:
        if isinstance(error, TimeoutError):  # also the session's own timeouts
            return Failure("timeout", transient=True)
        if isinstance(error, self._aiohttp.ClientError | OSError):
            return Failure("connection", quotable(str(error), self._secrets), transient=True)
        raise error

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
        await self._client.close()

    def _opened(self) -> aiohttp.ClientSession:
        """Made in the loop that uses it, at its first request."""
        if self._session is None:
            theirs = {**self._client.default_headers, **self._client.auth_headers}
            headers = {name: value for name, value in theirs.items() if isinstance(value, str)}  # else: to be left out
            connector = self._aiohttp.TCPConnector(limit=CONNECTIONS)
            # Trusting the environment costs a look into ~/.netrc in a thread for every request: only where it matters.
            self._session = self._aiohttp.ClientSession(
                connector=connector, headers=headers, trust_env=bool(getproxies())
            )
        return self._session
