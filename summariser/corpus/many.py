"""`summarise_many` and `asummarise_many`: a stream of sources in, a stream of summaries and errors out."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterable, Iterable
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from summariser.corpus.items import Item
from summariser.corpus.lines import fingerprint
from summariser.corpus.pool import pooled
from summariser.corpus.work import Work
from summariser.errors import SummariserError, UsageError
from summariser.running import Source
from summariser.schema import Document, Summary, Usage

if TYPE_CHECKING:
    from summariser.options import Options

REMEMBERED = 10_000
"""Distinct documents whose summaries are kept (on disk) for others that say the same."""


class Many:
    """One run over many sources; wrong options raise `UsageError` when it is made."""

    def __init__(self, options: Options, *, concurrency: int, ordered: bool) -> None:
        if concurrency < 1:
            raise UsageError(f"concurrency must be at least 1, not {concurrency}")
        self._work = Work(options, concurrency=concurrency)
        self._concurrency, self._ordered = concurrency, ordered
        self._under_way: dict[str, asyncio.Future[Summary | SummariserError]] = {}
        self._recent = _Recent()

    async def results(
        self, sources: Iterable[Source] | AsyncIterable[Source]
    ) -> AsyncGenerator[Summary | SummariserError, None]:
        """A summary or an error for each source."""
        stream = pooled(sources, self._one, concurrency=self._concurrency, ordered=self._ordered)
        try:
            async with aclosing(stream):
                async for result in stream:
                    yield result
        finally:
            self._recent.close()
            await self._work.close()

    async def _one(self, source: Source) -> Summary | SummariserError:
        try:
            document = await self._work.read(Item("", source))
        except UsageError:
            raise
        except SummariserError as error:
            return error
        mark = fingerprint(document)
        while (other := self._under_way.get(mark)) is not None:
            await asyncio.wait([other])
            if not other.cancelled() and isinstance(other.result(), Summary):
                return _shared(other.result(), document)
        if (known := self._recent.get(mark)) is not None:
            return _shared(known, document)
        answer = self._under_way[mark] = asyncio.get_running_loop().create_future()
        try:
            result = await self._ask(document)
            answer.set_result(result)
            return result
        finally:
            del self._under_way[mark]
            answer.cancel()  # does nothing where there is a result

    async def _ask(self, document: Document) -> Summary | SummariserError:
        try:
            summary = await self._work.summary(document)
        except UsageError:
            raise
        except SummariserError as error:
            return error
        self._recent.put(fingerprint(document), summary)
        return summary


S = TypeVar("S")


def listed(sources: S) -> S:
    """The sources, where they are several; one alone would be taken apart letter by letter. Raises `UsageError`."""
    if isinstance(sources, str | Path | Document):
        raise UsageError("one source is not a list of them: [Path('article.txt')], or summarise() for one")
    return sources


def _shared(found: Summary | SummariserError, document: Document) -> Summary | SummariserError:
    """Another document's summary for one that says the same: its own source, and nothing that was paid for."""
    if isinstance(found, Summary):
        return found.model_copy(update={"document": document, "usage": Usage()})
    return found


class _Recent:
    """The last summaries by fingerprint, in a temporary file: memory stays flat."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute("PRAGMA journal_mode=OFF")
        self._base.execute("PRAGMA cache_size=-1024")
        self._base.execute("CREATE TABLE recent (fingerprint TEXT PRIMARY KEY, summary TEXT)")

    def put(self, mark: str, summary: Summary) -> None:
        added = self._base.execute("INSERT OR REPLACE INTO recent VALUES (?, ?)", (mark, summary.model_dump_json()))
        if (row := added.lastrowid) and row > REMEMBERED:
            self._base.execute("DELETE FROM recent WHERE rowid <= ?", (row - REMEMBERED,))

    def get(self, mark: str) -> Summary | None:
        found = self._base.execute("SELECT summary FROM recent WHERE fingerprint = ?", (mark,)).fetchone()
        return Summary.model_validate_json(found[0]) if found else None

    def close(self) -> None:
        self._base.close()
