"""The verifier: holds every statement of a summary against the sentences that it cites.

Pure functions of their arguments: no network, no model, no state but caches. `REASONS` lists the reason codes and
the verdict that each leads to.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summariser.evidence.claims import verify
    from summariser.evidence.context import Context
    from summariser.evidence.dates import find_dates
    from summariser.evidence.milestones import MilestoneVerdict, verify_actor, verify_milestone
    from summariser.evidence.reasons import REASONS

__all__ = ["REASONS", "Context", "MilestoneVerdict", "find_dates", "verify", "verify_actor", "verify_milestone"]

_HOMES = {
    "Context": "context",
    "MilestoneVerdict": "milestones",
    "REASONS": "reasons",
    "find_dates": "dates",
    "verify": "claims",
    "verify_actor": "milestones",
    "verify_milestone": "milestones",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
