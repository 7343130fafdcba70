"""Intervals: a bootstrap that draws whole documents, so that claims of one document do not pass as independent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

RESAMPLES = 2000
LEVEL = 0.95
Cell = tuple[float, float]
"""What one document adds to a ratio: numerator and denominator."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A ratio of sums with its interval; `low` and `high` are None where fewer than two documents could be scored."""

    value: float | None
    low: float | None = None
    high: float | None = None
    n: float = 0
    """Sum of the denominators: claims, labels, or documents."""
    documents: int = 0


def estimate(cells: Sequence[Cell], seed: int = 0) -> Estimate:
    """The ratio of sums over documents, with a percentile bootstrap interval clustered by document.

    Cells with denominator 0 are documents that could not be scored: they take no part.
    """
    scored = [cell for cell in cells if cell[1] > 0]
    if not scored:
        return Estimate(None)
    total, weight = (sum(column) for column in zip(*scored, strict=True))
    point = Estimate(total / weight, n=weight, documents=len(scored))
    if len(scored) < 2:
        return point
    low, high = _percentiles(scored, seed)
    return Estimate(point.value, low, high, weight, len(scored))


def _percentiles(cells: Sequence[Cell], seed: int) -> tuple[float, float]:
    import numpy as np

    table = np.asarray(cells, dtype=float)
    draws = np.random.default_rng(seed).integers(0, len(table), size=(RESAMPLES, len(table)))
    sums = table[draws].sum(axis=1)
    low, high = np.quantile(sums[:, 0] / sums[:, 1], [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Difference:
    """How much B is above A on the documents that both were scored on. `sure`: the interval leaves 0 out."""

    value: float | None
    low: float | None = None
    high: float | None = None
    documents: int = 0

    @property
    def sure(self) -> bool:
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def difference(first: Sequence[Cell | None], second: Sequence[Cell | None], seed: int = 0) -> Difference:
    """Paired bootstrap of (B − A): both lists are in the same order of documents, None where one was not scored."""
    import numpy as np

    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a and b and a[1] > 0 and b[1] > 0]
    if not pairs:
        return Difference(None)
    table = np.asarray(pairs, dtype=float)
    totals = table.sum(axis=0)
    value = float(totals[1, 0] / totals[1, 1] - totals[0, 0] / totals[0, 1])
    if len(pairs) < 2:
        return Difference(value, documents=1)
    draws = np.random.default_rng(seed).integers(0, len(table), size=(RESAMPLES, len(table)))
    sums = table[draws].sum(axis=1)
    apart = sums[:, 1, 0] / sums[:, 1, 1] - sums[:, 0, 0] / sums[:, 0, 1]
    low, high = np.quantile(apart, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Difference(value, float(low), float(high), len(pairs))
