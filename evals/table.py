"""What a run prints: the table with intervals, where the answers came from, crashes and recordings at fault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evals.metrics import Figure
from evals.results import EVERY, RunResult, overall, unscored
from evals.stats import Estimate

if TYPE_CHECKING:
    from rich.console import Console


def print_run(console: Console, run: RunResult, what: str = "case") -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(
        title=f"{len(run.cases)} {what}s, {run.seconds:.1f} s",
        caption=f"value [95 % interval, clustered by {what}] n; – could not be scored; ·k: k {what}s without a value",
    )
    table.add_column("figure")
    for system in run.systems:
        table.add_column(system, justify="right")
    group = None
    scored = {score.name for result in run.results for score in result.scores}
    for figure in (one for name, one in EVERY.items() if name in scored):
        if group not in (None, figure.group):
            table.add_section()
        group = figure.group
        table.add_row(f"{figure.title} {arrow(figure)}", *(_cell(run, system, figure) for system in run.systems))
    console.print(table)
    for system, source in run.provenance.items():
        console.print(f"[bold]{system}[/]: {escape(source)}")
    for result in run.crashed():
        console.print(f"[red]crashed[/] {result.system}/{result.slug}: {escape(result.error or '')}")
    print_lines(console, "recordings", run.recordings)


def print_lines(console: Console, what: str, lines: Sequence[str], most: int = 30) -> None:
    from rich.markup import escape

    for line in lines[:most]:
        console.print(f"[red]{what}[/] {escape(line)}")
    if len(lines) > most:
        console.print(f"[red]{what}[/] … and {len(lines) - most} more")


def arrow(figure: Figure) -> str:
    return {"higher": "↑", "lower": "↓", "neither": ""}[figure.better]


def _cell(run: RunResult, system: str, figure: Figure) -> str:
    results = run.of(system)
    found = overall(results, figure.name)
    missing = unscored(results, figure.name)
    if found.value is None:
        return "–"
    holes = f" ·{missing}" if missing else ""
    return f"{shown(found, figure)} [dim]{found.n:.0f}{holes}[/]"


def shown(found: Estimate, figure: Figure) -> str:
    """A figure with its interval: shares as .82 [.75–.88], counts as numbers."""
    if found.value is None:
        return "–"
    interval = f" [{_number(found.low, figure)}–{_number(found.high, figure)}]" if found.low is not None else ""
    return f"{_number(found.value, figure)}{interval}".replace("[", "\\[")


def _number(value: float | None, figure: Figure) -> str:
    if value is None:
        return "–"
    if figure.unit == "share":
        return f"{value:.2f}".replace("0.", ".", 1) if value < 1 else f"{value:.2f}"
    return f"{value:,.0f}" if figure.unit == "tokens" else f"{value:.2f}"
