"""Blocks: whole or not there, the same rows in both formats, each document once when they are read."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import numpy as np
import pytest

from summariser import summarise
from summariser.corpus.lines import Line, fingerprint, read_summaries
from summariser.corpus.ray_output import Format, Output, Row, block_name, key, row_of
from summariser.corpus.ray_reading import Keys, done_keys, read_failures, read_output
from summariser.errors import SourceError, UsageError
from tests.articles import NEWS

FORMATS: list[Format] = ["parquet", "jsonl"]


@pytest.fixture(scope="module")
def make() -> Callable[..., Row]:
    summary = summarise(NEWS, model="extractive")
    document = summary.document

    def one(name: str, *, source: str = "0a", failed: bool = False) -> Row:
        line = Line(
            id=name,
            source_hash=source,
            content_hash=document.content_hash,
            fingerprint=fingerprint(document),
            asked="ff",
            summary=summary,
        )
        row = row_of(line, summary=summary.model_dump_json(), at="2026-01-02T03:04:05+00:00")
        if failed:
            row.update(summary=None, error="ServerError", message="no answer", attempts=3)
        return row

    return one


@pytest.fixture(params=["memory", "local"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "local":
        yield str(tmp_path / "out")
        return
    yield "memory:///out"
    fsspec.filesystem("memory").store.clear()


@pytest.mark.parametrize("form", FORMATS)
def test_rows_come_back_as_they_were_written(url: str, form: Format, make: Callable[..., Row]) -> None:
    rows = [make('strange ","summary":{" id'), make("b", failed=True), make("ünï\u2028code")]
    output = Output(url)
    name = block_name(1, [b"x"], form)
    assert not output.holds(name)
    output.write(name, rows)
    assert output.holds(name)
    assert output.blocks() == [name]
    back = list(output.rows(name))
    kept = ("id", "source_hash", "asked", "summary", "error", "message")
    assert [[row[column] for column in kept] for row in back] == [[row[column] for column in kept] for row in rows]  # type: ignore[literal-required]
    assert [line.id for line in read_output(url)] == [rows[0]["id"], rows[2]["id"]]
    (failure,) = read_failures(url)
    assert (failure.id, failure.error, failure.attempts) == ("b", "ServerError", 3)


def test_lines_are_those_of_a_run_on_one_machine(tmp_path: Path, make: Callable[..., Row]) -> None:
    Output(str(tmp_path)).write("r0001-" + "0" * 32 + ".jsonl", [make("a"), make("b")])
    (file,) = tmp_path.glob("*.jsonl")
    lines = [line.encoded() for line in read_output(str(tmp_path))]
    assert file.read_bytes() == b"".join(lines)
    assert [name for name, _ in read_summaries(file)] == ["a", "b"]


def test_of_several_rows_the_last_run_counts_and_success_goes_before_failure(
    url: str, make: Callable[..., Row]
) -> None:
    output = Output(url)
    output.write(block_name(1, [b"1"], "parquet"), [make("a", source="01"), make("b"), make("c", failed=True)])
    output.write(block_name(2, [b"2"], "jsonl"), [make("a", source="02"), make("b", failed=True)])
    output.write(block_name(10, [b"3"], "parquet"), [make("a", source="03"), make("d"), make("d")])
    assert {line.id: line.source_hash for line in read_output(url)} == {"a": "03", "b": "0a", "d": "0a"}
    assert len(list(read_output(url))) == 3
    assert [failure.id for failure in read_failures(url)] == ["c"]
    assert output.runs() == [1, 2, 10]


def test_what_is_done_is_told_by_id_source_and_question(url: str, make: Callable[..., Row]) -> None:
    output = Output(url)
    output.write(block_name(1, [b"1"], "parquet"), [make("a"), make("b", failed=True)])
    done = Keys(done_keys(url, output.blocks(), retry_failed=False))
    again = Keys(done_keys(url, output.blocks(), retry_failed=True))
    assert key("a", "0a", "ff") in done
    assert key("b", "0a", "ff") in done
    assert key("b", "0a", "ff") not in again
    assert [key("a", "0b", "ff") in done, key("a", "0a", "fe") in done, key("c", "0a", "ff") in done] == [False] * 3
    assert (len(done), len(again)) == (2, 1)


def test_half_a_key_is_not_enough() -> None:
    done = Keys(np.array([[5, 1], [5, 2], [1, 9]], dtype=np.uint64))
    sought = [np.array(pair, dtype=np.uint64).tobytes() in done for pair in ([5, 2], [5, 1], [5, 9], [1, 9], [9, 1])]
    assert sought == [True, True, False, True, False]


def test_a_block_that_cannot_be_written_leaves_nothing(tmp_path: Path, make: Callable[..., Row]) -> None:
    output = Output(str(tmp_path))
    name = block_name(1, [b"x"], "jsonl")
    (tmp_path / name).mkdir()
    (tmp_path / name / "in the way").touch()
    with pytest.raises(OSError, match=name):
        output.write(name, [make("a")])
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_full_disk_leaves_what_was_there(
    tmp_path: Path, make: Callable[..., Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = Output(str(tmp_path))
    name = block_name(1, [b"x"], "parquet")
    output.write(name, [make("before")])

    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        output.write(name, [make("after")])
    assert [line.id for line in read_output(str(tmp_path))] == ["before"]
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_what_killed_writers_left_is_swept_and_never_read(tmp_path: Path, make: Callable[..., Row]) -> None:
    output = Output(str(tmp_path))
    output.write(block_name(1, [b"x"], "jsonl"), [make("a")])
    (tmp_path / f".{block_name(1, [b'y'], 'jsonl')}.0f.part").write_bytes(b'{"id":"torn')
    assert [line.id for line in read_output(str(tmp_path))] == ["a"]
    output.sweep()
    assert len(list(tmp_path.iterdir())) == 1


def test_damaged_and_missing_output_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no blocks"):
        list(read_output(str(tmp_path / "none")))
    (tmp_path / ("r0001-" + "0" * 32 + ".parquet")).write_bytes(b"no table")
    with pytest.raises(SourceError, match="damaged"):
        list(read_output(str(tmp_path)))


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    first, second = Output(str(tmp_path)), Output(str(tmp_path))
    with first.locked(), pytest.raises(UsageError, match="another run"), second.locked():
        pass
    with Output(str(tmp_path)).locked():
        pass
