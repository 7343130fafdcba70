"""`submit`, `status`, `collect` and `cancel`: the batch run that lies beside an output file, one command at a time."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Unpack

from summariser.completers.batches import BatchServer
from summariser.completers.llm import LLMCompleter
from summariser.corpus.batch.cost import cost
from summariser.corpus.batch.entries import Entries
from summariser.corpus.batch.parts import MOST_BYTES, MOST_REQUESTS, Limits
from summariser.corpus.batch.preview import preview
from summariser.corpus.batch.results import BatchLine, Collected, Status, Submitted, Used
from summariser.corpus.batch.run import BatchRun, Say
from summariser.corpus.batch.sink import Sink
from summariser.corpus.batch.state import Asked, Folder, State
from summariser.corpus.items import Item
from summariser.corpus.prices import price_of
from summariser.corpus.work import asked as hash_of
from summariser.errors import ServerError, SettingsError, UsageError
from summariser.options import Options, checked, settings_of
from summariser.running import Setup
from summariser.settings import Settings

LONGEST_INTERVAL = 600.0
"""Seconds between two looks at a server that has no news."""

_KEPT = frozenset(Asked.model_fields) | {"settings", "api_key"}


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
    setup = _setup(options)
    asked = _asked(options, setup.settings)
    asked_hash = hash_of(setup)
    price_of(setup.completer.model, price)  # a price that is none is said before anything is sent
    folder = Folder(Path(output))
    fresh = State(asked=asked, asked_hash=asked_hash)
    if dry_run:
        state = folder.load() or fresh
        _check(folder, state, asked_hash)
        return preview(items, folder, state, setup, limits, price=price, retry_failed=retry_failed)
    with _running(folder, asked_hash, setup, say, fresh) as run:
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
    state = _state(folder)
    if any(part.stage == "created" for part in state.parts):
        server = _server(_setup(_options(state, settings)))
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
    state = _state(folder)
    limits = Limits(max_requests, max_bytes)
    setup = _setup(_options(state, settings))
    asked_hash = hash_of(setup)
    price_of(setup.completer.model, price)
    notes: list[str] = []

    def note(line: str) -> None:
        notes.append(line)
        say(line)

    with _running(folder, asked_hash, setup, note) as run:
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
    state = _state(folder)
    setup = _setup(_options(state, settings))
    with _running(folder, hash_of(setup), setup, say) as run:
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


@contextmanager
def _running(folder: Folder, asked_hash: str, setup: Setup, say: Say, fresh: State | None = None) -> Iterator[BatchRun]:
    """The run, with the output locked; the state is read under the lock."""
    with Sink(folder.output, asked_hash) as sink:
        state = _state(folder) if fresh is None else folder.load() or fresh
        _check(folder, state, asked_hash)
        run = BatchRun(folder, state, setup, sink, say)
        try:
            yield run
        finally:
            run.close()


def _setup(options: Options) -> Setup:
    strangers = {name for name, value in checked(options).items() if value is not None} - _KEPT
    if strangers:
        raise UsageError(f"a batch does not take {', '.join(sorted(strangers))}")
    settings = settings_of(options)
    if settings.model in (None, "extractive"):
        raise SettingsError("a batch needs a model: set SUMMARISER_MODEL, or give --model (in Python model=)")
    return Setup.of(options)


def _server(setup: Setup) -> BatchServer:
    assert isinstance(setup.completer, LLMCompleter)
    return BatchServer(setup.completer)


def _asked(options: Options, settings: Settings) -> Asked:
    """What later commands must know: also what came from the environment of this one."""
    published = options.get("published")
    if isinstance(published, dt.date):
        published = published.isoformat()
    return Asked(
        model=settings.model or "",
        base_url=settings.base_url,
        prompts=str(settings.prompts.absolute()) if settings.prompts else None,
        highlights=options.get("highlights", 5),
        language=options.get("language"),
        published=published,
        on_unsupported=options.get("on_unsupported", "reject"),
        gate=options.get("gate", "default"),
    )


def _options(state: State, settings: Settings | None) -> Options:
    options = state.asked.options()
    if settings is not None:
        options["settings"] = settings
    return options


def _state(folder: Folder) -> State:
    state = folder.load()
    if state is None:
        raise UsageError(f"there is no batch run beside {folder.output} ({folder.path} is missing)")
    return state


def _check(folder: Folder, state: State, asked_hash: str) -> None:
    if state.asked_hash != asked_hash:
        raise UsageError(
            f"{folder.path} holds a run with other options (model {state.asked.model}, its prompts or what was wished "
            "for): give the same ones, or another -o"
        )
