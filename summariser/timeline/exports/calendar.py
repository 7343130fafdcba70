"""Deadlines and entries into force as an iCalendar file (RFC 5545).

Events last all day. Where the articles give a month, a quarter or a year, the event spans all of it, is shown as free
time, and says so in its title: no day is made up. The identity of an event is that of its entry, so that a calendar
which reads the file again updates what it has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
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
        found.add_component(_event(view.ledger, entry, entry.date, role, words, stamp))
    return found.to_ical().decode("utf-8"), undated


def _role(entry: Entry) -> DateRole | None:
    """What the entry is to a calendar; None where it is none of its business."""
    # An entry without a date has no role of a date: then what its articles say of it counts.
    said = [entry.date_role] if entry.date else [mention.milestone.date_role for mention in entry.mentions]
    return next((role for role in said if role in _ROLES), "effective" if entry.status in _IN_FORCE else None)


def _event(ledger: Ledger, entry: Entry, date: PartialDate, role: DateRole, words: Words, stamp: dt.datetime) -> Event:
    from icalendar import Event

    exact = date.precision == "day"
    event = Event()
    event.add("uid", f"{entry.id}@ledger.summariser")
    event.add("dtstamp", stamp)
    event.add("dtstart", date.first)
    event.add("dtend", _day_after(date.last))  # exclusive
    title = f"{words('date_role', role)}: {one_line(entry.title)}"
    event.add("summary", title if exact else words("timeline", "sometime", title, words.date(date)))
    event.add("description", "\n".join(_description(ledger, entry, date, words)))
    event.add("categories", [*entry.jurisdictions, words("instrument", entry.instrument), words("date_role", role)])
    event.add("status", "TENTATIVE" if role == "expected" or entry.conflicts else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    address = next((found for found in (origin.web_address(url) for url in _urls(ledger, entry)) if found), None)
    if address:
        event.add("url", address)
    return event


def _description(ledger: Ledger, entry: Entry, date: PartialDate, words: Words) -> Iterator[str]:
    if date.precision != "day":
        yield words("timeline", "no_day", words.date(date))
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
