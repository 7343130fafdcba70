"""Rows for the documents table of ETO AGORA: one law, order, strategy … each.

Column names are AGORA's own up to and including the note on machine output; after them come ours, which lead back to
the ledger. What only AGORA's staff can fill in (its number, a link to the official text, its collections and tags) is
left to them.
"""

from __future__ import annotations

from collections.abc import Iterator

from summariser.render.words import Words
from summariser.timeline.exports.initiatives import (
    Initiative,
    account,
    bodies,
    date_of,
    initiatives,
    vocabularies,
)
from summariser.timeline.exports.selecting import View
from summariser.timeline.exports.sheets import listed, sheet
from summariser.timeline.exports.table import told
from summariser.timeline.model import Entry, Ledger

COLUMNS = (
    "Official name",
    "Casual name",
    "Link to document",
    "Authority",
    "Most recent activity",
    "Most recent activity date",
    "Proposed date",
    "Short summary",
    "Summaries and tags include unreviewed machine output",
    "Jurisdiction",
    "Instrument",
    "Ledger ID",
    "Open conflicts",
    "Articles",
    "Article links",
)

RANKS = ("Proposed", "Enacted", "Defunct")


def agora(view: View) -> tuple[str, int]:
    """The table, and how many initiatives were left out because they are no documents."""
    found = list(initiatives(view))
    documents = [item for item in found if item.instrument in vocabularies().agora.documents]
    rows = (list(_row(view.whole, item)) for item in documents)
    return sheet(COLUMNS, rows), len(found) - len(documents)


def _row(ledger: Ledger, item: Initiative) -> Iterator[str]:
    terms = vocabularies().agora.activity
    activity, stages = item.progress(terms, RANKS)
    proposed = [stage for term, stage in item.done(terms) if term == "Proposed"]
    sources = [ledger.source(source) for source in item.sources()]
    words = Words("en")
    yield item.name
    yield ""
    yield ""
    yield listed(bodies(ledger, item))
    yield activity
    yield _date(stages[-1:])
    yield _date(proposed[:1])
    yield account(item)
    yield "True"
    yield listed(words.place(code) for code in item.jurisdictions)
    yield words("instrument", item.instrument)
    yield item.id
    yield listed(told(ledger, ledger.conflict(conflict)) for stage in item.stages for conflict in stage.conflicts)
    yield listed(source.label for source in sources)
    yield listed(source.url for source in sources if source.url)


def _date(stages: list[Entry]) -> str:
    """At the precision that the articles give it: AGORA has days, and a month is not one of its days."""
    return (date_of(stages[0]) or "") if stages else ""
