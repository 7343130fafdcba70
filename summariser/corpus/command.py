"""The command's side of a run over many documents: its signals, what a person sees, its exit code."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from summariser.completers.governor import Limits
from summariser.corpus.budget import Allowance, Budget
from summariser.corpus.estimate import estimate
from summariser.corpus.index import Index
from summariser.corpus.items import Item, count_of, items_of
from summariser.corpus.journal import Journal
from summariser.corpus.pool import pooled
from summariser.corpus.prices import price_of
from summariser.corpus.progress import Bar, Lines, Quiet, account, facts_of, forecast
from summariser.corpus.run import CorpusRun, Engine, Watcher
from summariser.corpus.totals import Totals
from summariser.corpus.work import Work, asked
from summariser.corpus.workers import Spec, Workers, settled_memory
from summariser.render.text import safe
from summariser.running import Setup

if TYPE_CHECKING:
    from summariser.options import Options

COMPLETE, FAILED, PARTIAL, INTERRUPTED = 0, 1, 3, 130


def run(arguments: argparse.Namespace, options: Options) -> int:
    """Run, and return the exit code. Raises `UsageError` and `OutputError`."""
    # A dry run sends nothing, so it needs no key.
    setup = Setup.of({"api_key": "none", **options} if arguments.dry_run else options)
    price = price_of(setup.settings.model or setup.completer.model, arguments.price)
    if arguments.dry_run:
        if setup.completer.engine == "extractive":
            print("the embedded engine would answer: no requests, no tokens")
        print(forecast(estimate(items_of(arguments.sources), setup), price))
        return COMPLETE
    allowance = Allowance.read(arguments.budget) if arguments.budget else None
    if allowance is not None:
        Budget(allowance, price)  # a budget that cannot be held is said before anything is read
    with tempfile.TemporaryDirectory(prefix="summarise-") as folder:
        # Several processes share their claims in a file; one keeps them to itself.
        shared = Path(folder) / "index.db" if arguments.workers > 1 else None
        with Journal(arguments.output, asked(setup), Index(shared)) as journal:
            spec = Spec(
                options=options,
                concurrency=-(-arguments.concurrency // arguments.workers),
                limits=Limits(arguments.requests_per_minute, arguments.tokens_per_minute),
                allowance=allowance,
                price=price,
                index=shared,
            )
            with settled_memory():
                code = asyncio.run(_go(arguments, spec, journal))
            if arguments.ordered:
                journal.sort()
            return code


async def _go(arguments: argparse.Namespace, spec: Spec, journal: Journal) -> int:
    totals = Totals(spec.price)
    work: Work | None = None
    engine: Engine
    if arguments.workers > 1:
        engine = Workers(spec, arguments.workers).outcomes
    else:
        work = spec.work(index=journal.index)
        engine = partial(pooled, work=work.do, concurrency=spec.concurrency)
    with _watching(arguments) as watch:
        corpus_run = CorpusRun(journal, engine, totals, watch, arguments.retry_failed)
        interrupted = await _interruptible(corpus_run, items_of(arguments.sources))
    if work is not None:
        await work.close()
    if corpus_run.refused:
        print(f"summarise: {safe(corpus_run.refused)}", file=sys.stderr)
    if arguments.log_json:
        Lines().say(facts_of(totals))
    elif not arguments.quiet:
        _say(arguments, totals)
        if corpus_run.spent_out:
            print(f"summarise: stopped before the budget of {spec.allowance} was passed", file=sys.stderr)
    return INTERRUPTED if interrupted else _code(totals)


async def _interruptible(corpus_run: CorpusRun, items: Iterable[Item]) -> bool:
    """Run; the first Ctrl-C drains, the second stops at once. Whether it was stopped so."""
    task = asyncio.ensure_future(corpus_run.go(items))

    def interrupt() -> None:
        if corpus_run.stopping:
            task.cancel()
        else:
            corpus_run.drain()
            print("summarise: finishing what is under way; Ctrl-C again stops at once", file=sys.stderr)

    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # Windows: Ctrl-C stops at once
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, interrupt)
    try:
        await task
    except asyncio.CancelledError:
        return True
    return False


@contextmanager
def _watching(arguments: argparse.Namespace) -> Iterator[Watcher]:
    """A bar on a terminal, JSON where asked for, else failures only."""
    if arguments.log_json:
        yield Lines()
    elif arguments.quiet or not sys.stderr.isatty():
        yield Quiet()
    else:
        bar = Bar()
        bar.start()
        # Counting a corpus takes a while: the run does not wait for it.
        threading.Thread(target=lambda: bar.expect(count_of(arguments.sources)), daemon=True).start()
        try:
            yield bar
        finally:
            bar.stop()


def _say(arguments: argparse.Namespace, totals: Totals) -> None:
    for line in account(totals).splitlines():
        print(f"summarise: {line}", file=sys.stderr)
    if totals.failed or totals.skipped_failed:
        print(f"summarise: failures are in {safe(str(arguments.output))}.failed", file=sys.stderr)


def _code(totals: Totals) -> int:
    """Complete, partial (some documents have no summary), or failed (none has one)."""
    if not totals.failed and not totals.skipped_failed and not totals.left:
        return COMPLETE
    return PARTIAL if totals.finished + totals.shared + totals.skipped else FAILED
