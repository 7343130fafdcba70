"""What a metric returns, and what each figure means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

Better = Literal["higher", "lower", "neither"]
Group = Literal[
    "key points",
    "actors",
    "milestones",
    "highlights",
    "support",
    "facts",
    "cost",
    "ledger: milestones",
    "ledger: actors",
    "ledger: threads",
    "ledger: conflicts",
]


class Score(BaseModel):
    """One figure of one case.

    `value` is None where it could not be scored (nothing labelled, nothing to divide by), which is not 0; `n` is the
    number of things that it is a share or mean of, and its weight when cases are put together; `why` says what was
    counted, or why nothing was.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    value: float | None
    n: float = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure means. `pooled`: cases weigh by their n (a ratio of sums); else each case counts once."""

    name: str
    title: str
    group: Group
    better: Better
    meaning: str
    pooled: bool = True
    unit: Literal["share", "number", "tokens", "seconds"] = "share"


def share(name: str, hits: float, n: float, nothing: str = "nothing to score") -> Score:
    """`hits` of `n`; not scored where n is 0."""
    return Score(name=name, value=hits / n, n=n, why=f"{hits:g} of {n:g}") if n else unscored(name, nothing)


def f1(
    name: str, right: float, predicted: float, wanted: float, nothing: str = "nothing labelled, nothing said"
) -> Score:
    """F1 of `right` among `predicted` and `wanted`; its n is their sum, so that pooled cases give the micro F1."""
    both = predicted + wanted
    if not both:
        return unscored(name, nothing)
    why = f"{right:g} right, {predicted:g} said, {wanted:g} wanted"
    return Score(name=name, value=2 * right / both, n=both, why=why)


def mean(name: str, values: list[float], nothing: str = "nothing to score") -> Score:
    """The mean of some values; not scored where there is none."""
    if not values:
        return unscored(name, nothing)
    return Score(name=name, value=sum(values) / len(values), n=len(values), why=f"mean of {len(values)}")


def unscored(name: str, why: str) -> Score:
    return Score(name=name, value=None, n=0, why=why)
