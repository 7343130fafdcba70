"""The documents of a run: read once at `submit`, kept as they were read, and told to be settled one by one.

Later commands need no source again: a file that was edited or a page that has gone changes nothing of what was asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from pydantic import BaseModel, ConfigDict

from summariser.corpus.batch.results import Counts, Used
from summariser.corpus.batch.state import Folder
from summariser.corpus.scan import whole
from summariser.schema import Document

End = Literal["finished", "failed"]


class Settled(BaseModel):
    """A document that needs nothing more: how it ended, and what its requests used (tokens)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    turn: int
    outcome: End
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the run. `key` is what the ids of its requests begin with, `turn` counts the entries of an id."""

    id: str
    turn: int
    source_hash: str
    fingerprint: str
    generation: int
    key: str
    stored: dict[str, object]

    def document(self) -> Document:
        return Document.model_validate(self.stored)

    def encoded(self) -> bytes:
        fields = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(fields).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Known:
    """What is held of every entry in memory."""

    turn: int
    key: str
    source_hash: str
    generation: int


class Entries:
    """``documents.jsonl`` and ``settled.jsonl``: only ever appended to; a torn last line is cut off when opened."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.latest: dict[str, Known] = {}
        """By id of a document: its last entry, without the document."""
        self.settled: dict[str, End] = {}
        """By id: how its last entry ended."""
        self.failed: dict[str, str] = {}
        """The ids of those that failed, by their keys."""
        self.used = Used()
        """By everything that was settled, also by what was taken in anew since."""
        self._open: list[BinaryIO] = []
        self._documents: BinaryIO | None = None
        self._settled: BinaryIO | None = None
        for entry in self:
            self._know(entry)
        for line in _lines(folder.settled):
            self._count(Settled.model_validate_json(line))

    def __iter__(self) -> Iterator[Entry]:
        """Every entry that was written, in order, one in memory at a time."""
        for line in _lines(self._folder.documents):
            yield Entry(**json.loads(line))

    def knows(self, name: str, source_hash: str) -> bool:
        """Whether the document was taken in as it is."""
        known = self.latest.get(name)
        return known is not None and known.source_hash == source_hash

    def has_failed(self, name: str, source_hash: str) -> bool:
        """Whether the document was taken in as it is, and failed."""
        return self.knows(name, source_hash) and self.settled.get(name) == "failed"

    def next_generation(self, name: str, source_hash: str) -> int:
        """0 for what is new or was edited, one more for what is tried again as it is."""
        known = self.latest.get(name)
        return known.generation + 1 if known is not None and known.source_hash == source_hash else 0

    def unsettled(self) -> Iterator[Entry]:
        """The entries that still need something; one that another entry took the place of needs nothing."""
        for entry in self:
            if entry.id not in self.settled and self.latest[entry.id].turn == entry.turn:
                yield entry

    @property
    def counts(self) -> Counts:
        finished = sum(end == "finished" for end in self.settled.values())
        return Counts(documents=len(self.latest), finished=finished, failed=len(self.settled) - finished)

    def next_turn(self, name: str) -> int:
        known = self.latest.get(name)
        return known.turn + 1 if known is not None else 0

    def add(self, entry: Entry) -> None:
        if self._documents is None:
            self._documents = self._append_to(self._folder.documents)
        self._documents.write(entry.encoded())
        self._know(entry)

    def settle(self, one: Settled) -> None:
        if self._settled is None:
            self._settled = self._append_to(self._folder.settled)
        self._settled.write(one.model_dump_json().encode() + b"\n")
        self._settled.flush()
        self._count(one)

    def flush(self) -> None:
        if self._documents is not None:
            self._documents.flush()

    def close(self) -> None:
        while self._open:
            self._open.pop().close()
        self._documents = self._settled = None

    def _know(self, entry: Entry) -> None:
        self.latest[entry.id] = Known(entry.turn, entry.key, entry.source_hash, entry.generation)
        self.settled.pop(entry.id, None)

    def _count(self, one: Settled) -> None:
        self.used = Used(**{name: getattr(self.used, name) + getattr(one, name) for name in Used.model_fields})
        known = self.latest.get(one.id)
        if known is not None and known.turn == one.turn:
            self.settled[one.id] = one.outcome
            if one.outcome == "failed":
                self.failed[known.key] = one.id

    def _append_to(self, path: Path) -> BinaryIO:
        path.parent.mkdir(exist_ok=True)
        file = path.open("a+b")
        self._open.append(file)
        file.truncate(whole(file))
        return file


def _lines(path: Path) -> Iterator[bytes]:
    """The whole lines of a file, none where there is no file."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        for line in file:
            if line.endswith(b"\n"):
                yield line
