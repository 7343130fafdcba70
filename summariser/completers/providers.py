"""Providers that do not speak OpenAI's protocol (Anthropic, Google, Mistral …), through instructor.

Instructor makes one attempt a request; retries and re-asks are ours, as for every other server. Its ``context=`` is
never given: it would render the document as a Jinja template.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from summariser.completers.failures import Failure, quotable, status_failure
from summariser.completers.wire import Answer, Request, encodable
from summariser.errors import SettingsError

if TYPE_CHECKING:
    import instructor
    from pydantic import JsonValue

    from summariser.settings import Settings

_MOST_WHERE_DEMANDED = 16_000
"""Output limit for the providers that demand one (Anthropic), where the settings name none."""

_COUNTS = {
    "input_tokens": ("input_tokens", "prompt_tokens", "prompt_token_count"),
    "output_tokens": ("output_tokens", "completion_tokens", "candidates_token_count"),
    "cached_tokens": ("cache_read_input_tokens", "cached_content_token_count"),
}


def open_instructor(
    settings: Settings, model: str, key: str | None, *, is_async: bool
) -> instructor.Instructor | instructor.AsyncInstructor:
    """Instructor's client for a provider string. Raises `SettingsError`: no key, or the provider's package missing."""
    import instructor

    # Its loggers write whole completions and server messages; what matters of them is in our errors.
    logging.getLogger("instructor").setLevel(logging.CRITICAL + 1)
    wanted: dict[str, Any] = {"api_key": key} if key else {}
    if model.startswith("anthropic/"):
        wanted["max_tokens"] = settings.max_output_tokens or _MOST_WHERE_DEMANDED
    make: Callable[..., instructor.Instructor | instructor.AsyncInstructor] = instructor.from_provider
    problem = ""
    try:
        client = make(model, async_client=is_async, **wanted)
    except Exception as error:  # noqa: BLE001 - every provider's package has its own errors for a missing key
        problem = quotable(str(error), (key,) if key else ()) or type(error).__name__
    if problem:
        raise SettingsError(f"cannot use model {model!r}: {problem}")
    inner = client.client
    for name, value in (("max_retries", 0), ("timeout", settings.timeout)):
        if hasattr(inner, name):
            setattr(inner, name, value)
    return client


class InstructorTarget:
    """One of instructor's clients as a `Target`."""

    def __init__(
        self, client: instructor.Instructor | instructor.AsyncInstructor, settings: Settings, key: str | None
    ) -> None:
        self.create: Callable[..., Any] = client.create_with_completion
        self._close: Callable[[], object] = getattr(client.client, "close", lambda: None)
        self._secrets = (key,) if key else ()
        self._extra: dict[str, Any] = {}
        if settings.temperature is not None:
            self._extra["temperature"] = settings.temperature
        if settings.max_output_tokens is not None:
            self._extra["max_tokens"] = settings.max_output_tokens

    def arguments(self, request: Request, timeout: float) -> dict[str, Any]:  # noqa: ARG002 - it is set on the client
        messages = [{"role": message.role, "content": encodable(message.content)} for message in request.messages]
        return {"messages": messages, "response_model": request.draft, "max_retries": 0, "strict": False, **self._extra}

    def body(self, request: Request) -> JsonValue:
        """Recordings are for OpenAI-compatible servers: nobody asks."""
        del request
        return None

    def read(self, result: object) -> Answer | Failure:
        assert isinstance(result, tuple)
        draft, completion = result
        # Instructor's object is of a subclass that neither compares nor pickles: only its JSON goes on.
        return Answer(draft.model_dump_json(exclude_unset=True), **_usage(completion))

    def excuse(self, error: Exception) -> Answer | Failure:
        from instructor.core.exceptions import IncompleteOutputException, InstructorRetryException, ResponseParsingError

        if isinstance(error, IncompleteOutputException):
            return Answer("", finish="length", **_usage(error.last_completion))
        if isinstance(error, InstructorRetryException):
            cause = error.__cause__
            if isinstance(cause, ValidationError | ValueError | ResponseParsingError):
                completion = error.failed_attempts[-1].completion if error.failed_attempts else error.last_completion
                return _unparsed(cause, completion)
            error = cause if isinstance(cause, Exception) else error
        return self._failure(error)

    def close(self) -> Awaitable[None] | None:
        """Close the provider's client, where it can be closed."""
        closing: object = self._close()
        return closing if isinstance(closing, Awaitable) else None

    def _failure(self, error: Exception) -> Failure:
        """By the traits that the providers' packages share; their exception classes share no root."""
        status = next((s for name in ("status_code", "code") if isinstance(s := getattr(error, name, None), int)), None)
        if status is not None and 400 <= status < 600:
            headers = getattr(getattr(error, "response", None), "headers", None) or {}
            return status_failure(status, headers, str(error), self._secrets)
        kinds = " ".join(kind.__name__ for kind in type(error).__mro__)
        if "Timeout" in kinds:
            return Failure("timeout", transient=True)
        if "Connect" in kinds or "Transport" in kinds or "Network" in kinds:
            return Failure("connection", type(error).__name__, transient=True)
        return Failure("provider", type(error).__name__)


def _unparsed(cause: BaseException, completion: object) -> Answer:
    """An answer that instructor could not make a draft of: it is asked for again, without words of the answer."""
    if isinstance(cause, ValidationError):
        faults = cause.errors(include_input=False, include_url=False, include_context=False)[:6]
        problem = "; ".join(f"{'.'.join(map(str, fault['loc'])) or 'answer'}: {fault['msg']}" for fault in faults)
    else:
        problem = "the answer is not the JSON object that was asked for"
    return Answer("", problem=problem, **_usage(completion))


def _usage(completion: object) -> dict[str, Any]:
    """Token counts under the names that the providers give them; 0 where there are none."""
    usage = getattr(completion, "usage", None) or getattr(completion, "usage_metadata", None)
    counts: dict[str, Any] = {}
    for ours, theirs in _COUNTS.items():
        values = (getattr(usage, name, None) for name in theirs)
        counts[ours] = next((value for value in values if isinstance(value, int)), 0)
    return counts
