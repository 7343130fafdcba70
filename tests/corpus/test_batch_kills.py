"""A batch run that is killed: wherever it happens, the next command goes on and nothing is paid for twice."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from summariser.completers import batches
from summariser.corpus.batch.entries import Entries
from summariser.corpus.batch.sink import Sink
from summariser.corpus.batch.state import Folder
from summariser.errors import CompletionError, ServerError
from tests.corpus.batching import Desk, good, wrong
from tests.servers.batch import BatchServer
from tests.servers.chat import error

ROOT = Path(__file__).parents[2]


class Killed(BaseException):
    """The plug was pulled."""


@pytest.fixture
def server() -> Iterator[BatchServer]:
    with BatchServer(wrong, page=2) as running:
        yield running


@pytest.fixture
def desk(server: BatchServer, tmp_path: Path) -> Desk:
    return Desk(server, tmp_path)


class Plug:
    """Kills the run at one of the steps that it watches: before it, or after it where the step leaves the process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: bool) -> None:
        self.left: int | None = None
        self.after = after
        self.steps = 0
        outside = [(Sink, "_append"), *((batches.BatchServer, name) for name in ("upload", "create", "download"))]
        inside = [(Folder, "save"), (Entries, "add"), (Entries, "settle")]
        for owner, name in outside if after else outside + inside:
            monkeypatch.setattr(owner, name, self._watched(getattr(owner, name)))

    def _watched(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **more: Any) -> Any:
            self.steps += 1
            if not self.after:
                self._pull()
            done = step(*arguments, **more)
            if self.after:
                self._pull()
            return done

        return watched

    def _pull(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                self.left = None
                raise Killed


def run_to_the_end(desk: Desk) -> int:
    """Submit and collect until everything is done, again after every kill; returns how often it was killed."""
    kills = 0
    for _ in range(40):
        try:
            desk.submit(max_requests=1)
            desk.server.process()
            if desk.collect().outcome == "complete":
                return kills
        except Killed:
            kills += 1
    raise AssertionError("the run does not come to an end")


@pytest.mark.parametrize("after", [False, True])
def test_a_run_that_is_killed_at_any_step_sends_nothing_twice_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    # A killed process loses nothing that it wrote; only a power cut does, and that is not what is tried here.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    plug = Plug(monkeypatch, after)
    expected: dict[str, Any] = {}
    for at in (None, *range(100)):
        plug.left, plug.steps = at, 0
        folder = tmp_path / str(at)
        folder.mkdir()
        monkeypatch.chdir(folder)
        with BatchServer(wrong, page=2) as server:
            desk = Desk(server, Path(), count=2)
            kills = run_to_the_end(desk)
            assert len(set(desk.sent_ids())) == len(desk.sent_ids()) == 4
            assert len(desk.output.read_text().splitlines()) == 2
            expected = expected or desk.summaries()
            assert desk.summaries() == expected
        if at is not None and not kills:
            break  # there are no more steps
    assert at is not None
    assert at >= 10


def test_a_creation_whose_answer_was_lost_is_found_on_the_list(desk: Desk) -> None:
    desk.submit(desk.sources / "0.txt")
    desk.submit(desk.sources / "1.txt")
    desk.server.faults = [desk.fault("POST /v1/batches$", None, after=True)]
    assert desk.submit(desk.sources / "2.txt").batches == 1
    assert len(desk.server.batches) == 3
    assert desk.finish().outcome == "complete"


@pytest.mark.parametrize("where", ["POST /v1/files", "POST /v1/batches$"])
@pytest.mark.parametrize("after", [False, True])
def test_a_process_that_is_killed_while_it_waits_for_the_server(desk: Desk, where: str, after: bool) -> None:
    hold = threading.Event()
    fault = desk.fault(where, None, after=after, hold=hold)
    desk.server.faults = [fault]
    arguments = ["-m", "summariser", "batch", "submit", str(desk.sources), "-o", str(desk.output), "--model", "m"]
    environment = {"PATH": os.environ["PATH"], "SUMMARISER_BASE_URL": desk.server.base_url}
    process = subprocess.Popen([sys.executable, *arguments], env=environment, cwd=ROOT)
    try:
        assert fault.reached.wait(60)
    finally:
        process.kill()
        process.wait()
        hold.set()
    desk.submit()
    assert len(desk.server.batches) == 1
    assert desk.finish().outcome == "complete"
    assert len(set(desk.sent_ids())) == len(desk.sent_ids()) == 6


def test_the_batches_of_others_are_not_taken_for_ours(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Desk(desk.server, tmp_path / "other")
    for _ in range(3):
        other.submit()
        (other.sources / f"{len(other.sent_ids())}.txt").write_text(f"Another text. {len(other.sent_ids())} " * 40)
    desk.server.faults = [desk.fault("POST /v1/batches$", error("busy", 503))]
    before = len(desk.server.batches)
    assert desk.submit().batches == 1
    assert len(desk.server.batches) == before + 1


def test_a_server_that_lists_nothing_is_not_asked_for_a_second_batch(desk: Desk) -> None:
    desk.server.faults = [
        desk.fault("POST /v1/batches$", None, after=True),
        desk.fault(r"GET /v1/batches\?", error("no such path", 404), times=100),
    ]
    with pytest.raises(CompletionError, match="does not list its batches"):
        desk.submit()
    with pytest.raises(CompletionError, match="does not list its batches"):
        desk.submit()
    assert len(desk.server.batches) == 1
    desk.server.faults = []
    assert desk.submit().batches == 1
    assert len(desk.server.batches) == 1


def test_a_download_that_breaks_off_is_made_again(desk: Desk) -> None:
    desk.server.answer = good
    desk.submit()
    desk.server.process()
    (output,) = (batch.output for batch in desk.server.batches.values())
    whole = desk.server.files[output]
    desk.server.faults = [desk.fault("GET /v1/files/.*/content", desk.cut(whole, 300), times=2)]
    done = desk.collect()
    assert (done.outcome, done.finished) == ("complete", 3)


def test_an_upload_is_tried_again_and_given_up_in_the_end(desk: Desk) -> None:
    desk.server.faults = [desk.fault("POST /v1/files", error("busy", 503), times=3)]
    with pytest.raises(ServerError, match=r"answered 503 to the upload of 0\.0 MB: busy"):
        desk.submit()
    assert desk.submit().batches == 1
    assert (len(desk.server.files), len(desk.server.sent)) == (1, 3)


def test_torn_lines_of_our_own_files_are_cut_off(desk: Desk) -> None:
    desk.server.answer = good
    desk.submit(desk.sources / "0.txt")
    desk.finish()
    folder = Folder(desk.output)
    for path in (folder.documents, folder.settled, desk.output):
        with path.open("ab") as file:
            file.write(b'{"id": "torn')
    assert desk.submit().documents == 2
    assert desk.finish().outcome == "complete"
    assert len(desk.summaries()) == 3


def test_answers_that_are_gone_are_asked_for_again_and_said_so(desk: Desk) -> None:
    desk.server.answer = good
    desk.submit()
    desk.server.process()
    (output,) = (batch.output for batch in desk.server.batches.values())
    del desk.server.files[output]
    done = desk.collect()
    assert (done.outcome, done.requests) == ("waiting", 3)
    assert done.notes == (f"{output} is no longer on the server: what was answered in it is asked again",)
    assert desk.finish().outcome == "complete"
