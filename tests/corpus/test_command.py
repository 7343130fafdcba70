"""`summarise … -o out.jsonl`: what a person starts, kills, resumes and reads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from summariser.cli import main
from summariser.corpus import read_summaries
from tests.corpus.made import answer, corpus, ids, text
from tests.servers.chat import Asked, Canned, ChatServer, completion, error

OUT = "out.jsonl"


def _arguments(server: ChatServer, *more: str) -> list[str]:
    return [*more, "--model", "openai/gpt-5-mini", "--base-url", server.base_url]


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SUMMARISER_API_KEY", "k")
    monkeypatch.setenv("SUMMARISER_RETRY_WAIT", "0")
    monkeypatch.chdir(tmp_path)


def _process(server: ChatServer, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "summariser", *_arguments(server, *arguments)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


class Held:
    """Answers that wait until they are let go after the first `free`."""

    def __init__(self, free: int) -> None:
        self.go = threading.Event()
        self.waiting = threading.Semaphore(0)
        self._free = threading.Semaphore(free)

    def __call__(self, asked: Asked) -> Canned:
        if not self._free.acquire(blocking=False):
            self.waiting.release()
            assert self.go.wait(60)
        return answer(asked)


def test_a_corpus_becomes_lines_that_can_be_read_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    corpus(tmp_path / "c.jsonl", 12)
    with ChatServer(answer) as server:
        code = main(_arguments(server, "c.jsonl", "-o", OUT))
        said = capsys.readouterr().err
        assert code == 0
        assert "12 documents finished" in said
        assert "12 requests (extract 12), 1,440 tokens, $" in said
        found = dict(read_summaries(tmp_path / OUT))
        assert sorted(found) == sorted(f"doc-{n}" for n in range(1, 13))
        assert all(made.highlights[0].evidence[0].sentence == 2 for made in found.values())
        assert main(_arguments(server, "c.jsonl", "-o", OUT)) == 0
        assert "0 documents finished, 12 finished before" in capsys.readouterr().err
    assert len(server.requests) == 12


def test_a_folder_and_files_and_duplicates(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, number in (("a", 1), ("b", 2), ("copy", 1)):
        (tmp_path / "in" / f"{name}.txt").write_text(text(number))
    with ChatServer(answer) as server:
        assert main(_arguments(server, "in", "-o", OUT)) == 0
    assert len(server.requests) == 2
    lines = {one["id"]: one for one in map(json.loads, (tmp_path / OUT).read_text().splitlines())}
    assert sorted(lines) == ["in/a.txt", "in/b.txt", "in/copy.txt"]
    assert {one["same_as"] for one in lines.values()} - {None} <= {"in/a.txt", "in/copy.txt"}
    assert lines["in/copy.txt"]["summary"]["document"]["name"] == "copy.txt"
    assert "1 of them with the answer of another" in capsys.readouterr().err


def test_lines_are_as_completed_or_in_the_order_of_the_input(tmp_path: Path) -> None:
    corpus(tmp_path / "c.jsonl", 6)
    for options in ([], ["--ordered"]):
        out = tmp_path / f"{len(options)}.jsonl"

        def reply(asked: Asked, out: Path = out) -> Canned:
            if "number 2 " in asked.raw.decode():
                for _ in range(6_000):  # a minute, at most
                    if len(ids(out)) == 5:  # all the others have their lines
                        break
                    time.sleep(0.01)
            return answer(asked)

        with ChatServer(reply) as server:
            assert main(_arguments(server, "c.jsonl", "-o", out.name, *options)) == 0
            main(_arguments(server, "c.jsonl", "-o", out.name))  # what was sorted is still an output to resume
            assert len(server.requests) == 6
    assert ids(tmp_path / "0.jsonl")[-1] == "doc-2"
    assert ids(tmp_path / "1.jsonl") == [f"doc-{n}" for n in range(1, 7)]
    assert not list(tmp_path.glob("*.part"))


def test_a_killed_run_is_resumed_and_repeats_nothing(tmp_path: Path) -> None:
    corpus(tmp_path / "c.jsonl", 30)
    held = Held(10)
    with ChatServer(held) as server:
        process = _process(server, "c.jsonl", "-o", OUT, "-j", "5")
        for _ in range(5):
            assert held.waiting.acquire(timeout=60)  # ten were answered, and five are under way
        process.send_signal(signal.SIGKILL)
        process.communicate()
        written = ids(tmp_path / OUT)
        assert len(written) == 10
        with (tmp_path / OUT).open("ab") as file:
            file.write(b'{"id":"doc-29","source_hash":"12')
        held.go.set()
        asked = len(server.requests)
        assert main(_arguments(server, "c.jsonl", "-o", OUT)) == 0
        assert len(server.requests) - asked == 20
    assert sorted(ids(tmp_path / OUT)) == sorted(f"doc-{n}" for n in range(1, 31))


def test_one_interrupt_drains_and_two_stop(tmp_path: Path) -> None:
    corpus(tmp_path / "c.jsonl", 30)
    for interrupts, code in ((1, 3), (2, 130)):
        held = Held(3)
        with ChatServer(held) as server:
            process = _process(server, "c.jsonl", "-o", f"{interrupts}.jsonl", "-j", "2")
            for _ in range(2):
                assert held.waiting.acquire(timeout=60)
            process.send_signal(signal.SIGINT)
            assert process.stderr is not None
            assert "finishing what is under way" in process.stderr.readline()
            if interrupts == 2:
                process.send_signal(signal.SIGINT)
            else:
                held.go.set()
            _, said = process.communicate(timeout=60)
            held.go.set()
        assert process.returncode == code, said
        assert len(ids(tmp_path / f"{interrupts}.jsonl")) == (5 if interrupts == 1 else 3)
        assert "Traceback" not in said


def test_failures_are_named_kept_and_tried_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    corpus(tmp_path / "c.jsonl", 4)
    with (tmp_path / "c.jsonl").open("a") as file:
        file.write('{"id": "broken", "text\n')
    broken = True

    def reply(asked: Asked) -> Canned:
        return completion("no") if broken and "number 2 " in asked.raw.decode() else answer(asked)

    with ChatServer(reply) as server:
        assert main(_arguments(server, "c.jsonl", "-o", OUT)) == 3
        said = capsys.readouterr().err
        assert "summarise: c.jsonl#5: this line is not JSON" in said
        assert "summarise: doc-2: openai/gpt-5-mini gave no usable answer" in said
        assert "2 failed (1 InvalidAnswerError, 1 SourceError)" in said or "1 SourceError, 1 Invalid" in said
        failures = {one["id"]: one for one in map(json.loads, (tmp_path / f"{OUT}.failed").read_text().splitlines())}
        assert failures["doc-2"]["attempts"] == 3
        assert failures["c.jsonl#5"]["error"] == "SourceError"
        asked = len(server.requests)
        assert main(_arguments(server, "c.jsonl", "-o", OUT)) == 3
        assert len(server.requests) == asked
        broken = False
        assert main(_arguments(server, "c.jsonl", "-o", OUT, "--retry-failed")) == 3
        assert len(server.requests) == asked + 1
    assert ids(tmp_path / f"{OUT}.failed") == ["c.jsonl#5"]


def test_a_run_in_which_nothing_comes_out_has_failed(tmp_path: Path) -> None:
    corpus(tmp_path / "c.jsonl", 2)
    with ChatServer(completion("no")) as server:
        assert main(_arguments(server, "c.jsonl", "-o", OUT)) == 1


def test_a_wrong_key_is_said_once_and_fails_no_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    corpus(tmp_path / "c.jsonl", 200)
    with ChatServer(error("wrong key", 401)) as server:
        assert main(_arguments(server, "c.jsonl", "-o", OUT, "-j", "2")) == 1
        assert len(server.requests) < 10
    said = capsys.readouterr().err
    assert said.count("does not accept the key") == 1
    assert "200 left for the next run" in said
    assert not (tmp_path / f"{OUT}.failed").exists()


def test_a_forecast_sends_nothing_and_needs_no_key(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SUMMARISER_API_KEY")
    corpus(tmp_path / "c.jsonl", 10)
    corpus(tmp_path / "more.jsonl", 2)
    assert main(["c.jsonl", "more.jsonl", "--dry-run", "--model", "openai/gpt-5-mini"]) == 0
    said = capsys.readouterr().out
    assert "10 documents (and 2 duplicates), about " in said
    assert "about $0.0" in said
    assert said.endswith("nothing was sent\n")
    assert main(["c.jsonl", "--dry-run", "--model", "openai/never-heard-of"]) == 0
    assert "price not known" in capsys.readouterr().out


def test_a_budget_is_not_passed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    corpus(tmp_path / "c.jsonl", 40)
    used = {"prompt_tokens": 1_500, "completion_tokens": 900}
    whole = json.loads(answer().body)["choices"][0]["message"]["content"]
    with ChatServer(completion(whole, usage=used)) as server:
        assert main(_arguments(server, "c.jsonl", "-o", OUT, "--budget", "50k tokens")) == 3
        said = capsys.readouterr().err
        assert "stopped before the budget of 50,000 tokens was passed" in said
        spent = len(server.requests) * 2_400
        assert 40_000 < spent <= 50_000
        done = len(server.requests)
        assert f"{40 - done} left for the next run" in said
        assert len(ids(tmp_path / OUT)) == done
        assert main(_arguments(server, "c.jsonl", "-o", OUT)) == 0
    assert len(server.requests) == 40


def test_what_happens_is_told_to_programs_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    corpus(tmp_path / "c.jsonl", 3)
    with ChatServer(answer) as server:
        assert main(_arguments(server, "c.jsonl", "-o", OUT, "--log-json")) == 0
    events = [json.loads(one) for one in capsys.readouterr().err.splitlines()]
    assert [one["event"] for one in events] == ["finished"] * 3 + ["end"]
    assert events[-1]["by_kind"]["extract/first"]["requests"] == 3
    assert events[-1]["tokens"] == 360


def test_a_piped_run_shows_no_bar_and_a_quiet_one_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    corpus(tmp_path / "c.jsonl", 2)
    with ChatServer(answer) as server:
        main(_arguments(server, "c.jsonl", "-o", OUT))
        assert len(capsys.readouterr().err.splitlines()) == 2
        main(_arguments(server, "c.jsonl", "-o", "other.jsonl", "--quiet"))
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["c.jsonl", "-o", OUT, "-j", "0"], "--concurrency must be more than 0"),
        (["c.jsonl", "-o", OUT, "--budget", "lots"], "a budget is dollars"),
        (["c.jsonl", "-o", OUT, "--budget", "5", "--model", "openai/nobody-knows"], "needs the model's price"),
        (["c.jsonl", "-o", OUT, "--price", "x"], "a price is"),
        (["-", "-o", OUT], "standard input"),
        (["c.jsonl", "--budget", "5"], "--budget goes with -o out.jsonl"),
        (["missing-folder/", "-o", "no/such/out.jsonl"], "no such folder"),
    ],
)
def test_wrong_use_is_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    corpus(tmp_path / "c.jsonl", 1)
    model = [] if "--model" in arguments else ["--model", "openai/gpt-5-mini"]
    assert main([*arguments, *model]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert len(said.splitlines()) == 1


def test_an_output_in_use_or_of_other_options_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    corpus(tmp_path / "c.jsonl", 2)
    held = Held(0)
    with ChatServer(held) as server:
        process = _process(server, "c.jsonl", "-o", OUT)
        assert held.waiting.acquire(timeout=60)
        assert main(_arguments(server, "c.jsonl", "-o", OUT)) == 1
        assert "is being written by another run" in capsys.readouterr().err
        held.go.set()
        process.communicate(timeout=60)
        assert process.returncode == 0
        assert main(_arguments(server, "c.jsonl", "-o", OUT, "-n", "3")) == 1
        assert "made with other options" in capsys.readouterr().err


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A file system of a hundred kilobytes; only root can make one, and CI is."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", folder], check=False)
    if mounted.returncode:
        if os.environ.get("CI"):
            pytest.fail("no tmpfs could be mounted")
        pytest.skip("mounting a small tmpfs needs root")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_stops_the_run_and_keeps_what_was_finished(
    small_disk: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    corpus(tmp_path / "c.jsonl", 60)
    with ChatServer(answer) as server:
        assert main(_arguments(server, "c.jsonl", "-o", str(small_disk / OUT))) == 1
        said = capsys.readouterr().err
        assert "No space left on device; what was finished is kept" in said
        assert len(said.splitlines()) == 1
        kept = ids(small_disk / OUT)
        assert 5 < len(kept) < 60
        assert (small_disk / OUT).read_bytes().endswith(b"}\n")
        (tmp_path / OUT).write_bytes((small_disk / OUT).read_bytes())
        asked = len(server.requests)
        assert main(_arguments(server, "c.jsonl", "-o", OUT)) == 0
        assert len(server.requests) - asked == 60 - len(kept)
    assert len(set(ids(tmp_path / OUT))) == 60


def test_what_a_run_has_written_is_shown_without_asking_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus(tmp_path / "c.jsonl", 2)
    with ChatServer(answer) as server:
        assert main(_arguments(server, "c.jsonl", "-o", OUT, "--ordered")) == 0
    asked = len(server.requests)
    capsys.readouterr()
    assert main([OUT, "--format", "header"]) == 0
    said = capsys.readouterr().out
    assert said.index("Port Elan opens office number 1") < said.index("─" * 40) < said.index("office number 2")
    assert main([OUT, "--format", "html", "-o", "pages"]) == 0
    assert len(list((tmp_path / "pages").glob("*.html"))) == 3
    assert len(server.requests) == asked


def test_other_output_does_not_go_over_the_lines_of_a_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus(tmp_path / "c.jsonl", 2)
    with ChatServer(answer) as server:
        assert main(_arguments(server, "c.jsonl", "-o", OUT)) == 0
    before = (tmp_path / OUT).read_bytes()
    capsys.readouterr()
    for arguments in (["c.jsonl", "-f", "header", "-o", OUT], ["timeline", OUT, "-f", "csv", "-o", OUT]):
        assert main(arguments) == 2
        assert "name another -o" in capsys.readouterr().err
    assert (tmp_path / OUT).read_bytes() == before


def test_a_run_that_comes_to_nothing_leaves_no_output(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["empty", "-o", OUT, "--model", "extractive"]) == 2
    assert not (tmp_path / OUT).exists()
