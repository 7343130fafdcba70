"""Which step of an instrument a milestone is, and which two statements can mean the same step. Pure."""

from __future__ import annotations

from typing import Literal, get_args

from summariser.evidence.status import stages
from summariser.schema import DateRole, Instrument, Milestone, PartialDate, Status
from summariser.timeline import lists

Step = Literal[
    "call", "plan", "consult", "propose", "chamber", "agree", "adopt", "publish", "establish", "hold", "effect",
    "deadline", "expect", "suspend", "reject", "withdraw", "repeal", "unknown",
]  # fmt: skip
Kin = Literal["same", "near", "clash", "jump", "other"]

OF_STATUS: dict[Status, Step] = {
    "called_for": "call",
    "planned": "plan",
    "announced": "plan",
    "consultation": "consult",
    "proposed": "propose",
    "passed_chamber": "chamber",
    "agreed": "agree",
    "signed": "adopt",
    "adopted": "adopt",
    "published": "publish",
    "established": "establish",
    "held": "hold",
    "in_force": "effect",
    "partly_applicable": "effect",
    "suspended": "suspend",
    "rejected": "reject",
    "withdrawn": "withdraw",
    "repealed": "repeal",
    "unknown": "unknown",
}
ENDED: frozenset[Step] = frozenset({"suspend", "reject", "withdraw", "repeal"})
REPEATED: frozenset[Step] = frozenset(
    {"hold", "publish", "chamber", "consult", "plan", "suspend", "call", "expect", "unknown"}
)
"""Steps that an instrument or a body can take more than once: another date is another event."""
DONE: frozenset[Step] = frozenset(
    {"chamber", "agree", "adopt", "publish", "establish", "hold", "suspend", "reject", "withdraw", "repeal"}
)

_NEAR: dict[Step, frozenset[Step]] = {
    "adopt": frozenset({"chamber", "agree", "publish", "establish"}),
    "publish": frozenset({"establish", "plan", "propose", "agree", "consult"}),
    "plan": frozenset({"establish", "call", "propose", "agree", "consult"}),
    "consult": frozenset({"propose", "hold"}),
    "propose": frozenset({"call"}),
    "agree": frozenset({"chamber", "hold"}),
    "deadline": frozenset({"effect"}),
    "withdraw": frozenset({"repeal", "reject"}),
}
"""Steps that writers name differently: a strategy is published, adopted or unveiled on one and the same day."""
_CLASHING: dict[Step, frozenset[Step]] = {
    "reject": frozenset({"adopt", "chamber", "agree", "effect", "establish", "publish"}),
    "withdraw": frozenset({"adopt", "effect", "agree", "establish"}),
    "repeal": frozenset({"adopt", "effect"}),
    "suspend": frozenset({"adopt", "effect"}),
}
"""Outcomes of which one article can be right."""
_JUMPS: dict[Step, frozenset[Step]] = {
    "adopt": frozenset({"propose", "call", "plan", "effect"}),
    "effect": frozenset({"propose", "chamber"}),
    "chamber": frozenset({"plan", "propose"}),
}
"""Stages that follow each other, and contradict only where one and the same day is told as both."""

EXTRA_STAGES: dict[Step, float] = {
    "effect": 7.5,
    "deadline": 8.0,
    "reject": 6.5,
    "withdraw": 6.5,
    "suspend": 8.5,
    "repeal": 9.0,
}


def step_of(status: Status, role: DateRole | None, first: int, told: int) -> Step:
    """The step: of its date's role where that tells more than the status ("signed", to take effect in July).

    `first` and `told` are the day ordinals of the date and of publication, 0 where there is none.
    """
    step = OF_STATUS[status]
    if step in ENDED:
        return step
    if role == "deadline":
        return "deadline"
    if role == "effective":
        return "effect"
    if step in {"plan", "call", "unknown", "propose"} and first:
        if role == "expected":
            return "expect"
        if step == "plan" and told and first > told:
            return "expect"
    return step


def meant(step: Step, milestone: Milestone) -> Step:
    """The step, where a plan is more: an authority "announces" a fine by imposing it, and a deadline without a date has
    no role of a date to tell it by. A new deadline could be that of before the move, and stays a plan."""
    if step != "plan":
        return step
    if milestone.status == "announced" and milestone.date_role == "event" and milestone.instrument == "enforcement":
        return "adopt"
    title = lists.keys_of(milestone.title)
    due = milestone.date is None and lists.says("deadlines", title) and not lists.says("moved", title)
    return "deadline" if due else step


def kin(one: Step, other: Step) -> Kin:
    """How two steps are related: `same`, `near` (other words for one step), `clash` (outcomes that exclude each other),
    `jump` (stages that follow each other), or `other`."""
    if one == other:
        return "same"
    if {one, other} & {"unknown", "expect"} or _either(_NEAR, one, other):
        return "near"
    if _either(_CLASHING, one, other):
        return "clash"
    return "jump" if _either(_JUMPS, one, other) else "other"


def _either(table: dict[Step, frozenset[Step]], one: Step, other: Step) -> bool:
    return other in table.get(one, ()) or one in table.get(other, ())


STEPS: tuple[Step, ...] = get_args(Step)
KIN: dict[tuple[Step, Step], Kin] = {(one, other): kin(one, other) for one in STEPS for other in STEPS}


def stage(step: Step, status: Status) -> float:
    """How far along a step is, for the order of a thread; 0 where it cannot be told."""
    return EXTRA_STAGES.get(step, float(stages().get(status, 0)))


def is_once(step: Step, instrument: Instrument) -> bool:
    """Whether an instrument takes the step once, so that a second date contradicts the first."""
    return step not in REPEATED and instrument not in {"funding", "enforcement", "event"}


def slip(one: PartialDate, other: PartialDate) -> bool:
    """Whether two days differ in one part only (day, month or year), as a slip of the pen leaves them."""
    if one.day is None or other.day is None:
        return False
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return sum(left != right for left, right in pairs) == 1 and abs(one.year - other.year) <= 1
