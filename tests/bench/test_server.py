"""The mock server over a real socket: answers, faults, limits and counters."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from bench.articles import article
from bench.faults import FAULTS, MIXED, FaultPlan
from bench.running import ROOT, Running, running
from bench.server import Behaviour
from summariser import Settings, Summary, summarise

NUMBERED = {"properties": {"highlights": {"items": {"properties": {"text": {}, "ev": {}}}}}}
QUOTING = {"properties": {"highlights": {"items": {"properties": {"text": {}, "quotes": {}}}}}}


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running() as started:
        yield started


def lines_of(number: int) -> str:
    sentences = [sentence for paragraph in article(number).paragraphs for sentence in paragraph]
    return "\n".join(f"[{place}] {sentence}" for place, sentence in enumerate(sentences, start=1))


def request(text: str, schema: object = NUMBERED, **fields: object) -> bytes:
    form = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    body = {"model": "m", "messages": [{"role": "user", "content": text}], "response_format": form}
    return json.dumps(body | fields).encode()


def send(server: Running, body: bytes) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request("POST", "/v1/chat/completions", body)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def content(server: Running, body: bytes) -> dict[str, list[dict[str, object]]]:
    _, _, data = send(server, body)
    answered: dict[str, list[dict[str, object]]] = json.loads(json.loads(data)["choices"][0]["message"]["content"])
    return answered


def settings(server: Running, **more: object) -> Settings:
    return Settings.load(model="openai/mock", base_url=server.url, api_key="none", retry_wait=0, **more)


def counts(summary: Summary) -> tuple[int, int, int, int]:
    return len(summary.highlights), len(summary.key_points), len(summary.actors), len(summary.milestones)


def test_articles_are_long_enough_different_and_always_the_same() -> None:
    made = [article(number) for number in range(1, 301)]
    assert len({a.text for a in made}) == 300
    assert all(650 <= len(a.text.split()) <= 750 for a in made)
    article.cache_clear()
    assert article(7) == made[6]


def test_the_package_finds_every_claim_supported_in_one_request(server: Running) -> None:
    server.reset(Behaviour())
    for number in range(1, 21):
        summary = summarise(article(number).text, settings=settings(server))
        assert counts(summary) == (5, 7, 10, 4)
        assert summary.rejected == ()
        assert [h.text for h in summary.highlights] == [c.fields["text"] for c in article(number).claims["highlights"]]
    stats = server.stats()
    assert stats["requests"] == 20
    assert stats["documents"]["000007"] == 1


def test_wrong_sums_are_repaired_with_a_second_call(server: Running) -> None:
    server.reset(Behaviour(misquotes=1.0))
    summary = summarise(article(3).text, settings=settings(server))
    assert server.stats()["shapes"] == {"extract": 1, "repair": 1}
    assert counts(summary) == (5, 7, 10, 4)


def test_quotes_are_sentences_of_the_article_and_tools_get_arguments(server: Running) -> None:
    server.reset(Behaviour())
    text = article(5).text
    quoted = content(server, request(text, QUOTING))
    assert [len(items) for items in quoted.values()] == [5, 7, 10, 4]
    assert all(quote in text for items in quoted.values() for item in items for quote in item["quotes"])
    tool = {"type": "function", "function": {"name": "final", "parameters": QUOTING}}
    _, _, data = send(server, request(text, None, response_format=None, tools=[tool]))
    choice = json.loads(data)["choices"][0]
    assert choice["finish_reason"] == "tool_calls"
    assert json.loads(choice["message"]["tool_calls"][0]["function"]["arguments"]) == quoted


def test_a_part_of_an_article_is_answered_with_what_stands_in_it(server: Running) -> None:
    server.reset(Behaviour())
    part = "\n".join(lines_of(5).splitlines()[:2])
    answered = content(server, request(part))
    assert [item["ev"] for item in answered["highlights"]] == [[1, 2]]


def test_langextract_gets_extractions_of_the_chunk_alone(server: Running) -> None:
    first = " ".join(article(5).paragraphs[0])
    prompt = f"Extract.\n\nQ: an example\nA: {{}}\n\nQ: {first}\nA: "
    answered = content(server, request(prompt, None, response_format=None))
    assert {next(iter(item)) for item in answered["extractions"]} >= {"highlight", "key_point", "milestone"}
    assert all(next(iter(item.values())) in first for item in answered["extractions"])


def test_an_unknown_text_is_answered_with_its_own_sentences(server: Running) -> None:
    server.reset(Behaviour())
    answered = content(server, request("[1] A cat sat on the mat.\n[2] It slept until noon that day."))
    assert answered["key_points"][1] == {"text": "It slept until noon that day.", "speaker": None, "ev": [2]}
    answered = content(server, request("A cat sat on the warm mat. It slept until noon that day.", QUOTING))
    assert answered["highlights"][1]["quotes"] == ["It slept until noon that day."]


def test_a_stream_ends_with_done(server: Running) -> None:
    _, headers, data = send(server, request(lines_of(1), stream=True))
    assert headers["content-type"] == "text/event-stream"
    events = data.decode().strip().split("\n\n")
    assert events[-1] == "data: [DONE]"
    assert json.loads(json.loads(events[0][6:])["choices"][0]["delta"]["content"])["highlights"]


@pytest.mark.parametrize(("fault", "status"), [("429", 429), ("429-after", 429), ("500", 500), ("502", 502)], ids=str)
def test_an_error_status_passes_and_the_next_attempt_succeeds(server: Running, fault: str, status: int) -> None:
    server.reset(Behaviour(script={"000001": [fault]}, retry_after=3))
    found, headers, _ = send(server, request(lines_of(1)))
    assert found == status
    assert headers.get("retry-after") == ("3" if fault == "429-after" else None)
    assert send(server, request(lines_of(1)))[0] == 200
    assert server.stats()["faults"] == {fault: 1, "ok": 1}


def test_a_connection_ends_before_or_within_the_answer(server: Running) -> None:
    server.reset(Behaviour(script={"000001": ["drop", "cut"]}))
    with pytest.raises(http.client.RemoteDisconnected):
        send(server, request(lines_of(1)))
    with pytest.raises(http.client.IncompleteRead):
        send(server, request(lines_of(1)))


@pytest.mark.parametrize("fault", ["invalid", "truncated", "length", "schema"])
def test_a_bad_answer_in_a_good_response(server: Running, fault: str) -> None:
    server.reset(Behaviour(script={"000001": [fault]}))
    _, _, data = send(server, request(lines_of(1)))
    choice = json.loads(data)["choices"][0]
    assert choice["finish_reason"] == ("length" if fault == "length" else "stop")
    if fault == "schema":
        assert "key_points" not in json.loads(choice["message"]["content"])
    else:
        with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
            json.loads(choice["message"]["content"])


def test_another_documents_answer_is_another_documents(server: Running) -> None:
    server.reset(Behaviour(script={"000001": ["other"]}))
    answered = content(server, request(article(1).text, QUOTING))
    assert answered["highlights"][0]["text"] == article(2).claims["highlights"][0].fields["text"]
    summary = summarise(article(1).text, settings=settings(server))
    assert counts(summary) == (5, 7, 10, 4)


def test_a_slow_answer_comes_in_pieces_and_a_double_one_twice(server: Running) -> None:
    server.reset(Behaviour(script={"000001": ["slow", "twice"]}, slow=0.05))
    body = request(lines_of(1))
    head = f"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: {len(body)}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(head + body)
        received = [line.recv(65536)]
        total = int(received[0].lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        whole = received[0].index(b"\r\n\r\n") + 4 + total
        while sum(map(len, received)) < whole:
            received.append(line.recv(65536))
        assert len(received) > 1
        line.sendall(head + body)
        double = b""
        while len(double) < 2 * whole:
            double += line.recv(65536)
    assert double[:whole] == double[whole:] == b"".join(received)


def test_silence_lasts_until_the_client_leaves(server: Running) -> None:
    server.reset(Behaviour(script={"000001": ["silent"]}))
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=0.2)
    connection.request("POST", "/v1/chat/completions", request(lines_of(1)))
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()


def test_a_request_beyond_the_context_is_refused(server: Running) -> None:
    server.reset(Behaviour(context=100))
    status, _, data = send(server, request(lines_of(1)))
    assert status == 400
    assert json.loads(data)["error"]["code"] == "context_length_exceeded"


def test_rate_limits_are_told_and_held(server: Running) -> None:
    server.reset(Behaviour(rate_requests=2, rate_window=60))
    told = [send(server, request(lines_of(number))) for number in (1, 2, 3)]
    assert [status for status, _, _ in told] == [200, 200, 429]
    assert [headers["x-ratelimit-remaining-requests"] for _, headers, _ in told] == ["1", "0", "0"]
    assert 50 < float(told[2][1]["retry-after"]) <= 60
    assert server.stats()["faults"] == {"ok": 2, "rate": 1}


def test_a_connection_is_kept_and_requests_on_it_may_come_in_pieces(server: Running) -> None:
    server.reset(Behaviour())
    before = server.stats()["connections"]
    body = request(lines_of(1))
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    for _ in range(3):
        connection.putrequest("POST", "/v1/chat/completions")
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        connection.send(body[:100])
        connection.send(body[100:])
        assert json.loads(connection.getresponse().read())["object"] == "chat.completion"
    connection.close()
    stats = server.stats()
    assert stats["connections"] - before == 2  # ours, and the one that asks for the counters
    assert stats["bytes_in"] == 3 * len(body)


def test_latency_is_waited_for(server: Running) -> None:
    server.reset(Behaviour(latency=0.1))
    start = time.monotonic()
    send(server, request(lines_of(1)))
    assert time.monotonic() - start >= 0.1


def test_the_last_bodies_are_kept_on_wish(server: Running) -> None:
    server.reset(Behaviour(keep_bodies=1))
    send(server, request(lines_of(1)))
    send(server, request(lines_of(2)))
    assert [body.encode() for body in server.bodies()] == [request(lines_of(2))]


def test_faults_depend_on_seed_document_and_attempt_alone() -> None:
    plan, again, other = FaultPlan(1, MIXED), FaultPlan(1, MIXED), FaultPlan(2, MIXED)
    keys = [(f"{number:06d}", attempt) for number in range(3000) for attempt in range(2)]
    faults = [plan.fault(*key) for key in keys]
    assert faults == [again.fault(*key) for key in keys]
    assert faults != [other.fault(*key) for key in keys]
    share = sum(fault != "ok" for fault in faults) / len(faults)
    assert share == pytest.approx(sum(MIXED.values()), abs=0.01)
    assert {*faults} == {*MIXED, "ok"}
    failed = [key for key, fault in zip(keys, faults, strict=True) if fault != "ok" and key[1] == 0]
    assert any(plan.fault(document, 1) == "ok" for document, _ in failed)


def test_an_unknown_fault_is_refused(server: Running) -> None:
    with pytest.raises(ValueError, match="no such fault: flood"):
        server.reset(Behaviour(faults={"flood": 0.1}))
    with pytest.raises(ValueError, match="no such fault: flood"):
        FaultPlan(shares={"flood": 0.1})
    assert "429" in FAULTS


def test_the_server_ends_with_its_parent() -> None:
    code = (
        "import subprocess, sys\n"
        "server = subprocess.Popen([sys.executable, '-m', 'bench.server', '--with-parent'],"
        " stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)\n"
        "print(server.stdout.readline(), end='', flush=True)\n"
        "import os; os._exit(0)\n"
    )
    parent = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    port = int(parent.stdout.rsplit(":", 1)[1].partition("/")[0])
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.02)
    pytest.fail("the server outlived its parent")
