"""How much two milestones say the same. Pure."""

from __future__ import annotations

from summariser.timeline.facts import Facts


def likeness(one: Facts, other: Facts) -> float:
    """How much two milestones say the same, 0 to 1: shared terms of the titles, and each title's terms in the other's
    quotes. Across languages by cognates."""
    if one.language != other.language or one.text_language != other.text_language:
        return _likeness_abroad(one, other)
    small, large = (one.title, other.title) if len(one.title) <= len(other.title) else (other.title, one.title)
    shared = covered = covering = 0.0
    for term, weight in small.items():
        if term in large:
            shared += min(weight, large[term])
    for term, weight in one.title.items():
        if term in other.said:
            covered += weight
    for term, weight in other.title.items():
        if term in one.said:
            covering += weight
    return max(2 * shared / (one.mass + other.mass), 0.45 * (covered / one.mass + covering / other.mass))


def _likeness_abroad(one: Facts, other: Facts) -> float:
    """By numbers, names and words of one root; what a translation can keep is less, so it counts for more."""
    score = 0.0
    for here, there in ((one, other), (other, one)):
        known = here.cognates
        mass = max(2.5, sum(known.values()))
        score += sum(weight for term, weight in known.items() if term in there.said_cognates) / mass
    return min(1.0, 0.7 * score)


def subject(one: Facts, other: Facts) -> tuple[float, float]:
    """How much of what two titles are about is the same, whatever becomes of it: as a share of the shorter and of both.
    A single word is a subject where there is nothing else."""
    shared = one.subject.keys() & other.subject.keys()
    if not shared:
        return 0.0, 0.0
    common = sum(min(one.subject[term], other.subject[term]) for term in shared)
    here, there = sum(one.subject.values()), sum(other.subject.values())
    return common / max(2.0, min(here, there)) if len(shared) > 1 else 0.0, 2 * common / (here + there)


def unsaid(here: Facts, there: Facts) -> float:
    """The share of a title's subject that the other's sentences do not have."""
    whole = sum(here.subject.values())
    return sum(weight for term, weight in here.subject.items() if term not in there.said) / whole if whole else 0.0
