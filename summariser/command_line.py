"""The options of the `summarise` command. Nothing heavy is imported here: ``--help`` is to be there at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from summariser.corpus.arguments import add_arguments
from summariser.output import Parser

FORMATS = ("text", "header", "markdown", "json", "html")

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


def command_parser() -> argparse.ArgumentParser:
    """The parser of the command without a subcommand."""
    parser = Parser(
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
        "-f",
        "--format",
        choices=FORMATS,
        help="default: as the output's name says, or text; json of several: lines",
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


class _Version(argparse.Action):
    """Reads the version only when it is asked for: the metadata look-up costs more than the rest of --help."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from summariser import __version__

        print(f"summarise {__version__}")
        parser.exit()
