"""Plots as inline SVG: dots with intervals, one row a system. Numbers and our own names go in, nothing else."""

from __future__ import annotations

from html import escape

from evals.stats import Estimate

WIDTH, LEFT, RIGHT, ROW = 360, 76, 88, 24


def dots(rows: list[tuple[str, Estimate]], label: str) -> str:
    """A dot and a whisker for each row on a scale from 0 to 1; rows without a value say so."""
    height = ROW * len(rows) + 20
    span = WIDTH - LEFT - RIGHT
    parts = [f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(label)}">']
    for at in (0, 0.25, 0.5, 0.75, 1):
        x = LEFT + at * span
        parts.append(f'<line class="grid" x1="{x:g}" y1="2" x2="{x:g}" y2="{height - 18}"/>')
        parts.append(f'<text class="tick" x="{x:g}" y="{height - 5}" text-anchor="middle">{at:g}</text>')
    for number, (name, found) in enumerate(rows):
        parts += _row(name, found, number * ROW + ROW / 2 + 2, span, number)
    return "".join([*parts, "</svg>"])


def _row(name: str, found: Estimate, y: float, span: float, number: int) -> list[str]:
    parts = [f'<text class="name" x="{LEFT - 8}" y="{y + 4:g}" text-anchor="end">{escape(name)}</text>']
    if found.value is None:
        return [*parts, f'<text class="tick" x="{LEFT + 4}" y="{y + 4:g}">not scored</text>']
    if found.low is not None and found.high is not None:
        low, high = (LEFT + min(1.0, max(0.0, at)) * span for at in (found.low, found.high))
        parts.append(f'<line class="whisker s{number}" x1="{low:.1f}" y1="{y:g}" x2="{high:.1f}" y2="{y:g}"/>')
    x = LEFT + min(1.0, max(0.0, found.value)) * span
    parts.append(f'<circle class="dot s{number}" cx="{x:.1f}" cy="{y:g}" r="5"/>')
    value = f'{found.value:.2f} <tspan class="tick">n {found.n:.0f}</tspan>'
    return [*parts, f'<text class="name" x="{WIDTH - RIGHT + 10}" y="{y + 4:g}">{value}</text>']
