"""What `submit` would do: everything is read and asked as it would be, and nothing is written or sent."""

from __future__ import annotations

from collections.abc import Iterable

from summariser.completers.batch_lines import request_line
from summariser.completers.batches import BatchServer
from summariser.completers.conversation import Dialect
from summariser.completers.llm import LLMCompleter
from summariser.corpus.batch.cost import cost
from summariser.corpus.batch.entries import Entries
from summariser.corpus.batch.parts import Limits, NoAnswers
from summariser.corpus.batch.results import Submitted, Used
from summariser.corpus.batch.sink import Finished
from summariser.corpus.batch.state import Folder, State
from summariser.corpus.batch.talks import Asking, advance, key_of
from summariser.corpus.estimate import Expected, expected
from summariser.corpus.items import Item, read_item
from summariser.corpus.lines import fingerprint
from summariser.errors import SummariserError, UsageError
from summariser.plan import Outline
from summariser.running import Setup
from summariser.schema import Document


def preview(
    items: Iterable[Item],
    folder: Folder,
    state: State,
    setup: Setup,
    limits: Limits,
    *,
    price: str | None,
    retry_failed: bool,
) -> Submitted:
    """The `Submitted` of these items."""
    look = _Look(folder, state, setup, limits, retry_failed)
    for item in items:
        look.at(item)
    look.server.close()
    used = Used.of(look.expected)
    return Submitted(
        documents=look.documents,
        known=look.known,
        failed_before=look.failed_before,
        unreadable=look.unreadable,
        requests=look.requests,
        batches=look.batches,
        expected=used,
        cost=cost(setup.completer.model, used, price),
        counts=look.entries.counts,
        dry_run=True,
    )


class _Look:
    """Counts what would become of one item after another."""

    def __init__(self, folder: Folder, state: State, setup: Setup, limits: Limits, retry_failed: bool) -> None:
        completer = setup.completer
        assert isinstance(completer, LLMCompleter)
        self.server = BatchServer(completer)
        self.entries = Entries(folder)
        self.documents = self.known = self.failed_before = self.unreadable = self.requests = self.batches = 0
        self.expected = Expected()
        self._asking = Asking(Dialect(setup.settings.mode), completer.place, setup.settings)
        self._finished = Finished(folder.output, state.asked_hash)
        self._keys = {known.key for known in self.entries.latest.values()}
        self._setup, self._limits, self._asked, self._retry_failed = setup, limits, state.asked_hash, retry_failed
        self._lines = self._bytes = 0

    def at(self, item: Item) -> None:
        source_hash = item.source_hash()
        if self._is_known(item.id, source_hash):
            return
        try:
            private = self._setup.settings.allow_private_addresses
            document = read_item(item, self._setup.options, allow_private_addresses=private)
        except UsageError:
            raise
        except SummariserError:
            self.unreadable += 1
            return
        self.documents += 1
        mark = fingerprint(document)
        key = key_of(mark, self._asked, self.entries.next_generation(item.id, source_hash))
        if key not in self._keys and not self._finished.says(mark):
            self._keys.add(key)
            self._ask(document, key)

    def _is_known(self, name: str, source_hash: str) -> bool:
        if self._finished.has(name, source_hash):
            self.known += 1
            return True
        if self._finished.has_failed(name, source_hash) or self.entries.has_failed(name, source_hash):
            self.failed_before += not self._retry_failed
            return not self._retry_failed
        is_known = self.entries.knows(name, source_hash)
        self.known += is_known
        return is_known

    def _ask(self, document: Document, key: str) -> None:
        found = advance(self._setup.run(document).plan(), key, NoAnswers(), self._asking)
        assert not isinstance(found, Outline)
        self.expected += expected(document, self._setup)
        for needed in found:
            self.requests += 1
            size = len(request_line(needed.id, self.server.body(needed.request)))
            full = self._lines >= self._limits.requests or self._bytes + size > self._limits.bytes
            if full or not self._lines:
                self.batches, self._lines, self._bytes = self.batches + 1, 0, 0
            self._lines, self._bytes = self._lines + 1, self._bytes + size
