"""The figures: each metric is a pure function of a case and an output, and returns `Score`s."""

from __future__ import annotations

from evals.metrics.entities import actor_scores, milestone_scores
from evals.metrics.figures import FIGURES
from evals.metrics.highlights import highlight_scores
from evals.metrics.points import point_scores
from evals.metrics.score import Figure, Score
from evals.metrics.sight import Sight
from evals.metrics.support import cost_scores, fact_scores, support_scores

__all__ = ["FIGURES", "Figure", "Score", "Sight", "all_scores"]


def all_scores(sight: Sight, seconds: float = 0.0) -> list[Score]:
    """Every figure of one output, in the order of `FIGURES`."""
    return [
        *point_scores(sight),
        *actor_scores(sight),
        *milestone_scores(sight),
        *highlight_scores(sight),
        *support_scores(sight),
        *fact_scores(sight),
        *cost_scores(sight, seconds),
    ]
