"""The figures of a perfect output, and seeded damage to it: each must lower the figure that names it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evals.cases import Case
from evals.metrics import FIGURES, Sight, all_scores
from summariser.schema import SUPPORTED, Actor, Highlight, KeyPoint, Milestone, PartialDate, Summary
from tests.evals.made import perfect, summary_of


def figures(case: Case, summary: Summary, asked: int = 2) -> dict[str, float | None]:
    return {score.name: score.value for score in all_scores(Sight(case, summary, asked))}


def test_every_figure_is_scored_and_explained(case):
    scores = all_scores(Sight(case, perfect(case), 2))
    assert [score.name for score in scores] == [*FIGURES]
    assert all(score.why for score in scores)


def test_a_perfect_output_scores_one(case):
    found = figures(case, perfect(case))
    best = {name for name, figure in FIGURES.items() if figure.better == "higher" and figure.unit == "share"}
    short = {name: found[name] for name in best if found[name] != pytest.approx(1.0)}
    assert short == {}
    for name in ("highlights.redundancy", "support.forbidden", "support.furniture"):
        assert found[name] == 0.0


def test_an_empty_output_scores_nothing_found_and_leaves_shares_of_nothing_open(case):
    found = figures(case, summary_of(case.document))
    assert found["points.recall_must"] == found["actors.f1"] == found["milestones.f1"] == 0.0
    assert found["points.f1"] == found["highlights.coverage"] == 0.0
    assert found["points.grounded"] is None
    assert found["milestones.date"] is None
    assert found["support.rate"] is None


def change_first(kind: str, /, **change: object) -> Callable[[Summary], Summary]:
    def damage(summary: Summary) -> Summary:
        items = list(getattr(summary, kind))
        items[0] = items[0].model_copy(update=change)
        return summary.model_copy(update={kind: tuple(items)})

    return damage


def drop_first(kind: str) -> Callable[[Summary], Summary]:
    return lambda summary: summary.model_copy(update={kind: getattr(summary, kind)[1:]})


def duplicate_first(kind: str) -> Callable[[Summary], Summary]:
    return lambda summary: summary.model_copy(update={kind: (*getattr(summary, kind), getattr(summary, kind)[0])})


def shift_evidence(summary: Summary) -> Summary:
    """Every key point cites the sentence of the next."""
    moved = [point.evidence for point in (*summary.key_points[1:], summary.key_points[0])]
    shifted = tuple(p.model_copy(update={"evidence": e}) for p, e in zip(summary.key_points, moved, strict=True))
    return summary.model_copy(update={"key_points": shifted})


def swap_roles(summary: Summary) -> Summary:
    one, other, *rest = summary.actors
    swapped = (one.model_copy(update={"role": other.role}), other.model_copy(update={"role": one.role}), *rest)
    return summary.model_copy(update={"actors": swapped})


def invent_actor(summary: Summary) -> Summary:
    nobody = Actor(name="Quillon Dynamics", kind="company", evidence=(), verdict=SUPPORTED)
    return summary.model_copy(update={"actors": (*summary.actors, nobody)})


def invent_milestone(summary: Summary) -> Summary:
    nothing = Milestone(title="Treaty on moon mining signed", date=PartialDate("2019"), evidence=(), verdict=SUPPORTED)
    return summary.model_copy(update={"milestones": (*summary.milestones, nothing)})


def say_background(summary: Summary) -> Summary:
    said = KeyPoint(text="Portugal is a member of the EU.", evidence=summary.key_points[0].evidence, verdict=SUPPORTED)
    return summary.model_copy(update={"key_points": (*summary.key_points, said)})


def cite_furniture(summary: Summary) -> Summary:
    """A highlight rests on the caption, which no sentence of the document need hold."""
    text = summary.document.text
    start = text.index("Picture:")
    quote = text[start:].rstrip()
    span = (
        summary.key_points[0].evidence[0].model_copy(update={"start": start, "end": start + len(quote), "quote": quote})
    )
    said = Highlight(text="The chamber stood ready before the vote.", evidence=(span,), verdict=SUPPORTED)
    return summary.model_copy(update={"highlights": (*summary.highlights, said)})


DAMAGE = {
    "drop a must point": (drop_first("key_points"), "points.recall_must", "points.nuggets_must"),
    "drop a point": (drop_first("key_points"), "points.recall_all", "points.f1"),
    "change a number": (
        change_first(
            "key_points", text="Portugal's parliament passed the Algorithm Register Act on Tuesday by 181 votes to 97."
        ),
        "points.recall_must",
        "points.nuggets_must",
        "points.grounded",
        "support.rate",
    ),
    "negate": (
        change_first(
            "key_points",
            text="Portugal's parliament has not passed the Algorithm Register Act on Tuesday by 118 votes to 97.",
        ),
        "points.recall_must",
        "points.grounded",
    ),
    "shift evidence": (shift_evidence, "points.grounded", "support.rate"),
    "drop an actor": (drop_first("actors"), "actors.recall", "actors.f1"),
    "invent an actor": (invent_actor, "actors.precision", "actors.f1"),
    "duplicate an actor": (duplicate_first("actors"), "actors.precision", "actors.f1"),
    "wrong kind": (change_first("actors", kind="company"), "actors.kind"),
    "swap roles": (swap_roles, "actors.role"),
    "drop a milestone": (drop_first("milestones"), "milestones.recall", "milestones.f1"),
    "invent a milestone": (invent_milestone, "milestones.precision", "milestones.f1"),
    "duplicate a milestone": (duplicate_first("milestones"), "milestones.precision", "milestones.f1"),
    "shift a date": (change_first("milestones", date=PartialDate("2027-03-03")), "milestones.date"),
    "coarsen a date": (change_first("milestones", date=PartialDate("2026-03")), "milestones.date"),
    "wrong place": (change_first("milestones", jurisdictions=("ES",)), "milestones.jurisdiction"),
    "wrong instrument": (change_first("milestones", instrument="treaty"), "milestones.instrument"),
    "wrong status": (change_first("milestones", status="proposed"), "milestones.status"),
    "drop a highlight": (drop_first("highlights"), "highlights.coverage", "highlights.count", "highlights.rouge1"),
    "overlong highlight": (
        change_first("highlights", text="Portugal's parliament passed the Algorithm Register Act " + "and so on " * 12),
        "highlights.length",
    ),
    "scramble a highlight": (
        change_first("highlights", text="97 to votes 118 by Act Register Algorithm the passed Parliament."),
        "highlights.rouge2",
        "highlights.rougeL",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_lowers_the_figure_that_names_it(case, name):
    damage, *named = DAMAGE[name]
    good = perfect(case)
    before, after = figures(case, good), figures(case, damage(good))
    for figure in named:
        assert after[figure] is not None, figure
        assert after[figure] < before[figure], figure


@pytest.mark.parametrize(
    ("damage", "figure"),
    [
        (duplicate_first("highlights"), "highlights.redundancy"),
        (say_background, "support.forbidden"),
        (cite_furniture, "support.furniture"),
    ],
)
def test_damage_raises_the_figure_that_counts_faults(case, damage, figure):
    good = perfect(case)
    assert figures(case, damage(good))[figure] > figures(case, good)[figure]


def test_evidence_that_is_taken_away_shows(case):
    good = perfect(case)
    bare = good.model_copy(
        update={"key_points": tuple(point.model_copy(update={"evidence": ()}) for point in good.key_points)}
    )
    assert figures(case, bare)["support.cited"] < 1.0
    # Without evidence a statement is held against the sentences closest to it: what is true stays supported.
    assert figures(case, bare)["points.grounded"] == 1.0


def test_an_accepted_status_is_no_error(case):
    good = change_first("milestones", status="passed_chamber")(perfect(case))
    assert figures(case, good)["milestones.status"] == 1.0


def test_a_may_actor_helps_and_hurts_nobody(case):
    good = perfect(case)
    without = good.model_copy(update={"actors": good.actors[:2]})
    assert figures(case, without)["actors.f1"] == figures(case, good)["actors.f1"] == 1.0


def test_document_facts_are_held_against_the_labels(case):
    good = perfect(case)
    wrong = good.model_copy(update={"document": good.document.model_copy(update={"title": "Something else"})})
    assert figures(case, wrong)["facts.right"] < figures(case, good)["facts.right"]
