"""What the tests of the cluster look at: runs on a Ray of this machine, in a process without pytest's socket guard.

``python -m tests.corpus.ray_scenarios FOLDER`` runs them one after the other in one Ray session (starting Ray takes
longer than all of them) and prints what it saw as JSON. Nothing is judged here.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from bench.articles import articles
from bench.running import Running, running
from bench.server import Behaviour

DOCUMENTS, BLOCK = 48, 6


def main() -> None:
    folder = Path(sys.argv[1])
    if sys.argv[2:]:
        print(json.dumps(_run(folder, sys.argv[2])))
        return
    _corpus(folder)
    from summariser.corpus.ray_cluster import session

    seen: dict[str, Any] = {}
    with running(Behaviour(latency=0.5)) as server:
        seen["killed driver"] = _killed_driver(folder, server)
        with session(None):
            seen["killed worker"] = _killed_worker(folder, server)
            seen["after the kills"] = _output(folder)
            server.reset(Behaviour())
            seen["again"] = _run(folder, server.url) | {"requests seen": server.stats().get("requests", 0)}
            _change(folder)
            seen["changed"] = _run(folder, server.url) | {"requests seen": server.stats().get("requests", 0)}
            seen["after the change"] = _output(folder)
            seen["rows"] = _rows(folder, server.url)
            seen["turns"] = _turns()
        seen["left of the killed run"] = _left(folder)
    print(json.dumps(seen))


def _corpus(folder: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    records = [{"id": f"doc-{n}", "text": article.text} for n, article in enumerate(articles(DOCUMENTS))]
    half = DOCUMENTS // 2
    lines = [json.dumps(record) for record in records[:half]]
    (folder / "in").mkdir()
    (folder / "in" / "corpus.jsonl").write_text("\n".join([*lines, "this is no JSON"]) + "\n", "utf-8")
    parquet.write_table(pa.Table.from_pylist(records[half:-4]), folder / "in" / "corpus.parquet", row_group_size=10)
    for record in records[-4:]:
        (folder / "in" / f"{record['id']}.txt").write_text(record["text"], "utf-8")


def _change(folder: Path) -> None:
    """One record more, one file edited."""
    (more,) = articles(1, first=DOCUMENTS + 1)
    with (folder / "in" / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": "one-more", "text": more.text}) + "\n")
    (edited,) = articles(1, first=DOCUMENTS + 2)
    (folder / "in" / f"doc-{DOCUMENTS - 1}.txt").write_text(edited.text, "utf-8")


def _run(folder: Path, url: str) -> dict[str, Any]:
    from dataclasses import asdict

    from summariser.corpus.ray import Plan, run

    plan = Plan(actors=2, concurrency=4, block_size=BLOCK)
    options: dict[str, Any] = {"model": "mock", "base_url": url}
    return asdict(run([str(folder / "in")], str(folder / "out"), plan=plan, **options))


def _killed_driver(folder: Path, server: Running) -> dict[str, Any]:
    """The whole run is killed when some blocks are written and others are under way."""
    command = [sys.executable, "-m", "tests.corpus.ray_scenarios", str(folder), server.url]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "KILLED_RUN": str(folder)}) as process:
        while process.poll() is None and len(_blocks(folder)) < 2:
            threading.Event().wait(0.02)
        process.kill()
    return {"ended": process.returncode, "requests": server.stats()["requests"], "blocks": len(_blocks(folder))}


def _killed_worker(folder: Path, server: Running) -> dict[str, Any]:
    """One of the two workers is killed when both are there and this run has written a block."""
    before, killed = len(_blocks(folder)), list[int]()

    def kill() -> None:
        while not over.wait(0.02):
            if len(_blocks(folder)) > before and len(workers := _workers()) == 2:
                os.kill(workers[0], signal.SIGKILL)
                killed.append(len(workers))
                return

    over = threading.Event()
    thread = threading.Thread(target=kill)
    thread.start()
    try:
        seen = _run(folder, server.url)
    finally:
        over.set()
        thread.join()
    return seen | {"killed": len(killed), "asked": server.stats()["documents"]}


def _blocks(folder: Path) -> list[Path]:
    return [*(folder / "out").glob("r*.parquet")]


def _workers() -> list[int]:
    """Process numbers of this process's Ray workers that summarise."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                named = (entry / "cmdline").read_bytes().startswith(b"ray::MapWorker(MapBatches(_Blocks")
            except OSError:
                continue
            if named and os.getpid() in _ancestors(int(entry.name)):
                found.append(int(entry.name))
    return found


def _ancestors(pid: int) -> list[int]:
    found = []
    while pid > 1:
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[1])
        except OSError:
            break
        found.append(pid)
    return found


def _left(folder: Path) -> list[str]:
    """What is still running of the killed run by now: its processes carry the folder's name.

    Ray's own agents look for their parent now and then, so it may take them a while to see that it is gone.
    """
    mark = f"KILLED_RUN={folder}".encode()
    found: list[str] = []
    for _ in range(300):
        found = []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and mark in (entry / "environ").read_bytes():
                    found.append((entry / "cmdline").read_text("utf-8", "replace"))
            except OSError:
                continue
        if not found:
            break
        threading.Event().wait(0.3)
    return found


def _output(folder: Path) -> dict[str, Any]:
    from summariser.corpus.ray import read_failures, read_output

    lines = list(read_output(str(folder / "out")))
    return {
        "ids": [line.id for line in lines],
        "verified": [len(line.summary.highlights) > 0 for line in lines],
        "texts": {line.id: line.summary.document.text[:60] for line in lines},
        "failures": [[one.id, one.error] for one in read_failures(str(folder / "out"))],
        "files": sorted(path.name for path in (folder / "out").iterdir()),
    }


def _rows(folder: Path, url: str) -> list[dict[str, Any]]:
    import ray

    from summariser.corpus.ray import Summarise, pool

    (article,) = articles(1)
    path = str(folder / "in" / f"doc-{DOCUMENTS - 2}.txt")
    rows = [{"id": "text", "text": article.text}, {"id": "empty", "text": ""}, {"id": "path", "path": path}]
    table = ray.data.from_items([{"id": None, "text": None, "path": None, **row} for row in rows])
    options = {"model": "mock", "base_url": url}
    made = table.map_batches(Summarise, fn_constructor_args=[options], batch_size=3, num_cpus=0.5, compute=pool(1))
    return sorted(made.take_all(), key=lambda row: row["id"])


def _turns() -> list[float]:
    """Two workers take turns of one limit of 60 requests a minute: seconds from now, as they were told."""
    import ray

    from summariser.corpus.ray import limiter
    from summariser.corpus.ray_limits import Report

    with limiter(requests_per_minute=60) as channel:
        take = ray.remote(num_cpus=0.25)(lambda: channel.take(4, 1000, Report()).waits)
        return [wait for lot in ray.get([take.remote(), take.remote()]) for wait in lot]


if __name__ == "__main__":
    main()
