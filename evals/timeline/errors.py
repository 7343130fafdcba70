"""What is wrong with a ledger, by name: the lines behind the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from evals.timeline.conflicts import carried, sets_apart, shows
from evals.timeline.labels import Statement
from evals.timeline.matching import Place, Sight


def errors(sight: Sight) -> list[str]:
    """One line for each thing that is apart, together, missed or shown wrongly."""
    milestones = {place: told.entry for place, told in sight.milestones.items()}
    either = [frozenset(names) for names in sight.one.labels.either]
    return [
        *_groups("event", milestones, lambda names: any(names <= one for one in either)),
        *_groups("actor", sight.actors, lambda _: False),
        *_conflicts(sight),
    ]


def _groups(what: str, places: Mapping[Place, str], allowed: Callable[[frozenset[str]], bool]) -> Iterator[str]:
    """Labels that are in several places of the ledger, and places that hold several labels."""
    labels: dict[str, dict[str, list[str]]] = {}
    built: dict[str, dict[str, list[str]]] = {}
    for (label, article), found in places.items():
        labels.setdefault(label, {}).setdefault(found, []).append(article)
        built.setdefault(found, {}).setdefault(label, []).append(article)
    for label, parts in labels.items():
        if len(parts) > 1:
            yield f"{what} apart: {label}: " + " | ".join(", ".join(articles) for articles in parts.values())
    for parts in built.values():
        if len(parts) > 1 and not allowed(frozenset(parts)):
            yield f"{what}s together: " + " + ".join(f"{name} ({', '.join(told)})" for name, told in parts.items())


def _conflicts(sight: Sight) -> Iterator[str]:
    labels, shown = sight.one.labels, sight.ledger.conflicts
    for label in labels.conflicts:
        if not any(shows(sight, one, label) for one in shown):
            reach = "missed" if carried(sight, label) else "out of reach"
            sides = " against ".join(_said(side) for side in label.sides)
            yield f"conflict {reach}: {label.kind} of {label.entry}: {sides}"
    for one in shown:
        if not any(shows(sight, one, label) for label in labels.conflicts):
            sides = ", ".join(f"{side.value} ({side.source})" for side in one.sides)
            yield f"conflict not labelled: {one.kind}: {sides}"
    for agreeing in labels.not_conflicts:
        if any(sets_apart(sight, one, agreeing) for one in shown):
            yield f"set apart though they agree: {agreeing.kind}: {_said(agreeing.statements)}: {agreeing.why}"


def _said(statements: Sequence[Statement]) -> str:
    return ", ".join(f"{one.value} ({one.article})" for one in statements)
