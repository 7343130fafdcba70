"""`summarise timeline`: summaries in, the ledger of milestones out, kept in a file where one is named."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from summariser.output import OK, USAGE, complain, guarded, printable_json, show, spoils, write
from summariser.schema import PartialDate
from summariser.timeline.command_options import filters, misuse, parser
from summariser.timeline.command_options import since as since_of

if TYPE_CHECKING:
    from summariser.schema import Summary
    from summariser.timeline.exports.selecting import Filters, View
    from summariser.timeline.model import Ledger
    from summariser.timeline.store import Added, Look, Store
    from summariser.timeline.store_loose import Articles

MANY = 5_000
"""Entries from which a page is slow to open; the command says so."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; `argv` is what follows ``timeline``. Returns the exit code.

    `KeyboardInterrupt` and `BrokenPipeError` are the caller's to handle, as for the other commands.
    """
    arguments = parser().parse_args(argv)
    wrong = misuse(arguments)
    if not wrong and arguments.output:
        wrong = spoils(arguments.output, [*arguments.sources, *([arguments.store] if arguments.store else [])])
    if wrong:
        return complain(wrong, USAGE)
    return guarded(lambda: _run(arguments), str(arguments.output or "the output"))


def _run(arguments: argparse.Namespace) -> int:
    chosen, since = filters(arguments), since_of(arguments)
    with _opened(arguments) as store:
        articles: Articles
        if store is None:
            from summariser.timeline.store_loose import Loose

            articles = Loose(_read(arguments.sources))
        else:
            articles = store
            _change(store, arguments)
        if arguments.quiet:
            return OK
        whole = articles.ledger()
        look = store.last_look(chosen.key) if store and since == "last" else None
        view = _view(articles, whole, chosen, since, look, arguments)
        if arguments.format == "html":
            view = replace(view, contexts=articles.documents([source.id for source in view.ledger.sources]))
        _put_out(view, arguments)
        if store and since == "last" and not arguments.peek:
            store.looked(whole, chosen.key)  # only now: what could not be shown was not seen
    return OK


def _opened(arguments: argparse.Namespace) -> Store | nullcontext[None]:
    if arguments.store is None:
        return nullcontext()
    from summariser.timeline.store import Store

    # A mistyped name must not become an empty ledger where nothing is added.
    return Store.open(arguments.store, create=bool(arguments.sources))


def _read(paths: Sequence[Path]) -> Iterator[tuple[str, Summary]]:
    from summariser.corpus.lines import read_summaries

    for path in paths:
        if str(path) != "-":
            yield from read_summaries(path)
            continue
        with tempfile.TemporaryDirectory() as folder:  # lines are told apart by their places in a file
            held = Path(folder) / "standard input"
            held.write_bytes(sys.stdin.buffer.read())
            yield from read_summaries(held)


def _change(store: Store, arguments: argparse.Namespace) -> None:
    """Adds and takes out what was asked for, and says what became of it."""
    from summariser.timeline.store_loose import unique

    if arguments.sources:
        complain(_told(store.add(unique(_read(arguments.sources)))))
    if arguments.remove:
        store.remove(arguments.remove)
        complain(f"removed {len(set(arguments.remove))}: the ledger is as if they had never been in")


def _told(added: Added) -> str:
    replaced = f" ({', '.join(added.replaced[:5])}{' …' if len(added.replaced) > 5 else ''})" if added.replaced else ""
    return f"added {len(added.new)}, replaced {len(added.replaced)}{replaced}, unchanged {len(added.same)}"


def _view(
    articles: Articles,
    whole: Ledger,
    chosen: Filters,
    since: PartialDate | str | None,
    look: Look | None,
    arguments: argparse.Namespace,
) -> View:
    from summariser.render.timeline.page import common_language
    from summariser.render.words import Words
    from summariser.timeline.exports.selecting import compared, filtered
    from summariser.timeline.model import Ledger
    from summariser.timeline.store_views import slim

    if since is None:
        return filtered(whole, chosen)
    if isinstance(since, PartialDate):
        return compared(articles.before(since.first), whole, whole, chosen, str(since))
    words = Words(arguments.language or common_language(whole))
    if look is None:
        return compared(Ledger(), whole, whole, chosen, words("timeline", "first_look"))
    told = words("timeline", "last_look", f"{look.at:%Y-%m-%d %H:%M} UTC")
    return compared(look.ledger, slim(whole), whole, chosen, told)


def _put_out(view: View, arguments: argparse.Namespace) -> None:
    if arguments.format == "html" and len(view.ledger.entries) > MANY:
        complain(
            f"a page of {len(view.ledger.entries):,} milestones is slow to open: --from, --jurisdiction … narrow it"
        )
    text = _text(view, arguments)
    if view.gone and arguments.format in ("ics", "agora", "oecd"):
        complain(f"left out {len(view.gone)} that are gone: --format table, csv or json shows them")
    if arguments.output is None:
        show(text)
        return
    if arguments.format in ("csv", "agora", "oecd"):
        from summariser.timeline.exports.sheets import BYTE_ORDER_MARK

        text = BYTE_ORDER_MARK + text
    write(arguments.output, text if text.endswith("\n") else text + "\n")
    if arguments.open:
        import webbrowser

        webbrowser.open(arguments.output.absolute().as_uri())


def _text(view: View, arguments: argparse.Namespace) -> str:
    """The view in the format that was asked for."""
    language, evidence = arguments.language, arguments.evidence
    if arguments.format == "table":
        from summariser.render.timeline.terminal import terminal

        return terminal(view, evidence=evidence, to_file=arguments.output is not None, language=language)
    if arguments.format == "md":
        from summariser.render.timeline.markdown import markdown

        return markdown(view, evidence=evidence, language=language)
    if arguments.format == "html":
        from summariser.render.timeline.page import page

        return page(view, language=language)
    return _exported(view, arguments)


def _exported(view: View, arguments: argparse.Namespace) -> str:
    """The view for other programs; what a format has no place for is counted on standard error."""
    if arguments.format == "csv":
        from summariser.timeline.exports.table import table

        return table(view)
    if arguments.format == "oecd":
        from summariser.timeline.exports.oecd import oecd

        return oecd(view)
    if arguments.format == "agora":
        from summariser.timeline.exports.agora import agora

        text, left_out = agora(view)
        if left_out:
            complain(f"left out {left_out}: events, bodies, money and the like are no documents to AGORA")
        return text
    if arguments.format == "ics":
        from summariser.timeline.exports.calendar import calendar

        text, left_out = calendar(view, language=arguments.language)
        if left_out:
            complain(f"left out {left_out} deadlines and entries into force: no date, or none that is agreed on")
        return text
    from summariser.timeline.exports.plain_json import plain_json

    return printable_json(plain_json(view)) + "\n"
