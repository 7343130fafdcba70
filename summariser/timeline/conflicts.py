"""What the articles of one entry say that cannot all be so: dates, statuses, counts. Shown, never settled. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from summariser.schema import Span
from summariser.timeline.counts import contradictions
from summariser.timeline.facts import Facts
from summariser.timeline.merging import identity
from summariser.timeline.model import Conflict, ConflictKind, ConflictSide
from summariser.timeline.pairs import denies, related
from summariser.timeline.steps import stage


def conflicts_of(entry: str, event: Sequence[Facts]) -> list[Conflict]:
    """The conflicts of one entry, by kind and subject."""
    if len({facts.source for facts in event}) < 2:
        return []
    found = [*_dates(entry, event), *_statuses(entry, event), *_counts(entry, event)]
    return sorted(found, key=lambda conflict: (conflict.kind, conflict.about, conflict.id))


def _conflict(kind: ConflictKind, entry: str, about: str, sides: Iterable[ConflictSide]) -> Conflict:
    ordered = tuple(
        sorted(set(sides), key=lambda side: (side.value, str(side.published or "9999"), side.source, side.quote.start))
    )
    mark = [f"{side.value}@{side.source}:{side.quote.start}" for side in ordered]
    return Conflict(id=identity(kind, about, *mark), kind=kind, entry=entry, about=about, sides=ordered)


def _side(value: str, span: Span, facts: Facts) -> ConflictSide:
    return ConflictSide(value=value, quote=span, source=facts.source, published=facts.published)


def _dates(entry: str, event: Sequence[Facts]) -> Iterator[Conflict]:
    dated = [facts for facts in event if facts.date is not None and facts.milestone.evidence]
    sides: dict[tuple[str, int], Facts] = {}
    for one, other in combinations(dated, 2):
        if (one.first > other.last or other.first > one.last) and one.source != other.source:
            sides[one.key] = one
            sides[other.key] = other
    if sides:
        about = next((f.milestone.date_role for f in sides.values() if f.milestone.date_role), None) or ""
        yield _conflict("date", entry, about, (_side(str(f.date), _dating(f), f) for f in sides.values()))


def _dating(facts: Facts) -> Span:
    """The cited sentence that has the words of the date, else the first."""
    words = facts.milestone.date_text
    spans = facts.milestone.evidence
    return next((span for span in spans if words and words in span.quote), spans[0])


def _statuses(entry: str, event: Sequence[Facts]) -> Iterator[Conflict]:
    sides: dict[tuple[str, int], Facts] = {}
    for one, other in combinations([facts for facts in event if facts.milestone.evidence], 2):
        if one.source != other.source and _exclude(one, other):
            sides[one.key] = one
            sides[other.key] = other
    if sides:
        yield _conflict("status", entry, "", (_standing(f, sides.values()) for f in sides.values()))


def _exclude(one: Facts, other: Facts) -> bool:
    """Whether two statuses cannot both hold: outcomes that exclude each other, or a later article that is behind."""
    kin = related(one, other)
    if kin == "clash":
        return not _foretold(one, other) and not _foretold(other, one)
    if kin != "jump":
        return False
    if one.published is None or other.published is None:
        return True
    early, late = (one, other) if one.published.last < other.published.first else (other, one)
    if early.published is not None and late.published is not None and early.published.last >= late.published.first:
        return True
    return stage(early.step, early.status) > stage(late.step, late.status)


def _foretold(one: Facts, other: Facts) -> bool:
    """Whether one denies only what the other had announced: a plan that was not kept is no contradiction."""
    return denies(one, other) and other.status in {"planned", "announced", "called_for"}


def _standing(facts: Facts, sides: Iterable[Facts]) -> ConflictSide:
    """The status of an article, or which of the others' it denies."""
    for other in sides:
        if denies(facts, other):
            done = "in_force" if other.step == "effect" else other.status
            return _side(f"not {done}", facts.denied[other.step], facts)
    return _side(facts.status, _stating(facts), facts)


def _stating(facts: Facts) -> Span:
    """The cited sentence whose words bear the status out, as the verifier has them, else the first."""
    verdict = facts.milestone.fields.get("status")
    words = [match.source for match in verdict.matches if match.kind == "status"] if verdict else []
    spans = facts.milestone.evidence
    return next((span for span in spans if any(word in span.quote for word in words)), spans[0])


def _counts(entry: str, event: Sequence[Facts]) -> Iterator[Conflict]:
    for counts in contradictions(event):
        about = min((count.about for count in counts), key=lambda words: (len(words), words))
        yield _conflict("count", entry, about, (_side(count.words, count.span, count.facts) for count in counts))
