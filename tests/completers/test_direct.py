"""What goes to an OpenAI-compatible server beside the body: the address and the headers."""

from __future__ import annotations

import pytest

from summariser.completers.direct import destination
from summariser.settings import Settings


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("http://localhost:8000/v1", "http://localhost:8000/v1/chat/completions"),
        ("http://localhost:8000/v1/", "http://localhost:8000/v1/chat/completions"),
        ("https://gate.test/llm?version=2", "https://gate.test/llm/chat/completions?version=2"),
        ("http://[::1]:8080", "http://[::1]:8080/chat/completions"),
    ],
)
def test_the_path_goes_between_the_address_and_its_query(address: str, url: str) -> None:
    assert destination(Settings(), address, "m", None).url == url


def test_a_key_is_sent_and_kept_out_of_messages() -> None:
    found = destination(Settings(), "http://h/v1", "m", "sk-secret")
    assert found.headers["Authorization"] == "Bearer sk-secret"
    assert found.secrets == ("sk-secret",)
    assert "Authorization" not in destination(Settings(), "http://h/v1", "m", None).headers


def test_the_account_is_told_to_openai_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-1")
    theirs = destination(Settings(), "https://api.openai.com/v1", "m", "k")
    assert (theirs.headers["OpenAI-Organization"], theirs.headers["OpenAI-Project"]) == ("org-1", "proj-1")
    assert theirs.manner.output_limit_name == "max_completion_tokens"
    other = destination(Settings(), "http://h/v1", "m", "k")
    assert "OpenAI-Organization" not in other.headers
    assert other.manner.output_limit_name == "max_tokens"
