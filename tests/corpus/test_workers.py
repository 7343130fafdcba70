"""Several processes for one run: one output, one budget, and a worker that is killed."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
from pathlib import Path

import pytest

from summariser.cli import main
from summariser.completers.governor import Governor, Limits
from summariser.corpus.items import Item
from summariser.corpus.work import Done, Failed, Outcome, Twin
from summariser.corpus.workers import Workers, settled_memory
from summariser.errors import UsageError
from tests.corpus.made import answer, corpus, ids, spec, text
from tests.servers.chat import Asked, Canned, ChatServer


def _items(*numbers: int) -> list[Item]:
    return [Item(f"doc-{n}", text(n)) for n in numbers]


async def _outcomes(workers: Workers, items: list[Item]) -> list[Outcome]:
    return [outcome async for outcome in workers.outcomes(items)]


def _id(outcome: Outcome) -> str:
    match outcome:
        case Done():
            return outcome.head.id
        case Failed():
            return outcome.line.id
        case _:
            return outcome.item.id


def test_every_document_comes_back_once_and_duplicates_are_asked_once(tmp_path: Path) -> None:
    items = [*_items(*range(12)), Item("copy", text(3))]
    with ChatServer(answer) as server:
        workers = Workers(spec(server.base_url, index=tmp_path / "index.db"), 2)
        found = asyncio.run(_outcomes(workers, items))
    assert sorted(map(_id, found)) == sorted([*(f"doc-{n}" for n in range(12)), "copy"])
    assert len(server.requests) == 12
    (twin,) = [one for one in found if isinstance(one, Twin)]
    assert {twin.item.id, twin.owner} == {"copy", "doc-3"}


def test_what_a_killed_worker_had_is_done_by_another(tmp_path: Path) -> None:
    """The first process that asks about document 5 is killed while it waits for the answer."""
    first = threading.Event()

    def reply(asked: Asked) -> Canned:
        if "number 5 " in asked.raw.decode() and not first.is_set():
            first.set()
            for slot in workers._slots:
                process = slot._process
                assert process is not None
                if "doc-5" in slot.held:
                    assert process.pid is not None
                    os.kill(process.pid, signal.SIGKILL)
        return answer(asked)

    with ChatServer(reply) as server:
        workers = Workers(spec(server.base_url, index=tmp_path / "index.db"), 2)
        found = asyncio.run(_outcomes(workers, _items(*range(10))))
    assert first.is_set()
    assert sorted(map(_id, found)) == sorted(f"doc-{n}" for n in range(10))
    assert all(isinstance(one, Done) for one in found)


def test_a_document_that_kills_every_worker_is_a_failure_and_the_others_are_done(tmp_path: Path) -> None:
    def reply(asked: Asked) -> Canned:
        if "number 5 " in asked.raw.decode():
            for slot in workers._slots:
                if "doc-5" in slot.held and slot._process is not None and slot._process.pid is not None:
                    os.kill(slot._process.pid, signal.SIGKILL)
        return answer(asked)

    with ChatServer(reply) as server:
        workers = Workers(spec(server.base_url, concurrency=1, index=tmp_path / "index.db"), 2)
        found = {_id(one): one for one in asyncio.run(_outcomes(workers, _items(*range(20))))}
    assert len(found) == 20
    failed = found["doc-5"]
    assert isinstance(failed, Failed)
    assert "died twice" in failed.line.message
    assert sum(isinstance(one, Done) for one in found.values()) >= 15


def test_what_a_worker_cannot_begin_with_is_said(tmp_path: Path) -> None:
    wrong = spec("http://127.0.0.1:9", index=tmp_path / "index.db")
    wrong.options["highlights"] = 99
    with pytest.raises(UsageError, match="highlights"):
        asyncio.run(_outcomes(Workers(wrong, 2), _items(1)))


def test_a_rate_limit_holds_over_all_processes() -> None:
    """Two governors on the same numbers book turns one after the other."""
    workers = Workers(spec("http://127.0.0.1:9"), 2)
    one = Governor(Limits(requests=60), workers._governor)
    two = Governor(Limits(requests=60), workers._governor)
    starts = sorted(governor.reserve(100.0, 0) for governor in (one, two) * 10)
    assert starts[-1] == pytest.approx(18, abs=0.01)
    two.refused(200.0, 9.0)
    assert one.pause(200.0) == pytest.approx(9.0)


def test_one_output_and_one_budget_over_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARISER_API_KEY", "k")
    path = corpus(tmp_path / "c.jsonl", 30)
    out = tmp_path / "out.jsonl"
    with ChatServer(answer) as server:
        options = ["--model", "openai/gpt-5-mini", "--base-url", server.base_url, "--workers", "2", "-j", "4"]
        assert main([str(path), "-o", str(out), *options, "--budget", "6000 tokens"]) == 3
        # 120 tokens are used for each, and some 2,000 are held back while it is under way.
        assert 20 < len(server.requests) < 30
        assert len(ids(out)) == len(server.requests)
        assert main([str(path), "-o", str(out), *options]) == 0
    assert len(server.requests) == 30
    assert sorted(ids(out)) == sorted(f"doc-{n}" for n in range(1, 31))
    assert "finished before" in capsys.readouterr().err


@pytest.mark.parametrize("frozen", [False, True])
def test_the_collector_is_as_it_was_after_a_run(frozen: bool) -> None:
    before = gc.get_threshold()
    if frozen:
        gc.freeze()
    try:
        with settled_memory():
            assert gc.get_threshold() != before
            assert gc.get_freeze_count() > 0
        assert gc.get_threshold() == before
        assert (gc.get_freeze_count() > 0) is frozen
    finally:
        gc.unfreeze()
