"""The command: `python -m evals [CASE…]` judges, `python -m evals COMMAND …` does the rest."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from evals.cases import CASES, load_cases

if TYPE_CHECKING:
    from rich.console import Console

    from evals.results import RunResult

OK, WORSE, UNUSABLE = 0, 1, 2
WIDE = 150


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 is fine, 1 a regression or a failure, 2 a wrong command or recordings that cannot be used."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = given[0] if given and given[0] in COMMANDS else ""
    command = COMMANDS.get(name, judge)
    try:
        return command(given[1:] if name else given)
    except OSError as error:
        print(f"evals: {error.filename or 'a file'}: {error.strerror or error}", file=sys.stderr)
        return UNUSABLE
    except ValueError as error:
        print(f"evals: {error}", file=sys.stderr)
        return UNUSABLE


def _parser(name: str, purpose: str, epilog: str = "") -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m evals {name}".rstrip(), description=purpose, epilog=epilog)
    parser.add_argument("--cases", type=Path, default=CASES, metavar="DIR", help="folder of cases (default: ours)")
    return parser


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    from evals.runner import RECORDINGS
    from evals.systems import SYSTEMS

    parser.add_argument("case", nargs="*", help="slugs of cases (default: all)")
    parser.add_argument("--system", action="append", choices=list(SYSTEMS), help="may be repeated (default: all)")
    parser.add_argument("--model", help="the model whose recordings are meant, or that is asked")
    parser.add_argument("--recordings", type=Path, default=RECORDINGS, metavar="DIR")


def _console() -> Console:
    """A console; wide where nobody's terminal sets the width, so that tables in logs stay whole."""
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDE)


@contextmanager
def _progress(console: Console, total: int) -> Iterator[Callable[[str, str], None]]:
    """A bar on a terminal, nothing elsewhere."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)

        def step(system: str, slug: str) -> None:
            bar.update(task, description=f"{system} {slug}", advance=1)

        yield step


def _run(options: argparse.Namespace, systems: Sequence[str] | None = None) -> RunResult:
    from rich.console import Console

    from evals.runner import run
    from evals.systems import SYSTEMS

    cases = load_cases(options.cases, options.case)
    names = list(dict.fromkeys(systems or options.system or SYSTEMS))
    with _progress(Console(stderr=True), len(cases) * len(names)) as progress:
        return run(
            cases,
            names,
            recordings=options.recordings,
            model=options.model,
            whole=not options.case,
            progress=progress,
        )


def judge(given: list[str]) -> int:
    """Judge the systems on the cases, print the table, hold it against the baseline."""
    others = ", ".join(COMMANDS)
    parser = _parser("", "Judge the package offline, from recorded answers.", f"Other commands: {others}.")
    _add_run_options(parser)
    parser.add_argument("--json", type=Path, metavar="OUT", help="write every figure of every case")
    options = parser.parse_args(given)
    from evals.baseline import read, regressions
    from evals.table import print_lines, print_run

    result = _run(options)
    if options.json:
        options.json.write_text(result.model_dump_json(indent=1), "utf-8")
    console = _console()
    print_run(console, result)
    if result.recordings:
        return UNUSABLE
    worse = regressions(result, read()) if options.cases == CASES else []
    print_lines(console, "worse", [str(one) for one in worse])
    return WORSE if worse or result.crashed() else OK


def record(given: list[str]) -> int:
    """Ask a model for the answers that are missing or stale."""
    parser = _parser("record", "Fill the recordings. What answers today's requests is kept; the rest is asked anew.")
    _add_run_options(parser)
    parser.add_argument("--base-url", help="address of an OpenAI-compatible server, up to /v1")
    parser.add_argument("--note", help="what gives the answers, kept in each recording")
    parser.add_argument("--again", action="store_true", help="ask again for everything")
    parser.add_argument("--at-once", type=int, default=8, metavar="N", help="cases under way at once (default 8)")
    parser.add_argument("--wait", type=float, default=3000.0, metavar="SECONDS", help="for one answer (default 3000)")
    options = parser.parse_args(given)
    if not options.model:
        parser.error("--model is required")
    from evals.recorder import Source, remove_strangers
    from evals.recorder import record as fill
    from evals.systems import SYSTEMS

    cases = load_cases(options.cases, options.case)
    names = options.system or [name for name, system in SYSTEMS.items() if system.asks]
    source = Source(options.model, options.base_url, options.note, options.wait)
    failures = fill(cases, names, source, options.recordings, again=options.again, at_once=options.at_once)
    if not options.case:
        for name in remove_strangers(options.recordings, names, {case.slug for case in cases}):
            print(f"{name}: removed, there is no such case")
    for failure in failures:
        print(f"failed: {failure}", file=sys.stderr)
    return WORSE if failures else OK


def compare(given: list[str]) -> int:
    """Two result files, or two systems run now, paired by case."""
    from evals.systems import SYSTEMS

    parser = _parser("compare", "Compare two runs (JSON files) or two systems, paired by case.")
    parser.add_argument("one", metavar="A", help="a result file (--json), or a system's name")
    parser.add_argument("other", metavar="B")
    _add_run_options(parser)
    options = parser.parse_args(given)
    from evals.compare import compare as pair
    from evals.compare import print_comparison
    from evals.results import load

    console = _console()
    if options.one in SYSTEMS and options.other in SYSTEMS:
        run = _run(options, [options.one, options.other])
        print_comparison(console, pair(run.of(options.one), run.of(options.other)), options.one, options.other)
        return UNUSABLE if run.recordings else OK
    first, second = load(Path(options.one)), load(Path(options.other))
    common = [name for name in first.systems if name in second.systems]
    if not common:
        has = f"{', '.join(first.systems)} against {', '.join(second.systems)}"
        raise ValueError(f"the two files have no system in common: {has}")
    for system in common:
        lines = pair(first.of(system), second.of(system))
        print_comparison(console, lines, f"{options.one} {system}", f"{options.other} {system}")
    return OK


def report(given: list[str]) -> int:
    """One self-contained HTML file."""
    parser = _parser("report", "Write the report: overview, and each case with article, labels and output.")
    _add_run_options(parser)
    parser.add_argument("-o", "--out", type=Path, default=Path("evals-report.html"), metavar="FILE")
    parser.add_argument("--from", dest="source", type=Path, metavar="JSON", help="a result file instead of a run")
    options = parser.parse_args(given)
    from evals.report import page
    from evals.results import load

    result = load(options.source) if options.source else _run(options)
    cases = load_cases(options.cases, result.cases)
    options.out.write_text(page(result, cases), "utf-8")
    print(f"{options.out}: {len(cases)} cases, {len(result.systems)} systems")
    return UNUSABLE if result.recordings else WORSE if result.crashed() else OK


def label(given: list[str]) -> int:
    """A labels skeleton for an article."""
    parser = _parser("label", "Make a labels skeleton for a new case; correct every line of it.")
    parser.add_argument("article", type=Path)
    parser.add_argument("-o", "--out", type=Path, default=None, metavar="DIR", help="folder for the case's folder")
    options = parser.parse_args(given)
    from evals.skeleton import make
    from summariser import SummariserError

    try:
        folder = make(options.article, options.out or options.cases)
    except SummariserError as error:
        raise ValueError(str(error)) from None
    print(f"{folder / 'labels.yaml'}: read the article, then correct every line")
    return OK


def check(given: list[str]) -> int:
    """Labels hold against their articles; the schema for editors is up to date."""
    parser = _parser("check", "Check every label file and the JSON schema.")
    parser.add_argument("--write", action="store_true", help="write the JSON schema anew")
    parser.add_argument("--sizes", action="store_true", help="print how large the cases are")
    options = parser.parse_args(given)
    from evals.check import faults, write_schema
    from evals.sizes import sizes

    if options.write:
        write_schema()
    found, cases = faults(options.cases)
    for fault in found:
        print(fault, file=sys.stderr)
    for name, count in sizes(load_cases(options.cases)) if options.sizes and not found else []:
        print(f"{name}: {count}")
    print(f"{cases} cases, {len(found)} problems")
    return WORSE if found else OK


def baseline(given: list[str]) -> int:
    """Make the figures of today's run the ones to hold."""
    parser = _parser("baseline", "Write baseline.json from a run over all cases.")
    _add_run_options(parser)
    options = parser.parse_args(given)
    from evals.baseline import BASELINE, write

    result = _run(options)
    if result.recordings or result.crashed():
        for line in [*result.recordings, *(f"crashed: {one.system}/{one.slug}" for one in result.crashed())]:
            print(line, file=sys.stderr)
        return UNUSABLE if result.recordings else WORSE
    write(result)
    print(f"{BASELINE.name}: {len(result.cases)} cases, {', '.join(result.systems)}")
    return OK


def mutate(given: list[str]) -> int:
    """Seeded errors in true claims."""
    parser = _parser("mutate", "Seeded errors in true claims: caught and falsely rejected, by kind and language.")
    parser.add_argument("case", nargs="*")
    parser.add_argument("--show", metavar="KIND", help="list the misses of a kind (or: true)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(given)
    from evals.mutate.command import print_misses, print_table
    from evals.mutate.run import run
    from evals.table import print_lines

    judged, unread = run(load_cases(options.cases, options.case), options.seed)
    console = _console()
    if options.show:
        print_misses(console, judged, options.show)
    else:
        print_table(console, judged)
    print_lines(console, "not read", unread)
    return WORSE if unread else OK


def bench(given: list[str]) -> int:
    """Figures on public annotated data."""
    parser = _parser("bench", "Measure on public annotated data (see evals/README.md for the folders).")
    parser.add_argument("name", nargs="*", help="folders of the data (default: all)")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    options = parser.parse_args(given)
    from evals.bench import BENCHES, print_figures
    from evals.bench import bench as measure
    from evals.table import print_lines

    unknown = [name for name in options.name if name not in BENCHES]
    if unknown:
        parser.error(f"no such bench: {', '.join(unknown)} (there are {', '.join(BENCHES)})")
    console = _console()
    failed = measure(options.data, options.name, lambda name, figures: print_figures(console, name, figures))
    print_lines(console, "not measured", failed)
    return WORSE if failed else OK


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "record": record,
    "compare": compare,
    "report": report,
    "label": label,
    "check": check,
    "baseline": baseline,
    "mutate": mutate,
    "bench": bench,
}

if __name__ == "__main__":
    sys.exit(main())
