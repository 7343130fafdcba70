"""Bodies, countries and companies across documents. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from summariser.evidence import text as tx
from summariser.timeline import lists
from summariser.timeline.names import Body, body, bracketed, telling
from summariser.timeline.sightings import Group, Seen

_MOST = 200
"""Bodies of one key that one is compared with."""


class Bodies:
    """Bodies, countries and companies, by their words, their place, or their acronym."""

    def __init__(self, groups: list[Group]) -> None:
        self.groups = groups
        self.by_key: dict[object, list[Group]] = {}

    def place(self, one: Seen) -> None:
        keys = list(_keys(one))
        near = {id(group): group for key in keys for group in self.by_key.get(key, ())[-_MOST:]}
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
    for form in (one.actor.name, *_others(one)):
        parts = body(form)
        if form != one.actor.name and not (telling(form) or len(parts.words) > 1):
            continue
        if parts.words:
            yield "words", parts.words
            yield "roots", parts.roots
            yield "solid", parts.solid
        if parts.acronym:
            yield "short", parts.acronym
        if parts.generic and form == one.actor.name:
            for word in parts.words & frozenset(lists.groups("bodies").values()):
                yield "head", word
        if form == one.actor.name:
            for word in parts.words & _heads():
                for code in one.home or {""}:
                    yield "part", word, code
            if one.actor.kind == "company" and len(parts.words) < 4:
                yield "firm", _firm(parts)
        for letters in parts.initials:
            if len(letters) > 2 or not parts.generic:
                yield "short", letters


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    """What "the Inspectorate" of an article can be short by, as words of names."""
    table = lists.groups("bodies")
    return frozenset(table.values()) | {table.get(word) or tx.stem(word) for word in lists.words("heads")}


def _others(one: Seen) -> list[str]:
    """The other forms of a name in its article."""
    short = bracketed(one.actor.name)[1]
    return [*one.actor.aliases[:8], *([short] if short else [])]


def _firm(parts: Body) -> frozenset[str]:
    """The words of a company's name without what articles leave out: Loomix Technologies."""
    return parts.words - _trade() or parts.words


@lru_cache(maxsize=1)
def _trade() -> frozenset[str]:
    return frozenset(tx.stem(word) for word in lists.words("trade"))


def _one_firm(group: Group, one: Seen) -> bool:
    """Whether one company has a name and the longer form of it; Loomix Technologies and Loomix Systems are two."""
    rows = [member.body for member in group.members] + [one.body]
    firms = all(member.actor.kind == "company" for member in (*group.members, one))
    return firms and len({_firm(row) for row in rows}) == 1 and len({row.words for row in rows} - {_firm(rows[0])}) < 2


def _exact(group: Group, one: Seen) -> int:
    mine = lists.keys_of(one.actor.name)
    return sum(lists.keys_of(member.actor.name) == mine for member in group.members[:3])


def _in_part(group: Group, one: Seen) -> bool:
    """Whether a common name is part of the other: "the Chamber" for the Chamber of Deputies, "the Authority"."""
    here, there = group.members[0].body, one.body
    if here.words == there.words or here.solid == there.solid:
        return False
    if here.generic and there.generic:
        return True
    return (here.generic and here.words < there.words) or (there.generic and there.words < here.words)


def _linked(group: Group, one: Seen) -> bool:
    """Whether two names are one in other words: an acronym and what it stands for, one root, a form of the article's
    own. That two long names have the same initials says nothing."""
    mine = _forms(one)
    for member in group.members[:8]:
        for here in mine:
            for there in _forms(member):
                if here.words == there.words or here.roots == there.roots or here.solid == there.solid:
                    return True
                if here.acronym and (here.acronym == there.acronym or here.acronym in there.initials):
                    return True
                if there.acronym and there.acronym in here.initials:
                    return True
    return False


def _forms(one: Seen) -> list[Body]:
    """The names of an actor in its article that tell who is meant."""
    others = [body(form) for form in _others(one) if telling(form) or len(body(form).words) > 1]
    return [one.body, *others]


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
    part = _in_part(group, one)
    if loose and _one_firm(group, one):
        return True
    if loose and not part and not _linked(group, one):
        return False
    if not (one.body.generic or first.body.generic or loose):
        return True
    mine, theirs = one.body.codes or one.places, here or group.core
    if not (mine and theirs and not mine & theirs) and _stated(group, one):
        return True
    company = bool(group.company & one.company) or (loose and group.tells_of(one))
    if part and not (_within(first, one) and (mine & theirs or company)):
        return False
    if part and not (first.body.generic and one.body.generic):
        return company and not (mine and theirs and not mine & theirs)
    if mine and theirs and mine & theirs:
        return True
    at_home = not (group.home and one.home) or bool(group.home & one.home)
    return company and (not (mine and theirs) or at_home)  # where no place tells, the same people must be about


def _stated(group: Group, one: Seen) -> bool:
    """Whether a document of either side gives the other's name as another form, and the form tells who is meant."""
    name = one.actor.name
    forms = {lists.keys_of(form) for form in _others(one)}
    for member in group.members[:8]:
        if lists.keys_of(member.actor.name) in forms and telling(member.actor.name):
            return True
        if telling(name) and lists.keys_of(name) in {lists.keys_of(form) for form in _others(member)}:
            return True
    return False


def _within(one: Seen, other: Seen) -> bool:
    """Whether a name is a shorter form of the other: not the Senate of the Senate Committee on Technology."""
    short, long = sorted((one.body.words, other.body.words), key=len)
    more = long - short
    if len(short) == 1:
        return short <= long and not more & lists.words("heads")
    departments = {"ministry", "department"} & long  # a country has one for science; many committees and offices
    return short <= long and (bool(departments) or not short & _subjects() or not more & _subjects())


@lru_cache(maxsize=1)
def _subjects() -> frozenset[str]:
    table = lists.groups("bodies")
    return frozenset(table.get(word) or tx.stem(word) for word in lists.words("subjects") - {"affairs"})
