"""The ledger as a table: one row an entry, with its sources, its sentences and its conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from summariser.timeline.exports.selecting import View
from summariser.timeline.exports.sheets import listed, sheet
from summariser.timeline.model import Conflict, Entry, Ledger

COLUMNS = (
    "id",
    "change",
    "date",
    "date_precision",
    "date_basis",
    "date_role",
    "title",
    "jurisdictions",
    "instrument",
    "binding",
    "status",
    "thread",
    "thread_title",
    "stage",
    "actors",
    "conflicts",
    "source_count",
    "sources",
    "published",
    "links",
    "sentences",
)

_BINDING = {True: "yes", False: "no", None: ""}


def table(view: View) -> str:
    """Comma-separated values; `stage` is the entry's place in its thread, from 1, as in "2 of 4".

    What is gone has rows of its own, last, with what is still known of it: not its actors, thread and sentences. Where
    articles disagree about the date, `date_basis` is "disputed".
    """
    rows = (list(_row(view, entry)) for entry in view.ledger.entries)
    return sheet(COLUMNS, chain(rows, (_gone(entry) for entry in view.gone)))


def _gone(entry: Entry) -> list[str]:
    known = {
        "id": entry.id,
        "change": "gone",
        "title": entry.title,
        "date": entry.date or "",
        "date_precision": entry.date.precision if entry.date else "",
        "date_basis": entry.date_basis,
        "date_role": entry.date_role or "",
        "jurisdictions": listed(entry.jurisdictions),
        "instrument": entry.instrument,
        "binding": _BINDING[entry.binding],
        "status": entry.status,
        "source_count": str(len(entry.sources)),
        "sources": listed(entry.sources),
    }
    return [known.get(column, "") for column in COLUMNS]


def _row(view: View, entry: Entry) -> Iterator[str]:
    ledger, thread = view.ledger, view.thread(entry)
    sources = [ledger.source(source) for source in entry.sources]
    yield entry.id
    yield view.change(entry)
    yield entry.date or ""
    yield entry.date.precision if entry.date else ""
    yield "disputed" if view.disputed(entry) else entry.date_basis
    yield entry.date_role or ""
    yield entry.title
    yield listed(entry.jurisdictions)
    yield entry.instrument
    yield _BINDING[entry.binding]
    yield entry.status
    yield thread.id if thread else ""
    yield thread.title if thread else ""
    yield f"{thread.entries.index(entry.id) + 1} of {len(thread.entries)}" if thread else ""
    yield listed(ledger.actor(actor).name for actor in entry.actors)
    yield listed(told(ledger, ledger.conflict(conflict)) for conflict in entry.conflicts)
    yield str(len(sources))
    yield listed(source.label for source in sources)
    yield listed(source.published or "" for source in sources)
    yield listed(source.url or "" for source in sources)
    yield listed(
        f"[{mention.source} {span.sentence}] {span.quote}"
        for mention in entry.mentions
        for span in mention.milestone.evidence
    )


def told(ledger: Ledger, conflict: Conflict) -> str:
    """A conflict on one line: what it is about and what each article says."""
    about = f" ({conflict.about})" if conflict.about else ""
    sides = (
        f"{side.value} says {ledger.source(side.source).label}{f', {side.published}' if side.published else ''}"
        for side in conflict.sides
    )
    return f"{conflict.kind}{about}: {'; '.join(sides)}"
