"""The ledger on a terminal, through rich: a table where there is room, plain lines where there is none."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from summariser.render.terminal import BOXED, STAGE_STYLES, WIDE, console_for
from summariser.render.text import one_line
from summariser.render.timeline.page import common_language
from summariser.render.timeline.wording import Wording, progress
from summariser.render.words import Words

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from summariser.timeline.exports.selecting import View
    from summariser.timeline.model import Entry, Mention


def terminal(view: View, *, evidence: bool = False, to_file: bool = False, language: str | None = None) -> str:
    """The ledger for the process's standard output; `evidence` shows each article and its sentences.

    Colours and boxes only on a terminal; no colour with NO_COLOR. Conflicts are always shown with their quotes.
    """
    live = sys.stdout.isatty() and not to_file
    out = io.StringIO()
    console = console_for(out, live)
    _Sheet(console, view, Words(language or common_language(view.ledger)), evidence).show(
        table=live and console.width >= WIDE, framed=live and console.width >= BOXED
    )
    shown = out.getvalue()
    # Rich fills lines up to the width: of use to a background colour, not to a file.
    return shown if live else "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"


class _Sheet:
    """The sections of one view."""

    def __init__(self, console: Console, view: View, words: Words, evidence: bool) -> None:
        self.console = console
        self.view = view
        self.ledger = view.ledger
        self.words = words
        self.told = Wording(view, words)
        self.evidence = evidence

    def show(self, *, table: bool, framed: bool) -> None:
        """Head, milestones, what is gone, threads."""
        from rich.rule import Rule

        words = self.words
        self.console.print(self._text(words("timeline", "title"), "bold"))
        self.console.print(self._text(self.told.facts(), "dim"))
        if self.view.since:
            self.console.print(self._text(words("timeline", "since", self.view.since)))
        if framed:
            self.console.print(Rule(style="dim"))
        if not self.ledger.entries and not self.view.gone:
            self.console.print(self._text(self.told.nothing()))
        for group in self._table() if table else self._lines():
            self.console.print(group)
        self._list(words("timeline", "gone"), (self._text(self.told.line(entry)) for entry in self.view.gone))
        self._list(words("timeline", "threads"), self._threads())
        if self.evidence:
            self._list(words("timeline", "articles"), (self._text(line) for line in self.told.articles()))

    def _table(self) -> Iterator[RenderableType]:
        from rich import box
        from rich.console import Group
        from rich.table import Table

        words = self.words
        if not self.ledger.entries:
            return
        table = Table(box=box.SIMPLE_HEAD, header_style="dim", padding=(0, 1), show_edge=False, pad_edge=False)
        table.add_column(words("field", "date"), min_width=10, max_width=16)
        table.add_column(words("claim", "milestone"), ratio=1)
        for name, width in (("jurisdiction", 14), ("instrument", 18), ("status", 18)):
            table.add_column(words("field", name), max_width=width)
        table.add_column(words("timeline", "articles"), justify="right")
        for entry in self.ledger.entries:
            table.add_row(
                self._text(self.told.when(entry), "bold" if entry.date else "dim"),
                Group(self._title(entry), *self._under(entry)),
                self._text(", ".join(entry.jurisdictions)),
                self._text(self.told.instrument(entry)),
                self._text(words("status", entry.status), STAGE_STYLES[progress(entry)]),
                str(len(entry.sources)),
            )
        yield table

    def _lines(self) -> Iterator[RenderableType]:
        from rich.console import Group
        from rich.table import Table

        for entry in self.ledger.entries:
            title = self._text(self.told.when(entry), "bold").append(": ", "bold").append_text(self._title(entry))
            title.append(" — ").append_text(self._text(self.told.aside(entry), "dim"))
            grid = Table.grid(padding=(0, 1))
            grid.add_row("–", Group(title, *self._under(entry)))
            yield grid

    def _title(self, entry: Entry) -> Text:
        title = self._text(entry.title)
        for mark, style in self.told.marks(entry):
            title.append(f" ({mark})", style)
        return title

    def _under(self, entry: Entry) -> Iterator[RenderableType]:
        """Conflicts, and on demand the articles and sentences."""
        for line in self.told.stage_of(entry):
            yield self._text(line, "dim")
        for conflict in entry.conflicts:
            for depth, line in self.told.conflict(self.ledger.conflict(conflict)):
                yield self._indented(depth, self._text(line, "green" if depth > 1 else "red"))
        for mention in entry.mentions if self.evidence else ():
            yield from self._mention(mention)

    def _mention(self, mention: Mention) -> Iterator[RenderableType]:
        yield self._indented(1, self._text(self.told.source(mention.source), "cyan"))
        for span in mention.milestone.evidence:
            yield self._indented(2, self._text(f"[{span.sentence}] {span.quote}", "green"))

    def _threads(self) -> Iterator[RenderableType]:
        for thread in self.view.threads():
            yield self._text(self.told.thread(thread), "bold")
            for entry in thread.entries:
                yield self._indented(1, self._text(self.told.line(self.view.whole.entry(entry))))

    def _list(self, title: str, rows: Iterator[RenderableType]) -> None:
        listed = list(rows)
        if listed:
            self.console.print()
            self.console.print(self._text(title, "bold cyan"))
            for row in listed:
                self.console.print(row)

    def _indented(self, depth: int, text: Text) -> RenderableType:
        from rich.padding import Padding

        return Padding(text, (0, 0, 0, 2 * depth))

    def _text(self, text: str, style: str = "") -> Text:
        from rich.text import Text

        return Text(one_line(text), style=style)
