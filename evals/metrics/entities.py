"""Actors and milestones: found, and right in each slot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from evals.labels import ActorLabel, MilestoneLabel
from evals.matching import Pair, same_role
from evals.metrics.score import Score, f1, share
from evals.metrics.sight import Sight

ROLE_SHARED = 0.5


def actor_scores(sight: Sight) -> Iterator[Score]:
    """Precision, recall, F1; kind and role of those found."""
    labels, actors, pairs = sight.case.labels.actors, sight.summary.actors, sight.actor_pairs
    yield from _found("actors", pairs, labels, len(actors))
    kinds = [actors[pair.predicted].kind == labels[pair.label].kind for pair in pairs]
    yield share("actors.kind", sum(kinds), len(kinds), "no actor matched")
    language = sight.case.language
    roles = [
        same_role(actors[pair.predicted].role, labels[pair.label].role, language) >= ROLE_SHARED
        for pair in pairs
        if labels[pair.label].role
    ]
    yield share("actors.role", sum(roles), len(roles), "no actor with a role matched")


def milestone_scores(sight: Sight) -> Iterator[Score]:
    """Precision, recall, F1; date, jurisdictions, instrument and status of those found."""
    labels, stated, pairs = sight.case.labels.milestones, sight.summary.milestones, sight.milestone_pairs
    yield from _found("milestones", pairs, labels, len(stated))
    both = [(stated[pair.predicted], labels[pair.label]) for pair in pairs]
    slots = {
        "date": [one.date == label.date for one, label in both],
        "jurisdiction": [set(one.jurisdictions) == set(label.jurisdictions) for one, label in both],
        "instrument": [one.instrument in {label.instrument, *label.accept_instruments} for one, label in both],
        "status": [one.status in {label.status, *label.accept_statuses} for one, label in both],
    }
    for slot, right in slots.items():
        yield share(f"milestones.{slot}", sum(right), len(right), "no milestone matched")


def _found(
    what: Literal["actors", "milestones"],
    pairs: Sequence[Pair],
    labels: Sequence[ActorLabel | MilestoneLabel],
    stated: int,
) -> Iterator[Score]:
    """Precision over all labels, recall over the must ones, and an F1 in which `may` ones neither help nor hurt."""
    must = {number for number, label in enumerate(labels) if label.level == "must"}
    right = sum(pair.label in must for pair in pairs)
    extra = len(pairs) - right
    yield share(f"{what}.precision", len(pairs), stated, "none stated")
    yield share(f"{what}.recall", right, len(must), "none labelled as must")
    yield f1(f"{what}.f1", right, stated - extra, len(must))
