"""Thousands of documents against a server that fails now and then: what the faults cost in time and in requests."""

from __future__ import annotations

from bench.faults import TENTH
from bench.measures.robustness import FATES, judge
from bench.peers import FULL
from bench.results import Table
from bench.scope import BrokenRunError, Scope, run
from bench.server import Behaviour

COUNT = 2_000
PLACES = 50
LATENCY = 0.5
RATIO = "time over the fault-free run's"
BEYOND = "requests a document beyond the faults"


def measure(scope: Scope) -> None:
    """The package alone: each run once without faults and once with them, one after the other."""
    kinds = ", ".join(f"{name} {100 * part:g} %" for name, part in TENTH.items())
    table = Table(
        f"Endurance, {max(COUNT // scope.scale, 40):,} documents, {PLACES} in flight",
        "documents, or ratios",
        f"Faults in {100 * sum(TENTH.values()):.1f} % of the requests: {kinds}. 500 ms latency.",
    )
    scope.results.tables["endurance"] = table
    for turn, peer, python in scope.rounds("endurance"):
        if peer.name != FULL:
            continue
        count = max(COUNT // scope.scale, 40)
        walls: list[float] = []
        for shares in ({}, TENTH):
            scope.server.reset(Behaviour(latency=LATENCY, seed=turn + 1, faults=shares))
            results = scope.folder / "results.jsonl"
            try:
                walls.append(run(scope, peer, python, scope.tasks(count), PLACES, results=results).wall)
            except BrokenRunError as error:
                scope.broke("endurance", peer, str(error))
                break
        else:
            stats = scope.server.stats()
            injected = sum(n for name, n in stats["faults"].items() if name != "ok")
            fates = judge(results, count)
            for fate in FATES:
                table.add(peer.name, fate, fates[fate])
            table.add(peer.name, RATIO, walls[1] / walls[0])
            table.add(peer.name, BEYOND, (stats["requests"] - injected) / count)
