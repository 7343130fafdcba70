"""What a summary says, each item with its evidence and its verdict."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, computed_field, model_validator

from summariser.schema.base import Frozen
from summariser.schema.dates import PartialDate
from summariser.schema.document import Span
from summariser.schema.vocabulary import (
    ActorKind,
    DateBasis,
    DatePrecision,
    DateRole,
    Instrument,
    Status,
    VerdictStatus,
)

ClaimKind = Literal["highlight", "key_point", "actor", "milestone"]
MilestoneField = Literal["title", "date", "jurisdiction", "instrument", "status", "binding"]


class Reason(Frozen):
    """Why a verdict is not (only) `supported`.

    `code` is stable and machine-readable (``number_mismatch``, ``name_not_found``, ``polarity`` …; the list is in
    `summariser.evidence`), `claim` the offending words in the claim, `source` what the support says instead,
    word for word, or None where it says nothing on it.
    """

    code: str
    claim: str
    source: str | None = None


class Match(Frozen):
    """A fact of the claim that the support bears out: `claim` and `source` are the words in each, verbatim."""

    kind: Literal["number", "date", "name", "quote", "status"]
    claim: str
    source: str


class Verdict(Frozen):
    """The result of holding a claim against the sentences that it cites.

    `supported`: everything in it that can be checked stands in the support. `contradicted`: the support says
    otherwise. `not_found`: the support does not say it. `unchecked`: it could not be checked (language).
    """

    status: VerdictStatus
    reasons: tuple[Reason, ...] = ()
    matches: tuple[Match, ...] = ()

    @property
    def supported(self) -> bool:
        return self.status == "supported"


SUPPORTED = Verdict(status="supported")
UNCHECKED = Verdict(status="unchecked")


class Claim(Frozen):
    """One statement of a summary: `evidence` is exact spans of the document, in its order."""

    evidence: tuple[Span, ...]
    verdict: Verdict


class Highlight(Claim):
    """One of the bullets at the head of the page: one sentence, at most 20 words, readable on its own."""

    text: str


class KeyPoint(Claim):
    """One thing that the document says; `speaker` is who says so where a speaker is quoted, else None."""

    text: str
    speaker: str | None = None


class Actor(Claim):
    """Somebody who acts in the document; `aliases` and `role` as the text has them."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: ActorKind
    role: str | None = None


class Milestone(Claim):
    """A dated or datable step of AI policy.

    `jurisdictions`: ISO 3166 codes (``MA``, ``US-CA``) or EU, UN, AU, G7 … `date` is None where the text gives
    none. `fields` holds a verdict of its own for each field.
    """

    title: str
    date: PartialDate | None = None
    date_text: str | None = None
    date_basis: DateBasis = "none"
    date_role: DateRole | None = None
    jurisdictions: tuple[str, ...] = ()
    instrument: Instrument = "other"
    binding: bool | None = None
    status: Status = "unknown"
    fields: dict[MilestoneField, Verdict] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _precision_follows_from_the_date(cls, data: object) -> object:
        return {k: v for k, v in data.items() if k != "date_precision"} if isinstance(data, dict) else data

    @computed_field  # type: ignore[prop-decorator]
    @property
    def date_precision(self) -> DatePrecision | None:
        return self.date.precision if self.date else None


class Rejected(Frozen):
    """A statement that did not reach the summary, with the reasons; nothing is dropped in silence.

    `field` names the milestone field that was struck where the milestone itself stayed.
    """

    kind: ClaimKind
    claim: str
    reasons: tuple[Reason, ...]
    evidence: tuple[Span, ...] = ()
    field: MilestoneField | None = None
