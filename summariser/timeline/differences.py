"""What is new in a ledger."""

from __future__ import annotations

from summariser.timeline.model import Changes, Ledger


def _versions(ledger: Ledger) -> dict[str, str]:
    """The entry of each mention."""
    return {mention.key: entry.id for entry in ledger.entries for mention in entry.mentions}


def changes(old: Ledger, new: Ledger) -> Changes:
    """What `new` has that `old` had not: entries are the same where they share a mention, whatever their ids."""
    raise NotImplementedError
