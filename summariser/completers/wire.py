"""The wire format of OpenAI-compatible chat completions: build a request body, read a response. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic_core import from_json

from summariser.completers.failures import Failure, quotable, status_failure
from summariser.completers.ratelimits import limits_of
from summariser.completers.strict_schema import schema_text, strict_schema

if TYPE_CHECKING:
    from pydantic import BaseModel, JsonValue

    from summariser.completers.governor import Limits

Style = Literal["json_schema", "tools", "json"]
STYLES: tuple[Style, ...] = ("json_schema", "tools", "json")
"""How the shape of the answer is asked for, best first; a server that refuses one is asked in the next."""

ESTIMATED = "relay-estimated-usage"
"""The `system_fingerprint` of a server whose token counts are estimates."""


@dataclass(frozen=True, slots=True)
class Message:
    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask: messages, the draft to fill in, and how its shape is asked for."""

    messages: tuple[Message, ...]
    draft: type[BaseModel]
    style: Style

    @property
    def characters(self) -> int:
        """How long the request is, about: its messages and the schema."""
        return sum(len(message.content) for message in self.messages) + len(schema_text(self.draft))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said, before anything is made of it. Token counts are 0 where the server gives none.

    `problem` is set where the client library parsed the answer itself and found it invalid.
    """

    text: str
    finish: str = "stop"
    refused: bool = False
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    estimated: bool = False
    problem: str | None = None
    limits: Limits | None = None
    """What the server allows, where it says so."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The end of one request: its result, and the failures that were retried before it."""

    result: Answer | Failure
    retried: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """The parts of a request that are the same for every call. Values that are None are not sent."""

    model: str
    temperature: float | None = None
    max_output_tokens: int | None = None
    output_limit_name: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    """OpenAI's reasoning models know only the second, most other servers only the first."""


def request_body(request: Request, manner: Manner) -> dict[str, JsonValue]:
    """The JSON body of a chat completion request."""
    messages: list[JsonValue] = [{"role": m.role, "content": encodable(m.content)} for m in request.messages]
    # The shape goes before the messages: what never changes comes first, byte by byte, as prompt caches want it.
    body: dict[str, JsonValue] = {"model": manner.model, **_shape(request)}
    body["messages"] = messages
    if manner.temperature is not None:
        body["temperature"] = manner.temperature
    if manner.max_output_tokens is not None:
        body[manner.output_limit_name] = manner.max_output_tokens
    if request.style == "json":
        system = f"{encodable(request.messages[0].content)}\n\n{in_words(request.draft)}"
        messages[0] = {"role": "system", "content": system}
    return body


def _shape(request: Request) -> dict[str, JsonValue]:
    """How the shape of the answer is asked for, beside the messages."""
    name = request.draft.__name__
    match request.style:
        case "json_schema":
            schema: dict[str, JsonValue] = {"name": name, "strict": True, "schema": strict_schema(request.draft)}
            return {"response_format": {"type": "json_schema", "json_schema": schema}}
        case "tools":
            function: dict[str, JsonValue] = {"name": name, "strict": True, "parameters": strict_schema(request.draft)}
            choice: dict[str, JsonValue] = {"type": "function", "function": {"name": name}}
            return {"tools": [{"type": "function", "function": function}], "tool_choice": choice}
        case "json":
            return {}


def in_words(draft: type[BaseModel]) -> str:
    """The shape of the answer for a server that knows no constrained output."""
    return f"Answer with one JSON object and nothing else. It must fit this JSON schema:\n{schema_text(draft)}"


def encodable(text: str) -> str:
    """`text` without lone surrogates, which no request can carry."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def read_response(
    status: int, headers: Mapping[str, str], content: bytes, secrets: Sequence[str] = ()
) -> Answer | Failure:
    """What a response says. A success that holds no chat completion counts as a line that broke: it is retried."""
    if not 200 <= status < 300:
        return status_failure(status, headers, content, secrets)
    try:
        body = from_json(content)
    except ValueError:
        return Failure("body", _what_it_is(content), status, transient=True)
    if not isinstance(body, dict):
        return Failure("body", "the JSON is no object", status, transient=True)
    if body.get("error") and not body.get("choices"):
        return _error_in_success(body["error"], secrets)
    choices = body.get("choices")
    if not isinstance(choices, list):
        return Failure("body", "there are no choices in it", status, transient=True)
    usage = _Tokens(body.get("usage"))
    choice = choices[0] if choices and isinstance(choices[0], dict) else {}
    message = choice.get("message")
    message = message if isinstance(message, dict) else {}
    finish = choice.get("finish_reason")
    return Answer(
        text=_text_of(message),
        finish=finish if isinstance(finish, str) else "stop",
        refused=bool(message.get("refusal")) or finish == "content_filter",
        input_tokens=usage.count("prompt_tokens"),
        output_tokens=usage.count("completion_tokens"),
        cached_tokens=_Tokens(usage.part("prompt_tokens_details")).count("cached_tokens"),
        estimated=body.get("system_fingerprint") == ESTIMATED,
        limits=limits_of(headers),
    )


def _text_of(message: dict[str, JsonValue]) -> str:
    calls = message.get("tool_calls")
    if isinstance(calls, list) and calls and isinstance(calls[0], dict):
        function = calls[0].get("function")
        arguments = function.get("arguments") if isinstance(function, dict) else None
        if isinstance(arguments, str) and arguments:
            return arguments
    content = message.get("content")
    if isinstance(content, list):
        # Some servers answer in parts, as requests may.
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _error_in_success(error: JsonValue, secrets: Sequence[str]) -> Failure:
    """OpenRouter and others report errors of the model behind them with status 200 and a code in the body."""
    code = error.get("code") if isinstance(error, dict) else None
    status = code if isinstance(code, int) and 400 <= code < 600 else 502
    text = error.get("message") if isinstance(error, dict) else error
    return status_failure(status, {}, quotable(str(text), secrets), secrets)


def _what_it_is(content: bytes) -> str:
    start = content[:200].lstrip().lower()
    if not start:
        return "the body is empty"
    return "it is a web page" if start.startswith(b"<") else "the JSON is broken or cut short"


class _Tokens:
    """Token counts as servers send them: missing, null, or under other names are all 0."""

    def __init__(self, usage: JsonValue) -> None:
        self._usage = usage if isinstance(usage, dict) else {}

    def count(self, name: str) -> int:
        value = self._usage.get(name)
        return value if isinstance(value, int) and value > 0 else 0

    def part(self, name: str) -> JsonValue:
        return self._usage.get(name)
