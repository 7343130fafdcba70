"""Requests into files that a server takes, and the answers out of the files that it gives."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from summariser.completers.batch_lines import ids_of, line_id, passes, read_line, request_line, unanswered_line
from summariser.completers.batches import BatchServer
from summariser.completers.failures import Failure
from summariser.completers.wire import Answer
from summariser.corpus.batch.state import Folder, Part, State, replace
from summariser.errors import UsageError

MOST_REQUESTS = 50_000
MOST_BYTES = 200_000_000
"""What OpenAI takes in one file; other servers have their own limits."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be."""

    requests: int = MOST_REQUESTS
    bytes: int = MOST_BYTES

    def __post_init__(self) -> None:
        if self.requests < 1 or self.bytes < 1:
            raise UsageError("a batch holds at least one request: the limits must be positive")


class PartWriter:
    """The files of one wave. A part is in the state when its file is complete and on disk, not before."""

    def __init__(self, folder: Folder, state: State, limits: Limits) -> None:
        self._folder, self._state, self._limits = folder, state, limits
        self._wave = state.waves + 1
        self._file: BinaryIO | None = None
        self._part = self._next()

    def add(self, request_id: str, body: Mapping[str, object]) -> None:
        line = request_line(request_id, body)
        if len(line) > self._limits.bytes:
            raise UsageError(
                f"one request alone has {len(line)} bytes and the limit of a file is {self._limits.bytes}: "
                "raise --max-megabytes"
            )
        full = self._part.requests >= self._limits.requests or self._part.bytes + len(line) > self._limits.bytes
        if full:
            self.seal()
        if self._file is None:
            self._folder.path.mkdir(exist_ok=True)
            self._file = self._folder.requests(self._part).open("wb")
        self._file.write(line)
        self._part.requests += 1
        self._part.bytes += len(line)

    def seal(self) -> None:
        """The part under way, if there is one, becomes one to be sent."""
        if self._file is None:
            return
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._state.parts.append(self._part)
        self._folder.save(self._state)
        self._file, self._part = None, self._next()

    def drop(self) -> None:
        """Leave the part under way: nobody knows of it."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _next(self) -> Part:
        return Part(
            number=max((part.number for part in self._state.parts), default=0) + 1, wave=self._wave, requests=0, bytes=0
        )


def collect(folder: Folder, state: State, part: Part, server: BatchServer) -> list[str]:
    """Take over all that an ended batch gives, and say of every other request that it got nothing.

    Returns what the user should know. The part is `collected` when everything is on disk.
    """
    batch = server.look(part.batch_id or "")
    output, errors, none = folder.answers(part)
    said: list[str] = []
    for file, path in ((batch.output_file, output), (batch.error_file, errors)):
        if file is not None:
            replace(path, partial(_fetched, server, file, said))
    answered = {name for path in (output, errors) if path.exists() for name in _ids(path)}
    code, why = _fate(batch.status, batch.code, batch.problem)
    with_none = [name for name in ids_of(folder.requests(part)) if name not in answered]
    replace(none, lambda path: path.write_bytes(b"".join(unanswered_line(name, code, why) for name in with_none)))
    part.see(batch)
    part.stage = "collected"
    folder.save(state)
    return said


def _fetched(server: BatchServer, file: str, said: list[str], path: Path) -> None:
    if not server.download(file, path):
        path.write_bytes(b"")
        said.append(f"{file} is no longer on the server: what was answered in it is asked again")


def _fate(status: str, code: str, problem: str) -> tuple[str, str]:
    """Why requests of a batch have no line, as a code of `batch_lines` and a reason."""
    if status == "failed" and not passes(code):
        return "400", problem or code or "the batch failed"
    if status == "failed":
        return "batch_failed", f"the batch failed: {problem or code}"
    if status in ("expired", "cancelled"):
        return f"batch_{status}", f"the batch {'expired' if status == 'expired' else 'was cancelled'}"
    return "no_answer", "the batch's files have no line for it"


class NoAnswers:
    """Where nothing was asked yet."""

    def get(self, request_id: str) -> None:  # noqa: ARG002 - the protocol's
        return None


class StoredAnswers:
    """Where each answer stands in the files of the collected parts; the lines are read when they are needed."""

    def __init__(self, folder: Folder, keys: Container[str]) -> None:
        self._folder = folder
        self._keys = keys
        self._places: dict[str, tuple[int, int]] = {}
        self._files: list[BinaryIO] = []

    def take(self, part: Part) -> None:
        """Know the answers of a collected part. The output file goes before the error file, the first line counts."""
        for path in self._folder.answers(part):
            if not path.exists():
                continue
            file = path.open("rb")
            self._files.append(file)
            number, start = len(self._files) - 1, 0
            for line in file:
                name = line_id(line)
                if name is not None and name.partition("-")[0] in self._keys:
                    self._places.setdefault(name, (number, start))
                start += len(line)

    def get(self, request_id: str) -> Answer | Failure | None:
        place = self._places.get(request_id)
        if place is None:
            return None
        number, start = place
        file = self._files[number]
        file.seek(start)
        return read_line(file.readline())

    def close(self) -> None:
        while self._files:
            self._files.pop().close()


def _ids(path: Path) -> set[str]:
    with path.open("rb") as file:
        return {name for line in file if (name := line_id(line)) is not None}
