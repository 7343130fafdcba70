"""`python -m evals mutate`: the table by kind and language, and the misses one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from evals.mutate.claims import shown
from evals.mutate.run import FALSELY_REJECTED, TARGETS, Judged
from evals.stats import Cell, Estimate, estimate

if TYPE_CHECKING:
    from rich.console import Console


def rate(judged: Iterable[Judged], seed: int = 0) -> Estimate:
    """Share of the claims that were rejected, clustered by document."""
    cells: dict[str, Cell] = {}
    for one in judged:
        rejected, total = cells.get(one.claim.case.slug, (0.0, 0.0))
        cells[one.claim.case.slug] = (rejected + one.rejected, total + 1)
    return estimate(list(cells.values()), seed)


def figures(judged: Sequence[Judged]) -> dict[str, Estimate]:
    """Share rejected for each kind of error and for the true claims (`true`), over all languages."""
    return {kind: rate(one for one in judged if one.kind == kind) for kind in ("true", *TARGETS)}


def print_table(console: Console, judged: Sequence[Judged]) -> None:
    from rich.table import Table

    languages = sorted({one.claim.case.language for one in judged})
    table = Table(title="Rejected by the verifier", caption="95 % intervals, clustered by article")
    for heading in ("kind", "all", "interval", "n", "to reach", *languages, "unchecked"):
        table.add_column(heading, justify="left" if heading == "kind" else "right")
    overall = figures(judged)
    for kind, whole in overall.items():
        mine = [one for one in judged if one.kind == kind]
        if whole.value is None:
            table.add_row(kind, "–", "", "0", "")
            continue
        reached = whole.value <= FALSELY_REJECTED if kind == "true" else whole.value >= TARGETS[kind]
        goal = f"≤ {FALSELY_REJECTED:.0%}" if kind == "true" else f"≥ {TARGETS[kind]:.0%}"
        cells = []
        for language in languages:
            part = rate(one for one in mine if one.claim.case.language == language)
            cells.append("–" if part.value is None else f"{part.value:.0%} ({part.n:.0f})")
        table.add_row(
            kind,
            f"[{'green' if reached else 'red'}]{whole.value:.1%}[/]",
            f"{whole.low:.1%}–{whole.high:.1%}" if whole.low is not None else "",
            f"{whole.n:.0f}",
            goal,
            *cells,
            str(sum(one.status == "unchecked" for one in mine)),
        )
    console.print(table)


def print_misses(console: Console, judged: Iterable[Judged], kind: str) -> None:
    """The errors of one kind that passed; for `true` the true claims that were refused, and why."""
    from rich.markup import escape

    for one in judged:
        wrong = one.rejected if kind == "true" else not one.rejected
        if one.kind != kind or not wrong:
            continue
        case = one.claim.case
        changed = f"{one.mutant.was} → {one.mutant.now}" if one.mutant else one.claim.name
        console.print(f"[bold]{case.slug}[/] ({case.language}) {one.status}: {escape(changed)}")
        console.print(f"  claim:   {escape(shown(one.claim.item))}", soft_wrap=True)
        console.print(f"  support: {escape(one.claim.support)}", soft_wrap=True)
        for reason in one.reasons:
            console.print(f"  {reason.code}: {escape(reason.claim)} | {escape(reason.source or '–')}")
