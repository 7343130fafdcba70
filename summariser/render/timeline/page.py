"""The ledger as one self-contained page: the drawing, the list by year, threads, articles and actors.

Everything is in the HTML, so that it reads without scripts; the script filters, zooms, and shows where a mark leads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from summariser.render.html import render
from summariser.render.text import one_line
from summariser.render.timeline.chart import chart
from summariser.render.timeline.rows import Article, Row, Rows
from summariser.render.timeline.wording import progress
from summariser.render.words import LANGUAGES, Words

if TYPE_CHECKING:
    from summariser.render.words import Stage
    from summariser.timeline.exports.selecting import View
    from summariser.timeline.model import ActorEntry, Ledger, Thread


@dataclass(frozen=True, slots=True)
class Year:
    """The entries of one year, "" for those without a date."""

    year: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage of a thread; `shown` is whether its entry is on the page."""

    entry: str
    shown: bool
    date: str
    title: str
    status_words: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread with its stages in order."""

    id: str
    title: str
    facts: str
    stages: list[StageRow]


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor; `roles` are (role, labels of the articles that state it)."""

    name: str
    aliases: str
    kind: str
    roles: list[tuple[str, str]]
    entries: int


def page(view: View, *, title: str | None = None, language: str | None = None) -> str:
    """The page; its own words in `language`, by default in that of most articles."""
    ledger = view.ledger
    words = Words(language or common_language(ledger))
    rows = Rows(view, words)
    found = [rows.row(entry) for entry in ledger.entries]
    return render(
        "timeline.html.jinja",
        ("timeline.css",),
        "timeline.js",
        words=words,
        title=one_line(title or words("timeline", "title")),
        facts=rows.told.facts(),
        nothing=rows.told.nothing(),
        view=view,
        chart=chart(ledger.entries, words),
        years=_by_year(found),
        options=_options(found, words),
        threads=[_thread(view, thread, words) for thread in view.threads()],
        articles=_articles(ledger, rows),
        actors=[_actor(ledger, actor, acts, words) for actor, acts in _busiest(ledger)],
    )


def common_language(ledger: Ledger) -> str | None:
    """The language of most articles, of those that there are words for."""
    known = Counter(source.language for source in ledger.sources if source.language in LANGUAGES)
    return known.most_common(1)[0][0] if known else None


def _by_year(rows: Sequence[Row]) -> list[Year]:
    return [Year(year, list(found)) for year, found in groupby(rows, key=lambda row: row.first[:4])]


def _options(rows: Sequence[Row], words: Words) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: values that occur, with their names, in the order of those."""
    places = {place for row in rows for place in row.places}
    statuses = {(row.status, row.status_words) for row in rows}
    instruments = {(row.instrument, words("instrument", row.instrument)) for row in rows}
    return {
        name: sorted(values, key=lambda pair: pair[1].casefold())
        for name, values in (("jurisdiction", places), ("status", statuses), ("instrument", instruments))
    }


def _thread(view: View, thread: Thread, words: Words) -> ThreadRow:
    facts = [words.place(code) for code in thread.jurisdictions]
    facts += [words("instrument", thread.instrument)] if thread.instrument != "other" else []
    facts += [words("status", thread.status)]
    shown = {entry.id for entry in view.ledger.entries}
    entries = [view.whole.entry(entry) for entry in thread.entries]
    return ThreadRow(
        id=thread.id,
        title=one_line(thread.title),
        facts=one_line(" · ".join(facts)),
        stages=[
            StageRow(
                entry=entry.id,
                shown=entry.id in shown,
                date=words.date(entry.date) if entry.date else words("timeline", "no_date"),
                title=one_line(entry.title),
                status_words=words("status", entry.status),
                stage=progress(entry),
            )
            for entry in entries
        ],
    )


def _articles(ledger: Ledger, rows: Rows) -> list[tuple[Article, int]]:
    """The articles with the number of entries that each reports."""
    reported = Counter(source for entry in ledger.entries for source in entry.sources)
    return [(rows.articles[source.id], reported[source.id]) for source in ledger.sources]


def _busiest(ledger: Ledger) -> Iterator[tuple[ActorEntry, int]]:
    """The actors with the number of entries that each acts in, those of most entries first."""
    acts = Counter(actor for entry in ledger.entries for actor in entry.actors)
    # The ledger has them by name already, and sorting keeps that order among equals.
    for actor in sorted(ledger.actors, key=lambda actor: -acts[actor.id]):
        yield actor, acts[actor.id]


def _actor(ledger: Ledger, actor: ActorEntry, entries: int, words: Words) -> ActorRow:
    roles = (
        (one_line(role.role), one_line("; ".join(ledger.source(source).label for source in role.sources)))
        for role in actor.roles
    )
    return ActorRow(
        name=one_line(actor.name),
        aliases=one_line(", ".join(actor.aliases)),
        kind=words("actor", actor.kind),
        roles=list(roles),
        entries=entries,
    )
