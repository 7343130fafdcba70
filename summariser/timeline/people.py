"""People across documents: full names by how they sound, short ones by whom they fit. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations

from summariser.evidence import text as tx
from summariser.evidence.names_runs import listed
from summariser.timeline import lists
from summariser.timeline.person_names import Person, sounds_alike, sounds_of
from summariser.timeline.sightings import FORMS, Group, Seen

_MOST = 200
"""People of like-sounding names that one is compared with."""


class People:
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
        keys = [*_pairs(who), *((sound,) for sound in who.sounds)]
        for key in dict.fromkeys(keys):
            row = self.by_sound.setdefault(key, [])
            if group not in row[-FORMS:]:
                row.append(group)

    def _full(self, one: Seen, who: Person) -> Group | None:
        found: list[tuple[tuple[int, int, int], Group]] = []
        near = {id(group): group for key in _pairs(who) for group in self.by_sound.get(key, ())}
        for group in list(near.values())[:_MOST]:
            exact = max(_alike(name, who) for name in group.names)
            if not exact or one.source in group.sources or not _one_person(group, one):
                continue
            shared = len(group.role & one.role), len(group.company & one.company)
            script = any(name.foreign != who.foreign for name in group.names)
            if exact == 1 and not script and not any(shared) and not (group.occupations & one.occupations):
                continue  # two spellings need something else in common
            found.append(((min(shared[0], 3), exact, min(shared[1], 3)), group))
        return _best(found)

    def _short(self, one: Seen, who: Person) -> Group | None:
        """The only one who bears the name, where role or company agree, and initial and office do not differ."""
        found = []
        same = []
        for group in self.by_sound.get(who.sounds[:1], ()):
            names = list(group.names)
            if all(len(name.words) == 1 for name in names):
                if names[0].words == who.words and one.source not in group.sources and group.role & one.role:
                    same.append(group)
                continue
            fits = any(
                sounds_alike(word, who.words[0], name.foreign or who.foreign) and _initial_fits(name, word, who)
                for name in names
                for word in name.words
            )
            if fits and _one_rank(group, one) and one.source not in group.sources and _one_person(group, one):
                found.append(group)
        if len(found) != 1:
            return None if found or len(same) != 1 else same[0]
        group = found[0]
        agrees = group.role & one.role or group.occupations & one.occupations or group.company & one.company
        if not agrees and who.initials:
            agrees = group.home & one.home  # an initial that fits says more than a surname
        return group if agrees or group.tells_of(one) else None


def _best(found: Sequence[tuple[tuple[int, int, int], Group]]) -> Group | None:
    """The group with most in common; None where two have equally little: who is meant cannot be told."""
    ranked = sorted(found, key=lambda pair: pair[0], reverse=True)
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        return None
    return ranked[0][1] if ranked else None


def _pairs(who: Person) -> list[tuple[str, ...]]:
    """What people are found by: all of a name, and every two words of it, with hyphens and without."""
    joined = sounds_of(who.joined) if len(who.joined) > 1 else ()
    return [who.sounds, *combinations(sorted(who.sounds), 2), *combinations(sorted(joined), 2)]


def _initial_fits(name: Person, surname: str, who: Person) -> bool:
    """Whether the initials before a surname can be those of a full name: no "J. Smith" is a Karen Smith."""
    firsts = {word[0] for word in name.words if word != surname} | name.initials
    return not who.initials or bool(who.initials & firsts)


@lru_cache(maxsize=1)
def _ranks() -> dict[str, str]:
    return {tx.stem(word): first for word, first in lists.groups("ranks").items()}


def _one_rank(group: Group, one: Seen) -> bool:
    """Whether a surname alone has no office that the group is not told of with: "President Alvarez", a minister."""
    table = _ranks()
    here, there = ({table[word] for word in role if word in table} for role in (group.role, one.role))
    return not here or not there or bool(here & there)


def _alike(one: Person, other: Person) -> int:
    """2 where every word of the shorter name stands in the longer, 1 where it sounds so, else 0."""
    if one.initials and other.initials and not one.initials & other.initials:
        return 0
    if one.joined and other.joined and len(one.words) == len(other.words):  # Min-jun is not Jun-min
        return _words_alike(*(who._replace(words=who.joined, sounds=sounds_of(who.joined)) for who in (one, other)))
    best = _words_alike(one, other)
    if best < 2 and (one.joined or other.joined):
        best = max(best, *(_words_alike(a, b) for a in _written(one) for b in _written(other)))
    return best


def _written(who: Person) -> tuple[Person, ...]:
    if not who.joined:
        return (who,)
    return who, who._replace(words=who.joined, sounds=sounds_of(who.joined))


def _words_alike(one: Person, other: Person) -> int:
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
    nobody else (unless the name has three words, which few bear). Words of a role that few share ("chair of the Sandbox
    Office") outweigh all of them but the second.
    """
    near, far = group.places, one.places
    if near and far and not {code[:2] for code in near} & {code[:2] for code in far}:
        return False
    if _telling_words(group.role) & _telling_words(one.role):
        return True
    here, there = group.occupations, one.occupations
    if here and there and not here & there:
        return False
    if group.company & one.company or not (group.role and one.role):
        return True
    abroad = group.home and one.home and not group.home & one.home
    rare = one.person and len(one.person.words) > 2 and any(name.words == one.person.words for name in group.names)
    if abroad and not rare:
        return False
    at_home = group.home & one.home or group.tells_of(one)
    return bool(here & there or group.role & one.role or at_home)


def _telling_words(role: Iterable[str]) -> set[str]:
    """The words of a role that are not merely "the digital minister"."""
    return set(role) - _common_stems()


@lru_cache(maxsize=1)
def _common_stems() -> frozenset[str]:
    """What roles of many people are made of, as stems."""
    shared = frozenset(lists.occupations()) | lists.words("heads") | listed("titles")
    for name in ("generic", "field_short", "common", "subjects"):
        shared |= lists.words(name)
    return frozenset(tx.stem(word) for word in shared | {"former", "then", "new", "acting", "head", "member"})
