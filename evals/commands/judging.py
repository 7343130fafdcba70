"""Judge, compare, report, and make today's figures the ones to hold."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evals.cases import CASES, load_cases
from evals.commands.options import (
    OK,
    UNUSABLE,
    WORSE,
    add_ledgers,
    add_recordings,
    add_run_options,
    console,
    new_parser,
    progress,
)

if TYPE_CHECKING:
    from evals.results import RunResult
    from evals.timeline.systems import Place


def _run(options: argparse.Namespace, systems: Sequence[str] | None = None) -> RunResult:
    from evals.runner import run
    from evals.systems import SYSTEMS

    cases = load_cases(options.cases, options.case)
    names = list(dict.fromkeys(systems or options.system or SYSTEMS))
    with progress(len(cases) * len(names)) as step:
        return run(
            cases,
            names,
            recordings=options.recordings,
            model=options.model,
            whole=not options.case,
            progress=step,
        )


def _run_ledgers(place: Place, folder: Path, slugs: Sequence[str], names: Sequence[str]) -> RunResult:
    from evals.timeline.run import run
    from evals.timeline.sets import load_sets

    sets = load_sets(folder, slugs)
    with progress(len(sets) * len(names)) as step:
        return run(sets, names, place, whole=not slugs, progress=step)


def _run_all(options: argparse.Namespace) -> RunResult:
    """The cases, and where they are all of ours the ledgers too, by those systems that both know."""
    from evals.timeline.sets import LEDGERS
    from evals.timeline.systems import LEDGER_SYSTEMS, Place

    result = _run(options)
    names = [name for name in LEDGER_SYSTEMS if not options.system or name in options.system]
    if options.cases == CASES and not options.case and names:
        result.ledger = _run_ledgers(Place(options.recordings, options.model), LEDGERS, [], names)
    return result


def judge(given: list[str], others: Sequence[str] = ()) -> int:
    """Judge the systems on the cases, and the ledgers; print the tables, hold them against the baseline."""
    more = f"Other commands: {', '.join(others)}."
    parser = new_parser("", "Judge the package offline, from recorded answers.", more)
    add_run_options(parser)
    parser.add_argument("--json", type=Path, metavar="OUT", help="write every figure of every case")
    options = parser.parse_args(given)
    result = _run_all(options)
    _write(result, options.json)
    return _verdict(result, held=options.cases == CASES)


def timeline(given: list[str]) -> int:
    """Judge the ledgers alone."""
    from evals.timeline.sets import LEDGERS
    from evals.timeline.systems import LEDGER_SYSTEMS, Place

    parser = argparse.ArgumentParser(
        prog="python -m evals timeline", description="Judge the ledgers that are built of sets of articles."
    )
    parser.add_argument("set", nargs="*", help="slugs of sets (default: all, and those that a program writes)")
    parser.add_argument("--system", action="append", choices=list(LEDGER_SYSTEMS), help="may be repeated")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write every figure of every set")
    parser.add_argument("--seed", type=int, default=0, help="of the sets that a program writes")
    parser.add_argument("--show", action="store_true", help="list what is wrong instead of the figures")
    add_ledgers(parser)
    add_recordings(parser)
    options = parser.parse_args(given)
    usual = [name for name, system in LEDGER_SYSTEMS.items() if not (system.generated and options.set)]
    names = list(dict.fromkeys(options.system or usual))
    place = Place(options.recordings, options.model, options.seed)
    if options.show:
        return _show(place, options.ledgers, options.set, names)
    result = _run_ledgers(place, options.ledgers, options.set, names)
    _write(result, options.json)
    return _verdict(result, held=options.ledgers == LEDGERS and not options.seed, what="set")


def _show(place: Place, folder: Path, slugs: Sequence[str], names: Sequence[str]) -> int:
    """List what is wrong with each ledger; sets whose recordings are incomplete are named."""
    from evals.timeline.run import wrong
    from evals.timeline.sets import load_sets

    for line in wrong(load_sets(folder, slugs), names, place):
        print(line)
    return OK


def _write(result: RunResult, path: Path | None) -> None:
    if path:
        path.write_text(result.model_dump_json(indent=1), "utf-8")


def _verdict(run: RunResult, *, held: bool, what: str = "case") -> int:
    """Print a run (and the ledgers in it) and say how it went; `held`: against the baseline."""
    from evals.baseline import read, regressions
    from evals.table import print_lines, print_run

    out = console()
    print_run(out, run, what)
    worse = regressions(run, read()) if held and not run.recordings else []
    print_lines(out, "worse", [str(one) for one in worse])
    code = UNUSABLE if run.recordings else WORSE if worse or run.crashed() else OK
    return max(code, _verdict(run.ledger, held=held, what="set")) if run.ledger else code


def compare(given: list[str]) -> int:
    """Two result files, or two systems run now, paired by case."""
    from evals.systems import SYSTEMS

    parser = new_parser("compare", "Compare two runs (JSON files) or two systems, paired by case.")
    parser.add_argument("one", metavar="A", help="a result file (--json), or a system's name")
    parser.add_argument("other", metavar="B")
    add_run_options(parser)
    options = parser.parse_args(given)
    from evals.compare import compare as pair
    from evals.compare import print_comparison
    from evals.results import load

    out = console()
    if options.one in SYSTEMS and options.other in SYSTEMS:
        run = _run(options, [options.one, options.other])
        print_comparison(out, pair(run.of(options.one), run.of(options.other)), options.one, options.other)
        return UNUSABLE if run.recordings else OK
    first, second = load(Path(options.one)), load(Path(options.other))
    common = [name for name in first.everywhere if name in second.everywhere]
    if not common:
        has = f"{', '.join(first.everywhere)} against {', '.join(second.everywhere)}"
        raise ValueError(f"the two files have no system in common: {has}")
    for system in common:
        lines = pair(first.everywhere[system], second.everywhere[system])
        print_comparison(out, lines, f"{options.one} {system}", f"{options.other} {system}")
    return OK


def report(given: list[str]) -> int:
    """One self-contained HTML file."""
    parser = new_parser("report", "Write the report: overview, and each case with article, labels and output.")
    add_run_options(parser)
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


def baseline(given: list[str]) -> int:
    """Make the figures of today's run the ones to hold."""
    parser = new_parser("baseline", "Write baseline.json from a run over all cases and all ledgers.")
    add_run_options(parser)
    options = parser.parse_args(given)
    from evals.baseline import BASELINE, write

    result = _run_all(options)
    runs = [result, *([result.ledger] if result.ledger else [])]
    faults = [line for run in runs for line in run.recordings]
    crashed = [one for run in runs for one in run.crashed()]
    if faults or crashed:
        for line in [*faults, *(f"crashed: {one.system}/{one.slug}" for one in crashed)]:
            print(line, file=sys.stderr)
        return UNUSABLE if faults else WORSE
    for run in runs:
        write(run)
        print(f"{BASELINE.name}: {len(run.cases)} cases, {', '.join(run.systems)}")
    return OK
