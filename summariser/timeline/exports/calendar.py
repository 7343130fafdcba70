"""Deadlines and entries into force as an iCalendar file (RFC 5545).

Events last all day. Where the articles give a month, a quarter or a year, the event spans all of it, is shown as free
time, and says so in its title: no day is made up. Where they disagree about the date, it spans what lies between. The
identity of an event is that of its entry, so that a calendar which reads the file again updates what it has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summariser.render import origin
from summariser.render.text import one_line
from summariser.render.words import Words
from summariser.schema import DateRole, PartialDate
from summariser.timeline.exports.selecting import View
from summariser.timeline.exports.table import told
from summariser.timeline.model import Entry, Ledger

if TYPE_CHECKING:
    from icalendar import Event

_ROLES = ("deadline", "effective", "expected")
_IN_FORCE = ("in_force", "partly_applicable")


def calendar(view: View, *, now: dt.datetime | None = None, language: str | None = None) -> tuple[str, int]:
    """The calendar, and how many deadlines and entries into force are not in it.

    Those have no date: no article gives one, or the articles do not agree on any. `now` is the time that the events
    are stamped with.
    """
    from icalendar import Calendar

    stamp = now or dt.datetime.now(dt.UTC)
    words = Words(language)
    found = Calendar()
    found.add("prodid", "-//summariser//timeline//EN")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", words("timeline", "title"))
    undated = 0
    for entry in view.ledger.entries:
        role = _role(entry)
        if role is None:
            continue
        if entry.date is None:
            undated += 1
            continue
        found.add_component(_event(view, entry, _Time(entry.date, view.disputed(entry), words), role, stamp))
    return found.to_ical().decode("utf-8"), undated


def _role(entry: Entry) -> DateRole | None:
    """What the entry is to a calendar; None where it is none of its business."""
    # An entry without a date has no role of a date: then what its articles say of it counts.
    said = [entry.date_role] if entry.date else [mention.milestone.date_role for mention in entry.mentions]
    return next((role for role in said if role in _ROLES), "effective" if entry.status in _IN_FORCE else None)


@dataclass(frozen=True, slots=True)
class _Time:
    """When an event is: on its date, or somewhere between the dates that articles hold against each other."""

    date: PartialDate
    rivals: tuple[PartialDate, ...]
    words: Words

    @property
    def first(self) -> dt.date:
        return min((date.first for date in self.rivals), default=self.date.first)

    @property
    def last(self) -> dt.date:
        return max((date.last for date in self.rivals), default=self.date.last)

    def titled(self, title: str) -> str:
        """The title, with what is known of the day where it is not certain."""
        if self.rivals:
            return self.words("timeline", "either", title, self._told(" / "))
        exact = self.date.precision == "day"
        return title if exact else self.words("timeline", "sometime", title, self.words.date(self.date))

    def note(self) -> Iterator[str]:
        """Why there is no one day, where there is none."""
        if self.rivals:
            yield self.words("timeline", "no_one_day", self._told("; "))
        elif self.date.precision != "day":
            yield self.words("timeline", "no_day", self.words.date(self.date))

    def _told(self, between: str) -> str:
        return between.join(self.words.date(date) for date in self.rivals)


def _event(view: View, entry: Entry, time: _Time, role: DateRole, stamp: dt.datetime) -> Event:
    from icalendar import Event

    ledger, words = view.ledger, time.words
    event = Event()
    event.add("uid", f"{entry.id}@ledger.summariser")
    event.add("dtstamp", stamp)
    event.add("dtstart", time.first)
    event.add("dtend", _day_after(time.last))  # exclusive
    event.add("summary", time.titled(f"{words('date_role', role)}: {one_line(entry.title)}"))
    event.add("description", "\n".join([*time.note(), *_description(ledger, entry, words)]))
    event.add("categories", [*entry.jurisdictions, words("instrument", entry.instrument), words("date_role", role)])
    event.add("status", "TENTATIVE" if role == "expected" or entry.conflicts else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    address = next((found for found in (origin.web_address(url) for url in _urls(ledger, entry)) if found), None)
    if address:
        event.add("url", address)
    return event


def _description(ledger: Ledger, entry: Entry, words: Words) -> Iterator[str]:
    facts = [words.place(code) for code in entry.jurisdictions]
    facts += [words("instrument", entry.instrument), words("status", entry.status)]
    yield one_line(" · ".join(facts))
    for conflict in entry.conflicts:
        yield f"! {one_line(told(ledger, ledger.conflict(conflict)))}"
    for mention in entry.mentions:
        source = ledger.source(mention.source)
        yield ""
        yield one_line(f"{source.label}{f' ({source.published})' if source.published else ''}")
        for span in mention.milestone.evidence:
            yield one_line(words.quoted(span.quote))
        if origin.web_address(source.url):
            yield one_line(source.url or "")


def _urls(ledger: Ledger, entry: Entry) -> Iterator[str | None]:
    return (ledger.source(source).url for source in entry.sources)


def _day_after(day: dt.date) -> dt.date:
    return day if day == dt.date.max else day + dt.timedelta(days=1)
