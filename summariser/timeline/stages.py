"""Entries as stages of an instrument, and the order in which they stand in its thread. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from summariser.timeline.facts import Facts
from summariser.timeline.families import FAMILIES
from summariser.timeline.model import Entry
from summariser.timeline.steps import stage

STAGED = frozenset({"law", "order", "treaty", "soft", "strategy", "declaration", "consultation", ""})
"""Kinds of instrument that go through stages."""


@dataclass(frozen=True, eq=False)
class Event:
    """One entry with the facts of its mentions, as `threads` compares it."""

    entry: Entry
    facts: tuple[Facts, ...]

    @cached_property
    def serials(self) -> frozenset[tuple[str, str]]:
        return frozenset(serial for facts in self.facts for serial in facts.serials)

    @cached_property
    def names(self) -> frozenset[frozenset[str]]:
        """Named instruments of the titles, else of the cited sentences."""
        found = frozenset(name for facts in self.facts for name in facts.names)
        return found or frozenset(name for facts in self.facts for name in facts.quoted_names)

    @cached_property
    def places(self) -> frozenset[str]:
        return frozenset(self.entry.jurisdictions)

    @cached_property
    def lands(self) -> frozenset[str]:
        """The countries that its mentions are told of, whether they have codes or not."""
        return frozenset(land for facts in self.facts for land in facts.lands)

    @cached_property
    def family(self) -> str:
        return FAMILIES.get(self.entry.instrument, "")

    @cached_property
    def is_stage(self) -> bool:
        """Whether it can be a stage of a law, order or plan; a hearing on it is none."""
        if all(facts.step == "hold" for facts in self.facts):
            return False
        return self.family in STAGED or any(facts.step in {"effect", "deadline"} for facts in self.facts)

    @cached_property
    def day(self) -> int:
        """The first day that an article gives at the finest precision; 13 or 14 March, of which the entry leaves March,
        are no 1 March."""
        return min((-facts.grain, facts.first) for facts in self.facts if facts.first)[1]

    @cached_property
    def stage(self) -> float:
        return max(stage(facts.step, facts.status) for facts in self.facts)


def in_order(events: Sequence[Event]) -> tuple[Event, ...]:
    """Dated stages by date (of one day: by legal stage); undated ones before the first that is further along, and
    plans after what had been done when they were told."""
    dated = sorted(
        (event for event in events if event.entry.date),
        key=lambda event: (event.day, event.stage, event.entry.id),
    )
    undated = sorted(
        (event for event in events if not event.entry.date), key=lambda event: (event.stage, event.entry.id)
    )
    for event in undated:
        place = next((at for at, other in enumerate(dated) if other.stage > event.stage), len(dated))
        told = min((facts.told for facts in event.facts if facts.told), default=0)
        if event.entry.status == "planned":
            place = max([place, *(at + 1 for at, other in enumerate(dated) if 0 < _first(other) <= told)])
        dated.insert(place, event)
    return tuple(dated)


def _first(event: Event) -> int:
    return event.entry.date.first.toordinal() if event.entry.date else 0
