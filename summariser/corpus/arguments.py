"""The options of a run over many documents. Nothing heavy is imported here: ``--help`` is to be there at once."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of a run; they go with ``-o out.jsonl``."""
    many = parser.add_argument_group(
        "many documents", "a folder, a corpus.jsonl or several sources, with -o out.jsonl: run again to resume"
    )
    many.add_argument("-j", "--concurrency", type=int, default=16, metavar="N", help="documents at once (default 16)")
    many.add_argument("--workers", type=int, default=1, metavar="N", help="processes (default 1)")
    many.add_argument("--retry-failed", action="store_true", help="also try what failed in an earlier run")
    many.add_argument("--ordered", action="store_true", help="lines in the order of the input (else as completed)")
    many.add_argument("--dry-run", action="store_true", help="say what it would use and cost; send nothing")
    many.add_argument("--budget", metavar="AMOUNT", help="stop before it is passed: 5.00 (dollars) or 200k tokens")
    many.add_argument("--price", metavar="IN,OUT", help="dollars a million tokens, instead of the known price")
    many.add_argument("--requests-per-minute", type=float, metavar="N", help="not more (default: what the server says)")
    many.add_argument("--tokens-per-minute", type=float, metavar="N", help="not more (default: what the server says)")
    many.add_argument("--log-json", action="store_true", help="a line of JSON on standard error for each document")
    many.add_argument("--quiet", action="store_true", help="no progress, no account at the end")
    many.add_argument("--engine", choices=("local", "ray"), default="local", help="where it runs (ray: a cluster)")


def is_run(arguments: argparse.Namespace) -> bool:
    """Whether the arguments ask for a run: many documents into one file of lines, or its forecast."""
    if arguments.dry_run or arguments.engine != "local":
        return True
    output: Path | None = arguments.output
    if output is None or arguments.format not in ("text", "json"):
        return False
    from summariser.corpus.items import CORPUS_SUFFIXES, is_many

    if output.suffix.lower() in CORPUS_SUFFIXES:
        return True
    return arguments.format == "json" and is_many(arguments.sources)


def misuse(arguments: argparse.Namespace) -> str | None:
    """What is wrong with the options of a run, before anything is read."""
    for name in ("concurrency", "workers", "requests_per_minute", "tokens_per_minute"):
        value = getattr(arguments, name)
        if value is not None and value <= 0:
            return f"--{name.replace('_', '-')} must be more than 0, not {value:g}"
    if not is_run(arguments):
        alone = [name for name in ("budget", "retry_failed", "ordered", "log_json") if getattr(arguments, name)]
        return f"--{alone[0].replace('_', '-')} goes with -o out.jsonl" if alone else None
    if "-" in arguments.sources:
        return "standard input (-) is one document: name files, folders or a corpus.jsonl"
    if arguments.output is None and not arguments.dry_run:
        return "--engine ray needs an output: -o FOLDER"
    return None
