"""The fields of an entry from those of its mentions: what they agree on, at the finest precision that they share."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from summariser.schema import DateBasis, PartialDate
from summariser.timeline.facts import Facts, stands
from summariser.timeline.likeness import likeness
from summariser.timeline.model import Entry, Mention
from summariser.timeline.steps import stage

T = TypeVar("T", bound=Hashable)
_NEVER = 10**7
_COMPARED = 12
"""Titles of an event that are compared for the one with most in common."""


def told_first(facts: Facts) -> tuple[int, str, int]:
    """Order of publication, undated articles last."""
    return facts.told or _NEVER, facts.source, facts.number


def identity(*parts: object) -> str:
    """16 hexadecimal digits made from the parts."""
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def entry_id(first: Facts) -> str:
    return identity("entry", first.source, first.number, first.milestone.title)


def merged(event: Sequence[Facts]) -> Entry:
    """The entry of one event, without thread and conflicts."""
    ordered = sorted(event, key=told_first)
    date, basis, words = agreed_date(ordered)
    binding = {facts.milestone.binding for facts in ordered if stands(facts.milestone, "binding")} - {None}
    actors = sorted({actor for facts in ordered for actor in facts.mentioned})
    mentions = tuple(
        Mention(source=f.source, number=f.number, milestone=f.milestone, actors=tuple(sorted(f.mentioned)))
        for f in ordered
    )
    return Entry(
        id=entry_id(ordered[0]),
        title=_title(ordered),
        date=date,
        date_text=words,
        date_basis=basis,
        date_role=_most(ordered, lambda f: f.milestone.date_role if f.date else None),
        jurisdictions=_places(ordered),
        instrument=_most(ordered, lambda f: None if f.instrument == "other" else f.instrument) or "other",
        binding=binding.pop() if len(binding) == 1 else None,
        status=_most(ordered, lambda f: None if f.status == "unknown" else f.status) or "unknown",
        actors=tuple(actors),
        mentions=mentions,
    )


def _title(ordered: Sequence[Facts]) -> str:
    """The title that says most of what the others say; of equals the earliest."""
    rows = ordered[:_COMPARED]
    if len(rows) < 3:
        dated = [facts for facts in rows if facts.milestone.verdict.supported] or rows
        return dated[0].milestone.title
    scores = [sum(likeness(one, other) for other in rows if other is not one) for one in rows]
    return rows[scores.index(max(scores))].milestone.title


def _most(ordered: Sequence[Facts], value: Callable[[Facts], T | None]) -> T | None:
    """What most sources state; of equals the furthest stage, then the earliest."""
    counts: dict[T, set[str]] = {}
    stages: dict[T, float] = {}
    for facts in ordered:
        found = value(facts)
        if found is not None:
            counts.setdefault(found, set()).add(facts.source)
            stages[found] = max(stages.get(found, 0.0), stage(facts.step, facts.status))
    return max(counts, key=lambda found: (len(counts[found]), stages[found]), default=None)


def _places(ordered: Sequence[Facts]) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    for _, code in {(facts.source, code) for facts in ordered for code in facts.jurisdictions}:
        counts[code] += 1
    return tuple(sorted(counts, key=lambda code: (-counts[code], code)))


def agreed_date(ordered: Iterable[Facts]) -> tuple[PartialDate | None, DateBasis, str | None]:
    """The finest date that every dated mention allows, whether an article states it, and the words of the first."""
    dated = [facts for facts in ordered if facts.date is not None]
    if not dated:
        return None, "none", None
    found = max(dated, key=lambda facts: (facts.grain, str(facts.date))).date
    latest, earliest = max(facts.first for facts in dated), min(facts.last for facts in dated)
    if latest > earliest:  # two days of March leave March
        while found and not (found.first.toordinal() <= earliest and latest <= found.last.toordinal()):
            found = coarser(found)
    if found is None:
        return None, "none", None
    exact = [facts for facts in dated if facts.date == found]
    words = next((facts.milestone.date_text for facts in exact if facts.milestone.date_text), None)
    stated = any(facts.milestone.date_basis == "stated" for facts in exact)
    return found, "stated" if stated else "resolved", words


def coarser(date: PartialDate) -> PartialDate | None:
    """The month of a day, the year of a month or quarter, None for a year."""
    if date.day is not None:
        return PartialDate(date[:7])
    return PartialDate(date[:4]) if date.precision != "year" else None
