"""Actors and milestones: each field held against the support on its own."""

from __future__ import annotations

from dataclasses import dataclass

from summariser.evidence.claims import check_statement
from summariser.evidence.context import Context
from summariser.evidence.frame import Frame, Published, frame_of
from summariser.evidence.instrument import check_binding, check_instrument
from summariser.evidence.jurisdiction import check_jurisdictions
from summariser.evidence.names import name_verdict
from summariser.evidence.reasons import worst
from summariser.evidence.roles import check_role
from summariser.evidence.status import check_status
from summariser.evidence.support import support_of
from summariser.schema import (
    SUPPORTED,
    DateBasis,
    DraftActor,
    DraftMilestone,
    MilestoneField,
    PartialDate,
    Reason,
    Verdict,
)


@dataclass(frozen=True)
class MilestoneVerdict:
    """The verdict on a milestone, what its date came out as, and a verdict for each field.

    `verdict` is that of the title and of the order of stages: a milestone of which another field is not borne out can
    stay without that field. `date` is None where the text does not bear the date out.
    """

    verdict: Verdict
    date: PartialDate | None
    date_basis: DateBasis
    fields: dict[MilestoneField, Verdict]


def verify_actor(
    actor: DraftActor,
    support: str,
    *,
    published: Published = None,
    language: str | None = None,
    claim_language: str | None = None,
    context: Context | None = None,
) -> Verdict:
    """Whether the name, each alias and the role of an actor stand in the support.

    A name or an alias may also stand elsewhere in the document as long as another form of the same actor is in the
    support. The words of the role must stand where the actor is named or meant, and not nearer to somebody else.
    Whether the kind fits is not judged, and nothing is dated (`published` is there to be called like the others).
    """
    if not support.strip() or not actor.name.strip():
        return Verdict(status="not_found", reasons=(Reason(code="no_evidence", claim=actor.name),))
    del published
    held = support_of(support, frame_of(actor.name, support, None, language, claim_language, context).theirs)
    reasons, matches = name_verdict(actor.name, actor.aliases, held, context)
    if actor.role and not reasons:
        reasons += check_role([actor.name, *actor.aliases], actor.role, held).reasons
    return Verdict(status=worst(tuple(reasons)), reasons=tuple(reasons), matches=tuple(matches))


def verify_milestone(
    milestone: DraftMilestone,
    support: str,
    *,
    published: Published = None,
    language: str | None = None,
    claim_language: str | None = None,
    context: Context | None = None,
) -> MilestoneVerdict:
    """Hold each field of a milestone against the support; see `MilestoneVerdict`."""
    if not support.strip():
        nothing = Verdict(status="not_found", reasons=(Reason(code="no_evidence", claim=milestone.title),))
        return MilestoneVerdict(nothing, None, "none", {"title": nothing})
    frame = frame_of(milestone.title, support, published, language, claim_language, context)
    title = check_statement(milestone.title, support, frame, heading=True)
    date, basis, dated = _date(milestone, support, frame)
    day = frame.day
    ahead = date is not None and day is not None and date.first > day.last and milestone.date_role != "effective"
    fields: dict[MilestoneField, Verdict] = {
        "title": title,
        "date": dated,
        "jurisdiction": check_jurisdictions(
            milestone.jurisdictions,
            support,
            instrument=milestone.instrument,
            title=milestone.title if title.supported else "",
            around=context.around or context.main_places if context and milestone.jurisdictions else frozenset(),
        ),
        "instrument": check_instrument(
            milestone.instrument,
            support,
            title=milestone.title if title.supported else "",
            document=context.sentences if context else (),
        ),
        "status": check_status(
            milestone.status,
            support,
            title=milestone.title,
            borne=title.supported,
            language=frame.theirs,
            ahead=ahead,
            expected=milestone.date_role in {"expected", "deadline"},
            opening=context.lead if context else "",
        ),
        "binding": check_binding(milestone.binding, milestone.instrument, milestone.status, support),
    }
    order = _stage_order(milestone, date, day)
    if order:
        fields["status"] = Verdict(status="contradicted", reasons=(*fields["status"].reasons, order))
        title = Verdict(status="contradicted", reasons=(*title.reasons, order), matches=title.matches)
    return MilestoneVerdict(title, date, basis, fields)


def _date(milestone: DraftMilestone, support: str, frame: Frame) -> tuple[PartialDate | None, DateBasis, Verdict]:
    from summariser.evidence.dates import check_date_value

    if not milestone.date:
        return None, "none", SUPPORTED
    return check_date_value(
        milestone.date,
        milestone.date_text,
        support,
        title=milestone.title,
        language=frame.theirs,
        published=frame.day,
    )


def _stage_order(milestone: DraftMilestone, date: PartialDate | None, published: PartialDate | None) -> Reason | None:
    """What cannot be in this order, whatever the text says.

    A bill that was rejected or withdrawn binds nobody and sets no deadline; what the text reports as done (adopted,
    signed, in force) cannot be dated after the day on which it was written.
    """
    status = milestone.status
    if status in {"rejected", "withdrawn"} and (milestone.binding or milestone.date_role in {"deadline", "effective"}):
        return Reason(code="stage_order", claim=f"{status}, {'binding' if milestone.binding else milestone.date_role}")
    if date is None or published is None or published.precision != "day" or date.first <= published.last:
        return None
    event = milestone.date_role in {None, "event"}
    if (status in _DONE and event) or (status == "in_force" and milestone.date_role == "effective"):
        return Reason(code="stage_order", claim=f"{status} on {date}", source=f"published {published}")
    return None


_DONE = frozenset({"adopted", "signed", "held", "rejected", "withdrawn", "repealed", "published", "passed_chamber"})
