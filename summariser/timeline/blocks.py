"""Which milestones are worth comparing: those that share a day, a month, a rare word, a number. Linear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from summariser.timeline.facts import Facts

ALL = 300
"""Up to so many milestones, every pair is compared."""
_WINDOW = 10
"""In a block of more, each is compared with so many of its neighbours."""
_RARE = 3
"""Words of a title by which it is looked for: those that fewest titles have."""


def candidates(facts: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    """Pairs of indices, the smaller first; a pair can come more than once."""
    if len(facts) <= ALL:
        yield from combinations(range(len(facts)), 2)
        return
    counts = Counter(term for one in facts for term in one.title if term[0] != "@")
    blocks: dict[object, list[int]] = {}
    for index, one in enumerate(facts):
        for key in _keys(one, counts):
            blocks.setdefault(key, []).append(index)
    for members in blocks.values():
        yield from _pairs(members, facts)


def _keys(one: Facts, counts: Counter[str]) -> Iterator[object]:
    rare = sorted((term for term in one.title if term[0] != "@"), key=lambda term: (counts[term], term))[:_RARE]
    places = sorted(one.jurisdictions) or ["-"]
    if one.grain == 3:
        for place in places:
            yield one.first, place
    if one.grain >= 2 and one.date is not None:
        for term in rare:
            yield one.date[:7], term
        for place in places:
            yield one.date[:7], place, one.family
    yield from combinations(sorted(rare), 2)
    for _, digits in one.serials:
        yield digits, "#"
    for name in one.names:
        yield name, one.step
    for actor in one.actors:
        yield actor, one.step, rare[:1] and rare[0]


def _pairs(members: Sequence[int], facts: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    """All pairs of a small block; of a large one, neighbours in order of date."""
    if len(members) <= 2 * _WINDOW:
        yield from combinations(members, 2)
        return
    ordered = sorted(members, key=lambda index: (facts[index].first, facts[index].step, facts[index].key))
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + _WINDOW]:
            yield (one, other) if one < other else (other, one)
