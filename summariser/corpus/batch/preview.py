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
    completer, settings = setup.completer, setup.settings
    assert isinstance(completer, LLMCompleter)
    server = BatchServer(completer)
    asking = Asking(Dialect(settings.mode), completer.place, settings)
    entries, finished = Entries(folder), Finished(folder.output, state.asked_hash)
    keys = {known.key for known in entries.latest.values()}
    documents = known = failed_before = unreadable = requests = batches = lines = size = 0
    total = Expected()
    for item in items:
        source_hash = item.source_hash()
        if finished.has(item.id, source_hash):
            known += 1
            continue
        if finished.has_failed(item.id, source_hash) or entries.has_failed(item.id, source_hash):
            if not retry_failed:
                failed_before += 1
                continue
        elif entries.knows(item.id, source_hash):
            known += 1
            continue
        try:
            private = settings.allow_private_addresses
            document = read_item(item, setup.options, allow_private_addresses=private)
        except UsageError:
            raise
        except SummariserError:
            unreadable += 1
            continue
        documents += 1
        mark = fingerprint(document)
        key = key_of(mark, state.asked_hash, 0)
        if key in keys or finished.says(mark):
            continue
        keys.add(key)
        found = advance(setup.run(document).plan(), key, NoAnswers(), asking)
        assert not isinstance(found, Outline)
        total += expected(document, setup)
        for needed in found:
            requests += 1
            bytes_ = len(request_line(needed.id, server.body(needed.request)))
            if not lines or lines >= limits.requests or size + bytes_ > limits.bytes:
                batches, lines, size = batches + 1, 0, 0
            lines, size = lines + 1, size + bytes_
    server.close()
    used = Used.of(total)
    return Submitted(
        documents=documents,
        known=known,
        failed_before=failed_before,
        unreadable=unreadable,
        requests=requests,
        batches=batches,
        expected=used,
        cost=cost(completer.model, used, price),
        counts=entries.counts,
        dry_run=True,
    )
