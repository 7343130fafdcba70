"""An OpenAI-compatible server over aiohttp, for event loops: a third of the CPU of what httpx2 costs a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.request import getproxies

from pydantic_core import to_json

from summariser.completers.direct import CONNECT_SECONDS, Destination
from summariser.completers.failures import Failure, quotable
from summariser.completers.wire import Answer, Request, read_response, request_body

if TYPE_CHECKING:
    import aiohttp
    from pydantic import JsonValue

CONNECTIONS = 1_000
"""At once to one server, as openai's own clients allow."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A response as it came."""

    status: int
    headers: dict[str, str]
    content: bytes


class AioTarget:
    """One session of a running event loop; proxies are taken from the environment."""

    def __init__(self, to: Destination) -> None:
        import aiohttp

        self._aiohttp = aiohttp
        self._to = to
        self._session: aiohttp.ClientSession | None = None

    def arguments(self, request: Request, timeout: float) -> dict[str, JsonValue]:
        return {"body": self.body(request), "timeout": timeout}

    def body(self, request: Request) -> JsonValue:
        return request_body(request, self._to.manner)

    async def create(self, body: JsonValue, timeout: float) -> Raw:
        data = to_json(body)
        limits = self._aiohttp.ClientTimeout(sock_connect=min(timeout, CONNECT_SECONDS), sock_read=timeout)
        async with self._opened().post(self._to.url, data=data, timeout=limits) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Raw(response.status, headers, await response.read())

    def read(self, result: object) -> Answer | Failure:
        assert isinstance(result, Raw)
        return read_response(result.status, result.headers, result.content, self._to.secrets)

    def excuse(self, error: Exception) -> Answer | Failure:
        if isinstance(error, TimeoutError):  # also the session's own timeouts
            return Failure("timeout", transient=True)
        if isinstance(error, self._aiohttp.ClientError | OSError):
            return Failure("connection", quotable(str(error), self._to.secrets), transient=True)
        raise error

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        """Made in the loop that uses it, at its first request."""
        if self._session is None:
            connector = self._aiohttp.TCPConnector(limit=CONNECTIONS)
            # Trusting the environment costs a look into ~/.netrc in a thread for every request: only where it matters.
            self._session = self._aiohttp.ClientSession(
                connector=connector, headers=self._to.headers, trust_env=bool(getproxies())
            )
        return self._session
