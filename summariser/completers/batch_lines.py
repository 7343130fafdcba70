"""The lines of a batch's files: a request to send, and what an answer or an error of one says. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic_core import from_json, to_json

from summariser.completers.failures import Failure, quotable, status_failure
from summariser.completers.wire import Answer, read_response

ENDPOINT: Literal["/v1/chat/completions"] = "/v1/chat/completions"
"""What every line and every batch names as its address, wherever the server itself lives."""

UNPROCESSED = frozenset({"batch_expired", "batch_cancelled", "batch_failed", "no_answer"})
"""Codes of lines that no model has seen: nothing was billed, and they are sent again."""

_PASSING = ("rate_limit", "overload", "server_error", "internal", "timeout", "unavailable", "token_limit")
"""Parts of the codes of faults that pass."""


def request_line(custom_id: str, body: Mapping[str, object]) -> bytes:
    """One line of a batch's input file; the id comes first, so that it is found without parsing the line."""
    line = {"custom_id": custom_id, "method": "POST", "url": ENDPOINT, "body": body}
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def unanswered_line(custom_id: str, code: str, message: str) -> bytes:
    """A line as a server writes it for a request that got no answer."""
    return to_json({"custom_id": custom_id, "response": None, "error": {"code": code, "message": message}}) + b"\n"


def line_id(line: bytes) -> str | None:
    """The `custom_id` of a line of an answer file; None where the line is none."""
    try:
        found = from_json(line)
    except ValueError:
        return None
    name = found.get("custom_id") if isinstance(found, dict) else None
    return name if isinstance(name, str) else None


def read_line(line: bytes) -> Answer | Failure:
    """What a line of an output or error file says: an answer, or the failure of its request alone."""
    found = from_json(line)
    response, error = found.get("response"), found.get("error")
    if isinstance(response, dict) and isinstance(response.get("body"), dict | str | None):
        body, status = response.get("body"), response.get("status_code")
        return read_response(status if isinstance(status, int) else 200, {}, to_json(body))
    code = error.get("code") if isinstance(error, dict) else None
    message = str((error.get("message") if isinstance(error, dict) else error) or "")
    if code in UNPROCESSED:
        return Failure("unprocessed", quotable(message), transient=True)
    return failed_with(code, message)


def failed_with(code: object, message: str) -> Failure:
    """The failure that a code stands for: a status of HTTP as it is, a name by what it says of the fault."""
    if isinstance(code, int | str) and str(code).isdigit() and 400 <= int(code) < 600:
        status = int(code)
    else:
        status = 500 if any(part in str(code).lower() for part in _PASSING) else 400
    return status_failure(status, {}, json.dumps({"error": {"message": message, "code": str(code or "")}}))


def passes(code: str) -> bool:
    """Whether a batch that failed with this code may work when it is sent again as it is."""
    return failed_with(code, "").transient


def ids_of(path: Path) -> Iterator[str]:
    """The ids of an input file that `request_line` wrote."""
    start = len(b'{"custom_id":"')
    with path.open("rb") as file:
        for line in file:
            yield line[start : line.index(b'"', start)].decode()
