"""Batches from end to end, against a server of ours that speaks the Batch API."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summariser import Summary, summarise
from summariser.plan import Outline
from summariser.plan.asking import extract_call
from summariser.running import Run
from tests.corpus.batching import Desk, answering, asked_for, bare, good, town_of, wrong
from tests.corpus.batching import summary as summary_of
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
    assert (waiting.outcome, waiting.counts.waiting, desk.output.exists()) == ("waiting", 3, False)
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


def test_a_long_document_has_its_parts_in_one_wave_and_its_choice_in_the_last(desk: Desk) -> None:
    paragraph = "The council of {n} asked for more inspectors, and the ministry promised to answer by the autumn. "
    long = desk.sources / "0.txt"
    long.write_text(long.read_text() + "\n\n".join(paragraph.format(n=f"town {n}") * 4 for n in range(600)))
    submitted = desk.submit()
    kinds = [asked_for(line["body"]) for line in desk.server.sent]
    assert submitted.documents == 3
    assert kinds.count("DraftSummary") > 4
    assert desk.finish().outcome == "complete"
    last = list(desk.server.batches.values())[-1]
    assert [asked_for(line["body"]) for line in last.lines] == ["DraftComposition"]
    assert desk.summaries() == live(desk, good)


def test_the_same_submit_and_the_same_collect_twice_change_nothing(desk: Desk) -> None:
    desk.submit()
    again = desk.submit()
    assert (again.documents, again.known, again.requests, again.batches) == (0, 3, 0, 0)
    assert desk.finish().outcome == "complete"
    before, log = desk.output.read_bytes(), len(desk.server.log)
    done = desk.collect()
    assert (done.outcome, done.finished, done.requests, done.used.requests) == ("complete", 0, 0, 3)
    assert desk.submit().known == 3
    assert desk.output.read_bytes() == before
    assert len(desk.server.log) == log
    assert len(desk.server.batches) == desk.server.uploads() == 1


def test_documents_that_come_later_join_the_run(desk: Desk) -> None:
    desk.submit(desk.sources / "0.txt")
    desk.server.process()
    assert desk.submit().documents == 2
    done = desk.finish()
    assert (done.outcome, done.counts.documents, len(desk.server.batches)) == ("complete", 3, 2)


def test_what_says_the_same_is_asked_once(desk: Desk) -> None:
    (desk.sources / "copy.txt").write_text((desk.sources / "1.txt").read_text())
    assert desk.submit().requests == 3
    assert desk.finish().counts.finished == 4
    (desk.sources / "later.txt").write_text((desk.sources / "2.txt").read_text())
    assert desk.submit().requests == 0
    assert desk.collect().counts.finished == 5
    lines = {Path(line["id"]).name: line for line in map(json.loads, desk.output.read_text().splitlines())}
    shared = {name: Path(line["same_as"]).name for name, line in lines.items() if line["same_as"]}
    assert shared == {"copy.txt": "1.txt", "later.txt": "2.txt"}
    assert lines["copy.txt"]["summary"]["usage"]["attempts"] == []
    assert lines["copy.txt"]["summary"]["document"]["name"] == "copy.txt"
    assert len(desk.server.sent) == 3


def test_a_source_that_was_edited_and_edited_back_is_what_it_is_now(desk: Desk) -> None:
    path = desk.sources / "1.txt"
    before, after = path.read_text(), path.read_text().replace("31 inspectors", "71 inspectors")
    for text in (before, after, before, after):
        path.write_text(text)
        desk.submit()
        assert desk.finish().outcome == "complete"
        assert desk.summaries()["1.txt"]["document"]["text"] == text
    assert len(desk.server.sent) == 4  # both texts were asked for once
    (desk.sources / "other.txt").write_text(before)
    desk.submit()
    assert desk.finish().counts.finished == 4
    found = desk.summaries()["other.txt"]
    assert found["document"]["text"] == before
    assert [point["text"] for point in found["key_points"]] == ["The office will employ 31 inspectors."]
    assert len(desk.output.read_text().splitlines()) == 7


def test_what_says_the_same_as_what_failed_fails_with_it(desk: Desk) -> None:
    (desk.sources / "copy.txt").write_text((desk.sources / "1.txt").read_text())
    desk.server.answer = lambda body, name: error("no", 400) if town_of(body) == "Borla" else good(body)
    desk.submit()
    assert desk.finish().counts.failed == 2
    first, second = sorted(desk.failures().values(), key=lambda line: -line["attempts"])
    assert (first["attempts"], second["attempts"]) == (1, 0)
    assert second["message"].startswith(f"says the same as {first['id']}, which failed: ")
    assert second["error"] == first["error"] == "CompletionError"


@pytest.mark.parametrize("limits", [{"max_requests": 2}, {"max_bytes": 12_000}])
def test_files_stay_within_their_limits(desk: Desk, limits: dict[str, int]) -> None:
    desk.submit(**limits)
    assert len(desk.server.batches) > 1
    assert sum(len(batch.lines) for batch in desk.server.batches.values()) == 3
    for content in desk.server.files.values():
        assert len(content.splitlines()) <= limits.get("max_requests", 3)
        assert len(content) <= limits.get("max_bytes", 10**9)
    assert desk.finish().outcome == "complete"
    assert desk.summaries() == live(desk, good)


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("status", ["expired", "cancelled"])
def test_what_a_batch_left_is_sent_again_and_what_it_did_counts(desk: Desk, status: str, told: bool) -> None:
    desk.submit()
    desk.server.process(status=status, first=1, told=told)
    partial = desk.collect()
    assert (partial.outcome, partial.finished, partial.requests) == ("waiting", 1, 2)
    assert desk.finish().outcome == "complete"
    assert len(set(desk.sent_ids())) == len(desk.sent_ids()) == 5
    assert desk.summaries() == live(desk, good)


def test_lines_that_are_missing_or_broken_are_sent_again(desk: Desk) -> None:
    desk.server.answer = lambda body, name: None if town_of(body) == "Anvik" and name.endswith("0") else good(body)
    desk.submit()
    desk.server.process()
    (output,) = (batch.output for batch in desk.server.batches.values())
    first, rest = desk.server.files[output].split(b"\n", 1)
    desk.server.files[output] = b"{not json\n" + first[:40] + b"\n\n[]\n" + rest + b'{"custom_id": "another"}\n'
    partial = desk.collect()
    assert (partial.finished, partial.requests) == (1, 2)
    assert desk.finish().outcome == "complete"
    assert desk.summaries() == live(desk, good)


def test_answers_that_were_counted_are_waited_for_until_their_file_is_there(desk: Desk) -> None:
    desk.submit()
    desk.server.process()
    (batch,) = desk.server.batches.values()
    output, batch.output = batch.output, None
    assert desk.collect().outcome == "waiting"
    batch.output = output
    assert desk.collect().outcome == "complete"
    assert len(desk.server.sent) == 3


def test_of_several_lines_for_one_request_the_first_counts_and_an_answer_before_an_error(desk: Desk) -> None:
    desk.submit()
    desk.server.process()
    (batch,) = desk.server.batches.values()
    lines = [json.loads(line) for line in desk.server.files[batch.output].splitlines()]
    errors = [{**line, "response": None, "error": {"code": "server_error", "message": "no"}} for line in lines]
    other = [{**line, "response": {"status_code": 200, "body": {"choices": []}}} for line in lines]
    desk.server.files[batch.output] = "".join(json.dumps(line) + "\n" for line in lines + other).encode()
    desk.server.files["file-errors"] = "".join(json.dumps(line) + "\n" for line in errors).encode()
    batch.errors = "file-errors"
    done = desk.collect()
    assert (done.outcome, done.used.requests) == ("complete", 3)
    assert desk.summaries() == live(desk, good)


def test_a_server_that_lets_everything_expire_is_not_asked_for_ever(desk: Desk) -> None:
    desk.submit()
    for _ in range(3):
        desk.server.process(status="expired", first=0)
        done = desk.collect()
    assert (done.outcome, done.counts.failed, len(desk.server.batches)) == ("partial", 3, 3)
    failure = desk.failures()["0.txt"]
    assert (failure["error"], failure["attempts"]) == ("ServerError", 0)
    assert "did not process the request in any of its batches" in failure["message"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_error_that_passes_is_asked_again_in_the_next_wave(desk: Desk, status: int) -> None:
    def answers(body: dict[str, Any], count: int) -> Canned:
        return error("slow down", status) if town_of(body) == "Borla" and count < 2 else good(body)

    desk.server.answer = answering(answers)
    desk.submit()
    assert desk.finish().outcome == "complete"
    assert len(desk.server.batches) == 3
    assert desk.summaries() == live(desk, answering(answers))
    assert [a["outcome"] for a in desk.summaries()["1.txt"]["usage"]["attempts"]] == ["error", "error", "ok"]


def test_an_error_that_stays_fails_one_document_and_is_tried_again_when_asked(desk: Desk) -> None:
    bad = True

    def answer(body: dict[str, Any], name: str) -> Canned:
        return error("I do not like this", 400) if bad and town_of(body) == "Borla" else good(body)

    desk.server.answer = answer
    desk.submit()
    done = desk.finish()
    assert (done.outcome, done.counts.finished, done.counts.failed) == ("partial", 2, 1)
    assert "refused the request with 400: I do not like this" in desk.failures()["1.txt"]["message"]
    assert desk.submit().requests == 0
    bad = False
    assert desk.submit(retry_failed=True).requests == 1
    assert desk.finish().outcome == "complete"
    assert desk.failures() == {}
    assert len(set(desk.sent_ids())) == len(desk.sent_ids()) == 4


def test_an_error_in_the_output_file_or_with_status_200_is_an_error_too(desk: Desk) -> None:
    def answer(body: dict[str, Any], name: str) -> Canned:
        body_ = {"error": {"message": "model not loaded", "code": 400}}
        return Canned(200, json.dumps(body_).encode()) if town_of(body) == "Borla" else good(body)

    desk.server.answer = answer
    desk.submit()
    assert desk.finish().counts.failed == 1
    assert "model not loaded" in desk.failures()["1.txt"]["message"]


def test_a_server_that_refuses_a_strict_schema_is_asked_in_another_way(desk: Desk) -> None:
    def answer(body: dict[str, Any], name: str = "") -> Canned:
        return error("response_format is not supported", 400) if "response_format" in body else wrong(body)

    desk.server.answer = answer
    desk.submit()
    assert desk.finish().outcome == "complete"
    waves = [batch.lines for batch in desk.server.batches.values()]
    assert ["tools" in lines[0]["body"] for lines in waves] == [False, True, True]
    later = desk.sources / "later.txt"
    later.write_text((desk.sources / "0.txt").read_text().replace("Anvik", "Zorn"))
    desk.submit()
    assert "tools" in desk.server.sent[-1]["body"]
    assert desk.finish().outcome == "complete"
    attempts = [(a["call"], a["outcome"]) for a in desk.summaries()["0.txt"]["usage"]["attempts"]]
    assert attempts == [("extract", "error"), ("extract", "ok"), ("repair", "ok")]


def test_a_part_that_is_too_long_is_halved_in_the_next_wave(desk: Desk) -> None:
    def answer(body: dict[str, Any], name: str = "") -> Canned:
        whole = "[1]" in body["messages"][1]["content"] and "[6]" in body["messages"][1]["content"]
        return error("maximum context length is 10 tokens", 400) if whole else good(body)

    desk.server.answer = answer
    desk.submit(desk.sources / "0.txt")
    done = desk.finish()
    assert done.outcome == "complete"
    assert [len(batch.lines) for batch in desk.server.batches.values()][:2] == [1, 2]
    assert desk.summaries()["0.txt"] == live(desk, answer)["0.txt"]


def test_a_batch_that_fails_as_a_whole_says_why_for_each_document(desk: Desk) -> None:
    desk.submit()
    desk.server.fail("model_not_found", "The model m does not exist.")
    done = desk.collect()
    assert (done.outcome, done.counts.failed) == ("partial", 3)
    assert "The model m does not exist." in desk.failures()["2.txt"]["message"]


def test_a_batch_that_found_no_room_is_created_again_from_the_same_file(desk: Desk) -> None:
    desk.submit()
    desk.server.fail("token_limit_exceeded", "Enqueued token limit reached for m.")
    assert desk.collect().outcome == "waiting"
    assert (len(desk.server.batches), desk.server.uploads()) == (2, 1)
    assert desk.finish().outcome == "complete"
    assert desk.summaries() == live(desk, good)


def test_a_second_creation_whose_answer_was_lost_is_not_taken_for_the_first(desk: Desk) -> None:
    desk.submit()
    desk.server.fail("token_limit_exceeded", "Enqueued token limit reached for m.")
    desk.server.faults = [desk.fault("POST /v1/batches$", None)]
    desk.collect()
    assert [batch.status for batch in desk.server.batches.values()] == ["failed", "validating"]
    assert desk.finish().outcome == "complete"
    assert len(desk.server.batches) == 2


def test_a_server_that_never_has_room_is_given_up(desk: Desk) -> None:
    desk.submit()
    for _ in range(12):
        desk.server.fail("token_limit_exceeded", "Enqueued token limit reached for m.")
        done = desk.collect()
    assert (done.outcome, done.counts.failed) == ("partial", 3)
    assert "Enqueued token limit reached" in desk.failures()["0.txt"]["message"]


def test_what_was_cancelled_rests_until_it_is_submitted_again(desk: Desk) -> None:
    desk.submit()
    stopped = desk.status_after_cancel()
    assert (stopped.stopped, [line.state for line in stopped.batches]) == (True, ["cancelling"])
    assert desk.collect().outcome == "waiting"
    desk.server.process(status="cancelled", first=1)
    done = desk.collect(wait=True)
    assert (done.stopped, done.finished, done.requests, done.counts.waiting) == (True, 1, 0, 2)
    assert len(desk.server.batches) == 1
    assert desk.submit().requests == 2
    assert desk.finish().outcome == "complete"
    assert desk.summaries() == live(desk, good)


def test_sources_are_not_read_again(desk: Desk) -> None:
    expected = live(desk, wrong)
    desk.server.answer = wrong
    desk.submit()
    edited = {path: path.read_text().replace("inspectors", "clerks") for path in desk.sources.iterdir()}
    for path, text in edited.items():
        path.write_text(text)
    assert desk.finish().outcome == "complete"
    assert desk.summaries() == expected
    assert desk.submit().documents == 3  # other sources under the same ids


def test_what_cannot_be_read_is_a_failure_at_once(desk: Desk) -> None:
    (desk.sources / "empty.txt").write_text("")
    submitted = desk.submit()
    assert (submitted.documents, submitted.unreadable) == (3, 1)
    assert desk.failures()["empty.txt"]["code"] == "near_empty"
    assert desk.submit().unreadable == 0
    assert desk.submit(retry_failed=True).unreadable == 1
    assert desk.failures()["empty.txt"]["runs"] == 2


def test_waiting_goes_on_until_everything_is_done_and_looks_less_often_without_news(desk: Desk) -> None:
    desk.server.answer = wrong
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) in (4, 6):
            desk.server.process()

    desk.submit()
    done = desk.collect(wait=True, interval=10.0, sleep=sleep)
    assert (done.outcome, done.finished, done.requests) == ("complete", 3, 3)
    assert pauses == [15.0, 22.5, 33.75, 50.625, 10.0, 15.0]


def test_waiting_outlasts_a_server_that_is_away(desk: Desk) -> None:
    desk.submit()
    desk.server.faults = [desk.fault("GET /v1/batches/", error("down", 503), times=3)]
    done = desk.collect(wait=True, interval=1.0, sleep=lambda _: desk.server.process())
    assert done.outcome == "complete"
    (note,) = done.notes
    assert "answered 503" in note
    assert "waiting goes on" in note


def test_an_answer_counts_for_the_question_that_was_asked_and_for_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.submit()
    desk.server.process()

    def another(*arguments: Any) -> Any:
        call = extract_call(*arguments)
        return dataclasses.replace(call, user=f"{call.user}\nAsked in the words of the next version.")

    monkeypatch.setattr("summariser.plan.extract_call", another)
    assert desk.collect().requests == 3
    assert desk.finish().outcome == "complete"
    assert "next version" in desk.server.sent[-1]["body"]["messages"][1]["content"]


def test_a_fault_of_ours_costs_one_document(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.submit()
    finish = Run.finish

    def faulty(run: Run, outline: Outline) -> Summary:
        if "Borla" in run.document.text:
            raise KeyError("Borla")
        return finish(run, outline)

    monkeypatch.delenv("PYTHONDEVMODE", raising=False)
    monkeypatch.setattr(Run, "finish", faulty)
    done = desk.finish()
    assert (done.outcome, done.counts.finished, done.counts.failed) == ("partial", 2, 1)
    assert "internal error, please report it (KeyError" in desk.failures()["1.txt"]["message"]


def test_what_is_not_supported_can_be_a_failure(desk: Desk) -> None:
    desk.server.answer = lambda body, name: completion(summary_of("99")) if town_of(body) == "Borla" else good(body)
    desk.submit(on_unsupported="raise")
    done = desk.finish()
    assert (done.outcome, done.counts.failed) == ("partial", 1)
    assert desk.failures()["1.txt"]["error"] == "UnsupportedError"
