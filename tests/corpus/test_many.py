"""`summarise_many` and `asummarise_many` against a server on loopback."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from summariser import Summary, asummarise_many, summarise_many
from summariser.corpus.many import _Recent
from summariser.errors import BudgetError, InvalidAnswerError, RefusedSourceError, SourceError, UsageError
from tests.corpus.made import answer, summary, text
from tests.servers.chat import Asked, Canned, ChatServer, completion, error


def _options(server: ChatServer) -> dict[str, str]:
    return {"model": "openai/m", "base_url": server.base_url, "api_key": "k"}


def _title(result: object) -> str | None:
    assert isinstance(result, Summary), result
    return result.document.title


def test_summaries_come_in_the_order_of_their_sources() -> None:
    with ChatServer(answer) as server:
        found = list(summarise_many((text(n) for n in range(20)), concurrency=5, **_options(server)))
    assert [_title(one) for one in found] == [f"Port Elan opens office number {n}" for n in range(20)]
    assert len(server.requests) == 20


def test_or_as_they_are_completed() -> None:
    first = threading.Event()

    def reply(asked: Asked) -> Canned:
        if "number 0" in asked.raw.decode():
            assert first.wait(20)
        return answer(asked)

    with ChatServer(reply) as server:
        stream = summarise_many([text(n) for n in range(3)], concurrency=3, ordered=False, **_options(server))
        early = [_title(next(stream)), _title(next(stream))]
        first.set()
        assert [_title(one) for one in stream] == ["Port Elan opens office number 0"]
    assert "Port Elan opens office number 0" not in early


def test_a_source_that_fails_has_its_error_in_its_place(tmp_path: Path) -> None:
    sources = [text(1), "", tmp_path / "missing.txt", text(2)]
    with ChatServer(answer) as server:
        found = list(summarise_many(sources, **_options(server)))
    assert [type(one) for one in found] == [Summary, RefusedSourceError, SourceError, Summary]


def test_a_model_that_fails_one_document_does_not_stop_the_others() -> None:
    def reply(asked: Asked) -> Canned:
        return completion("no") if "number 1 " in asked.raw.decode() else answer(asked)

    with ChatServer(reply) as server:
        found = list(summarise_many([text(n) for n in range(3)], **_options(server)))
    assert [type(one) for one in found] == [Summary, InvalidAnswerError, Summary]


def test_what_says_the_same_is_asked_once_while_under_way_and_after() -> None:
    sources = [text(1), text(1), text(2), text(1), text(2)]
    for concurrency in (1, 5):
        with ChatServer(answer) as server:
            found = list(summarise_many(sources, concurrency=concurrency, **_options(server)))
        assert len(server.requests) == 2
        assert [len(one.usage.attempts) for one in found if isinstance(one, Summary)].count(1) == 2
        assert all(isinstance(one, Summary) and one.highlights for one in found)


def test_wrong_options_are_said_at_once() -> None:
    with pytest.raises(UsageError, match="highlights"):
        summarise_many(["text"], highlights=99)
    with pytest.raises(UsageError, match="concurrency"):
        summarise_many(["text"], concurrency=0)
    with pytest.raises(UsageError, match="no such option"):
        asummarise_many(["text"], colour="red")  # type: ignore[call-arg]


def test_one_source_is_not_taken_apart(tmp_path: Path) -> None:
    for one in ("article.txt", tmp_path):
        with pytest.raises(UsageError, match="one source is not a list"):
            summarise_many(one)  # type: ignore[arg-type]


def test_from_a_running_loop_and_an_async_source() -> None:
    async def sources() -> AsyncIterator[str]:
        for number in range(4):
            await asyncio.sleep(0)
            yield text(number)

    async def run(server: ChatServer) -> list[str | None]:
        return [_title(one) async for one in asummarise_many(sources(), **_options(server))]

    with ChatServer(answer) as server:
        titles = asyncio.run(run(server))
    assert titles == [f"Port Elan opens office number {n}" for n in range(4)]


def test_leaving_the_stream_early_stops_asking() -> None:
    with ChatServer(answer) as server:
        stream = summarise_many((text(n) for n in range(10_000)), concurrency=2, **_options(server))
        next(stream)
        stream.close()  # type: ignore[attr-defined]
        asked = len(server.requests)
    assert asked < 20


def test_the_embedded_engine_works_through_many_too() -> None:
    found = list(summarise_many([text(1), text(2)], model="extractive"))
    assert [_title(one) for one in found] == ["Port Elan opens office number 1", "Port Elan opens office number 2"]


def test_every_overload_is_waited_out_by_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """One refusal with a pause: nobody sends before it is over, and nothing is lost."""
    refused = threading.Lock()
    state = {"refused": False, "early": 0}
    import time

    def reply(asked: Asked) -> Canned:
        with refused:
            if not state["refused"]:
                state.update(refused=True, until=time.monotonic() + 0.4)  # type: ignore[dict-item]
                return error("slow down", 429, **{"retry-after-ms": "500"})
            return answer(asked)

    with ChatServer(reply) as server:
        found = list(summarise_many([text(n) for n in range(8)], concurrency=1, **_options(server)))
    assert all(isinstance(one, Summary) for one in found)
    assert len(server.requests) == 9


def test_the_recent_ones_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summariser.corpus.many.REMEMBERED", 3)
    recent = _Recent()
    for number in range(10):
        recent.put(str(number), summary(f"words {number}"))
    assert [recent.get(str(number)) is not None for number in range(10)] == [False] * 7 + [True] * 3
    found = recent.get("9")
    assert found is not None
    assert found.document.text == "A text about words 9."
    recent.close()


def test_a_document_that_the_budget_does_not_cover_is_not_half_done() -> None:
    from summariser.completers.gate import Gate
    from summariser.completers.governor import Governor, Window
    from summariser.corpus.budget import Allowance, Budget
    from summariser.running import Run, Setup, adrive

    long = "\n\n".join(text(n) for n in range(120))
    used = {"prompt_tokens": 11_000, "completion_tokens": 1_000}
    with ChatServer(completion(json.loads(answer().body)["choices"][0]["message"]["content"], usage=used)) as server:
        # Enough for the first part of the document, not for the second.
        budget = Budget(Allowance(25_000, tokens=True), None)
        setup = Setup.of({**_options(server)}, Gate(Governor(), Window(1), budget))  # type: ignore[typeddict-item]
        run = Run(setup, setup.read(long))
        with pytest.raises(BudgetError) as caught:
            asyncio.run(adrive(run.plan(), setup.completer))
    assert len(server.requests) == len(caught.value.attempts) == 1
