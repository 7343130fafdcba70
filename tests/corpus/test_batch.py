"""Batches from end to end, against a server of ours that speaks the Batch API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summariser import summarise
from tests.corpus.batching import Desk, answering, asked_for, bare, good, town_of, wrong
from tests.servers.batch import BatchServer
from tests.servers.chat import Asked, Canned, ChatServer, completion, error


@pytest.fixture
def server() -> Iterator[BatchServer]:
    with BatchServer(good) as running:
        yield running


@pytest.fixture
def desk(server: BatchServer, tmp_path: Path) -> Desk:
    return Desk(server, tmp_path)


def live(desk: Desk, answer: Any) -> dict[str, dict[str, Any]]:
    """The summaries of the same documents, asked for live and answered in the same way."""

    def reply(asked: Asked) -> Canned:
        return answer(asked.body)

    with ChatServer(reply) as server:
        settings = desk.settings.replace(base_url=server.base_url)
        return {path.name: bare(summarise(path, settings=settings)) for path in sorted(desk.sources.iterdir())}


def test_a_batch_makes_what_live_requests_make(desk: Desk) -> None:
    submitted = desk.submit()
    assert (submitted.documents, submitted.requests, submitted.batches) == (3, 3, 1)
    waiting = desk.collect()
    assert (waiting.outcome, waiting.counts.waiting, desk.output.read_bytes()) == ("waiting", 3, b"")
    done = desk.finish()
    assert (done.outcome, done.finished, done.used.requests) == ("complete", 3, 3)
    assert desk.summaries() == live(desk, good)


def test_a_repair_is_a_second_wave(desk: Desk) -> None:
    desk.server.answer = wrong
    desk.submit()
    desk.server.process()
    first = desk.collect()
    assert (first.outcome, first.finished, first.requests) == ("waiting", 0, 3)
    done = desk.finish()
    assert (done.outcome, done.used.requests) == ("complete", 6)
    assert [asked_for(line["body"]) for line in desk.server.sent] == ["DraftSummary"] * 3 + ["DraftRepair"] * 3
    assert desk.summaries() == live(desk, wrong)


def test_an_answer_that_does_not_fit_is_asked_for_again_and_then_repaired(desk: Desk) -> None:
    def answers(body: dict[str, Any], count: int) -> Canned:
        unfit = (town_of(body), asked_for(body), count) == ("Borla", "DraftSummary", 0)
        return completion('{"highlights": 3}') if unfit else wrong(body)

    desk.server.answer = answering(answers)
    desk.submit()
    done = desk.finish()
    assert (done.outcome, len(desk.server.batches)) == ("complete", 3)
    assert desk.summaries() == live(desk, answering(answers))
    attempts = desk.summaries()["1.txt"]["usage"]["attempts"]
    assert [(a["call"], a["reason"], a["outcome"]) for a in attempts] == [
        ("extract", "first", "invalid"),
        ("extract", "reask", "ok"),
        ("repair", "first", "ok"),
    ]
