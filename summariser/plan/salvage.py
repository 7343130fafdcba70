"""What is left of an item that failed for good: its sound part stays, and what was struck is named."""

from __future__ import annotations

from summariser.plan.checking import Checker
from summariser.schema import (
    Actor,
    Claim,
    ClaimKind,
    DraftActor,
    DraftHighlight,
    DraftItem,
    DraftKeyPoint,
    DraftMilestone,
    Milestone,
    MilestoneField,
    Rejected,
)

_STRUCK: dict[MilestoneField, dict[str, object]] = {
    "date": {"date": None, "date_text": None, "date_role": None},
    "jurisdiction": {"jurisdictions": []},
    "instrument": {"instrument": "other"},
    "status": {"status": "unknown"},
    "binding": {"binding": None},
}


def kind_of(item: DraftItem) -> ClaimKind:
    match item:
        case DraftHighlight():
            return "highlight"
        case DraftKeyPoint():
            return "key_point"
        case DraftActor():
            return "actor"
        case DraftMilestone():
            return "milestone"


def fails(claim: Claim) -> bool:
    """Whether the support does not bear the claim out (what could not be checked is marked, not failed)."""
    return claim.verdict.status in ("contradicted", "not_found")


def rejection(item: DraftItem, claim: Claim) -> Rejected:
    """The record of an item that does not reach the summary."""
    return Rejected(kind=kind_of(item), claim=_said(item), reasons=claim.verdict.reasons, evidence=claim.evidence)


def salvage(item: DraftItem, claim: Claim, checker: Checker) -> tuple[Claim | None, list[Rejected]]:
    """The claim without its unsupported part, or None, and what was rejected."""
    if isinstance(item, DraftMilestone) and isinstance(claim, Milestone):
        return _milestone(item, claim, checker)
    if isinstance(item, DraftActor) and isinstance(claim, Actor):
        return _actor(item, claim, checker)
    return None, [rejection(item, claim)]


def _milestone(item: DraftMilestone, claim: Milestone, checker: Checker) -> tuple[Claim | None, list[Rejected]]:
    """A milestone stands on its title; one whose date and status both fail is another event than the text's."""
    failed = [field for field, verdict in claim.fields.items() if verdict.status in ("contradicted", "not_found")]
    if not failed or "title" in failed or {"date", "status"} <= set(failed):
        return None, [rejection(item, claim)]
    update = {key: value for field in failed for key, value in _STRUCK[field].items()}
    rest = checker.check(item.model_copy(update=update))
    if fails(rest):
        return None, [rejection(item, claim)]
    struck = [
        Rejected(
            kind="milestone",
            claim=_said(item),
            reasons=claim.fields[field].reasons,
            evidence=claim.evidence,
            field=field,
        )
        for field in failed
    ]
    return rest, struck


def _actor(item: DraftActor, claim: Actor, checker: Checker) -> tuple[Claim | None, list[Rejected]]:
    """An actor stands on its name: its role and each alias are tried alone."""
    bare = item.model_copy(update={"aliases": [], "role": None})
    if fails(checker.check(bare)):
        return None, [rejection(item, claim)]
    with_role = [bare.model_copy(update={"role": item.role})] if item.role else []
    with_alias = [bare.model_copy(update={"aliases": [alias]}) for alias in item.aliases]
    tried = [(part, checker.check(part)) for part in with_role + with_alias]
    sound = [part for part, result in tried if not fails(result)]
    rest = bare.model_copy(
        update={
            "role": next((part.role for part in sound if part.role), None),
            "aliases": [alias for part in sound for alias in part.aliases],
        }
    )
    return checker.check(rest), [rejection(part, result) for part, result in tried if fails(result)]


def _said(item: DraftItem) -> str:
    """The item in one line, as a reader of `rejected` must see it."""
    match item:
        case DraftHighlight():
            return item.text
        case DraftKeyPoint():
            return f"{item.text} ({item.speaker})" if item.speaker else item.text
        case DraftActor():
            forms = f" ({', '.join(item.aliases)})" if item.aliases else ""
            return item.name + forms + (f", {item.role}" if item.role else "")
        case DraftMilestone():
            where = ", ".join(item.jurisdictions) or "no jurisdiction"
            return f"{item.title} [{item.date or 'no date'}; {where}; {item.instrument}; {item.status}]"
