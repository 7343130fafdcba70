"""Threads: the entries that are stages of one instrument, in order. Pure.

What makes two entries one thread: the same number or name; else the same subject in the same place; else one article
that speaks of "the bill" where it has but one. Fines, grants and meetings are no stages of what they are about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from summariser.schema import Instrument, Status
from summariser.timeline import instruments as ins
from summariser.timeline import lists
from summariser.timeline.facts import Facts
from summariser.timeline.lands import apart
from summariser.timeline.likeness import subject
from summariser.timeline.merging import identity, told_first
from summariser.timeline.model import Thread
from summariser.timeline.stages import STAGED, Event, in_order
from summariser.timeline.terms import NAME

_CHAINED = STAGED | {"body", "enforcement"}
"""Kinds of which one thing leads to the next: an inquiry to a fine, a plan to an office."""
_ANCHORS = frozenset({"law", "order", "treaty"})
_WINDOW = 12
_ALIKE, _ONE_WORD = 0.5, 0.8
_TELLING = 2.0
"""Weight of a name that is an instrument's own."""
_FEW = 4
"""Mentions of an entry whose words are compared."""


def threads(events: Sequence[Event]) -> list[tuple[Event, ...]]:
    """Groups of two or more events that are stages of one instrument, each in order."""
    staged = [event for event in events if event.is_stage or event.family in _CHAINED - STAGED]
    edges = sorted({*_links(staged), *_spoken_of(staged)}, key=lambda edge: (-edge[0], edge[1], edge[2]))
    home = list(range(len(staged)))
    members = {index: [index] for index in home}
    for _, one, other in edges:
        left, right = home[one], home[other]
        if left == right or not _fit(staged, members[left], members[right]):
            continue
        if len(members[left]) < len(members[right]):
            left, right = right, left
        for index in members[right]:
            home[index] = left
        members[left] += members.pop(right)
    return [in_order([staged[index] for index in group]) for group in members.values() if len(group) > 1]


def _links(events: Sequence[Event]) -> Iterator[tuple[float, int, int]]:
    """(strength, index, index) of entries that share a number, a name or a subject."""
    blocks: dict[object, list[int]] = {}
    for index, event in enumerate(events):
        for key in _keys(event):
            blocks.setdefault(key, []).append(index)
    tried: set[tuple[int, int]] = set()
    for members in blocks.values():
        few = len(members) <= 2 * _WINDOW
        ordered = (
            members if few else sorted(members, key=lambda at: (str(events[at].entry.date or "9"), events[at].entry.id))
        )
        for place, one in enumerate(ordered):
            for other in ordered[place + 1 : None if few else place + 1 + _WINDOW]:
                pair = (one, other) if one < other else (other, one)
                if pair in tried:
                    continue
                tried.add(pair)
                strength = _strength(events[pair[0]], events[pair[1]])
                if strength:
                    yield (strength, *pair)


def _keys(event: Event) -> Iterator[object]:
    for _, digits in event.serials:
        yield digits
    places = sorted(event.places) or ["-"]
    for name in event.names:
        for place in places:
            yield name, place if ins.weight(name) < 1 else ""
    words = sorted({term for facts in event.facts[:_FEW] for term in facts.subject})[:6]
    for place in places:
        yield from ((pair, place) for pair in combinations(words, 2))
        if len(words) == 1 or event.family == "enforcement":
            yield from ((word, place) for word in words)


def _strength(one: Event, other: Event) -> float:
    if not _at_home(one, other) or ins.clash(one.serials, other.serials):
        return 0.0
    if one.is_stage and other.is_stage:
        if ins.same_number(one.serials, other.serials):
            return 4.0
        for name in one.names & other.names:
            if ins.weight(name) >= 1 or (one.places & other.places and one.family == other.family):
                return 2.0 + ins.weight(name)
    if one.family != other.family or one.family not in _CHAINED or not one.places & other.places:
        return 0.0
    if one.names and other.names and one.is_stage:
        return 0.0
    if one.family == "enforcement" and _one_case(one, other):
        return _ALIKE
    pairs = [subject(left, right) for left in one.facts[:_FEW] for right in other.facts[:_FEW]]
    share, whole = max(pair[0] for pair in pairs), max(pair[1] for pair in pairs)
    return max(share if share >= _ALIKE else 0.0, whole if whole >= _ONE_WORD else 0.0)


def _one_case(one: Event, other: Event) -> bool:
    """Whether two steps against somebody name the same one."""
    names = [
        {term for facts in event.facts for term, weight in facts.subject.items() if weight >= NAME}
        for event in (one, other)
    ]
    both = [{term for facts in event.facts for term in facts.subject} for event in (one, other)]
    return bool((names[0] & both[1]) | (names[1] & both[0]))


def _spoken_of(events: Sequence[Event]) -> Iterator[tuple[float, int, int]]:
    """Entries of one article that rest on a sentence about an instrument, or speak of "the act" where it has one."""
    by_source: dict[str, list[tuple[int, Facts]]] = {}
    for index, event in enumerate(events):
        for facts in event.facts:
            by_source.setdefault(facts.source, []).append((index, facts))
    for rows in by_source.values():
        anchors = [(index, facts) for index, facts in rows if facts.family in _ANCHORS and facts.step != "deadline"]
        names = {name for _, facts in anchors for name in facts.names}
        single = len(names) <= 1 and len({serial for _, facts in anchors for serial in facts.serials}) <= 1
        for index, facts in rows if anchors else ():
            if not events[index].is_stage:
                continue
            anchor = _anchor(facts, [row for row in anchors if row[0] != index], single)
            if anchor is not None:
                yield (1.5, min(index, anchor), max(index, anchor))


def _anchor(facts: Facts, anchors: Sequence[tuple[int, Facts]], single: bool) -> int | None:
    if facts.names or facts.serials:
        return None
    cited = {span.sentence for span in facts.milestone.evidence}
    best: tuple[int, int, int] | None = None
    for index, anchor in anchors:
        if not _places_fit(facts.jurisdictions, anchor.jurisdictions):
            continue
        shared = len(cited & {span.sentence for span in anchor.milestone.evidence})
        depends = facts.step in {"effect", "deadline"} or facts.family == anchor.family
        if depends and (shared or (single and lists.says("anaphors", facts.keys))):
            row = (-shared, anchor.number, index)
            best = row if best is None or row < best else best
    return best[2] if best else None


def _places_fit(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one or not other or bool(one & other)


def _at_home(one: Event, other: Event) -> bool:
    """Whether two entries can be of one place: by their codes, where one has none by the countries they are told of."""
    if one.places and other.places:
        return _places_fit(one.places, other.places)
    return not apart(one.lands, other.lands)


def _fit(events: Sequence[Event], left: Sequence[int], right: Sequence[int]) -> bool:
    """Whether nothing in two threads speaks against their being one: numbers, names, places."""
    for one in left[:10]:
        for other in right[:10]:
            here, there = events[one], events[other]
            if ins.clash(here.serials, there.serials) or not _at_home(here, there):
                return False
            ours, theirs = _called(here), _called(there)
            same = any(name <= twin or twin <= name for name in ours for twin in theirs)
            if ours and theirs and not same and not ins.same_number(here.serials, there.serials):
                return False
    return True


def _called(event: Event) -> set[frozenset[str]]:
    """The telling names of an entry's instrument: of its titles, else the only one in its sentences."""
    found = {name for facts in event.facts for name in facts.names if ins.weight(name) >= 1}
    if found:
        return found
    cited = {name for facts in event.facts for name in facts.cited_names if f"#{event.family}" in name}
    return {name for name in cited if ins.weight(name) >= _TELLING} if len(cited) == 1 else set()


def thread_of(events: Sequence[Event]) -> Thread:
    """The thread of these events, which are in order."""
    first = min((facts for event in events for facts in event.facts), key=told_first)
    return Thread(
        id=identity("thread", first.source, first.number, first.milestone.title),
        title=_title(events),
        instrument=_instrument(events),
        jurisdictions=tuple(dict.fromkeys(code for event in events for code in event.entry.jurisdictions)),
        status=_status(events),
        entries=tuple(event.entry.id for event in events),
    )


def _title(events: Sequence[Event]) -> str:
    counts: dict[str, int] = {}
    for event in events:
        for facts in event.facts:
            for words in facts.spelled.values():
                counts[words] = counts.get(words, 0) + 1
    return max(sorted(counts), key=lambda words: counts[words], default=events[0].entry.title)


def _instrument(events: Sequence[Event]) -> Instrument:
    kinds: list[Instrument] = [event.entry.instrument for event in events if event.entry.instrument != "other"]
    return max(sorted(kinds), key=kinds.count, default="other")


def _status(events: Sequence[Event]) -> Status:
    """The furthest that is done; a deadline to come is not."""
    waiting = {"call", "plan", "expect", "deadline"}
    done = [
        event
        for event in events
        if event.facts[0].step not in waiting and event.entry.status not in {"planned", "unknown"}
    ]
    return max(done or events, key=lambda event: (event.stage, str(event.entry.date or ""))).entry.status
