"""The small wordings of a ledger that the text renderers share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summariser.render.words import Stage, Words, stage

if TYPE_CHECKING:
    from summariser.timeline.exports.selecting import View
    from summariser.timeline.model import Conflict, Entry, Thread


def progress(entry: Entry) -> Stage:
    """How far an entry is, for its looks: what is due or expected on its date is not done, whatever its status."""
    found = stage(entry.status)
    return "ahead" if found == "done" and entry.date_role in ("deadline", "expected") else found


class Wording:
    """What a view holds in the words of one language, one line each."""

    def __init__(self, view: View, words: Words) -> None:
        self.view = view
        self.words = words

    def facts(self) -> str:
        """How much there is of what."""
        ledger = self.view.ledger
        counts = len(ledger.entries), len(ledger.sources), len(self.view.threads()), len(ledger.conflicts)
        return self.words("timeline", "facts", *counts)

    def when(self, entry: Entry) -> str:
        """The date in ISO form with its role."""
        date = str(entry.date) if entry.date else self.words("ui", "no_date")
        asides = list(self.asides(entry))
        return f"{date} ({', '.join(asides)})" if asides else date

    def asides(self, entry: Entry) -> Iterator[str]:
        """What is to be said beside the date: its role, and whether articles disagree or it was worked out."""
        if entry.date and entry.date_role not in (None, "event"):
            yield self.words("date_role", entry.date_role)
        if self.view.disputed(entry):
            yield self.words("timeline", "disagree")
        elif entry.date and entry.date_basis == "resolved":
            yield self.words("ui", "worked_out")

    def nothing(self) -> str:
        """Why no milestone is shown: nothing is new, the filters fit none, or there is none."""
        if self.view.changes:
            return self.words("timeline", "nothing_new")
        whole = len(self.view.whole.entries)
        return self.words("timeline", "no_match", whole) if whole else self.words("timeline", "empty")

    def instrument(self, entry: Entry) -> str:
        """What kind of instrument it is, and whether it binds; what is not known is left out."""
        kind = self.words("instrument", entry.instrument) if entry.instrument != "other" else ""
        force = {True: self.words("ui", "binding"), False: self.words("ui", "not_binding"), None: ""}[entry.binding]
        return ", ".join(filter(None, (kind, force)))

    def aside(self, entry: Entry) -> str:
        """Jurisdictions, instrument, status, and how many articles report it."""
        facts = [", ".join(entry.jurisdictions), self.instrument(entry), self.words("status", entry.status)]
        facts.append(f"{self.words('timeline', 'articles')}: {len(entry.sources)}")
        return "; ".join(fact for fact in facts if fact)

    def line(self, entry: Entry) -> str:
        """An entry as it is named elsewhere than in its own place."""
        return f"{self.when(entry)}: {entry.title} ({self.words('status', entry.status)})"

    def marks(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """What is to be said beside the title, each with a style."""
        change = self.view.change(entry)
        if change:
            yield self.words("timeline", change), "bold green" if change == "new" else "bold yellow"
        if self.view.newly_conflicting(entry):
            yield self.words("timeline", "conflicting"), "bold red"

    def stage_of(self, entry: Entry) -> Iterator[str]:
        """Its place in its thread, where it has one."""
        thread = self.view.thread(entry)
        if thread:
            place = thread.entries.index(entry.id) + 1
            yield f"{self.words('timeline', 'stage', place, len(thread.entries))}: {thread.title}"

    def thread(self, thread: Thread) -> str:
        """A thread's title with how far it has come."""
        facts = [", ".join(thread.jurisdictions), self.words("status", thread.status)]
        return f"{thread.title} ({'; '.join(fact for fact in facts if fact)})"

    def conflict(self, conflict: Conflict) -> Iterator[tuple[int, str]]:
        """A conflict on several lines, each with its depth: what it is about, who says what, and the sentences."""
        kind = self.words("timeline", "count") if conflict.kind == "count" else self.words("field", conflict.kind)
        about = f" ({conflict.about})" if conflict.kind == "count" and conflict.about else ""
        yield 0, self.words("timeline", "conflict", kind + about)
        for side in conflict.sides:
            value = self.words("status", side.value) if conflict.kind == "status" else side.value
            yield 1, f"{value}: {self.source(side.source)}"
            yield 2, f"[{side.quote.sentence}] {side.quote.quote}"

    def source(self, identity: str) -> str:
        """An article by its title, its date of publication and its id."""
        source = self.view.whole.source(identity)
        published = (
            self.words("timeline", "published", source.published)
            if source.published
            else self.words("timeline", "not_published")
        )
        return (
            f"{source.label} ({published}; {source.id})" if source.id != source.label else f"{source.id} ({published})"
        )

    def articles(self) -> Iterator[str]:
        """All articles with their addresses."""
        for source in self.view.ledger.sources:
            yield f"{self.source(source.id)}{f' {source.url}' if source.url else ''}"
