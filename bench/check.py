"""A short run whose ratios are held against bench/baseline.json: has anything become worse?

Only ratios within the run and counts, never times: everything is measured beside bare openai, bare instructor (both
come with the package) or a fixed piece of pure Python. Each ratio has a tolerance of its own, wide for CPU, narrow for
what is the same in every run.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bench.goals import ratio
from bench.measures import cold, load, long, robustness, speed, wire
from bench.peers import DRAFT, FULL, INSTRUCTOR, OPENAI, PEERS
from bench.results import Results
from bench.running import ROOT, running
from bench.scope import Scope

BASELINE = ROOT / "bench" / "baseline.json"
RUNS, SCALE = 3, 5
COMPARED = (FULL, DRAFT, OPENAI, INSTRUCTOR)


@dataclass(frozen=True, slots=True)
class Ratio:
    """`tolerance` is the part by which a ratio may be worse than its baseline; lower is better unless `rising`."""

    name: str
    tolerance: float
    value: Callable[[Results], float | None]
    rising: bool = False

    def worse(self, value: float, baseline: float) -> bool:
        # A baseline of 0 leaves no room: any value above it is worse.
        if self.rising:
            return value < baseline * (1 - self.tolerance)
        return value > baseline * (1 + self.tolerance) + 1e-9


CPU = load.column(50)

RATIOS: tuple[Ratio, ...] = (
    Ratio("CPU before verification, over instructor's", 0.25, lambda r: ratio(r, "cpu", CPU, DRAFT, INSTRUCTOR)),
    Ratio("CPU before verification, over openai's", 0.3, lambda r: ratio(r, "cpu", CPU, DRAFT, OPENAI)),
    Ratio("CPU with verification, over instructor's", 0.25, lambda r: ratio(r, "cpu", CPU, FULL, INSTRUCTOR)),
    Ratio("cold start CPU, over instructor's", 0.25, lambda r: ratio(r, "cold", cold.CPU, FULL, INSTRUCTOR)),
    Ratio("verifying a claim, over the yardstick", 0.35, lambda r: r.median("speed", speed.VERIFY, speed.RELATIVE)),
    Ratio("sentence splitting, over the yardstick", 0.35, lambda r: r.median("speed", speed.SPLIT, speed.RELATIVE)),
    Ratio("reading an article, over the yardstick", 0.35, lambda r: r.median("speed", speed.READ, speed.RELATIVE)),
    Ratio("characters beyond the article's", 0.02, lambda r: r.median("wire", FULL, wire.SHARE)),
    Ratio("cacheable prefix of those", 0.02, lambda r: r.median("wire", FULL, wire.PREFIX), rising=True),
    Ratio("answer over a quoting one", 0.02, lambda r: ratio(r, "wire", wire.ANSWER, FULL, INSTRUCTOR)),
    Ratio("requests a document", 0.0, lambda r: r.median("wire", FULL, wire.REQUESTS)),
    Ratio("requests for a long document", 0.0, lambda r: r.median("long", FULL, long.REQUESTS)),
    Ratio("characters for a long document, over its own", 0.02, lambda r: r.median("long", FULL, long.SENT)),
    Ratio("silently wrong under 13 % faults", 0.0, lambda r: r.median("faults_mixed", FULL, robustness.WRONG)),
    Ratio("right under 13 % faults", 0.05, lambda r: r.median("faults_mixed", FULL, robustness.RIGHT), rising=True),
)  # fmt: skip


def main(*, update: bool) -> int:
    """Run the short version. 0: nothing is worse; 1: a ratio is, and is named; 2: there is no baseline."""
    found = ratios(measure())
    if update:
        BASELINE.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
        print(f"baseline of {len(found)} ratios written")
        return 0
    if not BASELINE.exists():
        print("no bench/baseline.json: make one with `python -m bench check --update`", file=sys.stderr)
        return 2
    baseline: dict[str, float] = json.loads(BASELINE.read_text("utf-8"))
    lines, bad = compare(found, baseline)
    print("\n".join(lines))
    if bad:
        print(f"worse: {'; '.join(bad)}", file=sys.stderr)
    return 1 if bad else 0


def measure() -> Results:
    """The short run: the package beside bare openai and instructor, all in this environment."""
    results = Results()
    # Both come with the package, so no environment has to be made and all use the same openai.
    subjects = [(replace(peer, environment=None), Path(sys.executable)) for peer in PEERS if peer.name in COMPARED]
    with tempfile.TemporaryDirectory() as folder, running() as server:
        scope = Scope(server, subjects, Path(folder), results, RUNS, SCALE)
        for part in (wire.measure, cold.measure, load.cpu, robustness.measure, long.measure, speed.measure):
            part(scope)
    return results


def ratios(results: Results) -> dict[str, float]:
    """Every ratio that the run gives."""
    values = {one.name: one.value(results) for one in RATIOS}
    return {name: value for name, value in values.items() if value is not None}


def compare(found: dict[str, float], baseline: dict[str, float]) -> tuple[list[str], list[str]]:
    """A line for each ratio, and the names of those that are worse; one that is gone counts as worse."""
    lines, bad = [], []
    for one in RATIOS:
        value, was = found.get(one.name), baseline.get(one.name)
        if was is None:
            verdict = "no baseline"
        elif value is None:
            verdict = "NOT MEASURED"
        else:
            verdict = "WORSE" if one.worse(value, was) else "ok"
        if verdict in ("WORSE", "NOT MEASURED"):
            bad.append(one.name)
        shown, before = ("–" if number is None else f"{number:.3f}" for number in (value, was))
        lines.append(f"{one.name:<52} {shown:>9}  baseline {before:>9}  ±{100 * one.tolerance:.0f} %  {verdict}")
    return lines, bad
