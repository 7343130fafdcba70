"""No error, representation or log holds a key or a whole completion."""

from __future__ import annotations

import logging
import pickle
import traceback

import pytest

from summariser.completers.failures import quotable
from summariser.completers.llm import LLMCompleter
from summariser.errors import CompletionError, SummariserError
from summariser.settings import Settings
from tests.servers.chat import Canned, ChatServer, as_json, completion, error, unused_address
from tests.servers.sample import a_call

SECRET = "sk-planted-0123456789abcdef"
ODD_SECRET = "planted+without/prefix=="
TOLD = "The whole of what the model said, word for word, with nothing left out of it at all."


def echo(status: int):
    """A server that puts the key into its error."""
    return lambda asked: error(f"bad credentials {asked.headers['authorization']} in your request", status)


CASES = {
    "401": echo(401),
    "400": echo(400),
    "500": echo(500),
    "404 as text": lambda asked: Canned(404, f"no: {asked.headers['authorization']}".encode()),
    "200 with an error": lambda asked: as_json({"error": {"message": asked.headers["authorization"], "code": 400}}),
    "invalid": completion(TOLD),
    "wrong shape": completion(f'{{"highlights": "{TOLD}", "key_points": ["{TOLD}"]}}'),
    "truncated": completion(TOLD, finish="length"),
    "refused": completion(None, refusal=TOLD),
    "cut": Canned(body=completion(TOLD).body, cut=250),
    "page": Canned(body=f"<html>{TOLD}".encode()),
}


@pytest.mark.parametrize("secret", [SECRET, ODD_SECRET])
@pytest.mark.parametrize("case", CASES)
def test_errors_and_logs_hold_no_key_and_no_completion(caplog, case, secret):
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "httpx2", "httpcore2", "instructor", "tenacity", "summariser"):
        caplog.set_level(logging.DEBUG, name)
    with ChatServer(CASES[case]) as server:
        chosen = Settings(
            model="m", base_url=server.base_url, api_key=secret, retry_wait=0, max_retries=1, max_reasks=0
        )
        with pytest.raises(CompletionError) as caught:
            LLMCompleter(chosen).complete(a_call())
    assert server.requests[0].headers["authorization"] == f"Bearer {secret}"
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(chosen)
    for text in (shown, caplog.text):
        assert secret not in text
        assert TOLD not in text
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.attempts) == (str(caught.value), caught.value.attempts)


def test_an_address_is_shown_without_its_user_and_path():
    address = unused_address().replace("http://", "http://user:planted-password@")
    with pytest.raises(SummariserError) as caught:
        LLMCompleter(Settings(model="m", base_url=address, max_retries=0)).complete(a_call())
    assert "planted-password" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("two\nlines\x1b[31m", "two lines [31m"),
        ("x" * 500, "x" * 160 + "…"),
        (f"key {SECRET}", "key …"),
        ("Authorization: Bearer abc.def", "Authorization: …"),
        (f"{'x' * 150} {ODD_SECRET}", f"{'x' * 150} …"),
    ],
)
def test_what_a_server_says_is_quoted_short_and_clean(text, quoted):
    assert quotable(text, (ODD_SECRET,)) == quoted
