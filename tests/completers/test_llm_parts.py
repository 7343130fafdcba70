"""The pure parts: the schema that is sent, the policy, and the conversation without a line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import jsonschema
import pytest
from tenacity import RetryCallState

from summariser.completers.conversation import Dialect, conversation, read_draft
from summariser.completers.failures import Failure, Place, retry_after, status_failure
from summariser.completers.retrying import policy
from summariser.completers.strict_schema import schema_text, strict_schema
from summariser.completers.wire import Answer, Exchange, read_response
from summariser.errors import ContextLimitError, InvalidAnswerError
from summariser.schema import DraftComposition, DraftRepair, DraftSummary
from summariser.settings import Settings
from tests.servers.sample import ANSWER, DRAFT, a_call

PLACE = Place("m", "http://127.0.0.1:1")


def nodes(node):
    yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(part)


@pytest.mark.parametrize("draft", [DraftSummary, DraftRepair, DraftComposition])
def test_the_schema_is_strict_and_says_nothing_twice(draft):
    schema = strict_schema(draft)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert strict_schema(draft) is schema
    objects = [node for node in nodes(schema) if isinstance(node, dict) and node.get("type") == "object"]
    assert len(objects) > 1
    for node in objects:
        assert node["additionalProperties"] is False
        assert node["required"] == list(node["properties"])
        assert not {"description", "default"} & set(node)
    assert len(schema_text(draft)) < 0.85 * len(json.dumps(draft.model_json_schema(), separators=(",", ":")))


def test_the_schema_keeps_a_field_that_is_called_like_a_keyword():
    milestone = strict_schema(DraftSummary)["properties"]["milestones"]["items"]
    assert milestone["properties"]["title"] == {"type": "string"}
    assert milestone["properties"]["date"] == {"type": ["string", "null"]}


def test_what_the_schema_allows_is_a_draft_and_the_other_way_round():
    jsonschema.validate(DRAFT.model_dump(mode="json"), strict_schema(DraftSummary))
    jsonschema.validate(json.loads(ANSWER), strict_schema(DraftSummary))
    lacking = json.loads(ANSWER)
    del lacking["milestones"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(lacking, strict_schema(DraftSummary))


def test_retry_after_in_all_its_forms():
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 80 < retry_after({"retry-after": soon}) <= 90
    past = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)
    assert retry_after({"retry-after": past}) == 0
    assert retry_after({"retry-after": "1.5"}) == 1.5
    assert retry_after({"retry-after-ms": "250", "retry-after": "9"}) == 0.25
    assert retry_after({"retry-after": "-3"}) == 0
    for odd in ("", "soon", "Mon, 99 Foo 2020", "nan", "1e999"):
        assert retry_after({"retry-after": odd}) is None
    assert retry_after({}) is None


def pauses(settings: Settings, failure: Failure, count: int) -> list[float]:
    chosen = policy(settings, 1000, [])
    found = []
    for attempt in range(1, count + 1):
        state = RetryCallState(retry_object=None, fn=None, args=(), kwargs={})
        state.attempt_number = attempt
        state.set_result(failure)
        found.append(chosen["wait"](state))
    return found


def test_pauses_grow_with_jitter_and_follow_the_server():
    settings = Settings(retry_wait=1)
    grown = pauses(settings, Failure("status", transient=True), 8)
    for number, pause in enumerate(grown):
        assert min(2**number, 30) <= pause <= min(2**number, 30) + 1
    assert len({pauses(settings, Failure("status", transient=True), 1)[0] for _ in range(5)}) > 1
    assert 7 <= pauses(settings, Failure("status", transient=True, wait=7), 1)[0] <= 7.2
    assert pauses(settings, Failure("status", transient=True, wait=0), 3) == [0, 0, 0]


def test_the_conversation_needs_no_line():
    talk = conversation(a_call(), Dialect(), PLACE, max_reasks=1)
    first = next(talk)
    assert (first.style, len(first.messages)) == ("json_schema", 2)
    second = talk.send(Exchange(Answer("no", input_tokens=3), retried=(Failure("timeout"),)))
    assert len(second.messages) == 4
    with pytest.raises(StopIteration) as done:
        talk.send(Exchange(Answer(ANSWER, input_tokens=5, estimated=True)))
    reply = done.value.value
    assert reply.draft == DRAFT
    assert reply.estimated
    assert [(a.reason, a.outcome, a.input_tokens) for a in reply.attempts] == [
        ("first", "error", 0),
        ("retry", "invalid", 3),
        ("reask", "ok", 5),
    ]


def test_a_server_that_cannot_be_asked_in_any_way_teaches_nothing():
    dialect = Dialect()
    talk = conversation(a_call(), dialect, PLACE, max_reasks=0)
    asked = [next(talk).style]
    refusal = Exchange(Failure("format", "response_format", 400))
    asked += [talk.send(refusal).style, talk.send(refusal).style]
    assert asked == ["json_schema", "tools", "json"]
    with pytest.raises(Exception, match="400") as caught:
        talk.send(refusal)
    assert len(caught.value.attempts) == 3
    assert dialect.style == "json_schema"


def test_a_context_limit_that_is_found_in_a_re_ask_has_all_attempts():
    talk = conversation(a_call(), Dialect(), PLACE, max_reasks=2)
    next(talk)
    talk.send(Exchange(Answer("no")))
    with pytest.raises(ContextLimitError) as caught:
        talk.send(Exchange(Failure("context", "too long", 400)))
    assert [a.outcome for a in caught.value.attempts] == ["invalid", "error"]


EMPTY_REPAIR = '{"highlights":[],"key_points":[],"actors":[],"milestones":[]}'


def test_an_object_from_the_middle_of_a_broken_answer_is_no_draft():
    assert isinstance(read_draft(EMPTY_REPAIR, DraftRepair), DraftRepair)
    broken = '{"highlights":[{"id":1,"text":"A","ev":[1]},{"id":2,"text":"B","ev":[2]}'
    assert isinstance(read_draft(broken, DraftRepair), str)
    assert isinstance(read_draft("{}", DraftRepair), str)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "{",
        "}",
        '{"' * 50_000,
        "{" * 50_000,
        "[" * 100_000,
        "<think>" * 9999,
        '{ "a": 1} ' * 9999,
        "\x00",
        "💥{",
    ],
    ids=range(11),
)
def test_odd_answers_are_problems_and_nothing_worse(text):
    problem = read_draft(text, DraftSummary)
    assert isinstance(problem, str)
    assert 5 < len(problem) < 600


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"1",
        b'"text"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"choices": 1}',
        b'{"choices": [1]}',
        b'{"choices": [{"message": {"content": 1, "tool_calls": [1]}, "finish_reason": 1}], "usage": [1]}',
        b'{"choices": [{"message": {"tool_calls": [{"function": {"arguments": {}}}]}}], "usage": ""}',
        b'{"error": 1}',
        b'{"error": {"code": "x", "message": {"a": 1}}}',
        b'{"error": [], "detail": [{"loc": ["body"]}]}',
    ],
)
def test_odd_responses_are_answers_or_failures_and_nothing_worse(body):
    for status in (200, 400, 404, 500):
        result = read_response(status, {}, body)
        assert isinstance(result, Failure) or (status == 200 and result.text == "")


def test_content_in_parts_is_read():
    body = {"choices": [{"message": {"content": [{"type": "text", "text": "{"}, {"type": "text", "text": "}"}]}}]}
    assert read_response(200, {}, json.dumps(body).encode()).text == "{}"


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (400, "response_format type must be one of text or json_object", "format"),
        (500, "Value error: response_format json_schema is not implemented", "format"),
        (422, '[{"loc": ["body", "response_format"]}]', "format"),
        (400, '"auto" tool choice requires --enable-auto-tool-choice', "format"),
        (400, "This model's maximum context length is 8192 tokens", "context"),
        (500, "the request exceeds the available context size", "context"),
        (400, "temperature must be below 2", "status"),
        (500, "Internal server error", "status"),
    ],
)
def test_what_servers_say_is_sorted(status, message, kind):
    failure = status_failure(status, {}, json.dumps({"error": {"message": message}}))
    assert failure.kind == kind
    assert failure.transient is (status == 500 and kind == "status")


def test_what_was_wrong_is_said_once_in_the_last_error():
    talk = conversation(a_call(), Dialect(), PLACE, max_reasks=0)
    next(talk)
    with pytest.raises(InvalidAnswerError, match="highlights: Field required") as caught:
        talk.send(Exchange(Answer("{}")))
    assert len(str(caught.value)) < 400
