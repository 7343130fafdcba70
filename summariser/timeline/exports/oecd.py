"""Rows for the OECD.AI policy navigator: one initiative each, whatever its instrument.

Column names up to `Public access URL` are those of the navigator's pages and of its public data; ours follow.
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
from summariser.timeline.model import Ledger

COLUMNS = (
    "English name",
    "Country",
    "Category",
    "Initiative type",
    "Status",
    "Start year",
    "Binding",
    "Responsible organisation(s)",
    "Description",
    "Public access URL",
    "Jurisdiction codes",
    "Ledger ID",
    "Articles",
    "Article links",
)

RANKS = ("Proposed", "Active", "Inactive")


def oecd(view: View) -> str:
    """The table."""
    return sheet(COLUMNS, (list(_row(view.whole, item)) for item in initiatives(view)))


def _row(ledger: Ledger, item: Initiative) -> Iterator[str]:
    terms = vocabularies().oecd
    status, _ = item.progress(terms.status, RANKS)
    category, kind = _type(item)
    sources = [ledger.source(source) for source in item.sources()]
    yield item.name
    yield listed(Words("en").place(code) for code in item.jurisdictions)
    yield category
    yield kind
    yield status
    yield _start(item)
    yield {True: terms.binding.yes, False: terms.binding.no, None: ""}[item.binding]
    yield listed(bodies(ledger, item))
    yield account(item)
    yield ""  # the official page: the articles are about it and are not it
    yield listed(item.jurisdictions)
    yield item.id
    yield listed(source.label for source in sources)
    yield listed(source.url for source in sources if source.url)


def _type(item: Initiative) -> tuple[str, str]:
    terms = vocabularies().oecd
    category, kind = terms.type.get(item.instrument, ("", ""))
    shared = terms.intergovernmental
    if item.jurisdictions and all(code in shared.codes for code in item.jurisdictions):
        category = shared.category
    return category, kind


def _start(item: Initiative) -> str:
    """The year in which it came into being, else that of its first stage; empty where no stage that is done has one."""
    done = item.done(vocabularies().oecd.status)
    active = [stage for term, stage in done if term == "Active"]
    dates = [date_of(stage) for stage in (active or [stage for _, stage in done])]
    known = [date for date in dates if date]
    return str(min(date.year for date in known)) if known else ""
