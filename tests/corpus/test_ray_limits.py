"""One limit over many workers, without Ray and without a clock; and blocks that their workers die of."""

from __future__ import annotations

import heapq
import json
from pathlib import Path

import numpy as np
import pytest

from summariser.completers.governor import Limits
from summariser.corpus import ray_worker
from summariser.corpus.items import Item
from summariser.corpus.ray import _asked, sendable
from summariser.corpus.ray_limits import HEADROOM, LOT, LeasedGovernor, Limiter, Lot, Report
from summariser.corpus.ray_output import Output, Row
from summariser.corpus.ray_reading import Keys, read_failures, read_output
from summariser.corpus.ray_worker import DEATHS, BlockWriter, Portion, Worker
from summariser.errors import AuthenticationError, UsageError
from tests.articles import NEWS


class Direct:
    """A channel without a way between."""

    def __init__(self, limits: Limits) -> None:
        self.now = 0.0
        self.limiter = Limiter(limits, clock=lambda: self.now)
        self.lots = 0

    def take(self, count: int, tokens: float, report: Report) -> Lot:
        self.lots += 1
        return self.limiter.take(count, tokens, report)

    def tell(self, report: Report) -> None:
        self.limiter.hear(report)

    def begin(self, work: bytes) -> int:
        return self.limiter.begin(work)

    def end(self, work: bytes) -> None:
        self.limiter.end(work)


def starts(limits: Limits, *, workers: int, seconds: float, booked: float = 1_000, used: float = 1_000) -> list[float]:
    """When requests start, of workers that each send one as soon as they may, all through one limiter."""
    channel = Direct(limits)
    governors = [LeasedGovernor(channel) for _ in range(workers)]
    ready = [(0.0, number) for number in range(workers)]
    found: list[float] = []
    while ready and ready[0][0] < seconds:
        channel.now, number = heapq.heappop(ready)
        start = channel.now + governors[number].reserve(channel.now, booked)
        governors[number].used(booked, used)
        found.append(start)
        heapq.heappush(ready, (max(start, channel.now + 1e-6), number))
    return sorted(start for start in found if start < seconds)


def test_many_workers_together_keep_one_limit_and_use_it() -> None:
    found = starts(Limits(requests=600), workers=7, seconds=120)
    minute = [sum(begin <= start < begin + 60 for start in found) for begin in range(0, 60, 5)]
    assert max(minute) <= 600 + 10 + 7 * LOT  # a second's worth at the start, and turns that lay with a worker
    assert min(minute[1:]) >= 0.95 * 600


def test_tokens_are_counted_as_they_were_used() -> None:
    # Booked at 1,000 tokens, used 3,000: the corrections must slow everybody to a third.
    found = starts(Limits(tokens=600_000), workers=5, seconds=180, used=3_000)
    later = sum(60 <= start < 180 for start in found)
    assert 0.9 * 400 <= later <= 1.1 * 400


def test_a_worker_asks_once_for_several_turns() -> None:
    channel = Direct(Limits(requests=6_000))
    governor = LeasedGovernor(channel)
    for _ in range(5 * LOT):
        governor.reserve(0.0, 100)
    assert channel.lots == 5


def test_a_refusal_holds_up_the_others() -> None:
    channel = Direct(Limits(requests=6_000))
    first, second = LeasedGovernor(channel), LeasedGovernor(channel)
    first.refused(0.0, 20.0)
    assert first.pause(5.0) == 15.0
    second.reserve(0.0, 100)
    assert second.pause(0.0) == 20.0


def test_what_a_server_tells_one_worker_holds_for_all() -> None:
    channel = Direct(Limits())
    first, second = LeasedGovernor(channel), LeasedGovernor(channel)
    assert first.reserve(0.0, 100) == 0.0
    first.told(0.0, Limits(requests=60))
    waits = [second.reserve(0.0, 100) for _ in range(4)] + [first.reserve(0.0, 100) for _ in range(4)]
    assert waits[-1] == pytest.approx(6.0 / HEADROOM, rel=0.01)


ASKED = _asked({"model": "extractive"})


class Died(BaseException):
    """Stands for the end of a process."""


def test_a_document_that_kills_its_workers_becomes_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    whole = Worker.summarise

    def deadly(self: Worker, wanted: object) -> list[Row]:
        found = list(wanted)  # type: ignore[call-overload]
        if any(item.id == "deadly" for item in found):
            raise Died
        return whole(self, found)

    monkeypatch.setattr(ray_worker.Worker, "summarise", deadly)
    texts = {"a": NEWS, "deadly": NEWS + " And more.", "b": NEWS + " And yet more."}
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()), "utf-8")
    channel = Direct(Limits())
    part = {"kind": "lines", "urls": [str(source)], "start": 0, "end": source.stat().st_size, "first": 1, "base": ""}
    deaths = 0
    while True:
        done = Keys(np.empty((0, 2), dtype=np.uint64))
        writer = BlockWriter(
            {"model": "extractive"}, output=str(tmp_path / "out"), run=1, asked=ASKED, done=done, channel=channel
        )
        try:
            block = writer.write(Portion(part=json.dumps(part), parts=0, problem=""))
            break
        except Died:
            deaths += 1
        finally:
            writer.close()
    assert deaths == 2 * DEATHS
    assert (block["finished"], block["failed"]) == (2, 1)
    assert sorted(line.id for line in read_output(str(tmp_path / "out"))) == ["a", "b"]
    assert [failure.id for failure in read_failures(str(tmp_path / "out"))] == ["deadly"]


def test_a_block_that_was_written_when_its_worker_died_is_not_done_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(NEWS, "utf-8")
    part = json.dumps(
        {"kind": "files", "urls": ["a.txt"], "start": 0, "end": 0, "first": 0, "base": str(tmp_path)},
    )
    portion = Portion(part=part, parts=0, problem="")
    done = Keys(np.empty((0, 2), dtype=np.uint64))
    writer = BlockWriter({"model": "extractive"}, output=str(tmp_path / "out"), run=1, asked=ASKED, done=done)
    first = writer.write(portion)
    monkeypatch.setattr(ray_worker.Worker, "summarise", lambda self, wanted: pytest.fail("it was asked again"))
    assert writer.write(portion) == first
    writer.close()
    assert len(Output(str(tmp_path / "out")).blocks()) == 1


def test_a_key_that_is_not_accepted_stops_the_run_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refused(self: Worker, wanted: object) -> list[Row]:
        return [self.failed(Item("a", "text"), AuthenticationError("the key is not accepted"))]

    monkeypatch.setattr(ray_worker.Worker, "summarise", refused)
    (tmp_path / "a.txt").write_text(NEWS, "utf-8")
    part = {"kind": "files", "urls": ["a.txt"], "start": 0, "end": 0, "first": 0, "base": str(tmp_path)}
    done = Keys(np.empty((0, 2), dtype=np.uint64))
    writer = BlockWriter({"model": "extractive"}, output=str(tmp_path / "out"), run=1, asked=ASKED, done=done)
    block = writer.write(Portion(part=json.dumps(part), parts=0, problem=""))
    writer.close()
    assert block["stop"] == "the key is not accepted"
    assert not (tmp_path / "out").exists()


def test_keys_and_completers_do_not_travel() -> None:
    from summariser import Settings

    with pytest.raises(UsageError, match="environment"):
        sendable({"api_key": "sk-secret"})
    settings = Settings.load(model="openai/x", api_key="sk-secret", timeout=7)
    sent = sendable({"settings": settings, "replay": "recordings"})
    assert "sk-secret" not in repr({**sent, "key": sent["settings"].api_key})  # type: ignore[union-attr]
    assert sent["settings"].timeout == 7  # type: ignore[union-attr]
    assert sent["settings"].replay == Path("recordings").absolute()  # type: ignore[union-attr]
