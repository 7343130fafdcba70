"""Whether two milestones of different articles are one event: vetoes first, then points for what agrees. Pure.

Points and threshold were set by hand from what a pair must have: the same day, place, kind and status need some words
in common besides; a month needs about half of the words; without a date the words must nearly say the same.
"""

from __future__ import annotations

from summariser.timeline import instruments as ins
from summariser.timeline.differing import (
    SURE,
    TWICE,
    alike_enough,
    both_known,
    gap,
    identified,
    is_told,
    may_differ,
    one_step,
    open_to_a_third,
)
from summariser.timeline.facts import Facts
from summariser.timeline.lands import LOCAL, foreign
from summariser.timeline.likeness import likeness, subject, unsaid
from summariser.timeline.steps import DONE, ENDED, KIN, Kin, is_once

THRESHOLD = 6.0
_WORDS = 6.0
_DATE = {3: 2.5, 2: 1.4, 1: 0.9, 0: 0.4}
"""Points for dates that agree, by the grain of the coarser one (day, month, quarter, year)."""
_DOUBTFUL = 3.0
"""Points at most where dates differ and words do not make up for it: no pair, but nothing against one either."""
_THIRD = 0.3
"""Likeness from which a third report may bring together two that exclude each other."""
_FIGURES = 1.6
"""Points for two figures in common: one tally, one sum and its share."""
_ABROAD = -2.0
"""Points for what two articles tell of different countries; with another date besides, it is not the same."""
_TELLING, _HALF = 2.0, 0.5
"""Weight of an instrument's name that is its own, and the share of it that two instruments may have in common."""
_SUBJECT = 0.75
"""What a subject in common is worth as likeness."""


def related(one: Facts, other: Facts) -> Kin:
    """How the steps of two milestones are related, what their sentences deny included."""
    kin = KIN[one.step, other.step]
    if kin == "same" or (one.first and other.first):
        return kin
    if denies(one, other) or denies(other, one):
        return "clash"
    planned = {one.step, other.step}
    if "effect" in planned and planned & {"plan", "adopt", "agree"}:  # "is to enter into force", without a date
        blind = one if other.step == "effect" else other
        return "same" if not blind.first and blind.step == "plan" and blind.about_effect else kin
    return kin


def other_chamber(one: Facts, other: Facts) -> bool:
    """Whether two votes are those of two chambers."""
    if one.step != other.step or one.step not in {"chamber", "adopt", "propose"}:
        return False
    here, there = one.chambers, other.chambers
    return len(here) == len(there) == 1 and here != there


def denies(one: Facts, other: Facts) -> bool:
    """Whether an undated report says that what the other reports as done had not been done, and is no older."""
    if one.first or not one.told or other.step not in {"effect", "adopt", "chamber", "establish", "publish"}:
        return False
    return one.told >= (other.first or other.told) > 0 and other.step in one.denied


def judge(one: Facts, other: Facts) -> float | None:
    """Points for two milestones being one event, or None where they cannot be."""
    agree = not (one.first and other.first) or (one.first <= other.last and other.first <= one.last)
    if not agree and one.step != other.step:
        return None
    places = _places(one, other)
    if places is None or (not agree and places <= _ABROAD):
        return None
    kin = related(one, other)
    if kin == "other" or ins.clash(one.serials, other.serials):
        return None
    if agree and not _fits(one, other, kin):
        return None
    if not agree and (kin != "same" or not may_differ(one, other)):
        return None
    named = _names(one, other)
    if named is None or other_chamber(one, other):
        return None
    like = likeness(one, other)
    if not agree:  # an instrument takes the step once, so the subject tells more than the wording
        share, whole = subject(one, other)
        like = max(like, _SUBJECT * (whole if one.step in {"effect", "deadline"} else share))
        if one_step(one, other):
            like, named = max(like, SURE), max(named, 1.0)
        known = identified(one, other, like)
        if not (known or open_to_a_third(one, other)) or both_known(one, other):  # the dear look last
            return None
        if not known:
            return _DOUBTFUL
    denied = denies(one, other) or denies(other, one)
    if kin in {"clash", "jump"} and not (like >= 0.35 and (named > 0 or like >= SURE or denied)):
        return _DOUBTFUL if kin == "clash" and like >= _THIRD else None
    score = _WORDS * like + places + named + _kind(one, other) + (0.7 if kin == "same" or denied else 0.1)
    score += _when(one, other, kin) if agree else gap(one, other)
    score += min(1.0, 0.5 * len(one.actors & other.actors))
    if kin == "same":
        score += min(_FIGURES, 0.5 * _FIGURES * len(one.figures & other.figures))
    if not agree and not alike_enough(one, other, like, named):
        return min(score, _DOUBTFUL)
    if score >= _DOUBTFUL and _names_another(one, other):  # late, because the sentences are many
        return None
    if one.text_language != other.text_language and agree and min(one.grain, other.grain) == 3:
        score += 1.0
    return score


def _fits(one: Facts, other: Facts, kin: Kin) -> bool:
    """Whether two milestones whose dates agree, as far as they have any, can be one by their steps and their time."""
    if one.first and other.first:
        return kin not in {"clash", "jump"} or min(one.grain, other.grain) >= (3 if kin == "jump" else 2)
    return kin != "jump" and (denies(one, other) or denies(other, one) or _near_in_time(one, other, kin))


def _when(one: Facts, other: Facts, kin: Kin) -> float:
    return _DATE[min(one.grain, other.grain)] if one.first and other.first else _undated(one, other, kin)


def same_twice(one: Facts, other: Facts) -> bool:
    """Whether one article reports one step twice, rather than two steps."""
    if KIN[one.step, other.step] != "same" or ins.clash(one.serials, other.serials) or other_chamber(one, other):
        return False
    agree = not (one.first and other.first) or (one.first <= other.last and other.first <= one.last)
    if not agree or one.family != other.family or likeness(one, other) < TWICE:
        return False
    return not (unsaid(one, other) and unsaid(other, one))  # two duties of one day: each has words of its own


def _places(one: Facts, other: Facts) -> float | None:
    """A law of France is not one of Spain; a summit may be told under its host or under the UN."""
    if foreign(one, other):
        return None if LOCAL & {one.family, other.family} or len(one.lands) == len(other.lands) == 1 else _ABROAD
    here, there = one.jurisdictions, other.jurisdictions
    if not here or not there:
        return 0.0
    if here & there:
        return 0.7
    if {code[:2] for code in here} & {code[:2] for code in there}:
        return None if all("-" in code for code in here | there) else -0.5
    return None if LOCAL & {one.family, other.family} else _ABROAD


def _kind(one: Facts, other: Facts) -> float:
    if not one.family or not other.family:
        return 0.0
    if one.family == other.family:
        return 0.5 if one.instrument == other.instrument else 0.3
    return -0.5


def _names(one: Facts, other: Facts) -> float | None:
    """Points for numbered or named instruments; None where both titles name a law, and not the same."""
    if ins.same_number(one.serials, other.serials):
        return 2.0
    if not one.names or not other.names:
        voted = one.step == other.step == "chamber" and one.chambers == other.chambers
        return 0.6 if voted and one.chambers else 0.0
    best, shared = 0.0, 0.0
    for name in one.names:
        for twin in other.names:
            share = ins.overlap(name, twin)
            if share > best or (share == best and shared == 0.0):
                best, shared = share, min(ins.weight(name), ins.weight(twin))
    if best >= 1.0:
        return min(1.2, 0.3 + 0.5 * shared)
    if best > _HALF or one.language != other.language:
        return -1.0 if best > _HALF and one.language == other.language else 0.0  # the Rural and the Urban Data Act
    if any(_tells(name, there) for here, there in ((one, other), (other, one)) for name in here.names):
        return 0.0
    return None if one.family == other.family == "law" else -1.0


def _tells(name: frozenset[str], facts: Facts) -> bool:
    """Whether an article whose title names another instrument speaks of this one: by its name where that is a telling
    one (the Trusted Systems Act "covers automated decisions"), else by its words."""
    if ins.weight(name) < _TELLING:
        return is_told(name, facts)
    return any(ins.overlap(name, twin) > _HALF for twin in facts.cited_names)


def _names_another(one: Facts, other: Facts) -> bool:
    """Whether the cited sentences of two milestones whose titles name no law name one law each, and not the same."""
    if one.names or other.names or one.family != "law" or other.family != "law":
        return False
    if one.text_language != other.text_language or ins.same_number(one.serials, other.serials):
        return False
    here, there = set(one.cited_names), set(other.cited_names)
    if len(here) != 1 or len(there) != 1:
        return False
    name, twin = here.pop(), there.pop()
    return min(ins.weight(name), ins.weight(twin)) >= _TELLING and ins.overlap(name, twin) <= _HALF


def _undated(one: Facts, other: Facts, kin: Kin) -> float:
    """Points where a date is missing: articles of one week report one event, those of different years hardly. Where the
    steps only resemble each other, nothing says that it is the same one."""
    unsure = -2.5 if kin == "near" and not {one.step, other.step} & {"unknown", "expect"} else 0.0
    if one.first or other.first or not one.told or not other.told:
        return unsure - 0.3
    days = abs(one.told - other.told)
    return unsure + (0.5 if days <= 14 else 0.0 if days <= 120 else -1.0)


def _near_in_time(one: Facts, other: Facts, kin: Kin) -> bool:
    """Whether an undated milestone can be the other: not before it happened, and soon after where it can repeat."""
    for blind, seen in ((one, other), (other, one)):
        if blind.first or not blind.told:
            continue
        if seen.first and blind.step in DONE and seen.step in DONE and blind.told < seen.first - 1:
            return False
        when = seen.first or seen.told
        if when and blind.step in {"hold", "consult"} and abs(blind.told - when) > 45:
            return False
        if kin == "clash" and (not when or abs(blind.told - when) > 14):
            return False
    return True


def strange(one: Facts, other: Facts) -> bool:
    """Whether each title is about something of which the other's sentences say nothing. One day for one step that is
    taken once says more than words do."""
    if ins.same_number(one.serials, other.serials):
        return False
    coarse = min(one.grain, other.grain)
    if one.language != other.language or one.text_language != other.text_language:
        return likeness(one, other) < (0.1 if coarse == 3 else 0.15)
    once = one.step == other.step and is_once(one.step, one.instrument)
    if once and (coarse == 3 or (coarse == 2 and one.step in {*ENDED, "effect"})):
        return False
    return all(unsaid(here, there) > 0.6 for here, there in ((one, other), (other, one)))
