"""Where documents end: the output file and the sidecar, through the journal that live runs write to as well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from summariser.corpus.batch.entries import Entry
from summariser.corpus.items import Item
from summariser.corpus.journal import Journal
from summariser.corpus.lines import FailedLine, Head, Line
from summariser.corpus.scan import heads
from summariser.corpus.work import failed
from summariser.errors import OutputError, SummariserError
from summariser.schema import Document, Summary, Usage


class Sink:
    """The output of a run, locked. Raises `OutputError` where it cannot be had."""

    def __init__(self, output: Path, asked: str) -> None:
        self._asked = asked
        self._journal = Journal(output, asked)

    def is_finished(self, name: str, source_hash: str) -> bool:
        return self._journal.is_done(name, source_hash)

    def has_failed(self, name: str, source_hash: str) -> bool:
        failure = self._journal.failed.by_id.get(name)
        return failure is not None and failure.source_hash == source_hash

    def twin(self, entry: Entry, document: Document) -> Summary | None:
        """The summary of a finished document that says the same, as this one's: nothing of it is paid for again."""
        owner = self._journal.index.claim(entry.fingerprint, entry.id)
        line = self._journal.line_of(owner) if owner != entry.id else None
        if line is None or line.fingerprint != entry.fingerprint:
            return None  # it says something else by now
        summary = line.summary.model_copy(update={"document": document, "usage": Usage()})
        self._append(entry, summary, owner)
        return summary

    def finish(self, entry: Entry, summary: Summary) -> None:
        self._append(entry, summary, None)

    def _append(self, entry: Entry, summary: Summary, same_as: str | None) -> None:
        head = Head(
            id=entry.id,
            source_hash=entry.source_hash,
            content_hash=summary.document.content_hash,
            fingerprint=entry.fingerprint,
            asked=self._asked,
            same_as=same_as,
        )
        self._journal.append(Line(**dict(head), summary=summary).encoded(), head)

    def fail(self, name: str, source_hash: str, error: SummariserError) -> None:
        self._fail(failed(Item(name, b""), source_hash, error).line)

    def fail_as(self, entry: Entry, owner: str) -> None:
        """The document says the same as `owner`, which failed."""
        told = self._journal.failed.by_id.get(owner)
        message = f"says the same as {owner}, which failed" + (f": {told.message}" if told else "")
        line = failed(Item(entry.id, b""), entry.source_hash, SummariserError(message)).line
        self._fail(line if told is None else line.model_copy(update={"error": told.error, "code": told.code}))

    def _fail(self, line: FailedLine) -> None:
        before = self._journal.failed.by_id.get(line.id)
        if before is not None:
            line = line.model_copy(update={"attempts": before.attempts + line.attempts, "runs": before.runs + 1})
        self._journal.fail(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._journal.close()


class Finished:
    """What an output holds, read without touching it."""

    def __init__(self, output: Path, asked: str) -> None:
        self._documents: set[tuple[str, str]] = set()
        self._fingerprints: set[str] = set()
        self._failed = {(one.id, one.source_hash) for one in _failures(output.with_name(f"{output.name}.failed"))}
        if not output.exists():
            return
        try:
            with output.open("rb") as file:
                for _, head in heads(file):
                    if head is None or head.asked != asked:
                        raise OutputError(
                            f"{output} was made by something else, or with other options: name another -o"
                        )
                    self._documents.add((head.id, head.source_hash))
                    self._fingerprints.add(head.fingerprint)
        except OSError as error:
            raise OutputError(f"cannot read {output}: {error.strerror}") from None

    def has(self, name: str, source_hash: str) -> bool:
        return (name, source_hash) in self._documents

    def has_failed(self, name: str, source_hash: str) -> bool:
        return (name, source_hash) in self._failed

    def says(self, fingerprint: str) -> bool:
        """Whether a finished document says the same."""
        return fingerprint in self._fingerprints


def _failures(path: Path) -> Iterator[FailedLine]:
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            with suppress(ValueError):  # a torn line, which the next run cuts off
                yield FailedLine.model_validate_json(line)
