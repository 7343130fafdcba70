"""The lines of a run's output: one finished document each, and one failure each in the file beside it.

A line begins with what a later run must know of it (`Head`), so that thousands of lines are told apart without parsing
the summaries in them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from summariser.corpus.items import Item
from summariser.errors import SourceError
from summariser.schema import Document, Summary
from summariser.schema.base import Frozen


class Head(Frozen):
    """What identifies a line.

    `id` is the document's within the run, `source_hash` that of what it was read from, `content_hash` that of its text,
    `fingerprint` that of all that a model is shown of it, `asked` that of the options (model, prompts, language …).
    `same_as` names the document whose answer this one shares, because the two say the same.
    """

    id: str
    source_hash: str
    content_hash: str
    fingerprint: str
    asked: str
    same_as: str | None = None


class Line(Head):
    """A finished document: one line of ``out.jsonl``."""

    summary: Summary

    def encoded(self) -> bytes:
        """The line as it is written, with its line break; the head's fields come first."""
        return self.model_dump_json().encode("utf-8", "surrogatepass") + b"\n"


class FailedLine(Frozen):
    """A document without a summary: one line of ``out.jsonl.failed``.

    `error` is the name of the exception class, `code` the gate's code for a refused source; `attempts` counts the
    requests that were made for it (over all runs), `runs` how often it was tried, `at` is UTC.
    """

    id: str
    source_hash: str
    error: str
    message: str
    code: str | None = None
    attempts: int = 0
    runs: int = 1
    at: dt.datetime


def fingerprint(document: Document) -> str:
    """Half a SHA-256 of what a model is shown of a document: two with the same one get the same answer."""
    facts = (document.content_hash, document.title or "", document.published or "", document.language or "")
    return hashlib.sha256("\0".join(facts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def parse(line: bytes, place: str) -> Summary:
    """The summary in a line of ``out.jsonl``, or in one that holds nothing but a summary. Raises `SourceError`."""
    try:
        if line.lstrip().startswith(b'{"id":'):
            return Line.model_validate_json(line).summary
        return Summary.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise SourceError(f"{place} is no summary ({where + ': ' if where else ''}{first['msg']})") from None


def finished(item: Item) -> tuple[str, Summary] | None:
    """Id and summary, where the item is a line that a run has written and no record; None otherwise."""
    from summariser.corpus.scan import head_of

    head = head_of(item.source) if isinstance(item.source, bytes) else None
    return (head.id, parse(item.source, item.called)) if head and isinstance(item.source, bytes) else None


def read_summaries(path: Path | str) -> Iterator[tuple[str, Summary]]:
    """Pairs of id and summary from what a run has written, one at a time; of lines with one id the last counts.

    `path` is a file of lines, one summary as ``--format json`` writes it, or the folder of a cluster run. A bare
    summary has its document's name, else its place, as the id. A torn last line is left out. Raises `SourceError` where
    the file or a line cannot be read.
    """
    path = Path(path)
    if path.is_dir():
        from summariser.corpus.ray_reading import read_output

        yield from ((line.id, line.summary) for line in read_output(str(path)))
        return
    try:
        with path.open("rb") as file:
            if _is_one(file.readline()):
                summary = parse(path.read_bytes(), path.name)
                yield summary.document.name or path.name, summary
                return
            file.seek(0)
            yield from _lines(file, path.name)
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from None


def _is_one(first: bytes) -> bool:
    """Whether a file that begins so is one indented summary, and no lines."""
    return first.strip() == b"{"


def _lines(file: BinaryIO, name: str) -> Iterator[tuple[str, Summary]]:
    from summariser.corpus.scan import heads

    file.seek(0)
    last = {head.id: start for start, head in heads(file) if head}
    file.seek(0)
    for number, line in enumerate(iter(file.readline, b""), start=1):
        yield from _one(line, file.tell() - len(line), last, f"{name}#{number}")


def _one(line: bytes, start: int, last: dict[str, int], place: str) -> Iterator[tuple[str, Summary]]:
    from summariser.corpus.scan import head_of

    if not line.endswith(b"\n") and not line.rstrip().endswith(b"}"):
        return
    if not line.strip():
        return
    head = head_of(line)
    if head and last.get(head.id) != start:
        return
    summary = parse(line, place)
    yield (head.id if head else summary.document.name or place), summary
