"""The options of `summarise timeline`: what they are, which go together, and what they come to."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from summariser.errors import UsageError
from summariser.output import Parser
from summariser.schema import INSTRUMENTS, STATUSES, PartialDate

if TYPE_CHECKING:
    from summariser.timeline.exports.selecting import Filters

FORMATS = ("table", "md", "html", "csv", "json", "ics", "agora", "oecd")

_EPILOG = """\
examples:
  summarise timeline out.jsonl                              the ledger of these summaries
  summarise timeline new.jsonl --store ledger.db --quiet    add articles to a ledger that is kept
  summarise timeline --store ledger.db --since last         what is new, changed, conflicting since the last look
  summarise timeline --store ledger.db --jurisdiction EU --format html -o eu.html --open
  summarise timeline --store ledger.db --format ics -o deadlines.ics
  summarise timeline --store ledger.db --remove article-17  take an article out, as if it had never been in

A look is a showing with --since last; --peek shows the same and leaves the look as it was.
exit codes: 0 done, 1 failed, 2 wrong usage."""


def parser() -> argparse.ArgumentParser:
    """The command's parser."""
    made = Parser(
        prog="summarise timeline",
        description="One ledger of AI-policy milestones from many summaries: what happened, who says so, what is new.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "sources",
        nargs="*",
        type=Path,
        metavar="OUT.JSONL",
        help="what summarise … -o out.jsonl or --format json wrote; - is standard input",
    )
    kept = made.add_argument_group("ledger")
    kept.add_argument("--store", type=Path, metavar="FILE", help="keep the articles in this SQLite file")
    kept.add_argument("--remove", action="append", default=[], metavar="ID", help="take an article out")
    kept.add_argument("--since", metavar="DATE|last", help="only what is new, changed or conflicting since then")
    kept.add_argument("--peek", action="store_true", help="with --since last: leave the last look as it was")
    kept.add_argument("--quiet", action="store_true", help="add and remove only, show no ledger")
    _add_filters(made.add_argument_group("filters (of several values of one, any holds)"))
    output = made.add_argument_group("output")
    output.add_argument("-f", "--format", choices=FORMATS, default="table", help="default: table")
    output.add_argument("-o", "--output", type=Path, metavar="PATH", help="write there, whole or not at all")
    output.add_argument("--evidence", action="store_true", help="table, md: every article with its sentences")
    output.add_argument("--language", metavar="CODE", help="of the ledger's own words (default: most articles')")
    output.add_argument("--open", action="store_true", help="open the HTML page in the browser")
    return made


def _add_filters(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--jurisdiction", action="append", default=[], metavar="CODE", help="EU, US (with its states) …")
    group.add_argument(
        "--status", action="append", default=[], type=_term, choices=STATUSES, metavar="STATUS", help="adopted …"
    )
    group.add_argument(
        "--instrument", action="append", default=[], type=_term, choices=INSTRUMENTS, metavar="KIND", help="law …"
    )
    group.add_argument("--actor", action="append", default=[], metavar="NAME", help="part of a name or an alias")
    group.add_argument("--conflicts", action="store_true", help="only where articles contradict each other")
    group.add_argument("--from", dest="first", metavar="DATE", help="dated then or later: 2024, 2024-03, 2024-03-21")
    group.add_argument("--to", dest="last", metavar="DATE", help="dated then or earlier")


def _term(text: str) -> str:
    """A term of a vocabulary as it is meant: "in force", "In-force" for in_force."""
    return "_".join(text.casefold().replace("-", " ").replace("_", " ").split())


def misuse(arguments: argparse.Namespace) -> str | None:
    """What is wrong with the options as a whole, before anything is read."""
    if not arguments.sources and arguments.store is None:
        return "nothing to read: name a file of summaries (summarise … --format json), or a --store"
    needy = {"--remove": arguments.remove, "--since last": arguments.since == "last", "--quiet": arguments.quiet}
    for option, given in needy.items():
        if given and arguments.store is None:
            return f"{option} needs a --store"
    if arguments.peek and arguments.since != "last":
        return "--peek goes with --since last"
    if arguments.quiet and (arguments.output or arguments.open or arguments.since):
        return "--quiet shows no ledger: it does not go with --output, --open or --since"
    if arguments.open and (arguments.format != "html" or not arguments.output):
        return "--open goes with --format html -o PATH"
    if arguments.evidence and arguments.format not in ("table", "md"):
        return "--evidence goes with --format table or md: the other formats have the sentences anyway"
    for path in (arguments.store, arguments.output):
        if path and not path.absolute().parent.is_dir():
            return f"no such folder: {path.parent}"
    if arguments.output and arguments.output.is_dir():
        return f"{arguments.output} is a folder, not a file"
    return None


def filters(arguments: argparse.Namespace) -> Filters:
    """Raises `UsageError` for a date that is none, or a jurisdiction that no list has."""
    from summariser.timeline.exports.selecting import Filters

    first, last = _date(arguments.first, "--from"), _date(arguments.last, "--to")
    return Filters(
        jurisdictions=tuple(_jurisdiction(code) for code in arguments.jurisdiction),
        statuses=tuple(arguments.status),
        instruments=tuple(arguments.instrument),
        actors=tuple(arguments.actor),
        conflicts=arguments.conflicts,
        first=first.first if first else None,
        last=last.last if last else None,
    )


def since(arguments: argparse.Namespace) -> PartialDate | str | None:
    """``last``, a date, or None. Raises `UsageError` for a date that is none."""
    return "last" if arguments.since == "last" else _date(arguments.since, "--since")


def _jurisdiction(text: str) -> str:
    """A code in capitals. A name is none: two bodies can share it, and the error says which code is meant."""
    from summariser.evidence.jurisdiction import known_codes, places

    code = text.strip().upper()
    country, dash, part = code.partition("-")
    if code in known_codes() or (dash and country in known_codes() and re.fullmatch("[A-Z0-9]{1,3}", part)):
        return code
    meant = next((place.code for place in (places(text) or places(text.title())) if place.code[:2] != "X-"), None)
    if code == "UK":
        meant = "GB"
    hint = (
        f"is {meant} meant?" if meant else "it is two letters of ISO 3166 (FR), a part (US-CA), or EU, UN, G7, OECD …"
    )
    raise UsageError(f"--jurisdiction: {text!r} is no code that is known: {hint}")


def _date(text: str | None, option: str) -> PartialDate | None:
    try:
        return PartialDate(text) if text else None
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None
