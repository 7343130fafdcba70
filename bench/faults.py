"""Which request meets which fault: decided by seed, document and attempt alone, so that every run is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

FAULTS: dict[str, str] = {
    "429": "overload, without a hint when to come back",
    "429-after": "overload, with Retry-After",
    "500": "server error",
    "502": "bad gateway, answered with a web page",
    "slow": "the answer comes in small pieces",
    "silent": "no answer until the client gives up",
    "drop": "the connection ends before the answer",
    "cut": "the connection ends in the middle of the answer",
    "invalid": "the model's answer is no JSON",
    "truncated": "the model's answer ends early, finish_reason stop",
    "length": "the model's answer ends early, finish_reason length",
    "schema": "the model's answer is JSON of another shape",
    "twice": "the same response is sent twice on the line",
    "other": "the answer belongs to another document",
}

MIXED = {
    "429": 0.01, "429-after": 0.02, "500": 0.02, "502": 0.01, "drop": 0.01, "cut": 0.01, "invalid": 0.01,
    "truncated": 0.02, "length": 0.01, "schema": 0.01,
}  # fmt: skip
"""13 % of the requests, of every kind that a careful client can mend."""

TRUNCATED = {"truncated": 0.2}

TENTH = {
    "429": 0.01, "429-after": 0.01, "500": 0.01, "502": 0.01, "slow": 0.005, "drop": 0.01, "cut": 0.01,
    "invalid": 0.01, "truncated": 0.01, "length": 0.005, "schema": 0.005, "twice": 0.005, "other": 0.005,
}  # fmt: skip
"""A tenth of the requests, of every kind that there is but silence."""
MIXED_UP = {"other": 0.1}


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """`shares` of requests by fault; `script` names the faults of a document's first attempts, "ok" for none."""

    seed: int = 1
    shares: Mapping[str, float] = field(default_factory=dict)
    script: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = {*self.shares, *(name for names in self.script.values() for name in names)}
        if strangers := sorted(named - FAULTS.keys() - {"ok"}):
            raise ValueError(f"no such fault: {', '.join(strangers)} (there are {', '.join(FAULTS)})")
        if sum(self.shares.values()) > 1:
            raise ValueError("the shares of faults add up to more than 1")

    def fault(self, document: str, attempt: int) -> str:
        """The fault of this attempt (from 0) at a document, "ok" for none."""
        scripted = self.script.get(document)
        if scripted is not None:
            return scripted[attempt] if attempt < len(scripted) else "ok"
        place = share(self.seed, document, attempt)
        for name, part in self.shares.items():
            if place < part:
                return name
            place -= part
        return "ok"


def share(*key: object) -> float:
    """A number from 0 to 1 (1 excluded) that depends on the key alone."""
    digest = hashlib.blake2b(":".join(map(str, key)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64
