"""The gate: figures that must not get worse, held case by case against `baseline.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.cases import HERE
from evals.results import EVERY, CaseResult, RunResult, cell
from evals.stats import Cell, estimate

BASELINE = HERE / "baseline.json"
TOLERANCE = 0.005
"""Answers are replayed, so a figure only moves when the code does; this much of a share is let pass."""

Cells = dict[str, dict[str, dict[str, list[float]]]]
"""System → figure → case → numerator and denominator."""


@dataclass(frozen=True)
class Regression:
    """A figure that got worse on the cases that baseline and run have in common, and the cases that moved."""

    system: str
    figure: str
    before: float
    now: float
    cases: tuple[str, ...]

    def __str__(self) -> str:
        cases = ", ".join(self.cases[:4]) + (" …" if len(self.cases) > 4 else "")
        return f"{self.system} {self.figure}: {self.before:.3f} → {self.now:.3f} ({cases})"


def gated() -> list[str]:
    """The figures that the gate holds: those with a direction, time and money apart."""
    return [name for name, figure in EVERY.items() if figure.better != "neither" and figure.group != "cost"]


def cells_of(run: RunResult) -> Cells:
    found = {system: {name: dict(_cells(run.of(system), name)) for name in gated()} for system in run.systems}
    return {system: {name: cells for name, cells in of.items() if cells} for system, of in found.items()}


def _cells(results: list[CaseResult], figure: str) -> Iterator[tuple[str, list[float]]]:
    for result in results:
        found = cell(result.score(figure))
        if found:
            yield result.slug, [round(found[0], 6), round(found[1], 6)]


def write(run: RunResult, path: Path = BASELINE) -> None:
    """Make this run the baseline; systems that it did not run keep theirs."""
    kept = read(path) if path.is_file() else {}
    rows = json.dumps(kept | cells_of(run), indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(_compact(rows), "utf-8")


def _compact(text: str) -> str:
    """One line for each case, so that a change of the file can be read."""
    import re

    return re.sub(r"\[\s+([-\d.]+),\s+([-\d.]+)\s+\]", r"[\1, \2]", text) + "\n"


def read(path: Path = BASELINE) -> Cells:
    """The baseline; empty where there is none yet."""
    if not path.is_file():
        return {}
    loaded: Cells = json.loads(path.read_text("utf-8"))
    return loaded


def regressions(run: RunResult, baseline: Cells) -> list[Regression]:
    """Every gated figure that is worse than in the baseline by more than the tolerance.

    A figure that could be scored on a case before and cannot be now counts there as the worst it can be.
    """
    now = cells_of(run)
    found = []
    for system in run.systems:
        for figure, before in baseline.get(system, {}).items():
            if figure not in EVERY:
                continue
            common = [slug for slug in run.cases if slug in before]
            old = [_pair(before[slug]) for slug in common]
            new = [_pair(now[system].get(figure, {}).get(slug) or _worst(before[slug], figure)) for slug in common]
            was, is_now = estimate(old).value, estimate(new).value
            if was is None or is_now is None:
                continue
            loss = was - is_now if EVERY[figure].better == "higher" else is_now - was
            if loss > TOLERANCE:
                moved = tuple(slug for slug, a, b in zip(common, old, new, strict=True) if a != b)
                found.append(Regression(system, figure, was, is_now, moved))
    return found


def _pair(numbers: list[float]) -> Cell:
    return numbers[0], numbers[1]


def _worst(before: list[float], figure: str) -> list[float]:
    return [0.0 if EVERY[figure].better == "higher" else before[1], before[1]]
