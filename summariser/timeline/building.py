"""From summaries to the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summariser.schema import Summary
from summariser.timeline.model import Ledger


def build(summaries: Iterable[Summary], ids: Sequence[str] | None = None) -> Ledger:
    """The ledger of these summaries; `ids` names them, in their order (by default after their texts)."""
    raise NotImplementedError
