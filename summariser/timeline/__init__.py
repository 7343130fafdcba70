"""Many summaries, one ledger: milestones and actors across articles, threads of stages, and open conflicts.

    from summariser.timeline import build
    ledger = build(summaries)

Pure and deterministic: no file, no network, no model, and the same set of summaries gives the same ledger in any order.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summariser.timeline.building import build
    from summariser.timeline.differences import changes
    from summariser.timeline.model import (
        ActorEntry,
        ActorMention,
        Changes,
        Conflict,
        ConflictKind,
        ConflictSide,
        Entry,
        Ledger,
        Mention,
        Source,
        StatedRole,
        Thread,
    )

__all__ = [
    "ActorEntry",
    "ActorMention",
    "Changes",
    "Conflict",
    "ConflictKind",
    "ConflictSide",
    "Entry",
    "Ledger",
    "Mention",
    "Source",
    "StatedRole",
    "Thread",
    "build",
    "changes",
]

_HOMES = {"build": "building", "changes": "differences"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'model')}"), name)
    globals()[name] = found
    return found
