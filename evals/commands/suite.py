"""Keep the suite: recordings, labels and their checks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.cases import CASES, load_cases
from evals.commands.options import OK, WORSE, add_ledgers, add_run_options, new_parser


def record(given: list[str]) -> int:
    """Ask a model for the answers that are missing or stale."""
    parser = new_parser("record", "Fill the recordings. What answers today's requests is kept; the rest is asked anew.")
    add_run_options(parser)
    parser.add_argument("--timeline", action="store_true", help="the articles of the ledgers; CASE names a set then")
    add_ledgers(parser)
    parser.add_argument("--base-url", help="address of an OpenAI-compatible server, up to /v1")
    parser.add_argument("--note", help="what gives the answers, kept in each recording")
    parser.add_argument("--again", action="store_true", help="ask again for everything")
    parser.add_argument("--at-once", type=int, default=8, metavar="N", help="cases under way at once (default 8)")
    parser.add_argument("--wait", type=float, default=3000.0, metavar="SECONDS", help="for one answer (default 3000)")
    options = parser.parse_args(given)
    if not options.model:
        parser.error("--model is required")
    if options.timeline and options.system:
        parser.error("--timeline knows one system only, the pipeline: leave --system out")
    failures = _record_ledgers(options) if options.timeline else _record_cases(options)
    for failure in failures:
        print(f"failed: {failure}", file=sys.stderr)
    return WORSE if failures else OK


def _record_cases(options: argparse.Namespace) -> Sequence[str]:
    from evals.recorder import Source, remove_strangers
    from evals.recorder import record as fill
    from evals.systems import SYSTEMS

    cases = load_cases(options.cases, options.case)
    systems = [SYSTEMS[name] for name in options.system or SYSTEMS if SYSTEMS[name].asks]
    source = Source(options.model, options.base_url, options.note, options.wait)
    failures = fill(cases, systems, source, options.recordings, again=options.again, at_once=options.at_once)
    if not options.case:
        names = [system.name for system in systems]
        for name in remove_strangers(options.recordings, names, {case.slug for case in cases}):
            print(f"{name}: removed, there is no such case")
    return failures


def _record_ledgers(options: argparse.Namespace) -> Sequence[str]:
    from evals.recorder import Source
    from evals.recorder import record as fill
    from evals.systems import LEDGER
    from evals.timeline.run import remove_strangers
    from evals.timeline.sets import load_sets
    from evals.timeline.systems import Place

    sets = load_sets(options.ledgers, options.case)
    articles = [article for one in sets for article in one.articles]
    source = Source(options.model, options.base_url, options.note, options.wait)
    failures = fill(articles, [LEDGER], source, options.recordings, again=options.again, at_once=options.at_once)
    if not options.case:
        for name in remove_strangers(Place(options.recordings), sets):
            print(f"{name}: removed, there is no such article")
    return failures


def label(given: list[str]) -> int:
    """A labels skeleton for an article."""
    parser = new_parser("label", "Make a labels skeleton for a new case; correct every line of it.")
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
    parser = new_parser("check", "Check every label file, every labelled ledger and the JSON schema.")
    parser.add_argument("--write", action="store_true", help="write the JSON schema anew")
    parser.add_argument("--sizes", action="store_true", help="print how large the cases and the ledgers are")
    add_ledgers(parser)
    options = parser.parse_args(given)
    from evals.check import faults, write_schema
    from evals.sizes import sizes
    from evals.timeline.check import faults as ledger_faults
    from evals.timeline.check import sizes as ledger_sizes
    from evals.timeline.sets import LEDGERS

    if options.write:
        write_schema()
    found, cases = faults(options.cases)
    # a suite of one's own need not have ledgers
    ledgers = options.ledgers if options.cases == CASES or options.ledgers != LEDGERS else None
    wrong, sets = ledger_faults(ledgers) if ledgers else ([], 0)
    for fault in [*found, *wrong]:
        print(fault, file=sys.stderr)
    if options.sizes and not found and not wrong:
        lines = [*sizes(load_cases(options.cases)), *(ledger_sizes(ledgers) if ledgers else [])]
        print("\n".join(f"{name}: {count}" for name, count in lines))
    print(f"{cases} cases, {sets} sets, {len(found) + len(wrong)} problems")
    return WORSE if found or wrong else OK
