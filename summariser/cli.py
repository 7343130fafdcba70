"""The `summarise` command: thin. It reads arguments, calls the API, prints, and says one clear line when it cannot."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summariser.command_line import command_parser
from summariser.corpus.arguments import is_run, misuse
from summariser.errors import RefusedSourceError, SourceError, SummariserError, UsageError
from summariser.output import FAILED, INTERRUPTED, OK, USAGE, complain, guarded, printable_json, show, spoils, write

if TYPE_CHECKING:
    from summariser.corpus.items import Item
    from summariser.options import Options
    from summariser.schema import Document, Summary

SUBCOMMANDS = {"timeline": "summariser.timeline.command", "batch": "summariser.corpus.batch.command"}
"""What the first word may be beside a source (a file of that name is ./timeline), and the module that does it."""


BETWEEN = {"json": "", "html": "", "markdown": "\n---\n\n", **dict.fromkeys(("text", "header"), f"\n{'─' * 40}\n\n")}
"""What stands between two summaries of one output."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code (`argv` without the program's name, by default the process's own)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        if given and given[0] in SUBCOMMANDS:
            return _subcommand(given[0], given[1:])
        return _run(command_parser().parse_args(given))
    except KeyboardInterrupt:
        return complain("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone (`summarise … | head`): nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _subcommand(name: str, argv: list[str]) -> int:
    from importlib import import_module

    code: int = import_module(SUBCOMMANDS[name]).main(argv)
    return code


def _run(arguments: argparse.Namespace) -> int:
    _choose_format(arguments)
    wrong = _misuse(arguments) or misuse(arguments)
    if wrong:
        return complain(wrong, USAGE)
    return guarded(lambda: _done(arguments), str(arguments.output or "the output"))


def _done(arguments: argparse.Namespace) -> int:
    """Read, summarise, put out; the exit code."""
    if is_run(arguments):
        return _many(arguments)
    from summariser.corpus.items import is_many

    outcome = _Outcome()
    summaries = _summaries(arguments, outcome)
    if arguments.format == "html" and is_many(arguments.sources):
        _write_site(arguments, summaries)
    elif arguments.format == "html" and arguments.open and arguments.output is None:
        _write_all(_temporary(), summaries, arguments)
    elif arguments.output:
        _write_all(arguments.output, summaries, arguments)
    else:
        for number, (name, summary) in enumerate(summaries):
            show((BETWEEN[arguments.format] if number else "") + _text(name, summary, arguments))
    return outcome.code


def _choose_format(arguments: argparse.Namespace) -> None:
    """Where none was asked for, the one that the output's name says."""
    if arguments.format is None:
        suffix = arguments.output.suffix.lower() if arguments.output else ""
        arguments.format = {".json": "json", ".html": "html", ".htm": "html", ".md": "markdown"}.get(suffix, "text")


def _misuse(arguments: argparse.Namespace) -> str | None:
    """What is wrong with the options as a whole, before anything is read."""
    from summariser.corpus.items import is_many

    several = is_many(arguments.sources)
    if arguments.open and arguments.format != "html":
        return "--open goes with --format html"
    if arguments.sources.count("-") > 1:
        return "standard input (-) can be read only once"
    folder = arguments.output is not None and (arguments.output.is_dir() or not arguments.output.suffix)
    if several and arguments.format == "html" and not folder:
        return "several sources as html need a folder to write to: -o FOLDER"
    if arguments.output and not is_run(arguments) and (lost := spoils(arguments.output, arguments.sources)):
        return lost
    if arguments.engine == "ray":
        return None  # its output is a folder, here or in an object store
    if arguments.output and not arguments.output.absolute().parent.is_dir():
        return f"no such folder: {arguments.output.parent}"
    if arguments.output and arguments.output.is_dir() and not (several and arguments.format == "html"):
        return f"{arguments.output} is a folder, not a file"
    return None


@dataclass
class _Outcome:
    """The exit code so far: one source that fails does not stop the others."""

    code: int = OK


def _many(arguments: argparse.Namespace) -> int:
    if arguments.engine == "ray":
        from summariser.corpus.ray import run_command

        return run_command(arguments, _options(arguments))
    from summariser.corpus.command import run

    return run(arguments, _options(arguments))


def _options(arguments: argparse.Namespace) -> Options:
    return {
        "model": arguments.model,
        "base_url": arguments.base_url,
        "highlights": arguments.highlights,
        "language": arguments.language,
        "published": arguments.published,
        "on_unsupported": arguments.on_unsupported,
        "replay": arguments.replay,
        "record": arguments.record,
        "cache": arguments.cache,
        "prompts": arguments.prompts,
        "gate": "off" if arguments.no_gate else "default",
    }


def _summaries(arguments: argparse.Namespace, outcome: _Outcome) -> Iterator[tuple[str, Summary]]:
    """The sources that could be summarised, in order; of the others, one line each on standard error."""
    from summariser.api import summarise
    from summariser.corpus.items import items_of
    from summariser.corpus.lines import finished

    options = _options(arguments)
    seen: dict[str, str] = {}
    for item in items_of(arguments.sources):
        name = item.id
        try:
            if (done := finished(item)) is not None:  # a line that a run has written: it is shown, not asked for again
                yield done
                continue
            document = _document(item, options)
            other = seen.get(document.content_hash)
            if other is not None and not arguments.no_gate:
                raise RefusedSourceError(f"{name} holds the same text as {other} (duplicate)", "duplicate")
            seen[document.content_hash] = name
            yield name, summarise(document, **options)
        except UsageError:
            raise
        except SummariserError as error:
            outcome.code = complain(str(error), FAILED)
        except Exception as error:
            if "PYTHONDEVMODE" in os.environ:
                raise
            what = f"{name}: internal error, please report it ({type(error).__name__}; PYTHONDEVMODE=1 shows where)"
            outcome.code = complain(what, FAILED)


def _document(item: Item, options: Options) -> Document:
    """`-` as the bytes of standard input; anything else as the item says."""
    from summariser.corpus.items import read_item
    from summariser.documents import read_bytes
    from summariser.documents.sources import MAX_BYTES
    from summariser.settings import Settings

    if item.id != "-":
        return read_item(item, options, allow_private_addresses=Settings.load().allow_private_addresses)
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SourceError(f"standard input holds more than {MAX_BYTES // 1_000_000} MB")
    published, gate = options.get("published"), options.get("gate", "default")
    return read_bytes(data, name="standard input", published=published, gate=gate)


def _text(name: str, summary: Summary, arguments: argparse.Namespace) -> str:
    """One summary in the format that was asked for."""
    if arguments.format == "json":
        from summariser.corpus.items import is_many

        return printable_json(summary.model_dump_json(indent=None if is_many(arguments.sources) else 2))
    if arguments.format == "header":
        return summary.header()
    if arguments.format == "markdown":
        return summary.to_markdown()
    if arguments.format == "html":
        return summary.to_html()
    from summariser.render.terminal import terminal

    path = Path(name) if Path(name).is_file() else None
    return terminal(summary, evidence=arguments.evidence, to_file=arguments.output is not None, path=path)


def _write_all(path: Path, summaries: Iterator[tuple[str, Summary]], arguments: argparse.Namespace) -> None:
    """Everything in one file, and in the browser where that was asked for."""
    texts = [_text(name, summary, arguments).rstrip("\n") + "\n" for name, summary in summaries]
    if texts:
        write(path, BETWEEN[arguments.format].join(texts))
        _open(path, arguments)


def _write_site(arguments: argparse.Namespace, summaries: Iterator[tuple[str, Summary]]) -> None:
    """A page for each source and an index of them, in a folder."""
    from summariser.render.index import site

    folder: Path = arguments.output
    folder.mkdir(exist_ok=True)
    for name, page in site(summary for _, summary in summaries):
        write(folder / name, page)
    _open(folder / "index.html", arguments)


def _temporary() -> Path:
    import tempfile

    return Path(tempfile.mkdtemp(prefix="summarise-")) / "page.html"


def _open(path: Path, arguments: argparse.Namespace) -> None:
    if arguments.open:
        import webbrowser

        webbrowser.open(path.absolute().as_uri())


if __name__ == "__main__":
    raise SystemExit(main())
