"""The output file: whole lines only, one writer, resumable."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from summariser.corpus import read_summaries
from summariser.corpus.journal import Journal
from summariser.corpus.lines import FailedLine
from summariser.errors import OutputError, SourceError
from tests.corpus.made import ASKED, ids, line, summary, write

OUT = "out.jsonl"


def _failure(item_id: str, runs: int = 1) -> FailedLine:
    at = dt.datetime(2025, 5, 14, tzinfo=dt.UTC)
    return FailedLine(id=item_id, source_hash="aa", error="ServerError", message="no", runs=runs, at=at)


def test_what_was_written_is_known_to_the_next_run(tmp_path: Path) -> None:
    with Journal(tmp_path / OUT, ASKED) as journal:
        write(journal, line("one"))
        write(journal, line('two ü "quoted"'))
    with Journal(tmp_path / OUT, ASKED) as journal:
        assert journal.is_done("one", "aa")
        assert journal.is_done('two ü "quoted"', "aa")
        assert not journal.is_done("one", "bb")
        assert not journal.is_done("three", "aa")
        found = journal.line_of('two ü "quoted"')
        assert found is not None
        assert found == line('two ü "quoted"')


@pytest.mark.parametrize("torn", [1, 40, 200, 600])
def test_a_torn_line_is_mended_wherever_it_broke(tmp_path: Path, torn: int) -> None:
    path = tmp_path / OUT
    with Journal(path, ASKED) as journal:
        write(journal, line("one"))
    whole = path.read_bytes()
    path.write_bytes(whole + line("two").encoded()[:torn])
    with Journal(path, ASKED) as journal:
        assert not journal.is_done("two", "aa")
        write(journal, line("two"))
    assert path.read_bytes() == whole + line("two").encoded()


def test_two_runs_on_one_output_are_refused(tmp_path: Path) -> None:
    with (
        Journal(tmp_path / OUT, ASKED),
        pytest.raises(OutputError, match="is being written by another run"),
    ):
        Journal(tmp_path / OUT, ASKED)
    with Journal(tmp_path / OUT, ASKED) as journal:
        assert journal.index.count() == 0


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom summariser.corpus.journal import Journal\n"
        f"journal = Journal(Path(sys.argv[1]), {ASKED!r})\nos.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path / OUT)], check=False)
    assert killed.returncode == -9
    with Journal(tmp_path / OUT, ASKED) as journal:
        write(journal, line("one"))
    assert ids(tmp_path / OUT) == ["one"]


def test_an_output_of_other_options_is_refused(tmp_path: Path) -> None:
    with Journal(tmp_path / OUT, ASKED) as journal:
        write(journal, line("one"))
    with pytest.raises(OutputError, match="made with other options"):
        Journal(tmp_path / OUT, "ffff")


def test_a_file_that_is_no_output_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / OUT
    path.write_text('{"my": "data"}\n')
    with pytest.raises(OutputError, match="no output of summarise"):
        Journal(path, ASKED)
    assert path.read_text() == '{"my": "data"}\n'


@pytest.mark.parametrize("content", ["notes without a line break", '{"my": "data"}'])
def test_a_file_of_one_unfinished_line_that_is_not_ours_is_left_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / OUT
    path.write_text(content)
    with pytest.raises(OutputError, match="no output of summarise"):
        Journal(path, ASKED)
    assert path.read_text() == content


def test_an_output_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(OutputError, match=r"cannot write .*folder\.jsonl"):
        Journal(tmp_path / "folder.jsonl", ASKED)
    with pytest.raises(OutputError, match="cannot write"):
        Journal(tmp_path / "missing" / OUT, ASKED)


def test_a_line_that_does_not_fit_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / OUT
    real = os.write
    with Journal(path, ASKED) as journal:
        write(journal, line("one"))
        whole = path.read_bytes()

        def full(descriptor: int, data: bytes) -> int:
            if len(data) > 100:
                return real(descriptor, data[:100])
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("summariser.corpus.journal.os.write", full)
        with pytest.raises(OutputError, match="No space left on device; what was finished is kept"):
            write(journal, line("two"))
        assert path.read_bytes() == whole
        monkeypatch.undo()
        write(journal, line("two"))
    assert ids(path) == ["one", "two"]


def test_failures_are_beside_the_output_and_go_when_they_are_mended(tmp_path: Path) -> None:
    path = tmp_path / OUT
    with Journal(path, ASKED) as journal:
        journal.fail(_failure("one"))
        journal.fail(_failure("two"))
        journal.fail(_failure("one", runs=2))
    assert sorted(ids(tmp_path / f"{OUT}.failed")) == ["one", "two"]
    with Journal(path, ASKED) as journal:
        assert journal.failed.by_id["one"].runs == 2
        write(journal, line("one"))
    assert ids(tmp_path / f"{OUT}.failed") == ["two"]
    with Journal(path, ASKED) as journal:
        assert list(journal.failed.by_id) == ["two"]
        write(journal, line("two"))
    assert not (tmp_path / f"{OUT}.failed").exists()


def test_reading_an_output_gives_the_last_line_of_each_document(tmp_path: Path) -> None:
    path = tmp_path / OUT
    with Journal(path, ASKED) as journal:
        write(journal, line("one", "first words"))
        write(journal, line("two"))
        write(journal, line("one", "second words", source_hash="bb"))
    with path.open("ab") as file:
        file.write(b'{"id":"torn')
    found = {item_id: made.document.text for item_id, made in read_summaries(path)}
    assert found == {"one": "A text about second words.", "two": "A text about two."}


def test_bare_summaries_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / OUT
    path.write_text(summary("one").model_dump_json() + "\n" + summary("two").model_dump_json() + "\n")
    assert [item_id for item_id, _ in read_summaries(path)] == ["one", "two"]


def test_one_indented_summary_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(summary("one").model_dump_json(indent=2))
    assert [item_id for item_id, _ in read_summaries(str(path))] == ["one"]


def test_a_line_that_is_no_summary_is_named(tmp_path: Path) -> None:
    path = tmp_path / OUT
    path.write_text(summary("one").model_dump_json() + "\n" + json.dumps({"a": 1}) + "\n")
    with pytest.raises(SourceError, match=r"out\.jsonl#2 is no summary"):
        list(read_summaries(path))
