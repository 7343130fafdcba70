"""Providers that are reached through instructor: the same conversation, the same counting, nothing rendered."""

from __future__ import annotations

import asyncio
import json
import logging

import instructor
import openai
import pytest

from summariser.completers.llm import LLMCompleter
from summariser.errors import AuthenticationError, InvalidAnswerError, ServerError, SettingsError, TruncatedError
from summariser.settings import Settings
from tests.servers.chat import Canned, ChatServer, completion, error, tool_call
from tests.servers.sample import ANSWER, DRAFT, a_call


class Foreign:
    """Stands for another provider's client: not openai's, with retries of its own until they are turned off."""

    def __init__(self, client):
        self.inner = client
        self.timeout = None

    def close(self):
        return self.inner.close()

    @property
    def max_retries(self):
        return self.inner.max_retries

    @max_retries.setter
    def max_retries(self, value):
        self.inner.max_retries = value


@pytest.fixture(params=["sync", "async"])
def complete(request, monkeypatch):
    def run(server, call=None, **more):
        def from_provider(model, async_client, **wanted):
            assert model == "anthropic/claude-x"
            made = (openai.AsyncOpenAI if async_client else openai.OpenAI)(
                api_key=wanted["api_key"], base_url=server.base_url
            )
            kind = instructor.AsyncInstructor if async_client else instructor.Instructor
            create = instructor.patch(create=made.chat.completions.create, mode=instructor.Mode.TOOLS)
            return kind(client=Foreign(made), create=create, mode=instructor.Mode.TOOLS, model="claude-x")

        monkeypatch.setattr(instructor, "from_provider", from_provider)
        chosen = Settings(**({"model": "anthropic/claude-x", "api_key": "k-planted", "retry_wait": 0} | more))
        if request.param == "sync":
            with LLMCompleter(chosen) as completer:
                return completer.complete(call or a_call())

        async def there():
            async with LLMCompleter(chosen) as completer:
                return await completer.acomplete(call or a_call())

        return asyncio.run(there())

    return run


TEMPLATES = "a {{ 7*7 }} b {% if %} c {# d #}\n    indented\n\t{{ cycler }} é “quoted” end"


def test_a_document_with_template_code_reaches_the_provider_byte_for_byte(complete):
    with ChatServer([tool_call("{}"), tool_call(ANSWER)]) as server:
        reply = complete(server, a_call(TEMPLATES))
    assert json.dumps(TEMPLATES, ensure_ascii=False).encode() in server.requests[0].raw
    assert server.requests[1].body["messages"][1]["content"].startswith(TEMPLATES)
    assert reply.draft == DRAFT
    assert type(reply.draft) is type(DRAFT)
    assert [(a.reason, a.outcome, a.input_tokens) for a in reply.attempts] == [
        ("first", "invalid", 10),
        ("reask", "ok", 10),
    ]


def test_layers_do_not_multiply(complete):
    with ChatServer(error("boom", 500)) as server, pytest.raises(ServerError) as caught:
        complete(server, max_retries=2)
    assert len(server.requests) == len(caught.value.attempts) == 3
    with ChatServer(tool_call("{}")) as server, pytest.raises(InvalidAnswerError) as invalid:
        complete(server, max_reasks=2)
    assert len(server.requests) == len(invalid.value.attempts) == 3


def test_errors_have_their_types_and_hold_nothing(complete, caplog):
    caplog.set_level(logging.DEBUG)
    with (
        ChatServer(lambda asked: error(f"no {asked.headers['authorization']}", 401)) as server,
        pytest.raises(AuthenticationError) as caught,
    ):
        complete(server)
    assert len(server.requests) == 1
    assert "k-planted" not in str(caught.value) + caplog.text
    told = "every word that the model said"
    with ChatServer(tool_call(f'{{"highlights": "{told}"}}')) as server, pytest.raises(InvalidAnswerError) as caught:
        complete(server, max_reasks=0)
    assert told not in str(caught.value) + caplog.text
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_a_cut_answer_is_one_request(complete):
    with ChatServer(completion(ANSWER[:30], finish="length")) as server, pytest.raises(TruncatedError) as caught:
        complete(server)
    assert len(server.requests) == 1
    assert caught.value.attempts[0].output_tokens == 20


def test_a_dropped_line_is_retried(complete):
    with ChatServer([Canned(cut=-1), tool_call(ANSWER)]) as server:
        reply = complete(server)
    assert [(a.reason, a.outcome) for a in reply.attempts] == [("first", "error"), ("retry", "ok")]


def test_compatible_providers_are_resolved_by_instructor_and_spoken_to_directly():
    completer = LLMCompleter(Settings(model="openrouter/maker/model", api_key="k", temperature=0))
    target = completer._sync_target()
    assert str(target._client.base_url) == "https://openrouter.ai/api/v1/"
    assert target._client.max_retries == 0
    assert target._manner.model == "maker/model"
    completer.close()


def test_a_provider_without_its_package_or_key_is_a_settings_error():
    with pytest.raises(SettingsError, match="anthropic package is required"):
        LLMCompleter(Settings(model="anthropic/claude-x", api_key="k-planted")).complete(a_call())
    with pytest.raises(SettingsError, match="DEEPSEEK_API_KEY is not set") as caught:
        LLMCompleter(Settings(model="deepseek/chat")).complete(a_call())
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("folder", ["replay", "record", "cache"])
def test_recordings_are_for_compatible_servers(tmp_path, folder):
    with pytest.raises(SettingsError, match="not with anthropic"):
        LLMCompleter(Settings(model="anthropic/claude-x", **{folder: tmp_path}))
