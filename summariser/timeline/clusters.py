"""From pairs to events: the surest pairs first, and no article's two steps ever in one event. Pure, deterministic."""

from __future__ import annotations

from collections.abc import Sequence

from summariser.timeline.blocks import candidates
from summariser.timeline.facts import Facts
from summariser.timeline.likeness import likeness
from summariser.timeline.pairs import THRESHOLD, judge, same_twice, strange
from summariser.timeline.steps import KIN, is_once

Edge = tuple[float, int, int]
"""Points of a pair and the places of its two."""

_NEARLY = 3.4
"""Points from which a pair of dated milestones is one event where nothing else comes near."""
_MARGIN = 1.0
_ALIKE = 0.4
"""Likeness that the reports of a step without a date must have besides."""
_CHECKED = 10
"""Members of each side that a union is checked against."""
_SLACK = 2.0
"""How far below the threshold the mean of all pairs of a union may lie: one bad paraphrase breaks no event."""


def events(facts: Sequence[Facts]) -> list[list[Facts]]:
    """The milestones that are one event each; `facts` in a fixed order (source, number)."""
    edges: list[Edge] = []
    near: list[Edge] = []
    tried: set[int] = set()
    size = len(facts)
    for one, other in candidates(facts):
        pair = one * size + other
        if pair in tried:
            continue
        tried.add(pair)
        left, right = facts[one], facts[other]
        if left.step != right.step and _at_odds(left, right):  # as `judge` has it; most pairs end here
            continue
        if left.source == right.source:
            if same_twice(left, right):
                edges.append((THRESHOLD, one, other))
            continue
        score = judge(left, right)
        if score is not None and score >= _NEARLY - _MARGIN:
            (edges if score >= THRESHOLD else near).append((score, one, other))
    edges += _lone(facts, edges, near)
    edges.sort(key=lambda edge: (-edge[0], edge[1], edge[2]))
    return _joined(facts, edges)


def _at_odds(left: Facts, right: Facts) -> bool:
    """Whether two dated milestones of different steps cannot be one event, by their steps and days alone."""
    if not (left.first and right.first):
        return False
    return left.first > right.last or right.first > left.last or KIN[left.step, right.step] == "other"


def _lone(facts: Sequence[Facts], edges: Sequence[Edge], near: Sequence[Edge]) -> list[Edge]:
    """Pairs below the threshold where neither article has another milestone that comes near, and neither title is about
    something that the other article does not speak of: what is left to be the other's must be the same."""
    best: dict[tuple[int, str], list[float]] = {}
    for score, one, other in [*edges, *near]:
        best.setdefault((one, facts[other].source), []).append(score)
        best.setdefault((other, facts[one].source), []).append(score)
    found: list[Edge] = []
    for score, one, other in near:
        left, right = facts[one], facts[other]
        dated = left.first and right.first and left.first <= right.last and right.first <= left.last
        once = is_once(left.step, left.instrument) and likeness(left, right) >= _ALIKE
        sure = left.step == right.step and (dated or (once and not (left.first and right.first)))
        if score < (_NEARLY if sure else _NEARLY + _MARGIN) or strange(left, right):
            continue
        rows = best[one, facts[other].source], best[other, facts[one].source]
        if all(sum(rival > score - _MARGIN for rival in row) == 1 for row in rows):
            found.append((score, one, other))
    return found


def _joined(facts: Sequence[Facts], edges: Sequence[Edge]) -> list[list[Facts]]:
    home = list(range(len(facts)))
    members = {index: [index] for index in home}
    sources = {index: {facts[index].source} for index in home}
    for _, one, other in edges:
        left, right = home[one], home[other]
        if left == right:
            continue
        if not _allowed(facts, members[left], members[right], sources[left] & sources[right]):
            continue
        if len(members[left]) < len(members[right]):
            left, right = right, left
        for index in members[right]:
            home[index] = left
        members[left] += members.pop(right)
        sources[left] |= sources.pop(right)
    return [
        [facts[index] for index in sorted(group)] for _, group in sorted(members.items(), key=lambda item: min(item[1]))
    ]


def _allowed(facts: Sequence[Facts], left: Sequence[int], right: Sequence[int], shared: set[str]) -> bool:
    """Whether two events can be one: no pair that excludes itself, and enough in common on the whole."""
    if shared:
        ours = [index for index in left if facts[index].source in shared]
        theirs = [index for index in right if facts[index].source in shared]
        for one in ours:
            for other in theirs:
                if facts[one].source == facts[other].source and not same_twice(facts[one], facts[other]):
                    return False
    scores: list[float] = []
    for one in sorted(left)[:_CHECKED]:
        for other in sorted(right)[:_CHECKED]:
            if facts[one].source == facts[other].source:
                continue
            score = judge(facts[one], facts[other])
            if score is None:
                return False
            scores.append(score)
    return not scores or sum(scores) / len(scores) >= THRESHOLD - _SLACK
