"""The command: `python -m evals [CASE…]` judges, `python -m evals COMMAND …` does the rest."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from evals.commands.judging import baseline, compare, judge, report, timeline
from evals.commands.measuring import bench, mutate
from evals.commands.options import OK, UNUSABLE, WORSE
from evals.commands.suite import check, label, record

__all__ = ["COMMANDS", "OK", "UNUSABLE", "WORSE", "main"]

COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "timeline": timeline,
    "record": record,
    "compare": compare,
    "report": report,
    "label": label,
    "check": check,
    "baseline": baseline,
    "mutate": mutate,
    "bench": bench,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 is fine, 1 a regression or a failure, 2 a wrong command or recordings that cannot be used."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = given[0] if given and given[0] in COMMANDS else ""
    try:
        return COMMANDS[name](given[1:]) if name else judge(given, others=list(COMMANDS))
    except OSError as error:
        print(f"evals: {error.filename or 'a file'}: {error.strerror or error}", file=sys.stderr)
        return UNUSABLE
    except ValueError as error:
        print(f"evals: {error}", file=sys.stderr)
        return UNUSABLE


if __name__ == "__main__":
    sys.exit(main())
