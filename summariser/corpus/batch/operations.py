"""`submit`, `status`, `collect` and `cancel`: the batch run that lies beside an output file, one command at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Unpack

from summariser.corpus.batch.cost import cost
from summariser.corpus.batch.entries import Entries
from summariser.corpus.batch.opening import check, kept, options_of, running, server_of, setup_of, state_of
from summariser.corpus.batch.parts import MOST_BYTES, MOST_REQUESTS, Limits
from summariser.corpus.batch.preview import preview
from summariser.corpus.batch.results import BatchLine, Collected, Status, Submitted, Used
from summariser.corpus.batch.run import BatchRun
from summariser.corpus.batch.state import Folder, State
from summariser.corpus.batch.traffic import Say
from summariser.corpus.items import Item
from summariser.corpus.prices import price_of
from summariser.corpus.work import asked as hash_of
from summariser.errors import ServerError
from summariser.options import Options
from summariser.settings import Settings

LONGEST_INTERVAL = 600.0
"""Seconds between two looks at a server that has no news."""


def submit(
    items: Iterable[Item],
    output: str | Path,
    *,
    max_requests: int = MOST_REQUESTS,
    max_bytes: int = MOST_BYTES,
    retry_failed: bool = False,
    dry_run: bool = False,
    price: str | None = None,
    say: Say = lambda _: None,
    **options: Unpack[Options],
) -> Submitted:
    """Take documents in, and send what they ask first as batches; `items_of` makes items of files and folders.

    Documents that the output holds already, or that were submitted before, are left alone: the same call twice sends
    nothing twice, and one that was interrupted goes on where it was. A file of requests holds at most `max_requests`
    and `max_bytes`. Raises `UsageError` for options that cannot be, or that differ from those of the run that is under
    way, and `CompletionError` where the server does not do what it should; all of it is kept and `submit` goes on.
    """
    limits = Limits(max_requests, max_bytes)
    if dry_run:
        options["api_key"] = options.get("api_key") or "none"  # nothing is sent, so no key is needed
    setup = setup_of(options)
    asked = kept(options, setup.settings)
    asked_hash = hash_of(setup)
    price_of(setup.completer.model, price)  # a price that is none is said before anything is sent
    folder = Folder(Path(output))
    fresh = State(asked=asked, asked_hash=asked_hash)
    if dry_run:
        state = folder.load() or fresh
        check(folder, state, asked_hash)
        return preview(items, folder, state, setup, limits, price=price, retry_failed=retry_failed)
    with running(folder, asked_hash, setup, say, fresh) as run:
        state = run.state
        state.stopped = False
        # What was written and not sent yet may have been too large: its documents are written again.
        fits = [p for p in state.parts if p.requests <= limits.requests and p.bytes <= limits.bytes]
        state.parts = [part for part in state.parts if part.stage != "written" or part in fits]
        run.find_pending()
        run.take_in(items, retry_failed=retry_failed)
        run.step(limits)
        before = sum(part.stage == "created" for part in state.parts)
        run.send()
        sent = sum(part.stage == "created" for part in state.parts) - before
        tally, used = run.tally, Used.of(run.tally.expected)
        return Submitted(
            documents=tally.documents,
            known=tally.known,
            failed_before=tally.failed_before,
            unreadable=tally.unreadable,
            requests=tally.requests,
            batches=sent,
            expected=used,
            cost=cost(setup.completer.model, used, price),
            counts=run.counts,
        )


def status(output: str | Path, *, settings: Settings | None = None) -> Status:
    """How the run stands, as the server tells it now; nothing is taken over and nothing is sent."""
    folder = Folder(Path(output))
    state = state_of(folder)
    if any(part.stage == "created" for part in state.parts):
        server = server_of(setup_of(options_of(state, settings)))
        try:
            for part in state.open:
                if part.stage == "created" and part.batch_id:
                    part.see(server.look(part.batch_id))
        finally:
            server.close()
    entries = Entries(folder)
    return Status(
        batches=tuple(BatchLine.of(part) for part in state.parts), counts=entries.counts, stopped=state.stopped
    )


def collect(
    output: str | Path,
    *,
    wait: bool = False,
    interval: float = 60.0,
    max_requests: int = MOST_REQUESTS,
    max_bytes: int = MOST_BYTES,
    settings: Settings | None = None,
    price: str | None = None,
    say: Say = lambda _: None,
    sleep: Callable[[float], object] | None = None,
) -> Collected:
    """Take over what has ended, finish the documents that have all their answers, and send what the others need.

    Finished documents are lines of `output` as those of a live run, failed ones lines of the file beside it. `wait`
    goes on until every document is settled, and looks every `interval` seconds, less often while there is no news.
    """
    folder = Folder(Path(output))
    state = state_of(folder)
    limits = Limits(max_requests, max_bytes)
    setup = setup_of(options_of(state, settings))
    asked_hash = hash_of(setup)
    price_of(setup.completer.model, price)
    notes: list[str] = []

    def note(line: str) -> None:
        notes.append(line)
        say(line)

    with running(folder, asked_hash, setup, note) as run:
        pause, state = interval, run.state
        while True:
            news = _round(run, limits, note, patient=wait)
            if not wait or not run.counts.waiting or state.stopped:
                break
            if news:
                say(f"{run.counts.finished} of {run.counts.documents} finished, {run.counts.waiting} to come")
            pause = interval if news else min(pause * 1.5, max(LONGEST_INTERVAL, interval))
            (sleep or time.sleep)(pause)
        used = run.entries.used
        return Collected(
            finished=run.tally.finished,
            failed=run.tally.failed,
            requests=run.tally.requests,
            counts=run.counts,
            used=used,
            cost=cost(setup.completer.model, used, price),
            stopped=state.stopped,
            notes=tuple(notes),
        )


def cancel(output: str | Path, *, settings: Settings | None = None, say: Say = lambda _: None) -> Status:
    """Ask the server to stop every batch, and send nothing more until the next `submit`.

    What the batches did until then is collected, and billed.
    """
    folder = Folder(Path(output))
    state = state_of(folder)
    setup = setup_of(options_of(state, settings))
    with running(folder, hash_of(setup), setup, say) as run:
        state = run.state
        state.stopped = True
        folder.save(state)
        for part in state.open:
            if part.stage == "created" and part.batch_id and not part.ended:
                batch = run.server.look(part.batch_id)
                part.see(batch if batch.ended else run.server.cancel(part.batch_id))
        folder.save(state)
        return Status(batches=tuple(BatchLine.of(part) for part in state.parts), counts=run.counts, stopped=True)


def _round(run: BatchRun, limits: Limits, note: Say, *, patient: bool) -> bool:
    """Fetch, go on, send; True where something ended. One who waits for a day waits for the server as well."""
    try:
        news = run.fetch()
        run.step(limits)
        run.send()
    except ServerError as error:
        if not patient:
            raise
        note(f"{error}; waiting goes on")
        return False
    return news
