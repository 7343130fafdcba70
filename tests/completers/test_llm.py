"""The LLM completer against a server on loopback: sync and async are held to the same behaviour."""

from __future__ import annotations

import asyncio
import itertools
import json
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from summariser.completers import completer_for
from summariser.completers.llm import LLMCompleter
from summariser.errors import (
    AuthenticationError,
    CompletionError,
    ContextLimitError,
    InvalidAnswerError,
    RefusedError,
    ServerError,
    SettingsError,
    TruncatedError,
)
from summariser.settings import Settings
from tests.servers.chat import Canned, ChatServer, as_json, completion, error, tool_call, unused_address
from tests.servers.sample import ANSWER, DRAFT, a_call

GOOD = completion(ANSWER)
ROOT = Path(__file__).parents[2]


def settings(address: ChatServer | str, **more) -> Settings:
    base_url = address if isinstance(address, str) else address.base_url
    return Settings(**({"model": "m", "base_url": base_url, "retry_wait": 0} | more))


@pytest.fixture(params=["sync", "async"])
def complete(request):
    """Runs one call through a fresh completer, in either world."""

    def run(chosen: Settings, call=None):
        if request.param == "sync":
            with LLMCompleter(chosen) as completer:
                return completer.complete(call or a_call())

        async def there():
            async with LLMCompleter(chosen) as completer:
                return await completer.acomplete(call or a_call())

        return asyncio.run(there())

    return run


def ways(attempts) -> list[tuple[str, str]]:
    return [(attempt.reason, attempt.outcome) for attempt in attempts]


# The request


def test_a_request_is_strict_json_schema_and_nothing_that_was_not_set(complete):
    with ChatServer(GOOD) as server:
        reply = complete(settings(server))
    assert reply.draft == DRAFT
    assert type(reply.draft) is type(DRAFT)
    (asked,) = server.requests
    assert asked.path == "/v1/chat/completions"
    assert set(asked.body) == {"model", "messages", "response_format"}
    assert [m["role"] for m in asked.body["messages"]] == ["system", "user"]
    form = asked.body["response_format"]["json_schema"]
    assert form["strict"] is True
    assert "authorization" not in asked.headers  # there is no key, so none is made up
    (attempt,) = reply.attempts
    assert (attempt.call, attempt.reason, attempt.outcome) == ("extract", "first", "ok")
    assert (attempt.input_tokens, attempt.output_tokens, attempt.cached_tokens) == (100, 20, 64)
    assert not reply.estimated


def test_what_is_set_is_sent(complete):
    with ChatServer(GOOD) as server:
        complete(settings(server, temperature=0, max_output_tokens=9, api_key="sk-given"))
    (asked,) = server.requests
    assert (asked.body["temperature"], asked.body["max_tokens"]) == (0, 9)
    assert asked.headers["authorization"] == "Bearer sk-given"


TEMPLATES = "a {{ 7*7 }} b {% if %} c {# d #}\n    indented\n\t{{ cycler }} é “quoted” \u2060 end"


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_a_document_with_template_code_reaches_the_server_byte_for_byte(complete, mode):
    answer = tool_call(ANSWER) if mode == "tools" else GOOD
    with ChatServer([completion("no"), answer]) as server:
        complete(settings(server, mode=mode), a_call(TEMPLATES))
    for asked in server.requests:
        assert asked.body["messages"][1] == {"role": "user", "content": TEMPLATES}
        assert json.dumps(TEMPLATES, ensure_ascii=False).encode() in asked.raw


def test_lone_surrogates_do_not_stop_a_request(complete):
    with ChatServer(GOOD) as server:
        assert complete(settings(server), a_call("before \ud800 after")).draft == DRAFT
    assert server.requests[0].body["messages"][1]["content"] == "before ? after"


@pytest.mark.parametrize(
    ("model", "sent"),
    [
        ("my-model", "my-model"),
        ("openai/my-model", "my-model"),
        ("meta-llama/Llama-3", "meta-llama/Llama-3"),
        ("google/gemma-2", "google/gemma-2"),
        ("openai/openai/gpt-oss", "openai/gpt-oss"),
    ],
)
def test_the_name_that_reaches_a_server_of_ones_own(complete, model, sent):
    with ChatServer(GOOD) as server:
        complete(settings(server, model=model))
    assert server.requests[0].body["model"] == sent


# Retries: requests are counted, because layers that retry would multiply


@pytest.mark.parametrize("retries", [0, 2])
def test_a_server_that_always_fails_gets_one_request_and_the_retries(complete, retries):
    with ChatServer(error("boom", 500)) as server, pytest.raises(ServerError) as caught:
        complete(settings(server, max_retries=retries))
    assert len(server.requests) == 1 + retries
    assert ways(caught.value.attempts) == [("first", "error")] + [("retry", "error")] * retries
    assert server.base_url.removesuffix("/v1") in str(caught.value)
    assert f"500 after {1 + retries} request" in str(caught.value)


FAULTS = {
    "408": error("x", 408),
    "409": error("x", 409),
    "429": error("x", 429, **{"Retry-After": "0"}),
    "500": error("x", 500),
    "503 in HTML": Canned(503, b"<html>busy</html>", {"Content-Type": "text/html"}),
    "dropped before the answer": Canned(cut=-1),
    "dropped in the body": Canned(body=GOOD.body, cut=30),
    "200 with a page": Canned(200, b"<html>hello</html>", {"Content-Type": "text/html"}),
    "200 with half the JSON": Canned(200, GOOD.body[:50]),
    "200 with nothing": Canned(200, b""),
    "200 with a list": as_json([]),
    "200 with an overload of the model behind": as_json({"error": {"message": "busy", "code": 503}}),
    "a refusal that says to try again": error("x", 400, **{"x-should-retry": "true"}),
    "timeout": Canned(body=GOOD.body, delay=0.15),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_passes_is_retried_once_and_counted(complete, fault):
    with ChatServer([FAULTS[fault], GOOD]) as server:
        reply = complete(settings(server, timeout=0.1 if fault == "timeout" else 5))
    assert reply.draft == DRAFT
    assert len(server.requests) == 2
    assert ways(reply.attempts) == [("first", "error"), ("retry", "ok")]
    assert reply.attempts[0].input_tokens == 0


@pytest.mark.parametrize("fault", ["200 with a page", "200 with half the JSON", "dropped in the body", "timeout"])
def test_what_does_not_pass_ends_as_a_server_error(complete, fault):
    with ChatServer(FAULTS[fault]) as server, pytest.raises(ServerError):
        complete(settings(server, max_retries=1, timeout=0.1 if fault == "timeout" else 5))
    assert len(server.requests) == 2


LASTING = {
    "bad key": (error("no", 401), AuthenticationError, "does not accept the key"),
    "forbidden": (error("no", 403), AuthenticationError, "does not accept the key"),
    "no model, Ollama": (as_json({"error": "model 'm' not found"}, 404), CompletionError, "model 'm'"),
    "no model, vLLM": (
        as_json({"object": "error", "message": "The model `m` does not exist.", "code": 404}, 404),
        CompletionError,
        "does not know the model 'm'",
    ),
    "bad request": (error("n must be 1", 400), CompletionError, "refused the request with 400: n must be 1"),
    "no money": (error("quota", 429, code="insufficient_quota"), ServerError, "429"),
    "told not to": (error("down", 503, **{"x-should-retry": "false"}), ServerError, "503"),
    "too long, OpenAI": (error("too long", 400, code="context_length_exceeded"), ContextLimitError, "larger context"),
    "too long, vLLM": (
        as_json(
            {"object": "error", "message": "This model's maximum context length is 4096 tokens.", "code": 400}, 400
        ),
        ContextLimitError,
        "4096",
    ),
    "too long, llama.cpp": (
        error("the request exceeds the available context size", 400, code=400),
        ContextLimitError,
        "larger context",
    ),
    "body too large": (Canned(413, b""), ContextLimitError, "larger context"),
}


@pytest.mark.parametrize("case", LASTING)
def test_what_stays_wrong_is_asked_once_and_becomes_its_error(complete, case):
    canned, kind, words = LASTING[case]
    with ChatServer(canned) as server, pytest.raises(kind, match=words) as caught:
        complete(settings(server))
    assert len(server.requests) == 1
    assert ways(caught.value.attempts) == [("first", "error")]
    assert "\n" not in str(caught.value)


def test_an_address_where_nobody_listens(complete):
    address = unused_address()
    with pytest.raises(ServerError, match=r"cannot reach http://127\.0\.0\.1:") as caught:
        complete(settings(address, max_retries=2))
    assert len(caught.value.attempts) == 3


def test_retry_after_is_waited_for(complete):
    with ChatServer([error("x", 429, **{"retry-after-ms": "120"}), GOOD]) as server:
        began = time.monotonic()
        complete(settings(server))
    assert time.monotonic() - began >= 0.12


def test_a_pause_past_the_deadline_is_not_begun(complete):
    with (
        ChatServer(error("x", 429, **{"Retry-After": "3600"})) as server,
        pytest.raises(ServerError, match="wait 3600 s"),
    ):
        complete(settings(server, deadline=5))
    assert len(server.requests) == 1


def test_no_re_ask_is_begun_after_the_deadline(complete, monkeypatch):
    class Clock:
        monotonic = itertools.count(0, 15).__next__

    monkeypatch.setattr("summariser.completers.llm.time", Clock)
    with ChatServer(completion("no")) as server, pytest.raises(ServerError, match=r"within 25 s") as caught:
        complete(settings(server, deadline=25))
    assert len(server.requests) == 1
    assert len(caught.value.attempts) == 1


# Answers


WRAPPED = {
    "fence": f"```json\n{ANSWER}\n```",
    "prose": f"Here is the JSON {{as asked}}:\n{ANSWER}\nI hope it helps.",
    "thinking": f'<think>The object {{"highlights": []}} would be short.</think>\n\n{ANSWER}',
    "thinking about many objects": "<think>" + '{"highlights": []} or ' * 9 + "so.</think>" + ANSWER,
    "thinking, opened by the template": f"I think so.</think>{ANSWER}",
    "number in quotes": ANSWER.replace("[1]", '["1"]'),
    "extra key": ANSWER[:-1] + ', "note": "n"}',
}


@pytest.mark.parametrize("wrapping", WRAPPED)
def test_what_small_models_put_around_an_answer_is_forgiven(complete, wrapping):
    with ChatServer(completion(WRAPPED[wrapping])) as server:
        assert complete(settings(server)).draft == DRAFT
    assert len(server.requests) == 1


def test_an_invalid_answer_is_asked_for_again_with_what_was_wrong(complete):
    with ChatServer([completion('{"highlights": "none"}'), GOOD]) as server:
        reply = complete(settings(server))
    assert ways(reply.attempts) == [("first", "invalid"), ("reask", "ok")]
    assert reply.attempts[0].output_tokens == 20
    first, second = (asked.body["messages"] for asked in server.requests)
    assert second[:2] == first
    assert second[2] == {"role": "assistant", "content": '{"highlights": "none"}'}
    assert "highlights: Input should be a valid array" in second[3]["content"]


def test_a_long_bad_answer_is_shown_again_in_part():
    with ChatServer([completion("x" * 50_000), completion("y" * 50_000), GOOD]) as server:
        LLMCompleter(settings(server)).complete(a_call())
    lengths = [len(asked.raw) for asked in server.requests]
    assert lengths[1] - lengths[0] < 8000
    assert lengths[2] == lengths[1]


@pytest.mark.parametrize(
    "empty",
    [completion(""), completion(None), as_json({"choices": []}), as_json({"choices": [{"message": None}]})],
    ids=["empty", "null", "no choices", "no message"],
)
def test_an_empty_answer_is_asked_for_again_and_then_an_error(complete, empty):
    with ChatServer(empty) as server, pytest.raises(InvalidAnswerError, match="the answer is empty") as caught:
        complete(settings(server, max_reasks=2))
    assert len(server.requests) == 3
    assert ways(caught.value.attempts) == [("first", "invalid"), ("reask", "invalid"), ("reask", "invalid")]
    # Two messages of a user in a row, or an empty one, are refused by the templates of many local models.
    assert [m["role"] for m in server.requests[-1].body["messages"]] == ["system", "user"]


def test_retries_and_re_asks_are_counted_apart(complete):
    replies = [error("x", 500), completion("no"), error("x", 503), GOOD]
    with ChatServer(replies) as server:
        reply = complete(settings(server, max_retries=1, max_reasks=1))
    assert len(server.requests) == 4
    assert ways(reply.attempts) == [("first", "error"), ("retry", "invalid"), ("reask", "error"), ("retry", "ok")]


def test_a_truncated_answer_is_not_asked_for_again(complete):
    with ChatServer(completion(ANSWER[:40], finish="length")) as server, pytest.raises(TruncatedError) as caught:
        complete(settings(server))
    assert len(server.requests) == 1
    assert caught.value.attempts[0].outcome == "truncated"
    assert caught.value.attempts[0].output_tokens == 20
    assert "SUMMARISER_MAX_OUTPUT_TOKENS" in str(caught.value)


@pytest.mark.parametrize(
    "canned", [completion(None, refusal="I cannot help with that."), completion(None, finish="content_filter")]
)
def test_a_refusal_is_not_asked_for_again(complete, canned):
    with ChatServer(canned) as server, pytest.raises(RefusedError) as caught:
        complete(settings(server))
    assert len(server.requests) == 1
    assert caught.value.attempts[0].outcome == "refused"
    assert "I cannot help" not in str(caught.value)


def test_missing_usage_is_none_and_estimates_say_so(complete):
    with ChatServer(completion(ANSWER, usage={})) as server:
        reply = complete(settings(server))
    assert (reply.attempts[0].input_tokens, reply.estimated) == (0, False)
    with ChatServer(completion(ANSWER, system_fingerprint="relay-estimated-usage")) as server:
        assert complete(settings(server)).estimated


# Servers without constrained output


def without(*features: str):
    """A server that refuses requests with one of `features`, as llama.cpp and vLLM did."""

    def reply(asked):
        for feature in features:
            if feature in asked.body:
                return error(f"{feature}: not supported by this server", 400, code=400)
        return tool_call(ANSWER) if "tools" in asked.body else GOOD

    return reply


def test_a_server_without_json_schema_is_asked_for_a_tool_call_and_that_is_remembered():
    with ChatServer(without("response_format")) as server, LLMCompleter(settings(server)) as completer:
        first, second = completer.complete(a_call()), completer.complete(a_call("another"))
        third = asyncio.run(completer.acomplete(a_call("a third")))
    assert ways(first.attempts) == [("first", "error"), ("retry", "ok")]
    assert ways(second.attempts) == ways(third.attempts) == [("first", "ok")]
    assert len(server.requests) == 4
    assert "tools" in server.requests[-1].body


def test_a_server_without_either_is_told_in_words(complete):
    with ChatServer(without("response_format", "tools")) as server:
        reply = complete(settings(server))
    assert reply.draft == DRAFT
    assert len(server.requests) == 3
    last = server.requests[-1].body
    assert set(last) == {"model", "messages"}
    assert '"highlights"' in last["messages"][0]["content"]


def test_a_way_of_asking_that_was_chosen_is_not_left():
    with ChatServer(without("response_format")) as server, pytest.raises(CompletionError, match="response_format"):
        LLMCompleter(settings(server, mode="json_schema")).complete(a_call())
    assert len(server.requests) == 1


# Clients


def test_one_completer_serves_threads_and_event_loops():
    with ChatServer(GOOD) as server:
        completer = LLMCompleter(settings(server))

        async def many():
            return await asyncio.gather(*(completer.acomplete(a_call(f"a{n}")) for n in range(20)))

        with ThreadPoolExecutor(8) as pool:
            replies = list(pool.map(lambda n: completer.complete(a_call(f"s{n}")), range(20)))
            for loop in [pool.submit(asyncio.run, many()) for _ in range(2)]:
                replies += loop.result()
        replies += asyncio.run(many())
        completer.close()
    assert len(server.requests) == len(replies) == 80
    assert all(reply.draft == DRAFT for reply in replies)
    assert {asked.body["messages"][1]["content"] for asked in server.requests} == {
        f"{kind}{n}" for kind in "as" for n in range(20)
    }


def test_a_loop_that_ends_closes_its_client():
    with ChatServer(GOOD) as server:
        completer = LLMCompleter(settings(server))

        async def once():
            await completer.acomplete(a_call())
            return await completer._async_target()

        target = asyncio.run(once())
    assert target._session.closed
    assert not completer._async


def test_connections_are_kept_between_calls():
    seen = set()

    def note(asked):
        seen.add(threading.get_ident())  # the server has a thread for each connection
        return GOOD

    with ChatServer(note) as server, LLMCompleter(settings(server)) as completer:
        for _ in range(5):
            completer.complete(a_call())
    assert len(seen) == 1


def test_a_closed_completer_opens_again():
    with ChatServer(GOOD) as server:
        completer = LLMCompleter(settings(server))
        completer.complete(a_call())
        completer.close()
        assert completer.complete(a_call()).draft == DRAFT
        completer.close()


def test_cancelling_a_call_stops_it():
    async def cancelled(chosen):
        async with LLMCompleter(chosen) as completer:
            await completer.acomplete(a_call())
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await completer.acomplete(a_call())

    with ChatServer([GOOD, Canned(body=GOOD.body, delay=0.15)]) as server:
        asyncio.run(cancelled(settings(server)))
    assert len(server.requests) == 2


def test_a_server_that_drips_is_left_at_the_timeout(complete):
    with ChatServer(Canned(body=GOOD.body, drip=0.01)) as server, pytest.raises(ServerError, match="in time"):
        complete(settings(server, timeout=0.15, max_retries=0))


# Which completer


def test_the_http_library_is_imported_at_the_first_call_and_no_model_library_even_then():
    with ChatServer(GOOD) as server:
        script = f"""
import sys
from summariser.completers import completer_for
from summariser.settings import Settings
from tests.servers.sample import a_call
completer = completer_for(Settings(model="openai/m", base_url={server.base_url!r}))
assert not {{"openai", "instructor", "httpx2"}} & set(sys.modules)
completer.complete(a_call())
assert "httpx2" in sys.modules and not {{"openai", "instructor"}} & set(sys.modules)
"""
        subprocess.run([sys.executable, "-W", "error", "-c", script], check=True, cwd=ROOT)
    assert len(server.requests) == 1


@pytest.mark.parametrize("chosen", [{}, {"model": "extractive"}, {"api_key": "sk-x"}, {"base_url": "http://h/v1"}])
def test_without_a_model_the_embedded_engine_answers(chosen):
    assert completer_for(Settings(**chosen)).engine == "extractive"


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"model": "gpt-x"}, "names no provider"),
        ({"model": "nobody/gpt-x"}, "names no provider"),
        ({"model": "openai/gpt-x"}, "no key for openai"),
        ({"model": "openai/", "api_key": "k"}, "names no provider"),
    ],
)
def test_settings_that_do_not_add_up(chosen, words):
    with pytest.raises(SettingsError, match=words):
        completer_for(Settings(**chosen))


def test_a_model_with_a_provider():
    completer = completer_for(Settings(model="ollama/llama3"))
    assert (completer.engine, completer.model, completer.reads_prompts) == ("llm", "ollama/llama3", True)
    assert completer.provenance() == ("live", None)
    assert repr(completer) == "<LLMCompleter ollama/llama3 at http://localhost:11434>"
