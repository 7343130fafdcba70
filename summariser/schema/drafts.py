"""What a completer fills in: unverified, evidence as sentence numbers. A draft is not a summary.

The docstrings and field names are part of the request (they become the JSON schema), so they are short: `ev`
holds sentence numbers. No descriptions, no defaults and no bounds: strict schemas of the providers know none.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from summariser.schema.vocabulary import ActorKind, DateRole, Instrument, Status


class Draft(BaseModel):
    """What every answer of a completer has in common."""

    # Servers without constrained output send "0.9" for 0.9 and extra keys: forgiven here, checked later.
    model_config = ConfigDict(extra="ignore", frozen=True)


class DraftHighlight(Draft):
    text: str
    ev: list[int]


class DraftKeyPoint(Draft):
    text: str
    speaker: str | None = None
    ev: list[int]


class DraftActor(Draft):
    name: str
    aliases: list[str] = []
    kind: ActorKind = "other"
    role: str | None = None
    ev: list[int]


class DraftMilestone(Draft):
    title: str
    date: str | None = None
    date_text: str | None = None
    date_role: DateRole | None = None
    jurisdictions: list[str] = []
    instrument: Instrument = "other"
    binding: bool | None = None
    status: Status = "unknown"
    ev: list[int]


class DraftSummary(Draft):
    """Answer to an `extract` call."""

    highlights: list[DraftHighlight]
    key_points: list[DraftKeyPoint]
    actors: list[DraftActor]
    milestones: list[DraftMilestone]


class RepairedHighlight(DraftHighlight):
    id: int


class RepairedKeyPoint(DraftKeyPoint):
    id: int


class RepairedActor(DraftActor):
    id: int


class RepairedMilestone(DraftMilestone):
    id: int


class DraftRepair(Draft):
    """Answer to a `repair` call: corrected items under the ids of the failed ones; what is left out is given up."""

    highlights: list[RepairedHighlight] = []
    key_points: list[RepairedKeyPoint] = []
    actors: list[RepairedActor] = []
    milestones: list[RepairedMilestone] = []


class ComposedHighlight(Draft):
    text: str
    points: list[int]


class DraftComposition(Draft):
    """Answer to a `compose` call: the key points to keep by number, and highlights worded from them."""

    key_points: list[int]
    highlights: list[ComposedHighlight]


DraftItem = DraftHighlight | DraftKeyPoint | DraftActor | DraftMilestone
