"""Put the report together: Jinja with autoescape, one template, styles inline, a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from evals.cases import Case
from evals.metrics import FIGURES
from evals.report.plots import dots
from evals.report.view import case_view
from evals.results import RunResult, overall, unscored
from evals.stats import Estimate

HERE = Path(__file__).parent


def page(run: RunResult, cases: Sequence[Case]) -> str:
    """The whole report as HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = (HERE / "report.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    by_slug = {case.slug: case for case in cases}
    views = [
        case_view(by_slug[slug], [result for result in run.results if result.slug == slug])
        for slug in run.cases
        if slug in by_slug
    ]
    return environment.get_template("report.html.jinja").render(
        run=run,
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        groups=[(group, [_figure(run, name) for name in names]) for group, names in _groups().items()],
        plots=[
            (figure.title, figure.meaning.replace("`", ""), Markup(_plot(run, name)))
            for name, figure in FIGURES.items()
            if name in PLOTTED
        ],
        cases=views,
    )


PLOTTED = (
    "points.recall_must", "points.nuggets_must", "points.grounded", "actors.f1", "milestones.f1", "milestones.date",
    "highlights.coverage", "support.rate", "support.forbidden",
)  # fmt: skip


def _groups() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name, figure in FIGURES.items():
        groups.setdefault(figure.group, []).append(name)
    return groups


def _figure(run: RunResult, name: str) -> dict[str, object]:
    figure = FIGURES[name]
    cells = []
    for system in run.systems:
        results = run.of(system)
        cells.append(_cell(overall(results, name), unscored(results, name), figure.unit))
    return {"title": figure.title, "meaning": figure.meaning.replace("`", ""), "better": figure.better, "cells": cells}


def _cell(found: Estimate, missing: int, unit: str) -> dict[str, str]:
    if found.value is None:
        return {"value": "–", "interval": "", "n": f"{missing} not scored"}
    form = "{:.2f}" if unit in ("share", "seconds", "number") else "{:,.0f}"
    interval = f"{form.format(found.low)}–{form.format(found.high)}" if found.low is not None else ""
    holes = f", {missing} not scored" if missing else ""
    return {"value": form.format(found.value), "interval": interval, "n": f"n {found.n:.0f}{holes}"}


def _plot(run: RunResult, name: str) -> str:
    rows = [(system, overall(run.of(system), name)) for system in run.systems]
    return dots(rows, f"{FIGURES[name].title} by system")
