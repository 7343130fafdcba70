"""`python -m bench`: measure the package and its peers in one run, and write docs/benchmarks.md.

`python -m bench report` writes the page again from the figures of the last run; `python -m bench check` runs a short
version and compares its ratios with bench/baseline.json (see `bench.check`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import check, report
from bench.ceiling import ceiling
from bench.environments import DEFAULT, available, interpreters, versions
from bench.machine import machine
from bench.measures import cold, endurance, load, long, recorded, robustness, speed, wire
from bench.peers import ENVIRONMENTS, PEERS, Peer
from bench.results import Results
from bench.running import ROOT, running
from bench.scope import Scope

MEASURES: dict[str, Callable[[Scope], None]] = {
    "wire": wire.measure,
    "recorded": recorded.measure,
    "cold": cold.measure,
    "cpu": load.cpu,
    "throughput": load.throughput,
    "faults": robustness.measure,
    "endurance": endurance.measure,
    "long": long.measure,
    "speed": speed.measure,
    "memory": load.memory,
}
FIGURES = ROOT / "bench" / "results.json"
PAGE = ROOT / "docs" / "benchmarks.md"
QUICK = 25


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("measure", "report", "check"), default="measure")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="one run with few documents, to see whether all works")
    parser.add_argument("--scale", type=int, default=1, metavar="N", help="an Nth of the documents")
    parser.add_argument("--only", action="append", choices=tuple(MEASURES), help="this measurement (may be repeated)")
    parser.add_argument("--peer", action="append", choices=[p.name for p in PEERS], help="this one (may be repeated)")
    parser.add_argument("--envs", type=Path, default=DEFAULT, metavar="DIR", help="where the peers' environments are")
    parser.add_argument("--figures", type=Path, default=FIGURES, metavar="FILE", help="raw figures of the run")
    parser.add_argument("--add", action="store_true", help="to the figures of earlier runs, instead of anew")
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE")
    parser.add_argument("--update", action="store_true", help="with check: make this run's ratios the baseline")
    chosen = parser.parse_args(arguments)
    if chosen.what == "check":
        return check.main(update=chosen.update)
    if chosen.what == "measure":
        peers = tuple(peer for peer in PEERS if not chosen.peer or peer.name in chosen.peer)
        wanted = {peer.environment for peer in peers if peer.environment}
        found, missing = interpreters(
            chosen.envs.expanduser(), _say, {name: ENVIRONMENTS[name] for name in ENVIRONMENTS if name in wanted}
        )
        results = Results(machine(), {"summariser (this checkout)": versions(Path(sys.executable))}, missing)
        results.versions |= {name: versions(python) for name, python in found.items()}
        runs, scale = (1, QUICK) if chosen.quick else (chosen.runs, chosen.scale)
        _measure(results, available(found, peers), runs, scale, chosen.only or list(MEASURES))
        if chosen.add and chosen.figures.exists():
            results = Results.read(chosen.figures).joined(results)
        results.write(chosen.figures)
    report.write(Results.read(chosen.figures), chosen.page)
    _say(f"written: {chosen.figures.name}, {chosen.page.name}")
    return 0


def _measure(results: Results, subjects: list[tuple[Peer, Path]], runs: int, scale: int, names: list[str]) -> None:
    start = time.monotonic()
    results.machine["mock server"] = ceiling(6_000 // scale).line().removeprefix("mock server: ")
    with tempfile.TemporaryDirectory() as folder, running() as server:
        scope = Scope(server, subjects, Path(folder), results, runs, scale, _say)
        for name in names:
            began = time.monotonic()
            MEASURES[name](scope)
            _say(f"{name}: {time.monotonic() - began:.0f} s")
    results.machine["the run took"] = f"{(time.monotonic() - start) / 60:.0f} minutes, {runs} runs"
    if scale > 1:
        results.machine["the run took"] += f", 1/{scale} of the documents of a full run"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
