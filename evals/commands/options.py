"""What the commands have in common: exit codes, options, the console and the progress bar."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from evals.cases import CASES

if TYPE_CHECKING:
    from rich.console import Console

OK, WORSE, UNUSABLE = 0, 1, 2
WIDE = 150


def new_parser(name: str, purpose: str, epilog: str = "") -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m evals {name}".rstrip(), description=purpose, epilog=epilog)
    parser.add_argument("--cases", type=Path, default=CASES, metavar="DIR", help="folder of cases (default: ours)")
    return parser


def add_run_options(parser: argparse.ArgumentParser) -> None:
    from evals.systems import SYSTEMS

    parser.add_argument("case", nargs="*", help="slugs of cases (default: all)")
    parser.add_argument("--system", action="append", choices=list(SYSTEMS), help="may be repeated (default: all)")
    add_recordings(parser)


def add_recordings(parser: argparse.ArgumentParser) -> None:
    from evals.runner import RECORDINGS

    parser.add_argument("--model", help="the model whose recordings are meant, or that is asked")
    parser.add_argument("--recordings", type=Path, default=RECORDINGS, metavar="DIR")


def add_ledgers(parser: argparse.ArgumentParser) -> None:
    from evals.timeline.sets import LEDGERS

    parser.add_argument("--ledgers", type=Path, default=LEDGERS, metavar="DIR", help="folder of sets (default: ours)")


def console() -> Console:
    """A console; wide where nobody's terminal sets the width, so that tables in logs stay whole."""
    from rich.console import Console

    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=WIDE)


@contextmanager
def progress(total: int) -> Iterator[Callable[[str, str], None]]:
    """A bar on a terminal (standard error), nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    shown = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as bar:
        task = bar.add_task("", total=total)

        def step(system: str, slug: str) -> None:
            bar.update(task, description=f"{system} {slug}", advance=1)

        yield step
