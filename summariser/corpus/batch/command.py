"""`summarise batch submit|status|collect|cancel`: arguments in, lines out, one clear line where it cannot."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from summariser.output import INTERRUPTED, OK, USAGE, Parser, complain, guarded, printable_json, show
from summariser.render.text import safe

if TYPE_CHECKING:
    from summariser.corpus.batch.results import BatchLine, Collected, Counts, Status, Submitted

PARTIAL, WAITING = 3, 4
"""Exit codes beside the usual ones: some documents failed (as for a live run), and more is to come."""

_EPILOG = """\
examples:
  summarise batch submit articles/ -o out.jsonl --model openai/gpt-…   upload and create the batches
  summarise batch status -o out.jsonl                                   one line a batch
  summarise batch collect -o out.jsonl --wait                           until every document is done

A batch costs half of what live requests cost and takes up to a day. What needs a second request (repairs, answers
that do not fit, batches that expired) goes into the next batch when answers are collected.

exit codes: 0 done, 1 failed, 2 wrong usage, 3 done and some documents failed, 4 more to come."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; `argv` is what follows ``batch``. Returns the exit code."""
    parser = Parser(
        prog="summarise batch",
        description="Many documents through the Batch API, at half the price.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_arguments(parser)
    try:
        return run(parser.parse_args(argv))
    except KeyboardInterrupt:
        return complain("interrupted: what was done is kept, the same command goes on", INTERRUPTED)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The subcommands and their options."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    _submit_arguments(commands.add_parser("submit", help="send documents as batches"))
    status = commands.add_parser("status", help="how the batches stand")
    status.add_argument("--json", action="store_true", help="as one JSON object")
    collect = commands.add_parser("collect", help="take over what is ready, send what is still needed")
    collect.add_argument("--wait", action="store_true", help="until every document is done")
    collect.add_argument(
        "--interval", type=float, default=60.0, metavar="SECONDS", help="between two looks (default 60)"
    )
    cancel = commands.add_parser("cancel", help="stop the batches; what they did is collected and billed")
    for command in (status, collect, cancel):
        command.add_argument("-o", "--output", type=Path, required=True, metavar="PATH", help="as it was submitted")
    for command in (commands.choices["submit"], collect):
        command.add_argument("--max-requests", type=int, default=50_000, metavar="N", help="in one batch (50000)")
        command.add_argument("--max-megabytes", type=float, default=200.0, metavar="N", help="in one file (200)")
        command.add_argument("--price", metavar="IN,OUT[,CACHED]", help="live dollars a million tokens, where unknown")


def _submit_arguments(submit: argparse.ArgumentParser) -> None:
    submit.add_argument("sources", nargs="+", metavar="SOURCE", help="a file, a folder, a .jsonl corpus or a URL")
    submit.add_argument("-o", "--output", type=Path, required=True, metavar="PATH", help="a .jsonl file")
    submit.add_argument("--dry-run", action="store_true", help="only say what would be sent, and what it costs")
    submit.add_argument("--retry-failed", action="store_true", help="also what failed before")
    submit.add_argument("-n", "--highlights", type=int, default=5, metavar="N", help="how many (default 5)")
    submit.add_argument("--language", metavar="CODE", help="of the output (default: the document's own)")
    submit.add_argument("--on-unsupported", choices=("reject", "keep", "raise"), default="reject")
    submit.add_argument("--published", metavar="DATE", help="when the sources appeared, e.g. 2025-03-04")
    submit.add_argument("--no-gate", action="store_true", help="summarise even what looks like no article")
    submit.add_argument("--model", help="e.g. openai/gpt-…")
    submit.add_argument("--base-url", metavar="URL", help="of an OpenAI-compatible server with a Batch API")
    submit.add_argument("--prompts", metavar="DIR", help="templates to use instead of the shipped ones")


def run(arguments: argparse.Namespace) -> int:
    """Do what the arguments say; errors are one line each."""
    output: Path = arguments.output
    if not output.absolute().parent.is_dir():
        return complain(f"no such folder: {output.parent}", USAGE)
    if output.is_dir():
        return complain(f"{output} is a folder, not a file", USAGE)
    if "-" in getattr(arguments, "sources", ()):
        return complain("standard input (-) is one document: name files, folders or a corpus.jsonl", USAGE)
    command = {"submit": _submit, "status": _status, "collect": _collect, "cancel": _cancel}[arguments.command]
    return guarded(lambda: command(arguments), f"beside {output} (what was done is kept)")


def _submit(arguments: argparse.Namespace) -> int:
    from summariser.corpus.batch.operations import submit
    from summariser.corpus.items import items_of

    done = submit(
        items_of(arguments.sources),
        arguments.output,
        max_requests=arguments.max_requests,
        max_bytes=int(arguments.max_megabytes * 1e6),
        retry_failed=arguments.retry_failed,
        dry_run=arguments.dry_run,
        price=arguments.price,
        say=_note,
        model=arguments.model,
        base_url=arguments.base_url,
        prompts=arguments.prompts,
        highlights=arguments.highlights,
        language=arguments.language,
        on_unsupported=arguments.on_unsupported,
        published=arguments.published,
        gate="off" if arguments.no_gate else "default",
    )
    show(_submitted(done))
    if not done.dry_run and done.counts.waiting:
        show(f"next: summarise batch collect -o {safe(str(arguments.output))}")
    return PARTIAL if done.unreadable else OK


def _status(arguments: argparse.Namespace) -> int:
    from summariser.corpus.batch.operations import status

    found = status(arguments.output)
    if arguments.json:
        show(printable_json(found.model_dump_json(indent=2)))
        return OK
    _print_status(found)
    return OK


def _collect(arguments: argparse.Namespace) -> int:
    from summariser.corpus.batch.operations import collect

    if not arguments.interval > 0:
        return complain("--interval must be above 0", USAGE)
    done = collect(
        arguments.output,
        wait=arguments.wait,
        interval=arguments.interval,
        max_requests=arguments.max_requests,
        max_bytes=int(arguments.max_megabytes * 1e6),
        price=arguments.price,
        say=_note,
    )
    show(_collected(done))
    return {"complete": OK, "partial": PARTIAL, "waiting": WAITING}[done.outcome]


def _cancel(arguments: argparse.Namespace) -> int:
    from summariser.corpus.batch.operations import cancel

    _print_status(cancel(arguments.output, say=_note))
    return OK


def _print_status(found: Status) -> None:
    stopped = " (stopped: submit goes on)" if found.stopped else ""
    lines = [safe(_batch(line)) for line in found.batches]
    show("\n".join([*lines, f"{_counts(found.counts)}{stopped}"]))


def _batch(line: BatchLine) -> str:
    import datetime as dt

    until = ""
    if line.expires_at is not None and not line.collected:
        until = f", until {dt.datetime.fromtimestamp(line.expires_at, dt.UTC):%Y-%m-%d %H:%M} UTC"
    why = f": {line.problem}" if line.problem else ""
    collected = ", collected" if line.collected else ""
    return (
        f"{line.id or f'part {line.part}'}  {line.state}  "
        f"{line.completed} done, {line.failed} failed of {line.total}{until}{collected}{why}"
    )


def _submitted(done: Submitted) -> str:
    would = "would be " if done.dry_run else ""
    before = f", {done.failed_before} failed before (--retry-failed)" if done.failed_before else ""
    lines = [
        f"{_number(done.documents, 'document')} {would}taken in, {done.known} known, {done.unreadable} unreadable"
        f"{before}",
        f"{_number(done.requests, 'request')} in {_number(done.batches, 'batch', 'batches')} {would}sent",
        f"about {done.expected.input_tokens:,} tokens in and {done.expected.output_tokens:,} out, later "
        f"waves included, {_cost(done.cost)}",
    ]
    return "\n".join(lines)


def _collected(done: Collected) -> str:
    lines = [
        f"{_number(done.finished, 'document')} finished, {done.failed} failed, "
        f"{_number(done.requests, 'further request')} sent",
        _counts(done.counts),
        f"{done.used.requests:,} requests, {done.used.input_tokens:,} tokens in and {done.used.output_tokens:,} out, "
        f"{_cost(done.cost)}",
    ]
    if done.counts.waiting:
        lines.append("stopped: submit goes on" if done.stopped else "more to come: collect again, or with --wait")
    return "\n".join(lines)


def _counts(counts: Counts) -> str:
    return f"{counts.finished} of {counts.documents} finished, {counts.failed} failed, {counts.waiting} to come"


def _cost(cost: float | None) -> str:
    return "at no known price" if cost is None else f"${cost:,.4f} at the price of a batch"


def _number(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _note(line: str) -> None:
    complain(line)
