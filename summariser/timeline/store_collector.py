"""Rest for the garbage collector while a ledger is made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """The garbage collector rests.

    A ledger is made of millions of small objects that all stay: looking through them again and again for cycles
    took eight times as long as reading them (measured with 10,000 milestones).
    """
    resting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if resting:
            gc.enable()
