"""What a run is given, as a stream of items: files, folders, JSONL corpora and addresses.

Nothing is read here beyond the lines of a corpus file: an `Item` says where one document is, and `read_item` makes a
`Document` of it, in whichever process does the work.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from summariser.errors import RefusedSourceError, SourceError, UsageError
from summariser.schema import Document

if TYPE_CHECKING:
    from summariser.options import Options

CORPUS_SUFFIXES = frozenset({".jsonl", ".ndjson"})
"""Files of these names hold one record a line."""

LONGEST_RECORD = 50_000_000
"""Bytes of one line of a corpus; a longer one is a failure of its own and is skipped, not held."""

READABLE = frozenset(
    {".txt", ".text", ".md", ".markdown", ".rst", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".json", ".eml", ".epub"}
)


@dataclass(frozen=True, slots=True)
class Item:
    """One document to be: `id` names it within the run, `source` is where it is.

    `source` is a `Path` (a file), a `str` (text, or a URL), a `Document`, or `bytes` (one record of a corpus as JSON).
    `problem` says why there is none: such an item is a failure from the start. `place`: a record's file and line.
    """

    id: str
    source: Path | str | bytes | Document
    problem: str | None = None
    place: str | None = None

    @property
    def called(self) -> str:
        """What messages call it: where it is, with its id where that is another."""
        return f"{self.place} (id {self.id})" if self.place and self.place != self.id else self.id

    def source_hash(self) -> str:
        """Half a SHA-256 of what the item is made of, without making a document of it; "" where it cannot be read.

        A file's is that of its bytes: a file that was edited since is another source.
        """
        match self.source:
            case Path():
                try:
                    with self.source.open("rb") as file:
                        return hashlib.file_digest(file, "sha256").hexdigest()[:32]
                except OSError:
                    return ""
            case bytes():
                data = self.source
            case str():
                data = self.source.encode("utf-8", "surrogatepass")
            case Document():
                data = self.source.content_hash.encode()
        return hashlib.sha256(data).hexdigest()[:32]


def items_of(sources: Iterable[str]) -> Iterator[Item]:
    """The items that the command's arguments stand for, in order: folders are walked, corpora are read line by line.

    A file keeps the path that it was given with as its id, a record its own ``id``, else ``file.jsonl#12``. An id that
    stood before gets its place in the run added, so that ids are unique.
    """
    seen: set[int] = set()  # hashes of ids: 32 bytes an id, however long the ids are
    for name in sources:
        for found in _items(name):
            item = found
            if hash(item.id) in seen:
                if isinstance(item.source, Path):
                    continue  # the same file named twice
                item = replace(item, id=f"{item.id} ({name})")
                if hash(item.id) in seen:
                    item = replace(item, problem=f"the id {found.id!r} stands in {name} more than once")
            seen.add(hash(item.id))
            yield item


def is_many(sources: Sequence[str]) -> bool:
    """Whether the arguments stand for many documents: several, a folder, or a file of records."""
    return len(sources) > 1 or any(is_corpus(name) for name in sources)


def is_corpus(name: str) -> bool:
    """Whether one argument stands for many documents: a folder, or a file of records."""
    path = Path(name)
    return path.is_dir() or (path.suffix.lower() in CORPUS_SUFFIXES and path.exists())


def count_of(sources: Iterable[str]) -> int:
    """About how many items there are: records are counted by their line breaks."""
    count = 0
    for name in sources:
        path = Path(name)
        if path.suffix.lower() in CORPUS_SUFFIXES and path.is_file():
            with path.open("rb") as file:
                count += sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
        elif path.is_dir():
            count += sum(1 for _ in _walk(path))
        else:
            count += 1
    return count


def _items(name: str) -> Iterator[Item]:
    if name.lower().startswith(("http://", "https://")):
        yield Item(name, name)
        return
    path = Path(name)
    if path.is_dir():
        found = 0
        for found, item in enumerate(_walk(path), start=1):  # noqa: B007 - how many there were is asked below
            yield item
        if not found:
            raise UsageError(f"the folder {path} holds nothing that is read ({', '.join(sorted(READABLE))}, .jsonl)")
    elif path.suffix.lower() in CORPUS_SUFFIXES and path.exists():
        yield from _records(path)
    else:
        yield Item(name, path)


def _walk(folder: Path) -> Iterator[Item]:
    """Readable files below a folder, in the order of their names; hidden ones and those of other kinds are left out."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise UsageError(f"the folder {folder} cannot be read: {error.strerror}") from None
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = folder / entry.name
        if entry.is_dir():
            yield from _walk(path)
        elif path.suffix.lower() in CORPUS_SUFFIXES:
            yield from _records(path)
        elif path.suffix.lower() in READABLE:
            yield Item(path.as_posix(), path)


def _records(path: Path) -> Iterator[Item]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from None
    with file:
        number = 0
        while line := file.readline(LONGEST_RECORD):
            number += 1
            place = f"{path.as_posix()}#{number}"
            if len(line) == LONGEST_RECORD and not line.endswith(b"\n"):
                while (rest := file.readline(LONGEST_RECORD)) and not rest.endswith(b"\n"):
                    pass
                yield Item(place, b"", f"line {number} holds more than {LONGEST_RECORD // 1_000_000} MB")
            elif line.strip(b"\xef\xbb\xbf \t\r\n"):
                yield record_item(line.strip(), place)


def record_item(line: bytes, place: str) -> Item:
    """The item that a line of a corpus stands for; `place` is its id where the record has none of its own."""
    try:
        record = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        reason = f"{error.msg}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "nested too deep"
        return Item(place, line, f"this line is not JSON ({reason})")
    own = record.get("id") if isinstance(record, dict) else None
    if isinstance(own, int) and not isinstance(own, bool):
        own = str(own)
    return Item(own if isinstance(own, str) and own.strip() else place, line, place=place)


def read_item(item: Item, options: Options, *, allow_private_addresses: bool = False) -> Document:
    """The item's document. Raises `SourceError` (also for an item with a problem) and `RefusedSourceError`."""
    from summariser.documents import read, read_bytes

    if item.problem:
        raise SourceError(f"{item.called}: {item.problem}")
    published, gate = options.get("published"), options.get("gate", "default")
    if isinstance(item.source, bytes):
        try:
            return read_bytes(item.source, suffix=".json", name=item.id, published=published, gate=gate)
        except RefusedSourceError as error:
            raise RefusedSourceError(_placed(item, str(error)), error.code) from None
        except SourceError as error:
            raise SourceError(_placed(item, str(error))) from None
    return read(item.source, published=published, gate=gate, allow_private_addresses=allow_private_addresses)


def _placed(item: Item, message: str) -> str:
    """A message about a record, with its file and line before it instead of its name alone."""
    return f"{item.called}: {message.removeprefix(item.id).lstrip(': ')}"
