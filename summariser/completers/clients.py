"""Which client reaches a model: the openai one for every OpenAI-compatible server, instructor's for other providers.

A `Target` is one client and how to use it, without sending anything: the runners in `llm` call `create`, or await it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from summariser.completers.direct import CONNECT_SECONDS, PATH, HttpTarget, destination, manner_of
from summariser.completers.failures import Failure, quotable, status_failure
from summariser.completers.wire import Answer, Request, read_response, request_body
from summariser.errors import SettingsError
from summariser.settings import COMPATIBLE, PROVIDERS, Settings, provider_of

if TYPE_CHECKING:
    import httpx2
    import openai
    from pydantic import JsonValue

OPENAI = "https://api.openai.com/v1"
OLLAMA = "http://localhost:11434/v1"
NO_KEY = "none"
"""Sent where a server wants no key: the client insists on one."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a model is: `provider` is None where `address` alone says it; `direct` means without instructor."""

    provider: str | None
    name: str
    address: str | None
    direct: bool


class Target(Protocol):
    """One client: `create(**arguments(…))` makes one request, `read` or `excuse` says what came of it."""

    @property
    def create(self) -> Callable[..., Any]: ...

    def arguments(self, request: Request, timeout: float) -> dict[str, Any]: ...

    def body(self, request: Request) -> JsonValue:
        """The JSON body of a request, as a recording knows it."""
        ...

    def read(self, result: object) -> Answer | Failure: ...

    def excuse(self, error: Exception) -> Answer | Failure:
        """What an exception of the client stands for; one that is no failure of the line is raised again."""
        ...

    def close(self) -> Awaitable[None] | None:
        """Close the connections; to be awaited where the client is async."""
        ...


def route(settings: Settings, model: str) -> Route:
    """Where `model` is, by its prefix and the base address. Raises `SettingsError` where it is nowhere."""
    provider = provider_of(model)
    name = model.partition("/")[2]
    if settings.base_url:
        # "openai/x" under an address of one's own means x there; "meta-llama/x" and "google/x" are names as they are.
        return Route(None, name if provider in COMPATIBLE else model, settings.base_url, direct=True)
    if provider == "openai":
        return Route(provider, name, OPENAI, direct=True)
    if provider == "ollama":
        return Route(provider, name, OLLAMA, direct=True)
    if settings.replay and (provider is None or provider in COMPATIBLE):
        return Route(provider, name if provider else model, OPENAI, direct=True)
    if provider is None:
        raise SettingsError(
            f"model {quotable(model)!r} names no provider: write openai/…, ollama/… or another of "
            f"{', '.join(sorted(PROVIDERS))}, or set a base_url (SUMMARISER_BASE_URL)"
        )
    if provider not in COMPATIBLE and (settings.replay or settings.record or settings.cache):
        raise SettingsError(f"replay, record and cache work with OpenAI-compatible servers, not with {provider}")
    return Route(provider, name, None, direct=False)


def key_for(settings: Settings, route: Route) -> str | None:
    """The key to send. Raises `SettingsError` where there must be one and is none."""
    if settings.api_key:
        return settings.api_key.get_secret_value()
    if settings.replay or route.provider == "ollama" or settings.base_url:
        return NO_KEY
    if route.provider == "openai":
        raise SettingsError("no key for openai: set OPENAI_API_KEY (or SUMMARISER_API_KEY)")
    return None


def open_target(
    settings: Settings, route: Route, *, is_async: bool, http: httpx2.Client | httpx2.AsyncClient | None
) -> Target:
    """A client for `route`. `http` replaces its own HTTP client. Raises `SettingsError` where it cannot be made."""
    key = key_for(settings, route)
    if route.direct:
        assert route.address is not None
        to = destination(settings, route.address, route.name, None if key == NO_KEY else key)
        if http is not None:
            return HttpTarget(to, http)
        if is_async:
            from summariser.completers.aio import AioTarget

            return AioTarget(to)
        from summariser.completers.patience import patient_client

        return HttpTarget(to, patient_client())
    import openai

    from summariser.completers.providers import InstructorTarget, open_instructor

    found = open_instructor(settings, f"{route.provider}/{route.name}", key, is_async=is_async)
    inner = found.client
    if not isinstance(inner, openai.OpenAI | openai.AsyncOpenAI):
        return InstructorTarget(found, settings, key)
    own: Any = {"http_client": http} if http else {}  # one argument for two kinds of client
    return CompatibleTarget(inner.with_options(max_retries=0, **own), settings, route)


class CompatibleTarget:
    """An OpenAI client of a provider that needs one (Azure, Databricks …). The body is ours, the answer is read raw."""

    def __init__(self, client: openai.OpenAI | openai.AsyncOpenAI, settings: Settings, route: Route) -> None:
        import httpx2

        self.create = client.post
        self._client = client
        self._response_type = httpx2.Response
        self._timeout = httpx2.Timeout
        self._secrets = _secrets(client)
        self._manner = manner_of(settings, route.name, modern=route.provider == "azure_openai")

    def arguments(self, request: Request, timeout: float) -> dict[str, Any]:
        limits = self._timeout(timeout, connect=min(timeout, CONNECT_SECONDS))
        body = self.body(request)
        return {"path": PATH, "cast_to": self._response_type, "body": body, "options": {"timeout": limits}}

    def body(self, request: Request) -> JsonValue:
        return request_body(request, self._manner)

    def read(self, result: object) -> Answer | Failure:
        assert isinstance(result, self._response_type)
        return read_response(result.status_code, result.headers, result.content, self._secrets)

    def excuse(self, error: Exception) -> Answer | Failure:
        import openai

        if isinstance(error, openai.APIStatusError):
            response = error.response
            return status_failure(response.status_code, response.headers, response.content, self._secrets)
        if isinstance(error, openai.APITimeoutError | TimeoutError):
            return Failure("timeout", transient=True)
        if isinstance(error, openai.APIConnectionError):
            cause = error.__cause__ or error
            return Failure("connection", quotable(str(cause), self._secrets), transient=True)
        raise error

    def close(self) -> Awaitable[None] | None:
        return self._client.close()


def _secrets(client: openai.OpenAI | openai.AsyncOpenAI) -> tuple[str, ...]:
    return (client.api_key,) if client.api_key not in ("", NO_KEY) else ()
