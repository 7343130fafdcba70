"""Measure the verifier on seeded errors, and the judge on public data."""

from __future__ import annotations

from pathlib import Path

from evals.cases import load_cases
from evals.commands.options import OK, WORSE, console, new_parser


def mutate(given: list[str]) -> int:
    """Seeded errors in true claims."""
    parser = new_parser("mutate", "Seeded errors in true claims: caught and falsely rejected, by kind and language.")
    parser.add_argument("case", nargs="*")
    parser.add_argument("--show", metavar="KIND", help="list the misses of a kind (or: true)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(given)
    from evals.mutate.command import print_misses, print_table
    from evals.mutate.run import run
    from evals.table import print_lines

    judged, unread = run(load_cases(options.cases, options.case), options.seed)
    out = console()
    if options.show:
        print_misses(out, judged, options.show)
    else:
        print_table(out, judged)
    print_lines(out, "not read", unread)
    return WORSE if unread else OK


def bench(given: list[str]) -> int:
    """Figures on public annotated data."""
    parser = new_parser("bench", "Measure on public annotated data (see evals/README.md for the folders).")
    parser.add_argument("name", nargs="*", help="folders of the data (default: all)")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    options = parser.parse_args(given)
    from evals.bench import BENCHES, print_figures
    from evals.bench import bench as measure
    from evals.table import print_lines

    unknown = [name for name in options.name if name not in BENCHES]
    if unknown:
        parser.error(f"no such bench: {', '.join(unknown)} (there are {', '.join(BENCHES)})")
    out = console()
    failed = measure(options.data, options.name, lambda name, figures: print_figures(out, name, figures))
    print_lines(out, "not measured", failed)
    return WORSE if failed else OK
