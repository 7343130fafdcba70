"""The ledger file under several processes at once, and under one that is killed in the middle of an addition."""

from __future__ import annotations

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from summariser.timeline.store import BATCH, Store
from tests.timeline.articles import Article

CONTEXT = multiprocessing.get_context("spawn")


def article(name: str) -> Article:
    return Article(name, "2024-03-14").milestone(
        f"Act {name} adopted", f"The Act {name} was adopted on 13 March 2024. " * 20, "2024-03-13", status="adopted"
    )


def add(path: Path, names: list[str], start: Connection) -> None:
    """Opens (and makes) the file and adds articles one transaction at a time, from a signal on."""
    rows = [(name, article(name).summary()) for name in names]
    start.send("ready")
    start.recv()
    with Store.open(path) as store:
        for row in rows:
            store.add([row])


def test_processes_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    own = [[f"{worker}-{n}" for n in range(15)] for worker in "abc"]
    shared = [f"shared-{n}" for n in range(10)]
    workers = []
    for names in own:
        here, there = CONTEXT.Pipe()
        process = CONTEXT.Process(target=add, args=(path, [*names, *shared], there))
        process.start()
        workers.append((process, here))
    for _, here in workers:
        assert here.poll(60)
        here.recv()
    for _, here in workers:
        here.send("go")
    for process, _ in workers:
        process.join(60)
        assert process.exitcode == 0

    with Store.open(path) as store:
        assert store.ids() == sorted([name for names in [*own, shared] for name in names])
        assert len(store.ledger().sources) == len(store.ids())


def add_and_hang(path: Path, names: list[str], told: Connection) -> None:
    """Adds two batches; in the middle of the second, with rows written out to the file, it stops for ever."""
    store = Store.open(path)
    store.connection.execute("PRAGMA cache_size = 1")  # so that pages go to the file before the transaction ends
    rows = [(name, article(name).summary()) for name in names]
    store.add(rows[:BATCH])
    before = path.stat().st_size

    def look() -> int:
        if store.connection.in_transaction and path.stat().st_size > before + 50_000:
            told.send("in the middle")
            signal.pause()
        return 0

    store.connection.set_progress_handler(look, 1)
    store.add(rows[BATCH:])


def test_an_addition_that_is_killed_leaves_the_ledger_whole(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    names = [f"a{n:04}" for n in range(2 * BATCH)]
    here, there = CONTEXT.Pipe()
    process = CONTEXT.Process(target=add_and_hang, args=(path, names, there))
    process.start()
    assert here.poll(60), "the addition was never under way"
    assert path.with_name("ledger.db-journal").exists(), "it is in the middle of a transaction"

    os.kill(process.pid or 0, signal.SIGKILL)
    process.join(60)

    with Store.open(path) as store:
        assert store.ids() == names[:BATCH], "the batch that was whole, and nothing of the other"
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = [(name, article(name).summary()) for name in names]
        added = store.add(rows)
        assert (len(added.same), len(added.new)) == (BATCH, BATCH)
