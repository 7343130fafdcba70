"""What a line of an answer file says, in the shapes of several servers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from summariser.completers.batch_lines import ENDPOINT, ids_of, line_id, passes, read_line, request_line
from summariser.completers.failures import Failure
from summariser.completers.wire import Answer


def said(**line: Any) -> Answer | Failure:
    return read_line(json.dumps({"id": "b", "custom_id": "a-0", **line}).encode() + b"\n")


def test_an_answer() -> None:
    usage = {"prompt_tokens": 9, "completion_tokens": 4}
    body = {"choices": [{"message": {"content": "yes"}, "finish_reason": "stop"}], "usage": usage}
    found = said(response={"status_code": 200, "body": body}, error=None)
    assert isinstance(found, Answer)
    assert (found.text, found.input_tokens, found.output_tokens) == ("yes", 9, 4)
    assert said(response={"body": body}) == found  # a server that leaves the status out


@pytest.mark.parametrize(
    ("line", "kind", "status", "transient"),
    [
        ({"response": {"status_code": 429, "body": {"error": {"message": "slow"}}}}, "status", 429, True),
        ({"response": {"status_code": 400, "body": {"error": {"message": "no"}}}}, "status", 400, False),
        ({"response": {"status_code": 400, "body": {"error": {"message": "response_format"}}}}, "format", 400, False),
        ({"response": {"status_code": 400, "body": {"error": {"message": "too many tokens"}}}}, "context", 400, False),
        ({"response": {"status_code": 200, "body": None}}, "body", 200, True),
        ({"response": {"status_code": 200, "body": {}}}, "body", 200, True),
        ({"response": {"status_code": 500, "body": "a page"}}, "status", 500, True),
        ({"response": None, "error": {"code": "batch_expired", "message": "late"}}, "unprocessed", None, True),
        ({"response": None, "error": {"code": "batch_cancelled", "message": "stop"}}, "unprocessed", None, True),
        ({"response": None, "error": {"code": "request_timeout", "message": "slow"}}, "status", 500, True),
        ({"response": None, "error": {"code": "rate_limit_exceeded", "message": "slow"}}, "status", 500, True),
        ({"response": None, "error": {"code": 503, "message": "busy"}}, "status", 503, True),
        ({"response": None, "error": {"code": "422", "message": "no"}}, "status", 422, False),
        ({"response": None, "error": {"code": "invalid_request", "message": "no"}}, "status", 400, False),
        ({"response": None, "error": "the model broke"}, "status", 400, False),
        ({"response": None, "error": None}, "status", 400, False),
        ({"response": "what", "error": [1]}, "status", 400, False),
        ({}, "status", 400, False),
    ],
)
def test_a_failure(line: dict[str, Any], kind: str, status: int | None, transient: bool) -> None:
    found = said(**line)
    assert isinstance(found, Failure)
    assert (found.kind, found.status, found.transient) == (kind, status, transient)


def test_a_failure_says_what_the_server_said_without_keys() -> None:
    found = said(response=None, error={"code": "x", "message": "bad key sk-abcdefghijk\x1b[2J"})
    assert isinstance(found, Failure)
    assert found.message == "bad key … [2J"


@pytest.mark.parametrize("line", [b"", b"{", b"[]\n", b"3\n", b'{"custom_id": 3}\n', b"\xff\xfe\n"])
def test_what_is_no_line(line: bytes) -> None:
    assert line_id(line) is None


def test_the_id_of_a_request_is_found_again(tmp_path) -> None:
    path = tmp_path / "part"
    lines = [request_line(f"{number}-x", {"messages": [{"content": 'a "custom_id":"z"\n é'}]}) for number in range(3)]
    path.write_bytes(b"".join(lines))
    assert list(ids_of(path)) == ["0-x", "1-x", "2-x"]
    assert [line_id(line) for line in lines] == ["0-x", "1-x", "2-x"]
    assert {json.loads(line)["url"] for line in lines} == {ENDPOINT}
    assert all(line.count(b"\n") == 1 for line in lines)


@pytest.mark.parametrize(("code", "expected"), [("token_limit_exceeded", True), ("server_error", True), ("", False)])
def test_what_passes(code: str, expected: bool) -> None:
    assert passes(code) is expected
