"""What a person sees of a run: a bar on a terminal, lines of JSON where asked for, and the account at the end."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from summariser.corpus.estimate import Estimate
from summariser.corpus.lines import FailedLine
from summariser.corpus.prices import BATCH_SHARE, Price
from summariser.corpus.run import Happened
from summariser.corpus.totals import Spent, Totals
from summariser.render.text import safe

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bar:
    """A bar with rate, cost so far, failures and time left. `total` may be told later, when all have been counted."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress: Progress = Progress(
            TextColumn("summarise"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[told]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: TaskID = self._progress.add_task("", total=None, told="")

    def start(self) -> None:
        self._progress.start()

    def stop(self) -> None:
        self._progress.stop()

    def expect(self, total: int) -> None:
        """How many documents there are."""
        self._progress.update(self._task, total=total)

    def __call__(self, happened: Happened) -> None:
        failure, totals = happened.failure, happened.totals
        if failure is not None:
            self._progress.console.print(f"summarise: {_named(failure)}", markup=False, highlight=False, soft_wrap=True)
        done = totals.handled + totals.skipped + totals.skipped_failed
        self._progress.update(self._task, completed=done, told=_told(totals))


class Lines:
    """A line of JSON on standard error for everything that happens."""

    def __call__(self, happened: Happened) -> None:
        failure, totals = happened.failure, happened.totals
        facts: dict[str, object] = {"event": happened.event, "id": happened.id, "documents": totals.handled}
        facts |= _spent(totals)
        if failure is not None:
            facts |= {"error": failure.error, "message": failure.message, "attempts": failure.attempts}
        self.say(facts)

    def say(self, facts: dict[str, object]) -> None:
        """One line."""
        print(json.dumps(facts, ensure_ascii=True), file=sys.stderr, flush=True)


class Quiet:
    """Failures only, one line each."""

    def __call__(self, happened: Happened) -> None:
        if happened.failure is not None:
            print(f"summarise: {_named(happened.failure)}", file=sys.stderr)


def account(totals: Totals) -> str:
    """What a run has done and what it cost, in a few lines for a person."""
    rows = [_documents(totals)]
    if totals.requests:
        about = "about " if totals.estimated else ""
        kinds = ", ".join(
            f"{call}{'' if reason == 'first' else ' ' + reason} {spent.requests:,}{_cost(spent, totals)}"
            for (call, reason), spent in sorted(totals.by_kind.items())
        )
        requests = _counted(totals.requests, "request")
        rows.append(f"{requests} ({kinds}), {about}{totals.tokens:,} tokens, {money(totals.cost, about)}")
    return "\n".join(rows)


def facts_of(totals: Totals) -> dict[str, object]:
    """The account for a program."""
    kinds = {
        f"{call}/{reason}": {
            "requests": spent.requests,
            "input_tokens": spent.input_tokens,
            "output_tokens": spent.output_tokens,
            "cached_tokens": spent.cached_tokens,
        }
        for (call, reason), spent in sorted(totals.by_kind.items())
    }
    return {
        "event": "end",
        "finished": totals.finished,
        "shared": totals.shared,
        "skipped": totals.skipped,
        "skipped_failed": totals.skipped_failed,
        "failed": totals.failed,
        "left": totals.left,
        "errors": dict(totals.errors),
        "seconds": round(totals.seconds, 3),
        "requests": totals.requests,
        "usage_estimated": totals.estimated,
        "by_kind": kinds,
        **_spent(totals),
    }


def forecast(found: Estimate, price: Price | None) -> str:
    """What a dry run prints."""
    expected = found.expected
    more = [f"{found.duplicates:,} duplicates" if found.duplicates else ""]
    more += [f"{found.unreadable:,} that cannot be read" if found.unreadable else ""]
    beside = f" (and {', '.join(part for part in more if part)})" if any(more) else ""
    cost = price.of(expected.input_tokens, expected.output_tokens) if price else None
    rows = [
        f"{found.documents:,} documents{beside}, about {expected.requests:,.0f} requests",
        f"about {expected.input_tokens:,.0f} tokens in, {expected.output_tokens:,.0f} out",
        f"about {money(cost)}" + (f", as a batch {money(cost * BATCH_SHARE)}" if cost else ""),
    ]
    return "\n".join(rows) + "\nnothing was sent"


def money(cost: float | None, about: str = "") -> str:
    """Dollars; a model without a known price is said to have none."""
    if cost is None:
        return "price not known (give --price)"
    return f"{about}${cost:,.2f}" if cost >= 0.1 or cost == 0 else f"{about}${cost:.4f}"


def _named(failure: FailedLine) -> str:
    """The failure on one line, with the document's id where it does not begin with it anyway."""
    message = failure.message if failure.message.startswith(failure.id) else f"{failure.id}: {failure.message}"
    return safe(" ".join(message.split()))


def _documents(totals: Totals) -> str:
    parts = [f"{_counted(totals.finished + totals.shared, 'document')} finished"]
    if totals.shared:
        parts.append(f"{totals.shared:,} of them with the answer of another that says the same")
    if totals.skipped:
        parts.append(f"{totals.skipped:,} finished before")
    if totals.failed:
        kinds = ", ".join(f"{count:,} {name}" for name, count in totals.errors.most_common(4))
        parts.append(f"{totals.failed:,} failed ({kinds})")
    if totals.skipped_failed:
        parts.append(f"{totals.skipped_failed:,} failed before (--retry-failed tries them again)")
    if totals.left:
        parts.append(f"{totals.left:,} left for the next run")
    return f"{', '.join(parts)}, in {_time(totals.seconds)}"


def _told(totals: Totals) -> str:
    rate = totals.handled / max(totals.seconds, 0.001) * 60
    cost = f" · {money(totals.cost)}" if totals.cost is not None else f" · {totals.tokens:,} tokens"
    failures = f" · {totals.failed:,} failed" if totals.failed else ""
    return f"{rate:,.0f}/min{cost}{failures}"


def _spent(totals: Totals) -> dict[str, object]:
    return {"tokens": totals.tokens, "cost": None if totals.cost is None else round(totals.cost, 6)}


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


def _cost(spent: Spent, totals: Totals) -> str:
    """What one kind of attempt cost, where there are several and the price is known."""
    if totals.price is None or len(totals.by_kind) < 2:
        return ""
    return f" {money(totals.price.of(spent.input_tokens, spent.output_tokens, spent.cached_tokens))}"


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
