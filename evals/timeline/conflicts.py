"""Scores of conflicts: those that are labelled and shown, those shown and not labelled, and what agrees left alone.

A conflict can only be shown where the summaries carry both sides: two dates as the articles give them, two statuses
that differ, two figures in sentences that the milestones cite. Whether they do is a score of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import combinations

from evals.metrics.score import Score, share
from evals.timeline.labels import CompatibleLabel, ConflictLabel, Statement
from evals.timeline.matching import Sight, cites
from summariser.timeline import Conflict, ConflictSide


def conflict_scores(sight: Sight) -> list[Score]:
    labels, shown = sight.one.labels, sight.ledger.conflicts
    within = [label for label in labels.conflicts if carried(sight, label)]
    found = [label for label in within if any(shows(sight, one, label) for one in shown)]
    right = [one for one in shown if any(shows(sight, one, label) for label in labels.conflicts)]
    agreeing = [label for label in labels.not_conflicts if _summarised(sight, label)]
    alone = [label for label in agreeing if not any(sets_apart(sight, one, label) for one in shown)]
    return [
        share("ledger.conflicts_recall", len(found), len(within), "no conflict within reach"),
        share("ledger.conflicts_precision", len(right), len(shown), "no conflict shown"),
        share("ledger.conflicts_reach", len(within), len(labels.conflicts), "no conflict labelled"),
        share("ledger.compatible", len(alone), len(agreeing), "nothing labelled that differs and agrees"),
    ]


def carried(sight: Sight, label: ConflictLabel) -> bool:
    """Whether the summaries carry statements of two sides of a labelled conflict."""
    return any(
        _carried(sight, label, left, right)
        for one, other in combinations(label.sides, 2)
        for left in one
        for right in other
    )


def _carried(sight: Sight, label: ConflictLabel, left: Statement, right: Statement) -> bool:
    places = (label.entry, left.article), (label.entry, right.article)
    if not all(place in sight.milestones for place in places):
        return False
    one, other = (sight.milestones[place] for place in places)
    if label.kind == "date":
        return one.milestone.date == one.label.date and other.milestone.date == other.label.date
    if label.kind == "status":
        return one.milestone.status != other.milestone.status
    return cites(sight, places[0], left.value) and cites(sight, places[1], right.value)


def shows(sight: Sight, conflict: Conflict, label: ConflictLabel) -> bool:
    """Whether a conflict of the ledger is this labelled one: same kind, same event, articles of two sides apart."""
    if conflict.kind != label.kind:
        return False
    sides = [(at, one) for at, side in enumerate(label.sides) for one in side]
    meant = [
        (at, mine) for at, one in sides for mine in conflict.sides if _is(sight, conflict, mine, one, [label.entry])
    ]
    return any(at != to and one.value != other.value for (at, one), (to, other) in combinations(meant, 2))


def sets_apart(sight: Sight, conflict: Conflict, label: CompatibleLabel) -> bool:
    """Whether a conflict of the ledger sets statements against each other that agree.

    Two that agree may well stand in one conflict where a third contradicts both, as the labels then say.
    """
    if conflict.kind != label.kind:
        return False
    rightly = {
        statement.article
        for known in sight.one.labels.conflicts
        if shows(sight, conflict, known)
        for side in known.sides
        for statement in side
    }
    meant = [
        (one.article, mine)
        for one in label.statements
        for mine in conflict.sides
        if _is(sight, conflict, mine, one, label.entries)
    ]
    return any(
        a != b and one.value != other.value and not {a, b} <= rightly for (a, one), (b, other) in combinations(meant, 2)
    )


def _is(sight: Sight, conflict: Conflict, side: ConflictSide, label: Statement, entries: Iterable[str]) -> bool:
    """Whether a side of a conflict is a labelled statement: its article, its event, and for a count its figure."""
    if side.source != label.article:
        return False
    if not any(
        told.entry == conflict.entry
        for entry in entries
        if (told := sight.milestones.get((entry, label.article))) is not None
    ):
        return False
    wanted = digits(label.value)
    return conflict.kind != "count" or not wanted or bool(wanted & digits(side.value))


def _summarised(sight: Sight, label: CompatibleLabel) -> bool:
    """Whether at least two of the statements are in the summaries."""
    there = [
        one for one in label.statements if any((entry, one.article) in sight.milestones for entry in label.entries)
    ]
    return len(there) > 1


def digits(text: str) -> set[str]:
    """The numbers of a text as Latin digits, thousands separators apart: ٩٠ is 90, 1,100 is 1100."""
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in text)
    return {re.sub(r"[,\s]", "", found) for found in re.findall(r"\d+(?:[,\s]\d{3})*(?:\.\d+)?", plain)}
