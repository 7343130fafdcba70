"""The command: `python -m evals [CASE…]` judges, `python -m evals COMMAND …` does the rest."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from evals.cases import CASES, NoSuchCaseError, load_cases

OK, WORSE, UNUSABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 is fine, 1 a regression or a failure, 2 a wrong command or recordings that cannot be used."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = given[0] if given and given[0] in COMMANDS else None
    try:
        return COMMANDS[name](given[1:]) if name else _run(given)
    except (NoSuchCaseError, FileNotFoundError, ValueError) as error:
        print(f"evals: {error}", file=sys.stderr)
        return UNUSABLE


def _parser(name: str, purpose: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m evals {name}".rstrip(), description=purpose)
    parser.add_argument("--cases", type=Path, default=CASES, metavar="DIR", help="folder of cases (default: ours)")
    return parser


def _run(given: list[str]) -> int:
    raise NotImplementedError


def _mutate(given: list[str]) -> int:
    parser = _parser("mutate", "Seeded errors in true claims: caught and falsely rejected, by kind and language.")
    parser.add_argument("case", nargs="*")
    parser.add_argument("--show", metavar="KIND", help="list the misses of a kind (or: true)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(given)
    from rich.console import Console

    from evals.mutate.command import print_misses, print_table
    from evals.mutate.run import run

    judged = run(load_cases(options.cases, options.case), options.seed)
    console = Console(highlight=False, soft_wrap=bool(options.show))
    if options.show:
        print_misses(console, judged, options.show)
    else:
        print_table(console, judged)
    return OK


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "mutate": _mutate,
}

if __name__ == "__main__":
    sys.exit(main())
