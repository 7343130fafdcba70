"""A run: items in, lines out, resumable at any moment; what is finished is skipped, what fails is written down."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Literal

from summariser.corpus.items import Item
from summariser.corpus.journal import Journal
from summariser.corpus.lines import FailedLine, Line
from summariser.corpus.totals import Totals
from summariser.corpus.work import Done, Failed, Left, Outcome, Twin
from summariser.schema import Usage

Engine = Callable[[Iterable[Item]], AsyncGenerator[Outcome, None]]
"""What turns items into outcomes, as completed: a pool in this process, or several processes."""

Event = Literal["finished", "shared", "failed", "left"]


@dataclass(frozen=True, slots=True)
class Happened:
    """What became of a document that the run is through with, and how the run stands now."""

    event: Event
    id: str
    totals: Totals
    failure: FailedLine | None = None


Watcher = Callable[[Happened], None]


def nobody(happened: Happened) -> None:
    """A watcher that does not look."""
    del happened


@dataclass
class CorpusRun:
    """One run into one journal. `drain` may be called at any time, also from a signal handler."""

    journal: Journal
    engine: Engine
    totals: Totals
    watch: Watcher = nobody
    retry_failed: bool = False
    stopping: bool = False
    spent_out: bool = False
    """The budget did not cover a document: the run took no further one."""
    refused: str | None = None
    """What the server said of the key: the run took no further document."""
    _parked: dict[str, list[Twin]] = field(default_factory=dict)

    def drain(self) -> None:
        """Take no further document; what is under way is finished."""
        self.stopping = True

    async def go(self, items: Iterable[Item]) -> Totals:
        """Run to the end. Raises `OutputError` where the output cannot be written: what was finished is kept."""
        async with aclosing(self.engine(self._wanted(items))) as outcomes:
            async for outcome in outcomes:
                self._take(outcome)
        for twins in self._parked.values():
            for twin in twins:
                self._leave(twin.item.id)
        return self.totals

    def _wanted(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items that this run must handle, until it is told to stop."""
        for item in items:
            self.journal.index.place(item.id)
            if self.stopping:
                self.totals.left += not self._is_done(item)
                continue  # to the end, so that the account can say how many are left
            failure = self.journal.failed.by_id.get(item.id)
            known = self.journal.index.finished(item.id)
            if known is None and failure is None:
                yield item
                continue
            source_hash = item.source_hash()
            if known is not None and known[0] == source_hash:
                self.totals.skipped += 1
            elif failure is not None and failure.source_hash == source_hash and not self.retry_failed:
                self.totals.skipped_failed += 1
            else:
                yield item

    def _is_done(self, item: Item) -> bool:
        return self.journal.index.finished(item.id) is not None

    def _take(self, outcome: Outcome) -> None:
        match outcome:
            case Done():
                self.journal.append(outcome.line, outcome.head)
                self.totals.finished += 1
                self.totals.use(outcome.usage)
                self.watch(Happened("finished", outcome.head.id, self.totals))
                self._unpark(outcome.head.id)
            case Twin():
                self._share(outcome)
            case Failed() if outcome.line.error == "AuthenticationError":
                # It would fail all of them alike: better said once, before thousands are written down as failed.
                self.stopping, self.refused = True, outcome.line.message
                self._leave(outcome.line.id)
            case Failed():
                self._fail(outcome.line, outcome.usage)
                for twin in self._parked.pop(outcome.line.id, ()):
                    message = f"says the same as {outcome.line.id}, which failed: {outcome.line.message}"
                    same = {"id": twin.item.id, "source_hash": twin.head.source_hash, "message": message, "attempts": 0}
                    self._fail(outcome.line.model_copy(update=same), Usage())
            case Left():
                if outcome.reason == "budget":
                    self.stopping = self.spent_out = True
                self.totals.use(outcome.usage)
                self._leave(outcome.item.id)
                for twin in self._parked.pop(outcome.item.id, ()):
                    self._leave(twin.item.id)

    def _fail(self, line: FailedLine, usage: Usage) -> None:
        before = self.journal.failed.by_id.get(line.id)
        if before is not None:
            line = line.model_copy(
                update={"attempts": before.attempts + line.attempts, "runs": before.runs + line.runs}
            )
        self.journal.fail(line)
        self.totals.failed += 1
        self.totals.errors[line.error] += 1
        self.totals.use(usage)
        self.watch(Happened("failed", line.id, self.totals, line))

    def _leave(self, item_id: str) -> None:
        self.totals.left += 1
        self.watch(Happened("left", item_id, self.totals))

    def _share(self, twin: Twin) -> None:
        """Give a document the answer of the one that says the same, now or when it is there."""
        owner = self.journal.line_of(twin.owner)
        if owner is None or owner.fingerprint != twin.head.fingerprint:
            self._parked.setdefault(twin.owner, []).append(twin)
            return
        head = twin.head.model_copy(update={"same_as": twin.owner})
        summary = owner.summary.model_copy(update={"document": twin.document, "usage": Usage()})
        self.journal.append(Line(**dict(head), summary=summary).encoded(), head)
        self.totals.shared += 1
        self.watch(Happened("shared", head.id, self.totals))

    def _unpark(self, owner: str) -> None:
        for twin in self._parked.pop(owner, ()):
            self._share(twin)
