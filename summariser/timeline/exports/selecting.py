"""What of a ledger is shown: filters, the smaller ledger that they leave, and what is new in it."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

from summariser.schema import Document, PartialDate
from summariser.timeline.differences import changes
from summariser.timeline.model import ActorEntry, Changes, Entry, Ledger, Thread
from summariser.timeline.store_collector import uncollected

Change = Literal["new", "changed", ""]


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on entries; all that are given must hold, of several values of one kind any.

    A country stands for its parts too (`US` for `US-CA`). `actors` are words of a name or an alias, in any case and
    without accents. `first` and `last` bound the date, both inclusive; an entry without a date fits neither.
    """

    jurisdictions: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    conflicts: bool = False
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def key(self) -> str:
        """A name for what is seen through these filters, "" where there are none; the order of values is no matter."""
        given = {
            name: sorted(value) if isinstance(value, tuple) else str(value)
            for name, value in asdict(self).items()
            if value
        }
        return json.dumps(given, sort_keys=True) if given else ""

    def fits(self, entry: Entry, ledger: Ledger) -> bool:
        """Whether the entry stays."""
        return (
            _any(self.jurisdictions, lambda code: any(_within(place, code) for place in entry.jurisdictions))
            and _any(self.statuses, lambda status: entry.status == status)
            and _any(self.instruments, lambda instrument: entry.instrument == instrument)
            and _any(self.actors, lambda words: any(_named(ledger.actor(actor), words) for actor in entry.actors))
            and (not self.conflicts or bool(entry.conflicts))
            and (self.first is None or (entry.date is not None and entry.date.last >= self.first))
            and (self.last is None or (entry.date is not None and entry.date.first <= self.last))
        )


@dataclass(frozen=True, slots=True)
class View:
    """A ledger as it is shown.

    `out_of` is the ledger that it was selected from, where it was: a thread of which some stages are shown is told
    from there, with all of them. `since` says what it is compared with, in words ("2026-03-01", "the last look, …"),
    `changes` and `gone` what came of that; without a comparison they are None and empty. `contexts` holds, by source,
    a document with the sentences around those that are cited.
    """

    ledger: Ledger
    out_of: Ledger | None = None
    since: str | None = None
    changes: Changes | None = None
    gone: tuple[Entry, ...] = ()
    contexts: Mapping[str, Document] = field(default_factory=dict)

    @property
    def whole(self) -> Ledger:
        """Where to look up what an id stands for."""
        return self.out_of or self.ledger

    def threads(self) -> list[Thread]:
        """The threads that entries shown are stages of, whole."""
        shown = {entry.id for entry in self.ledger.entries}
        return [thread for thread in self.whole.threads if not shown.isdisjoint(thread.entries)]

    def thread(self, entry: Entry) -> Thread | None:
        """The thread that the entry is a stage of, whole."""
        identity = self.whole.entry(entry.id).thread
        return self.whole.thread(identity) if identity else None

    def change(self, entry: Entry) -> Change:
        """Whether the entry is new or has changed; empty where nothing was compared."""
        if self.changes is None:
            return ""
        return "new" if entry.id in self.changes.new else "changed" if entry.id in self.changes.changed else ""

    def disputed(self, entry: Entry) -> tuple[PartialDate, ...]:
        """The dates that articles hold against each other; the entry's own is what they have in common."""
        if not entry.conflicts or any(entry is one for one in self.gone):  # their conflicts went with them
            return ()
        conflicts = (self.whole.conflict(conflict) for conflict in entry.conflicts)
        return tuple(PartialDate(value) for found in conflicts if found.kind == "date" for value in found.values)

    def newly_conflicting(self, entry: Entry) -> bool:
        """Whether it has a conflict that it had not."""
        return self.changes is not None and entry.id in self.changes.conflicting


def filtered(ledger: Ledger, filters: Filters) -> View:
    """The entries that fit, without a comparison."""
    chosen = select(ledger, lambda entry: filters.fits(entry, ledger))
    return View(chosen, out_of=ledger)


def compared(old: Ledger, new: Ledger, ledger: Ledger, filters: Filters, since: str) -> View:
    """What is new, changed or newly conflicting, of what fits; `new` is `ledger` in a form like that of `old`."""
    with uncollected():
        found = changes(old, new)
    news = {*found.new, *found.changed, *found.conflicting}
    chosen = select(ledger, lambda entry: entry.id in news and filters.fits(entry, ledger))
    gone = tuple(old.entry(entry) for entry in found.gone if filters.fits(old.entry(entry), old))
    left = {entry.id for entry in chosen.entries}
    seen = Changes(
        new=tuple(entry for entry in found.new if entry in left),
        changed=tuple(entry for entry in found.changed if entry in left),
        conflicting=tuple(entry for entry in found.conflicting if entry in left),
        gone=tuple(entry.id for entry in gone),
    )
    return View(chosen, out_of=ledger, since=since, changes=seen, gone=gone)


def select(ledger: Ledger, keep: Callable[[Entry], bool]) -> Ledger:
    """The ledger of the entries to keep, whole in itself: every id in it leads to something in it.

    A thread of which one stage is left is none; an actor has the mentions of the articles that are left.
    """
    kept = [entry for entry in ledger.entries if keep(entry)]
    if len(kept) == len(ledger.entries):
        return ledger
    ids = {entry.id for entry in kept}
    threads = {thread.id: thread for thread in (_shortened(thread, ids) for thread in ledger.threads) if thread}
    entries = tuple(
        entry if entry.thread is None or entry.thread in threads else entry.model_copy(update={"thread": None})
        for entry in kept
    )
    sources = {source for entry in kept for source in entry.sources}
    acting = {actor for entry in kept for actor in entry.actors}
    return Ledger(
        version=ledger.version,
        sources=tuple(source for source in ledger.sources if source.id in sources),
        entries=entries,
        threads=tuple(threads.values()),
        actors=tuple(_of(actor, sources) for actor in ledger.actors if actor.id in acting),
        conflicts=tuple(conflict for conflict in ledger.conflicts if conflict.entry in ids),
    )


def plain(text: str) -> str:
    """Letters without case and accents, so that "elysee" finds "Élysée"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _shortened(thread: Thread, ids: set[str]) -> Thread | None:
    left = tuple(entry for entry in thread.entries if entry in ids)
    return thread.model_copy(update={"entries": left}) if len(left) > 1 else None


def _of(actor: ActorEntry, sources: set[str]) -> ActorEntry:
    roles = (
        role.model_copy(update={"sources": tuple(source for source in role.sources if source in sources)})
        for role in actor.roles
    )
    return actor.model_copy(
        update={
            "mentions": tuple(mention for mention in actor.mentions if mention.source in sources),
            "roles": tuple(role for role in roles if role.sources),
        }
    )


def _any(wanted: tuple[str, ...], holds: Callable[[str], bool]) -> bool:
    return not wanted or any(holds(value) for value in wanted)


def _within(place: str, code: str) -> bool:
    return place == code or place.startswith(f"{code}-")


def _named(actor: ActorEntry, words: str) -> bool:
    forms = [plain(name) for name in (actor.name, *actor.aliases)]
    return any(plain(words) in form for form in forms)
