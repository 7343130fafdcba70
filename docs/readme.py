"""Keep the output blocks of README.md true: each is what its command prints.

A block stands between ``<!-- output of: COMMAND -->`` and ``<!-- end -->``. `python docs/readme.py` rewrites
them, `python docs/readme.py --check` exits 1 when one is out of date.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"(<!-- output of: (?P<command>[^\n]+) -->\n)(?P<old>.*?)(<!-- end -->)", re.DOTALL)


def refreshed(text: str) -> str:
    """The text with every output block as its command prints it now."""
    return _BLOCK.sub(lambda found: f"{found[1]}```text\n{_output(found['command'])}\n```\n{found[4]}", text)


def _output(command: str) -> str:
    """Standard output, without trailing white space; the command runs in this environment, without a shell."""
    words = shlex.split(command)
    program = {"summarise": [sys.executable, "-m", "summariser"], "python": [sys.executable]}[words[0]]
    done = subprocess.run([*program, *words[1:]], cwd=ROOT, capture_output=True, text=True, check=True)
    return "\n".join(line.rstrip() for line in done.stdout.rstrip().splitlines())


def main() -> int:
    old = README.read_text("utf-8")
    new = refreshed(old)
    if "--check" in sys.argv:
        return int(old != new)
    README.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
