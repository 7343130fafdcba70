"""Which form of a name to print."""

from __future__ import annotations

from collections.abc import Sequence

from summariser.timeline.actors import Seen
from summariser.timeline.names import person


def fullest(group: Sequence[Seen]) -> str:
    """The form with most words among the names that the documents print, of these the one of most documents; a person's
    without title where a document has it so."""
    counts: dict[str, int] = {}
    for one in group:
        counts[one.actor.name] = counts.get(one.actor.name, 0) + 1
    return max(sorted(counts), key=lambda name: (_words(name, group[0]), counts[name], -len(name)))


def _words(name: str, one: Seen) -> int:
    if one.person is None:
        return 0 if name.isupper() else 1  # the name before the acronym
    who = person(name)
    return len(who.words) if who else 0
