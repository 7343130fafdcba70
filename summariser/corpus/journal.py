"""The output of a run: one line a finished document, appended and never torn; failures in a file beside it.

One writer: the file is locked for as long as it is open. A line is there whole or not at all: what a killed writer left
of one is cut off by the next, and so is what did not fit on a full disk.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from summariser.corpus.index import Index
from summariser.corpus.lines import FailedLine, Head, Line
from summariser.corpus.scan import heads, whole
from summariser.errors import OutputError

if TYPE_CHECKING:
    from filelock import FileLock

SYNC_SECONDS = 1.0
"""How long a finished document may wait until it is safe from a power cut too; from a kill it is safe at once."""


_BEGINNING = b'{"id":'
"""Of every line: what is torn begins so, or is somebody else's and is left alone."""


class Journal:
    """The lines in `path`, and what is known of them. `asked` is the fingerprint of the options that a run has."""

    def __init__(self, path: Path, asked: str, index: Index | None = None) -> None:
        """Lock, mend and read the output. Raises `OutputError` where it is in use, no output of ours, or of other
        options, or cannot be written."""
        self.path = path
        self.failed_path = path.with_name(f"{path.name}.failed")
        self.index = index or Index()
        self._asked = asked
        self._lock = _locked(path)
        try:
            self._file = _Appended(path)
            self.failed = _Failures(self.failed_path)
            self._read()
        except BaseException:
            self._lock.release()
            raise

    def is_done(self, id: str, source_hash: str) -> bool:  # noqa: A002 - it is the document's id
        """Whether this source has its line already."""
        found = self.index.finished(id)
        return found is not None and found[0] == source_hash

    def append(self, line: bytes, head: Head) -> None:
        """Write a finished document. Raises `OutputError`: then nothing of the line is in the file."""
        start = self._file.append(line)
        self.index.finish(head.id, head.source_hash, start)
        self.index.claim(head.fingerprint, head.id)
        self.failed.forget(head.id)

    def line_of(self, id: str) -> Line | None:  # noqa: A002
        """The line of a finished document."""
        found = self.index.finished(id)
        if found is None:
            return None
        with self.path.open("rb") as file:
            file.seek(found[1])
            return Line.model_validate_json(file.readline())

    def sort(self) -> None:
        """Put the lines into the order of the input, each document once; the old file stays until the new one is whole.

        The offsets that the journal knows are those of the old file: close it after. Raises `OutputError`.
        """
        with self.path.open("rb") as old:

            def lines() -> Iterator[bytes]:
                for start in self.index.in_order():
                    old.seek(start)
                    yield old.readline()

            self._file.rewrite(lines())

    def fail(self, line: FailedLine) -> None:
        """Write down a failure; one of the same document is replaced."""
        self.failed.add(line)

    def close(self) -> None:
        """Make everything safe and let the lock go."""
        try:
            self._file.close()
            self.failed.close()
            if not self._file.end:
                self.path.unlink(missing_ok=True)  # a run that came to nothing leaves nothing
        finally:
            self.index.close()
            self._lock.release()

    def _read(self) -> None:
        with self.path.open("rb") as file:
            for start, head in heads(file):
                if head is None:
                    raise OutputError(f"{self.path} holds a line that is no output of summarise: name another -o")
                if head.asked != self._asked:
                    raise OutputError(
                        f"{self.path} was made with other options (model, prompts, language …): name another -o"
                    )
                self.index.finish(head.id, head.source_hash, start)
                if head.same_as is None:
                    self.index.claim(head.fingerprint, head.id)
                self.failed.forget(head.id)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Appended:
    """A file that only grows, by whole lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._dirty = False
        self._synced = time.monotonic()
        self._syncing: threading.Thread | None = None
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
            with path.open("rb") as file:
                self.end = whole(file)
                file.seek(self.end)
                torn = file.read(len(_BEGINNING))
        except OSError as error:
            raise OutputError(f"cannot write {path}: {error.strerror}") from None
        if torn != _BEGINNING[: len(torn)]:
            os.close(self._descriptor)
            raise OutputError(f"{path} holds a line that is no output of summarise: name another -o")
        os.truncate(self._descriptor, self.end)

    def append(self, line: bytes) -> int:
        """Write a line with its line break; returns its offset. Raises `OutputError`."""
        start = self.end
        try:
            written = 0
            while written < len(line):
                written += os.write(self._descriptor, line[written:])
        except OSError as error:
            os.truncate(self._descriptor, start)
            raise OutputError(f"cannot write {self._path}: {error.strerror}; what was finished is kept") from None
        self.end = start + len(line)
        self._dirty = True
        self._sync_now_and_then()
        return start

    def rewrite(self, lines: Iterable[bytes]) -> None:
        """Replace the whole content, or nothing of it."""
        part = self._path.with_name(f"{self._path.name}.part")
        try:
            with part.open("wb") as file:
                file.writelines(lines)
                file.flush()
                os.fsync(file.fileno())
            self._join()  # what it writes to is closed here
            part.replace(self._path)
            os.close(self._descriptor)
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_APPEND)
            self.end = self._path.stat().st_size
        except OSError as error:
            part.unlink(missing_ok=True)
            raise OutputError(f"cannot write {self._path}: {error.strerror}; what was finished is kept") from None

    def close(self) -> None:
        self._join()
        try:
            if self._dirty:
                os.fsync(self._descriptor)
        except OSError as error:
            raise OutputError(f"cannot write {self._path}: {error.strerror}") from None
        finally:
            os.close(self._descriptor)

    def _sync_now_and_then(self) -> None:
        """In a thread: a disk takes milliseconds, in which hundreds of answers would wait."""
        now = time.monotonic()
        if now - self._synced < SYNC_SECONDS or (self._syncing and self._syncing.is_alive()):
            return
        self._synced, self._dirty = now, False
        self._syncing = threading.Thread(target=_sync, args=(self._descriptor,), daemon=True)
        self._syncing.start()

    def _join(self) -> None:
        if self._syncing is not None:
            self._syncing.join()


class _Failures:
    """The failed documents, by id; few, so they are held and the file is written anew when one is taken out."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: _Appended | None = None
        self._stale = False
        self.by_id: dict[str, FailedLine] = {}
        if path.exists():
            self._file = _Appended(path)
            with path.open("rb") as file:
                for number, raw in enumerate(file, start=1):
                    self._load(raw, number)

    def add(self, line: FailedLine) -> None:
        """Append a failure; it stands for every earlier one of the same document."""
        self._stale = self._stale or line.id in self.by_id
        self.by_id[line.id] = line
        self._file = self._file or _Appended(self._path)
        self._file.append(_encoded(line))

    def forget(self, id: str) -> None:  # noqa: A002
        """The document has a summary now."""
        if id in self.by_id:
            del self.by_id[id]
            self._stale = True

    def close(self) -> None:
        """Leave a file that holds each failed document once, or none where there are none."""
        if self._file is None:
            return
        try:
            if self._stale and self.by_id:
                self._file.rewrite(_encoded(line) for line in self.by_id.values())
        finally:
            self._file.close()
        if not self.by_id:
            self._path.unlink(missing_ok=True)

    def _load(self, raw: bytes, number: int) -> None:
        try:
            line = FailedLine.model_validate_json(raw)
        except ValueError:
            raise OutputError(f"{self._path}, line {number}, is no failure of ours: move the file away") from None
        self._stale = self._stale or line.id in self.by_id
        self.by_id[line.id] = line


def _encoded(line: FailedLine) -> bytes:
    return line.model_dump_json().encode("utf-8", "surrogatepass") + b"\n"


def _sync(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError:
        return  # said when the file is closed


def _locked(path: Path) -> FileLock:
    """The lock of an output. Raises `OutputError` where another run holds it, or where it cannot be made."""
    from filelock import FileLock, Timeout

    if not path.absolute().parent.is_dir():
        raise OutputError(f"cannot write {path}: no such folder: {path.parent}")
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise OutputError(f"{path} is being written by another run: wait for it, or name another -o") from None
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from None
    return lock
