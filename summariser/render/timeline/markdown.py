"""The ledger as Markdown: the milestones by year, threads, and the articles that they come from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from summariser.render.markdown import escape
from summariser.render.origin import web_address
from summariser.render.timeline.links import at_sentence
from summariser.render.timeline.page import common_language
from summariser.render.timeline.wording import Wording
from summariser.render.words import Words

if TYPE_CHECKING:
    from summariser.timeline.exports.selecting import View
    from summariser.timeline.model import Conflict, Entry, Mention, Source


def markdown(view: View, *, evidence: bool = False, language: str | None = None) -> str:
    """The ledger; `evidence` adds the sentences of each article. Conflicts are always shown with their quotes."""
    return "\n".join(_Page(view, Words(language or common_language(view.ledger)), evidence).lines()).strip() + "\n"


class _Page:
    """The sections of one view."""

    def __init__(self, view: View, words: Words, evidence: bool) -> None:
        self.view = view
        self.ledger = view.ledger
        self.words = words
        self.told = Wording(view, words)
        self.evidence = evidence
        self.numbers = {source.id: number for number, source in enumerate(view.ledger.sources, start=1)}

    def lines(self) -> Iterator[str]:
        """Head, milestones by year, what is gone, threads, articles."""
        words = self.words
        yield f"# {escape(words('timeline', 'title'))}"
        yield from ("", escape(self.told.facts()))
        if self.view.since:
            yield from ("", escape(words("timeline", "since", self.view.since)))
        if not self.ledger.entries and not self.view.gone:
            yield from ("", escape(self.told.nothing()))
        for year, entries in groupby(self.ledger.entries, key=lambda entry: str(entry.date.year) if entry.date else ""):
            yield from ("", f"## {year or escape(words('timeline', 'no_date'))}", "")
            for entry in entries:
                yield from self._entry(entry)
        if self.view.gone:
            yield from ("", f"## {escape(words('timeline', 'gone'))}", "")
            yield from (f"- {escape(self.told.line(entry))}" for entry in self.view.gone)
        threads = self.view.threads()
        if threads:
            yield from ("", f"## {escape(words('timeline', 'threads'))}")
        for thread in threads:
            yield from ("", f"**{escape(self.told.thread(thread))}**", "")
            yield from (f"1. {escape(self.told.line(self.view.whole.entry(entry)))}" for entry in thread.entries)
        if self.ledger.sources:
            yield from ("", f"## {escape(words('timeline', 'articles'))}", "")
            yield from (f"{self.numbers[source.id]}. {self._article(source)}" for source in self.ledger.sources)

    def _entry(self, entry: Entry) -> Iterator[str]:
        marks = "".join(f" *{escape(mark)}*" for mark, _ in self.told.marks(entry))
        cited = escape(f"[{', '.join(str(self.numbers[source]) for source in entry.sources)}]")
        facts = escape(self.told.aside(entry))
        yield f"- **{escape(self.told.when(entry))}** {escape(entry.title)}{marks} ({facts}) {cited}"
        for line in self.told.stage_of(entry):
            yield f"  - {escape(line)}"
        for conflict in entry.conflicts:
            yield from self._conflict(self.ledger.conflict(conflict))
        for mention in entry.mentions if self.evidence else ():
            yield from self._mention(mention)

    def _conflict(self, conflict: Conflict) -> Iterator[str]:
        """What it is about, then a quotation block for each side."""
        for depth, line in self.told.conflict(conflict):
            yield f"{'  ' * (1 + min(depth, 1))}{'- ' if depth < 2 else '  > '}{escape(line)}"

    def _mention(self, mention: Mention) -> Iterator[str]:
        yield f"  - {escape(self.told.source(mention.source))}"
        url = self.ledger.source(mention.source).url
        for span in mention.milestone.evidence:
            link = at_sentence(url, span.quote)
            number = escape(f"[{span.sentence}]")
            yield f"    > {f'[{number}](<{_address(link)}>)' if link else number} {escape(span.quote)}"

    def _article(self, source: Source) -> str:
        told, address = escape(self.told.source(source.id)), web_address(source.url)
        return f"[{told}](<{_address(address)}>)" if address else told


def _address(url: str) -> str:
    """An address in which nothing is Markdown: it cannot end its angle brackets, nor open a span of code."""
    return quote("".join(url.split()), safe="%/:?#[]@!$&'()+,;=~-._")
