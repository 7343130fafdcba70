"""A summary on a terminal, through rich; plain text when it is piped or written to a file."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

from summariser.render.text import safe
from summariser.render.words import Words, cited, names
from summariser.schema import Claim

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from summariser.schema import Rejected, Summary

PIPED_WIDTH = 100


def terminal(summary: Summary, *, evidence: bool = False, to_file: bool = False) -> str:
    """The summary for the process's standard output: colour only on a terminal, and never with NO_COLOR."""
    from rich.console import Console

    live = sys.stdout.isatty() and not to_file
    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=live,
        no_color=not live or "NO_COLOR" in os.environ,
        width=None if live else PIPED_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
    )
    _Page(console, summary, evidence).show()
    return out.getvalue()


class _Page:
    """The sections of one summary, each a heading and its rows."""

    def __init__(self, console: Console, summary: Summary, evidence: bool) -> None:
        self.console = console
        self.summary = summary
        self.evidence = evidence
        self.words = Words(summary.language)

    def show(self) -> None:
        document, summary = self.summary.document, self.summary
        if document.category:
            self._line(document.category.upper(), "bold magenta")
        if document.title:
            self._line(document.title, "bold")
        about = [document.byline, str(document.published or ""), f"{document.reading_minutes} min"]
        self._line(" · ".join(fact for fact in about if fact), "dim")
        self.console.print()
        for highlight in summary.highlights:
            self._row("•", highlight.text, highlight)
        self._heading("Key points", bool(summary.key_points))
        for point in summary.key_points:
            self._row("–", point.text, point, point.speaker)
        self._heading("Actors", bool(summary.actors))
        for actor in summary.actors:
            self._row("–", names(actor), actor, self.words.role(actor))
        self._heading("Milestones", bool(summary.milestones))
        for milestone in summary.milestones:
            self._row(
                "–",
                f"{self.words.when(milestone)}: {milestone.title}",
                milestone,
                "; ".join(self.words.facts(milestone)),
            )
        self._rejected()
        self._foot()

    def _heading(self, title: str, wanted: bool) -> None:
        if wanted:
            self.console.print()
            self._line(title, "bold cyan")

    def _line(self, text: str, style: str = "") -> None:
        self.console.print(self._text(text, style))

    def _text(self, text: str, style: str = "") -> Text:
        from rich.text import Text

        return Text(safe(" ".join(text.split())), style=style)

    def _row(self, bullet: str, text: str, claim: Claim | Rejected, aside: str | None = None) -> None:
        """One statement, hanging from its bullet, with its sentence numbers and, on demand, the sentences."""
        from rich.padding import Padding
        from rich.table import Table

        words = self._text(text)
        if aside:
            words.append(" — ").append_text(self._text(aside, "dim"))
        if isinstance(claim, Claim) and self.words.mark(claim):
            words.append(f" ({self.words.mark(claim)})", "bold red")
        if claim.evidence:
            words.append(f" {cited(claim)}", "dim")
        grid = Table.grid(padding=(0, 1))
        grid.add_row(bullet, words)
        self.console.print(grid)
        if self.evidence:
            for span in claim.evidence:
                self.console.print(Padding(self._text(f"[{span.sentence}] {span.quote}", "green"), (0, 0, 0, 4)))

    def _rejected(self) -> None:
        rejected = self.summary.rejected
        self._heading(f"Rejected ({len(rejected)})", bool(rejected))
        for item in rejected:
            what = self.words.kind(item)
            reasons = "; ".join(self.words.reason(reason) for reason in item.reasons)
            self._row("×", item.claim, item, f"{what}: {reasons}")

    def _foot(self) -> None:
        summary = self.summary
        self.console.print()
        for note in summary.notes:
            self._line(f"note: {note.message}", "yellow")
        origin = summary.provenance
        by = f", recorded: {origin.recorded_by}" if origin.recorded_by else ""
        usage = summary.usage
        spent = ""
        if usage.requests:
            about = "about " if usage.estimated else ""
            spent = f" · {usage.requests} requests, {about}{usage.total_tokens} tokens"
        self._line(f"{origin.engine} {origin.model} ({origin.source}{by}){spent}", "dim")
