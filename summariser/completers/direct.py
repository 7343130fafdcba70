"""An OpenAI-compatible server over HTTP, without a client library in between: what all such servers take is one POST.

The body is ours, the answer is read raw, and retries are `retrying`'s. `openai` would add half a second to the start
of a command and two thirds to the CPU of a request; providers that need more than a key and an address go through it.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic_core import to_json

from summariser.completers.failures import Failure, quotable
from summariser.completers.wire import Answer, Manner, Request, read_response, request_body

if TYPE_CHECKING:
    import httpx2
    from pydantic import JsonValue

    from summariser.settings import Settings

PATH = "/chat/completions"
CONNECT_SECONDS = 10.0

_ACCOUNT = {"OPENAI_ORG_ID": "OpenAI-Organization", "OPENAI_PROJECT_ID": "OpenAI-Project"}
"""Which account of several is meant, as openai's own clients take it from the environment."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where requests go, and what is the same for all of them. `secrets` never stand in a message."""

    url: str
    headers: Mapping[str, str]
    manner: Manner
    secrets: tuple[str, ...]


def destination(settings: Settings, address: str, name: str, key: str | None) -> Destination:
    """The destination of a model `name` at the base `address`; a `key` of None is not sent."""
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "summariser"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    is_openai = urlsplit(address).hostname == "api.openai.com"
    if is_openai:
        headers |= {header: os.environ[name] for name, header in _ACCOUNT.items() if os.environ.get(name)}
    return Destination(_joined(address), headers, manner_of(settings, name, modern=is_openai), (key,) if key else ())


def manner_of(settings: Settings, name: str, *, modern: bool) -> Manner:
    """The parts of a request that are the same for every call; `modern` servers name the output limit otherwise."""
    limit_name: Literal["max_tokens", "max_completion_tokens"] = "max_completion_tokens" if modern else "max_tokens"
    return Manner(name, settings.temperature, settings.max_output_tokens, limit_name)


def _joined(address: str) -> str:
    """The address of chat completions below a base address, which may have a query of its own."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + PATH))


class HttpTarget:
    """Through an httpx2 client, sync or async: with recordings below it, or with the limit on a slow body."""

    def __init__(self, to: Destination, client: httpx2.Client | httpx2.AsyncClient) -> None:
        import httpx2

        self.create: Callable[..., Any] = client.post
        self._to = to
        self._client = client
        self._library = httpx2

    def arguments(self, request: Request, timeout: float) -> dict[str, Any]:
        limits = self._library.Timeout(timeout, connect=min(timeout, CONNECT_SECONDS))
        return {
            "url": self._to.url,
            "content": to_json(self.body(request)),
            "headers": self._to.headers,
            "timeout": limits,
        }

    def body(self, request: Request) -> JsonValue:
        return request_body(request, self._to.manner)

    def read(self, result: object) -> Answer | Failure:
        assert isinstance(result, self._library.Response)
        return read_response(result.status_code, result.headers, result.content, self._to.secrets)

    def excuse(self, error: Exception) -> Answer | Failure:
        if isinstance(error, self._library.TimeoutException | TimeoutError):
            return Failure("timeout", transient=True)
        if isinstance(error, self._library.TransportError):
            return Failure("connection", quotable(str(error), self._to.secrets), transient=True)
        raise error

    def close(self) -> Awaitable[None] | None:
        close = self._client.close if isinstance(self._client, self._library.Client) else self._client.aclose
        return close()
