"""A run of batches under way in this process: documents in, requests out, answers in, summaries out.

Every step may be the last one before the plug is pulled: what follows can be done again by the next command, which
finds on disk what was done.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field

from summariser.completers.batch_lines import ids_of
from summariser.completers.batches import BatchServer
from summariser.completers.conversation import Dialect
from summariser.completers.llm import LLMCompleter
from summariser.corpus.batch.entries import End, Entries, Entry, Settled
from summariser.corpus.batch.parts import Limits, PartWriter, StoredAnswers
from summariser.corpus.batch.results import Counts
from summariser.corpus.batch.sink import Sink
from summariser.corpus.batch.state import Folder, State
from summariser.corpus.batch.talks import Asking, Needed, advance, key_of
from summariser.corpus.batch.traffic import Say, Traffic
from summariser.corpus.estimate import Expected, expected
from summariser.corpus.items import Item, read_item
from summariser.corpus.lines import fingerprint
from summariser.errors import CompletionError, SummariserError, UnsupportedError, UsageError
from summariser.plan import Outline
from summariser.running import Setup
from summariser.schema import Usage


@dataclass
class Tally:
    """What one command did."""

    documents: int = 0
    known: int = 0
    failed_before: int = 0
    unreadable: int = 0
    finished: int = 0
    failed: int = 0
    requests: int = 0
    expected: Expected = field(default_factory=Expected)
    """Of the documents that are asked for the first time: all that they will use, repairs too."""


class BatchRun:
    """The run that a folder holds. Only one process at a time: the sink holds the lock of the output file."""

    def __init__(self, folder: Folder, state: State, setup: Setup, sink: Sink, say: Say) -> None:
        completer = setup.completer
        assert isinstance(completer, LLMCompleter)
        self.folder, self.state, self.sink, self.say = folder, state, sink, say
        self._setup, self._settings = setup, setup.settings
        self.server = BatchServer(completer)
        self._traffic = Traffic(folder, state, self.server, setup.settings.max_retries)
        self.tally = Tally()
        self.entries = Entries(folder)
        dialect = Dialect(setup.settings.mode)
        if setup.settings.mode == "auto":
            dialect.style = state.style
        self._asking = Asking(dialect, completer.place, setup.settings)
        self._take_over_what_finished_elsewhere()
        self._answers: StoredAnswers | None = None
        self._pending: set[str] = set()
        self._new: set[str] = set()
        self.find_pending()

    def _take_over_what_finished_elsewhere(self) -> None:
        """A live run may have finished since what failed here."""
        for name in [name for name, end in self.entries.settled.items() if end == "failed"]:
            known = self.entries.latest[name]
            if self.sink.is_finished(name, known.source_hash):
                self.entries.settle(Settled(id=name, turn=known.turn, outcome="finished"))

    def take_in(self, items: Iterable[Item], *, retry_failed: bool) -> None:
        """Read what is new; what cannot be read is a failure at once."""
        for item in items:
            source_hash = item.source_hash()
            if self._is_known(item.id, source_hash, retry_failed=retry_failed):
                continue
            try:
                document = read_item(
                    item, self._setup.options, allow_private_addresses=self._settings.allow_private_addresses
                )
            except UsageError:
                raise
            except SummariserError as error:
                self.sink.fail(item.id, source_hash, error)
                self.tally.unreadable += 1
                continue
            print_ = fingerprint(document)
            generation = self.entries.next_generation(item.id, source_hash)
            key = key_of(print_, self.state.asked_hash, generation)
            turn, stored = self.entries.next_turn(item.id), document.model_dump(mode="json")
            self.entries.add(Entry(item.id, turn, source_hash, print_, generation, key, stored))
            self._new.add(key)
            self.tally.documents += 1
            self._forget_answers()

    def _is_known(self, name: str, source_hash: str, *, retry_failed: bool) -> bool:
        """Whether there is nothing to do for the document; which is counted."""
        if self.sink.is_finished(name, source_hash):
            self.tally.known += 1
            return True
        if self.sink.has_failed(name, source_hash) or self.entries.has_failed(name, source_hash):
            self.tally.failed_before += not retry_failed
            return not retry_failed
        is_known = self.entries.knows(name, source_hash)
        self.tally.known += is_known
        return is_known

    def step(self, limits: Limits) -> None:
        """Every document as far as its answers go; what they need next is written as a new wave."""
        self.entries.flush()  # a request whose document is not on disk would be paid for in vain
        writer = PartWriter(self.folder, self.state, limits)
        try:
            for entry in self.entries.unsettled():
                if entry.key not in self._pending:
                    self._step(entry, writer)
            writer.seal()
        finally:
            writer.drop()
        if self.state.style != self._asking.dialect.style and self.state.parts:
            self.state.style = self._asking.dialect.style
            self.folder.save(self.state)

    def _stored(self) -> StoredAnswers:
        """The answers to the documents that are not settled yet; one of these may share an old one's key."""
        if self._answers is None:
            latest, settled = self.entries.latest, self.entries.settled
            keys = {known.key for name, known in latest.items() if name not in settled}
            self._answers = StoredAnswers(self.folder, keys)
            for part in self.state.parts:
                if part.stage == "collected":
                    self._answers.take(part)
        return self._answers

    def _forget_answers(self) -> None:
        if self._answers is not None:
            self._answers.close()
            self._answers = None

    def find_pending(self) -> None:
        """Know which documents wait for a batch: those with a request in a part that is open."""
        files = [self.folder.requests(part) for part in self.state.open]
        self._pending = {name.partition("-")[0] for path in files for name in ids_of(path)}

    def _step(self, entry: Entry, writer: PartWriter) -> None:
        if self.sink.is_finished(entry.id, entry.source_hash):
            self._settle(entry, "finished", Usage())
            return
        if entry.key in self.entries.failed:
            self.sink.fail_as(entry, self.entries.failed[entry.key])
            self._settle(entry, "failed", Usage())
            self.tally.failed += 1
            return
        document = entry.document()
        if self.sink.twin(entry, document):
            self._settle(entry, "finished", Usage())
            self.tally.finished += 1
            return
        run = self._setup.run(document)
        try:
            found = advance(run.plan(), entry.key, self._stored(), self._asking)
            summary = run.finish(found) if isinstance(found, Outline) else None
        except (CompletionError, UnsupportedError) as error:
            self._fail(entry, error)
            return
        except (SummariserError, OSError):
            raise
        except Exception as error:
            if "PYTHONDEVMODE" in os.environ:
                raise
            what = f"internal error, please report it ({type(error).__name__}; PYTHONDEVMODE=1 shows where)"
            self._fail(entry, SummariserError(what))
            return
        if summary is not None:
            self.sink.finish(entry, summary)
            self._settle(entry, "finished", summary.usage)
            self.tally.finished += 1
        elif not isinstance(found, Outline) and not self.state.stopped:
            if entry.key in self._new:
                self.tally.expected += expected(document, self._setup)
            self._ask(entry, found, writer)

    def _ask(self, entry: Entry, found: tuple[Needed, ...], writer: PartWriter) -> None:
        for needed in found:
            writer.add(needed.id, self.server.body(needed.request))
            self.tally.requests += 1
        self._pending.add(entry.key)

    def _fail(self, entry: Entry, error: SummariserError) -> None:
        attempts = error.attempts if isinstance(error, CompletionError) else ()
        self.sink.fail(entry.id, entry.source_hash, error)
        self._settle(entry, "failed", Usage(attempts=attempts))
        self.tally.failed += 1

    def _settle(self, entry: Entry, outcome: End, usage: Usage) -> None:
        self.entries.settle(
            Settled(
                id=entry.id,
                turn=entry.turn,
                outcome=outcome,
                requests=usage.requests,
                input_tokens=usage.input_tokens,
                output_tokens=usage.output_tokens,
                cached_tokens=usage.cached_tokens,
            )
        )

    def send(self) -> None:
        """Send what is written, unless the run was stopped."""
        if not self.state.stopped:
            self._traffic.send()

    def fetch(self) -> bool:
        """Take over what has ended; True where there was any."""
        news, collected = self._traffic.fetch(self.say)
        if self._answers is not None:
            for part in collected:
                self._answers.take(part)
        self.find_pending()
        return news

    @property
    def counts(self) -> Counts:
        return self.entries.counts

    def close(self) -> None:
        self.entries.close()
        self._forget_answers()
        self.server.close()
