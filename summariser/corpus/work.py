"""What all documents of one run share, and what happens to one of them. One `Work` an event loop, so one a process."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from summariser.completers.gate import Gate, Purse
from summariser.completers.governor import Governor, Window
from summariser.corpus.items import Item, read_item
from summariser.corpus.lines import FailedLine, Head, Line, fingerprint
from summariser.errors import BudgetError, CompletionError, RefusedSourceError, SummariserError, UsageError
from summariser.options import settings_of
from summariser.running import LONG_TEXT, Run, Setup, Source, adrive
from summariser.schema import Document, Summary, Usage

if TYPE_CHECKING:
    from summariser.corpus.index import Index
    from summariser.options import Options

_QUICK = frozenset({".txt", ".text", ".md", ".markdown", ".json"})
"""Files that are read in the loop, where they are small: a thread would cost more than reading them."""


@dataclass(frozen=True, slots=True)
class Done:
    """A finished document: its line, ready to be written, and what it cost."""

    head: Head
    line: bytes
    usage: Usage


@dataclass(frozen=True, slots=True)
class Failed:
    """A document without a summary, and what was spent on it all the same."""

    line: FailedLine
    usage: Usage


@dataclass(frozen=True, slots=True)
class Twin:
    """A document that says what `owner` says: it shares that one's answer, once it is there."""

    item: Item
    owner: str
    head: Head
    document: Document


@dataclass(frozen=True, slots=True)
class Left:
    """A document that was not asked about, because the run must stop first: the next run takes it up."""

    item: Item
    reason: Literal["budget", "stopped"]
    usage: Usage


Outcome = Done | Failed | Twin | Left


class Work:
    """Reads, asks, verifies and encodes documents, as `options` say; wrong options raise `UsageError` at once."""

    def __init__(
        self,
        options: Options,
        *,
        concurrency: int,
        governor: Governor | None = None,
        purse: Purse | None = None,
        index: Index | None = None,
    ) -> None:
        limit = settings_of(options).max_output_tokens
        self.setup = Setup.of(options, Gate(governor or Governor(), Window(concurrency), purse, limit))
        self.asked = asked(self.setup)
        self._options = options
        self._index = index

    async def do(self, item: Item) -> Outcome:
        """One document, from its item to its line; whatever becomes of it is a value."""
        source_hash = item.source_hash()
        try:
            document = await self.read(item)
        except UsageError:
            raise
        except SummariserError as error:
            return failed(item, source_hash, error)
        mark = fingerprint(document)
        head = Head(
            id=item.id,
            source_hash=source_hash,
            content_hash=document.content_hash,
            fingerprint=mark,
            asked=self.asked,
        )
        if self._index is not None and (owner := self._index.claim(mark, item.id)) != item.id:
            return Twin(item, owner, head, document)
        outcome = await self._ask(item, head, document)
        if self._index is not None and not isinstance(outcome, Done):
            self._index.unclaim(mark, item.id)
        return outcome

    async def _ask(self, item: Item, head: Head, document: Document) -> Outcome:
        try:
            summary = await self.summary(document)
        except UsageError:
            raise
        except BudgetError as error:
            return Left(item, "budget", Usage(attempts=error.attempts))
        except SummariserError as error:
            return failed(item, head.source_hash, error)
        return Done(head, Line(**dict(head), summary=summary).encoded(), summary.usage)

    async def read(self, item: Item) -> Document:
        """The item's document; what may take long is read in a thread. Raises `SourceError`."""
        allowed = self.setup.settings.allow_private_addresses
        if is_quick(item.source):
            return read_item(item, self._options, allow_private_addresses=allowed)
        return await asyncio.to_thread(read_item, item, self._options, allow_private_addresses=allowed)

    async def summary(self, document: Document) -> Summary:
        """The summary of a document. Raises `SummariserError`."""
        run = Run(self.setup, document)
        return run.finish(await adrive(run.plan(), self.setup.completer, long=len(document.text) > LONG_TEXT))

    async def close(self) -> None:
        """Close the client, where it is the run's own."""
        from summariser.completers.llm import LLMCompleter

        completer = self.setup.completer
        if self._options.get("completer") is None and isinstance(completer, LLMCompleter):
            await completer.aclose()


def is_quick(source: Source | bytes) -> bool:
    """Whether a source is so small and plain that the event loop can read it without holding up the others."""
    match source:
        case Document():
            return True
        case Path():
            try:
                return source.suffix.lower() in _QUICK and source.stat().st_size <= LONG_TEXT
            except OSError:
                return True  # there is nothing to read
        case str():
            return len(source) <= LONG_TEXT and not source[:8].lower().startswith(("http://", "https:/"))
        case bytes():
            return len(source) <= LONG_TEXT


def asked(setup: Setup) -> str:
    """Fingerprint of all that shapes a summary beside its document: who answers, the prompts, and the options."""
    options, completer, prompts = setup.options, setup.completer, setup.wish.prompts
    facts = {
        "engine": completer.engine,
        "model": completer.model,
        "prompts": prompts.version if prompts else None,
        "highlights": setup.wish.highlights,
        "language": setup.wish.language,
        "published": str(options.get("published") or ""),
        "on_unsupported": options.get("on_unsupported", "reject"),
        "gate": options.get("gate", "default"),
        "mode": setup.settings.mode,
        "temperature": setup.settings.temperature,
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:12]


def failed(item: Item, source_hash: str, error: SummariserError) -> Failed:
    """The failure that an error is for its document."""
    attempts = error.attempts if isinstance(error, CompletionError) else ()
    line = FailedLine(
        id=item.id,
        source_hash=source_hash,
        error=type(error).__name__,
        message=str(error),
        code=error.code if isinstance(error, RefusedSourceError) else None,
        attempts=len(attempts),
        at=dt.datetime.now(dt.UTC).replace(microsecond=0),
    )
    return Failed(line, Usage(attempts=attempts))
