"""Actors across documents: who is one and the same. Pure; mentions are taken in a fixed order, full names first.

A person is one person where the name is the same and nothing speaks against it: a new office is no second person,
another kind of occupation is ("professor", "minister"), and so is an office of another country. What one document
keeps apart stays apart. Short forms lead to somebody only through the aliases of their own document, or where exactly
one person of the ledger fits and the role agrees. Bodies of common names (a Ministry of Justice) need a country too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summariser.schema import ActorKind
from summariser.timeline.bodies import Bodies
from summariser.timeline.merging import identity
from summariser.timeline.model import ActorEntry, ActorMention, StatedRole
from summariser.timeline.people import People
from summariser.timeline.person_names import person
from summariser.timeline.sightings import Group, Seen


def resolve(seen: Iterable[Seen]) -> list[list[Seen]]:
    """The actors: each as its mentions, in the order in which they were found."""
    groups: list[Group] = []
    people, others = People(groups), Bodies(groups)
    ordered = sorted(seen, key=lambda one: (-len(one.person.words) if one.person else 0, one.key))
    for one in ordered:
        (people if one.person else others).place(one)
    return [group.members for group in groups]


def actor_entry(group: Sequence[Seen]) -> ActorEntry:
    """One actor from its mentions, which are in order of publication."""
    name = _fullest(group)
    forms = {form for one in group for form in (one.actor.name, *one.actor.aliases)}
    roles: dict[str, list[str]] = {}
    for one in group:
        if one.actor.role:
            rows = roles.setdefault(one.actor.role, [])
            if one.source not in rows:
                rows.append(one.source)
    kinds: list[ActorKind] = [one.actor.kind for one in group if one.actor.kind != "other"]
    first = group[0]
    return ActorEntry(
        id=identity("actor", first.source, first.number, first.actor.name),
        name=name,
        aliases=tuple(sorted(forms - {name})),
        kind=max(sorted(set(kinds)), key=kinds.count, default="other"),
        roles=tuple(StatedRole(role=role, sources=tuple(rows)) for role, rows in roles.items()),
        mentions=tuple(ActorMention(source=one.source, number=one.number, actor=one.actor) for one in group),
    )


def _fullest(group: Sequence[Seen]) -> str:
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
