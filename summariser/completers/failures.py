"""What can go wrong on the way to an answer, as values; and the error that each becomes in the end.

Failures are values and not exceptions until the very end, so that no traceback, cause or context of a client library
(which hold requests, headers and whole completions) travels with the error that the user sees.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from math import isfinite
from time import time
from typing import TYPE_CHECKING, Literal

from summariser.completers.ratelimits import limits_of
from summariser.errors import (
    AuthenticationError,
    CompletionError,
    ContextLimitError,
    InvalidAnswerError,
    RefusedError,
    ReplayError,
    ServerError,
    SummariserError,
    TruncatedError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from summariser.completers.governor import Limits
    from summariser.schema import Attempt

FailureKind = Literal[
    "timeout", "connection", "status", "body", "context", "format", "replay", "provider", "deadline", "unprocessed"
]

RETRIED = frozenset({408, 409, 429})
"""Besides every 5xx: timeout, conflict and overload pass; the rest of 4xx stays wrong however often it is sent."""

_CONTEXT = re.compile(
    r"context_length_exceeded|maximum context length|available context size|context length|context window"
    r"|max_model_len|prompt is too long|input is too long|too many tokens",
    re.IGNORECASE,
)
_FORMAT = re.compile(
    r"response_format|response format|json_schema|json schema|structured output|guided|grammar|tool_choice"
    r"|\btools?\b|function call",
    re.IGNORECASE,
)
_SECRET = re.compile(r"\b(?:sk|pk|key)-[\w-]{6,}|\bBearer\s+[^\s\"']+", re.IGNORECASE)
_QUOTED = 160


@dataclass(frozen=True, slots=True)
class Failure:
    """A request without an answer. `wait` is the pause in seconds that the server asks for."""

    kind: FailureKind
    message: str = ""
    status: int | None = None
    transient: bool = False
    wait: float | None = None
    limits: Limits | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Who was asked, as errors name it: the model and the server's address, never the key or a path."""

    model: str
    address: str


def status_failure(status: int, headers: Mapping[str, str], body: bytes | str, secrets: Sequence[str] = ()) -> Failure:
    """The failure that a response with an error status is, in the shapes of OpenAI, Ollama, vLLM and llama.cpp."""
    text = (body if isinstance(body, str) else body[:20_000].decode("utf-8", "replace"))[:20_000]
    message, code = _told(text)
    if code == "replay_error":
        return Failure("replay", message, status)
    quoted = quotable(message, secrets)
    evidence = f"{code} {message[:2000]}"
    if status == 413 or (status in (400, 422, 500) and _CONTEXT.search(evidence)):
        return Failure("context", quoted, status)
    if status in (400, 404, 415, 422, 500, 501) and _FORMAT.search(evidence):
        return Failure("format", quoted, status)
    advice = headers.get("x-should-retry", "").lower()
    lasting = code == "insufficient_quota" or advice == "false"
    transient = (status in RETRIED or status >= 500 or advice == "true") and not lasting
    return Failure("status", quoted, status, transient, retry_after(headers), limits_of(headers))


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The pause in seconds that a response asks for: `retry-after-ms`, or `Retry-After` as seconds or an HTTP date."""
    for name, scale in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            seconds = float(headers[name]) / scale
        except (KeyError, ValueError):
            continue
        if isfinite(seconds):
            return max(seconds, 0.0)
    try:
        return max(parsedate_to_datetime(headers["retry-after"]).timestamp() - time(), 0.0)
    except (KeyError, ValueError, OverflowError):
        return None


def quotable(text: str, secrets: Sequence[str] = ()) -> str:
    """What a server says, fit for an error message: one short line without control characters and keys."""
    for secret in secrets:
        text = text.replace(secret, "…") if len(secret) > 3 else text
    text = _SECRET.sub("…", text)
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:2000]).split())
    return line if len(line) <= _QUOTED else line[:_QUOTED] + "…"


def error_for(failure: Failure, place: Place, attempts: Sequence[Attempt]) -> SummariserError:
    """The error that the user sees for a failure that stayed."""
    asked = f"after {len(attempts)} request{'s' * (len(attempts) != 1)}"
    said = f": {failure.message}" if failure.message else ""
    match failure:
        case Failure(kind="replay"):
            return ReplayError(failure.message)
        case Failure(kind="context"):
            return ContextLimitError(
                f"the request is longer than {place.model} reads{said}; use a model with a larger context", attempts
            )
        case Failure(status=401 | 403):
            return AuthenticationError(
                f"{place.address} does not accept the key{said} (set SUMMARISER_API_KEY, or OPENAI_API_KEY)", attempts
            )
        case Failure(status=404):
            return CompletionError(
                f"{place.address} does not know the model {place.model!r}, or has no chat completions under this "
                f"base_url (most end in /v1){said}",
                attempts,
            )
        case Failure(kind="connection"):
            return ServerError(f"cannot reach {place.address} {asked}{said}", attempts)
        case Failure(kind="timeout"):
            return ServerError(
                f"{place.address} did not answer in time {asked} (raise SUMMARISER_TIMEOUT or SUMMARISER_DEADLINE)",
                attempts,
            )
        case Failure(kind="deadline"):
            return ServerError(
                f"no usable answer from {place.address} within {failure.message} s {asked} (raise SUMMARISER_DEADLINE)",
                attempts,
            )
        case Failure(kind="unprocessed"):
            return ServerError(f"{place.address} did not process the request in any of its batches{said}", attempts)
        case Failure(kind="body"):
            return ServerError(f"{place.address} sent no chat completion {asked}{said}", attempts)
        case Failure(status=int(status)) if status == 429 or status >= 500:
            pause = f" (it asks to wait {failure.wait:.0f} s)" if failure.wait else ""
            return ServerError(f"{place.address} answered {status} {asked}{pause}{said}", attempts)
        case Failure(status=int(status)):
            return CompletionError(f"{place.address} refused the request with {status}{said}", attempts)
    return CompletionError(f"{place.model} gave no answer{said}", attempts)


def truncated(place: Place, attempts: Sequence[Attempt]) -> TruncatedError:
    written = attempts[-1].output_tokens
    after = f" after {written} tokens" if written else ""
    return TruncatedError(
        f"the answer of {place.model} was cut off at its output limit{after}: raise SUMMARISER_MAX_OUTPUT_TOKENS, "
        "or use a model that writes longer answers",
        attempts,
    )


def refused(place: Place, attempts: Sequence[Attempt]) -> RefusedError:
    return RefusedError(f"{place.model} declined to answer for this document: try another model", attempts)


def invalid(problem: str, place: Place, attempts: Sequence[Attempt]) -> InvalidAnswerError:
    return InvalidAnswerError(
        f"{place.model} gave no usable answer after {len(attempts)} request{'s' * (len(attempts) != 1)} "
        f"({quotable(problem)}): try a larger model, or another SUMMARISER_MODE",
        attempts,
    )


def _told(text: str) -> tuple[str, str]:
    """Message and code of an error body, which holds an ``error`` (object or text), a ``message`` or a ``detail``."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return ("" if text.lstrip().startswith("<") else text), ""
    if not isinstance(body, dict):
        return "", ""
    error = body.get("error", body)
    if not isinstance(error, dict):
        return str(error), ""
    message = error.get("message") or error.get("detail") or ""
    code = error.get("code") or error.get("type") or ""
    return (message if isinstance(message, str) else json.dumps(message)), str(code)
