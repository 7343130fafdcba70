"""Bar charts as plain SVG: medians with ranges, or parts of a whole. No library: two kinds of bar are all there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_LEFT, _WIDTH, _ROW, _TOP, _RIGHT = 230, 420, 26, 46, 110
_PARTS = ("good", "fair", "poor", "bad", "lost")
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328 } .title { font-weight: 600; font-size: 14px }
.bar { fill: #8ba3bd } .own { fill: #1f6feb } .range { stroke: #1f2328; stroke-width: 1.2 }
.goal { stroke: #bf3989; stroke-width: 1.5; stroke-dasharray: 4 3 } .goaltext { fill: #bf3989; font-size: 12px }
.good { fill: #2da44e } .fair { fill: #8ac7a0 } .poor { fill: #d4a72c } .bad { fill: #cf222e } .lost { fill: #6e7781 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .range { stroke: #e6edf3 } .goaltext { fill: #f778ba } }
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """A median with the range of its runs; `own` bars are the package's."""

    label: str
    value: float
    low: float
    high: float
    shown: str
    own: bool = False


def bars(title: str, rows: Sequence[Bar], *, goal: float | None = None) -> str:
    """Horizontal bars from 0, one for each row, with whiskers for the ranges and a dashed line for the goal.

    One bar that would dwarf all others is cut, and marked so.
    """
    highs = sorted([row.high for row in rows] + ([goal] if goal else []) + [1e-9, 1e-9])
    top = highs[-1] if highs[-1] <= 3 * highs[-2] else 1.5 * highs[-2]
    scale = _WIDTH / top
    parts = []
    for place, row in enumerate(rows):
        y = _TOP + place * _ROW
        middle = y + 9
        kind = "own" if row.own else "bar"
        value, low, high = (min(number, top) for number in (row.value, row.low, row.high))
        cut = "" if row.high <= top else " (bar cut)"
        parts += [
            f'<text x="{_LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(row.label)}</text>',
            f'<rect class="{kind}" x="{_LEFT}" y="{y}" width="{value * scale:.1f}" height="18" rx="2"/>',
            f'<line class="range" x1="{_LEFT + low * scale:.1f}" x2="{_LEFT + high * scale:.1f}" '
            f'y1="{middle}" y2="{middle}"/>',
            f'<text x="{_LEFT + high * scale + 8:.1f}" y="{y + 14}">{escape(row.shown)}{cut}</text>',
        ]
    if goal is not None:
        x = _LEFT + goal * scale
        end = _TOP + len(rows) * _ROW
        parts += [
            f'<line class="goal" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 6}" y2="{end}"/>',
            f'<text class="goaltext" x="{x:.1f}" y="{_TOP - 10}" text-anchor="middle">goal {goal:g}</text>',
        ]
    return _picture(title, parts, len(rows))


def stacks(title: str, rows: Sequence[tuple[str, Sequence[float]]], names: Sequence[str]) -> str:
    """Bars of equal length in parts, best first, with a legend below."""
    parts = []
    for place, (label, values) in enumerate(rows):
        y = _TOP + place * _ROW
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(label)}</text>')
        x, whole = float(_LEFT), sum(values) or 1.0
        for kind, value in zip(_PARTS, values, strict=False):
            width = value / whole * _WIDTH
            parts.append(f'<rect class="{kind}" x="{x:.1f}" y="{y}" width="{width:.1f}" height="18"/>')
            x += width
        shown = " / ".join(f"{value:g}" for value in values)
        parts.append(f'<text x="{_LEFT + _WIDTH + 8}" y="{y + 14}">{shown}</text>')
    y = _TOP + len(rows) * _ROW + 8
    x = 12.0
    for kind, name in zip(_PARTS, names, strict=False):
        parts.append(f'<rect class="{kind}" x="{x:.0f}" y="{y}" width="12" height="12"/>')
        parts.append(f'<text x="{x + 17:.0f}" y="{y + 11}">{escape(name)}</text>')
        x += 34 + 7 * len(name)
    return _picture(title, parts, len(rows) + 1)


def _picture(title: str, parts: Sequence[str], rows: int) -> str:
    width, height = _LEFT + _WIDTH + _RIGHT, _TOP + rows * _ROW + 10
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">'
    name = f'<title>{escape(title)}</title><text class="title" x="12" y="20">{escape(title)}</text>'
    return "\n".join([head, f"<style>{_STYLE}</style>", name, *parts, "</svg>", ""])
