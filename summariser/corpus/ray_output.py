"""What a cluster run writes: blocks of rows at any fsspec path, each whole or not there, and how they are read again.

A folder holds blocks (``r0001-<32 hex>.parquet`` or ``.jsonl``; the number is the run's) and a manifest for each run
(``run-0001.json``). The written blocks are the checkpoint: a later run leaves out what they hold. A block's name
follows from the documents in it, so a block that Ray has made twice is written twice under one name.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal, TypedDict

from summariser.corpus.lines import Head
from summariser.corpus.ray_input import filesystem
from summariser.corpus.scan import head_of
from summariser.errors import SourceError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

Format = Literal["parquet", "jsonl"]

_BLOCK = re.compile(r"r(\d{4,})-[0-9a-f]{32}\.(parquet|jsonl)")
_MANIFEST = re.compile(r"run-(\d{4,})\.json")
_WHOLE_PUTS = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oci", "oss", "memory"})
"""Stores where an object appears at once, when all of it has arrived; elsewhere a file is renamed into place."""


class Row(TypedDict):
    """One document: `summary` is a `Summary` as JSON, or None where it failed; then `error` is the class's name.

    `id`, `source_hash`, `content_hash`, `fingerprint` and `asked` are those of `Head`; `attempts` counts requests, and
    `tokens` what they used; `at` is UTC (ISO 8601).
    """

    id: str
    source_hash: str
    content_hash: str
    fingerprint: str
    asked: str
    summary: str | None
    error: str | None
    code: str | None
    message: str | None
    attempts: int
    tokens: int
    at: str


HEAD = ("id", "source_hash", "content_hash", "fingerprint", "asked")


def row_of(head: Head, *, summary: str, attempts: int = 0, tokens: int = 0, at: str = "") -> Row:
    """A finished document."""
    return Row(
        id=head.id,
        source_hash=head.source_hash,
        content_hash=head.content_hash,
        fingerprint=head.fingerprint,
        asked=head.asked,
        summary=summary,
        error=None,
        code=None,
        message=None,
        attempts=attempts,
        tokens=tokens,
        at=at,
    )


def schema() -> pa.Schema:
    """The columns of a block, and of what `Summarise` gives back."""
    import pyarrow as pa

    numbers = {"attempts": pa.int32(), "tokens": pa.int64()}
    return pa.schema([(name, numbers.get(name, pa.string())) for name in Row.__annotations__])


def table(rows: Sequence[Row]) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows), schema=schema())


def key(id_: str, source_hash: str, asked: str) -> bytes:
    """16 bytes for a document and what was asked about it: the same work has the same key."""
    return hashlib.sha256("\0".join((id_, source_hash, asked)).encode("utf-8", "surrogatepass")).digest()[:16]


class Output:
    """A folder of blocks, to write to and to read from."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/") or url
        self._system, self._folder = filesystem(self.url)
        protocol = self._system.protocol
        names = {protocol} if isinstance(protocol, str) else {*protocol}
        self._whole_puts, self._is_local = bool(_WHOLE_PUTS & names), "file" in names

    def blocks(self) -> list[str]:
        """Names of the blocks, those of earlier runs first."""
        found = [name for name in self._names() if _BLOCK.fullmatch(name)]
        return sorted(found, key=lambda name: (_run_of(name), name))

    def runs(self) -> list[int]:
        """Numbers of the runs that wrote here, by their manifests and their blocks."""
        names = self._names()
        told = {int(found[1]) for name in names if (found := _MANIFEST.fullmatch(name))}
        return sorted(told | {_run_of(name) for name in names if _BLOCK.fullmatch(name)})

    def manifest(self, run: int, facts: dict[str, object]) -> None:
        """Write down what a run is, or has come to; it replaces what was written for that run before."""
        text = json.dumps({"run": run, **facts}, ensure_ascii=False, indent=1, default=str)
        self._put(f"run-{run:04d}.json", text.encode() + b"\n")

    def holds(self, name: str) -> bool:
        return bool(self._system.exists(self._path(name)))

    def write(self, name: str, rows: Sequence[Row]) -> None:
        """Write a block; whoever looks sees all of it or nothing."""
        self._put(name, _encoded_lines(rows) if name.endswith(".jsonl") else _encoded_table(rows))

    def rows(self, name: str, columns: Sequence[str] | None = None) -> Iterator[Row]:
        """The rows of a block, in their order; with `columns` no others are read, where the format allows it."""
        try:
            with self._system.open(self._path(name), "rb") as file:
                if name.endswith(".jsonl"):
                    yield from (decoded_line(line, f"{name}#{n}") for n, line in enumerate(file, start=1))
                    return
                from pyarrow.parquet import ParquetFile

                for batch in ParquetFile(file).iter_batches(batch_size=256, columns=columns and list(columns)):
                    yield from batch.to_pylist()
        except OSError as error:
            raise SourceError(f"{name} cannot be read: {error.strerror or error}") from None
        except ValueError as error:
            raise SourceError(f"{name} is damaged: {' '.join(str(error).split())[:200]}") from None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One run at a time, where the folder is this machine's; elsewhere two runs cost twice and double nothing.

        Raises `UsageError` where another run has it. The system gives the lock back when its holder is killed.
        """
        if not self._is_local:
            yield
            return
        from filelock import FileLock, Timeout

        self._system.makedirs(self._folder, exist_ok=True)
        try:
            with FileLock(self._path(".lock"), timeout=0):
                yield
        except Timeout:
            raise UsageError(f"another run is writing to {self.url}") from None

    def sweep(self) -> None:
        """Take away what writers left half written when they were killed."""
        for name in self._names():
            if name.startswith(".") and name.endswith(".part"):
                self._system.rm_file(self._path(name))

    def _names(self) -> list[str]:
        self._system.invalidate_cache()
        try:
            return [PurePosixPath(path).name for path in self._system.ls(self._folder, detail=False)]
        except FileNotFoundError:
            return []

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}"

    def _put(self, name: str, data: bytes) -> None:
        self._system.makedirs(self._folder, exist_ok=True)
        if self._whole_puts:
            self._system.pipe_file(self._path(name), data)
            return
        hidden = self._path(f".{name}.{uuid.uuid4().hex}.part")
        try:
            if self._is_local:
                _replace(Path(hidden), Path(self._path(name)), data)
            else:
                self._system.pipe_file(hidden, data)
                self._system.mv(hidden, self._path(name))
        except BaseException:
            if self._system.exists(hidden):
                self._system.rm_file(hidden)
            raise


def _replace(hidden: Path, path: Path, data: bytes) -> None:
    """On the disk before it has its name: a machine that stops leaves no block that is empty."""
    with hidden.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    hidden.replace(path)


def block_name(run: int, keys: Iterable[bytes], format_: Format) -> str:
    """The name of the block that holds the documents with these keys."""
    return f"r{run:04d}-{hashlib.sha256(b''.join(keys)).hexdigest()[:32]}.{format_}"


def _encoded_table(rows: Sequence[Row]) -> bytes:
    from pyarrow import parquet

    buffer = io.BytesIO()
    parquet.write_table(table(rows), buffer, compression="zstd")
    return buffer.getvalue()


def _encoded_lines(rows: Sequence[Row]) -> bytes:
    """Finished documents exactly as the lines of ``out.jsonl``, failed ones as the row that they are."""
    return b"".join(_encoded_line(row).encode("utf-8", "surrogatepass") + b"\n" for row in rows)


def _encoded_line(row: Row) -> str:
    if row["summary"] is None:
        return json.dumps(row, ensure_ascii=False)
    head = Head(**{name: row[name] for name in HEAD}).model_dump_json()  # type: ignore[literal-required]
    return f'{head[:-1]},"summary":{row["summary"]}}}'


def decoded_line(line: bytes, place: str) -> Row:
    """A line of a block, or of ``out.jsonl``, as a row."""
    head = head_of(line)
    if head is None:
        try:
            row: Row = json.loads(line)
        except ValueError:
            raise SourceError(f"{place} is no line of a block") from None
        return row
    # The name cannot stand in the head's strings: its quotation marks would be escaped there.
    summary = line[line.index(b'"summary":{') + len(b'"summary":') : line.rindex(b"}")]
    return row_of(head, summary=summary.decode("utf-8", "surrogatepass"))


def _run_of(name: str) -> int:
    found = _BLOCK.fullmatch(name)
    return int(found[1]) if found else 0
