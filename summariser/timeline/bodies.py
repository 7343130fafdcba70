"""Bodies, countries and companies across documents. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from summariser.timeline import lists
from summariser.timeline.names import body, telling
from summariser.timeline.sightings import Group, Seen


class Bodies:
    """Bodies, countries and companies, by their words, their place, or their acronym."""

    def __init__(self, groups: list[Group]) -> None:
        self.groups = groups
        self.by_key: dict[object, list[Group]] = {}

    def place(self, one: Seen) -> None:
        keys = list(_keys(one))
        near = {id(group): group for key in keys for group in self.by_key.get(key, ())}
        found = [group for group in near.values() if _one_body(group, one)]
        whole = [group for group in found if group.members[0].body.words == one.body.words]
        found = whole or (found if len(found) == 1 else [group for group in found if not _in_part(group, one)])
        if found:
            group = max(found, key=lambda group: (_exact(group, one), len(group.core & one.places)))
        else:
            group = Group()
            self.groups.append(group)
        for key in keys:
            row = self.by_key.setdefault(key, [])
            if group not in row:
                row.append(group)
        group.add(one)


def _keys(one: Seen) -> Iterable[object]:
    if one.body.whole and one.actor.kind != "person":
        yield "whole", one.body.whole
        return
    for form in (one.actor.name, *one.actor.aliases):
        parts = body(form)
        if form != one.actor.name and not (telling(form) or len(parts.words) > 1):
            continue
        if parts.words:
            yield "words", parts.words
            yield "roots", parts.roots
        if parts.acronym:
            yield "short", parts.acronym
        if parts.generic and form == one.actor.name:
            for word in parts.words & frozenset(lists.groups("bodies").values()):
                yield "head", word
        for letters in parts.initials:
            if len(letters) > 2 or not parts.generic:
                yield "short", letters


def _exact(group: Group, one: Seen) -> int:
    mine = lists.keys_of(one.actor.name)
    return sum(lists.keys_of(member.actor.name) == mine for member in group.members[:3])


def _in_part(group: Group, one: Seen) -> bool:
    """Whether one of two common names is part of the other: "the Chamber" for the Chamber of Deputies."""
    here, there = group.members[0].body, one.body
    return here.generic and there.generic and here.words != there.words


def _one_body(group: Group, one: Seen) -> bool:
    """Whether a name that two documents share (in words, roots or initials) is that of one body."""
    first = group.members[0]
    if (first.body.whole is None) != (one.body.whole is None):
        return False
    if one.body.whole:
        return True
    if one.source in group.sources and not any(
        lists.keys_of(m.actor.name) == lists.keys_of(one.actor.name) for m in group.members
    ):
        return False
    if (first.actor.kind == "person") != (one.actor.kind == "person") and first.body.words != one.body.words:
        return False
    here = frozenset(code for member in group.members[:8] for code in member.body.codes)
    if here and one.body.codes and not here & one.body.codes:
        return False
    loose = first.body.words != one.body.words  # by acronym, alias or root only
    if not (one.body.generic or first.body.generic or loose):
        return True
    mine, theirs = one.body.codes or one.places, here or group.core
    if not (mine and theirs and not mine & theirs) and _stated(group, one):
        return True
    company = bool(group.company & one.company)
    if _in_part(group, one) and not (_within(first, one) and (mine & theirs or company)):
        return False
    if mine and theirs and mine & theirs:
        return True
    at_home = not (group.home and one.home) or bool(group.home & one.home)
    return company and (not (mine and theirs) or at_home)  # where no place tells, the same people must be about


def _stated(group: Group, one: Seen) -> bool:
    """Whether a document of either side gives the other's name as another form, and the form tells who is meant."""
    name = one.actor.name
    forms = {lists.keys_of(form) for form in one.actor.aliases}
    for member in group.members[:8]:
        if lists.keys_of(member.actor.name) in forms and telling(member.actor.name):
            return True
        if telling(name) and lists.keys_of(name) in {lists.keys_of(form) for form in member.actor.aliases}:
            return True
    return False


def _within(one: Seen, other: Seen) -> bool:
    """Whether a name is a shorter form of the other: not the Senate of the Senate Committee on Technology."""
    short, long = sorted((one.body.words, other.body.words), key=len)
    return short <= long and (len(short) > 1 or not (long - short) & lists.words("heads"))
