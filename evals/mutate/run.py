"""Hold the verifier against claims that are known to be true and claims that are known to be wrong."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from evals.cases import Case
from evals.mutate import facts, fields, names, wording
from evals.mutate.claims import Claim, Mutant, World, true_claims
from evals.verdicts import verdict_on
from summariser import SummariserError
from summariser.schema import Reason, VerdictStatus

Maker = Callable[[Claim, World, random.Random], Iterator[Mutant]]

MAKERS: tuple[Maker, ...] = (
    facts.wrong_numbers,
    facts.wrong_units,
    facts.wrong_dates,
    fields.wrong_milestone_dates,
    names.invented_names,
    names.swapped_names,
    names.swapped_roles,
    facts.wrong_quotes,
    wording.negations,
    wording.modalities,
    fields.raised_status,
    fields.other_jurisdiction,
)

TARGETS: dict[str, float] = {
    "number": 0.99, "unit": 0.99, "date": 0.99, "invented_name": 0.99, "quote": 0.99,
    "name_swap": 0.92, "role_swap": 0.92, "jurisdiction": 0.92, "status": 0.92,
    "negation": 0.90, "modality": 0.90,
}  # fmt: skip
FALSELY_REJECTED = 0.01


@dataclass(frozen=True)
class Judged:
    """What the verifier said of a claim. `mutant` is None for a true claim."""

    claim: Claim
    mutant: Mutant | None
    status: VerdictStatus
    reasons: tuple[Reason, ...]

    @property
    def kind(self) -> str:
        return self.mutant.kind if self.mutant else "true"

    @property
    def rejected(self) -> bool:
        return self.status in {"contradicted", "not_found"}


def judge(claim: Claim) -> tuple[VerdictStatus, tuple[Reason, ...]]:
    """The verdict on a claim; for a milestone the worst of the whole and of its fields."""
    verdict = verdict_on(claim.case, claim.item, claim.support)
    return verdict.status, verdict.reasons


def mutants(case: Case, seed: int = 0) -> Iterator[Mutant]:
    """Every wrong claim of a case; the same ones for the same seed, whatever other cases there are."""
    world = World(case)
    for claim in true_claims(case):
        for maker in (facts.wrong_quotes,) if claim.quotation else MAKERS:
            rng = random.Random(f"{seed}/{case.slug}/{claim.name}/{maker.__name__}")
            yield from maker(claim, world, rng)


def run(cases: Iterable[Case], seed: int = 0) -> tuple[list[Judged], list[str]]:
    """Verdicts on all true and all wrong claims, and the cases whose document cannot be read, with why."""
    judged: list[Judged] = []
    unread: list[str] = []
    for case in cases:
        try:
            _ = case.document
        except SummariserError as error:
            unread.append(f"{case.slug}: {error}")
            continue
        judged += [Judged(claim, None, *judge(claim)) for claim in true_claims(case)]
        judged += [Judged(mutant.claim, mutant, *judge(mutant.claim)) for mutant in mutants(case, seed)]
    return judged, unread
