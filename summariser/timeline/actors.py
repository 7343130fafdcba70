"""Actors across documents: who is one and the same. Pure; mentions are taken in a fixed order, full names first.

A person is one person where the name is the same and nothing speaks against it: a new office is no second person,
another kind of occupation is ("professor", "minister"), and so is an office of another country. What one document
keeps apart stays apart. Short forms lead to somebody only through the aliases of their own document, or where exactly
one person of the ledger fits and the role agrees. Bodies of common names (a Ministry of Justice) need a country too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from summariser.evidence import text as tx
from summariser.evidence.jurisdiction import codes
from summariser.schema import Actor, Summary
from summariser.timeline import lists
from summariser.timeline.names import Body, Person, body, person, sounds_alike, telling

_FORMS = 8
"""Forms of one name that are compared."""
_MOST = 200
"""People of like-sounding names that one is compared with."""


@dataclass(eq=False)
class Seen:
    """One actor of one document, with what tells it from others."""

    source: str
    number: int
    actor: Actor
    person: Person | None
    body: Body
    role: frozenset[str]
    occupations: frozenset[str]
    places: frozenset[str]
    """Of the role, for a person; of the cited sentences, else of the document's milestones, for a body."""
    home: frozenset[str]
    """Of the document's milestones."""
    company: frozenset[str]
    """Everybody else in the document but countries, by name."""

    @property
    def key(self) -> tuple[str, int]:
        return self.source, self.number


@dataclass(eq=False)
class Group:
    """Mentions that are one actor."""

    members: list[Seen] = field(default_factory=list)
    names: dict[Person, None] = field(default_factory=dict)
    """The forms of a person's name, each once."""
    sources: set[str] = field(default_factory=set)
    role: set[str] = field(default_factory=set)
    occupations: set[str] = field(default_factory=set)
    company: set[str] = field(default_factory=set)
    places: Counter[str] = field(default_factory=Counter)
    home: set[str] = field(default_factory=set)

    def add(self, seen: Seen) -> None:
        self.members.append(seen)
        if seen.person is not None and len(self.names) < _FORMS:
            self.names[seen.person] = None
        self.sources.add(seen.source)
        self.role |= seen.role
        self.occupations |= seen.occupations
        if len(self.company) < 500:
            self.company |= seen.company
        self.places.update(seen.places)
        self.home |= seen.home

    @property
    def core(self) -> frozenset[str]:
        """The places that it is mostly told of with."""
        most = max(self.places.values(), default=0)
        return frozenset(code for code, count in self.places.items() if count * 5 >= most * 2)


def seen_in(source: str, summary: Summary) -> list[Seen]:
    """The actors of one summary, taken apart."""
    found: list[Seen] = []
    countries = {actor.name for actor in summary.actors if body(actor.name).whole}
    at_home = frozenset(code for milestone in summary.milestones for code in milestone.jurisdictions)
    names = frozenset(lists.keys_of(actor.name) for actor in summary.actors if actor.name not in countries)
    for number, actor in enumerate(summary.actors):
        who = _person_of(actor)
        words = [token.key for token in tx.tokens(actor.role or "") if token.is_word]
        role = {tx.stem(key) for key in words if key not in tx.stopwords("en") and key not in lists.words("links")}
        known = [*words, *(who.title if who else ())]
        occupations = frozenset(kind for key in known for kind in lists.occupations().get(key, ()))
        if who is not None:
            places = codes(actor.role or "")
        else:
            places = codes(" ".join(span.quote for span in actor.evidence[:3])) or at_home
        found.append(
            Seen(
                source=source,
                number=number,
                actor=actor,
                person=who,
                body=body(actor.name),
                role=frozenset(role) | frozenset(tx.stem(key) for key in (who.title if who else ())),
                occupations=occupations,
                places=places,
                home=at_home,
                company=names - {lists.keys_of(actor.name)},
            )
        )
    return found


def _person_of(actor: Actor) -> Person | None:
    """The fullest form of a person's name in the document; None for what is no named person."""
    if actor.kind != "person":
        return None
    forms = [found for form in (actor.name, *actor.aliases) if (found := person(form)) is not None]
    if not forms or person(actor.name) is None:
        return None
    best = max(forms, key=lambda form: len(form.words))
    return best._replace(title=frozenset(word for form in forms for word in form.title))


def resolve(seen: Iterable[Seen]) -> list[list[Seen]]:
    """The actors: each as its mentions, in the order in which they were found."""
    groups: list[Group] = []
    people, others = _People(groups), _Others(groups)
    ordered = sorted(seen, key=lambda one: (-len(one.person.words) if one.person else 0, one.key))
    for one in ordered:
        (people if one.person else others).place(one)
    return [group.members for group in groups]


class _People:
    """People by every pair of words of their names, as these sound."""

    def __init__(self, groups: list[Group]) -> None:
        self.groups = groups
        self.by_sound: dict[tuple[str, ...], list[Group]] = {}

    def place(self, one: Seen) -> None:
        assert one.person is not None
        group = self._full(one, one.person) if len(one.person.words) > 1 else self._short(one, one.person)
        if group is None:
            group = Group()
            self.groups.append(group)
        if one.person not in group.names:
            self._file(one.person, group)
        group.add(one)

    def _file(self, who: Person, group: Group) -> None:
        keys = [who.sounds, *combinations(sorted(who.sounds), 2), *((sound,) for sound in who.sounds)]
        for key in dict.fromkeys(keys):
            row = self.by_sound.setdefault(key, [])
            if group not in row[-_FORMS:]:
                row.append(group)

    def _full(self, one: Seen, who: Person) -> Group | None:
        found: list[tuple[tuple[int, int, int], Group]] = []
        keys = [who.sounds, *combinations(sorted(who.sounds), 2)]
        near = {id(group): group for key in keys for group in self.by_sound.get(key, ())}
        for group in list(near.values())[:_MOST]:
            exact = max(_alike(name, who) for name in group.names)
            if not exact or one.source in group.sources or not _one_person(group, one):
                continue
            shared = len(group.role & one.role), len(group.company & one.company)
            if exact == 1 and not any(shared) and not (group.occupations & one.occupations):
                continue  # two spellings need something else in common
            found.append(((min(shared[0], 3), exact, min(shared[1], 3)), group))
        return _best(found)

    def _short(self, one: Seen, who: Person) -> Group | None:
        """The only one who bears the name, where role or company agree."""
        found = []
        same = []
        for group in self.by_sound.get(who.sounds[:1], ()):
            names = list(group.names)
            if all(len(name.words) == 1 for name in names):
                if names[0].words == who.words and one.source not in group.sources and group.role & one.role:
                    same.append(group)
                continue
            fits = any(
                sounds_alike(word, who.words[0], name.foreign or who.foreign) for name in names for word in name.words
            )
            if fits and one.source not in group.sources and _one_person(group, one):
                found.append(group)
        if len(found) != 1:
            return None if found or len(same) != 1 else same[0]
        group = found[0]
        agrees = group.role & one.role or group.occupations & one.occupations or group.company & one.company
        return group if agrees else None


def _best(found: Sequence[tuple[tuple[int, int, int], Group]]) -> Group | None:
    """The group with most in common; None where two have equally little: who is meant cannot be told."""
    ranked = sorted(found, key=lambda pair: pair[0], reverse=True)
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        return None
    return ranked[0][1] if ranked else None


def _alike(one: Person, other: Person) -> int:
    """2 where every word of the shorter name stands in the longer, 1 where it sounds so, else 0."""
    if one.words == other.words:
        return 2
    short, long = (one, other) if len(one.words) <= len(other.words) else (other, one)
    if len(short.words) < 2:
        return 0
    if set(short.words) <= set(long.words):
        return 2
    if not set(short.sounds) <= set(long.sounds):
        return 0
    foreign = one.foreign != other.foreign
    return int(all(any(sounds_alike(word, twin, foreign) for twin in long.words) for word in short.words))


def _one_person(group: Group, one: Seen) -> bool:
    """Whether nothing speaks against it that two mentions of a name are one person.

    Against it: other kinds of occupation, offices of other countries, or articles on other countries that share
    nobody else. Words of a role that few share ("chair of the Sandbox Office") outweigh all of them but the second.
    """
    near, far = group.places, one.places
    if near and far and not {code[:2] for code in near} & {code[:2] for code in far}:
        return False
    if _telling_words(group.role) & _telling_words(one.role):
        return True
    here, there = group.occupations, one.occupations
    if here and there and not here & there:
        return False
    abroad = group.home and one.home and not group.home & one.home
    return not (abroad and group.role and one.role and not group.company & one.company)


def _telling_words(role: Iterable[str]) -> set[str]:
    """The words of a role that are not merely "the digital minister"."""
    return set(role) - _common_stems()


@lru_cache(maxsize=1)
def _common_stems() -> frozenset[str]:
    """What roles of many people are made of, as stems."""
    shared = frozenset(lists.occupations()) | lists.words("heads")
    for name in ("generic", "field_short", "common", "subjects"):
        shared |= lists.words(name)
    return frozenset(tx.stem(word) for word in shared | {"former", "then", "new", "acting"})


class _Others:
    """Bodies, countries and companies, by their words, their place, or their acronym."""

    def __init__(self, groups: list[Group]) -> None:
        self.groups = groups
        self.by_key: dict[object, list[Group]] = {}

    def place(self, one: Seen) -> None:
        keys = list(_keys(one))
        near = {id(group): group for key in keys for group in self.by_key.get(key, ())}
        found = [group for group in near.values() if _one_body(group, one)]
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
        for letters in parts.initials:
            if len(letters) > 2 or not parts.generic:
                yield "short", letters


def _exact(group: Group, one: Seen) -> int:
    mine = lists.keys_of(one.actor.name)
    return sum(lists.keys_of(member.actor.name) == mine for member in group.members[:3])


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
    if mine and theirs:
        return bool(mine & theirs) or (not one.body.generic and bool(group.company & one.company))
    return bool(group.company & one.company)  # where no place tells, the same people must be about
