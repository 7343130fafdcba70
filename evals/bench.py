"""`python -m evals bench`: figures on public data that people annotated, read from a folder of the caller's."""

from __future__ import annotations

import dataclasses
import importlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from evals.matching import bare_name, name_similarity

if TYPE_CHECKING:
    from rich.console import Console

    from summariser.schema import Actor

BENCHES = {
    "dates": "evals.dates_bench",
    "summedits": "evals.summedits_bench",
    "realsumm_pyramid": "evals.coverage",
    "gum_news": "evals.bench",
}
"""Name of the data's folder, and the module whose `run(data_dir)` measures on it."""

_ACTING = frozenset({"person", "organization", "place"})
"""Places act too in news: \"Morocco proposed …\"."""
FOUND = 0.7


def bench(data: Path, names: list[str], say: Callable[[str, object], None]) -> list[str]:
    """Run the benches; `say` gets a name and its figures. Returns the ones that could not be run, with why."""
    failed = []
    for name in names or list(BENCHES):
        if not (data / name).is_dir():
            failed.append(f"{name}: no folder {name} in {data}")
            continue
        try:
            figures = importlib.import_module(BENCHES[name]).run(data)
        except ImportError as error:
            failed.append(f"{name}: {error}")
            continue
        say(name, figures)
    return failed


def print_figures(console: Console, name: str, figures: object) -> None:
    """Whatever a bench returns, on plain lines: mappings and dataclasses by field, sequences by row."""
    console.rule(name)
    for line in _lines(figures):
        console.print(line, markup=False)


def _lines(figures: object, indent: str = "") -> list[str]:
    if dataclasses.is_dataclass(figures) and not isinstance(figures, type):
        figures = {field.name: getattr(figures, field.name) for field in dataclasses.fields(figures)}
    if isinstance(figures, Mapping):
        lines = []
        for key, value in figures.items():
            if isinstance(value, tuple | list):
                lines.append(f"{indent}{key}: {len(value)}")
            elif dataclasses.is_dataclass(value) or isinstance(value, Mapping):
                lines += [f"{indent}{key}", *_lines(value, indent + "    ")]
            else:
                lines.append(f"{indent}{key}: {value:.3f}" if isinstance(value, float) else f"{indent}{key}: {value}")
        return lines
    if isinstance(figures, tuple | list):
        return [line for row in figures for line in _lines(row, indent)]
    return [f"{indent}{figures}"]


def run(data_dir: Path) -> dict[str, float]:
    """`gum_news`, with the embedded engine: persons, organisations and places that are found, and merged.

    An entity counts where it is named at least twice. `found`: some actor bears one of its names. `merged`: of the
    found ones, exactly one does.
    """
    from summariser import summarise

    total = found = merged = actors = named = 0
    for line in (data_dir / "gum_news" / "news.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        summary = summarise(row["text"], model="extractive", gate="off")
        entities = [names for entity in row["entities"] if (names := _names(entity))]
        actors += len(summary.actors)
        named += sum(any(_is(actor, names) for names in entities) for actor in summary.actors)
        for names in entities:
            bearers = sum(_is(actor, names) for actor in summary.actors)
            total += 1
            found += bearers > 0
            merged += bearers == 1
    return {
        "entities": total,
        "found": found / total if total else 0.0,
        "merged_of_found": merged / found if found else 0.0,
        "actors": actors,
        "actors_that_are_entities": named / actors if actors else 0.0,
    }


def _names(entity: Mapping[str, object]) -> list[str]:
    """The capitalised mentions of a person, organisation or place that is named at least twice; else none."""
    if entity.get("etype") not in _ACTING or not entity.get("identity"):
        return []
    mentions = entity.get("mentions")
    texts = (
        [str(m.get("text", m) if isinstance(m, Mapping) else m) for m in mentions] if isinstance(mentions, list) else []
    )
    named = [text for text in texts if text[:1].isupper() and len(text.split()) <= 6 and bare_name(text)]
    return sorted(set(named)) if len(named) >= 2 else []


def _is(actor: Actor, names: list[str]) -> bool:
    return max(name_similarity(actor.name, name) for name in names) >= FOUND
