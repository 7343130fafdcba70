"""What runs in the processes of a cluster: an event loop of its own, with many documents under way at once."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypedDict

from summariser.completers.gate import Gate
from summariser.completers.governor import Governor, Window
from summariser.corpus.items import Item, read_item
from summariser.corpus.lines import fingerprint
from summariser.corpus.ray_input import Part, items
from summariser.corpus.ray_limits import Channel, LeasedGovernor
from summariser.corpus.ray_output import Format, Output, Row, block_name, key
from summariser.corpus.ray_reading import Done
from summariser.errors import CompletionError, RefusedSourceError, SummariserError
from summariser.options import settings_of
from summariser.running import Setup, adrive
from summariser.settings import Settings

if TYPE_CHECKING:
    from summariser.options import Options

CONCURRENCY = 32
"""Documents under way in one worker."""


DEATHS = 2
"""How many workers a block may cost before its documents are taken one by one, and then how many a document."""

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

    Raises `SettingsError` where this machine lacks what the settings ask for (a key).
    """

    def __init__(
        self, options: Options, concurrency: int = CONCURRENCY, *, asked: str = "", channel: Channel | None = None
    ) -> None:
        governor = LeasedGovernor(channel) if channel else Governor()
        gate = Gate(governor, Window(concurrency))
        self._setup = Setup.of({**options, "settings": settings_here(options)}, gate)
        self._asked = asked
        self._places = asyncio.Semaphore(concurrency)
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="summariser", daemon=True).start()

    def summarise(self, wanted: Iterable[Item]) -> list[Row]:
        """A row for each item, in order. From several threads at once their documents are under way together."""
        return asyncio.run_coroutine_threadsafe(self._all(list(wanted)), self._loop).result()

    async def _all(self, wanted: Sequence[Item]) -> list[Row]:
        return list(await asyncio.gather(*map(self._one, wanted)))

    async def _one(self, item: Item) -> Row:
        row = _blank(item, self._asked)
        async with self._places:
            try:
                document = await asyncio.to_thread(
                    read_item,
                    item,
                    self._setup.options,
                    allow_private_addresses=self._setup.settings.allow_private_addresses,
                )
                row["content_hash"], row["fingerprint"] = document.content_hash, fingerprint(document)
                run = self._setup.run(document)
                summary = run.finish(await adrive(run.plan(), self._setup.completer))
            except SummariserError as error:
                return _failed(row, error)
            except Exception as error:  # noqa: BLE001 - one document's fault must not cost a block of others
                return _failed(row, error)
        row["summary"] = summary.model_dump_json()
        row["attempts"], row["tokens"] = summary.usage.requests, summary.usage.total_tokens
        return row


class BlockWriter:
    """Does parts one after the other, or a few at a time, and writes a block for each."""

    def __init__(
        self,
        options: Options,
        *,
        output: str,
        run: int,
        asked: str,
        done: Done,
        concurrency: int = CONCURRENCY,
        format_: Format = "parquet",
        channel: Channel | None = None,
    ) -> None:
        self._worker, self._channel = Worker(options, concurrency, asked=asked, channel=channel), channel
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
                rows.append(_failed(_blank(item, self._asked), SummariserError(f"workers died of it {DEATHS} times")))
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


def _blank(item: Item, asked: str) -> Row:
    return Row(
        id=item.id,
        source_hash=item.source_hash(),
        content_hash="",
        fingerprint="",
        asked=asked,
        summary=None,
        error=None,
        code=None,
        message=None,
        attempts=0,
        tokens=0,
        at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    )


def _failed(row: Row, error: Exception) -> Row:
    row["error"], row["message"] = type(error).__name__, str(error)
    if isinstance(error, RefusedSourceError):
        row["code"] = error.code
    if isinstance(error, CompletionError):
        row["attempts"] = len(error.attempts)
        row["tokens"] = sum(attempt.input_tokens + attempt.output_tokens for attempt in error.attempts)
    elif not isinstance(error, SummariserError):
        row["message"] = f"internal error, please report it ({type(error).__name__})"
    return row
