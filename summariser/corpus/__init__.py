"""Many documents: a run that can be killed and resumed, within a budget, over processes, batches or a cluster.

`read_summaries` reads what a run has written. The names are imported when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summariser.corpus.lines import Line as Line
    from summariser.corpus.lines import read_summaries as read_summaries

__all__ = ["Line", "read_summaries"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'summariser.corpus' has no attribute {name!r}")
    from summariser.corpus import lines

    found: object = getattr(lines, name)
    return found
