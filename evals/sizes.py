"""How large the cases are: counted, never typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evals.cases import Case


def sizes(cases: Sequence[Case]) -> list[tuple[str, str]]:
    """Lines of the data card: what there is of each kind."""
    labels = [case.labels for case in cases]
    points = [point for one in labels for point in one.key_points]
    actors = [actor for one in labels for actor in one.actors]
    milestones = [milestone for one in labels for milestone in one.milestones]
    words = [case.document.words for case in cases]
    return [
        ("cases", split(Counter(one.basis for one in labels))),
        ("languages", split(Counter(case.language for case in cases))),
        ("words", f"{sum(words):,}, from {min(words):,} to {max(words):,} an article" if words else "0"),
        ("sentences", f"{sum(len(case.document.sentences) for case in cases):,}"),
        ("key points", split(Counter(point.level for point in points))),
        ("nuggets", split(Counter(nugget.level for point in points for nugget in point.nuggets))),
        ("actors", split(Counter(actor.kind for actor in actors))),
        ("milestones", split(Counter(milestone.level for milestone in milestones))),
        ("of them undated", str(sum(milestone.date is None for milestone in milestones))),
        ("reference highlights", str(sum(len(one.highlights) for one in labels))),
        ("traps", split(Counter(item.why for one in labels for item in one.forbidden))),
    ]


def split(counts: Counter[str]) -> str:
    """A count by kind: ``61: en 55, fr 3``."""
    parts = ", ".join(f"{name} {count}" for name, count in counts.most_common())
    return f"{counts.total()}: {parts}" if len(counts) > 1 else f"{counts.total()} {parts.rpartition(' ')[0]}".strip()
