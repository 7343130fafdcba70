"""What is new in a ledger. Pure."""

from __future__ import annotations

from summariser.timeline.model import Changes, Entry, Ledger


def changes(old: Ledger, new: Ledger) -> Changes:
    """What `new` has that `old` had not.

    Entries are the same where they share a mention (article and place in its summary), whatever their ids: a new
    article may join two entries, or come before the one that gave an entry its id.
    """
    before = {mention.key: entry for entry in old.entries for mention in entry.mentions}
    known = {conflict.id for conflict in old.conflicts}
    fresh: list[str] = []
    changed: list[str] = []
    conflicting: list[str] = []
    kept: set[str] = set()
    for entry in new.entries:
        earlier = {before[m.key].id: before[m.key] for m in entry.mentions if m.key in before}
        kept |= earlier.keys()
        if not earlier:
            fresh.append(entry.id)
        elif len(earlier) > 1 or _said(old, next(iter(earlier.values()))) != _said(new, entry):
            changed.append(entry.id)
        if any(conflict not in known for conflict in entry.conflicts):
            conflicting.append(entry.id)
    gone = tuple(entry.id for entry in old.entries if entry.id not in kept)
    return Changes(new=tuple(fresh), changed=tuple(changed), conflicting=tuple(conflicting), gone=gone)


_COMPANY = frozenset({"id", "thread", "actors", "mentions"})


def _said(ledger: Ledger, entry: Entry) -> tuple[object, ...]:
    """All that an entry says, without ids that hang on its company: of a thread, the entry's place in it is enough."""
    facts = tuple(value for name, value in entry if name not in _COMPANY)
    mentions = tuple((mention.key, mention.milestone) for mention in entry.mentions)
    stages = ledger.thread(entry.thread).entries if entry.thread else ()
    return (facts, mentions, tuple(ledger.entry(stage).title for stage in stages if stage != entry.id))
