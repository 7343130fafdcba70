"""What is new in a ledger. Pure."""

from __future__ import annotations

from summariser.timeline.model import Changes, Conflict, Entry, Ledger


def changes(old: Ledger, new: Ledger) -> Changes:
    """What `new` has that `old` had not.

    Entries are the same where they share a mention (article and place in its summary), whatever their ids: a new
    article may join two entries, or come before the one that gave an entry its id.
    """
    before = {mention.key: entry for entry in old.entries for mention in entry.mentions}
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
        known = [old.conflict(conflict) for one in earlier.values() for conflict in one.conflicts]
        if any(not _told(new.conflict(conflict), known) for conflict in entry.conflicts):
            conflicting.append(entry.id)
    gone = tuple(entry.id for entry in old.entries if entry.id not in kept)
    return Changes(new=tuple(fresh), changed=tuple(changed), conflicting=tuple(conflicting), gone=gone)


def _told(conflict: Conflict, known: list[Conflict]) -> bool:
    """Whether a conflict was there before: one of its kind over these values at least, whoever held them."""
    values = set(conflict.values)
    return any(one.kind == conflict.kind and values <= set(one.values) for one in known)


_COMPANY = frozenset({"id", "thread", "actors", "mentions"})


def _said(ledger: Ledger, entry: Entry) -> tuple[object, ...]:
    """All that an entry says, without ids that hang on its company: of a thread, the entry's place in it is enough."""
    facts = tuple(value for name, value in entry if name not in _COMPANY)
    mentions = tuple((mention.key, mention.milestone) for mention in entry.mentions)
    stages = ledger.thread(entry.thread).entries if entry.thread else ()
    return (facts, mentions, tuple(ledger.entry(stage).title for stage in stages if stage != entry.id))
