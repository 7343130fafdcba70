"""Client CPU per document, throughput as a share of the ideal, and memory over many documents."""

from __future__ import annotations

from pathlib import Path

from bench.peers import DRAFT, FULL, WORKERS, Peer
from bench.results import Table
from bench.scope import BrokenRunError, Run, Scope, run
from bench.server import Behaviour

LATENCY = 0.5
PLACES = (50, 200)
GROWTH, PEAK = "growth from 100 documents on", "peak"
MANY = 10_000


def column(places: int) -> str:
    return f"{places} in flight"


def server_share(places: int) -> str:
    return f"server's CPU, {places} in flight"


def cpu(scope: Scope) -> None:
    """CPU of the client's process alone, after a warm-up, with answers that come after 5 ms."""
    table = Table(
        "Client CPU per document",
        "ms",
        "User and system time of the client's process, start-up and warm-up left out; answers after 5 ms.",
    )
    scope.results.tables["cpu"] = table
    scope.server.reset(Behaviour(latency=0.005))
    for _, peer, python in scope.rounds("client CPU", skip=(WORKERS,)):
        for places, count in ((1, 150), (50, 500)):
            found = _run(scope, "client CPU", peer, python, scope.documents(count, peer), places, warm=min(places, 50))
            if found:
                table.add(peer.name, column(places), 1000 * found.cpu / found.documents)


def throughput(scope: Scope) -> None:
    """Documents in the time that a client without any cost of its own would take for them."""
    table = Table(
        "Throughput at 500 ms latency",
        "share",
        "The time that the documents would take if the client cost nothing, over the time that they took. Behind it "
        "the server's own CPU as a share of that time: near 1 the server would be measured. For langextract, "
        "documents are in flight, each with several requests.",
    )
    scope.results.tables["throughput"] = table
    for _, peer, python in scope.rounds("throughput"):
        for places in PLACES:
            scope.server.reset(Behaviour(latency=LATENCY))
            count = max(scope.documents(10 * places, peer), places)
            warm = max(places // peer.slow // scope.scale, 1)
            found = _run(scope, "throughput", peer, python, count, places, warm=warm)
            if found:
                stats = scope.server.stats()
                ideal = found.documents / places * LATENCY
                table.add(peer.name, column(places), ideal / found.wall)
                table.add(peer.name, server_share(places), stats["cpu"] / stats["wall"])


def memory(scope: Scope) -> None:
    """Peak memory after 100 documents and after 10,000, in one process; the peers once, the package in every run."""
    table = Table(
        "Memory, 10,000 documents",
        "MB",
        "Peak resident memory of one process, 50 in flight: what it grows by between the 100th document and the last, "
        "and the peak. Peers run once each; langextract and llm, the slowest, get fewer documents.",
    )
    scope.results.tables["memory"] = table
    scope.server.reset()
    for turn, peer, python in scope.rounds("memory", skip=(DRAFT, WORKERS)):
        if turn and peer.name != FULL:
            continue
        found = _run(scope, "memory", peer, python, scope.documents(MANY, peer, least=200), 50)
        if found:
            table.add(peer.name, GROWTH, (found.peak_kb - found.early_peak_kb) / 1024)
            table.add(peer.name, PEAK, found.peak_kb / 1024)


def _run(scope: Scope, title: str, peer: Peer, python: Path, count: int, places: int, *, warm: int = 0) -> Run | None:
    """A run in which every document came out; None where the subject could not be measured."""
    try:
        streamed = count if peer.stream and places > 1 and warm else 0
        tail = warm if streamed else 0
        found = run(scope, peer, python, scope.tasks(count + warm + tail), places, warm=warm, count=streamed)
        if found.failed:
            raise BrokenRunError(f"{found.failed} of {found.documents} documents failed: {found.errors}")
    except BrokenRunError as error:
        scope.broke(title, peer, str(error))
        return None
    return found
