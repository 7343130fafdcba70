"""Sources in parts: every document in exactly one, with an id that does not depend on how they are cut."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import fsspec
import pyarrow as pa
import pytest
from pyarrow import parquet

from summariser.corpus.items import Item, items_of
from summariser.corpus.ray_input import Part, file_item, items, parts, row_item
from summariser.errors import SourceError, UsageError


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()


def documents(source: str, size: int) -> list[Item]:
    found = []
    for part in parts(source, size):
        with items(Part.decoded(part.encoded())) as these:
            assert len(these) <= size
            found += these
    return found


LINES = [
    '{"id": "a", "text": "A"}',
    "",
    "no JSON",
    '{"text": "B"}',
    '{"id": 7, "text": "C"}',
    '{"id": "d", "text": "é"}',
]


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_a_corpus_is_read_like_the_pool_reads_it(tmp_path: Path, size: int) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_text("\n".join(LINES) + "\n", "utf-8")
    assert documents(str(file), size) == list(items_of([str(file)]))


def test_a_packed_corpus_elsewhere(memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe_file("/in/corpus.jsonl.gz", gzip.compress("\n".join(LINES).encode()))
    found = documents("memory:///in/corpus.jsonl.gz", 2)
    assert [item.id for item in found if not item.problem] == ["a", "memory:///in/corpus.jsonl.gz#4", "7", "d"]


@pytest.mark.parametrize("size", [1, 3, 4, 100])
def test_rows_of_a_table(tmp_path: Path, size: int) -> None:
    rows = [{"id": f"r{n}" if n % 2 else None, "text": f"text {n}", "title": None} for n in range(11)]
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "t.parquet", row_group_size=4)
    found = documents(str(tmp_path / "t.parquet"), size)
    expected = [f"r{n}" if n % 2 else f"{tmp_path}/t.parquet#{n + 1}" for n in range(11)]
    assert [item.id for item in found] == expected
    texts = [json.loads(item.source)["text"] for item in found if isinstance(item.source, bytes)]
    assert texts == [f"text {n}" for n in range(11)]


def test_a_folder_is_walked_without_hidden_and_foreign_files(
    tmp_path: Path, memory: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("in/b.txt", "in/deep/a.html", "in/.hidden.txt", "in/.git/c.txt", "in/picture.png"):
        memory.pipe_file(f"/{name}", b"text")
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"text")
    assert [item.id for item in documents("memory:///in", 1)] == ["memory:///in/b.txt", "memory:///in/deep/a.html"]
    monkeypatch.chdir(tmp_path)
    assert documents("in", 10) == list(items_of(["in"]))
    assert [item.id for item in documents("in/*.txt", 10)] == ["in/b.txt"]


def test_a_file_from_elsewhere_is_there_while_it_is_read(memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe_file("/in/b.txt", b"text")
    (part,) = parts("memory:///in/b.txt", 5)
    with items(part) as (item,):
        assert isinstance(item.source, Path)
        assert item.source.read_bytes() == b"text"
    assert not item.source.exists()


def test_an_address_is_left_to_the_reader_that_keeps_to_public_hosts() -> None:
    (part,) = parts("http://169.254.169.254/latest", 5)
    with items(part) as found:
        assert found == [Item("http://169.254.169.254/latest", "http://169.254.169.254/latest")]
    with ExitStack() as stack:
        assert isinstance(file_item("x", "HTTP://localhost/x", stack).source, str)


def test_what_cannot_be_read_says_so(tmp_path: Path, memory: fsspec.AbstractFileSystem) -> None:
    with pytest.raises(SourceError, match="no such file"):
        list(parts(str(tmp_path / "none.jsonl"), 5))
    with pytest.raises(UsageError, match="nonsense"):
        list(parts("nonsense://x", 5))
    with items(Part("lines", (str(tmp_path / "gone.jsonl"),), 0, 10, 1)) as (item,):
        assert "cannot be read" in (item.problem or "")
    with items(Part("files", ("memory:///gone.txt",))) as (item,):
        assert "cannot be read" in (item.problem or "")
    (tmp_path / "bad.parquet").write_bytes(b"no table")
    with items(Part("rows", (str(tmp_path / "bad.parquet"),), 0, 10, 0)) as (item,):
        assert item.problem


def test_a_row_may_hold_a_record_or_columns() -> None:
    assert row_item({"record": '{"id": "x", "text": "A"}', "id": None}, "p").id == "x"
    assert row_item({"text": "A", "id": 3}, "p").id == "3"
    item = row_item({"text": "A", "id": None, "published": None, "title": "T"}, "place")
    assert item.id == "place"
    assert json.loads(item.source) == {"text": "A", "title": "T"}  # type: ignore[arg-type]
