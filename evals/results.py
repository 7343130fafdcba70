"""The result of a run: every figure of every case and system, as it is written to JSON and read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.metrics import FIGURES, Figure, Score
from evals.stats import Cell, Estimate, estimate
from evals.timeline.figures import LEDGER_FIGURES
from summariser.schema import Summary

EVERY: dict[str, Figure] = FIGURES | LEDGER_FIGURES
"""The figures of summaries and those of ledgers."""


class CaseResult(BaseModel):
    """One case, or one set of articles, answered by one system.

    `error` is set where it crashed: then there is no score and no summary.
    """

    model_config = ConfigDict(extra="forbid")

    slug: str
    system: str
    language: str
    form: str
    seconds: float
    scores: list[Score] = []
    summary: Summary | None = None
    error: str | None = None

    def score(self, figure: str) -> Score | None:
        return next((score for score in self.scores if score.name == figure), None)


class RunResult(BaseModel):
    """A whole run. `provenance`: what answered, for each system. `recordings`: what is wrong with them."""

    model_config = ConfigDict(extra="forbid")

    created: dt.datetime
    systems: list[str]
    cases: list[str]
    provenance: dict[str, str] = {}
    results: list[CaseResult]
    recordings: list[str] = []
    seconds: float = 0.0
    ledger: RunResult | None = None
    """The ledgers of the same run, judged set by set; None where they were not asked for."""

    def of(self, system: str) -> list[CaseResult]:
        return [result for result in self.results if result.system == system]

    @property
    def everywhere(self) -> dict[str, list[CaseResult]]:
        """The results of each system, those on ledgers among them."""
        runs = [self, *([self.ledger] if self.ledger else [])]
        return {system: run.of(system) for run in runs for system in run.systems}

    def crashed(self) -> list[CaseResult]:
        return [result for result in self.results if result.error]


def cell(score: Score | None) -> Cell | None:
    """What a score adds to its figure over all cases; None where it could not be scored."""
    if score is None or score.value is None or score.n <= 0:
        return None
    weight = score.n if EVERY[score.name].pooled else 1.0
    return score.value * weight, weight


def overall(results: Sequence[CaseResult], figure: str, seed: int = 0) -> Estimate:
    """One figure over cases, with its interval clustered by case."""
    cells = [cell(result.score(figure)) for result in results]
    return estimate([one for one in cells if one], seed)


def unscored(results: Sequence[CaseResult], figure: str) -> int:
    """How many cases have no value of a figure, crashed ones among them."""
    return sum(cell(result.score(figure)) is None for result in results)


def load(path: Path) -> RunResult:
    """A run from its JSON file; raises `ValueError` in one line where it is none."""
    try:
        return RunResult.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise ValueError(f"{path}: not the result of a run ({error.error_count()} problems)") from None
