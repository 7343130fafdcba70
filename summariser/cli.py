"""The `summarise` command: thin. It reads arguments, calls the API, prints, and says one clear line when it cannot."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from summariser.corpus.arguments import add_arguments, is_run, misuse
from summariser.errors import OutputError, RefusedSourceError, SourceError, SummariserError, UsageError

if TYPE_CHECKING:
    from summariser.corpus.items import Item
    from summariser.options import Options
    from summariser.schema import Document, Summary

FORMATS = ("text", "header", "markdown", "json", "html")
OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
SUBCOMMANDS = {"timeline": "summariser.timeline.command", "batch": "summariser.corpus.batch.command"}
"""What the first word may be beside a source (a file of that name is ./timeline), and the module that does it."""

_EPILOG = """\
examples:
  summarise article.txt                          with the configured engine, else the embedded one
  cat article.txt | summarise -                  from standard input
  summarise article.txt --format html -o page.html --open
  summarise article.txt --model ollama/llama3.2
  summarise article.txt --model my-model --base-url http://localhost:8000/v1
  summarise folder -o out.jsonl                  many documents; run it again to resume
  summarise timeline out.jsonl                   the ledger of milestones across them
  summarise batch submit folder -o out.jsonl     through the batch API, at half price

settings: argument, then SUMMARISER_* in the environment, then OPENAI_API_KEY and OPENAI_BASE_URL.
exit codes: 0 done, 1 failed, 2 wrong usage, 3 some of many documents failed or are left."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code (`argv` without the program's name, by default the process's own)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        if given and given[0] in SUBCOMMANDS:
            return _subcommand(given[0], given[1:])
        return _run(_parser().parse_args(given))
    except KeyboardInterrupt:
        return _complain("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone (`summarise … | head`): nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _subcommand(name: str, argv: list[str]) -> int:
    from importlib import import_module

    code: int = import_module(SUBCOMMANDS[name]).main(argv)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="summarise",
        description="Grounded summaries: highlights, key points, actors and AI-policy milestones with their evidence.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="a file, a folder, a corpus.jsonl, an http(s) URL, or - (stdin)"
    )
    output = parser.add_argument_group("output")
    output.add_argument(
        "-f", "--format", choices=FORMATS, default="text", help="default: text; several sources as json: one a line"
    )
    output.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="PATH",
        help="write there instead of standard output, whole or not at all; a folder for several sources as html",
    )
    output.add_argument("--open", action="store_true", help="open the HTML page in the browser")
    output.add_argument("--evidence", action="store_true", help="text: show the sentences under each statement")
    output.add_argument("-n", "--highlights", type=int, default=5, metavar="N", help="how many (default 5)")
    output.add_argument("--language", metavar="CODE", help="of the output (default: the document's own)")
    output.add_argument(
        "--on-unsupported",
        choices=("reject", "keep", "raise"),
        default="reject",
        help="statements that the text does not support (default: reject)",
    )
    source = parser.add_argument_group("source")
    source.add_argument("--published", metavar="DATE", help="when the source appeared, e.g. 2025-03-04")
    source.add_argument("--no-gate", action="store_true", help="summarise even what looks like no article")
    engine = parser.add_argument_group("engine")
    engine.add_argument("--model", help='e.g. openai/gpt-…, ollama/…, or "extractive"')
    engine.add_argument("--base-url", metavar="URL", help="of an OpenAI-compatible server")
    engine.add_argument("--prompts", metavar="DIR", help="templates to use instead of the shipped ones")
    engine.add_argument("--replay", metavar="DIR", help="answer from recordings, offline")
    engine.add_argument("--record", metavar="DIR", help="record the answers")
    engine.add_argument("--cache", metavar="DIR", help="reuse answers, ask for the rest")
    add_arguments(parser)
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    return parser


class _Parser(argparse.ArgumentParser):
    """A wrong option is one line and exit code 2, without the whole usage."""

    def error(self, message: str) -> NoReturn:
        raise SystemExit(_complain(f"{message} (summarise --help shows the options)", USAGE))


class _Version(argparse.Action):
    """Reads the version only when it is asked for: the metadata look-up costs more than the rest of --help."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from summariser import __version__

        print(f"summarise {__version__}")
        parser.exit()


def _run(arguments: argparse.Namespace) -> int:
    wrong = _misuse(arguments) or misuse(arguments)
    if wrong:
        return _complain(wrong, USAGE)
    outcome = _Outcome()
    try:
        from summariser.corpus.items import is_many

        if is_run(arguments):
            return _many(arguments)
        summaries = _summaries(arguments, outcome)
        if arguments.format == "html" and is_many(arguments.sources):
            _write_site(arguments, summaries)
        elif arguments.format == "html" and arguments.open and arguments.output is None:
            _show(_temporary(), summaries, arguments)
        elif arguments.output:
            _show(arguments.output, summaries, arguments)
        else:
            for name, summary in summaries:
                _print(_text(name, summary, arguments))
    except UsageError as error:
        return _complain(str(error), USAGE)
    except OutputError as error:
        return _complain(str(error), FAILED)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        return _complain(f"cannot write {arguments.output or 'the output'}: {error.strerror}", FAILED)
    return outcome.code


def _misuse(arguments: argparse.Namespace) -> str | None:
    """What is wrong with the options as a whole, before anything is read."""
    from summariser.corpus.items import is_many

    several = is_many(arguments.sources)
    if arguments.open and arguments.format != "html":
        return "--open goes with --format html"
    if arguments.sources.count("-") > 1:
        return "standard input (-) can be read only once"
    if several and arguments.format == "html" and (arguments.output is None or arguments.output.is_file()):
        return "several sources as html need a folder to write to: -o FOLDER"
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

    options = _options(arguments)
    seen: dict[str, str] = {}
    for item in items_of(arguments.sources):
        name = item.id
        try:
            document = _document(item, options)
            other = seen.get(document.content_hash)
            if other is not None and not arguments.no_gate:
                raise RefusedSourceError(f"{name} holds the same text as {other} (duplicate)", "duplicate")
            seen[document.content_hash] = name
            yield name, summarise(document, **options)
        except UsageError:
            raise
        except SummariserError as error:
            outcome.code = _complain(str(error), FAILED)
        except Exception as error:
            if "PYTHONDEVMODE" in os.environ:
                raise
            what = f"{name}: internal error, please report it ({type(error).__name__}; PYTHONDEVMODE=1 shows where)"
            outcome.code = _complain(what, FAILED)


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

        return _json(summary.model_dump_json(indent=None if is_many(arguments.sources) else 2))
    if arguments.format == "header":
        return summary.header()
    if arguments.format == "markdown":
        return summary.to_markdown()
    if arguments.format == "html":
        return summary.to_html()
    from summariser.render.terminal import terminal

    path = Path(name) if Path(name).is_file() else None
    return terminal(summary, evidence=arguments.evidence, to_file=arguments.output is not None, path=path)


def _json(text: str) -> str:
    """JSON that cannot steer a terminal: the control characters that JSON allows unescaped are escaped."""
    escapes = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
    return text.translate(escapes) + "\n"


def _print(text: str) -> None:
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()


def _show(path: Path, summaries: Iterator[tuple[str, Summary]], arguments: argparse.Namespace) -> None:
    """Everything in one file, and in the browser where that was asked for."""
    texts = [_text(name, summary, arguments).rstrip("\n") for name, summary in summaries]
    if texts:
        _write(path, "\n".join(texts) + "\n")
        _open(path, arguments)


def _write_site(arguments: argparse.Namespace, summaries: Iterator[tuple[str, Summary]]) -> None:
    """A page for each source and an index of them, in a folder."""
    from summariser.render.index import site

    folder: Path = arguments.output
    folder.mkdir(exist_ok=True)
    for name, page in site(summary for _, summary in summaries):
        _write(folder / name, page)
    _open(folder / "index.html", arguments)


def _write(path: Path, text: str) -> None:
    """Whole or not at all: written beside the target, then moved over it."""
    import tempfile

    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.absolute().parent, delete=False) as file:
        try:
            file.write(text)
        except BaseException:
            Path(file.name).unlink()
            raise
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def _temporary() -> Path:
    import tempfile

    return Path(tempfile.mkdtemp(prefix="summarise-")) / "page.html"


def _open(path: Path, arguments: argparse.Namespace) -> None:
    if arguments.open:
        import webbrowser

        webbrowser.open(path.absolute().as_uri())


def _complain(message: str, code: int) -> int:
    from summariser.render.text import safe

    print(f"summarise: {safe(' '.join(message.split()))}", file=sys.stderr)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
