"""`summarise batch`: what is printed, exit codes, and one clear line for everything that can be wrong."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from summariser.cli import main
from tests.corpus.batching import folder_of, good, town_of, wrong
from tests.servers.batch import BatchServer, Fault
from tests.servers.chat import Canned, ChatServer, completion, error, unused_address

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def server() -> Iterator[BatchServer]:
    with BatchServer(good) as running:
        yield running


@pytest.fixture
def batch(
    server: BatchServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs the command in a folder with three articles; `-o out.jsonl` is given, exit code and output come back."""
    monkeypatch.chdir(tmp_path)
    folder_of(tmp_path / "articles")
    monkeypatch.setenv("SUMMARISER_BASE_URL", server.base_url)
    monkeypatch.setenv("SUMMARISER_RETRY_WAIT", "0")
    monkeypatch.setenv("SUMMARISER_MAX_RETRIES", "1")

    def run(command: str, *arguments: str) -> tuple[int, str, str]:
        model = ("--model", "gpt-4o") if command == "submit" and "--model" not in arguments else ()
        try:
            code = main(["batch", command, *arguments, "-o", "out.jsonl", *model])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def one_line(text: str) -> str:
    """The only line that was said."""
    (line,) = text.splitlines()
    assert line.startswith("summarise: ")
    return line


def test_a_run_from_submit_to_collect(batch: Command, server: BatchServer) -> None:
    server.answer = wrong
    code, out, err = batch("submit", "articles", "--price", "2,8")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[:2] == ["3 documents taken in, 0 known, 0 unreadable", "3 requests in 1 batch sent"]
    assert lines[-1] == "next: summarise batch collect -o out.jsonl"
    code, out, _ = batch("status")
    assert code == 0
    assert out.splitlines() == [
        "batch_1  validating  0 done, 0 failed of 3, until 1970-01-02 00:00 UTC",
        "0 of 3 finished, 0 failed, 3 to come",
    ]
    assert batch("collect")[0] == 4
    server.process()
    code, out, _ = batch("collect")
    assert code == 4
    assert out.splitlines()[0] == "0 documents finished, 0 failed, 3 further requests sent"
    assert out.splitlines()[-1] == "more to come: collect again, or with --wait"
    server.process()
    code, out, err = batch("collect", "--price", "2,8,1")
    assert (code, err) == (0, "")
    # Six requests with 100 tokens in, of which 64 cached, and 20 out; dollars a million tokens, and half of that.
    cost = 6 * (36 * 2 + 64 * 1 + 20 * 8) / 1_000_000 / 2
    assert out.splitlines() == [
        "3 documents finished, 0 failed, 0 further requests sent",
        "3 of 3 finished, 0 failed, 0 to come",
        f"6 requests, 600 tokens in and 120 out, ${cost:.4f} at the price of a batch",
    ]
    assert len(Path("out.jsonl").read_text().splitlines()) == 3
    assert "batch_2  completed  3 done, 0 failed of 3, collected" in batch("status")[1].splitlines()


def test_wait_comes_back_when_everything_is_done(batch: Command, server: BatchServer) -> None:
    server.answer = wrong
    server.auto = True
    batch("submit", "articles")
    code, out, err = batch("collect", "--wait", "--interval", "0.01")
    assert (code, err) == (0, "summarise: 0 of 3 finished, 3 to come\n")
    assert out.splitlines()[0] == "3 documents finished, 0 failed, 3 further requests sent"


def test_a_dry_run_says_what_would_be_sent_and_touches_nothing(
    batch: Command, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = batch("submit", "articles", "--dry-run", "--max-requests", "2", "--price", "2,8")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[:2] == [
        "3 documents would be taken in, 0 known, 0 unreadable",
        "3 requests in 2 batches would be sent",
    ]
    assert server.log == []
    assert sorted(path.name for path in Path().iterdir()) == ["articles"]
    sent = batch("submit", "articles", "--max-requests", "2", "--price", "2,8")[1].splitlines()
    assert sent[1] == "3 requests in 2 batches sent"
    assert sent[2] == lines[2]
    assert batch("submit", "articles", "--dry-run")[1].splitlines()[:2] == [
        "0 documents would be taken in, 3 known, 0 unreadable",
        "0 requests in 0 batches would be sent",
    ]


def test_a_dry_run_needs_no_key(batch: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUMMARISER_BASE_URL")
    code, out, err = batch("submit", "articles", "--dry-run", "--model", "openai/gpt-4o")
    assert (code, err) == (0, "")
    assert "at the price of a batch" in out
    assert "no key for openai" in one_line(batch("submit", "articles", "--model", "openai/gpt-4o")[2])


def test_status_as_json(batch: Command) -> None:
    batch("submit", "articles", "--max-requests", "2")
    found = json.loads(batch("status", "--json")[1])
    assert found["counts"] == {"documents": 3, "finished": 0, "failed": 0}
    assert [(line["id"], line["state"], line["total"], line["wave"]) for line in found["batches"]] == [
        ("batch_1", "validating", 2, 1),
        ("batch_2", "validating", 1, 1),
    ]


def test_some_failed_is_exit_code_3(batch: Command, server: BatchServer) -> None:
    server.answer = lambda body, name: error("no", 400) if town_of(body) == "Borla" else good(body)
    Path("articles/empty.txt").write_text("")
    assert batch("submit", "articles")[0] == 3
    server.process()
    code, out, _ = batch("collect")
    assert code == 3
    assert out.splitlines()[:2] == [
        "2 documents finished, 1 failed, 0 further requests sent",
        "2 of 3 finished, 1 failed, 0 to come",
    ]
    names = [Path(json.loads(line)["id"]).name for line in Path("out.jsonl.failed").read_text().splitlines()]
    assert sorted(names) == ["1.txt", "empty.txt"]


def test_cancel(batch: Command, server: BatchServer) -> None:
    batch("submit", "articles")
    code, out, _ = batch("cancel")
    assert (code, out.splitlines()[-1]) == (0, "0 of 3 finished, 0 failed, 3 to come (stopped: submit goes on)")
    server.process(status="cancelled", first=1)
    code, out, _ = batch("collect")
    assert (code, out.splitlines()[-1]) == (4, "stopped: submit goes on")


def test_what_the_server_says_cannot_steer_the_terminal(batch: Command, server: BatchServer) -> None:
    batch("submit", "articles")
    server.fail("token_limit_exceeded", "\x1b[2Jno room\x07")
    assert batch("collect")[0] == 4
    server.fail("token_limit_exceeded", "\x1b[2Jno room\x07")
    out = batch("status")[1]
    assert "no room" in out
    assert "\x1b" not in out
    assert "\x07" not in out


def test_what_failed_before_is_said_and_left(batch: Command, server: BatchServer) -> None:
    server.answer = lambda body, name: error("no", 400) if town_of(body) == "Borla" else good(body)
    Path("articles/empty.txt").write_text("")
    batch("submit", "articles")
    server.process()
    batch("collect")
    for more in ([], ["--dry-run"]):
        would = "would be " if more else ""
        code, out, _ = batch("submit", "articles", *more)
        assert code == 0
        assert out.splitlines()[0] == (
            f"0 documents {would}taken in, 2 known, 0 unreadable, 2 failed before (--retry-failed)"
        )
    out = batch("submit", "articles", "--retry-failed", "--dry-run")[1]
    assert out.splitlines()[:2] == [
        "1 document would be taken in, 2 known, 1 unreadable",
        "1 request in 1 batch would be sent",
    ]
    out = batch("submit", "articles", "--retry-failed")[1]
    assert out.splitlines()[:2] == ["1 document taken in, 2 known, 1 unreadable", "1 request in 1 batch sent"]


def test_interrupted_and_gone_on_with(batch: Command, server: BatchServer, monkeypatch: pytest.MonkeyPatch) -> None:
    batch("submit", "articles")

    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("time.sleep", interrupted)
        code, _, err = batch("collect", "--wait")
    assert code == 130
    assert "interrupted: what was done is kept" in one_line(err)
    server.process()
    assert batch("collect")[0] == 0


def test_a_full_disk(batch: Command, server: BatchServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        code, _, err = batch("submit", "articles")
    assert code == 1
    assert "cannot write beside out.jsonl (what was done is kept): No space left on device" in one_line(err)
    assert batch("submit", "articles")[0] == 0
    assert len(server.sent) == 3


# What can be wrong: one line, and the exit code that tells usage from failure


def test_a_wrong_key(batch: Command, server: BatchServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.key = "right"
    monkeypatch.setenv("SUMMARISER_API_KEY", "sk-wrong-wrong")
    code, out, err = batch("submit", "articles")
    assert (code, out) == (1, "")
    assert "does not accept the key" in one_line(err)
    assert "sk-wrong" not in err
    monkeypatch.setenv("SUMMARISER_API_KEY", "right")
    assert batch("submit", "articles")[0] == 0
    for path in Path("out.jsonl.batch").iterdir():
        assert b"right" not in path.read_bytes()


def test_a_server_without_batches(batch: Command, server: BatchServer) -> None:
    server.has_batches = False
    code, _, err = batch("submit", "articles")
    assert code == 1
    assert "it has no Batch API under this base_url" in one_line(err)


def test_a_file_that_is_too_large_is_written_smaller(batch: Command, server: BatchServer) -> None:
    server.most_bytes = 12_000
    code, _, err = batch("submit", "articles")
    assert code == 1
    assert "takes no file of this size" in one_line(err)
    assert "--max-megabytes" in err
    code, _, err = batch("submit", "articles", "--max-megabytes", "0.012")
    assert (code, err) == (0, "")
    assert sorted(line["custom_id"] for line in server.sent) == sorted({line["custom_id"] for line in server.sent})
    assert len(server.sent) == 3
    server.process()
    assert batch("collect")[0] == 0


def test_one_request_that_is_larger_than_a_file(batch: Command) -> None:
    code, _, err = batch("submit", "articles", "--max-megabytes", "0.001")
    assert code == 2
    assert "one request alone has" in one_line(err)
    assert batch("submit", "articles")[0] == 0


def test_a_run_of_other_options(batch: Command) -> None:
    batch("submit", "articles")
    code, _, err = batch("submit", "articles", "-n", "3")
    assert code == 2
    assert "out.jsonl.batch holds a run with other options" in one_line(err)


def test_an_output_of_other_options(batch: Command, server: BatchServer) -> None:
    batch("submit", "articles")
    server.process()
    batch("collect")
    Path("out.jsonl.batch").rename("elsewhere")
    for more in ([], ["--dry-run"]):
        code, _, err = batch("submit", "articles", "-n", "3", *more)
        assert code == 1
        assert "with other options" in one_line(err)


def test_prompts_that_changed_since(batch: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    from summariser.prompting import builtin_folder, load

    folder = Path("own")
    folder.mkdir()
    text = (builtin_folder() / "repair.jinja").read_text()
    (folder / "repair.jinja").write_text(text)
    batch("submit", "articles", "--prompts", "own")
    (folder / "repair.jinja").write_text(text.replace("the", "The", 1))
    load.cache_clear()
    code, _, err = batch("collect")
    assert code == 2
    assert "holds a run with other options" in one_line(err)


def test_a_locked_output(batch: Command) -> None:
    batch("submit", "articles")
    with FileLock(".out.jsonl.lock"):
        for command in (["submit", "articles"], ["collect"], ["cancel"]):
            code, _, err = batch(*command)
            assert code == 1
            assert "is being written by another run" in one_line(err)
        assert batch("status")[0] == 0


@pytest.mark.parametrize("command", ["status", "collect", "cancel"])
def test_no_run(batch: Command, command: str) -> None:
    code, _, err = batch(command)
    assert code == 2
    assert "there is no batch run beside out.jsonl" in one_line(err)
    assert not Path("out.jsonl").exists()


def test_a_state_that_is_none_of_ours(batch: Command) -> None:
    batch("submit", "articles")
    Path("out.jsonl.batch/state.json").write_text('{"version": 2}')
    for command in ("status", "collect"):
        code, _, err = batch(command)
        assert code == 2
        assert "is no state of a batch run" in one_line(err)


def test_a_batch_that_the_server_does_not_know(batch: Command, server: BatchServer) -> None:
    batch("submit", "articles")
    server.batches.clear()
    code, _, err = batch("collect")
    assert code == 1
    assert "answered 404 to the state of batch batch_1" in one_line(err)


def test_a_server_that_is_away(batch: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    batch("submit", "articles")
    state = Path("out.jsonl.batch/state.json")
    found = json.loads(state.read_text())
    found["asked"]["base_url"] = unused_address()
    state.write_text(json.dumps(found))
    code, _, err = batch("collect")
    assert code == 1
    assert "cannot reach http://127.0.0.1:" in one_line(err)


def test_a_server_that_answers_something_else(batch: Command, server: BatchServer) -> None:
    server.faults = [_page(times=9)]
    code, _, err = batch("submit", "articles")
    assert code == 1
    assert "sent something else than the Batch API does" in one_line(err)


def _page(times: int) -> Fault:
    return Fault("POST /v1/files", Canned(200, b"<html>hello</html>", {"Content-Type": "text/html"}), times=times)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["submit", "articles", "--model", "extractive"], "a batch needs a model"),
        (["submit", "articles", "--highlights", "-1"], "highlights must be a whole number"),
        (["submit", "articles", "--price", "much"], "a price is INPUT,OUTPUT"),
        (["submit", "articles", "--published", "yesterday"], "published"),
        (["submit", "articles", "--max-requests", "0"], "the limits must be positive"),
        (["submit", "articles", "--base-url", "http://me:secret@127.0.0.1/v1"], "kept with the password in it"),
        (["submit", "-"], "standard input (-)"),
        (["submit", "articles", "--frobnicate"], "unrecognized arguments"),
        (["collect", "--interval", "0"], "--interval must be above 0"),
        (["collect", "extra"], "unrecognized arguments"),
        (["hatch"], "invalid choice"),
    ],
)
def test_wrong_usage(batch: Command, server: BatchServer, arguments: list[str], said: str) -> None:
    code, out, err = batch(*arguments)
    assert (code, out) == (2, "")
    assert said in one_line(err)
    assert server.batches == {}


def test_no_provider_of_batches(batch: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUMMARISER_BASE_URL")
    code, _, err = batch("submit", "articles", "--model", "anthropic/claude")
    assert code == 2
    assert "speaks OpenAI's protocol" in one_line(err)


def test_recordings_are_not_for_batches(batch: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARISER_CACHE", "cache")
    code, _, err = batch("submit", "articles")
    assert code == 2
    assert "replay, record and cache are for live requests" in one_line(err)


def test_a_live_run_and_a_batch_finish_each_others_work(
    batch: Command, server: BatchServer, capsys: pytest.CaptureFixture[str]
) -> None:
    with ChatServer(lambda asked: good(asked.body)) as chat:
        live = ["articles/0.txt", "-o", "out.jsonl", "--model", "gpt-4o", "--base-url", chat.base_url]
        assert main(live) == 0
        capsys.readouterr()
        out = batch("submit", "articles")[1]
        assert out.splitlines()[0] == "2 documents taken in, 1 known, 0 unreadable"
        assert main(["articles/1.txt", *live[1:]]) == 0
        server.process()
        capsys.readouterr()
        assert batch("collect")[0] == 0
        assert main(["articles", *live[1:]]) == 0
        assert len(chat.requests) == 2
    ids = [json.loads(line)["id"] for line in Path("out.jsonl").read_text().splitlines()]
    assert sorted(ids) == ["articles/0.txt", "articles/1.txt", "articles/2.txt"]


def test_a_live_run_can_finish_what_failed_in_a_batch(batch: Command, server: BatchServer) -> None:
    server.answer = lambda body, name: error("no", 400) if town_of(body) == "Borla" else good(body)
    batch("submit", "articles")
    server.process()
    assert batch("collect")[0] == 3
    with ChatServer(lambda asked: good(asked.body)) as chat:
        live = ["articles", "-o", "out.jsonl", "--model", "gpt-4o", "--base-url", chat.base_url, "--retry-failed"]
        assert main(live) == 0
    assert not Path("out.jsonl.failed").exists()
    assert batch("collect")[0] == 0


def test_an_invalid_answer_ends_as_a_named_failure(batch: Command, server: BatchServer) -> None:
    server.answer = lambda body, name: completion("{}") if town_of(body) == "Borla" else good(body)
    batch("submit", "articles")
    for _ in range(3):
        server.process()
        code = batch("collect")[0]
    assert code == 3
    (line,) = Path("out.jsonl.failed").read_text().splitlines()
    assert json.loads(line)["error"] == "InvalidAnswerError"
    assert json.loads(line)["attempts"] == 3
