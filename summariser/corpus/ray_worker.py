"""What runs in the processes of a cluster: an event loop of its own, with many documents under way at once."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypedDict

from summariser.corpus.items import Item
from summariser.corpus.lines import FailedLine
from summariser.corpus.ray_input import Part, items
from summariser.corpus.ray_limits import Channel, LeasedGovernor
from summariser.corpus.ray_output import Format, Output, Row, block_name, decoded_line, key
from summariser.corpus.ray_reading import Keys
from summariser.corpus.work import Done, Failed, Left, Outcome, Twin, Work, failed
from summariser.errors import SummariserError, UsageError
from summariser.options import settings_of
from summariser.settings import Settings

if TYPE_CHECKING:
    from summariser.options import Options

CONCURRENCY = 32
"""Documents under way in one worker."""


DEATHS = 2
"""How many workers a block may cost before its documents are taken one by one, and then how many a document."""

_INTERNAL = "internal error, please report it ({})"

_FATAL = frozenset({"AuthenticationError", "UsageError", "SettingsError", "PromptError"})


class Portion(TypedDict):
    """What goes to a worker: a `Part` as text; or, with none, that a source has ended after so many `parts`."""

    part: str
    parts: int
    problem: str
    """Why the source could not be read, or not to its end."""


class Block(Portion):
    """What has become of it; nothing else goes back to the driver. Counts of documents, requests and tokens."""

    block: str
    documents: int
    finished: int
    failed: int
    skipped: int
    requests: int
    tokens: int
    stop: str
    """Why the run must not go on (the key is not accepted); then nothing was written. Empty where it may."""
    ids: bytes
    """8 bytes of a hash of each document's id, by which ids that stand twice in the input are told."""


def settings_here(options: Options) -> Settings:
    """The settings on this machine: its environment has the key."""
    settings = options.get("settings")
    if settings is None:
        return settings_of(options)
    given = {name: getattr(settings, name) for name in settings.model_fields_set if name != "api_key"}
    return settings_of({**options, "settings": Settings.load(**given)})


class Worker:
    """One client, one event loop, one bound on the documents under way: all calls into it share them.

    Raises `UsageError` where this machine lacks what the settings ask for (a key, a folder).
    """

    def __init__(self, options: Options, concurrency: int = CONCURRENCY, channel: Channel | None = None) -> None:
        governor = LeasedGovernor(channel) if channel else None
        self.work = Work({**options, "settings": settings_here(options)}, concurrency=concurrency, governor=governor)
        self._places = asyncio.Semaphore(concurrency)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="summariser", daemon=True)
        self._thread.start()

    def summarise(self, wanted: Iterable[Item]) -> list[Row]:
        """A row for each item, in order. From several threads at once their documents are under way together."""
        return asyncio.run_coroutine_threadsafe(self._all(list(wanted)), self._loop).result()

    def close(self) -> None:
        """Close the client and end the loop. In a Ray actor the end of the process does."""
        asyncio.run_coroutine_threadsafe(self.work.close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def failed(self, item: Item, error: Exception) -> Row:
        """The row of a document that failed so."""
        known = error if isinstance(error, SummariserError) else SummariserError(_INTERNAL.format(type(error).__name__))
        row = _failed_row(failed(item, item.source_hash(), known).line, self.work.asked)
        row["error"] = type(error).__name__
        return row

    async def _all(self, wanted: Sequence[Item]) -> list[Row]:
        return list(await asyncio.gather(*map(self._one, wanted)))

    async def _one(self, item: Item) -> Row:
        async with self._places:
            try:
                return _row(await self.work.do(item), self.work.asked)
            except Exception as error:  # noqa: BLE001 - one document's fault must not cost a block of others
                return self.failed(item, error)


def _row(outcome: Outcome, asked: str) -> Row:
    match outcome:
        case Done():
            row = decoded_line(outcome.line, outcome.head.id)
        case Failed():
            row = _failed_row(outcome.line, asked)
        case Twin() | Left():
            raise AssertionError("there is no index that tells twins, and no purse that runs empty")
    row["attempts"], row["tokens"] = outcome.usage.requests, outcome.usage.total_tokens
    row["at"] = row["at"] or dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return row


def _failed_row(line: FailedLine, asked: str) -> Row:
    return Row(
        id=line.id,
        source_hash=line.source_hash,
        content_hash="",
        fingerprint="",
        asked=asked,
        summary=None,
        error=line.error,
        code=line.code,
        message=line.message,
        attempts=line.attempts,
        tokens=0,
        at=line.at.isoformat(timespec="seconds"),
    )


class BlockWriter:
    """Does parts one after the other, or a few at a time, and writes a block for each."""

    def __init__(
        self,
        options: Options,
        *,
        output: str,
        run: int,
        asked: str,
        done: Keys,
        concurrency: int = CONCURRENCY,
        format_: Format = "parquet",
        channel: Channel | None = None,
    ) -> None:
        self._worker, self._channel = Worker(options, concurrency, channel), channel
        if self._worker.work.asked != asked:
            raise UsageError("this machine's environment asks for other prompts or settings than the driver's")
        self._output, self._run, self._asked, self._done, self._format = Output(output), run, asked, done, format_

    def write(self, portion: Portion) -> Block:
        """Do what of a part is not done, and write it; what was written when its worker died is not done again."""
        if not portion["part"]:
            return _counted(portion, [], [], "", "")
        with items(Part.decoded(portion["part"])) as found:
            keyed = [(key(item.id, item.source_hash(), self._asked), item) for item in found]
            wanted = [(key_, item) for key_, item in keyed if key_ not in self._done]
            name = block_name(self._run, (key_ for key_, _ in wanted), self._format) if wanted else ""
            rows: list[Row] = []
            stop = ""
            if wanted and self._output.holds(name):
                rows = list(self._output.rows(name))
            elif wanted:
                rows = self._rows(name, wanted)
                stop = next((str(row["message"]) for row in rows if row["error"] in _FATAL), "")
                if not stop:
                    self._output.write(name, rows)
                if self._channel is not None:
                    self._channel.end(name.encode())
            return _counted(portion, found, rows, name, stop)

    def close(self) -> None:
        """Close the worker."""
        self._worker.close()

    def _rows(self, name: str, wanted: Sequence[tuple[bytes, Item]]) -> list[Row]:
        """All at once; where workers have died of these documents, one by one, and not the one that they died of."""
        if self._channel is None or self._channel.begin(name.encode()) <= DEATHS:
            return self._worker.summarise(item for _, item in wanted)
        rows: list[Row] = []
        for key_, item in wanted:
            if self._channel.begin(key_) <= DEATHS:
                rows += self._worker.summarise([item])
                self._channel.end(key_)
            else:
                rows.append(self._worker.failed(item, SummariserError(f"workers died of it {DEATHS} times")))
        return rows


def _counted(portion: Portion, found: Sequence[Item], rows: Sequence[Row], name: str, stop: str) -> Block:
    failed = sum(row["summary"] is None for row in rows)
    return Block(
        **portion,
        block="" if stop else name,
        documents=len(found),
        finished=len(rows) - failed,
        failed=failed,
        skipped=len(found) - len(rows),
        requests=sum(row["attempts"] for row in rows),
        tokens=sum(row["tokens"] for row in rows),
        stop=stop,
        ids=b"".join(key(item.id, "", "")[:8] for item in found),
    )
