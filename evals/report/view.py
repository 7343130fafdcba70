"""What the template shows of a case: plain data, worked out once, so that the template decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from evals.cases import Case
from evals.matching import Pair, Sentences, cited
from evals.metrics import FIGURES, Sight
from evals.metrics.support import violations
from evals.results import CaseResult
from evals.systems import HIGHLIGHTS
from evals.verdicts import REFUSED
from summariser.schema import Actor, Claim, KeyPoint, Milestone, Rejected, Sentence, Summary


@dataclass(frozen=True)
class Row:
    """A labelled or stated item. `mark`: matched, missed, may, extra, held or refused; `partner`: its other half."""

    text: str
    mark: str
    detail: str = ""
    partner: str = ""
    sentences: tuple[int, ...] = ()


@dataclass(frozen=True)
class Part:
    """One kind of item: labels on the left, what the system said on the right."""

    title: str
    labels: list[Row]
    stated: list[Row]


@dataclass(frozen=True)
class Answer:
    """One system's answer to one case."""

    system: str
    error: str | None
    figures: list[tuple[str, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    highlights: list[Row] = field(default_factory=list)
    rejected: list[Row] = field(default_factory=list)
    forbidden: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class CaseView:
    slug: str
    form: str
    language: str
    right_to_left: bool
    basis: str
    tests: list[str]
    sentences: list[tuple[int, str]]
    references: list[str]
    answers: list[Answer]


_SHOWN = (
    "points.recall_must", "points.nuggets_must", "points.grounded", "actors.f1", "milestones.f1", "milestones.date",
    "highlights.coverage", "support.rate", "support.forbidden",
)  # fmt: skip


def case_view(case: Case, results: Sequence[CaseResult]) -> CaseView:
    labels = case.labels
    return CaseView(
        slug=case.slug,
        form=labels.form,
        language=case.language,
        right_to_left=case.language == "ar",
        basis=labels.basis,
        tests=labels.tests,
        sentences=[(sentence.number, sentence.text) for sentence in _sentences(results)],
        references=labels.highlights,
        answers=[_answer(case, result) for result in results],
    )


def _sentences(results: Sequence[CaseResult]) -> tuple[Sentence, ...]:
    summary = next((result.summary for result in results if result.summary), None)
    return summary.document.sentences if summary else ()


def _answer(case: Case, result: CaseResult) -> Answer:
    if result.summary is None:
        return Answer(result.system, result.error or "no answer")
    sight = Sight(case, result.summary, HIGHLIGHTS)
    scores = [result.score(name) for name in _SHOWN]
    return Answer(
        system=result.system,
        error=None,
        figures=[
            (
                FIGURES[score.name].title,
                f"{score.value:.2f} ({score.why})" if score.value is not None else f"– ({score.why})",
            )
            for score in scores
            if score
        ],
        parts=[_points(sight), _actors(sight), _milestones(sight)],
        highlights=[
            Row(
                one.text,
                "refused" if _refused(sight, one) else "held",
                _reasons(sight, one),
                sentences=tuple(sorted(cited(one))),
            )
            for one in result.summary.highlights
        ],
        rejected=[_rejected(one) for one in result.summary.rejected],
        forbidden=_forbidden(case, result.summary),
    )


def _points(sight: Sight) -> Part:
    labels = [
        (f"{label.text}", f"{label.level} · {label.id}", place)
        for label, place in zip(sight.case.labels.key_points, sight.point_places, strict=True)
    ]
    return _part("Key points", sight, labels, sight.summary.key_points, sight.point_pairs)


def _actors(sight: Sight) -> Part:
    labels = [
        (_name(label.name, label.role), f"{label.level} · {label.kind}", sight.case.locator.sentences(label.sentences))
        for label in sight.case.labels.actors
    ]
    return _part("Actors", sight, labels, sight.summary.actors, sight.actor_pairs)


def _milestones(sight: Sight) -> Part:
    labels = [
        (
            label.title,
            f"{label.level} · {_slots(label.date, label.jurisdictions, label.instrument, label.status)}",
            sight.case.locator.sentences(label.sentences),
        )
        for label in sight.case.labels.milestones
    ]
    return _part("Milestones", sight, labels, sight.summary.milestones, sight.milestone_pairs)


def _part(
    title: str,
    sight: Sight,
    labels: Sequence[tuple[str, str, Sentences]],
    stated: Sequence[Claim],
    pairs: Sequence[Pair],
) -> Part:
    to_label = {pair.predicted: pair for pair in pairs}
    to_stated = {pair.label: pair for pair in pairs}
    left = [
        Row(
            text,
            "matched" if number in to_stated else "missed" if detail.startswith("must") else "may",
            detail,
            f"{title[0]}{to_stated[number].predicted + 1}" if number in to_stated else "",
            tuple(sorted(place)),
        )
        for number, (text, detail, place) in enumerate(labels)
    ]
    right = [
        Row(
            _words(claim),
            _stated_mark(sight, claim, number in to_label),
            " · ".join(filter(None, [_detail(claim), _reasons(sight, claim)])),
            f"label {to_label[number].label + 1}, {to_label[number].similarity:.2f}" if number in to_label else "",
            tuple(sorted(cited(claim))),
        )
        for number, claim in enumerate(stated)
    ]
    return Part(title, left, right)


def _refused(sight: Sight, claim: Claim) -> bool:
    return sight.verdict(claim).status in REFUSED


def _stated_mark(sight: Sight, claim: Claim, matched: bool) -> str:
    if _refused(sight, claim):
        return "refused"
    return "matched" if matched else "extra"


def _reasons(sight: Sight, claim: Claim) -> str:
    verdict = sight.verdict(claim)
    return "; ".join(f"{reason.code}: {reason.claim}" for reason in verdict.reasons)


def _words(claim: Claim) -> str:
    match claim:
        case KeyPoint():
            return f"{claim.text} ({claim.speaker})" if claim.speaker else claim.text
        case Actor():
            return _name(claim.name, claim.role)
        case Milestone():
            return claim.title
        case _:
            return ""


def _detail(claim: Claim) -> str:
    match claim:
        case Actor():
            return claim.kind
        case Milestone():
            return _slots(claim.date, claim.jurisdictions, claim.instrument, claim.status)
        case _:
            return ""


def _name(name: str, role: str | None) -> str:
    return f"{name}, {role}" if role else name


def _slots(date: str | None, places: Sequence[str], instrument: str, status: str) -> str:
    return f"{date or 'no date'} · {'/'.join(places) or 'no place'} · {instrument} · {status}"


def _rejected(one: Rejected) -> Row:
    reasons = "; ".join(f"{reason.code}: {reason.claim}" for reason in one.reasons)
    where = f"{one.kind} {one.field}" if one.field else one.kind
    return Row(one.claim, "refused", f"{where} · {reasons}", sentences=tuple(span.sentence for span in one.evidence))


def _forbidden(case: Case, summary: Summary) -> list[Row]:
    rows = []
    for item in case.labels.forbidden:
        said = violations(item, summary.claims())
        if said:
            rows.append(Row(item.text, "refused", f"{item.why}: {said[0]}"))
    return rows
