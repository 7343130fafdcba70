"""Whether two milestones with different dates are one event that two articles date differently. Pure."""

from __future__ import annotations

from summariser.timeline import instruments as ins
from summariser.timeline.facts import Facts
from summariser.timeline.likeness import likeness
from summariser.timeline.steps import ENDED, is_once, slip

TWICE = 0.75
"""Likeness from which one article reports one step twice."""
_SLIP = 45
"""Days by which two articles may differ on a step of an instrument that both number or name: a wrong month at most."""
SURE = 0.6
"""Likeness from which words alone identify an event whose dates or outcomes are told differently."""


def may_differ(one: Facts, other: Facts) -> bool:
    """Whether two dates that exclude each other can be two reports of one event, by the size of the gap."""
    assert one.date is not None
    assert other.date is not None
    if one.milestone.date_role == "expected" or other.milestone.date_role == "expected":
        return False
    days = max(one.first, other.first) - min(one.last, other.last)
    if days <= _SLIP and one_step(one, other):
        return True
    if not (is_once(one.step, one.instrument) and is_once(other.step, other.instrument)):
        return days <= 3 and one.grain == other.grain == 3
    if min(one.grain, other.grain) == 3:
        return days <= 10 or slip(one.date, other.date)
    return days <= (92 if min(one.grain, other.grain) > 0 else 366)


def one_instrument(one: Facts, other: Facts) -> bool:
    """Whether two milestones are about one instrument beyond doubt: the same number, nearly the same words, or a name
    that few share and of which the other article has every word ("the law on limits on biometric identification")."""
    if one.serials and other.serials:
        return ins.same_number(one.serials, other.serials)
    at_home = one.jurisdictions & other.jurisdictions
    if at_home and len(one.subject.keys() & other.subject.keys()) > 1 and likeness(one, other) >= TWICE:
        return True
    return any(
        ins.weight(name) >= 2 and is_told(name, there)
        for here, there in ((one, other), (other, one))
        for name in here.names
    )


def is_told(name: frozenset[str], facts: Facts) -> bool:
    """Whether an article has the words of an instrument's name, if not as a name."""
    return all(term in facts.said for term in name if term[0] != "#")


def one_step(one: Facts, other: Facts) -> bool:
    """Whether two milestones are one step of one instrument, which it takes once, whatever their dates.

    A bill is tabled once, signed once, and passed once by a chamber; it comes into force as a whole where no title
    speaks of a part.
    """
    if one.step != other.step or (one.status != other.status and one.step != "effect"):
        return False
    if one.step == "chamber":
        if len(one.chambers) != 1 or one.chambers != other.chambers:
            return False
    elif one.step not in {"propose", "adopt", "effect"}:
        return False
    return one_instrument(one, other) and not (_beyond(one, other) and _beyond(other, one))


def _beyond(here: Facts, there: Facts) -> bool:
    """Whether a title is about something besides its instrument of which the other article does not speak."""
    known = here.stepping
    if ins.same_number(here.serials, there.serials):  # then neither number nor name need be in the other's words
        known |= {term for name in here.names for term in name} | {digits for _, digits in here.serials}
    return any(term not in known and term not in there.said for term in here.subject)


def gap(one: Facts, other: Facts) -> float:
    """Points for two days that differ: near ones speak for one event all the same."""
    days = max(one.first, other.first) - min(one.last, other.last)
    if days > 10 and one_step(one, other):
        return 0.0
    return 0.5 if days <= 3 else 0.0 if days <= 10 else -1.0


def alike_enough(one: Facts, other: Facts, like: float, named: float) -> bool:
    """Whether two reports with different dates say enough of the same: more, the wider the gap."""
    days = max(one.first, other.first) - min(one.last, other.last)
    return like >= (0.35 if days <= 3 else 0.45) and (days <= 10 or named > 0 or like >= SURE)


def both_known(one: Facts, other: Facts) -> bool:
    """Whether an article says that the date was moved, or gives the other's date too: then two dates are no rivals."""
    return one.moved or other.moved or str(other.date) in one.dates or str(one.date) in other.dates


def identified(one: Facts, other: Facts, like: float) -> bool:
    """Whether the words are enough for one event in spite of two dates: an act applies in parts, so they must agree on
    the part, and what ends can end twice."""
    if one.step in {"effect", "deadline"}:
        parts = _beyond(one, other) and _beyond(other, one)  # a long name in common makes no part the other
        return not parts and (like >= TWICE or one_step(one, other))
    return one.step not in ENDED or like >= SURE


def open_to_a_third(one: Facts, other: Facts) -> bool:
    """Whether a report that fits both may bring two together that are not identified: nothing sets them apart but a
    date that one may have wrong."""
    days = max(one.first, other.first) - min(one.last, other.last)
    return one.step == "effect" and days <= _SLIP and not (_beyond(one, other) and _beyond(other, one))
