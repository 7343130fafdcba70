"""One output held against one case: what matches what, what each statement rests on, what the verifier says of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from evals.cases import Case
from evals.matching import Pair, Sentences, cited, match_actors, match_milestones, match_points
from evals.verdicts import Item, verdict_on
from evals.words import content
from summariser.schema import (
    Actor,
    Claim,
    DraftActor,
    DraftHighlight,
    DraftKeyPoint,
    DraftMilestone,
    Highlight,
    KeyPoint,
    Milestone,
    Summary,
    Verdict,
)

Stated = tuple[Claim, Verdict]


@dataclass(frozen=True)
class Sight:
    """A case and what a system said of it. Everything that several metrics need is worked out once, when asked for."""

    case: Case
    summary: Summary
    asked: int = 5
    """How many highlights were asked for."""

    @cached_property
    def point_places(self) -> list[Sentences]:
        return [self.case.locator.sentences(label.sentences) for label in self.case.labels.key_points]

    @cached_property
    def point_pairs(self) -> list[Pair]:
        labels = self.case.labels.key_points
        return match_points(self.summary.key_points, labels, self.point_places, self.case.language)

    @cached_property
    def actor_pairs(self) -> list[Pair]:
        labels = self.case.labels.actors
        places = [self.case.locator.sentences(label.sentences) for label in labels]
        return match_actors(self.summary.actors, labels, places, self.case.language)

    @cached_property
    def milestone_pairs(self) -> list[Pair]:
        labels = self.case.labels.milestones
        places = [self.case.locator.sentences(label.sentences) for label in labels]
        return match_milestones(self.summary.milestones, labels, places, self.case.language)

    @cached_property
    def verdicts(self) -> list[Stated]:
        """Every statement with the verdict that the judge's own call of the verifier gives, in the summary's order."""
        return [(claim, self._verdict(claim)) for claim in self.summary.claims()]

    def verdict(self, claim: Claim) -> Verdict:
        return next(verdict for other, verdict in self.verdicts if other is claim)

    def _verdict(self, claim: Claim) -> Verdict:
        sentences = cited(claim) or self.closest(statement(claim))
        return verdict_on(self.case, _item(claim), self.case.support(sentences))

    def closest(self, text: str, most: int = 3) -> Sentences:
        """The sentences that share most words with a statement: what a system that cites none may have meant."""
        language = self.case.language
        wanted = set(content(text, language))
        ranked = sorted(
            ((len(wanted & set(content(s.text, language))), -s.number) for s in self.case.document.sentences),
            reverse=True,
        )
        return frozenset(-number for shared, number in ranked[:most] if shared)


def statement(claim: Claim) -> str:
    """The words of a claim: text, name and role, or title."""
    match claim:
        case Highlight() | KeyPoint():
            return claim.text
        case Actor():
            return f"{claim.name} {claim.role or ''}".strip()
        case Milestone():
            return " ".join(filter(None, [claim.title, claim.date_text]))
        case _:
            raise TypeError(f"no statement: {type(claim).__name__}")


def _item(claim: Claim) -> Item:
    """The claim as the draft that the verifier reads; evidence is given to it as words."""
    match claim:
        case Highlight():
            return DraftHighlight(text=claim.text, ev=[])
        case KeyPoint():
            return DraftKeyPoint(text=claim.text, speaker=claim.speaker, ev=[])
        case Actor():
            return DraftActor(
                name=claim.name, aliases=list(claim.aliases), kind=claim.kind, role=claim.role, ev=sorted(cited(claim))
            )
        case Milestone():
            return DraftMilestone(
                title=claim.title,
                date=claim.date,
                date_text=claim.date_text,
                date_role=claim.date_role,
                jurisdictions=list(claim.jurisdictions),
                instrument=claim.instrument,
                binding=claim.binding,
                status=claim.status,
                ev=sorted(cited(claim)),
            )
        case _:
            raise TypeError(f"no item: {type(claim).__name__}")
