"""A summary on a terminal, through rich: panels and tables where there is room, plain lines where there is none."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from summariser.render import origin
from summariser.render.text import one_line
from summariser.render.words import Stage, Words, cited, names, stage
from summariser.schema import Claim

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from summariser.schema import Milestone, Rejected, Summary

PIPED_WIDTH = 100
"""Columns where nothing tells how many there are."""

BOXED, WIDE = 60, 96
"""Columns from which a frame around the head, and tables instead of lines, are easier to read."""

STAGE_STYLES: dict[Stage, str] = {"done": "green", "ahead": "yellow", "over": "red", "unknown": "dim"}


def console_for(out: io.StringIO, live: bool) -> Console:
    """A console that writes to `out`: as wide and as coloured as the terminal where it is `live`, else plain."""
    from rich.console import Console

    return Console(
        file=out,
        force_terminal=live,
        no_color=not live or bool(os.environ.get("NO_COLOR")),
        width=None if live else PIPED_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
    )


def terminal(summary: Summary, *, evidence: bool = False, to_file: bool = False, path: Path | None = None) -> str:
    """The summary for the process's standard output.

    Colours and boxes only on a terminal; no colour with NO_COLOR. `evidence` shows the sentences under each
    statement. The title links to `path`, the source file, or to the document's web address, in terminals that have
    links.
    """
    live = sys.stdout.isatty() and not to_file
    out = io.StringIO()
    console = console_for(out, live)
    link = path.absolute().as_uri() if path else origin.web_address(summary.document.url)
    page = _Page(console, summary, evidence, one_line(link) if link and live else None)
    page.show(boxed=live and console.width >= BOXED, tables=live and console.width >= WIDE)
    shown = out.getvalue()
    # Rich fills lines up to the width: of use to a background colour, not to a file.
    return shown if live else "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"


class _Page:
    """The sections of one summary."""

    def __init__(self, console: Console, summary: Summary, evidence: bool, link: str | None) -> None:
        self.console = console
        self.summary = summary
        self.evidence = evidence
        self.link = link
        self.words = Words(summary.language)

    def show(self, *, boxed: bool, tables: bool) -> None:
        """Everything in order; `boxed`: the head in a panel, `tables`: milestones and actors as tables."""
        from rich.console import Group
        from rich.panel import Panel

        summary, words = self.summary, self.words
        head = Group(*self._head())
        self.console.print(Panel(head, border_style="dim", padding=(1, 2)) if boxed else head)
        self._section(
            words("ui", "key_points"),
            (self._row("–", point.text, point, point.speaker) for point in summary.key_points),
        )
        if tables:
            self._section(words("ui", "milestones"), self._milestone_table())
            self._section(words("ui", "actors"), self._actor_table())
        else:
            self._section(words("ui", "milestones"), (self._milestone(step) for step in summary.milestones))
            self._section(
                words("ui", "actors"),
                (self._row("–", names(actor), actor, words.role(actor)) for actor in summary.actors),
            )
        rejected = [self._rejected(item) for item in summary.rejected]
        self._section(f"{words('ui', 'rejected')} ({len(rejected)})", rejected, style="bold red")
        self.console.print()
        self.console.print(Group(*self._foot()))

    def _head(self) -> Iterator[RenderableType]:
        from rich.style import Style

        document, words = self.summary.document, self.words
        if document.category:
            yield self._text(document.category.upper(), "bold magenta")
        if document.title:
            title = self._text(document.title, "bold")
            if self.link:
                title.stylize(Style(link=self.link))
            yield title
        about = [document.byline, str(document.published or ""), words("ui", "minutes", document.reading_minutes)]
        yield self._text(" · ".join(fact for fact in about if fact), "dim")
        if self.summary.highlights:
            yield self._text("")
        for highlight in self.summary.highlights:
            yield self._row("•", highlight.text, highlight)

    def _section(self, title: str, rows: Iterable[RenderableType], style: str = "bold cyan") -> None:
        listed = list(rows)
        if listed:
            self.console.print()
            self.console.print(self._text(title, style))
            for row in listed:
                self.console.print(row)

    def _text(self, text: str, style: str = "") -> Text:
        from rich.text import Text

        return Text(one_line(text), style=style)

    def _statement(self, text: str, claim: Claim | Rejected, aside: str | None = None, style: str = "") -> Text:
        """A statement in one run: its words, who says so, its mark where it is not supported, its sentences."""
        words = self._text("")
        words.append_text(self._text(text, style))
        if aside:
            words.append(" — ").append_text(self._text(aside, "dim"))
        if isinstance(claim, Claim) and self.words.mark(claim):
            words.append(f" ({self.words.mark(claim)})", "bold red")
        if claim.evidence:
            words.append(f" {cited(claim)}", "dim cyan")
        return words

    def _with_evidence(self, statement: Text, claim: Claim | Rejected) -> RenderableType:
        """The statement and, on demand, the sentences that it rests on under it."""
        from rich.console import Group
        from rich.padding import Padding

        if not self.evidence or not claim.evidence:
            return statement
        quotes = (self._text(f"[{span.sentence}] {span.quote}", "green") for span in claim.evidence)
        return Group(statement, *(Padding(quote, (0, 0, 0, 2)) for quote in quotes))

    def _row(self, bullet: str, text: str, claim: Claim | Rejected, aside: str | None = None) -> RenderableType:
        """A statement that hangs from its bullet."""
        from rich.table import Table

        grid = Table.grid(padding=(0, 1))
        grid.add_row(bullet, self._with_evidence(self._statement(text, claim, aside), claim))
        return grid

    def _milestone(self, step: Milestone) -> RenderableType:
        return self._row("–", f"{self.words.told(step, 'date')}: {step.title}", step, "; ".join(self.words.facts(step)))

    def _milestone_table(self) -> Iterator[RenderableType]:
        from rich import box
        from rich.table import Table

        if not self.summary.milestones:
            return
        words = self.words
        table = Table(box=box.SIMPLE_HEAD, header_style="dim", padding=(0, 1), show_edge=False, pad_edge=False)
        table.add_column(words("field", "date"), min_width=10, max_width=22)
        table.add_column(words("claim", "milestone"), ratio=1)
        for name, width in (("jurisdiction", 14), ("instrument", 18), ("status", 18)):
            table.add_column(words("field", name), max_width=width)
        for step in self.summary.milestones:
            instrument = ", ".join(filter(None, (words.told(step, "instrument"), words.told(step, "binding"))))
            table.add_row(
                self._text(words.told(step, "date"), "bold" if step.date else "dim"),
                self._with_evidence(self._statement(step.title, step), step),
                self._text(words.told(step, "jurisdiction")),
                self._text(instrument),
                self._text(words.told(step, "status"), STAGE_STYLES[stage(step.status)]),
            )
        yield table

    def _actor_table(self) -> Iterator[RenderableType]:
        from rich import box
        from rich.table import Table

        if not self.summary.actors:
            return
        table = Table(box=box.SIMPLE_HEAD, show_header=False, padding=(0, 1), show_edge=False, pad_edge=False)
        table.add_column(ratio=2)
        table.add_column(ratio=3)
        table.add_column(style="dim", max_width=22)
        for actor in self.summary.actors:
            name = self._statement(names(actor), actor, style="bold")
            kind = self.words("actor", actor.kind)
            table.add_row(self._with_evidence(name, actor), self._text(actor.role or ""), self._text(kind))
        yield table

    def _rejected(self, item: Rejected) -> RenderableType:
        reasons = "; ".join(self.words.reason(reason) for reason in item.reasons)
        return self._row("×", item.claim, item, f"{self.words.kind(item)}: {reasons}")

    def _foot(self) -> Iterator[RenderableType]:
        summary = self.summary
        for note in summary.notes:
            yield self._text(f"! {note.message}", "yellow")
        yield self._text(origin.sentence(summary, self.words), "dim")
        made, usage = summary.provenance, summary.usage
        facts = [f"{self.words('origin', 'recorded_by')}: {made.recorded_by}"] if made.recorded_by else []
        if usage.requests:
            about = f"{self.words('origin', 'estimated')} " if usage.estimated else ""
            facts.append(f"{self.words('origin', 'requests')}: {usage.requests}")
            facts.append(f"{self.words('origin', 'tokens')}: {about}{usage.total_tokens}")
        if facts:
            yield self._text(" · ".join(facts), "dim")
