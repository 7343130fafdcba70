"""The closed vocabularies of the domain, as the README lists them.

`ActorKind`, `Instrument`, `Status` and `DateRole` follow the terms of AI-policy trackers (ETO AGORA, the OECD.AI
policy navigator); `summariser.timeline` maps them to the fields of both.
"""

from __future__ import annotations

from typing import Literal, get_args

ActorKind = Literal[
    "person",
    "government_body",
    "country",
    "intergovernmental",
    "company",
    "civil_society",
    "academia",
    "other",
]

Instrument = Literal[
    "law",
    "regulation",
    "executive_order",
    "directive",
    "treaty",
    "resolution",
    "guidance",
    "standard",
    "voluntary_commitment",
    "strategy",
    "declaration",
    "agreement",
    "enforcement",
    "institution",
    "programme",
    "funding",
    "consultation",
    "event",
    "other",
]

Status = Literal[
    "called_for",
    "planned",
    "announced",
    "consultation",
    "proposed",
    "passed_chamber",
    "agreed",
    "signed",
    "adopted",
    "published",
    "established",
    "held",
    "in_force",
    "partly_applicable",
    "suspended",
    "rejected",
    "withdrawn",
    "repealed",
    "unknown",
]

DateRole = Literal["event", "effective", "deadline", "expected"]
"""What happens on a milestone's date: the event itself, entry into force, a deadline, or something foreseen."""

DateBasis = Literal["stated", "resolved", "none"]
"""`stated`: the text gives the date. `resolved`: worked out from the dateline ("last Tuesday"). `none`: no date."""

DatePrecision = Literal["day", "month", "quarter", "year"]

VerdictStatus = Literal["supported", "contradicted", "not_found", "unchecked"]

ACTOR_KINDS: tuple[str, ...] = get_args(ActorKind)
INSTRUMENTS: tuple[str, ...] = get_args(Instrument)
STATUSES: tuple[str, ...] = get_args(Status)
DATE_ROLES: tuple[str, ...] = get_args(DateRole)
