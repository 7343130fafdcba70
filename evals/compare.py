"""Two runs, or two systems of one run, paired by case: what moved, by how much, and which cases moved it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evals.results import EVERY, CaseResult, cell
from evals.stats import Difference, difference

if TYPE_CHECKING:
    from rich.console import Console

COMPARED = [name for name, figure in EVERY.items() if name != "cost.seconds" and figure.unit != "number"]


@dataclass(frozen=True)
class Moved:
    """A case whose figure changed: both values, and what was counted in each."""

    slug: str
    before: float | None
    now: float | None
    why: str

    @property
    def step(self) -> float:
        return abs((self.now or 0.0) - (self.before or 0.0))


@dataclass(frozen=True)
class Line:
    figure: str
    difference: Difference
    moved: list[Moved]


def compare(first: list[CaseResult], second: list[CaseResult]) -> list[Line]:
    """One line for each figure that differs on the cases that both have, the surest and largest differences first."""
    left = {result.slug: result for result in first}
    right = {result.slug: result for result in second}
    common = [slug for slug in left if slug in right]
    lines = []
    for figure in COMPARED:
        scores = [(slug, left[slug].score(figure), right[slug].score(figure)) for slug in common]
        apart = difference([cell(a) for _, a, _ in scores], [cell(b) for _, _, b in scores])
        moved = [
            Moved(slug, a.value if a else None, b.value if b else None, f"{_why(a)} → {_why(b)}")
            for slug, a, b in scores
            if (a.value if a else None) != (b.value if b else None)
        ]
        if moved:
            lines.append(Line(figure, apart, sorted(moved, key=lambda one: -one.step)))
    return sorted(lines, key=lambda line: (not line.difference.sure, -abs(line.difference.value or 0.0)))


def _why(score: object) -> str:
    return getattr(score, "why", "") or "no score (crashed)"


def print_comparison(console: Console, lines: list[Line], one: str, other: str, cases: int = 3) -> None:
    from rich.markup import escape

    console.print(f"[bold]{escape(other)}[/] against [bold]{escape(one)}[/], paired by case (* interval leaves 0 out)")
    if not lines:
        console.print("no figure differs on any case that both have")
    for line in lines:
        figure, found = EVERY[line.figure], line.difference
        if found.value is None:
            change = "no case scored in both"
        else:
            better = (found.value > 0) == (figure.better == "higher")
            colour = "dim" if not found.sure or figure.better == "neither" else "green" if better else "red"
            interval = f" \\[{found.low:+.3f}, {found.high:+.3f}]" if found.low is not None else ""
            star = "*" if found.sure else " "
            change = f"[{colour}]{found.value:+.3f}{interval}{star}[/] on {found.documents} cases"
        console.print(f"{figure.title}: {change}, {len(line.moved)} moved")
        for one_case in line.moved[:cases]:
            before, now = (("–" if value is None else f"{value:.2f}") for value in (one_case.before, one_case.now))
            console.print(f"    {one_case.slug}: {before} → {now}  ({escape(one_case.why)})")
