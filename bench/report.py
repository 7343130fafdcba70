"""The page about a run: machine, goals, tables, plots. Written from the results alone, so it can be written again."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path

from bench.goals import GOALS
from bench.measures import cold, load, robustness, wire
from bench.peers import PEERS
from bench.plots import Bar, bars, stacks
from bench.results import Results, Table

_OWN = "summariser"
_HEAD = """\
# Benchmarks

This page is written by `python -m bench`, which measures the package and what a user would pick instead on the same
work in one run: articles that the benchmark invents, and a mock server on loopback that answers all of them alike.
Peers run in environments of their own with pinned versions, used as their documentation shows it, asked for the same
content with quotes as evidence. Nothing here says how good the answers of a model are; `evals/` does.

Figures are medians, with the range of the runs in brackets and their number behind them. Times hold for this machine;
the goals are ratios within one run.
"""


_FAULTS = (
    ("faults_mixed", "13 % faults"),
    ("faults_truncated", "20 % truncated JSON"),
    ("faults_other", "10 % answers that belong to another document"),
)


def write(results: Results, page: Path) -> None:
    """Write the page, and its plots beside it."""
    plots = _plots(results)
    for name, picture in plots.items():
        (page.parent / name).write_text(picture, "utf-8")
    page.write_text(text(results, list(plots)), "utf-8")


def text(results: Results, plots: Sequence[str] = ()) -> str:
    """The page as Markdown."""
    parts = [_HEAD, _machine(results), "## Goals\n", _goals(results)]
    parts += [f"![{name.removesuffix('.svg').replace('-', ' ')}]({name})\n" for name in plots]
    for table in results.tables.values():
        parts.append(_section(table))
    if results.missing or results.failures:
        rows = [f"- {name}: {reason}" for name, reason in results.missing.items()]
        rows += [f"- {failure}" for failure in results.failures]
        parts.append("## Not measured\n\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _machine(results: Results) -> str:
    rows = [f"- {name}: {value}" for name, value in results.machine.items()]
    told = [f"| {name} | {', '.join(f'{n} {v}' for n, v in have.items())} |" for name, have in results.versions.items()]
    return "\n".join([*rows, "", "| environment | versions |", "|---|---|", *told, ""])


def _goals(results: Results) -> str:
    rows = ["| goal | | result | |", "|---|---|---|---|"]
    for goal in GOALS:
        value = goal.value(results)
        if value is None:
            shown, verdict = "–", "not measured"
        else:
            shown, verdict = number(value), "met" if goal.met(value) else "**missed**"
        rows.append(f"| {goal.name} | {goal.sense} {goal.bound:g} | {shown} | {verdict} |")
    return "\n".join(rows) + "\n"


def _section(table: Table) -> str:
    columns = table.columns()
    unit = f" ({table.unit})" if table.unit else ""
    rows = [f"| | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for subject in table.cells:
        rows.append(f"| {subject} | " + " | ".join(cell(table.samples(subject, column)) for column in columns) + " |")
    return f"## {table.title}{unit}\n\n{table.note}\n\n" + "\n".join(rows) + "\n"


def cell(samples: Sequence[float]) -> str:
    """Median, range and number of runs."""
    if not samples:
        return "–"
    middle = number(statistics.median(samples))
    if len(samples) == 1:
        return f"{middle}, n=1"
    return f"{middle} ({number(min(samples))}–{number(max(samples))}), n={len(samples)}"


def number(value: float) -> str:
    """Three significant digits, without an exponent."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 0.001 else f"{value:.5f}"


def _plots(results: Results) -> dict[str, str]:
    made: dict[str, str] = {}
    _bars(made, results, "bench-cpu.svg", "cpu", load.column(50), "Client CPU per document, 50 in flight (ms)")
    _bars(made, results, "bench-cold.svg", "cold", cold.ONE, "Cold start of one document (s)")
    for places, goal in ((50, 0.93), (200, 0.65)):
        title = f"Share of the ideal rate, {places} in flight"
        _bars(made, results, f"bench-throughput-{places}.svg", "throughput", load.column(places), title, goal)
    _bars(made, results, "bench-wire.svg", "wire", wire.ANSWER, "Characters of the answer for the same claims")
    for key, name in _FAULTS:
        table = results.tables.get(key)
        if table and table.cells:
            rows = [(who, [table.median(who, fate) or 0.0 for fate in robustness.FATES]) for who in table.cells]
            made[f"bench-{key.replace('_', '-')}.svg"] = stacks(f"Documents under {name}", rows, robustness.FATES)
    return made


def _bars(
    made: dict[str, str], results: Results, name: str, key: str, column: str, title: str, goal: float | None = None
) -> None:
    table = results.tables.get(key)
    order = [peer.name for peer in PEERS]
    rows = []
    for who in sorted(table.cells, key=lambda who: order.index(who) if who in order else 0) if table else ():
        assert table
        samples = table.samples(who, column)
        if samples:
            middle = statistics.median(samples)
            rows.append(Bar(who, middle, min(samples), max(samples), number(middle), who.startswith(_OWN)))
    if rows:
        made[name] = bars(title, rows, goal=goal)
