"""`python -m bench [NAME…]`: run the measurements and print their figures."""

from __future__ import annotations

import argparse
import importlib
import platform

NAMES = ("cold", "verifier", "long")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(NAMES)} (default: all)")
    wanted = parser.parse_args().names or NAMES
    unknown = set(wanted) - set(NAMES)
    if unknown:
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    print(f"Python {platform.python_version()}, {platform.machine()}")
    for name in wanted:
        print(f"\n{name}\n{importlib.import_module(f'bench.{name}').run()}")
    return 0


raise SystemExit(main())
